"""What the plans work with: search, a reader, and one budget of time for all the questions of a plan."""

import contextlib
import time
from collections.abc import Generator
from dataclasses import dataclass, field, replace

from assistant.answer import Answer, Sentence
from assistant.events import Done, Event, Found, Notice, Step, Token
from assistant.finishing import LEAVE_OUT, SHOW, finished
from assistant.request import Question, Reader, Request
from index.collection import Collection
from index.errors import BylineError
from index.filters import Filters
from index.search.result import Results

READ_PASSAGES = 10
SECONDS = 60.0  # for all the questions of a plan, the last of which may take longer


@dataclass(slots=True)
class Tools:
    """What a plan works with while it answers `request`.

    `steps` are the questions that it asked so far, and `searching` the seconds that search took. It asks no further
    ones once its `seconds` are over.
    """

    collection: Collection
    reader: Reader
    request: Request
    unsupported: str = SHOW
    seconds: float = SECONDS
    steps: list[str] = field(default_factory=list)
    searching: float = 0.0
    began: float = field(default_factory=time.perf_counter)

    @property
    def is_late(self) -> bool:
        """Whether the time of the plan is over."""
        return time.perf_counter() - self.began > self.seconds

    def search(
        self, query: str, k: int = READ_PASSAGES, filters: Filters | None = None, any_time: bool = False
    ) -> Results:
        """The k passages that search finds for a query, with the request's own filters or others in their place."""
        began = time.perf_counter()
        found = self.collection.search(
            query, k, self.request.day, filters or self.request.filters, any_time or self.request.any_time
        )
        self.searching += time.perf_counter() - began
        return found

    def answer(self, question: str, filters: Filters | None = None) -> Generator[Event, None, Answer]:
        """The answer to a question as it stands, with the events of search and of the reader.

        Raises BylineError where the reader ends without an answer, and what the reader raises.
        """
        found = self.search(question, filters=filters)
        yield Found(found)
        yield from map(Notice, found.notices)
        hide = self.unsupported == LEAVE_OUT
        asked = Question(question, self.request.history, self.request.day, found.time, hide)
        answer = None
        with contextlib.closing(self.reader.read(asked, found)) as events:  # a stopped answer stops its reader
            for event in events:
                if isinstance(event, Done):
                    answer = yield from finished(event, found, self.collection.text_of, self.unsupported)
                else:
                    yield event
        if answer is None:
            raise BylineError(f"the reader {self.reader.name} ended without an answer")
        from assistant.plans.premises import with_premise  # and the parser's modules, which a search needs not

        return replace(with_premise(question, answer, found), time=found.time)

    def ask(self, question: str, filters: Filters | None = None) -> Generator[Event, None, Answer | None]:
        """The answer to one of several questions: of its events only notices are told. None once the time is over."""
        if self.is_late:
            return None
        self.steps.append(question)
        yield Step(question)
        with contextlib.closing(self.answer(question, filters)) as events:
            while True:
                try:
                    event = next(events)
                except StopIteration as ended:
                    answer: Answer = ended.value
                    return answer
                yield event if isinstance(event, Notice) else Token("")

    def composed(self, question: str, sentences: tuple[Sentence, ...] = ()) -> Answer:
        """An answer of these sentences, which a plan then gives its form; a refusal where there are none."""
        return Answer(
            question, self.request.day, bool(sentences), sentences, llm=self.reader.name, steps=tuple(self.steps)
        )
