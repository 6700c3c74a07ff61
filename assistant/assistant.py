"""The assistant: a question goes in, a cited answer comes out, whole or as a stream of events."""

import contextlib
import re
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from assistant.answer import Answer
from assistant.attribution import attributed
from assistant.disagreements import with_disagreements
from assistant.events import Done, Event, Found, Notice
from index.collection import LONGEST, Collection
from index.decoding import storable
from index.errors import BylineError
from index.filters import ALL, Filters
from index.search_result import Results, Retrieved
from index.text_analysis import words_of
from index.time_expression import TimeExpression

READ_PASSAGES = 10

_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|he|him|his|she|her|hers|those|these)\b", re.IGNORECASE)
_DATED = re.compile(r"\d|\b(?:January|February|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber)\b")


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and the text that answered it."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a reader gets it."""

    text: str
    history: tuple[Turn, ...]
    as_of: date
    time: TimeExpression | None = None  # what search understood of its words for time, and took care of

    @property
    def subject(self) -> str:
        """The text without words for time that search took care of: a report of last week does not say "last week".

        A year or a month that is no filter stays, for a passage may name another.
        """
        if self.time and (self.time.kind == "within" or not _DATED.search(self.time.text)):
            return self.text.replace(self.time.text, " ", 1)
        return self.text

    @property
    def context(self) -> str:
        """The question before, where this one leans on it ("when was it lifted?", "why?"); else nothing."""
        leans = bool(_PRONOUN.search(self.text)) or len(words_of(self.text)) < 2
        return self.history[-1].question if self.history and leans else ""


class Reader(Protocol):
    """Reads passages and answers. It yields Token and Notice events and, last, one Done."""

    @property
    def name(self) -> str:
        """The spec that names this reader, as `--llm` takes it."""

    def read(self, question: Question, passages: Sequence[Retrieved]) -> Generator[Event, None, None]: ...


class Assistant:
    """Answers questions over one collection with one reader.

    >>> answer = Assistant(collection, reader).ask("Why did Canada suspend the permits?")
    """

    def __init__(self, collection: Collection, reader: Reader) -> None:
        self.collection = collection
        self.reader = reader

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        filters: Filters = ALL,
        any_time: bool = False,
    ) -> Answer:
        """The answer to a question asked on `as_of` (today by default), from the articles that pass the filters.

        With `any_time` the question's own words for time are not read. Raises CollectionError, UnknownName,
        ArticleNotFound or ModelError, never an answer that hides a failure.
        """
        for event in self.stream(question, history, as_of, filters, any_time):
            if isinstance(event, Done):
                return event.answer
        raise BylineError(f"the reader {self.reader.name} ended without an answer")

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        filters: Filters = ALL,
        any_time: bool = False,
    ) -> Generator[Event, None, None]:
        """The same as events: Found, the Notices of search, then Token and Notice as they come, then Done."""
        text = " ".join(storable(question[:LONGEST]).split())
        asked = Question(text, tuple(history), as_of or date.today())
        began = time.perf_counter()
        query = f"{asked.context} {asked.text}".strip()[-LONGEST:]  # what is cut off is of the question before
        found = self.collection.search(query, READ_PASSAGES, asked.as_of, filters, any_time)
        searched = time.perf_counter()
        yield Found(found)
        yield from map(Notice, found.notices)
        asked = replace(asked, time=found.time)
        with contextlib.closing(self.reader.read(asked, found)) as events:  # a stopped answer stops its reader
            for event in events:
                if isinstance(event, Done):
                    ended = time.perf_counter()
                    timings = {"search": searched - began, "read": ended - searched, "total": ended - began}
                    milliseconds = {name: 1000 * seconds for name, seconds in timings.items()}
                    answer = replace(event.answer, timings_ms=milliseconds, filters=filters, time=found.time)
                    answer = self._with_sources(answer, found)
                    event = Done(answer)
                    if dropped := answer.dropped_citations:
                        yield Notice(f"Citations of the model that point at no passage were dropped: {dropped}")
                yield event

    def _with_sources(self, answer: Answer, found: Results) -> Answer:
        """The answer with who says each sentence, and what other sources tell otherwise."""
        told = with_disagreements(answer, found)
        return replace(told, sentences=attributed(told.sentences, self.collection.text_of))
