"""The figures of a run of answers: shares and means over questions, for all and for each slice, with intervals.

Of a refused question the answer that was held back counts as none, except where the figure says what refusing loses.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from eval.answers.answer_result import ALL, ANSWER_SLICES, Result, Stage, is_in
from eval.runs.bootstrap import Floats, intervals, shares

STAGES: tuple[Stage, ...] = ("search", "reading", "span", "refusal", "error")


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over the `questions` of a slice that it is of, with the ends of its 95 % interval."""

    slice: str
    measure: str
    questions: int
    value: float
    low: float
    high: float


def figures_of(results: Sequence[Result]) -> Iterator[Figure]:
    """Each measure over all questions, then over each slice that has any."""
    for name in (ALL, *ANSWER_SLICES):
        chosen = [result for result in results if is_in(result, name)]
        if chosen:
            yield from _figures(name, chosen)


def columns(results: Sequence[Result]) -> tuple[Floats, Floats]:
    """Each measure's values, 0 where it is not of the question, and 1 where it is; both (questions, measures)."""
    rows = [[measure(result) for measure in MEASURES.values()] for result in results]
    values = np.array([[value or 0.0 for value in row] for row in rows], np.float64)
    return values, np.array([[value is not None for value in row] for row in rows], np.float64)


def _figures(name: str, results: Sequence[Result]) -> Iterator[Figure]:
    values, of = columns(results)
    known = np.flatnonzero(of.sum(axis=0))  # the measures that are of any of the questions
    values, of = values[:, known], of[:, known]
    lows, highs = intervals(len(results), lambda places: shares(places, values, of))
    measures = list(MEASURES)
    for at, measure in enumerate(measures[place] for place in known):
        questions = int(of[:, at].sum())
        value = float(values[:, at].sum() / questions)
        yield Figure(name, measure, questions, value, float(lows[at]), float(highs[at]))


# A measure gives None for a question that it is not of.

_Value = Callable[[Result], float]


def _of_answerable(value: _Value, result: Result) -> float | None:
    if not result.answerable:
        return None
    return 0.0 if result.refused else value(result)


def _of_answered(value: _Value, result: Result) -> float | None:
    return value(result) if result.answerable and not result.refused else None


def _refused(answerable: bool, result: Result) -> float | None:
    return float(result.refused) if result.answerable == answerable else None


def _right_refused(result: Result) -> float | None:
    would_have_said = result.confidence is not None  # else the reader refuses by itself, and says nothing then
    return float(result.refused) if result.contained and would_have_said else None


def _answered_wrong(result: Result) -> float | None:
    return None if result.refused else float(not result.contained)


def _lost(stage: Stage, result: Result) -> float | None:
    return float(result.lost_in == stage) if result.answerable else None


_VALUES: Mapping[str, _Value] = {
    "exact": lambda result: result.exact,
    "f1": lambda result: result.f1,
    "contained": lambda result: float(result.contained),
}
MEASURES: Mapping[str, Callable[[Result], float | None]] = {
    **{name: partial(_of_answerable, value) for name, value in _VALUES.items()},
    **{f"{name}, answered": partial(_of_answered, value) for name, value in _VALUES.items()},
    "unanswerable refused": partial(_refused, False),
    "answerable refused": partial(_refused, True),
    "right refused": _right_refused,
    "answered wrong": _answered_wrong,
    **{f"lost in {stage}": partial(_lost, stage) for stage in STAGES},
}
