"""Search: words, vectors and time, fused into one ranking."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from index.catalogue import Catalogue
from index.embedders import Embedder
from index.filters import ALL, Filters
from index.following import Published
from index.nearest import nearest
from index.reprints import collapse
from index.search_result import Results, Retrieved
from index.selecting import select
from index.selection import Selection
from index.stored_passages import StoredPassage
from index.time_expression import TimeExpression
from index.words import WordIndex

if TYPE_CHECKING:
    from index.vectors import VectorIndex

WORDS_WEIGHT = 0.5
VECTORS_WEIGHT = 0.5
RECENCY_WEIGHT = 0.4
RECENCY_DAYS = 30.0

_DEPTH = 100  # candidates from each index
_NOTHING = "no article passes all of these filters"
_READ = 50  # candidates whose text is read at first, to see which repeat one another


@dataclass(frozen=True, slots=True)
class Indexes:
    """What a search reads. An index may be missing while another process builds it."""

    catalogue: Catalogue
    embedder: Embedder
    words: "Published[WordIndex] | None"
    vectors: "Published[VectorIndex] | None"


def search(
    indexes: Indexes, query: str, k: int, as_of: date, filters: Filters = ALL, any_time: bool = False
) -> Results:
    """The k best passages for a query asked on `as_of`; an article published later than that is not seen.

    score = 0.5 · BM25 / best BM25 + 0.5 · cosine + 0.4 · exp(-days before as_of / 30)

    With a `since` among the filters, neither is one without a date. A passage that several near-copies carry is found
    once. An undated article has no recency. Long before `as_of` recency is nothing, so an old collection is searched
    by words and vectors alone. With `any_time` the query's own words for time are not read.
    Raises UnknownName and ArticleNotFound where a filter names what is not there.
    """
    time = None if any_time else _time_of(query, as_of)
    selection = select(indexes.catalogue, filters, filters.window(as_of))
    passages, depth = indexes.catalogue.passages, max(_DEPTH, k)
    part = None if passages.covers_all(selection) else selection
    vector = indexes.embedder.embed_query(query)
    by_words = dict(_best_by_words(indexes.words, query, depth, part))
    by_vectors = dict(nearest(indexes.catalogue, indexes.vectors, vector, depth, part))
    found = passages.get([*by_words, *(key for key in by_vectors if key not in by_words)])
    seen = [one for one in found if one.article in selection]
    cosines = {one.key: float(one.vector @ vector) for one in seen}
    ranked = _rank(seen, by_words, cosines, as_of)
    notices = () if seen or filters == ALL or passages.count_within(selection) else (_NOTHING,)
    return Results(tuple(_distinct(indexes.catalogue, ranked, k, as_of)), time, notices)


def _time_of(query: str, as_of: date) -> TimeExpression | None:
    """What the query itself says of time. Here its words would be read; nothing reads them yet."""
    return None


def _best_by_words(
    words: "Published[WordIndex] | None", query: str, depth: int, part: Selection | None
) -> list[tuple[int, float]]:
    if words is None:
        return []
    return words.index.best(query, depth, part.window, part.all_groups) if part else words.index.best(query, depth)


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


def _distinct(catalogue: Catalogue, ranked: Sequence[Retrieved], k: int, as_of: date) -> list[Retrieved]:
    """The k best of those that repeat no other, with their texts.

    Texts are read of passages in articles that have near-copies, only as many as that takes, and of the k best.
    """
    copies = catalogue.copies_of({one.article.id for one in ranked})
    read: list[Retrieved] = []
    kept: list[Retrieved] = []
    step = max(_READ, min(3 * k, k + _READ))
    for at in range(0, len(ranked), step):
        part = ranked[at : at + step]
        repeated = _with_texts(catalogue, [one for one in part if one.article.id in copies])
        read += [one if one.article.id not in copies else next(repeated) for one in part]
        kept = collapse(read, copies, as_of)
        if len(kept) >= k:
            break
    return list(_with_texts(catalogue, kept[:k]))


def _with_texts(catalogue: Catalogue, found: Sequence[Retrieved]) -> Iterator[Retrieved]:
    passages = catalogue.passages.with_texts([one.passage for one in found])
    return (replace(one, passage=passage) for one, passage in zip(found, passages, strict=True))


def _recency(published: date | None, as_of: date) -> float:
    return math.exp(-(as_of - published).days / RECENCY_DAYS) if published else 0.0
