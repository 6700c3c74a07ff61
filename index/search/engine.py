"""Search: words, vectors and time, fused into one ranking, in which reprints stand as one source."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from index.embedders.embedder import Embedder
from index.filters import ALL, Filters
from index.indexes.nearest import nearest
from index.indexes.replication import Published
from index.indexes.word_index import WordIndex
from index.search.event_days import event_day
from index.search.ranking import Candidate, Moment, rank
from index.search.result import Results, Retrieved
from index.store.catalogue import Catalogue, Copy
from index.store.near_duplicates import Member, representative
from index.store.selecting import select
from index.store.selection import Selection
from index.text.analysis import words_of
from index.times import Window
from index.times.time_in import time_in

if TYPE_CHECKING:
    from index.indexes.vector_index import VectorIndex

_BY_WORDS = 70  # candidates
_BY_VECTORS = 25  # fewer: filters make each dear, and hardly any right one is found by its vector alone
_TOLD_LATER = timedelta(days=14)
_NEWEST = timedelta(days=30)
_READ = 30  # candidates whose text is read at first, to see which repeat one another
_SAME = 0.8  # of the shorter passage's words
_AS_GOOD = 0.9  # of the better passage's match, time apart, below which the first report lacks what was asked for
_MOST = 0.5  # of a passage's numbers
_TOKEN = re.compile(r"\d(?:[\d.,:–-]*\d)?|\w+")


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


def collapse(ranked: Sequence[Retrieved], copies: Mapping[str, Sequence[Copy]], as_of: date) -> list[Retrieved]:
    """The ranked passages without those that repeat one of a near-copy; what is left says where else it stands.

    `copies` gives for an article all that are near-copies of one another, itself too; those published after
    `as_of` do not count. The best rank of the equal passages is kept.
    """
    kept: list[Retrieved] = []
    for one in ranked:
        cluster = {copy.article.id: copy for copy in copies.get(one.article.id, ()) if _is_out(copy, as_of)}
        twin = next((i for i, other in enumerate(kept) if other.article.id in cluster and _is_same(one, other)), None)
        if twin is None:
            kept.append(one)
        elif one.article.id != kept[twin].article.id:
            kept[twin] = _merged(kept[twin], one, cluster)
    return kept


def _merged(better: Retrieved, other: Retrieved, cluster: Mapping[str, Copy]) -> Retrieved:
    members = [_member(cluster[one.article.id]) for one in (better, other) if one.article.id in cluster]
    is_first = bool(members) and representative(members).id == other.article.id
    first, second = (other, better) if is_first and _match(other) >= _AS_GOOD * _match(better) else (better, other)
    others = {article.id: article for article in (*better.also_in, *other.also_in, second.article)}
    others.pop(first.article.id, None)
    also_in = tuple(others.values())
    return replace(first, score=better.score, parts=better.parts, signals=better.signals, also_in=also_in)


def _match(found: Retrieved) -> float:
    return found.parts.get("words", 0.0) + found.parts.get("vectors", 0.0)


def _member(copy: Copy) -> Member:
    return Member(copy.article.id, copy.article.published, copy.length)


def _is_same(one: Retrieved, other: Retrieved) -> bool:
    """Whether the passages say the same, be it that one begins or ends elsewhere or is reworded."""
    first, second = set(words_of(one.passage.text)), set(words_of(other.passage.text))
    if len(first & second) < _SAME * max(1, min(len(first), len(second))):
        return False
    return not _differ_in_numbers(one.passage.text, other.passage.text)


def _differ_in_numbers(one: str, other: str) -> bool:
    """Whether the texts are of one mould, such as results: another number in the same place, or mostly others."""
    first, second = _numbers(one), _numbers(other)
    if any(second.get(place, numbers).isdisjoint(numbers) for place, numbers in first.items()):
        return True
    in_first, in_second = set().union(*first.values()), set().union(*second.values())
    in_both = len(in_first & in_second)
    return bool(in_first and in_second) and max(in_both / len(in_first), in_both / len(in_second)) < _MOST


def _numbers(text: str) -> dict[tuple[str, str], set[str]]:
    """The numbers that stand between two words, by these words."""
    tokens = ["", *_TOKEN.findall(text.casefold()), ""]
    found: dict[tuple[str, str], set[str]] = {}
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token[:1].isdigit():
            found.setdefault((before, after), set()).add(token)
    return found


def _is_out(copy: Copy, as_of: date) -> bool:
    return copy.article.published is None or copy.article.published <= as_of
