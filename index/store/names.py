"""The names that articles are filtered by: their outlet, their site and their authors, as people compare names.

A name goes by a term, such as `outlet:cnn`, the same in two tables of the catalogue and in the word index. Whoever
changes what terms an article has raises FORMAT in `schema.py`, with a step that fills the tables anew, and the make of
WordStore. Names stay when their last article goes; only those that an article has are ever shown.
"""

import difflib
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from index.article import Article
from index.store.database import Database
from index.times import day_number

Kind = Literal["outlet", "author"]

_LONGEST = 200  # characters of a key
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
_BETWEEN = re.compile(r"[,;|/&·•()\n，、]|\s(?:and|with|und|et)\s", re.IGNORECASE)
_BY = re.compile(r"^\s*by[\s:]+", re.IGNORECASE)
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv", "phd", "md"}  # they go with the name before the comma


TABLES = (
    "CREATE TABLE IF NOT EXISTS names (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, shown TEXT NOT NULL)",
    # with the day and the number of passages, so that those of an outlet within a week are counted in one range
    "CREATE TABLE IF NOT EXISTS article_names (name INTEGER NOT NULL, day INTEGER NOT NULL, article_id TEXT NOT NULL"
    " REFERENCES articles (id) ON DELETE CASCADE, passages INTEGER NOT NULL, PRIMARY KEY (name, day, article_id))"
    " WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS article_names_article ON article_names (article_id)",
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared (`term`) and as it is shown; a term that only helps to find has nothing to show."""

    term: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class NameCount:
    """An outlet or an author as first met, and of how many articles."""

    name: str
    articles: int


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


def add(db: sqlite3.Connection, article: Article, passages: int) -> None:
    """Take in the names of an article whose row is there; they go with it."""
    day = day_number(article.published)
    for name in names_of(article):
        db.execute("INSERT OR IGNORE INTO names (term, shown) VALUES (?, ?)", (name.term, name.shown))
        row = (day, article.id, passages, name.term)
        db.execute("INSERT INTO article_names SELECT id, ?, ?, ? FROM names WHERE term = ?", row)


def names_of(article: Article) -> tuple[Name, ...]:
    """All names of an article, each term once: outlet (or else the host), host with the domains above, authors."""
    return _names(article.outlet, article.author, article.url)


def terms_of(article: Article) -> tuple[str, ...]:
    """The terms of an article in the word index: its names and its id."""
    return (article_term(article.id), *(name.term for name in names_of(article)))


def wanted(kind: Kind, given: str) -> tuple[str, ...]:
    """The terms that a person may mean who asks for an outlet or an author by this name."""
    if kind == "author":
        given = _BY.sub("", given)
        return _known(f"author:{folded(given)}", f"byline:{folded(given)}")
    address = given.strip() if "://" in given else f"//{given.strip()}"
    return _known(f"outlet:{folded(given)}", f"host:{_host(address)}")


def article_term(article_id: str) -> str:
    return f"article:{article_id}"


def folded(name: str) -> str:
    """The name without what people write now so, now so: case, accents, spaces and punctuation."""
    apart = unicodedata.normalize("NFKD", name.casefold().translate(_UNDECOMPOSED)).casefold()
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    bare = "".join(c for c in plain if unicodedata.category(c)[0] not in "ZPC")
    return (bare or "".join(plain.split()))[:_LONGEST]


@lru_cache(maxsize=50_000)
def _names(outlet: str, author: str, url: str) -> tuple[Name, ...]:
    host = _host(url)
    shown = " ".join(outlet.split()) or host
    made = [Name(f"outlet:{folded(shown)}", shown)]
    made += [Name(f"host:{domain}") for domain in _domains(host)]
    made += [Name(f"author:{folded(one)}", one) for one in _authors(author)]
    made.append(Name(f"byline:{folded(_BY.sub('', author))}"))
    found: dict[str, Name] = {}
    for name in made:
        if not name.term.endswith(":"):
            found.setdefault(name.term, name)
    return tuple(found.values())


def _authors(author: str) -> Iterator[str]:
    """The names in a byline such as "By Jane Roe and John Doe, Reuters"."""
    pending = ""
    for part in _BETWEEN.split(_BY.sub("", author)):
        name = " ".join(part.split())
        if pending and folded(name) in _SUFFIXES:
            pending = f"{pending}, {name}"
        elif name:
            if pending:
                yield pending
            pending = name
    if pending:
        yield pending


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.").rstrip(".")[:_LONGEST]
    except ValueError:
        return ""


def _domains(host: str) -> Iterator[str]:
    """The host and what it is a part of: edition.example.org, example.org."""
    labels = host.split(".")
    for at in range(max(1, len(labels) - 1)):
        yield ".".join(labels[at:])


def _known(*terms: str) -> tuple[str, ...]:
    return tuple(term for term in terms if not term.endswith(":"))
