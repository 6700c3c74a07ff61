"""How well the reader's model reads when it is given the right paragraph: `python -m eval.reading_alone DATA`.

DATA is the folder of `squadshifts` and `squad2` that the model was trained on; only what the training kept for testing
is read, each question with its own paragraph. Exact match and F1 of the best span are over the answerable questions;
refused is the share of the unanswerable that a threshold refuses which keeps 85 % of the answerable. Intervals are the
middle 95 % over draws of the questions.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.bootstrap import Floats, Places, intervals
from eval.reader_training.squad import Asked, read_sets
from eval.short_answers import exact, f1
from index.reader_model.span_reader import SpanReader

KEPT = 0.85


@dataclass(frozen=True, slots=True)
class Read:
    """A question with what was read: `score` is the log odds that the paragraph answers."""

    asked: Asked
    exact: float
    f1: float
    score: float


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the reader's model on the paragraphs kept for testing.")
    parser.add_argument("data", type=Path, help="the folder of squadshifts and squad2")
    reader = SpanReader()
    rows = [read_one(reader, one) for one in read_sets(parser.parse_args().data) if one.paragraph.kept]
    for name in sorted({row.asked.paragraph.set for row in rows}):
        print(f"{name}: {told([row for row in rows if row.asked.paragraph.set == name])}")
    print(f"all three of squadshifts: {told([row for row in rows if row.asked.paragraph.set != 'squad2'])}")


def read_one(reader: SpanReader, asked: Asked) -> Read:
    paragraph = asked.paragraph
    (reading,) = reader.read(asked.text, [(paragraph.title, paragraph.text)])
    span = reading.best()
    said = paragraph.text[span.start : span.end] if span else None
    answers = [paragraph.text[start:end] for start, end in asked.answers]
    return Read(asked, exact(said, answers), f1(said, answers), reading.relevance + reading.mass())


def told(rows: Sequence[Read]) -> str:
    answerable = np.array([bool(row.asked.answers) for row in rows])
    values = np.array([(row.exact, row.f1, row.score) for row in rows])

    count = 3 if not answerable.all() else 2

    def figures(places: Places) -> Floats:
        return np.array([_figures(values[one], answerable[one])[:count] for one in places])

    whole = _figures(values, answerable)
    low, high = intervals(len(rows), figures)
    names = ("exact", "F1", "refused")
    parts = [
        f"{name} {100 * one:.1f} ({100 * least:.1f} to {100 * most:.1f})"
        for name, one, least, most in zip(names, whole, low, high, strict=False)
    ]
    return f"{answerable.sum()} answerable, {(~answerable).sum()} unanswerable: {', '.join(parts)}"


def _figures(values: Floats, answerable: NDArray[np.bool_]) -> Floats:
    """Exact match, F1, and the share of the unanswerable that is refused, NaN without any."""
    known, unknown = values[answerable], values[~answerable]
    if not len(known):
        return np.full(3, np.nan)
    threshold = np.quantile(known[:, 2], 1 - KEPT)
    refused = (unknown[:, 2] < threshold).mean() if len(unknown) else np.nan
    return np.array([known[:, 0].mean(), known[:, 1].mean(), refused])


if __name__ == "__main__":
    main()
