"""The chat's menu of models: who answers the next question of this conversation."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, wait
from typing import Any, Protocol

import gradio as gr

from assistant.assistant import Reader
from index.errors import BylineError, SettingsError
from ui.wording import model_labels

_AT_ONCE = 0.3  # seconds: what opens sooner needs no word
_BEAT = 1.0  # seconds between two looks at what is opening


class Readers(Protocol):
    """The readers that can be chosen, each named by its spec."""

    def specs(self) -> list[str]:
        """The specs to choose from."""

    def open(self, spec: str) -> Reader:
        """The reader of a spec, the same one each time; may take long. Raises BylineError where it cannot be had."""


class ModelMenu:
    """A menu over `readers`, on whose specs the choice is limited; unseen where there is only one.

    `standing` answers until another is chosen.
    """

    def __init__(self, standing: Reader, readers: Readers | None) -> None:
        self._standing = standing
        self._readers = readers
        self._opening: dict[str, Future[Reader]] = {}
        self._lock = threading.Lock()
        self.component = gr.Dropdown(
            label="Answers by",
            elem_id="model",
            container=False,
            filterable=False,
            min_width=0,
            value=standing.name,
            **self._properties(),
        )

    def now(self) -> dict[Any, Any]:
        """The models that there are now."""
        return {self.component: gr.update(**self._properties())}

    def open(self, spec: str | None) -> Iterator[Reader | None]:
        """The reader that was chosen, last; before that None, again and again, as long as it is being opened.

        Who leaves off early leaves it to be opened for the next question. Raises BylineError.
        """
        if spec in (None, self._standing.name) or self._readers is None:
            yield self._standing
            return
        if spec not in self._specs():
            raise SettingsError(f"{spec} is not among the models of this chat; choose one from the menu")
        opening = self._begin(spec, self._readers)
        wait([opening], _AT_ONCE)
        while not opening.done():
            yield None
            wait([opening], _BEAT)
        yield opening.result()

    def _begin(self, spec: str, readers: Readers) -> Future[Reader]:
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
            opening.set_result(readers.open(spec))
        except BaseException as error:  # noqa: BLE001 it is raised in the conversations that wait
            opening.set_exception(error)
        with self._lock:  # the readers keep what is open; what failed is tried again at the next question
            del self._opening[spec]

    def _specs(self) -> list[str]:
        specs = self._readers.specs() if self._readers else []
        return list(dict.fromkeys(specs if self._standing.name in specs else [self._standing.name, *specs]))

    def _properties(self) -> dict[str, Any]:
        try:
            specs = self._specs()
        except BylineError:
            specs = [self._standing.name]
        return {"choices": list(zip(model_labels(specs), specs, strict=True)), "visible": len(specs) > 1}
