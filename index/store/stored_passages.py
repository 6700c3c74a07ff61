"""The catalogue's passages: by their keys for search, and in order for what follows the catalogue."""

import json
import threading
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.article import Article
from index.store.database import AMONG, Database
from index.store.schema import FACTS, Vectors, article_of_row, pack_vector, unpack_if_whole, unpack_vectors
from index.store.selection import Selection, chosen_articles, having
from index.text.passages import Passage
from index.times import Window, day_number

_ALL = 2**62  # more revisions than there will be
_STORED = f'SELECT {FACTS}, p.id, p.start, p."end", p.vector FROM passages p JOIN articles a ON a.id = p.article_id'


@dataclass(frozen=True, slots=True)
class _Counted:
    """The days in order, and how many passages there are before each, and of all, at a revision; the greatest key."""

    revision: int
    key: int
    days: list[int]
    before: list[int]


class DayCounts:
    """Counts that are kept, and brought up to date by what came since.

    They serve to choose a way of searching: passages removed by another process that were also taken out of both
    indexes since the last count are counted until the next removal that is seen.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._counted: _Counted | None = None

    def within(self, window: Window) -> int:
        """How many passages belong to articles of these days."""
        with self._lock:
            counted = self._counted = self._up_to_date(self._counted)
        first, last = window.numbers
        begin, end = bisect_left(counted.days, first), bisect_right(counted.days, last)
        return counted.before[max(begin, end)] - counted.before[begin]

    def _up_to_date(self, counted: _Counted | None) -> _Counted:
        revision = int(self._number("SELECT value FROM meta WHERE key = 'revision'"))
        if counted is not None and counted.revision == revision:
            return counted
        key = self._number("SELECT max(id) FROM passages")
        counts: Counter[int] = Counter()
        after = 0
        if counted is not None and not self._has_removed_since(counted.revision):
            after = counted.key
            pairs = zip(counted.days, counted.before, counted.before[1:], strict=False)
            counts.update({day: upto - before for day, before, upto in pairs})
        query = "SELECT day, count(*) FROM passages GROUP BY day"
        if after:
            query = "SELECT day, count(*) FROM passages WHERE id > ? AND id <= ? GROUP BY day"
        counts.update(dict(self._database.select(query, (after, key) if after else ())))
        days = sorted(counts)
        return _Counted(revision, key, days, [0, *accumulate(counts[day] for day in days)])

    def _has_removed_since(self, revision: int) -> bool:
        return bool(self._number("SELECT count(*) FROM removed_passages WHERE revision > ?", revision))

    def _number(self, query: str, *parameters: int) -> int:
        row = self._database.one(query, parameters)
        return int(row[0] or 0) if row else 0


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its key in the derived indexes, its article (without text) and its vector, shape (d,).

    The passage's text is empty until `with_texts`.
    """

    key: int
    passage: Passage
    article: Article
    vector: Vectors


@dataclass(frozen=True, slots=True)
class VectorRows:
    """Keys, shape (n,), and vectors, shape (n, d), of n passages."""

    keys: NDArray[np.int64]
    vectors: Vectors


