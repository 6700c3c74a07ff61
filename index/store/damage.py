"""Damage to a search index's files: noticed before it is used, or translated when the library trips over it."""

import contextlib
import errno
import json
import os
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

from index.errors import IndexDamaged

_RECORD = "files.json"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SAID = ("disk is full", "no space left", "file too large", "quota exceeded")  # by SQLite, and by what Rust makes of it
_LITTLE = 1 << 20  # bytes, which any change of an index takes

_Facts = dict[str, tuple[int, int, int]]


@contextlib.contextmanager
def as_damage(place: object, kind: str, failures: tuple[type[Exception], ...]) -> Iterator[None]:
    """Raise IndexDamaged for any of the library's `failures` and for a panic of its Rust core."""
    try:
        yield
    except failures as error:
        raise _damaged(place, kind, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # each library has its own, derived from BaseException
            raise
        raise _damaged(place, kind, error) from error


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


def record_files(folder: Path) -> None:
    """Make the index's files durable and note what they hold."""
    facts = {}
    readers = folder.stat().st_mode & 0o066
    for path in _checked(folder):
        path.chmod(0o600 | readers)  # tantivy writes some of them for their owner alone, whoever may read the others
        _flush(path)
        facts[str(path.relative_to(folder))] = (*_stamp(path), _checksum(path))
    _write_record(folder, facts)


def is_intact(folder: Path) -> bool:
    """Whether the index's files are as they were when last recorded.

    Sizes and times are compared; what was touched, as by copying, is read and compared by its checksum. Chroma does
    not check its files: an overwritten file of vectors kills the process, a shortened one loses hits.
    """
    try:
        recorded: _Facts = {name: tuple(facts) for name, facts in json.loads((folder / _RECORD).read_bytes()).items()}
        found = {str(path.relative_to(folder)): path for path in _checked(folder)}
        if found.keys() != recorded.keys():
            return False
        touched = [name for name, path in found.items() if _stamp(path) != recorded[name][:2]]
        if any(_checksum(found[name]) != recorded[name][2] for name in touched):
            return False
        if touched:
            with contextlib.suppress(OSError):  # only to be faster the next time
                _write_record(folder, {name: (*_stamp(found[name]), recorded[name][2]) for name in found})
    except (OSError, ValueError, AttributeError, TypeError, IndexError):
        return False
    return True


def _checked(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and _is_checked(path))


def _is_checked(path: Path) -> bool:
    # Opening Chroma to read changes its SQLite file, and those of a vector segment that is not yet saved.
    if path.suffix == ".bin":
        return (path.parent / "index_metadata.pickle").exists()
    return not (path.name.startswith((_RECORD, "chroma.sqlite3")) or path.suffix == ".lock")


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def _checksum(path: Path) -> int:
    total = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            total = zlib.crc32(block, total)
    return total


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _write_record(folder: Path, facts: _Facts) -> None:
    written = folder / f"{_RECORD}.{os.getpid()}"
    written.write_text(json.dumps(facts))
    written.replace(folder / _RECORD)


def _damaged(place: object, kind: str, error: BaseException) -> IndexDamaged:
    return IndexDamaged(f"{place}: the {kind} index failed ({' '.join(str(error).split())}); run `byline rebuild`")
