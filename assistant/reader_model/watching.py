"""Figures while training goes on, of parts small enough not to hold it up."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.reader_model.measures import (
    SCORES,
    candidates,
    orders,
    read_candidates,
    reading_alone,
    sample,
    successes,
)
from assistant.reader_model.model import ReaderModel
from assistant.reader_model.pairs import Cutter
from assistant.reader_model.squad import Asked
from assistant.reader_model.torch_forward import by_torch

_QUESTIONS, _DEPTH = 150, 20  # of the candidates
_SQUAD, _SHIFTS = 6, 14  # each so manieth of the kept questions
_WEIGHTS = (0.25, 0.5, 1.0, 2.0)


def figures_in_between(model: ReaderModel, cutter: Cutter, kept: Sequence[Asked], file: Path | None) -> dict[str, Any]:
    """Of reading alone, and, with a file of candidates, of ordering them by several scores and weights."""
    forward = by_torch(model)
    squad = [one for one in kept if one.paragraph.set == "squad2"][::_SQUAD]
    shifts = [one for one in kept if one.paragraph.set != "squad2"][::_SHIFTS]
    found: dict[str, Any] = {**reading_alone(forward, cutter, [*squad, *shifts])}
    if not file:
        return found
    rows = sample(candidates(file, _DEPTH), _QUESTIONS)
    readings = read_candidates(forward, cutter, rows)
    for name in ("relevance", "relevance + spans"):
        for weight in (0.0, *_WEIGHTS):
            ordered = orders(rows, readings, SCORES[name], weight)
            found[f"{name}, {weight}"] = [successes(rows, ordered, sought) for sought in ("answer", "support")]
    return found