class StoredPassages:
    """The passages of a catalogue. Keys are never given twice; what came later has the greater key."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._days = DayCounts(database)

    def get(self, keys: Sequence[int]) -> list[StoredPassage]:
        """The passages with these keys, without text, in the order asked; keys that are gone are left out."""
        parts = self._database.parts(f"{_STORED} WHERE p.id IN {AMONG}", (json.dumps(keys),))
        rows = {row[9]: row for part in parts for row in part}
        return _stored([rows[key] for key in keys if key in rows])

    def within(self, keys: Sequence[int], selection: Selection) -> set[int]:
        """Which of these passages belong to articles of a selection."""
        conditions: list[str] = [f"p.id IN {AMONG}", "+p.day BETWEEN ? AND ?"]  # + lest SQLite goes by the day
        parameters: list[object] = [json.dumps(keys), *selection.window.numbers]
        if selection.articles:
            conditions.append(f"+p.article_id IN {AMONG}")
            parameters.append(json.dumps(selection.articles))
        named = having("p.article_id", selection.groups)
        query = f"SELECT p.id FROM passages p WHERE {' AND '.join([*conditions, named.sql])}"
        parts = self._database.parts(query, [*parameters, *named.parameters])
        return {row[0] for part in parts for row in part}

    def with_texts(self, passages: Sequence[Passage]) -> list[Passage]:
        """The same passages with their texts, empty where the article was removed meanwhile or its text is damaged."""
        ids = list({one.article_id for one in passages})
        rows = self._database.select(f"SELECT id, text FROM articles WHERE id IN {AMONG}", (json.dumps(ids),))
        texts = {row[0]: unpack_if_whole(row[1]) for row in rows}
        return [_with_text(one, texts.get(one.article_id, "")) for one in passages]

    def since(self, revision: int, until: int = _ALL) -> Iterator[StoredPassage]:
        """All passages that came after `revision`, and not after `until`, in the order of their keys.

        They come with their text, which is empty where it is damaged.
        """
        query = f"{_STORED} WHERE p.revision > ? AND p.revision <= ? ORDER BY p.id"
        text_of, text = "", ""
        for rows in self._database.parts(query, (revision, until)):
            for one in _stored(rows):
                if one.article.id != text_of:
                    text_of, text = one.article.id, self._text(one.article.id)
                yield replace(one, passage=_with_text(one.passage, text))

    def vectors_since(self, revision: int, until: int = _ALL) -> Iterator[VectorRows]:
        """The vectors of the same, in parts."""
        query = "SELECT id, vector FROM passages WHERE revision > ? AND revision <= ? ORDER BY id"
        return _vector_rows(self._database.parts(query, (revision, until)))

    def vectors_within(self, selection: Selection) -> Iterator[VectorRows]:
        """The vectors of all passages of a selection, in parts."""
        if selection.is_of_days:
            query = "SELECT id, vector FROM passages WHERE day BETWEEN ? AND ?"
            return _vector_rows(self._database.parts(query, selection.window.numbers))
        chosen = chosen_articles(selection)
        query = f"SELECT p.id, p.vector FROM ({chosen.sql}) c CROSS JOIN passages p ON p.article_id = c.article_id"
        days = " WHERE +p.day BETWEEN ? AND ?"  # + lest SQLite goes by the day
        return _vector_rows(self._database.parts(query + days, chosen.parameters + selection.window.numbers))

    def removed_since(self, revision: int, until: int = _ALL) -> list[int]:
        """The keys of passages that went after `revision`, and not after `until`."""
        query = "SELECT id FROM removed_passages WHERE revision > ? AND revision <= ?"
        return [row[0] for row in self._database.select(query, (revision, until))]

    def count_between(self, revision: int, until: int = _ALL) -> int:
        """How many passages came after `revision`, and not after `until`."""
        query = "SELECT count(*) FROM passages WHERE revision > ? AND revision <= ?"
        return int(self._database.one(query, (revision, until))[0])

    def count_within(self, selection: Selection) -> int:
        """How many passages belong to articles of a selection."""
        if selection.is_of_days:
            return self._days.within(selection.window)
        chosen = chosen_articles(selection)
        return int(self._database.one(f"SELECT total(passages) FROM ({chosen.sql})", chosen.parameters)[0])

    def last_day(self, until: date) -> date | None:
        """The day of the newest article by then."""
        query = "SELECT max(day) FROM passages WHERE day > 0 AND day <= ?"
        found = self._database.one(query, (day_number(until),))[0]
        return date.fromordinal(found) if found else None

    def covers_all(self, selection: Selection) -> bool:
        """Whether no passage lies outside of a selection; of one by names that is not asked."""
        if not selection.is_of_days:
            return False
        first, last = self._database.one("SELECT (SELECT min(day) FROM passages), (SELECT max(day) FROM passages)")
        least, greatest = selection.window.numbers
        return first is None or (first >= least and last <= greatest)

    def replace_vectors(self, keys: Sequence[int], vectors: Vectors) -> None:
        """Give these passages new vectors, shape (len(keys), d)."""
        with self._database.transaction() as db:
            rows = [(pack_vector(vector), key) for key, vector in zip(keys, vectors, strict=True)]
            db.executemany("UPDATE passages SET vector = ? WHERE id = ?", rows)

    def _text(self, article_id: str) -> str:
        row = self._database.one("SELECT text FROM articles WHERE id = ?", (article_id,))
        return unpack_if_whole(row[0]) if row else ""  # it may be removed between two queries


def _vector_rows(parts: Iterator[list[Any]]) -> Iterator[VectorRows]:
    for part in parts:
        keys, packed = zip(*part, strict=True)
        yield VectorRows(np.array(keys), unpack_vectors(packed))


def _stored(rows: Sequence[Any]) -> list[StoredPassage]:
    vectors = unpack_vectors([row[12] for row in rows])
    articles: dict[str, Article] = {}
    found = []
    for row, vector in zip(rows, vectors, strict=True):
        article = articles.get(row[0]) or articles.setdefault(row[0], article_of_row(row))
        found.append(StoredPassage(row[9], Passage(row[0], row[10], row[11], ""), article, vector))
    return found


def _with_text(passage: Passage, text: str) -> Passage:
    return replace(passage, text=text[passage.start : passage.end])
