"""The assistant: a question goes in, a cited answer comes out, whole or as a stream of events."""

import contextlib
import time
from collections.abc import Generator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from assistant.answer import Answer
from assistant.conversation.turn import Turn as Turn
from assistant.events import Done, Event, Found, Notice, Token
from assistant.finishing import LEAVE_OUT, SHOW, finished
from assistant.languages import other_language
from assistant.request import Question, Reader, Request, Rewriter, Translator
from index.collection import Collection
from index.errors import BylineError
from index.search.result import Results
from index.text.decoding import storable

READ_PASSAGES = 10
_TOLD = 3  # articles of the turn before, by whose words a follow-up is known


class Assistant:
    """Answers questions over one collection with one reader.

    With `unsupported="leave out"` sentences that no source supports are left out, of the Tokens as well, and counted in
    a Notice.

    >>> answer = Assistant(collection, reader).ask("Why did Canada suspend the permits?")
    """

    def __init__(self, collection: Collection, reader: Reader, unsupported: str = SHOW) -> None:
        self.collection = collection
        self.reader = reader
        self.unsupported = unsupported

    def ask(self, request: Request | str, reader: Reader | None = None) -> Answer:
        """The answer to a request, or to a question alone, by a reader of the caller's choice or the assistant's.

        Raises FieldError, UnknownName, ArticleNotFound, CollectionError or ModelError, never an answer that hides a
        failure.
        """
        reader = reader or self.reader
        for event in self.stream(request, reader):
            if isinstance(event, Done):
                return event.answer
        raise BylineError(f"the reader {reader.name} ended without an answer")

    def stream(self, request: Request | str, reader: Reader | None = None) -> Generator[Event, None, None]:
        """The same as events: Found, the Notices of search, then Token and Notice as they come, then Done.

        Empty Tokens come while a model is waited for, before Found as well.
        """
        request, reader = Request(request) if isinstance(request, str) else request, reader or self.reader
        text = " ".join(storable(request.question).split())
        began = time.perf_counter()
        understood = yield from self._standalone(text, request.history, reader)
        hide = self.unsupported == LEAVE_OUT
        asked = Question(understood, request.history, request.day, only_supported=hide)
        found = yield from self._found(understood, request, reader)
        searched = time.perf_counter()
        yield Found(found)
        yield from map(Notice, found.notices)
        asked = replace(asked, time=found.time)
        answer = None
        with contextlib.closing(reader.read(asked, found)) as events:  # a stopped answer stops its reader
            for event in events:
                if isinstance(event, Done):
                    answer = yield from finished(event, found, self.collection.text_of, self.unsupported)
                else:
                    yield event
        if answer:
            ended = time.perf_counter()
            timings = {"search": searched - began, "read": ended - searched, "total": ended - began}
            yield Done(
                replace(
                    answer,
                    question=text,
                    standalone=understood if understood != text else "",
                    timings_ms={name: 1000 * seconds for name, seconds in timings.items()},
                    filters=request.filters,
                    time=found.time,
                )
            )

    def _standalone(self, question: str, history: Sequence[Turn], reader: Reader) -> Generator[Token, None, str]:
        """The question without its need of the turns before, by the reader's model if it has one, else by rules."""
        if not history:
            return question
        from assistant.conversation.followups import standalone  # with patterns, which a single question needs not

        by_rules = standalone(question, history, self._told(history[-1]))
        if by_rules == question or not isinstance(reader, Rewriter):
            return by_rules
        with contextlib.closing(reader.standalone(question, history)) as rewriting:
            by_model = yield from _while_waiting(rewriting)
        return by_model or by_rules

    def _found(self, question: str, request: Request, reader: Reader) -> Generator[Token, None, Results]:
        """What search finds; where that is in another language than the question, what it finds for a translation too.

        Only a reader that can translate is asked to. Of both, the passages take turns.
        """

        def search(query: str) -> Results:
            return self.collection.search(query, READ_PASSAGES, request.day, request.filters, request.any_time)

        found = search(question)
        if not isinstance(reader, Translator):
            return found
        if not (other := other_language(question, found.passages, self.collection)):
            return found
        with contextlib.closing(reader.translated(question, other)) as translating:
            translated = yield from _while_waiting(translating)
        return _by_turns(search(translated), found) if translated else found

    def _told(self, turn: Turn) -> str:
        """The articles that a turn cites, which may have been removed since."""
        return "\n".join(map(self.collection.text_of, turn.articles[:_TOLD]))


def _by_turns(one: Results, other: Results) -> Results:
    """The passages of two searches by turns, each once, as many as an answer is read from."""
    both = chain.from_iterable(zip_longest(one.passages, other.passages))
    places = {(found.article.id, found.passage.start): found for found in both if found}
    return replace(one, passages=tuple(places.values())[:READ_PASSAGES], time=one.time or other.time)


def _while_waiting(rewriting: Generator[None, None, str]) -> Generator[Token, None, str]:
    """What it returns; an empty Token each time that it waits, for whoever wants to leave."""
    while True:
        try:
            next(rewriting)
        except StopIteration as ended:
            return str(ended.value)
        yield Token("")
