"""The readers that a chat lets its visitors choose from, opened when first asked and one copy of each."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, wait
from typing import Protocol

from assistant.request import Reader
from index.errors import SettingsError

_AT_ONCE = 0.3  # seconds: what opens sooner needs no word
_BEAT = 1.0  # seconds between two looks at what is opening


class Readers(Protocol):
    """Readers by their specs."""

    def specs(self) -> list[str]:
        """The specs to choose from."""

    def open(self, spec: str) -> Reader:
        """The reader of a spec, the same one each time; may take long. Raises BylineError where it cannot be had."""


class ReaderChoice:
    """`standing`, which answers until another is chosen, and those of `readers`.

    What is not among the specs is never opened, whatever a browser sends: a spec names a server to call or a file.
    """

    def __init__(self, standing: Reader, readers: Readers | None) -> None:
        self.standing = standing
        self._readers = readers
        self._opening: dict[str, Future[Reader]] = {}
        self._lock = threading.Lock()

    def specs(self) -> list[str]:
        """The specs to choose from, that of `standing` among them. Raises BylineError."""
        specs = self._readers.specs() if self._readers else []
        return list(dict.fromkeys(specs if self.standing.name in specs else [self.standing.name, *specs]))

    def open(self, spec: str | None) -> Iterator[Reader | None]:
        """The chosen reader, last; before that None, once a second, as long as it is being opened.

        Who leaves off early leaves it to be opened for the next question. Raises BylineError.
        """
        if spec is None or spec == self.standing.name:
            yield self.standing
            return
        if self._readers is None or spec not in self._readers.specs():
            raise SettingsError(f"{spec} is not among the models of this chat; choose one from the menu")
        opening = self._begin(spec, self._readers)
        wait([opening], _AT_ONCE)
        while not opening.done():
            yield None
            wait([opening], _BEAT)
        yield opening.result()

    def _begin(self, spec: str, readers: Readers) -> "Future[Reader]":
        """The reader to come, opened in one thread however many conversations wait for it."""
        with self._lock:
            opening = self._opening.get(spec)
            if opening is None:
                opening = self._opening[spec] = Future()
                # A daemon, for the end of the chat waits for no model to start.
                threading.Thread(target=self._fill, args=(spec, readers, opening), daemon=True).start()
            return opening

    def _fill(self, spec: str, readers: Readers, opening: "Future[Reader]") -> None:
        try:
            reader = readers.open(spec)
        except BaseException as error:  # noqa: BLE001 it is raised in the conversations that wait
            self._forget(spec)
            opening.set_exception(error)
        else:
            self._forget(spec)
            opening.set_result(reader)

    def _forget(self, spec: str) -> None:
        """The readers keep what is open; what failed is tried again at the next question."""
        with self._lock:
            del self._opening[spec]
