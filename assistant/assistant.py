"""The assistant: a question goes in, a cited answer comes out, whole or as a stream of events."""

import contextlib
import time
from collections.abc import Generator
from dataclasses import replace

from assistant import plans
from assistant.answer import Answer
from assistant.conversation.turn import Turn as Turn
from assistant.events import Done, Event
from assistant.finishing import SHOW
from assistant.plans.tools import Tools, waiting
from assistant.question.asked import Kind, kind_asked, likely_kinds
from assistant.request import Reader, Request, Rewriter
from index.collection import Collection
from index.errors import BylineError
from index.text.decoding import storable

_REQUESTS: tuple[Kind, ...] = ("sequence", "summary", "list", "collection")  # that may be phrases alone
_OF_THE_CONVERSATION: tuple[Kind, ...] = ("answer", "talk")  # kinds that are not asked of the articles
# What making a question standalone must gain, in the chance that it is answered, where it only adds a topic to it, and
# may lose, where it puts a name in the place of a pronoun; on our own conversations anything near does as well.
_GAINED, _LOST = 0.05, 0.2
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
        """The same as events: Found, the Notices of search, then Token and Notice as they come, then Done; a Step for
        each of several questions that are asked for the sake of this one.

        Empty Tokens come while a model is waited for, before Found as well.
        """
        request, reader = Request(request) if isinstance(request, str) else request, reader or self.reader
        text = " ".join(storable(request.question).split())
        tools = Tools(self.collection, reader, request, self.unsupported)
        understood = tools.respelled((yield from self._understood(text, tools)))
        kinds = [request.kind] if request.kind else likely_kinds(understood)
        answer = yield from plans.answer(understood, kinds, tools)
        total = time.perf_counter() - tools.began
        timings = {"search": tools.searching, "read": total - tools.searching, "total": total}
        yield Done(
            replace(
                answer,
                question=text,
                standalone=understood if understood != text else "",
                timings_ms={name: 1000 * seconds for name, seconds in timings.items()},
                filters=request.filters,
            )
        )

    def _understood(self, text: str, tools: Tools) -> Generator[Event, None, str]:
        """The standalone form of a question, which what speaks of the answer before itself has not."""
        kind = tools.request.kind or kind_asked(text)
        if kind in _OF_THE_CONVERSATION or not tools.request.history:
            return text
        return (yield from self._standalone(text, tools, kind in _REQUESTS))

    def _standalone(self, question: str, tools: Tools, request: bool) -> Generator[Event, None, str]:
        """The question without its need of the turns before, by the reader's model if it has one, else by rules.

        It stays as it is where the collection bears it out as well so: a question may look as if it leaned on others.
        """
        from assistant.conversation.followups import standalone  # with patterns, which a single question needs not

        history, reader = tools.request.history, tools.reader
        made = standalone(question, history, self._told(history[-1]), request)
        if made == question:
            return question
        if isinstance(reader, Rewriter):
            with contextlib.closing(reader.standalone(question, history)) as rewriting:
                made = (yield from waiting(rewriting)) or made
        gained = tools.support(made) - tools.support(question)
        only_added = made.startswith(question.rstrip(" ?.!"))
        return made if gained > (_GAINED if only_added else -_LOST) else question

    def _told(self, turn: Turn) -> str:
        """The articles that a turn cites, which may have been removed since."""
        return "\n".join(map(self.collection.text_of, turn.articles[:_TOLD]))
