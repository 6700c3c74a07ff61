"""One SQLite file, for many threads: a connection for each while it needs one, transactions, and errors of our own."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import CollectionError

PATIENCE = 30.0  # seconds to wait for another process that writes


@dataclass(slots=True)
class _Held:
    """A connection, the thread that it is lent to, and how many of that thread's queries are under way."""

    connection: sqlite3.Connection
    thread: int = 0
    uses: int = 0


class Database:
    """Opened on first use. What SQLite raises comes out as CollectionError with the file's path.

    A thread has a connection as long as a query or a transaction of it is under way; then the next one takes it over,
    with what it has read. So there are as many as were ever in use at once, however many threads come and go.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connections: list[sqlite3.Connection] = []
        self._idle: list[_Held] = []

    def close(self) -> None:
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
            self._idle.clear()
            self._local = threading.local()

    def select(self, query: str, parameters: Sequence[object] = ()) -> Iterator[Any]:
        with self.translated() as db, closing(db.execute(query, parameters)) as found:
            yield from found

    def parts(self, query: str, parameters: Sequence[object] = (), rows: int = 5000) -> Iterator[list[Any]]:
        """The same in lists of so many rows: a third of the time where there are thousands."""
        with self.translated() as db, closing(db.execute(query, parameters)) as found:
            while part := found.fetchmany(rows):
                yield part

    def one(self, query: str, parameters: Sequence[object] = ()) -> Any:
        return next(self.select(query, parameters), None)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, and durable on leaving. Only one process can be in one at a time."""
        with self.translated() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    @contextlib.contextmanager
    def translated(self) -> Iterator[sqlite3.Connection]:
        """The calling thread's connection, without implicit transactions; within a transaction the same one."""
        held: _Held | None = None
        try:
            held = self._lent()
            yield held.connection
        except sqlite3.Error as error:
            message = (
                f"the catalogue cannot be used ({error}); is the disk full, the folder read-only, the file damaged?"
            )
            raise CollectionError(f"{self.path}: {message}") from error
        finally:
            if held is not None:
                self._give_back(held)

    def _lent(self) -> _Held:
        thread = threading.get_ident()
        with self._lock:
            held: _Held | None = getattr(self._local, "held", None)
            if held is None or not held.uses or held.thread != thread:  # another thread may have it by now
                held = self._local.held = self._idle.pop() if self._idle else self._opened()
                held.thread = thread
            held.uses += 1
            return held

    def _give_back(self, held: _Held) -> None:
        """May be called by another thread than took it, which lets go of a query that was not read to its end."""
        with self._lock:
            held.uses -= 1
            if not held.uses and held.connection in self._connections:  # it is not, once all are closed
                self._idle.append(held)

    def _opened(self) -> _Held:
        held = _Held(self._connect())
        self._connections.append(held.connection)
        return held

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "cache_size = -65536"):
            connection.execute(f"PRAGMA {pragma}")
        return connection
