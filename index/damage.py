"""Damage to a search index's files: noticed before it is used, or translated when the library trips over it."""

import contextlib
import zlib
from collections.abc import Iterator
from pathlib import Path

from index.errors import IndexDamaged

_RECORD = "checksum"


@contextlib.contextmanager
def as_damage(folder: Path, kind: str, failures: tuple[type[Exception], ...]) -> Iterator[None]:
    """Raise IndexDamaged for any of the library's `failures` and for a panic of its Rust core."""
    try:
        yield
    except failures as error:
        raise _damaged(folder, kind, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # each library has its own, derived from BaseException
            raise
        raise _damaged(folder, kind, error) from error


def record_checksum(folder: Path) -> None:
    """Note what the index's files hold, once they are written."""
    (folder / _RECORD).write_text(_checksum(folder))


def is_intact(folder: Path) -> bool:
    """Whether the index's files are as they were when last recorded.

    Chroma does not check its own: an overwritten file of vectors kills the process, a shortened one loses hits.
    """
    try:
        return (folder / _RECORD).read_text() == _checksum(folder)
    except (OSError, UnicodeDecodeError):
        return False


def _checksum(folder: Path) -> str:
    total = 0
    for path in sorted(path for path in folder.rglob("*") if _is_checked(path)):
        total = zlib.crc32(str(path.relative_to(folder)).encode(), total)
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                total = zlib.crc32(block, total)
    return f"{total:08x}"


def _is_checked(path: Path) -> bool:
    # Opening Chroma to read changes its SQLite file, and those of a vector segment that is not yet saved.
    if path.suffix == ".bin":
        return (path.parent / "index_metadata.pickle").exists()
    changing = path.name == _RECORD or path.suffix == ".lock" or path.name.startswith("chroma.sqlite3")
    return path.is_file() and not changing


def _damaged(folder: Path, kind: str, error: BaseException) -> IndexDamaged:
    return IndexDamaged(f"{folder}: the {kind} index failed ({' '.join(str(error).split())}); run `byline rebuild`")
