"""How well the reader reads the paragraph that it is given: the measuring of `byline eval reading`.

Exact match and F1 are those of the best span, over the questions whose answer stands in their paragraph.
`refused_at_85` is the share of the others that a threshold refuses which keeps 85 % of those; `auc` is the area under
the ROC curve of the score that the threshold is of: the log odds of relevance and of all spans together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.datasets.paragraphs import Asked
from eval.runs.bootstrap import Figure, Floats, Places, cell, intervals, known
from eval.runs.short_answers import exact, f1
from index.span_model.passage_reading import PassageReading

MEASURES = ("exact", "f1", "refused_at_85", "auc")
KEPT = 0.85

Read = Callable[[str, str, str], PassageReading]
"""What a reader makes of a question, a title and a text."""


@dataclass(frozen=True, slots=True)
class SetFigures:
    """What was found on a set of so many paragraphs: `figures` has each of MEASURES, by draws of paragraphs.

    `unplaced` questions have an answer that stands nowhere in their paragraph; they are read, and counted nowhere.
    """

    name: str
    paragraphs: int
    answerable: int
    unanswerable: int
    unplaced: int
    figures: Mapping[str, Figure]

    def to_json(self) -> dict[str, Any]:
        return {
            **{name: known(one.value) for name, one in self.figures.items()},
            "paragraphs": self.paragraphs,
            "answerable": self.answerable,
            "unanswerable": self.unanswerable,
            "unplaced": self.unplaced,
            "intervals": {name: one.to_json() for name, one in self.figures.items()},
        }


@dataclass(frozen=True, slots=True)
class ReadingRun:
    """The figures of a reader on each set."""

    reader: str
    sets: tuple[SetFigures, ...]

    def to_json(self) -> dict[str, Any]:
        return {"reader": self.reader, "sets": {one.name: one.to_json() for one in self.sets}}


def measure(
    asked: Sequence[Asked], name: str, read: Read, told: Callable[[int, int], None] | None = None
) -> ReadingRun:
    """Let each question be read with its paragraph, and count. `told` hears how many of how many are done."""
    by_set: dict[str, list[tuple[Asked, Floats]]] = defaultdict(list)
    for number, one in enumerate(asked, 1):
        by_set[one.paragraph.set].append((one, _values(one, read(one.text, one.paragraph.title, one.paragraph.text))))
        if told:
            told(number, len(asked))
    return ReadingRun(name, tuple(_of_set(name, rows) for name, rows in by_set.items()))


def run_lines(run: ReadingRun) -> Iterator[str]:
    """For each set its figures with their intervals."""
    yield f"by {run.reader}"
    heads = {"exact": "exact", "f1": "F1", "refused_at_85": "refused, .85 kept", "auc": "under the ROC"}
    yield f"{'':24}{'answerable':>11}{'not':>7}" + "".join(f"{heads[name]:>20}" for name in MEASURES)
    for one in run.sets:
        cells = "".join(cell(one.figures[name]) for name in MEASURES)
        yield f"  {one.name[:21]:22}{one.answerable:>11}{one.unanswerable:>7}{cells}"
    if unplaced := sum(one.unplaced for one in run.sets):
        yield f"{unplaced} more have an answer that stands nowhere in their paragraph, and count nowhere"


def _values(asked: Asked, reading: PassageReading) -> Floats:
    """Exact match, F1 and the score."""
    span = reading.best()
    said = asked.paragraph.text[span.start : span.end] if span else None
    return np.array([exact(said, asked.wordings), f1(said, asked.wordings), reading.relevance + reading.mass()])


def _of_set(name: str, rows: Sequence[tuple[Asked, Floats]]) -> SetFigures:
    counted = [(one, values) for one, values in rows if one.answers or not one.wordings]
    answerable = np.array([bool(one.answers) for one, _ in counted], bool)
    values = np.array([values for _, values in counted]).reshape(-1, 3)
    places: dict[str, list[int]] = defaultdict(list)
    for at, (one, _) in enumerate(counted):
        places[one.paragraph.text].append(at)
    groups = [np.array(ats) for ats in places.values()]
    whole = _figures(values, answerable)
    defined = ~np.isnan(whole)

    def figures(draws: Places) -> Floats:
        drawn = (np.concatenate([groups[at] for at in draw]) for draw in draws)
        return np.array([_figures(values[at], answerable[at])[defined] for at in drawn])

    lows, highs = whole.copy(), whole.copy()
    if defined.any():
        lows[defined], highs[defined] = intervals(len(groups), figures)
    found = {
        measure: Figure(float(value), float(low), float(high))
        for measure, value, low, high in zip(MEASURES, whole, lows, highs, strict=True)
    }
    count = int(answerable.sum())
    return SetFigures(name, len(groups), count, len(counted) - count, len(rows) - len(counted), found)


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
