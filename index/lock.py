"""One writer at a time: a lock that the system releases when its holder dies, and that names its holder."""

import contextlib
import json
import os
import socket
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import CollectionError, LockedError


@contextlib.contextmanager
def writer_lock(folder: Path, wait: float = 5.0) -> Iterator[None]:
    """Hold the folder's writer lock.

    Raises LockedError, naming the holder, when another process keeps it for longer than `wait` seconds.
    """
    holder = folder / "writer.json"
    lock = FileLock(folder / "writer.lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        busy = f"another process is writing to this collection ({_describe(holder)})"
        raise LockedError(f"{folder.name}: {busy}; try again when it is done") from error
    except OSError as error:
        raise CollectionError(
            f"{folder}: cannot be written ({error.strerror}); give another home with --home"
        ) from error
    try:
        _write(holder)
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


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
