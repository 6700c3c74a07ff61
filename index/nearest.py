"""The passages nearest to a vector: by Chroma, and compared one by one where Chroma does not reach.

Chroma's filters take 300 ms at 100,000 vectors, so days are not asked of it: of few passages every vector is compared;
of many, more neighbours are asked for, as many as the window's share of all passages calls for. What came to the
catalogue since the index was published is compared one by one too, so an index that lags behind hides nothing.
"""

import heapq
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from index.catalogue import Catalogue
from index.following import Published
from index.packing import Vectors
from index.stored_passages import VectorRows
from index.window import Window

if TYPE_CHECKING:
    from index.vectors import VectorIndex

_FEW = 4000  # passages, of which every vector is compared
_MOST = 5000  # neighbours asked for
_MARGIN = 1.25


def nearest(
    catalogue: Catalogue, published: "Published[VectorIndex] | None", vector: Vectors, k: int, window: Window | None
) -> list[tuple[int, float]]:
    """At most k (key, cosine) pairs of passages of these days, nearest first; none for a zero vector.

    Without an index all vectors of the window are compared.
    """
    if not vector.any():
        return []
    within = catalogue.passages.count_within(window) if window else None
    if published is None or (within is not None and within <= _FEW):
        return _compared(catalogue.passages.vectors_within(window or Window()), vector, k, window)
    share = within / max(1, published.state.passages) if within is not None else 1.0
    wanted = min(_MOST, published.state.passages, int(k * (_MARGIN / share if share < 1 else 1)))
    found = published.index.nearest(vector, wanted) if wanted else []
    if window is not None:
        inside = catalogue.passages.within([key for key, _ in found], window)
        found = [pair for pair in found if pair[0] in inside]
    newer = _compared(catalogue.passages.vectors_since(published.state.revision), vector, k, window)
    return heapq.nlargest(k, [*found, *newer], key=lambda pair: pair[1])


def _compared(rows: Iterable[VectorRows], vector: Vectors, k: int, window: Window | None) -> list[tuple[int, float]]:
    best: list[tuple[int, float]] = []
    for part in rows:
        best = heapq.nlargest(k, [*best, *_best(part, vector, k, window)], key=lambda pair: pair[1])
    return best


def _best(rows: VectorRows, vector: Vectors, k: int, window: Window | None) -> Iterator[tuple[int, float]]:
    cosines = rows.vectors @ vector
    if window is not None:
        first, last = window.numbers
        cosines[(rows.days < first) | (rows.days > last)] = -np.inf
    top = np.argpartition(-cosines, k)[:k] if k < len(cosines) else np.arange(len(cosines))
    return ((int(rows.keys[at]), float(cosines[at])) for at in top if np.isfinite(cosines[at]))
