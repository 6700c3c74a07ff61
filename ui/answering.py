"""Answering a question of the chat, step by step, by the reader that was chosen, whatever goes wrong."""

import contextlib
import logging
import threading
from collections.abc import Callable, Generator
from copy import copy
from datetime import date

from assistant.assistant import Assistant
from assistant.quoting import EXTRACTIVE
from index.errors import BylineError, UnknownName
from index.filters import Filters
from ui.api.desk import MODELS_AT_ONCE, QUOTED_AT_ONCE
from ui.page.chips import Asked
from ui.page.conversation import Conversation, Draft
from ui.reader_choice import ReaderChoice
from ui.wording import reading, starting

_SOMETHING_BROKE = "Something went wrong here. The details are in the terminal where Byline runs."

_BEAT = 0.5  # seconds between two looks whether a place is free

_log = logging.getLogger(__name__)

Steps = Generator[None, None, None]
Options = Callable[[], tuple[date | None, Filters]]


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
        except UnknownName as error:
            failure = f"{error.kind.capitalize()}: {error}"
        except BylineError as error:
            failure = str(error)
        except Exception:  # noqa: BLE001 a page must survive whatever a reader raises
            _log.exception("answering %r failed", draft.question)
            failure = _SOMETHING_BROKE
        if failure and conversation.draft is draft:
            conversation.fail(failure)
        yield

    def _steps(self, draft: Draft, conversation: Conversation, model: str | None, options: Options) -> Steps:
        if draft.asked is None:
            as_of, filters = options()
            draft.asked = Asked(draft.question, conversation.history, as_of, filters)
        assistant = copy(self._assistant)  # of this answer alone: others may have chosen another reader
        for reader in self._choice.open(model):
            if conversation.draft is not draft:
                return  # stopped
            if reader:
                assistant.reader = reader
                conversation.wait(reading(reader.name))
            else:
                conversation.wait(starting(model or ""))
            yield
        places = self._quoted if assistant.reader.name == EXTRACTIVE else self._by_models
        while not places.acquire(timeout=_BEAT):
            yield
            if conversation.draft is not draft:
                return
        asked = draft.asked
        question = (asked.question, asked.history, asked.as_of, asked.filters, asked.any_time)
        try:
            with contextlib.closing(assistant.stream(*question)) as events:
                yield from conversation.follow(events)
        finally:
            places.release()
