"""One SQLite file, for many threads: a connection for each while it needs one, transactions, and errors of our own."""

import contextlib
import errno
import json
import os
import shutil
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from index.errors import CollectionError, DiskFull, LockedError

BUSY = 30.0  # seconds that SQLite waits for another process that writes
PATIENCE = 600.0  # seconds: what others hold the lock for is short, except to embed a whole collection again
AMONG = "(SELECT value FROM json_each(?))"  # behind IN: the values of a list in JSON, however many they are
_QUIET = 3.0  # seconds of waiting that need no explanation
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SAID = ("disk is full", "no space left", "file too large", "quota exceeded")  # by SQLite, and by what Rust makes of it
_LITTLE = 1 << 20  # bytes, which any change of an index takes
_Seen = tuple[bool, ...] | tuple[bool, int, int, int]


@dataclass(slots=True)
class _Held:
    """A connection, the thread that it is lent to, and how many of that thread's queries are under way."""

    connection: sqlite3.Connection
    seen: _Seen | None = None  # of the file, where it was opened to read only
    thread: int = 0
    uses: int = 0


class Database:
    """Opened on first use. What SQLite raises comes out as CollectionError with the file's path.

    A thread has a connection as long as a query or a transaction of it is under way; then the next one takes it over,
    with what it has read. So there are as many as were ever in use at once, however many threads come and go.

    With `read_only` nothing is written, not even beside the file, so that it may lie where nobody can write. So it is
    read too as long as its disk is full.
    """

    def __init__(self, path: Path, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._has_room = True
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
        if not self._has_room:  # perhaps it has now
            self._close_idle()
        with self.translated() as db:
            if not self._has_room:
                raise self._full()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                if db.in_transaction:  # SQLite ends it by itself where the disk is full
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
            if _code(error) == sqlite3.SQLITE_FULL or _is_too_large(error, self.path.parent):
                raise self._full() from error
            raise CollectionError(f"{self.path}: the catalogue {_trouble(error)}") from error
        finally:
            if held is not None:
                self._give_back(held)

    def _full(self) -> DiskFull:
        return DiskFull(
            f"{self.path}: the disk is full; make room and do it again, nothing that was added before is lost"
        )

    def _lent(self) -> _Held:
        thread = threading.get_ident()
        with self._lock:
            held: _Held | None = getattr(self._local, "held", None)
            if held is None or not held.uses or held.thread != thread:  # another thread may have it by now
                held = self._local.held = self._idle_one() or self._opened()
                held.thread = thread
            held.uses += 1
            return held

    def _idle_one(self) -> _Held | None:
        """One that nobody uses; what has read a file that was taken for unchanging, and has changed, is closed."""
        while self._idle:
            held = self._idle.pop()
            if held.seen is None or held.seen == self._seen():
                return held
            self._discard(held)
        return None

    def _close_idle(self) -> None:
        with self._lock:
            while self._idle:
                self._discard(self._idle.pop())

    def _discard(self, held: _Held) -> None:
        self._connections.remove(held.connection)
        held.connection.close()

    def _give_back(self, held: _Held) -> None:
        """May be called by another thread than took it, which lets go of a query that was not read to its end."""
        with self._lock:
            held.uses -= 1
            if not held.uses and held.connection in self._connections:  # it is not, once all are closed
                self._idle.append(held)

    def _opened(self) -> _Held:
        held = self._connect()
        self._connections.append(held.connection)
        return held

    def _connect(self) -> _Held:
        if self.read_only:
            return self._connect_to_read()
        connection = sqlite3.connect(self.path, timeout=BUSY, isolation_level=None, check_same_thread=False)
        try:
            for pragma in ("synchronous = FULL", "foreign_keys = ON", "cache_size = -65536"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("SELECT 1 FROM sqlite_master")  # which needs room for a journal, if only to read
        except sqlite3.Error as error:
            connection.close()
            if not is_for_want_of_room(error, self.path.parent):
                raise
            self._has_room = False
            return self._connect_to_read()
        self._has_room = True
        return _Held(connection)

    def _connect_to_read(self) -> _Held:
        """A connection that writes nothing.

        Where another process has the file open to write, SQLite reads it together with that process's journal. Where
        none has, there is no journal, and SQLite could only read by making one: it has to believe that the file does
        not change, and is opened anew when it has changed.
        """
        seen = self._seen()
        mode = "mode=ro" if seen[0] else "mode=ro&immutable=1"
        address = f"{self.path.absolute().as_uri()}?{mode}"
        connection = sqlite3.connect(address, timeout=BUSY, isolation_level=None, check_same_thread=False, uri=True)
        connection.execute("PRAGMA cache_size = -65536")
        return _Held(connection, seen)

    def _seen(self) -> _Seen:
        """What tells whether a file that was taken for unchanging has changed."""
        try:
            journal = self.path.with_name(f"{self.path.name}-wal")
            if journal.exists() and journal.stat().st_size:  # an empty one is left where there was no room for another
                return (True,)
            stat = self.path.stat()
        except OSError:
            return (False,)
        return (False, stat.st_ino, stat.st_size, stat.st_mtime_ns)


def is_for_want_of_room(error: BaseException, folder: Path) -> bool:
    """Whether a failure to write is one of room: it says so, was raised from one that does, or there is hardly any."""
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return True
    if any(words in str(error).lower() for words in _SAID):
        return True
    before = error.__cause__ or error.__context__
    if before is not None:
        return is_for_want_of_room(before, folder)
    with contextlib.suppress(OSError):
        return shutil.disk_usage(folder).free < _LITTLE
    return False


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


def may_only_read(folder: Path, name: str) -> bool:
    """Whether the folder of the catalogue `name` can only be read; it is made, for its owner alone, if it is not there.

    Raises CollectionError where it cannot be made, or not even be read.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CollectionError(f"{folder}: cannot be made ({error.strerror}); give another home with --home") from error
    catalogue = folder / name
    if not os.access(folder, os.R_OK | os.X_OK):
        raise CollectionError(f"{folder}: no permission to read; give another home with --home")
    there = catalogue.exists()
    if os.access(folder, os.W_OK) and (not there or os.access(catalogue, os.W_OK)):
        return False
    if not (there and os.access(catalogue, os.R_OK)):
        missing = "no permission to read its catalogue" if there else "nothing in it, and no permission to write"
        raise CollectionError(f"{folder}: {missing}; give another home with --home")
    return True


@contextlib.contextmanager
def lock(
    folder: Path, name: str = "writer", wait: float = PATIENCE, tell: Callable[[str], None] = lambda line: None
) -> Iterator[None]:
    """Hold one of the folder's locks. `tell` gets one line, naming the holder, when it is waited for.

    Raises LockedError, naming the holder, when another process keeps it for longer than `wait` seconds.
    """
    holder = folder / f"{name}.json"
    held = FileLock(folder / f"{name}.lock")
    try:
        _acquire(held, wait, lambda: tell(f"waiting for another process that writes here ({_describe(holder)})"))
    except Timeout as error:
        busy = f"another process is writing to this collection ({_describe(holder)})"
        raise LockedError(f"{folder.name}: {busy}; try again when it is done") from error
    except OSError as error:
        raise CollectionError(
            f"{folder}: cannot be written ({error.strerror}); give another home with --home"
        ) from error
    try:
        with contextlib.suppress(OSError):  # on a full disk the holder has no name
            _write(holder)
        yield
    finally:
        holder.unlink(missing_ok=True)
        held.release()


def _acquire(held: FileLock, wait: float, explain: Callable[[], None]) -> None:
    if wait <= _QUIET:
        held.acquire(timeout=wait)
        return
    until = time.monotonic() + wait
    try:
        held.acquire(timeout=_QUIET)
    except Timeout:
        explain()
        held.acquire(timeout=max(0.0, until - time.monotonic()))


def _write(holder: Path) -> None:
    command = " ".join([Path(sys.argv[0]).name or "python", *sys.argv[1:2]])
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    holder.write_text(
        json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "command": command, "since": since})
    )


def _describe(holder: Path) -> str:
    try:
        known = json.loads(holder.read_text())
        return f"{known['command']}, process {known['pid']} on {known['host']}, since {known['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "its holder left no name"
