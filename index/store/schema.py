"""The catalogue's tables, how texts and vectors are packed in their rows, and how an earlier format becomes today's."""

import sqlite3
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from index import versions
from index.article import Article, reading_digest
from index.errors import CollectionError, TextDamaged
from index.store import names, near_duplicates, recurring_lines
from index.store.database import BUSY, Database, lock
from index.times import day_number

FORMAT = "5"
FACTS = "a.id, a.title, a.outlet, a.author, a.url, a.published, a.updated, a.source, a.opening"
_LEVEL = 4  # of zlib: 43 % of a news text is left, 46 % at level 1 in 0.7 of the time, 42 % at level 6 in 1.6
_KNOWN = 32_000  # bytes of a like text that zlib can refer to
_TABLES = (
    "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # text, read (where lines that recur were taken out) and raw (where it is not what was read) are compressed, each
    # by the one before it; they stand last, so that the facts are read without them
    "CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, title TEXT NOT NULL, outlet TEXT NOT NULL,"
    " author TEXT NOT NULL, url TEXT NOT NULL, published TEXT, updated TEXT, source TEXT NOT NULL,"
    " opening TEXT NOT NULL, length INTEGER NOT NULL, origins TEXT NOT NULL, digest BLOB NOT NULL,"
    " text BLOB NOT NULL, read BLOB, raw BLOB)",
    # to be cut from what was read of them again: lines of theirs have become boilerplate, or no longer are
    "CREATE TABLE IF NOT EXISTS stale_articles (id TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS articles_source ON articles (source)",
    "CREATE TABLE IF NOT EXISTS corrections (article_id TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY (article_id, field)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS passages (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,"
    ' start INTEGER NOT NULL, "end" INTEGER NOT NULL, day INTEGER NOT NULL, revision INTEGER NOT NULL,'
    " vector BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS passages_article ON passages (article_id)",
    "CREATE INDEX IF NOT EXISTS passages_revision ON passages (revision)",
    "CREATE INDEX IF NOT EXISTS passages_day ON passages (day)",
    "CREATE TABLE IF NOT EXISTS removed_passages (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS visits (url TEXT PRIMARY KEY, etag TEXT NOT NULL, last_modified TEXT NOT NULL)"
    " WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, digest TEXT NOT NULL, articles INTEGER NOT NULL)"
    " WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS derived (name TEXT PRIMARY KEY, place TEXT NOT NULL, revision INTEGER NOT NULL,"
    " passages INTEGER NOT NULL)",
    *near_duplicates.TABLES,
    *recurring_lines.TABLES,
    *names.TABLES,
    *versions.TABLES,
)

Vectors = NDArray[np.float32]


def prepare(database: Database) -> None:
    """Create the tables in a new file; bring an earlier format up to date.

    Raises CollectionError where the file is no catalogue, or one of a later format, or of an earlier one where nothing
    may be written.
    """
    if not database.read_only:
        _create_if_new(database)
    if database.one("SELECT 1 FROM sqlite_master WHERE name = 'meta'") is None:
        raise CollectionError(f"{database.path}: a database of another program; give another home with --home")
    if _format(database) in _STEPS:
        if database.read_only:
            raise CollectionError(
                f"{database.path}: of an earlier version of Byline, and there is no permission to write; whoever has "
                "it is to run `byline status` once"
            )
        _migrate(database)
    if _format(database) != FORMAT:
        raise CollectionError(
            f"{database.path}: written by another version of Byline (format {_format(database)}, this one reads "
            f"{FORMAT}); use that version, or move its folder away and add the articles again"
        )


def _format(database: Database) -> str | None:
    row = database.one("SELECT value FROM meta WHERE key = 'format'")
    return str(row[0]) if row else None


def _create_if_new(database: Database) -> None:
    """Make the file whole before it has its name: a catalogue of 0 bytes is a damaged one, and no new one.

    Raises CollectionError where it is damaged so.
    """
    if database.path.exists():
        if not database.path.stat().st_size:
            lost = "is empty (0 bytes), so the catalogue that was here is lost"
            mends = "put a backup in its place, or delete the file and add the articles again"
            raise CollectionError(f"{database.path}: {lost}; {mends}")
        return
    with lock(database.path.parent, wait=BUSY):
        if not database.path.exists():
            made = database.path.with_name(f"{database.path.name}.new")
            made.unlink(missing_ok=True)  # of a process that died here
            statements = [*_TABLES, f"INSERT OR IGNORE INTO meta VALUES ('format', '{FORMAT}')"]
            with closing(sqlite3.connect(made, isolation_level=None)) as new:
                new.executescript(";".join(["PRAGMA journal_mode = WAL", "BEGIN IMMEDIATE", *statements, "COMMIT;"]))
            made.replace(database.path)


def _migrate(database: Database) -> None:
    with database.transaction() as db:
        began = found = _format_within(db)
        while found in _STEPS:
            _STEPS[found](db)
            found = _format_within(db)
    if began in _SHRINKING:
        with database.translated() as db:
            db.execute("VACUUM")


def _format_within(db: sqlite3.Connection) -> str:
    return str(db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()[0])


