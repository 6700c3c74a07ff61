"""One SQLite file, opened for many threads: a connection for each, transactions, and errors of our own."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from index.damage import is_for_want_of_room
from index.errors import CollectionError, DiskFull

PATIENCE = 30.0  # seconds to wait for another process that writes


class Database:
    """Opened on first use. What SQLite raises comes out as CollectionError with the file's path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []

    def close(self) -> None:
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._local = threading.local()

    @property
    def connection(self) -> sqlite3.Connection:
        """The calling thread's own, without implicit transactions."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = self._connect()
            self._connections.append(found)
        return found

    def select(self, query: str, parameters: Sequence[object] = ()) -> Iterator[Any]:
        with self.translated():
            yield from self.connection.execute(query, parameters)

    def parts(self, query: str, parameters: Sequence[object] = (), rows: int = 5000) -> Iterator[list[Any]]:
        """The same in lists of so many rows: a third of the time where there are thousands."""
        with self.translated():
            found = self.connection.execute(query, parameters)
            while part := found.fetchmany(rows):
                yield part

    def one(self, query: str, parameters: Sequence[object] = ()) -> Any:
        return next(self.select(query, parameters), None)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, and durable on leaving. Only one process can be in one at a time."""
        with self.translated():
            db = self.connection
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    @contextlib.contextmanager
    def translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if _code(error) == sqlite3.SQLITE_FULL or _is_too_large(error, self.path.parent):
                what = "the disk is full; make room and do it again"
                raise DiskFull(f"{self.path}: {what}, nothing that was added before is lost") from error
            raise CollectionError(f"{self.path}: the catalogue {_trouble(error)}") from error

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "cache_size = -65536"):
            connection.execute(f"PRAGMA {pragma}")
        return connection


def _trouble(error: sqlite3.Error) -> str:
    """What is wrong with the file, and what mends it."""
    if _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return f"is damaged ({error}); put a backup in its place, or move its folder away and add the articles again"
    return f"cannot be used ({error}); is the disk full, the folder read-only, the file damaged?"


def _is_too_large(error: sqlite3.Error, folder: Path) -> bool:
    """Whether a write failed for want of room that SQLite calls an error of the disk, as it does with quotas."""
    return _code(error) == sqlite3.SQLITE_IOERR and is_for_want_of_room(error, folder)


def _code(error: sqlite3.Error) -> int:
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF
