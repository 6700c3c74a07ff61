"""The catalogue: one SQLite file that holds every article, passage and vector. It is the truth.

Chroma and tantivy are derived from it (see `index/indexes/`). Each transaction that changes articles raises the
revision by one; passages carry the revision they came with and leave a note in `removed_passages` when they go,
so that a derived index at revision r catches up by what is newer than r.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from index import versions
from index.article import Article, files_of
from index.errors import TextDamaged
from index.store import names, near_duplicates, recurring_lines
from index.store.database import AMONG, Database
from index.store.names import StoredNames
from index.store.near_duplicates import Copy
from index.store.schema import (
    FACTS,
    Vectors,
    article_of_row,
    pack_text,
    pack_vector,
    prepare,
    unpack_if_whole,
    unpack_text,
)
from index.store.selection import Selection, chosen_articles
from index.store.stored_passages import StoredPassages
from index.text.passages import Passage
from index.times import day_number
from index.versions import KnownVersion


@dataclass(frozen=True, slots=True)
class Entry:
    """All that is kept of one article. `vectors` has shape (len(passages), d); `digest` is of what was read.

    `raw` is the text of its file, `read` what the reader took from that, the article's text what recurring lines left.
    """

    article: Article
    raw: str
    passages: Sequence[Passage]
    vectors: Vectors
    origins: Mapping[str, str] = field(default_factory=dict)
    digest: bytes = b""
    read: str | None = None  # None: all that was read is in the text


@dataclass(frozen=True, slots=True)
class DerivedState:
    """What a derived index holds: everything up to `revision`, that is so many `passages`; and where it is."""

    place: str
    revision: int
    passages: int


class Catalogue:
    """Opened with `Catalogue(path)`; usable by many threads, and by readers while one process writes.

    With `read_only` it never writes. Raises CollectionError where the file cannot be opened or is no catalogue of this
    format.
    """

    def __init__(self, path: Path, read_only: bool = False) -> None:
        self._database = Database(path, read_only)
        self.passages = StoredPassages(self._database)
        self.names = StoredNames(self._database)
        self._recurring: tuple[int, dict[str, frozenset[str]]] | None = None
        try:
            prepare(self._database)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._database.close()

    @property
    def revision(self) -> int:
        return int(self.meta("revision") or 0)

    def meta(self, key: str) -> str | None:
        row = self._database.one("SELECT value FROM meta WHERE key = ?", (key,))
        return str(row[0]) if row else None

    def set_meta(self, key: str, value: str) -> None:
        with self._database.transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # Articles

    def count(self) -> tuple[int, int]:
        """The number of articles and of passages."""
        row = self._database.one("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM passages)")
        return int(row[0]), int(row[1])

    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day that an article was published on."""
        row = self._database.one("SELECT min(published), max(published) FROM articles")
        return tuple(date.fromisoformat(day) if day else None for day in row)  # type: ignore[return-value]

    def articles(self, selection: Selection | None = None) -> Iterator[Article]:
        """All articles, or those of a selection, without their text, newest first, undated last."""
        query = f"SELECT {FACTS} FROM articles a"
        parameters: tuple[object, ...] = ()
        if selection is not None and not selection.is_of_days:
            chosen = chosen_articles(selection)
            query += f" WHERE a.id IN (SELECT article_id FROM ({chosen.sql}))"
            parameters = chosen.parameters
        for row in self._database.select(f"{query} ORDER BY a.published DESC NULLS LAST, a.title, a.id", parameters):
            article = article_of_row(row)
            if selection is None or article in selection:
                yield article

    def find(self, prefix: str) -> list[Article]:
        """At most ten articles whose id begins with `prefix`, with their text, which is empty where it is damaged."""
        query = f"SELECT {FACTS}, a.text FROM articles a WHERE a.id >= ? AND a.id < ? ORDER BY a.id LIMIT 10"
        rows = self._database.select(query, (prefix, prefix + chr(0x10FFFF)))
        return [article_of_row(row, unpack_if_whole(row[-1])) for row in rows]

    def read_from(self, source: str) -> tuple[str, bytes] | None:
        """The id of the article that was read from this source, and the digest of what was read."""
        row = self._database.one("SELECT id, digest FROM articles WHERE source = ?", (source,))
        return (row[0], row[1]) if row else None

    def raw(self, article_id: str) -> str:
        """The text of the article's file as it was read. Raises TextDamaged, as `read` does."""
        read, raw = self.read(article_id), self._facts("raw", article_id)[0]
        return unpack_text(raw, read) if raw is not None else read

    def read(self, article_id: str) -> str:
        """The text that was read of the article, with the lines in it that recur in its outlet."""
        packed, read = self._facts("text, read", article_id)
        text = unpack_text(packed)
        return unpack_text(read, text) if read is not None else text

    def damaged(self) -> Iterator[Article]:
        """The articles of whose text, as it was read and as it is now, something cannot be unpacked; without it."""
        for row in self._database.select(f"SELECT {FACTS}, a.text, a.read, a.raw FROM articles a ORDER BY a.id"):
            text, read, raw = row[-3:]
            try:
                read_text = unpack_text(read, unpack_text(text)) if read is not None else unpack_text(text)
                if raw is not None:
                    unpack_text(raw, read_text)
            except TextDamaged:
                yield article_of_row(row)

    def forget_readings(self, article_ids: Sequence[str]) -> None:
        """Let these articles be taken in as changed when they are read again, though nothing changed there."""
        with self._database.transaction() as db:
            for article_id in article_ids:
                _forget_reading(db, article_id)
                db.execute("UPDATE articles SET digest = x'' WHERE id = ?", (article_id,))

    def origins(self, article_id: str) -> dict[str, str]:
        """Where each known fact of the article came from, by the name of the fact."""
        found: dict[str, str] = json.loads(self._facts("origins", article_id)[0])
        return found

    def digest(self, article_id: str) -> bytes:
        """The digest of what was read of the article, see `reading_digest`."""
        return bytes(self._facts("digest", article_id)[0])

    def sources(self) -> dict[str, str]:
        """For each source that an article was read from, the article's id."""
        return dict(self._database.select("SELECT source, id FROM articles WHERE source <> ''"))

    def copies_of(self, article_ids: Collection[str]) -> dict[str, tuple[Copy, ...]]:
        """For each of these articles that has near-duplicates, all articles of its cluster, itself too."""
        with self._database.translated() as db:
            clusters = near_duplicates.clusters_of(db, article_ids)
            members = near_duplicates.members_of(db, clusters.values())
        several = {name: ids for name, ids in members.items() if len(ids) > 1}
        known = self._copies([article_id for ids in several.values() for article_id in ids])
        found = {name: tuple(known[i] for i in ids if i in known) for name, ids in several.items()}
        return {article_id: found[name] for article_id, name in clusters.items() if name in found}

    def put(self, entries: Sequence[Entry], read_versions: Sequence[tuple[str, KnownVersion]] = ()) -> None:
        """Add articles, or replace those with their ids, in one transaction; durable on return.

        `read_versions` are noted with the id of their article, which goes where the one that stands is withdrawn.
        """
        with self._database.transaction() as db:
            revision = _next_revision(db)
            for article_id, version in read_versions:
                versions.record(db, article_id, version)
                if versions.known(db, article_id)[article_id][-1].version.is_withdrawn:
                    _drop(db, article_id, revision)
            for entry in entries:
                _drop(db, entry.article.id, revision)
                _take_in(db, entry)
                db.executemany(
                    'INSERT INTO passages (article_id, start, "end", day, revision, vector) VALUES (?, ?, ?, ?, ?, ?)',
                    _passage_rows(entry, revision),
                )

    def remove(self, article_ids: Sequence[str], keep_versions: bool = False) -> None:
        """Remove articles and their passages, in one transaction.

        With `keep_versions` it stays known which versions of an item there were, so that an older one does not come
        back in the place of the one that was removed.
        """
        with self._database.transaction() as db:
            revision = _next_revision(db)
            for article_id in article_ids:
                _forget_reading(db, article_id, () if keep_versions else versions.forget(db, article_id))
                _drop(db, article_id, revision)

    def versions(self, prefix: str) -> dict[str, list[KnownVersion]]:
        """The versions that were read of the items whose articles' ids begin with `prefix`; the last one stands."""
        with self._database.translated() as db:
            return versions.known(db, prefix)

    def corrections(self, article_id: str) -> dict[str, str]:
        """What a person set right for this article, by the name of the fact; it outlives the article."""
        query = "SELECT field, value FROM corrections WHERE article_id = ?"
        return dict(self._database.select(query, (article_id,)))

    def correct(self, article_id: str, corrections: Mapping[str, str]) -> None:
        """Set facts right; those set before stay."""
        with self._database.transaction() as db:
            rows = [(article_id, field, value) for field, value in corrections.items()]
            db.executemany("INSERT OR REPLACE INTO corrections VALUES (?, ?, ?)", rows)

    # Lines that recur

    def recurring_lines(self, outlet: str) -> frozenset[str]:
        """The lines that are boilerplate in articles of this outlet, see `recurring_lines.outlet_name`."""
        known = self._recurring
        revision = self._lines_counted()
        if known is None or known[0] != revision:
            known = self._recurring = (revision, {})
        if outlet not in known[1]:
            with self._database.translated() as db:
                known[1][outlet] = recurring_lines.recurring_lines(db, outlet)
        return known[1][outlet]

    def has_lines_to_count(self, share: float) -> bool:
        """Whether of some outlet more than this share of the articles changed since its lines were counted."""
        with self._database.translated() as db:
            return bool(recurring_lines.outlets_due(db, share))

    def count_lines(self, share: float) -> None:
        """Count the lines of such outlets anew.

        Articles with a line that became boilerplate, or no longer is, are stale from now on.
        """
        with self._database.transaction() as db:
            for outlet in recurring_lines.outlets_due(db, share):
                changed = recurring_lines.recount(db, outlet, self._read_if_whole)
                db.execute(f"INSERT INTO meta VALUES ('lines', '1') ON CONFLICT (key) DO {_RAISED}")
                stale = recurring_lines.articles_with(db, outlet, changed)
                db.executemany("INSERT OR IGNORE INTO stale_articles VALUES (?)", [(each,) for each in stale])

    def stale(self, most: int) -> list[str]:
        """Some of the articles that are to be cut again from what was read of them."""
        return [row[0] for row in self._database.select("SELECT id FROM stale_articles ORDER BY id LIMIT ?", (most,))]

    def set_fresh(self, article_ids: Sequence[str]) -> None:
        """These are no longer stale."""
        with self._database.transaction() as db:
            db.executemany("DELETE FROM stale_articles WHERE id = ?", [(each,) for each in article_ids])

    # What was read before

    def visit(self, url: str) -> tuple[str, str] | None:
        """The ETag and Last-Modified that came with the page when it was last read."""
        row = self._database.one("SELECT etag, last_modified FROM visits WHERE url = ?", (url,))
        return (row[0], row[1]) if row else None

    def set_visit(self, url: str, etag: str, last_modified: str) -> None:
        with self._database.transaction() as db:
            db.execute("INSERT OR REPLACE INTO visits VALUES (?, ?, ?)", (url, etag, last_modified))

    def articles_of_file(self, path: str, digest: str) -> int | None:
        """How many articles a file holds that was read whole when it had this digest; None if it was not."""
        row = self._database.one("SELECT articles FROM files WHERE path = ? AND digest = ?", (path, digest))
        return int(row[0]) if row else None

    def set_files(self, read: Mapping[str, tuple[str, int]]) -> None:
        """Note files that were read whole: the digest and the number of articles by the path."""
        with self._database.transaction() as db:
            rows = [(path, digest, articles) for path, (digest, articles) in read.items()]
            db.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", rows)

    def columns_of(self, path: str) -> dict[str, str]:
        """Which column holds which field of an article, as was last said of this file or the nearest folder above."""
        for place in (path, *map(str, Path(path).parents)):
            if kept := self.meta(f"columns {place}"):
                found: dict[str, str] = json.loads(kept)
                return found
        return {}

    def set_columns(self, path: str, columns: Mapping[str, str]) -> None:
        """Note it, in place of what was said of this file, or of this folder and all in it."""
        within = f"columns {path}/"
        with self._database.transaction() as db:
            db.execute("DELETE FROM meta WHERE substr(key, 1, ?) = ?", (len(within), within))
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"columns {path}", json.dumps(dict(columns))))

    # Derived indexes

    def derived(self, name: str) -> DerivedState | None:
        row = self._database.one("SELECT place, revision, passages FROM derived WHERE name = ?", (name,))
        return DerivedState(*row) if row else None

    def set_derived(self, name: str, state: DerivedState) -> None:
        with self._database.transaction() as db:
            row = (name, state.place, state.revision, state.passages)
            db.execute("INSERT OR REPLACE INTO derived VALUES (?, ?, ?, ?)", row)
            db.execute("DELETE FROM removed_passages WHERE revision <= (SELECT min(revision) FROM derived)")

    def forget_derived(self, name: str | None = None) -> None:
        """Make every derived index, or this one, start anew."""
        with self._database.transaction() as db:
            # The rows stay: an index that is being written still needs the notes of what was removed.
            changed = "UPDATE derived SET place = '', revision = 0, passages = 0"
            db.execute(f"{changed} WHERE name = coalesce(?, name)", (name,))

    # Inside

    def _lines_counted(self) -> int:
        """How often the lines of outlets were counted anew, by any process."""
        return int(self.meta("lines") or 0)

    def _read_if_whole(self, article_id: str) -> str:
        try:
            return self.read(article_id)
        except TextDamaged:
            return ""

    def _facts(self, columns: str, article_id: str) -> Any:
        return self._database.one(f"SELECT {columns} FROM articles WHERE id = ?", (article_id,))

    def _copies(self, article_ids: Sequence[str]) -> dict[str, Copy]:
        query = f"SELECT {FACTS}, a.length FROM articles a WHERE a.id IN {AMONG}"
        rows = self._database.select(query, (json.dumps(article_ids),))
        return {row[0]: Copy(article_of_row(row), row[-1]) for row in rows}


_RAISED = "UPDATE SET value = CAST(value AS INTEGER) + 1"


def _next_revision(db: sqlite3.Connection) -> int:
    db.execute(f"INSERT INTO meta VALUES ('revision', '1') ON CONFLICT (key) DO {_RAISED}")
    return int(db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()[0])


def _drop(db: sqlite3.Connection, article_id: str, revision: int) -> None:
    db.execute(
        "INSERT INTO removed_passages SELECT id, ? FROM passages WHERE article_id = ?",
        (revision, article_id),
    )
    for table in ("articles", "stale_articles"):
        db.execute(f"DELETE FROM {table} WHERE id = ?", (article_id,))
    near_duplicates.remove(db, article_id)
    recurring_lines.remove(db, article_id)


def _take_in(db: sqlite3.Connection, entry: Entry) -> None:
    article, read = entry.article, entry.article.text if entry.read is None else entry.read
    near_duplicates.add(db, article.id, article.text)
    recurring_lines.add(
        db, article.id, recurring_lines.outlet_name(article.outlet, article.url), article.published, read
    )
    row = _article_row(entry)
    db.execute(f"INSERT INTO articles VALUES ({','.join('?' * len(row))})", row)
    names.add(db, article, len(entry.passages))


def _forget_reading(db: sqlite3.Connection, article_id: str, sources: Sequence[str] = ()) -> None:
    """Let the article's page, its file or the feed that it stands in, and these sources, be read again, although they
    have not changed."""
    row = db.execute("SELECT url, source FROM articles WHERE id = ?", (article_id,)).fetchone()
    places = [(place,) for source in {*sources, *(row[1:] if row else ())} for place in files_of(source)]
    db.executemany("DELETE FROM visits WHERE url = ?", [*places, *([row[:1]] if row else ())])
    db.executemany("DELETE FROM files WHERE path = ?", places)


def _article_row(entry: Entry) -> tuple[object, ...]:
    article = entry.article
    days = (day.isoformat() if day else None for day in (article.published, article.updated))
    facts = (article.id, article.title, article.outlet, article.author, article.url, *days, article.source)
    opening = "" if article.title else article.opening_of_text
    read = article.text if entry.read is None else entry.read
    packed_read = pack_text(read, article.text) if read != article.text else None
    packed_raw = pack_text(entry.raw, read) if entry.raw != read else None
    kept = (opening, len(article.text), json.dumps(dict(entry.origins)), entry.digest)
    return (*facts, *kept, pack_text(article.text), packed_read, packed_raw)


def _passage_rows(entry: Entry, revision: int) -> Iterator[tuple[object, ...]]:
    day = day_number(entry.article.published)
    for passage, vector in zip(entry.passages, entry.vectors, strict=True):
        yield entry.article.id, passage.start, passage.end, day, revision, pack_vector(vector)
