"""The quoted answer in place of a language model's that failed."""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace

from assistant.assistant import Question, Reader, Rewriter
from assistant.conversation.turn import Turn
from assistant.events import Done, Event, Notice
from index.errors import ModelError
from index.search.result import Retrieved


class FallbackReader:
    """Reads with one reader and, where its model fails, before or in mid-answer, with another.

    The answer then has the first one's name in `failed`, and a Notice says why. Tokens that came before the failure
    are no part of it.
    """

    def __init__(self, reader: Reader, instead: Reader) -> None:
        self._reader = reader
        self._instead = instead

    @property
    def name(self) -> str:
        return self._reader.name

    def standalone(self, question: str, history: Sequence[Turn]) -> Generator[None, None, str]:
        """As the first reader makes it; "" where it cannot, or fails."""
        return (yield from self._reader.standalone(question, history)) if isinstance(self._reader, Rewriter) else ""

    def read(self, question: Question, passages: Sequence[Retrieved]) -> Generator[Event, None, None]:
        """As the first reader, which is asked again each time: a server that was down may be up."""
        try:
            with closing(self._reader.read(question, passages)) as events:
                yield from events
            return
        except ModelError as error:
            yield Notice(f"The answer is quoted from the articles instead: {error}")
        with closing(self._instead.read(question, passages)) as events:
            for event in events:
                if isinstance(event, Done):
                    yield Done(replace(event.answer, failed=self._reader.name))
                elif isinstance(event, Notice):
                    yield event
