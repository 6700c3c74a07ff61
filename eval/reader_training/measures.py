"""How well the model reads the kept paragraphs, and how well it orders what search found."""

import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.reader_training.remembering import RememberingCutter
from eval.reader_training.squad import Asked
from eval.short_answers import exact, f1
from index.reader_model.pairs import Pair, join
from index.reader_model.reading import Forward, PassageReading, Span, read

MOST_PIECES = 256
_AT_ONCE = 16
_NEVER = -1e4
KEPT = 0.85  # of the answerable questions, when refusal is measured


@dataclass(frozen=True, slots=True)
class Reading:
    """Log odds: that the passage answers (`relevance`), of the best span, which stands at the characters from `start`
    to `end`, and of all spans together.
    """

    relevance: float
    span: float
    spans: float
    start: int
    end: int


def told(of: PassageReading) -> Reading:
    best = of.best() or Span(0, 0, _NEVER)
    return Reading(of.relevance, best.logit, of.mass(), best.start, best.end)


def pair_of(cutter: RememberingCutter, question: str, title: str, text: str) -> Pair:
    return join(cutter.pieces(question), cutter.pieces(title), cutter.pieces(text), MOST_PIECES)


SCORES: Mapping[str, Callable[[Reading], float]] = {
    "relevance": lambda one: one.relevance,
    "span": lambda one: one.span,
    "spans": lambda one: one.spans,
    "relevance + span": lambda one: one.relevance + one.span,
    "relevance + spans": lambda one: one.relevance + one.spans,
}


def reading_alone(forward: Forward, cutter: RememberingCutter, asked: Sequence[Asked]) -> dict[str, dict[str, float]]:
    """For each set: exact match and F1 of the answerable, and the share of the unanswerable that is refused."""
    pairs = [pair_of(cutter, one.text, one.paragraph.title, one.paragraph.text) for one in asked]
    readings = list(map(told, read(forward, pairs, _AT_ONCE)))
    found = {}
    for name in sorted({one.paragraph.set for one in asked}):
        part = [(one, got) for one, got in zip(asked, readings, strict=True) if one.paragraph.set == name]
        found[name] = _alone(part)
    return found


def _alone(part: Sequence[tuple[Asked, Reading]]) -> dict[str, float]:
    answerable = [(one, got) for one, got in part if one.answers]
    said = [
        (one.paragraph.text[got.start : got.end], [one.paragraph.text[a:b] for a, b in one.answers])
        for one, got in answerable
    ]
    figures = {"questions": float(len(answerable))}
    figures |= {"exact": fmean(exact(*pair) for pair in said), "f1": fmean(f1(*pair) for pair in said)}
    refused = [got for one, got in part if not one.answers]
    if refused:
        figures["unanswerable"] = len(refused)
        for name, score in SCORES.items():
            least = np.quantile([score(got) for _, got in answerable], 1 - KEPT)
            figures[f"refused by {name}"] = fmean(score(got) < least for got in refused)
    return {name: round(value, 3) for name, value in figures.items()}


Row = dict[str, Any]
"""A line of `eval.reader_candidates`."""


def candidates(file: Path, depth: int) -> list[Row]:
    """The answerable questions with their `depth` first passages."""
    return [{**row, "passages": row["passages"][:depth]} for row in read_rows(file) if row["answerable"]]


def read_rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def sample(rows: Sequence[Row], count: int) -> list[Row]:
    return random.Random(0).sample(list(rows), min(count, len(rows)))


def read_candidates(forward: Forward, cutter: RememberingCutter, rows: Sequence[Row]) -> list[list[Reading]]:
    """A question at a time, as the assistant would."""
    return [
        list(map(told, read(forward, [_pair(cutter, row["question"], one) for one in row["passages"]], _AT_ONCE)))
        for row in rows
    ]


def _pair(cutter: RememberingCutter, question: str, passage: Row) -> Pair:
    return pair_of(cutter, question, passage["title"], passage["text"])


def orders(
    rows: Sequence[Row], readings: Sequence[Sequence[Reading]], score: Callable[[Reading], float], weight: float
) -> list[NDArray[np.intp]]:
    """For each question the order of its passages by first stage + weight · (s - lowest) / (highest - lowest)."""
    found = []
    for row, got in zip(rows, readings, strict=True):
        first = np.array([one["score"] for one in row["passages"]])
        second = np.array([score(one) for one in got])
        width = np.ptp(second) if len(second) else 0.0
        share = (second - second.min()) / width if width > 0 else np.zeros(len(second))
        found.append(np.argsort(-(first + weight * share), kind="stable"))
    return found


def successes(rows: Sequence[Row], ordered: Iterable[NDArray[np.intp]], sought: str) -> dict[str, float]:
    """Success@1, 5 and 10 by `answer`, or by `support` over the questions whose articles search knows."""
    ranks = []
    for row, order in zip(rows, ordered, strict=True):
        if sought == "support" and not row["supported"]:
            continue
        right = [place for place, which in enumerate(order) if row["passages"][which][sought]]
        ranks.append(right[0] if right else len(order))
    return {str(k): round(fmean(rank < k for rank in ranks), 3) for k in (1, 5, 10)} if ranks else {}
