"""The two search indexes of a collection, words and vectors, and how they keep up while articles are added."""

import contextlib
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import IndexUnreachable, LockedError
from index.indexes.index_stores import ServerStore, Store, VectorStore, WordStore
from index.indexes.replication import Follower, Tell, Writing
from index.indexes.word_index import WordIndex
from index.store.catalogue import Catalogue
from index.store.database import PATIENCE

if TYPE_CHECKING:  # Chroma takes seconds to import; what only reads the catalogue must not wait for it
    from index.indexes.vector_index import VectorIndex

_PUBLISHED_FIRST = 20_000  # passages; then whenever as many came as are published, so that copying costs little


class Derived:
    """The word and vector index of one collection. For `chroma` and `wait` see Collection.

    With `read_only` nothing is written in the folder; the indexes stay as they are.
    """

    def __init__(
        self, catalogue: Catalogue, folder: Path, chroma: str = "", wait: float = PATIENCE, read_only: bool = False
    ) -> None:
        vectors: Store[VectorIndex] = (
            ServerStore(chroma, _owner(catalogue, read_only)) if chroma else VectorStore(folder, read_only)
        )
        self._wait = wait
        self.is_silent = False  # whether the vectors' server did not answer when it was last asked
        self.words: Follower[WordIndex] = Follower(WordStore(folder, read_only), catalogue, folder)
        self.vectors: Follower[VectorIndex] = Follower(vectors, catalogue, folder)

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

    def catch_up(self, tell: Tell, *, may_postpone: bool = True) -> None:
        """Bring both indexes to the catalogue's revision, side by side.

        Where another process is already writing vectors, that is left to it: search compares with the newest itself.
        So it is put off where their server does not answer; raises IndexUnreachable where it may not be.
        """
        done = [
            self.pool.submit(self.words.catch_up, tell, self._wait),
            self.pool.submit(self._catch_up_vectors, tell, may_postpone),
        ]
        wait(done)  # both, even if one fails
        for future in done:
            future.result()

    def catch_up_if_free(self, tell: Tell) -> None:
        """Bring both to what the catalogue holds now, unless another process is adding. Raises LockedError then."""
        with self.postponing(tell):
            self.vectors.catch_up(tell, wait=0)
        self.words.catch_up(tell, wait=0)

    @contextlib.contextmanager
    def postponing(self, tell: Tell) -> Iterator[None]:
        """Within this, vectors whose server does not answer are put off until it does, which is told once."""
        try:
            yield
        except IndexUnreachable as error:
            if not self.is_silent:
                tell(f"{error}; meanwhile search does without, and what is added is kept and goes there later")
            self.is_silent = True

    @contextlib.contextmanager
    def held(self, tell: Tell) -> Iterator[None]:
        """Nobody writes to either index meanwhile. To be entered before the lock of the catalogue's writers."""
        with self.vectors.writing(tell, self._wait), self.words.writing(tell, self._wait):
            yield

    @contextlib.contextmanager
    def keeping_up(self, tell: Tell) -> Iterator["KeepingUp"]:
        """While articles are added; on leaving, both indexes hold them."""
        keeping = KeepingUp(self, tell)
        try:
            yield keeping
        finally:
            keeping.stop()
            self.catch_up(tell)

    def close(self) -> None:
        self.words.close()
        self.vectors.close()
        if "pool" in self.__dict__:
            self.pool.shutdown()
            del self.pool

    def published_vectors(self) -> int:
        state = self.vectors.state()
        return state.passages if state else 0

    def _catch_up_vectors(self, tell: Tell, may_postpone: bool) -> None:
        with contextlib.suppress(LockedError), self.postponing(tell) if may_postpone else contextlib.nullcontext():
            self.vectors.catch_up(tell, wait=0)


class KeepingUp:
    """The indexes' catching up in the background. Both spend their time outside Python."""

    def __init__(self, derived: Derived, tell: Tell) -> None:
        self._derived = derived
        self._tell = tell
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
            self._derived.pool.submit(self._derived.words.catch_up, self._tell),
            self._derived.pool.submit(self._advance_vectors),
        ]

    def stop(self) -> None:
        """Publish what was taken in. Raises what went wrong in the background."""
        try:
            self._wait()
            if self._vectors is not None:
                with self._derived.postponing(self._tell):
                    self._vectors.advance()
                    self._vectors.publish()
        finally:
            self._held.close()

    def _advance_vectors(self) -> None:
        if self._vectors is None:
            try:
                self._vectors = self._held.enter_context(self._derived.vectors.writing(self._tell, wait=0))
            except LockedError:
                return
        with self._derived.postponing(self._tell):
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
