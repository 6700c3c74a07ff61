"""Answering a question of the chat, step by step, by the reader that was chosen, whatever goes wrong."""

import contextlib
import logging
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING

from assistant.assistant import Assistant
from assistant.conversation.turn import Turn
from assistant.extractive.quoting import EXTRACTIVE
from assistant.request import Reader, Request
from index.errors import BylineError, FieldError, SettingsError
from ui.api.worker_pool import MODELS_AT_ONCE, QUOTED_AT_ONCE
from ui.chat.page_state import Conversation, Draft
from ui.wording import reading_status, starting_status

if TYPE_CHECKING:
    from assistant.readers import Readers

_SOMETHING_BROKE = "Something went wrong here. The details are in the terminal where Byline runs."

_PLACE_BEAT = 0.5  # seconds between two looks whether a place is free
_OPENS_AT_ONCE = 0.3  # seconds: what opens sooner needs no word
_OPENING_BEAT = 1.0  # seconds between two looks at what is opening

_log = logging.getLogger(__name__)

Steps = Generator[None, None, None]
Options = Callable[[str, Sequence[Turn]], Request]
"""From a question and the turns before it to a request, with what the options say."""

_LABELS = {"since": "From", "until": "To"}  # of the options


class Answering:
    """Answers with one assistant's collection, each question by a reader of its own choice.

    Some at once; what is quoted never waits for what a language model keeps waiting.
    """

    def __init__(self, assistant: Assistant, choice: "ReaderChoice") -> None:
        self._assistant = assistant
        self._choice = choice
        self._quoted = threading.BoundedSemaphore(QUOTED_AT_ONCE)
        self._by_models = threading.BoundedSemaphore(MODELS_AT_ONCE)

    def steps(self, conversation: Conversation, model: str | None, options: Options) -> Steps:
        """Answer the question that was taken up; yields whenever the conversation has changed.

        Every error becomes a line of the conversation: no one else could catch it. Closing this lets the reader go.
        """
        draft = conversation.draft
        if draft is None or draft.followed:
            return
        draft.followed = True
        yield  # the end of an earlier answer may have been drawn over it
        failure = ""
        try:
            yield from self._steps(draft, conversation, model, options)
        except FieldError as error:
            failure = f"{_LABELS.get(error.kind, error.kind.capitalize())}: {error}"
        except BylineError as error:
            failure = str(error)
        except Exception:  # noqa: BLE001 a page must survive whatever a reader raises
            _log.exception("answering %r failed", draft.question)
            failure = _SOMETHING_BROKE
        if failure and conversation.draft is draft:
            conversation.fail(failure)
        yield

    def _steps(self, draft: Draft, conversation: Conversation, model: str | None, options: Options) -> Steps:
        request = draft.request = draft.request or options(draft.question, conversation.history)
        reader = self._assistant.reader
        for opened in self._choice.open(model):
            if conversation.draft is not draft:
                return  # stopped
            reader = opened or reader
            conversation.wait(reading_status(reader.name) if opened else starting_status(model or ""))
            yield
        places = self._quoted if reader.name == EXTRACTIVE else self._by_models
        while not places.acquire(timeout=_PLACE_BEAT):
            yield
            if conversation.draft is not draft:
                return
        try:
            with contextlib.closing(self._assistant.stream(request, reader)) as events:
                yield from conversation.follow(events)
        finally:
            places.release()


class ReaderChoice:
    """The readers that visitors choose from: `standing`, which answers until another is chosen, and those of `readers`.

    What is not among the specs is never opened, whatever a browser sends: a spec names a server to call or a file.
    """

    def __init__(self, standing: Reader, readers: "Readers | None") -> None:
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
        wait([opening], _OPENS_AT_ONCE)
        while not opening.done():
            yield None
            wait([opening], _OPENING_BEAT)
        yield opening.result()

    def _begin(self, spec: str, readers: "Readers") -> "Future[Reader]":
        """The reader to come, opened in one thread however many conversations wait for it."""
        with self._lock:
            opening = self._opening.get(spec)
            if opening is None:
                opening = self._opening[spec] = Future()
                # A daemon, for the end of the chat waits for no model to start.
                threading.Thread(target=self._fill, args=(spec, readers, opening), daemon=True).start()
            return opening

    def _fill(self, spec: str, readers: "Readers", opening: "Future[Reader]") -> None:
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
