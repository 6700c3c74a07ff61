"""The two search indexes that follow the catalogue, and how they catch up with it.

Before an index is written its state in the catalogue is set to not clean, and after the write to clean at the
new revision. An index that is found not clean, missing, damaged, of another make or of the wrong size is built
anew, in a new folder, from the catalogue.
"""

import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.adding import titled
from index.catalogue import Catalogue, DerivedState, StoredPassage
from index.damage import is_intact, record_checksum
from index.errors import IndexDamaged
from index.words import WordIndex

if TYPE_CHECKING:  # Chroma takes seconds to import; what only reads the catalogue must not wait for it
    from index.vectors import VectorIndex

Tell = Callable[[str], None]

_MAKES = {
    "words": "words-1",
    "vectors": "vectors-1",
}  # raised when an index's analyzer or configuration changes
_BATCH = 5000


class Derived:
    """The word and vector index of one collection, opened on first use."""

    def __init__(self, catalogue: Catalogue, folder: Path) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._words: tuple[str, int, WordIndex] | None = None
        self._vectors: tuple[str, int, VectorIndex] | None = None

    def is_current(self) -> bool:
        """Whether both indexes are whole and hold the catalogue's revision."""
        revision = self._catalogue.revision
        states = [self._state(name) for name in _MAKES]
        return all(state is not None and state.revision == revision for state in states)

    def is_whole(self) -> bool:
        """Whether both indexes' files are undamaged and hold as many passages as the catalogue; opens them."""
        _, passages = self._catalogue.count()
        states = [self._state(name) for name in _MAKES]
        if not all(state and is_intact(self._folder / state.folder) for state in states):
            return False
        try:
            words, vectors = self.words(), self.vectors()
            return words is not None and vectors is not None and words.count() == vectors.count() == passages
        except IndexDamaged:
            return False

    def words(self) -> WordIndex | None:
        """The word index as it is now on disk; None while there is none."""
        state = self._state("words")
        if state and (self._words is None or self._words[:2] != (state.folder, state.revision)):
            self._words = (state.folder, state.revision, WordIndex(self._folder / state.folder))
        return self._words[2] if self._words else None

    def vectors(self) -> "VectorIndex | None":
        """The vector index as it is now on disk; None while there is none."""
        from index.vectors import VectorIndex

        state = self._state("vectors")
        if state and (self._vectors is None or self._vectors[:2] != (state.folder, state.revision)):
            self._close_vectors()  # Chroma shows what others wrote only to a client opened afterwards
            self._vectors = (state.folder, state.revision, VectorIndex(self._folder / state.folder))
        return self._vectors[2] if self._vectors else None

    def catch_up(self, tell: Tell) -> None:
        """Bring both indexes to the catalogue's revision. Only for the holder of the writer lock."""
        self.close()
        list(self._pool.map(lambda name: self._catch_up(name, tell), _MAKES))

    def catch_up_meanwhile(self, tell: Tell) -> "Future[None]":
        """The same in the background, while articles are being added; `result()` waits and raises what went wrong."""
        return self._starter.submit(self.catch_up, tell)

    def close(self) -> None:
        self._words = None
        self._close_vectors()

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        """One thread for each index, kept: both spend their time outside Python, and each opens the catalogue."""
        return ThreadPoolExecutor(len(_MAKES), thread_name_prefix="byline-index")

    @cached_property
    def _starter(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(1, thread_name_prefix="byline-catch-up")

    def _close_vectors(self) -> None:
        if self._vectors:
            self._vectors[2].close()
            self._vectors = None

    def _state(self, name: str) -> DerivedState | None:
        state = self._catalogue.derived(name)
        usable = (
            state and state.clean and state.folder.startswith(_MAKES[name]) and (self._folder / state.folder).is_dir()
        )
        return state if usable else None

    def _catch_up(self, name: str, tell: Tell) -> None:
        state = self._state(name)
        if state is not None:
            if state.revision == self._catalogue.revision:
                return
            if self._append(name, state, tell):
                return
        elif self._catalogue.derived(name) is not None:
            tell(f"the {name} index was left unfinished; building it anew from the catalogue")
        self._write(name, DerivedState(f"{_MAKES[name]}-{uuid.uuid4().hex[:8]}", 0, clean=True))
        self._sweep(name)

    def _append(self, name: str, state: DerivedState, tell: Tell) -> bool:
        if not is_intact(self._folder / state.folder):
            tell(f"the {name} index is damaged; building it anew from the catalogue")
            return False
        try:
            self._write(name, state)
        except IndexDamaged as error:
            tell(f"{error}; building it anew")
            return False
        return True

    def _write(self, name: str, state: DerivedState) -> None:
        target = self._catalogue.revision  # articles may be added meanwhile: they are for the next time
        self._catalogue.set_derived(name, DerivedState(state.folder, state.revision, clean=False))
        removed = self._catalogue.removed_since(state.revision, target) if state.revision else []
        added = self._catalogue.passages_since(state.revision, target)
        write = _write_words if name == "words" else _write_vectors
        write(self._folder / state.folder, removed, added)
        record_checksum(self._folder / state.folder)
        self._catalogue.set_derived(name, DerivedState(state.folder, target, clean=True))

    def _sweep(self, name: str) -> None:
        state = self._catalogue.derived(name)
        for folder in self._folder.glob(f"{name}-*"):
            if state is None or folder.name != state.folder:
                shutil.rmtree(folder, ignore_errors=True)


def _write_words(folder: Path, removed: Sequence[int], added: Iterator[StoredPassage]) -> None:
    WordIndex(folder).change(removed, ((p.key, titled(p.article, p.passage)) for p in added))


def _write_vectors(folder: Path, removed: Sequence[int], added: Iterator[StoredPassage]) -> None:
    from index.vectors import VectorIndex

    with VectorIndex(folder) as index:
        index.remove(removed)
        while batch := list(islice(added, _BATCH)):
            index.add([p.key for p in batch], np.stack([p.vector for p in batch]))
