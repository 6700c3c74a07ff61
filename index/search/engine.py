"""Search: words, vectors and time, fused into one ranking, in which reprints stand as one source."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from index.embedders import Embedder
from index.filters import ALL, Filters
from index.indexes.replication import Published
from index.indexes.word_index import WordIndex
from index.search.event_days import event_day
from index.search.ranking import WEIGHTS, Candidate, Moment, Weights, collapse, rank
from index.search.result import Results, Retrieved
from index.store.catalogue import Catalogue
from index.store.near_duplicates import Copy
from index.store.schema import Vectors
from index.store.selection import Selection, select
from index.store.stored_passages import VectorRows
from index.times import Window
from index.times.time_in import time_in

if TYPE_CHECKING:
    from index.indexes.vector_index import VectorIndex

FEW = 4200  # passages, of which every vector is compared
_BY_WORDS = 70  # candidates
_BY_VECTORS = 25  # fewer: filters make each dear, and hardly any right one is found by its vector alone
_TOLD_LATER = timedelta(days=14)
_NEWEST = timedelta(days=30)
_READ = 30  # candidates whose text is read at first, to see which repeat one another
_MOST = 5000  # neighbours asked for
_MARGIN = 1.25
_MORE = 4  # times as many, where too few of the neighbours were of the selection: it is of another subject
_ENOUGH = 0.25  # of those asked for, not to ask for more


@dataclass(frozen=True, slots=True)
class Indexes:
    """What a search reads. An index may be missing while another process builds it, or its server does not answer.

    `notices` say so to the user. Where `by_vectors` is not set, passages are found by words alone.
    """

    catalogue: Catalogue
    embedder: Embedder
    words: "Published[WordIndex] | None"
    vectors: "Published[VectorIndex] | None"
    notices: tuple[str, ...] = ()
    by_vectors: bool = True


def search(
    indexes: Indexes, query: str, k: int, as_of: date, filters: Filters = ALL, any_time: bool = False
) -> Results:
    """The k best passages for a query asked on `as_of`; an article published later than that is not seen.

    They are ranked by words, vectors and time: see `index.search.ranking.rank`. With a `since` among the filters, no
    article without a date is found. A passage that several near-duplicates carry is found once. What the query itself
    says of time (see `index.times.time_in`) counts too, unless `any_time` is set or the filters name days. Raises
    UnknownName and ArticleNotFound where a filter names what is not there.
    """
    moment = moment_of(indexes, query, as_of, filters, any_time)
    selection = _selection(indexes.catalogue, filters, moment)
    weights, attainable = _weights(indexes, query)
    ranked = rank(candidates(indexes, query, k, selection, moment), moment, weights, attainable)
    notices = () if ranked else _why_nothing(indexes.catalogue, filters, selection)
    found = tuple(_distinct(indexes.catalogue, ranked, k, as_of))
    return Results(found, moment.time, (*indexes.notices, *notices))


def moment_of(indexes: Indexes, query: str, as_of: date, filters: Filters = ALL, any_time: bool = False) -> Moment:
    """When the query is asked and what it says of time; where days are asked for, its own words are not read."""
    if any_time or filters.since or filters.until:
        return Moment(as_of)
    time = time_in(query, as_of, partial(_day_of_event, indexes, as_of))
    newest = indexes.catalogue.passages.last_day(as_of) if time and time.kind == "newest" else None
    return Moment(as_of, time, newest)


def _day_of_event(indexes: Indexes, as_of: date, phrase: str) -> date | None:
    return event_day(indexes.catalogue, indexes.words.index, phrase, as_of) if indexes.words else None


def candidates(indexes: Indexes, query: str, k: int, selection: Selection, moment: Moment) -> list[Candidate]:
    """The best of a selection by words and by vectors, k of each at least, and by words those of the days asked for."""
    passages = indexes.catalogue.passages
    part = None if passages.covers_all(selection) else selection
    vector, depth = indexes.embedder.embed_query(query), max(_BY_WORDS, k)
    by_words = dict(_best_by_words(indexes.words, query, depth, part))
    if days := _days_asked_for(moment):
        narrow = replace(selection, window=selection.window.narrowed(days))
        by_words |= dict(_best_by_words(indexes.words, query, depth // 2, narrow))
    wanted = max(_BY_VECTORS, k) if indexes.by_vectors else 0
    by_vectors = dict(nearest(indexes.catalogue, indexes.vectors, vector, wanted, part) if wanted else ())
    found = passages.get([*by_words, *(key for key in by_vectors if key not in by_words)])
    unrelated = getattr(indexes.embedder, "unrelated", 0.0) if vector.any() else 0.0
    return [
        Candidate(one, by_words.get(one.key, 0.0), (float(one.vector @ vector) - unrelated) / (1 - unrelated))
        for one in found
        if one.article in selection
    ]


def _weights(indexes: Indexes, query: str) -> tuple[Weights, float]:
    """The weights, and the BM25 that counts in full; of an embedder with a weight of its own words count by that."""
    weight = getattr(indexes.embedder, "weight", None)
    if weight is None:
        return WEIGHTS, 0.0
    return replace(WEIGHTS, vectors=weight), indexes.words.index.attainable(query) if indexes.words else 0.0


def _selection(catalogue: Catalogue, filters: Filters, moment: Moment) -> Selection:
    window = filters.window(moment.as_of)
    if moment.time and moment.time.kind == "within":
        window = window.narrowed(moment.time.window)
    return select(catalogue, filters, window)


def _days_asked_for(moment: Moment) -> Window | None:
    """Where the best of all days may crowd out those that the query is about."""
    if moment.time and moment.time.kind == "near":
        last = moment.time.window.last
        return Window(moment.time.window.first, last + min(_TOLD_LATER, date.max - last) if last else None)
    if moment.newest:
        return Window(moment.newest - min(_NEWEST, moment.newest - date.min), moment.newest)
    return None


def _why_nothing(catalogue: Catalogue, filters: Filters, selection: Selection) -> tuple[str, ...]:
    if catalogue.passages.count_within(selection):
        return ()
    if filters != ALL:
        return ("no article passes all of these filters",)
    return ("no article is from these days",) if selection.window.first else ()


def _best_by_words(
    words: "Published[WordIndex] | None", query: str, depth: int, part: Selection | None
) -> list[tuple[int, float]]:
    if words is None:
        return []
    return words.index.best(query, depth, part.window, part.all_groups) if part else words.index.best(query, depth)


def _distinct(catalogue: Catalogue, ranked: Sequence[Retrieved], k: int, as_of: date) -> list[Retrieved]:
    """The k best of those that repeat no other, with their texts.

    Texts are read of passages in articles that have near-duplicates, only as many as that takes, and of the k best.
    """
    copies: dict[str, Sequence[Copy]] = {}
    read: list[Retrieved] = []
    kept: list[Retrieved] = []
    step = max(_READ, min(3 * k, k + _READ))
    for at in range(0, len(ranked), step):
        part = ranked[at : at + step]
        copies |= catalogue.copies_of({one.article.id for one in part})
        repeated = _with_texts(catalogue, [one for one in part if one.article.id in copies])
        read += [one if one.article.id not in copies else next(repeated) for one in part]
        kept = collapse(read, copies, as_of)
        if len(kept) >= k:
            break
    return [one for one in _with_texts(catalogue, kept[:k]) if one.passage.text]


def _with_texts(catalogue: Catalogue, found: Sequence[Retrieved]) -> Iterator[Retrieved]:
    passages = catalogue.passages.with_texts([one.passage for one in found])
    return (replace(one, passage=passage) for one, passage in zip(found, passages, strict=True))


def nearest(
    catalogue: Catalogue,
    published: "Published[VectorIndex] | None",
    vector: Vectors,
    k: int,
    selection: Selection | None,
) -> list[tuple[int, float]]:
    """At most k (key, cosine) pairs of passages of a selection, nearest first; none for a zero vector.

    Chroma's filters take 300 ms at 100,000 vectors, so none is asked of it: of few passages every vector is compared;
    of many, more neighbours are asked for, as many as the selection's share of all passages calls for. What came to
    the catalogue since the index was published is compared one by one too, so an index that lags behind hides nothing.
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
