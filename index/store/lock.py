"""Locks between processes: the system releases one when its holder dies, and it names its holder."""

import contextlib
import json
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import CollectionError, LockedError

PATIENCE = 600.0  # seconds: what others hold the lock for is short, except to embed a whole collection again
_QUIET = 3.0  # seconds of waiting that need no explanation


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
