"""Search: words, vectors and time, fused into one ranking."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from index.embedders.embedder import Embedder
from index.filters import ALL, Filters
from index.indexes.nearest import nearest
from index.indexes.replication import Published
from index.indexes.word_index import WordIndex
from index.search.ranking import Candidate, Moment, rank
from index.search.reprints import collapse
from index.search.result import Results, Retrieved
from index.store.catalogue import Catalogue, Copy
from index.store.selecting import select
from index.store.selection import Selection
from index.times.event_days import event_day
from index.times.time_in import time_in
from index.times.window import Window

if TYPE_CHECKING:
    from index.indexes.vector_index import VectorIndex

_BY_WORDS = 70  # candidates
_BY_VECTORS = 25  # fewer: filters make each dear, and hardly any right one is found by its vector alone
_TOLD_LATER = timedelta(days=14)
_NEWEST = timedelta(days=30)
_READ = 30  # candidates whose text is read at first, to see which repeat one another


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
    article without a date is found. A passage that several near-copies carry is found once. What the query itself says
    of time (see `index.times.time_in`) counts too, unless `any_time` is set or the filters name days. Raises
    UnknownName and ArticleNotFound where a filter names what is not there.
    """
    moment = moment_of(indexes, query, as_of, filters, any_time)
    selection = _selection(indexes.catalogue, filters, moment)
    ranked = rank(candidates(indexes, query, k, selection, moment), moment)
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
    return [
        Candidate(one, by_words.get(one.key, 0.0), float(one.vector @ vector))
        for one in found
        if one.article in selection
    ]


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

    Texts are read of passages in articles that have near-copies, only as many as that takes, and of the k best.
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
