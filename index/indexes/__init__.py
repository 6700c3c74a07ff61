"""The two search indexes of a collection, words and vectors: made ready for search, mended, kept up to date."""

import contextlib
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import DiskFull, IndexDamaged, IndexUnreachable, LockedError
from index.indexes.index_stores import Index, ServerStore, Store, VectorStore, WordStore
from index.indexes.replication import Follower, Published, Tell, Writing
from index.indexes.word_index import WordIndex
from index.store.catalogue import Catalogue
from index.store.database import is_for_want_of_room

if TYPE_CHECKING:  # Chroma takes seconds to import; what only reads the catalogue must not wait for it
    from index.indexes.vector_index import VectorIndex

_PUBLISHED_FIRST = 20_000  # passages; then whenever as many came as are published, so that copying costs little


class Derived:
    """The word and vector index of one collection. For `tell`, `chroma` and `wait` see Collection.

    With `read_only` nothing is written in the folder; the indexes stay as they are.
    """

    def __init__(
        self, catalogue: Catalogue, folder: Path, tell: Tell, chroma: str, wait: float, read_only: bool
    ) -> None:
        vectors: Store[VectorIndex] = (
            ServerStore(chroma, _owner(catalogue, read_only)) if chroma else VectorStore(folder, read_only)
        )
        self._folder = folder
        self._tell = tell
        self._wait = wait
        self._read_only = read_only
        self._told: set[str] = set()
        self._disk_is_full = False  # and it was told
        self.is_silent = False  # whether the vectors' server did not answer when it was last asked
        self.words: Follower[WordIndex] = Follower(WordStore(folder, read_only), catalogue, folder, tell)
        self.vectors: Follower[VectorIndex] = Follower(vectors, catalogue, folder, tell)

    @cached_property
    def pool(self) -> ThreadPoolExecutor:
        """One thread for each index, kept: each opens the catalogue."""
        return ThreadPoolExecutor(2, thread_name_prefix="byline-index")

    @property
    def both(self) -> tuple[Follower[WordIndex], "Follower[VectorIndex]"]:
        return self.words, self.vectors

    def is_current(self) -> bool:
        """Whether both indexes hold the catalogue's revision."""
        return self.words.is_current() and self.vectors.is_current()

    def catch_up(self, *, may_postpone: bool = True) -> None:
        """Bring both indexes to the catalogue's revision, side by side.

        Where another process is already writing vectors, that is left to it: search compares with the newest itself.
        So it is put off where their server does not answer; raises IndexUnreachable where it may not be.
        """
        done = [
            self.pool.submit(self.words.catch_up, self._wait),
            self.pool.submit(self._catch_up_vectors, may_postpone),
        ]
        wait(done)  # both, even if one fails
        for future in done:
            future.result()

    def make_ready(self) -> None:
        """Let the indexes catch up, unless another process is already at it, or there is no room for it."""
        if self.is_current():
            return
        if self._read_only:
            self._tell_once(
                "the search indexes lag behind, and there is no permission to write; the newest articles are found by "
                "their meaning alone"
            )
            return
        with contextlib.suppress(LockedError):
            try:
                with self.postponing():
                    self.vectors.catch_up(wait=0)
                self.words.catch_up(wait=0)
            except DiskFull as error:
                self._tell_of_full_disk(error)

    def usable(self, follower: Follower[Index]) -> Published[Index] | None:
        """The index, built anew if it is damaged; None while another process builds it: search does without."""
        try:
            return follower.published()
        except IndexDamaged as error:
            return follower.published() if self.build_anew(error, follower) else None

    def usable_vectors(self) -> "Published[VectorIndex] | None":
        """The same of the vectors; None too where their server does not answer (`is_silent`)."""
        vectors = None
        with self.postponing():
            vectors = self.usable(self.vectors)
        if vectors:
            self.is_silent = False
        return vectors

    def build_anew(self, error: IndexDamaged, *followers: Follower[Any]) -> bool:
        """Whether a damaged index could be built anew from the catalogue; what stands in the way is told once."""
        if self._read_only:
            self._tell_once(f"{error}; it is done without, for there is no permission to build it anew")
            return False
        if is_for_want_of_room(error, self._folder):  # even to open one takes some
            for follower in followers:
                follower.close()
            self._tell_of_full_disk(
                DiskFull(f"{self._folder}: the disk is full, so an index cannot be used; make room")
            )
            return False
        self._tell(f"{error}; building it anew from the catalogue")
        try:
            for follower in followers:
                follower.build_anew()
        except LockedError:
            return False
        except DiskFull as full:
            self._tell_of_full_disk(full)
            return False
        return True

    @contextlib.contextmanager
    def postponing(self) -> Iterator[None]:
        """Within this, vectors whose server does not answer are put off until it does, which is told once."""
        try:
            yield
        except IndexUnreachable as error:
            if not self.is_silent:
                self._tell(f"{error}; meanwhile search does without, and what is added is kept and goes there later")
            self.is_silent = True

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Nobody writes to either index meanwhile. To be entered before the lock of the catalogue's writers."""
        with self.vectors.writing(self._wait), self.words.writing(self._wait):
            yield

    @contextlib.contextmanager
    def keeping_up(self) -> Iterator["KeepingUp"]:
        """While articles are added; on leaving, both indexes hold them."""
        keeping = KeepingUp(self)
        try:
            yield keeping
        finally:
            keeping.stop()
            self.catch_up()

    def close(self) -> None:
        self.words.close()
        self.vectors.close()
        if "pool" in self.__dict__:
            self.pool.shutdown()
            del self.pool

    def published_vectors(self) -> int:
        state = self.vectors.state()
        return state.passages if state else 0

    def _catch_up_vectors(self, may_postpone: bool) -> None:
        with contextlib.suppress(LockedError), self.postponing() if may_postpone else contextlib.nullcontext():
            self.vectors.catch_up(wait=0)

    def _tell_once(self, line: str) -> None:
        if line not in self._told:
            self._told.add(line)
            self._tell(line)

    def _tell_of_full_disk(self, error: DiskFull) -> None:
        if not self._disk_is_full:
            self._tell(f"{error}; meanwhile questions are answered from what is there")
        self._disk_is_full = True


