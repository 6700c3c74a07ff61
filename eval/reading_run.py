"""How well the reader reads the paragraph that it is given: `byline eval reading`.

Exact match and F1 are those of the best span, over the questions whose answer stands in their paragraph.
`refused_at_85` is the share of the others that a threshold refuses which keeps 85 % of those; `auc` is the area under
the ROC curve of the score that the threshold is of: the log odds of relevance and of all spans together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from eval.datasets.paragraphs import Asked
from eval.runs.bootstrap import Floats, Places, SetFigures, figures_of_set
from eval.runs.judging import exact, f1
from eval.runs.run import Progress, Run, nothing
from index.span_model.passage_reading import PassageReading

_HEADS = {"exact": "exact", "f1": "F1", "refused_at_85": "refused, .85 kept", "auc": "under the ROC"}
MEASURES = tuple(_HEADS)
KEPT = 0.85

Read = Callable[[str, str, str], PassageReading]
"""What a reader makes of a question, a title and a text."""


@dataclass(frozen=True, slots=True)
class QuestionSet(SetFigures):
    """What was found on a set of so many paragraphs, with intervals by draws of paragraphs.

    `unplaced` questions have an answer that stands nowhere in their paragraph; they are read, and counted nowhere.
    """

    paragraphs: int
    answerable: int
    unanswerable: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question with exact match and F1 of the best span, and the score."""

    asked: Asked
    values: tuple[float, float, float]
    error: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReadingRun(Run[ReadQuestion]):
    """What a reader made of each question."""

    reader: str

    @cached_property
    def sets(self) -> tuple[QuestionSet, ...]:
        """The figures of each set."""
        by_set: dict[str, list[ReadQuestion]] = defaultdict(list)
        for one in self.results:
            by_set[one.asked.paragraph.set].append(one)
        return tuple(_of_set(name, results) for name, results in by_set.items())

    def to_json(self) -> dict[str, Any]:
        return {"reader": self.reader, "sets": {one.name: one.to_json() for one in self.sets}}

    def lines(self) -> Iterator[str]:
        """For each set its figures with their intervals."""
        yield f"by {self.reader}"
        yield f"{'':24}{'answerable':>11}{'not':>7}" + "".join(f"{_HEADS[name]:>20}" for name in MEASURES)
        for one in self.sets:
            cells = "".join(one.figures[name].cell for name in MEASURES)
            yield f"  {one.name[:21]:22}{one.answerable:>11}{one.unanswerable:>7}{cells}"
        if unplaced := sum(one.unplaced for one in self.sets):
            yield f"{unplaced} more have an answer that stands nowhere in their paragraph, and count nowhere"


def measure_reading(asked: Sequence[Asked], name: str, read: Read, progress: Progress = nothing) -> ReadingRun:
    """Let each question be read with its paragraph. Progress is told once each is done."""
    results = []
    for number, one in enumerate(asked, 1):
        reading = read(one.text, one.paragraph.title, one.paragraph.text)
        results.append(ReadQuestion(one, _values(one, reading)))
        progress(number, len(asked))
    return ReadingRun(reader=name, results=tuple(results))


def _values(asked: Asked, reading: PassageReading) -> tuple[float, float, float]:
    """Exact match, F1 and the score."""
    span = reading.best()
    said = asked.paragraph.text[span.start : span.end] if span else None
    return exact(said, asked.wordings), f1(said, asked.wordings), reading.relevance + reading.mass()


def _of_set(name: str, results: Sequence[ReadQuestion]) -> QuestionSet:
    counted = [one for one in results if one.asked.answers or not one.asked.wordings]
    answerable = np.array([bool(one.asked.answers) for one in counted], bool)
    values = np.array([one.values for one in counted]).reshape(-1, 3)
    places: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(counted):
        places[one.asked.paragraph.text].append(at)
    groups = [np.array(ats) for ats in places.values()]

    def figures(draws: Places) -> Floats:
        drawn = (np.concatenate([groups[at] for at in draw]) for draw in draws)
        return np.array([_figures(values[at], answerable[at]) for at in drawn])

    found = figures_of_set(name, MEASURES, len(counted), _figures(values, answerable), len(groups), figures)
    count = int(answerable.sum())
    return QuestionSet(name, found, len(groups), count, len(counted) - count, len(results) - len(counted))


def _figures(values: Floats, answerable: Any) -> Floats:
    """MEASURES; NaN for what there is nothing to measure by."""
    right, wrong = values[answerable], values[~answerable]
    found = np.full(len(MEASURES), np.nan)
    if len(right):
        found[:2] = right[:, :2].mean(0)
    if len(right) and len(wrong):
        scores = np.sort(right[:, 2])
        found[2] = (wrong[:, 2] < np.quantile(scores, 1 - KEPT)).mean()
        below, equal = (np.searchsorted(scores, wrong[:, 2], side) for side in ("left", "right"))
        found[3] = 1 - (below + equal).mean() / 2 / len(scores)
    return found
