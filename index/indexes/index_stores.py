"""Where a search index lives, how it is opened, copied and sealed: tantivy and Chroma in folders, Chroma in a server.

A place, once published, is only read. What is new is written to a copy of it in a new place, so that a process that
dies in the middle harms nobody. A Chroma server keeps its own files whole, and is written to in place: all changes
can be done twice.
"""

import contextlib
import json
import os
import shutil
import sqlite3
import tempfile
import uuid
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from index.errors import CollectionError, IndexDamaged
from index.indexes.word_index import WordEntry, WordIndex
from index.store.names import terms_of
from index.store.stored_passages import StoredPassages
from index.text.passages import titled
from index.times import day_number

if TYPE_CHECKING:  # Chroma takes seconds to import; what only reads the catalogue must not wait for it
    from index.indexes.vector_index import VectorIndex


class SearchIndex(Protocol):
    """An open index."""

    def count(self) -> int:
        """The number of passages that it holds."""

    def change(self, removed: Sequence[int], added: Iterable[Any]) -> None:
        """Take out the passages with these keys and add others."""

    def close(self) -> None:
        """Let go of the files."""


Index = TypeVar("Index", bound=SearchIndex)
_Opened = TypeVar("_Opened", bound=SearchIndex, covariant=True)


class Store(Protocol[_Opened]):
    """The places of one kind of index. A place is a name that the catalogue keeps.

    What is written out here holds of places that somebody else keeps whole.
    """

    @property
    def name(self) -> str:
        """`words` or `vectors`."""

    def new_place(self) -> str:
        """A name for a place that is not there yet."""

    def has(self, place: str) -> bool:
        """Whether the place is one of this store and of today's make, and is there."""

    def is_whole(self, place: str) -> bool:
        """Whether the place's files are as they were when it was sealed."""
        return True

    def is_worn(self, place: str, passages: int) -> bool:
        """Whether so much was removed from the place, which holds so many passages, that it should be built anew."""
        return False

    def copy(self, place: str) -> str:
        """A place with the same that may be written to."""

    def open(self, place: str) -> _Opened:
        """The index in a published place, to read. Raises IndexDamaged."""

    def open_to_write(self, place: str) -> _Opened:
        """The index in a new place, made if it is not there. Raises IndexDamaged."""

    def let_go(self) -> None:
        """What was last opened to read is closed."""
        return

    def changes(self, passages: StoredPassages, after: int, until: int) -> Iterable[Any]:
        """What this kind of index wants of the passages between two revisions."""

    def seal(self, place: str) -> None:
        """Make a place that was written to ready to be published."""
        return

    def discard(self, place: str) -> None:
        """Remove a place that was written to and is not to be published."""
        return

    def sweep(self, kept: str) -> None:
        """Remove all other places of this store."""


class _Folders:
    """Places that are folders, each named by the make of the index and a random end.

    With `read_only` nothing is written in them.
    """

    def __init__(self, folder: Path, name: str, make: str, read_only: bool = False) -> None:
        self._folder = folder
        self._read_only = read_only
        self._stand_in: tempfile.TemporaryDirectory[str] | None = None
        self.name = name
        self._make = f"{name}-{make}-"

    def new_place(self) -> str:
        return f"{self._make}{uuid.uuid4().hex[:8]}"

    def has(self, place: str) -> bool:
        return place.startswith(self._make) and (self._folder / place).is_dir()

    def is_whole(self, place: str) -> bool:
        return is_intact(self._folder / place)

    def discard(self, place: str) -> None:
        shutil.rmtree(self._folder / place, ignore_errors=True)

    def sweep(self, kept: str) -> None:
        for folder in self._folder.glob(f"{self.name}-*"):
            if folder.name != kept:
                shutil.rmtree(folder, ignore_errors=True)

    @contextlib.contextmanager
    def _new_copy(self) -> Iterator[str]:
        """A new place, to copy into; it goes if that fails."""
        made = self.new_place()
        try:
            yield made
        except BaseException:
            self.discard(made)
            raise

    def let_go(self) -> None:
        if self._stand_in is not None:
            self._stand_in.cleanup()
            self._stand_in = None

    def _to_read(self, place: str) -> Path:
        """The place's folder, or one that stands in for it where nothing may be written in that."""
        if not self.is_whole(place):
            raise IndexDamaged(f"the {self.name} index is damaged")
        if not self._read_only:
            return self._folder / place
        try:
            self._stand_in = tempfile.TemporaryDirectory(prefix="byline-", ignore_cleanup_errors=True)
            _link(self._folder / place, Path(self._stand_in.name))
        except OSError as error:
            raise CollectionError(
                f"{self._folder}: cannot be read without a folder for temporary files ({error.strerror}); set TMPDIR"
            ) from error
        return Path(self._stand_in.name)


