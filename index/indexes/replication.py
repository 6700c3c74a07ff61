"""How a search index follows the catalogue: what is new is written to a copy, and the copy published at once.

The catalogue names the published place of each index with the revision that it holds. A process that dies while it
writes leaves that as it was, and a copy that nobody names, which the next writer sweeps away.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from index.errors import DiskFull, IndexDamaged
from index.indexes.index_stores import Index, Store
from index.store.catalogue import Catalogue, DerivedState
from index.store.database import PATIENCE, is_for_want_of_room, lock

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Published(Generic[Index]):
    """An open index, and what of the catalogue it holds."""

    index: Index
    state: DerivedState


class Follower(Generic[Index]):
    """One search index of a catalogue, in one of a store's places. `tell` gets a line for each repair or wait."""

    def __init__(self, store: Store[Index], catalogue: Catalogue, folder: Path, tell: Tell) -> None:
        self.name = store.name
        self.store = store
        self.catalogue = catalogue
        self.folder = folder
        self.tell = tell
        self._open: Published[Index] | None = None

    def state(self) -> DerivedState | None:
        """What is published, if its place is there."""
        state = self.catalogue.derived(self.name)
        return state if state and self.store.has(state.place) else None

    def is_current(self) -> bool:
        """Whether the index holds the catalogue's revision."""
        state = self.state()
        return state is not None and state.revision == self.catalogue.revision

    def published(self) -> Published[Index] | None:
        """The index as it was last published, checked when it is opened; None while there is none.

        Raises IndexDamaged.
        """
        while (state := self.state()) is not None:
            if self._open is None or self._open.state != state:
                self.close()  # Chroma shows what others wrote only to a client opened afterwards
                try:
                    self._open = Published(self._opened(state), state)
                except IndexDamaged:
                    if self.state() == state:
                        raise
                    continue  # another process has published a newer one meanwhile
            return self._open
        return None

    def close(self) -> None:
        if self._open is not None:
            self._open.index.close()
            self.store.let_go()
            self._open = None

    def catch_up(self, wait: float = PATIENCE) -> None:
        """Bring the index to the revision that the catalogue has now; who adds later sees to that himself.

        Raises LockedError where another process is at it for long.
        """
        if not self.is_current():
            with self.writing(wait) as writing:
                writing.advance()
                writing.publish()

    def build_anew(self) -> None:
        """Build a damaged index from the catalogue. Raises LockedError where another process is writing it."""
        damaged = self.state()
        self.close()
        with self.writing(wait=0) as writing:
            if self.state() == damaged:  # else another process has just built it anew
                self.catalogue.forget_derived(self.name)
                writing.advance()
                writing.publish()

    @contextlib.contextmanager
    def writing(self, wait: float = PATIENCE) -> Iterator["Writing[Index]"]:
        """Hold the index's lock and write. Raises LockedError as `catch_up` does."""
        with lock(self.folder, self.name, wait, self.tell):
            writing = Writing(self)
            try:
                yield writing
            finally:
                writing.close()

    def _opened(self, state: DerivedState) -> Index:
        index = self.store.open(state.place)
        try:
            if index.count() != state.passages:
                raise IndexDamaged(f"the {self.name} index has not as many passages as it should")
        except BaseException:
            index.close()
            self.store.let_go()
            raise
        return index


class Writing(Generic[Index]):
    """The writing of copies, by the holder of the index's lock: any number of advances, then a publishing.

    Raises DiskFull where there is no room for it; what is published stays as it was.
    """

    def __init__(self, follower: Follower[Index]) -> None:
        self._follower = follower
        self._store = follower.store
        self._tell = follower.tell
        self._folder = follower.folder
        self._catalogue = follower.catalogue
        self._place = ""  # that is written to
        self._copy: Index | None = None
        self._revision = 0
        self.unpublished = 0  # passages taken in since the last publishing

    def advance(self) -> None:
        """Take in what is new in the catalogue."""
        with self._room_needed():
            try:
                if self._copy is None:
                    self._begin(self._base())
                self._take_in()
            except IndexDamaged as error:
                if not self._revision or is_for_want_of_room(error, self._folder):  # or it was begun anew already
                    raise
                self._tell(f"{error}; building it anew from the catalogue")
                self._begin(None)
                self._take_in()

    def publish(self) -> None:
        """Let every process see what was taken in."""
        if self._copy is None:
            return
        with self._room_needed():
            passages = self._copy.count()
            self._let_go()
            self._store.seal(self._place)
            self._catalogue.set_derived(self._follower.name, DerivedState(self._place, self._revision, passages))
            kept, self._place = self._place, ""
            self._store.sweep(kept)

    def close(self) -> None:
        """Drop what was not published: it takes room."""
        self._let_go()
        if self._place:
            self._store.discard(self._place)
            self._place = ""

    def _let_go(self) -> None:
        if self._copy is not None:
            self._copy.close()
            self._copy, self.unpublished = None, 0

    @contextlib.contextmanager
    def _room_needed(self) -> Iterator[None]:
        try:
            yield
        except (IndexDamaged, OSError, sqlite3.Error) as error:
            if not is_for_want_of_room(error, self._folder):
                raise
            self.close()
            what = f"the disk is full, so the {self._follower.name} index cannot take in what is new"
            raise DiskFull(f"{self._folder}: {what}; make room and run `byline rebuild`, nothing is lost") from error

    def _base(self) -> DerivedState | None:
        """What is published, if it can be built upon."""
        state = self._follower.state()
        if state is not None and not self._store.is_whole(state.place):
            self._tell(f"the {self._follower.name} index is damaged; building it anew from the catalogue")
            return None
        recorded = self._catalogue.derived(self._follower.name)
        if state is None and recorded is not None and recorded.place:
            self._tell(f"the {self._follower.name} index is not there; building it anew from the catalogue")
        return state

    def _begin(self, base: DerivedState | None) -> None:
        self.close()
        if base is not None and self._store.is_worn(base.place, base.passages):
            base = None
        self._revision = base.revision if base else 0
        self._place = self._store.copy(base.place) if base else self._store.new_place()
        self._copy = self._store.open_to_write(self._place)

    def _take_in(self) -> None:
        assert self._copy is not None
        target = self._catalogue.revision  # articles may be added meanwhile: they are for the next time
        passages = self._catalogue.passages
        removed = passages.removed_since(self._revision, target) if self._revision else []
        self._copy.change(removed, self._store.changes(passages, self._revision, target))
        self.unpublished += len(removed) + passages.count_between(self._revision, target)
        self._revision = target
