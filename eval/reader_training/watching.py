"""Figures while training goes on, of parts small enough not to hold it up."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.reader_training.measures import (
    SCORES,
    candidates,
    orders,
    read_candidates,
    reading_alone,
    sample,
    successes,
)
from eval.reader_training.model import ReaderModel
from eval.reader_training.news import learnt_weeks
from eval.reader_training.remembering import RememberingCutter
from eval.reader_training.squad import Asked
from eval.reader_training.torch_forward import by_torch

_QUESTIONS, _DEPTH = 120, 20  # of the candidates
_SQUAD, _SHIFTS = 6, 14  # each so manieth of the kept questions
_WEIGHTS = (0.25, 0.5, 1.0, 2.0)


def figures_in_between(
    model: ReaderModel, cutter: RememberingCutter, kept: Sequence[Asked], file: Path | None
) -> dict[str, Any]:
    """Of reading alone, and, with a file of candidates, of ordering them by several scores and weights."""
    forward = by_torch(model)
    squad = [one for one in kept if one.paragraph.set == "squad2"][::_SQUAD]
    shifts = [one for one in kept if one.paragraph.set != "squad2"][::_SHIFTS]
    found: dict[str, Any] = {**reading_alone(forward, cutter, [*squad, *shifts])}
    if not file:
        return found
    rows = candidates(file, _DEPTH)
    seen = learnt_weeks(rows)
    rows = sample([row for row in rows if row["group"] not in seen], _QUESTIONS)
    readings = read_candidates(forward, cutter, rows)
    for name in ("relevance", "relevance + spans"):
        for weight in (0.0, *_WEIGHTS):
            ordered = orders(rows, readings, SCORES[name], weight)
            found[f"{name}, {weight}"] = [successes(rows, ordered, sought) for sought in ("answer", "support")]
    return found