def _from_2(db: sqlite3.Connection) -> None:
    """Texts were not compressed, vectors had 16 bits an entry, and nothing told whether an article changed."""
    for table in ("copy_texts", "copy_articles", "copy_keys"):
        db.execute(f"DROP TABLE {table}")
    for table in ("articles", "passages", "derived"):
        db.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    for index in ("articles_source", "passages_article", "passages_revision"):
        db.execute(f"DROP INDEX {index}")
    for statement in _TABLES:
        db.execute(statement)
    days = {}
    facts = "id, title, outlet, author, url, published, updated, source, text, raw, origins"
    for row in db.execute(f"SELECT {facts} FROM old_articles"):
        article = Article(
            *(row[0], row[8], row[1], row[2], row[3], row[4]),
            published=date.fromisoformat(row[5]) if row[5] else None,
            source=row[7],
            updated=date.fromisoformat(row[6]) if row[6] else None,
        )
        days[article.id] = day_number(article.published)
        raw = pack_text(row[9], article.text) if row[9] is not None else None
        kept = (article.opening_of_text, len(article.text), row[10], reading_digest(article))
        values = (*row[:8], *kept, pack_text(article.text), None, raw)
        db.execute(f"INSERT INTO articles VALUES ({','.join('?' * len(values))})", values)
        near_duplicates.add(db, article.id, article.text)
        outlet = recurring_lines.outlet_name(article.outlet, article.url)
        recurring_lines.add(db, article.id, outlet, article.published, article.text)
    passages = db.execute('SELECT id, article_id, start, "end", revision, vector FROM old_passages ORDER BY id')
    while rows := passages.fetchmany(5000):
        packed = [pack_vector(np.frombuffer(row[5], np.float16).astype(np.float32)) for row in rows]
        moved = [(*row[:4], days[row[1]], row[4], vector) for row, vector in zip(rows, packed, strict=True)]
        db.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)", moved)
    for table in ("passages", "articles", "derived"):
        db.execute(f"DROP TABLE old_{table}")
    db.execute("UPDATE meta SET value = '3' WHERE key = 'format'")


def _from_3(db: sqlite3.Connection) -> None:
    """The names of outlets and authors were in the articles' rows alone."""
    for statement in names.TABLES:
        db.execute(statement)
    passages = "(SELECT count(*) FROM passages p WHERE p.article_id = a.id)"
    for *row, count in db.execute(f"SELECT {FACTS}, {passages} FROM articles a").fetchall():
        names.add(db, article_of_row(row), count)
    db.execute("UPDATE meta SET value = '4' WHERE key = 'format'")


def _from_4(db: sqlite3.Connection) -> None:
    """Versions of an agency's item were articles of their own."""
    for statement in versions.TABLES:
        db.execute(statement)
    db.execute("UPDATE meta SET value = '5' WHERE key = 'format'")


_STEPS: Mapping[str, Callable[[sqlite3.Connection], None]] = {"2": _from_2, "3": _from_3, "4": _from_4}
_SHRINKING = {"2"}  # formats from which so much goes that the file is written anew


def article_of_row(row: Sequence[Any], text: str = "") -> Article:
    """The article of a row that begins with FACTS."""
    article_id, title, outlet, author, url, published, updated, source, opening = row[:9]
    days = {"published": _day(published), "updated": _day(updated)}
    return Article(article_id, text, title, outlet, author, url, source=source, opening="" if text else opening, **days)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def pack_text(text: str, like: str = "") -> bytes:
    """The text compressed; where `like` holds most of it, to little more than the difference."""
    packer = zlib.compressobj(_LEVEL, zdict=_known(like)) if like else zlib.compressobj(_LEVEL)
    return packer.compress(text.encode()) + packer.flush()


def unpack_text(packed: bytes, like: str = "") -> str:
    """The text that was packed with the same `like`. Raises TextDamaged where it is not as it was packed."""
    unpacker = zlib.decompressobj(zdict=_known(like)) if like else zlib.decompressobj()
    try:
        text = (unpacker.decompress(packed) + unpacker.flush()).decode()
    except (zlib.error, UnicodeDecodeError, TypeError) as error:  # TypeError: something other than bytes is stored
        raise TextDamaged(f"the text of an article is damaged ({error}); run `byline rebuild`") from error
    if not unpacker.eof:
        raise TextDamaged("the text of an article is damaged (its end is missing); run `byline rebuild`")
    return text


def unpack_if_whole(packed: bytes) -> str:
    """The text, or "" where it is damaged: what goes through many articles must not stop at one."""
    try:
        return unpack_text(packed)
    except TextDamaged:
        return ""


def _known(like: str) -> bytes:
    return like.encode()[-_KNOWN:]


def pack_vector(vector: Vectors) -> bytes:
    """A vector, shape (d,), in d bytes: only its direction is kept, to about a quarter of a degree."""
    largest = float(np.abs(vector).max(initial=0.0))
    return (vector * (127 / largest) if largest else vector).round().astype(np.int8).tobytes()


def unpack_vectors(packed: Sequence[bytes]) -> Vectors:
    """Vectors of length 1, or zero, shape (len(packed), d)."""
    if not packed:
        return np.empty((0, 0), np.float32)
    rows = np.frombuffer(b"".join(packed), np.int8).reshape(len(packed), -1).astype(np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return cast(Vectors, rows / np.maximum(lengths, 1.0))
