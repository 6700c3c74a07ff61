"""What the model makes of pairs: for each its relevance, its best span and how likely it holds an answer at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.reader_model.pairs import Batch, Cutter, Pair, join, stacked

MOST_PIECES = 256
LONGEST = 20  # pieces of a span
_NEVER = -1e4

Floats = NDArray[np.float32]
Forward = Callable[[Batch], tuple[Floats, Floats, Floats]]
"""The logits of start and end, shape (pairs, length), and of relevance, shape (pairs,)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Log odds, all of them: that the passage answers (`relevance`), of the best span (mean of start and end), and of
    all spans together. `start` and `end` are characters of the passage's text.
    """

    relevance: float
    span: float
    spans: float
    start: int
    end: int


def pair_of(cutter: Cutter, question: str, title: str, text: str) -> Pair:
    head = cutter.pieces(title) if title else None
    return join(cutter.pieces(question), head, cutter.pieces(text), MOST_PIECES)


def read(forward: Forward, pairs: Sequence[Pair], at_once: int = 16) -> list[Reading]:
    """In batches of like length; what is read comes in the order of the pairs."""
    order = sorted(range(len(pairs)), key=lambda place: len(pairs[place].ids))
    found: dict[int, Reading] = {}
    for at in range(0, len(order), at_once):
        places = order[at : at + at_once]
        batch = stacked([pairs[place] for place in places])
        start, end, relevance = forward(batch)
        for row, place in enumerate(places):
            pair = pairs[place]
            inside = slice(pair.first, pair.last)
            found[place] = _reading(pair, start[row, inside], end[row, inside], float(relevance[row]))
    return [found[place] for place in range(len(pairs))]


def _reading(pair: Pair, start: Floats, end: Floats, relevance: float) -> Reading:
    if not len(start):  # no room was left for the text
        return Reading(relevance, _NEVER, _NEVER, 0, 0)
    sums = np.triu(np.tril(start[:, None] + end[None, :], LONGEST - 1) - _NEVER)  # above 0 where a span may be
    first, last = np.unravel_index(int(sums.argmax()), sums.shape)
    best = float(start[first] + end[last]) / 2
    mass = float(np.logaddexp.reduce(start) + np.logaddexp.reduce(end)) / 2
    return Reading(relevance, best, mass, pair.offsets[first][0], pair.offsets[last][1])
