"""The catalogue: one SQLite file that holds every article, passage and vector. It is the truth.

Chroma and tantivy are derived from it (see `derived.py`). Each transaction that changes articles raises the
revision by one; passages carry the revision they came with and leave a note in `removed_passages` when they go,
so that a derived index at revision r catches up by what is newer than r.
"""

import contextlib
import json
import sqlite3
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import copies
from index.article import Article
from index.errors import CollectionError
from index.passages import Passage

_FORMAT = "2"
_ALL = 2**62  # more revisions than there will be
_PATIENCE = 30.0  # seconds to wait for another process that writes
_SCHEMA = f"""
PRAGMA journal_mode = WAL;
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, outlet TEXT NOT NULL, author TEXT NOT NULL, url TEXT NOT NULL,
    published TEXT, updated TEXT, source TEXT NOT NULL, text TEXT NOT NULL, raw TEXT, origins TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS corrections (
    article_id TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (article_id, field)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS articles_source ON articles (source);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, vector BLOB NOT NULL, revision INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_article ON passages (article_id);
CREATE INDEX IF NOT EXISTS passages_revision ON passages (revision);
CREATE TABLE IF NOT EXISTS visits (url TEXT PRIMARY KEY, etag TEXT NOT NULL, last_modified TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS removed_passages (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS derived (
    name TEXT PRIMARY KEY, folder TEXT NOT NULL, revision INTEGER NOT NULL, clean INTEGER NOT NULL
);
{";".join(copies.TABLES)};
INSERT OR IGNORE INTO meta VALUES ('format', '{_FORMAT}');
COMMIT;
"""
_COLUMNS = "a.id, a.title, a.outlet, a.author, a.url, a.published, a.updated, a.source, substr(a.text, 1, 180)"
_STORED = (
    f'SELECT {_COLUMNS}, p.id, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start), p.vector'
    " FROM passages p JOIN articles a ON a.id = p.article_id"
)

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Entry:
    """All that is kept of one article. `vectors` has shape (len(passages), d) and is kept as 16-bit floats."""

    article: Article
    raw: str
    passages: Sequence[Passage]
    vectors: Vectors
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Copy:
    """An article of a cluster of near-copies, without its text, and the length of that in characters."""

    article: Article
    length: int


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its key in the derived indexes, its article (without text) and its vector, shape (d,)."""

    key: int
    passage: Passage
    article: Article
    vector: Vectors


@dataclass(frozen=True, slots=True)
class DerivedState:
    """What a derived index holds: everything up to `revision`, if `clean`; else a write was broken off."""

    folder: str
    revision: int
    clean: bool


class Catalogue:
    """Opened with `Catalogue(path)`; a connection for each thread; usable by readers while one process writes.

    Raises CollectionError where the file cannot be opened or is no catalogue of this format.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        try:
            self._check_format()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._local = threading.local()

    @property
    def revision(self) -> int:
        return int(self.meta("revision") or 0)

    def meta(self, key: str) -> str | None:
        row = self._one("SELECT value FROM meta WHERE key = ?", (key,))
        return str(row[0]) if row else None

    def set_meta(self, key: str, value: str) -> None:
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # Articles

    def count(self) -> tuple[int, int]:
        """The number of articles and of passages."""
        row = self._one("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM passages)")
        return int(row[0]), int(row[1])

    def articles(self) -> Iterator[Article]:
        """All articles without their text, newest first, undated last."""
        query = f"SELECT {_COLUMNS} FROM articles a ORDER BY a.published DESC NULLS LAST, a.title, a.id"
        for row in self._select(query):
            yield _article(row)

    def find(self, prefix: str) -> list[Article]:
        """The articles whose id begins with `prefix`, with their text; at most ten."""
        query = f"SELECT {_COLUMNS}, a.text FROM articles a WHERE a.id >= ? AND a.id < ? ORDER BY a.id LIMIT 10"
        return [_article(row, row[9]) for row in self._select(query, (prefix, prefix + chr(0x10FFFF)))]

    def with_source(self, source: str) -> Article | None:
        """The article that was read from this source, with its text."""
        query = f"SELECT {_COLUMNS}, a.text FROM articles a WHERE a.source = ?"
        row = self._one(query, (source,))
        return _article(row, row[9]) if row else None

    def raw(self, article_id: str) -> str:
        """The text of the article's file as it was read."""
        return str(self._one("SELECT coalesce(raw, text) FROM articles WHERE id = ?", (article_id,))[0])

    def origins(self, article_id: str) -> dict[str, str]:
        """Where each known fact of the article came from, by the name of the fact."""
        found: dict[str, str] = json.loads(self._one("SELECT origins FROM articles WHERE id = ?", (article_id,))[0])
        return found

    def sources(self) -> dict[str, str]:
        """For each source that an article was read from, the article's id."""
        return dict(self._select("SELECT source, id FROM articles WHERE source <> ''"))

    def copies_of(self, article_ids: Collection[str]) -> dict[str, tuple[Copy, ...]]:
        """For each of these articles that has near-copies, all articles of its cluster, itself too."""
        with self._translated():
            clusters = copies.clusters_of(self._db, article_ids)
            members = {name: copies.cluster(self._db, name) for name in set(clusters.values())}
        several = {name: ids for name, ids in members.items() if len(ids) > 1}
        known = self._copies([article_id for ids in several.values() for article_id in ids])
        found = {name: tuple(known[i] for i in ids if i in known) for name, ids in several.items()}
        return {article_id: found[name] for article_id, name in clusters.items() if name in found}

    def _copies(self, article_ids: Sequence[str]) -> dict[str, Copy]:
        known: dict[str, Copy] = {}
        for at in range(0, len(article_ids), 500):
            part = article_ids[at : at + 500]
            marks = ",".join("?" * len(part))
            for row in self._select(f"SELECT {_COLUMNS}, length(a.text) FROM articles a WHERE a.id IN ({marks})", part):
                known[row[0]] = Copy(_article(row), row[9])
        return known

    def put(self, entries: Sequence[Entry]) -> None:
        """Add articles, or replace those with their ids, in one transaction; durable on return."""
        with self._transaction() as db:
            revision = self._next_revision(db)
            for entry in entries:
                self._drop(db, entry.article.id, revision)
                raw = entry.raw if entry.raw != entry.article.text else None
                row = (*_facts(entry.article), raw, json.dumps(dict(entry.origins)))
                copies.add(db, entry.article.id, entry.article.text)
                db.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
                db.executemany(
                    'INSERT INTO passages (article_id, start, "end", vector, revision) VALUES (?, ?, ?, ?, ?)',
                    [
                        (entry.article.id, passage.start, passage.end, _blob(vector), revision)
                        for passage, vector in zip(entry.passages, entry.vectors, strict=True)
                    ],
                )

    def corrections(self, article_id: str) -> dict[str, str]:
        """What a person set right for this article, by the name of the fact; it outlives the article."""
        return dict(self._select("SELECT field, value FROM corrections WHERE article_id = ?", (article_id,)))

    def correct(self, article_id: str, corrections: Mapping[str, str]) -> None:
        """Set facts right; those set before stay."""
        with self._transaction() as db:
            rows = [(article_id, field, value) for field, value in corrections.items()]
            db.executemany("INSERT OR REPLACE INTO corrections VALUES (?, ?, ?)", rows)

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles and their passages, in one transaction."""
        with self._transaction() as db:
            revision = self._next_revision(db)
            for article_id in article_ids:
                db.execute(
                    "DELETE FROM visits WHERE url IN (SELECT url FROM articles WHERE id = ?1"
                    " UNION SELECT source FROM articles WHERE id = ?1)",
                    (article_id,),
                )
                self._drop(db, article_id, revision)

    # Visits on the web

    def visit(self, url: str) -> tuple[str, str] | None:
        """The ETag and Last-Modified that came with the page when it was last read."""
        row = self._one("SELECT etag, last_modified FROM visits WHERE url = ?", (url,))
        return (row[0], row[1]) if row else None

    def set_visit(self, url: str, etag: str, last_modified: str) -> None:
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO visits VALUES (?, ?, ?)", (url, etag, last_modified))

    # Passages

    def passages(self, keys: Sequence[int]) -> list[StoredPassage]:
        """The stored passages with these keys, in the order asked; keys that are gone are left out."""
        found: dict[int, StoredPassage] = {}
        for at in range(0, len(keys), 500):
            part = keys[at : at + 500]
            query = f"{_STORED} WHERE p.id IN ({','.join('?' * len(part))})"
            for row in self._select(query, part):
                found[row[9]] = _stored(row)
        return [found[key] for key in keys if key in found]

    def passages_since(self, revision: int, until: int | None = None) -> Iterator[StoredPassage]:
        """All passages that came after `revision`, and not after `until`, in the order of their keys."""
        query = f"{_STORED} WHERE p.revision > ? AND p.revision <= ? ORDER BY p.id"
        for row in self._select(query, (revision, _ALL if until is None else until)):
            yield _stored(row)

    def removed_since(self, revision: int, until: int | None = None) -> list[int]:
        """The keys of passages that went after `revision`, and not after `until`."""
        query = "SELECT id FROM removed_passages WHERE revision > ? AND revision <= ?"
        return [row[0] for row in self._select(query, (revision, _ALL if until is None else until))]

    def replace_vectors(self, keys: Sequence[int], vectors: Vectors) -> None:
        """Give these passages new vectors, shape (len(keys), d)."""
        with self._transaction() as db:
            rows = [(_blob(vector), key) for key, vector in zip(keys, vectors, strict=True)]
            db.executemany("UPDATE passages SET vector = ? WHERE id = ?", rows)

    # Derived indexes

    def derived(self, name: str) -> DerivedState | None:
        row = self._one("SELECT folder, revision, clean FROM derived WHERE name = ?", (name,))
        return DerivedState(row[0], row[1], bool(row[2])) if row else None

    def set_derived(self, name: str, state: DerivedState) -> None:
        with self._transaction() as db:
            row = (name, state.folder, state.revision, int(state.clean))
            db.execute("INSERT OR REPLACE INTO derived VALUES (?, ?, ?, ?)", row)
            db.execute("DELETE FROM removed_passages WHERE revision <= (SELECT min(revision) FROM derived)")

    def forget_derived(self) -> None:
        """Make every derived index start anew."""
        with self._transaction() as db:
            db.execute("DELETE FROM derived")

    # Inside

    @property
    def _db(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
            self._connections.append(connection)
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        for pragma in (
            "synchronous = FULL",
            "foreign_keys = ON",
            "cache_size = -65536",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _check_format(self) -> None:
        with self._translated():
            self._create_if_new()
        if self._one("SELECT 1 FROM sqlite_master WHERE name = 'meta'") is None:
            raise CollectionError(f"{self._path}: a database of another program; give another home with --home")
        found = self.meta("format")
        if found != _FORMAT:
            raise CollectionError(
                f"{self._path}: written by another version of Byline (format {found}, this one reads {_FORMAT}); "
                "move its folder away and add the articles again"
            )

    def _create_if_new(self) -> None:
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                if not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
                    self._db.executescript(_SCHEMA)
                return
            except sqlite3.OperationalError as error:
                # When several make a new file into a catalogue, SQLite refuses some at once instead of waiting.
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)

    def _select(self, query: str, parameters: Sequence[object] = ()) -> Iterator[Any]:
        with self._translated():
            yield from self._db.execute(query, parameters)

    def _one(self, query: str, parameters: Sequence[object] = ()) -> Any:
        return next(self._select(query, parameters), None)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._translated():
            db = self._db
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            message = (
                f"the catalogue cannot be used ({error}); is the disk full, the folder read-only, the file damaged?"
            )
            raise CollectionError(f"{self._path}: {message}") from error

    @staticmethod
    def _next_revision(db: sqlite3.Connection) -> int:
        raised = "UPDATE SET value = CAST(value AS INTEGER) + 1"
        db.execute(f"INSERT INTO meta VALUES ('revision', '1') ON CONFLICT (key) DO {raised}")
        return int(db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()[0])

    @staticmethod
    def _drop(db: sqlite3.Connection, article_id: str, revision: int) -> None:
        db.execute(
            "INSERT INTO removed_passages SELECT id, ? FROM passages WHERE article_id = ?",
            (revision, article_id),
        )
        db.execute("DELETE FROM articles WHERE id = ?", (article_id,))
        copies.remove(db, article_id)


def _article(row: Sequence[Any], text: str = "") -> Article:
    opening = "" if text else row[8]
    return Article(row[0], text, row[1], row[2], row[3], row[4], _day(row[5]), row[7], opening, _day(row[6]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _facts(article: Article) -> tuple[str | None, ...]:
    published = article.published.isoformat() if article.published else None
    updated = article.updated.isoformat() if article.updated else None
    names = (article.id, article.title, article.outlet, article.author, article.url)
    return (*names, published, updated, article.source, article.text)


def _stored(row: Sequence[Any]) -> StoredPassage:
    key, start, end, text, vector = row[9:]
    passage = Passage(row[0], start, end, text)
    return StoredPassage(key, passage, _article(row), np.frombuffer(vector, np.float16).astype(np.float32))


def _blob(vector: Vectors) -> bytes:
    return vector.astype(np.float16).tobytes()
