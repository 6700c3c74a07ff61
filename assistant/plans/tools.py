"""What the plans work with: search, a reader, and one budget of time for all the questions of a plan."""

import contextlib
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, zip_longest
from typing import TypeVar

from assistant.answer import Answer, Sentence
from assistant.events import Done, Event, Found, Notice, Step, Token
from assistant.extractive.quoting import QuotingReader
from assistant.finishing import LEAVE_OUT, SHOW, finished
from assistant.languages import other_language
from assistant.question.spelling import has_unknown, respelled
from assistant.request import Question, Reader, Request, Translator
from index.collection import Collection
from index.errors import BylineError
from index.filters import Filters
from index.search.event_days import event_day
from index.search.result import Results, Retrieved
from index.text.analysis import words_of

READ_PASSAGES = 10
SECONDS = 60.0  # for all the questions of a plan, the last of which may take longer

Result = TypeVar("Result")


@dataclass(slots=True)
class Tools:
    """What a plan works with while it answers `request`.

    `steps` are the questions that it asked so far, and `searching` the seconds that search took. It asks no further
    ones once its `seconds` are over. A plan that is `sure` need not look whether the question is of its kind.
    """

    collection: Collection
    reader: Reader
    request: Request
    unsupported: str = SHOW
    seconds: float = SECONDS
    sure: bool = False
    steps: list[str] = field(default_factory=list)
    searching: float = 0.0
    found: dict[tuple[str, int, Filters, bool], Results] = field(default_factory=dict, repr=False)
    refused: dict[str, Answer] = field(default_factory=dict, repr=False)
    began: float = field(default_factory=time.perf_counter)

    @property
    def is_late(self) -> bool:
        """Whether the time of the plan is over."""
        return time.perf_counter() - self.began > self.seconds

    def search(
        self, query: str, k: int = READ_PASSAGES, filters: Filters | None = None, any_time: bool = False
    ) -> Results:
        """The k passages that search finds for a query, with the request's own filters or others in their place.

        What was searched for already is not searched for again.
        """
        asked = query, k, filters or self.request.filters, any_time or self.request.any_time
        if asked not in self.found:
            began = time.perf_counter()
            self.found[asked] = self.collection.search(query, k, self.request.day, *asked[2:])
            self.searching += time.perf_counter() - began
        return self.found[asked]

    def respelled(self, question: str) -> str:
        """The question as the articles spell its words, where it has such as neither they nor English have."""
        held = frozenset(stem for stem, count in self.collection.frequency(words_of(question)).items() if count)
        if not has_unknown(question, held):
            return question
        return respelled(question, (one.passage.text for one in self.search(question)), held)

    def support(self, question: str) -> float:
        """The chance, 0 to 1, that what search finds for a question holds its answer, as the quoting reader sees it."""
        found = self.search(question)
        asked = Question(question, self.request.history, self.request.day, found.time)
        return QuotingReader(self.collection).confidence(asked, found)

    def day_of(self, event: str) -> date | None:
        """The day that search takes an event to be of, by reports of the whole collection; None where it is open."""
        indexes = self.collection.indexes()
        return event_day(indexes.catalogue, indexes.words.index, event, self.request.day) if indexes.words else None

    def answer(self, question: str, filters: Filters | None = None) -> Generator[Event, None, Answer]:
        """The answer to a question as it stands, with the events of search and of the reader.

        Raises BylineError where the reader ends without an answer, and what the reader raises.
        """
        if filters is None and question in self.refused:
            return self.refused[question]
        answer = yield from self.answer_from(question, (yield from self._found(question, filters)))
        if filters is None and not answer.answerable:
            self.refused[question] = answer
        return answer

    def answer_from(self, question: str, found: Results) -> Generator[Event, None, Answer]:
        """The same from passages that were found."""
        yield Found(found)
        yield from map(Notice, found.notices)
        from assistant.plans.premises import with_premise  # and the parser's modules, which a search needs not

        answer = yield from self.read(question, found)
        return replace(with_premise(question, answer, found), time=found.time)

    def read(self, question: str, found: Results) -> Generator[Event, None, Answer]:
        """What the reader makes of these passages for a question, finished as usual, with its events.

        Raises BylineError where the reader ends without an answer, and what the reader raises.
        """
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
        return answer

    def _found(self, question: str, filters: Filters | None) -> Generator[Event, None, Results]:
        """What search finds; where that is in another language than the question, what it finds for a translation too.

        Only a reader that can translate is asked to. Of both, the passages take turns.
        """
        found, reader = self.search(question, filters=filters), self.reader
        if not isinstance(reader, Translator):
            return found
        if not (other := other_language(question, found.passages, self.collection)):
            return found
        with contextlib.closing(reader.translated(question, other)) as translating:
            translated = yield from waiting(translating)
        return by_turns([self.search(translated, filters=filters), found], READ_PASSAGES) if translated else found

    def ask(self, question: str, filters: Filters | None = None) -> Generator[Event, None, Answer | None]:
        """The answer to one of several questions: of its events only notices are told. None once the time is over."""
        if self.is_late:
            return None
        self.steps.append(question)
        yield Step(question)
        with contextlib.closing(self.answer(question, filters)) as events:
            return (yield from waiting(events, Notice))

    def composed(self, question: str, sentences: tuple[Sentence, ...] = ()) -> Answer:
        """An answer of these sentences, which a plan then gives its form; a refusal where there are none."""
        return Answer(
            question, self.request.day, bool(sentences), sentences, llm=self.reader.name, steps=tuple(self.steps)
        )


def by_turns(found: Sequence[Results], most: int) -> Results:
    """The passages of several searches by turns, each once, `most` of them."""
    both: Iterator[Retrieved | None] = chain.from_iterable(zip_longest(*found))
    passages = {(one.article.id, one.passage.start): one for one in both if one}
    time = next((one.time for one in found if one.time), None)
    notices = dict.fromkeys(chain.from_iterable(one.notices for one in found))
    return Results(tuple(passages.values())[:most], time, tuple(notices))


def returned(work: Generator[Event, None, Result]) -> Result:
    """What a plan's work returns, for whoever wants none of its events."""
    while True:
        try:
            next(work)
        except StopIteration as ended:
            result: Result = ended.value
            return result


def waiting(
    work: Generator[Event | None, None, Result], *told: type[Notice] | type[Step]
) -> Generator[Event, None, Result]:
    """What a plan's or a model's work returns, with the events of the kinds `told`.

    In place of all others there is an empty Token each time, for whoever wants to leave.
    """
    while True:
        try:
            event = next(work)
        except StopIteration as ended:
            result: Result = ended.value
            return result
        yield event if isinstance(event, told) else Token("")
