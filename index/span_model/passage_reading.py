"""What the model makes of a passage for a question."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from index.span_model.pairs import Batch, Pair, stacked

LONGEST = 30  # pieces of a span
_NEVER = -1e4

Floats = NDArray[np.float32]
Logits = tuple[Floats, Floats, Floats]
"""Of start and end, shape (pairs, length), and of relevance, shape (pairs,)."""

Forward = Callable[[Batch], Logits]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a passage's text from `start` to `end`, with the mean of the two logits."""

    start: int
    end: int
    logit: float


@dataclass(frozen=True, slots=True, eq=False)
class PassageReading:
    """Log odds, all of them against "this passage does not answer", so that they compare across passages and questions.

    `relevance`: that the passage answers. `starts` and `ends`, shape (pieces,): that the answer begins, or ends, at a
    piece of the text. `offsets`, shape (pieces, 2): the characters of the passage's text that each piece stands for.
    What was cut off at the end of a long passage is not among the pieces.
    """

    relevance: float
    starts: Floats
    ends: Floats
    offsets: NDArray[np.int64]

    def best(self, begin: int = 0, stop: int | None = None) -> Span | None:
        """The best span of at most LONGEST pieces within the characters from `begin` to `stop`, or None."""
        first, last = self._pieces(begin, stop)
        if first == last:
            return None
        sums = self._sums(first, last)
        return self._span(first, sums, int(sums.argmax()))

    def best_of(
        self, accepts: Callable[[Span], bool], begin: int = 0, stop: int | None = None, least: float = -np.inf
    ) -> Span | None:
        """The best of those spans that are accepted, or None where none of `least` log odds or more is."""
        first, last = self._pieces(begin, stop)
        sums = self._sums(first, last)
        likely = np.flatnonzero(sums.ravel() >= max(2 * least, _NEVER))
        ranked = likely[np.argsort(-sums.ravel()[likely], kind="stable")]
        return next(filter(accepts, (self._span(first, sums, int(at)) for at in ranked)), None)

    def mass(self, begin: int = 0, stop: int | None = None) -> float:
        """The log odds that the answer stands within these characters: mean of those of its start and of its end."""
        first, last = self._pieces(begin, stop)
        if first == last:
            return _NEVER
        both = (np.logaddexp.reduce(part[first:last].astype(np.float64)) for part in (self.starts, self.ends))
        return float(sum(both)) / 2

    def _sums(self, first: int, last: int) -> Floats:
        """The logits of each start and each end so many pieces behind it together, shape (pieces, LONGEST).

        No span is minus infinity.
        """
        behind = np.concatenate([self.ends[first:last], np.full(LONGEST, -np.inf, np.float32)])
        ends = sliding_window_view(behind, LONGEST)[: last - first]
        sums: Floats = self.starts[first:last, None] + ends
        return sums

    def _span(self, first: int, sums: Floats, at: int) -> Span:
        one, behind = divmod(at, LONGEST)
        start, end = int(self.offsets[first + one, 0]), int(self.offsets[first + one + behind, 1])
        return Span(start, end, float(sums[one, behind]) / 2)

    def _pieces(self, begin: int, stop: int | None) -> tuple[int, int]:
        first = int(np.searchsorted(self.offsets[:, 0], begin))
        last = len(self.offsets) if stop is None else int(np.searchsorted(self.offsets[:, 1], stop, side="right"))
        return first, max(first, last)


Mapping = Callable[[Forward, Iterable[Batch]], Iterable[Logits]]
"""`map`, or one that works on several batches side by side."""


def read(forward: Forward, pairs: Sequence[Pair], at_once: int, mapped: Mapping = map) -> list[PassageReading]:
    """In batches of `at_once` pairs of like length; what is read comes in the order of the pairs."""
    found: dict[int, PassageReading] = {}
    # The longest first, so that of several side by side none is left alone with it at the end.
    parts = list(batches([len(pair.ids) for pair in pairs], at_once))[::-1]
    logits = mapped(forward, [stacked([pairs[place] for place in places]) for places in parts])
    for places, (start, end, relevance) in zip(parts, logits, strict=True):
        for row, place in enumerate(places):
            pair = pairs[place]
            inside = slice(pair.first, pair.last)
            offsets = np.array(pair.offsets, np.int64).reshape(-1, 2)
            found[place] = PassageReading(float(relevance[row]), start[row, inside], end[row, inside], offsets)
    return [found[place] for place in range(len(pairs))]


def as_one(parts: Sequence[PassageReading]) -> PassageReading:
    """Parts of one text that follow one another; it answers where any part does."""
    if len(parts) == 1:
        return parts[0]
    return PassageReading(
        max(one.relevance for one in parts),
        np.concatenate([one.starts for one in parts]),
        np.concatenate([one.ends for one in parts]),
        np.concatenate([one.offsets for one in parts]),
    )


def batches(lengths: Sequence[int], at_once: int) -> Iterator[list[int]]:
    """Places of pairs of like length."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    for at in range(0, len(order), at_once):
        yield order[at : at + at_once]