class KeepingUp:
    """The indexes' catching up in the background. Both spend their time outside Python."""

    def __init__(self, derived: Derived) -> None:
        self._derived = derived
        self._running: list[Future[None]] = []
        self._held = contextlib.ExitStack()
        self._vectors: Writing[VectorIndex] | None = None

    @property
    def is_free(self) -> bool:
        """Whether the last round is done."""
        return all(future.done() for future in self._running)

    def begin_round(self) -> None:
        """Take in what is new. Waits for the last round."""
        self._wait()
        self._running = [
            self._derived.pool.submit(self._derived.words.catch_up),
            self._derived.pool.submit(self._advance_vectors),
        ]

    def stop(self) -> None:
        """Publish what was taken in. Raises what went wrong in the background."""
        try:
            self._wait()
            if self._vectors is not None:
                with self._derived.postponing():
                    self._vectors.advance()
                    self._vectors.publish()
        finally:
            self._held.close()

    def _advance_vectors(self) -> None:
        if self._vectors is None:
            try:
                self._vectors = self._held.enter_context(self._derived.vectors.writing(wait=0))
            except LockedError:
                return
        with self._derived.postponing():
            self._vectors.advance()
        if self._vectors.unpublished >= max(_PUBLISHED_FIRST, self._derived.published_vectors()):
            self._vectors.publish()

    def _wait(self) -> None:
        for future in self._running:
            future.result()
        self._running = []


def _owner(catalogue: Catalogue, read_only: bool) -> str:
    """A name for the collection among those of others in one Chroma server; made when first asked for."""
    name = catalogue.meta("owner")
    if name is None and read_only:
        return "nobody"  # nothing of it can be in any server
    if name is None:
        name = uuid.uuid4().hex[:12]
        catalogue.set_meta("owner", name)
    return name
