"""The catalogue's names: which articles are from an outlet or by an author.

The functions on a connection are for the catalogue's own transactions. Names stay when their last article goes; only
those that an article has are ever shown.
"""

import difflib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Article
from index.store.database import Database
from index.store.names import Kind, folded, names_of
from index.times import day_number

TABLES = (
    "CREATE TABLE IF NOT EXISTS names (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, shown TEXT NOT NULL)",
    # with the day and the number of passages, so that those of an outlet within a week are counted in one range
    "CREATE TABLE IF NOT EXISTS article_names (name INTEGER NOT NULL, day INTEGER NOT NULL, article_id TEXT NOT NULL"
    " REFERENCES articles (id) ON DELETE CASCADE, passages INTEGER NOT NULL, PRIMARY KEY (name, day, article_id))"
    " WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS article_names_article ON article_names (article_id)",
)


@dataclass(frozen=True, slots=True)
class NameCount:
    """An outlet or an author as first met, and of how many articles."""

    name: str
    articles: int


def add(db: sqlite3.Connection, article: Article, passages: int) -> None:
    """Take in the names of an article whose row is there; they go with it."""
    day = day_number(article.published)
    for name in names_of(article):
        db.execute("INSERT OR IGNORE INTO names (term, shown) VALUES (?, ?)", (name.term, name.shown))
        row = (day, article.id, passages, name.term)
        db.execute("INSERT INTO article_names SELECT id, ?, ?, ? FROM names WHERE term = ?", row)


class StoredNames:
    """The names of a catalogue's articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self, kind: Kind, most: int | None = None) -> list[NameCount]:
        """Outlets or authors by the number of their articles, most first; at most so many."""
        query = (
            "SELECT n.shown, count(*) FROM names n JOIN article_names a ON a.name = n.id"
            " WHERE n.term >= ? AND n.term < ? GROUP BY n.id ORDER BY 2 DESC, n.shown LIMIT ?"
        )
        # ";" comes after ":"
        rows = self._database.select(query, (f"{kind}:", f"{kind};", -1 if most is None else most))
        return [NameCount(*row) for row in rows]

    def known(self, terms: Sequence[str]) -> tuple[str, ...]:
        """Those of the terms that an article has."""
        query = "SELECT 1 FROM names n JOIN article_names a ON a.name = n.id WHERE n.term = ? LIMIT 1"
        return tuple(term for term in terms if self._database.one(query, (term,)))

    def like(self, kind: Kind, given: str) -> list[str]:
        """At most three names that may have been meant, nearest first."""
        key = folded(given)
        shown = {folded(one.name): one.name for one in self.counts(kind)}
        near = difflib.get_close_matches(key, shown, n=3, cutoff=0.75)
        if not near and len(key) >= 3:
            near = [name for name in shown if key in name][:3]
        return [shown[name] for name in near]
