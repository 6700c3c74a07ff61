"""How well the model reads the kept paragraphs, and how well it orders what search found."""

import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.reader_model.answers import exact, f1
from assistant.reader_model.pairs import Cutter
from assistant.reader_model.reading import Forward, Reading, pair_of, read
from assistant.reader_model.squad import Asked

KEPT = 0.85  # of the answerable questions, when refusal is measured

SCORES: Mapping[str, Callable[[Reading], float]] = {
    "relevance": lambda one: one.relevance,
    "span": lambda one: one.span,
    "spans": lambda one: one.spans,
    "relevance + span": lambda one: one.relevance + one.span,
    "relevance + spans": lambda one: one.relevance + one.spans,
}


def reading_alone(forward: Forward, cutter: Cutter, asked: Sequence[Asked]) -> dict[str, dict[str, float]]:
    """For each set: exact match and F1 of the answerable, and the share of the unanswerable that is refused."""
    pairs = [pair_of(cutter, one.text, one.paragraph.title, one.paragraph.text) for one in asked]
    readings = read(forward, pairs)
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
    with file.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [{**row, "passages": row["passages"][:depth]} for row in rows if row["answerable"]]


def sample(rows: Sequence[Row], count: int) -> list[Row]:
    return random.Random(0).sample(list(rows), min(count, len(rows)))


def read_candidates(forward: Forward, cutter: Cutter, rows: Sequence[Row]) -> list[list[Reading]]:
    """A question at a time, as the assistant would."""
    return [
        read(forward, [pair_of(cutter, row["question"], one["title"], one["text"]) for one in row["passages"]], 64)
        for row in rows
    ]


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
