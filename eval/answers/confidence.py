"""How far a reader's confidence tells right answers from wrong ones, whatever the threshold.

Risk and coverage (El-Yaniv and Wiener 2010; the area AURC as in Geifman and El-Yaniv 2017): of the surest k questions
the share whose answer is wrong, for every k; AURC is the mean of it. Calibration error (Naeini et al. 2015): how far
confidence and share of right answers lie apart, over ten bins of as many questions each. An answer is right where the
text contains one, so an unanswerable question has none. Questions of equal confidence count as the mean of them, which
is what any order of them gives on average. Questions without a confidence are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.answers.answer_result import AnswerResult
from eval.runs.bootstrap import Floats, Places, intervals

COVERAGES = tuple(tenths / 10 for tenths in range(1, 11))
_BINS = 10


@dataclass(frozen=True, slots=True)
class Curve:
    """The risk at each of COVERAGES, and the area with its 95 % interval."""

    questions: int
    risks: tuple[float, ...]
    aurc: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The mean confidence of some questions, and the share of right answers."""

    questions: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The error with its 95 % interval, which lies rather high: a draw has its own chance deviations in each bin."""

    questions: int
    error: float
    low: float
    high: float
    bins: tuple[Bin, ...]


class Ordered:
    """Questions by falling confidence. Draws are places of the questions as they were given, (draws, questions)."""

    def __init__(self, results: Sequence[AnswerResult]) -> None:
        confidence = np.array([result.confidence for result in results], np.float64)
        right = np.array([result.contained for result in results], np.float64)
        order = np.argsort(-confidence, kind="stable")
        _, same = np.unique(confidence, return_inverse=True)
        self._place = np.argsort(order)  # of each question in the order
        self.confidence: Floats = confidence[order]
        self.right: Floats = (np.bincount(same, right) / np.bincount(same))[same][order]

    @property
    def whole(self) -> Places:
        """All questions once, as a draw."""
        return np.arange(len(self._place))[None]

    def aurc(self, places: Places) -> Floats:
        """The area for each draw, (draws,)."""
        area: Floats = self.risks(places).mean(axis=1)
        return area

    def risks(self, places: Places) -> Floats:
        """The risk of the surest 1, 2, 3 … questions of each draw, (draws, questions)."""
        right = self.right[self._drawn(places)]
        return 1 - right.cumsum(axis=1) / np.arange(1, right.shape[1] + 1)

    def calibration_error(self, places: Places) -> Floats:
        """The error for each draw, (draws,)."""
        drawn = self._drawn(places)
        apart = np.add.reduceat(self.confidence[drawn] - self.right[drawn], _starts(drawn.shape[1]), axis=1)
        error: Floats = np.abs(apart).sum(axis=1) / drawn.shape[1]
        return error

    def bins(self) -> tuple[Bin, ...]:
        starts = _starts(len(self.right))
        sizes = np.diff([*starts, len(self.right)])
        sums = [np.add.reduceat(values, starts) / sizes for values in (self.confidence, self.right)]
        return tuple(Bin(int(size), float(c), float(r)) for size, c, r in zip(sizes, *sums, strict=True))

    def _drawn(self, places: Places) -> Places:
        return np.sort(self._place[places], axis=1)


def with_confidence(results: Sequence[AnswerResult]) -> list[AnswerResult]:
    return [result for result in results if result.confidence is not None]


def curve_of(results: Sequence[AnswerResult]) -> Curve | None:
    """None where no result has a confidence."""
    known = with_confidence(results)
    if not known:
        return None
    ordered, count = Ordered(known), len(known)
    (risks,) = ordered.risks(ordered.whole)
    covered = [max(1, int(np.ceil(coverage * count - 1e-9))) for coverage in COVERAGES]
    lows, highs = intervals(count, lambda places: ordered.aurc(places)[:, None])
    at = tuple(float(risks[number - 1]) for number in covered)
    return Curve(count, at, float(risks.mean()), float(lows[0]), float(highs[0]))


def calibration_of(results: Sequence[AnswerResult]) -> Calibration | None:
    """None where no result has a confidence."""
    known = with_confidence(results)
    if not known:
        return None
    ordered = Ordered(known)
    (error,) = ordered.calibration_error(ordered.whole)
    lows, highs = intervals(len(known), lambda places: ordered.calibration_error(places)[:, None])
    return Calibration(len(known), float(error), float(lows[0]), float(highs[0]), ordered.bins())


def _starts(questions: int) -> Places:
    bins = min(_BINS, questions)
    return np.arange(bins) * questions // bins
