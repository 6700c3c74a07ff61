"""Answering a question of the chat, step by step, by the reader that was chosen, whatever goes wrong."""

import contextlib
import logging
import threading
from collections.abc import Callable, Generator, Sequence

from assistant.assistant import Assistant
from assistant.conversation.turn import Turn
from assistant.extractive.quoting import EXTRACTIVE
from assistant.request import Request
from index.errors import BylineError, FieldError
from ui.api.desk import MODELS_AT_ONCE, QUOTED_AT_ONCE
from ui.page.conversation import Conversation, Draft
from ui.reader_choice import ReaderChoice
from ui.wording import reading, starting

_SOMETHING_BROKE = "Something went wrong here. The details are in the terminal where Byline runs."

_BEAT = 0.5  # seconds between two looks whether a place is free

_log = logging.getLogger(__name__)

Steps = Generator[None, None, None]
Options = Callable[[str, Sequence[Turn]], Request]
"""From a question and the turns before it to a request, with what the options say."""

_LABELS = {"since": "From", "until": "To"}  # of the options


class Answering:
    """Answers with one assistant's collection, each question by a reader of its own choice.

    Some at once; what is quoted never waits for what a language model keeps waiting.
    """

    def __init__(self, assistant: Assistant, choice: ReaderChoice) -> None:
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
            conversation.wait(reading(reader.name) if opened else starting(model or ""))
            yield
        places = self._quoted if reader.name == EXTRACTIVE else self._by_models
        while not places.acquire(timeout=_BEAT):
            yield
            if conversation.draft is not draft:
                return
        try:
            with contextlib.closing(self._assistant.stream(request, reader)) as events:
                yield from conversation.follow(events)
        finally:
            places.release()
