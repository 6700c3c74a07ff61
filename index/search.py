"""Search: words, vectors and time, fused into one ranking."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from index.catalogue import Catalogue, StoredPassage
from index.embedders import Embedder
from index.reprints import collapse
from index.search_result import Retrieved
from index.words import WordIndex

if TYPE_CHECKING:
    from index.vectors import VectorIndex

WORDS_WEIGHT = 0.5
VECTORS_WEIGHT = 0.5
RECENCY_WEIGHT = 0.4
RECENCY_DAYS = 30.0

_DEPTH = 100  # candidates from each index
_DEEPEST = 6400


@dataclass(frozen=True, slots=True)
class Indexes:
    """What a search reads. Either index may be missing while another process builds it."""

    catalogue: Catalogue
    embedder: Embedder
    words: WordIndex | None
    vectors: "VectorIndex | None"


def search(indexes: Indexes, query: str, k: int, as_of: date) -> list[Retrieved]:
    """The k best passages for a query asked on `as_of`; an article published later than that is not seen.

    score = 0.5 · BM25 / best BM25 + 0.5 · cosine + 0.4 · exp(-days before as_of / 30)

    A passage that several near-copies carry is found once. An undated article has no recency. Long before `as_of`
    recency is nothing, so an old collection is searched by words and vectors alone.
    """
    vector = indexes.embedder.embed_query(query)
    depth = max(_DEPTH, k)
    while True:
        by_words = dict(indexes.words.best(query, depth)) if indexes.words else {}
        by_vectors = dict(indexes.vectors.nearest(vector, depth)) if indexes.vectors else {}
        found = indexes.catalogue.passages([*by_words, *(key for key in by_vectors if key not in by_words)])
        seen = [stored for stored in found if not _is_later(stored, as_of)]
        exhausted = len(by_words) < depth and len(by_vectors) < depth
        if len(seen) >= min(k, len(found)) or exhausted or depth >= _DEEPEST:
            break
        depth *= 4  # later articles crowded out the earlier ones
    cosines = {stored.key: float(stored.vector @ vector) for stored in seen}
    ranked = _rank(seen, by_words, cosines, as_of)
    return collapse(ranked, indexes.catalogue.copies_of({one.article.id for one in ranked}), as_of)[:k]


def _rank(
    seen: Sequence[StoredPassage], by_words: Mapping[int, float], cosines: Mapping[int, float], as_of: date
) -> list[Retrieved]:
    best = max((by_words.get(stored.key, 0.0) for stored in seen), default=0.0) or 1.0
    ranked = []
    for stored in seen:
        parts = {
            "words": WORDS_WEIGHT * by_words.get(stored.key, 0.0) / best,
            "vectors": VECTORS_WEIGHT * cosines[stored.key],
            "recency": RECENCY_WEIGHT * _recency(stored.article.published, as_of),
        }
        ranked.append(Retrieved(stored.passage, stored.article, sum(parts.values()), parts))
    return sorted(ranked, key=lambda r: (-r.score, r.article.id, r.passage.start))


def _recency(published: date | None, as_of: date) -> float:
    return math.exp(-(as_of - published).days / RECENCY_DAYS) if published else 0.0


def _is_later(stored: StoredPassage, as_of: date) -> bool:
    return stored.article.published is not None and stored.article.published > as_of
