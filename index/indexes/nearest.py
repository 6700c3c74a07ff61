"""The passages nearest to a vector: by Chroma, and compared one by one where Chroma does not reach.

Chroma's filters take 300 ms at 100,000 vectors, so none is asked of it: of few passages every vector is compared; of
many, more neighbours are asked for, as many as the selection's share of all passages calls for. What came to the
catalogue since the index was published is compared one by one too, so an index that lags behind hides nothing.
"""

import heapq
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from index.indexes.replication import Published
from index.store.catalogue import Catalogue
from index.store.compression import Vectors
from index.store.selection import Selection
from index.store.stored_passages import VectorRows

if TYPE_CHECKING:
    from index.indexes.vector_index import VectorIndex

FEW = 4200  # passages, of which every vector is compared
_MOST = 5000  # neighbours asked for
_MARGIN = 1.25
_MORE = 4  # times as many, where too few of the neighbours were of the selection: it is of another subject
_ENOUGH = 0.25  # of those asked for, not to ask for more


def nearest(
    catalogue: Catalogue,
    published: "Published[VectorIndex] | None",
    vector: Vectors,
    k: int,
    selection: Selection | None,
) -> list[tuple[int, float]]:
    """At most k (key, cosine) pairs of passages of a selection, nearest first; none for a zero vector.

    Without an index all vectors of the selection are compared.
    """
    if not vector.any():
        return []
    share = 1.0
    if selection is not None:
        within = catalogue.passages.count_within(selection)
        share = within / max(1, published.state.passages) if published else 0.0
        if within <= FEW or k * _MARGIN > share * _MOST:
            return _compared(catalogue.passages.vectors_within(selection), vector, k)
    if published is None:
        return _compared(catalogue.passages.vectors_within(Selection()), vector, k)
    found = _over_fetched(catalogue, published, vector, k, share, selection)
    newer = catalogue.passages.vectors_since(published.state.revision)
    rest = _compared((_chosen(catalogue, rows, selection) for rows in newer), vector, k)
    return heapq.nlargest(k, [*found, *rest], key=lambda pair: pair[1])


def _over_fetched(
    catalogue: Catalogue,
    published: "Published[VectorIndex]",
    vector: Vectors,
    k: int,
    share: float,
    selection: Selection | None,
) -> list[tuple[int, float]]:
    """Those of the selection among so many neighbours that k should be."""
    most = min(_MOST, published.state.passages)
    wanted = min(most, int(k * (_MARGIN / share if share < 1 else 1)))
    while True:
        found = published.index.nearest(vector, wanted) if wanted else []
        if selection is None:
            return found
        inside = catalogue.passages.within([key for key, _ in found], selection)
        found = [pair for pair in found if pair[0] in inside]
        if len(found) >= _ENOUGH * k or wanted >= most:
            return found
        wanted = min(most, _MORE * wanted)


def _chosen(catalogue: Catalogue, rows: VectorRows, selection: Selection | None) -> VectorRows:
    if selection is None:
        return rows
    inside = catalogue.passages.within(rows.keys.tolist(), selection)
    kept = np.isin(rows.keys, list(inside))
    return VectorRows(rows.keys[kept], rows.vectors[kept])


def _compared(rows: Iterable[VectorRows], vector: Vectors, k: int) -> list[tuple[int, float]]:
    best: list[tuple[int, float]] = []
    for part in rows:
        best = heapq.nlargest(k, [*best, *_best(part, vector, k)], key=lambda pair: pair[1])
    return best


def _best(rows: VectorRows, vector: Vectors, k: int) -> Iterator[tuple[int, float]]:
    if not len(rows.keys):
        return
    cosines = rows.vectors @ vector
    top = np.argpartition(-cosines, k)[:k] if k < len(cosines) else np.arange(len(cosines))
    yield from ((int(rows.keys[at]), float(cosines[at])) for at in top)