class WordStore(_Folders):
    """tantivy in folders. The number in the name is raised when the analyzer or the schema changes."""

    def __init__(self, folder: Path, read_only: bool = False) -> None:
        super().__init__(folder, "words", "4", read_only)

    def is_worn(self, place: str, passages: int) -> bool:
        """BM25 counts removed passages too, until tantivy merges their segment with another."""
        segments = json.loads((self._folder / place / "meta.json").read_bytes()).get("segments", [])
        return _is_worn(sum(segment["max_doc"] for segment in segments), passages)

    def copy(self, place: str) -> str:
        with self._new_copy() as made:
            shutil.copytree(self._folder / place, self._folder / made, ignore=shutil.ignore_patterns("*.lock"))
            return made

    def open(self, place: str) -> WordIndex:
        return WordIndex(self._to_read(place))

    def open_to_write(self, place: str) -> WordIndex:
        return WordIndex(self._folder / place, create=True)

    def changes(self, passages: StoredPassages, after: int, until: int) -> Iterable[WordEntry]:
        for one in passages.since(after, until):
            if not one.passage.text:  # damaged, or removed meanwhile
                continue
            day, terms = day_number(one.article.published), terms_of(one.article)
            yield WordEntry(one.key, day, titled(one.article, one.passage), terms)

    def seal(self, place: str) -> None:
        record_files(self._folder / place)


class VectorStore(_Folders):
    """Chroma in folders. The number in the name is raised when its configuration changes."""

    def __init__(self, folder: Path, read_only: bool = False) -> None:
        super().__init__(folder, "vectors", "2", read_only)

    def is_worn(self, place: str, passages: int) -> bool:
        """Chroma keeps removed vectors in its graph, where they cost room and neighbours."""
        counted = [path.stat().st_size // 4 for path in (self._folder / place).glob("*/length.bin")]
        return _is_worn(sum(counted), passages)

    def copy(self, place: str) -> str:
        with self._new_copy() as made:
            here, there = self._folder / place, self._folder / made
            shutil.copytree(here, there, ignore=shutil.ignore_patterns("chroma.sqlite3*"))
            # A reader that is just opening the database changes it a little: SQLite itself must copy it.
            with (
                closing(sqlite3.connect(here / _DATABASE)) as source,
                closing(sqlite3.connect(there / _DATABASE)) as copy,
            ):
                source.backup(copy)
            return made

    def open(self, place: str) -> "VectorIndex":
        from index.indexes.vector_index import VectorIndex, folder_client

        folder = self._to_read(place)
        return VectorIndex(folder_client(folder), folder)

    def open_to_write(self, place: str) -> "VectorIndex":
        from index.indexes.vector_index import VectorIndex, folder_client

        folder = self._folder / place
        return VectorIndex(folder_client(folder), folder, create=True)

    def changes(self, passages: StoredPassages, after: int, until: int) -> Iterable[Any]:
        return ((rows.keys, rows.vectors) for rows in passages.vectors_since(after, until))

    def seal(self, place: str) -> None:
        with closing(sqlite3.connect(self._folder / place / _DATABASE)) as database:
            database.execute("VACUUM")
        record_files(self._folder / place)


class ServerStore(Store["VectorIndex"]):
    """Collections in a Chroma server, which keeps them whole. `owner` sets this one's apart from those of others.

    A place that was written to is not discarded: it may be the published one, which is written to in place; the next
    sweep removes any other.
    """

    name = "vectors"

    def __init__(self, address: str, owner: str) -> None:
        self._address = address
        self._prefix = f"byline-2-{owner}-"

    def new_place(self) -> str:
        return f"{self._address}#{self._prefix}{uuid.uuid4().hex[:8]}"

    def has(self, place: str) -> bool:
        return place.startswith(f"{self._address}#{self._prefix}")

    def copy(self, place: str) -> str:
        return place

    def open(self, place: str) -> "VectorIndex":
        return self._opened(place, create=False)

    def open_to_write(self, place: str) -> "VectorIndex":
        return self._opened(place, create=True)

    def changes(self, passages: StoredPassages, after: int, until: int) -> Iterable[Any]:
        return ((rows.keys, rows.vectors) for rows in passages.vectors_since(after, until))

    def sweep(self, kept: str) -> None:
        from index.indexes.vector_index import delete_others

        delete_others(self._address, self._prefix, _name_in(kept))

    def _opened(self, place: str, create: bool) -> "VectorIndex":
        from index.indexes.vector_index import VectorIndex, server_client

        return VectorIndex(server_client(self._address, to_write=create), place, _name_in(place), create)


_DATABASE = "chroma.sqlite3"
_RECORD = "files.json"
_Facts = dict[str, tuple[int, int, int]]
_WORN = 1.25  # times as many as there should be


def _link(folder: Path, stand_in: Path) -> None:
    """Fill a folder that stands in for another, in which nothing may be written.

    tantivy locks a file beside those that it reads, and Chroma changes its SQLite file a little, which is copied.
    """
    for path in folder.rglob("*"):
        there = stand_in / path.relative_to(folder)
        if path.is_dir():
            there.mkdir(parents=True, exist_ok=True)
        elif path.name.startswith(_DATABASE):
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, there)
        elif path.suffix != ".lock":
            there.parent.mkdir(parents=True, exist_ok=True)
            there.symlink_to(path.absolute())


def _is_worn(kept: int, passages: int) -> bool:
    return kept > _WORN * passages + 100


def _name_in(place: str) -> str:
    return place.partition("#")[2]


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
