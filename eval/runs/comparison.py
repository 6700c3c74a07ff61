"""Two runs of one kind: every figure before and after, the interval of its change, and whether chance would do as much.

The interval is of the paired bootstrap: each draw takes the same questions from both runs. p is of a paired
randomization test (Smucker, Allan and Carterette 2007) over the questions that a measure is of in both: how often the
mean difference is at least as large, in either direction, when for each question it is left to chance which run is
which. It asks nothing of how the differences are distributed, which are mostly zero here, and for Success@k it is the
exact sign test. Up to 13 questions that differ it is exact, beyond that of 9,999 draws.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

import numpy as np

from eval.runs.bootstrap import Floats, Places, intervals, shares
from eval.runs.run import CollectionRun, Measure, Result, by_slice, columns

_DRAWS = 9999


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of two runs, and the ends of its change's 95 % interval; `questions` are those of the later figure.

    `better` and `worse` count the questions that differ. These and `p` are None for what is no mean over questions.
    """

    sought: str
    slice: str
    measure: str
    questions: int
    before: float
    after: float
    low: float
    high: float
    better: int | None = None
    worse: int | None = None
    p: float | None = None

    @property
    def difference(self) -> float:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """`same_data` is false where the files have changed since; only the questions of both runs are compared."""

    same_data: bool
    questions: int
    figures: tuple[Compared, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


Pair = tuple[Any, Any]
RunT = TypeVar("RunT", bound=CollectionRun[Any])


def compare(before: RunT, after: RunT) -> Comparison:
    """Every figure of both runs, over the questions that both have."""
    earlier = {result.key: result for result in before.results}
    pairs = [(earlier[result.key], result) for result in after.results if result.key in earlier]
    slices = by_slice(after, pairs, lambda pair: pair[1])
    figures = [figure for one in slices for figure in _of_slice(*one, after.LESS_IS_BETTER)]
    return Comparison(before.digest == after.digest, len(pairs), (*figures, *after.further_compared(pairs)))


def change(
    questions: int, before: Callable[[Places], Floats], after: Callable[[Places], Floats]
) -> tuple[float, float]:
    """The interval of the change of one figure, which both give for each draw, (draws,)."""
    lows, highs = intervals(questions, lambda places: (after(places) - before(places))[:, None])
    return float(lows[0]), float(highs[0])


def chance(changes: Sequence[float] | Floats) -> float:
    """The p of the test on the differences of each question."""
    differing = np.array([one for one in changes if one])  # the others stay zero whichever run is which
    count = len(differing)
    is_exact = 2**count <= _DRAWS
    if is_exact:
        turned = np.arange(2**count)[:, None] >> np.arange(count) & 1
    else:
        turned = np.random.default_rng(1).integers(0, 2, (_DRAWS, count))
    as_large = np.abs((1 - 2 * turned) @ differing) >= abs(differing.sum()) - 1e-9
    return float(as_large.mean()) if is_exact else float((as_large.sum() + 1) / (_DRAWS + 1))


def _of_slice(
    sought: str, name: str, measures: Mapping[str, Measure], pairs: Sequence[Pair], less_is_better: frozenset[str]
) -> Iterator[Compared]:
    sides: list[list[Result]] = [[pair[side] for pair in pairs] for side in (0, 1)]
    (values_before, of_before), (values_after, of_after) = (columns(side, measures.values()) for side in sides)
    of_both = np.flatnonzero(of_before.sum(axis=0) * of_after.sum(axis=0))
    if not len(of_both):
        return
    values_before, of_before = values_before[:, of_both], of_before[:, of_both]
    values_after, of_after = values_after[:, of_both], of_after[:, of_both]

    def changes(places: Places) -> Floats:
        return shares(places, values_after, of_after) - shares(places, values_before, of_before)

    lows, highs = intervals(len(pairs), changes)
    for at, measure in enumerate(list(measures)[place] for place in of_both):
        paired = (of_before[:, at] * of_after[:, at]).astype(bool)
        differences = (values_after - values_before)[paired, at]
        gains = -differences if measure in less_is_better else differences
        yield Compared(
            sought=sought,
            slice=name,
            measure=measure,
            questions=int(of_after[:, at].sum()),
            before=float(values_before[:, at].sum() / of_before[:, at].sum()),
            after=float(values_after[:, at].sum() / of_after[:, at].sum()),
            low=float(lows[at]),
            high=float(highs[at]),
            better=int((gains > 0).sum()),
            worse=int((gains < 0).sum()),
            p=chance(differences),
        )
