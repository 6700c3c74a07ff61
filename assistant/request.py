"""What is asked of the assistant: a question with all that shapes its answer, made once and passed on whole."""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast, runtime_checkable

from assistant.conversation.turn import Turn
from assistant.events import Event
from assistant.question.asked import KINDS, Kind
from index.collection import LONGEST, Collection
from index.errors import FieldError
from index.filters import ALL, Filters, Names, day_written
from index.search.result import Results, Retrieved
from index.times import TimeExpression
from index.times.calendar import MONTHS

_DATED = re.compile(rf"\d|\b(?:{'|'.join(name.title() for name in MONTHS)})\b")


@dataclass(frozen=True, slots=True)
class Request:
    """A question after the earlier turns in `history`, asked on `as_of` (None is today), about what the filters let by.

    With `any_time` the question's own words for time are not read. With a `kind` the question is taken to be of that
    kind, whatever it looks like.

    Raises:
        FieldError: the question is empty, or too long to be read, or there is no such kind.
    """

    question: str
    history: tuple[Turn, ...] = ()
    as_of: date | None = None
    filters: Filters = ALL
    any_time: bool = False
    kind: Kind | None = None

    def __post_init__(self) -> None:
        if not self.question.strip():
            raise FieldError("question", "the question is empty")
        if len(self.question) > LONGEST:
            line = f"the question has {len(self.question)} characters; at most {LONGEST} are read"
            raise FieldError("question", line)
        if self.kind is not None and self.kind not in KINDS:
            raise FieldError("kind", f"{self.kind!r} is no kind of question; there are {', '.join(KINDS)}")

    @classmethod
    def read(
        cls,
        question: str,
        history: Sequence[Turn] = (),
        *,
        as_of: str | None = None,
        since: str | None = None,
        until: str | None = None,
        outlets: Names = None,
        authors: Names = None,
        articles: Names = None,
        any_time: bool = False,
        kind: str | None = None,
    ) -> "Request":
        """The request as it is written, with days as `index.filters.days_written` reads them. Raises FieldError."""
        filters = Filters.read(since, until, outlets, authors, articles)
        day = day_written("as of", as_of)
        return cls(" ".join(question.split()), tuple(history), day, filters, any_time, cast(Kind | None, kind or None))

    @property
    def day(self) -> date:
        """The day that it is asked on."""
        return self.as_of or date.today()

    def search(self, collection: Collection, k: int) -> Results:
        """The k passages that search finds for the question as it stands, best first; see `Collection.search`."""
        return collection.search(self.question, k, self.day, self.filters, self.any_time)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a reader gets it: standalone, whatever the earlier turns in `history` were."""

    text: str
    history: tuple[Turn, ...]
    as_of: date
    time: TimeExpression | None = None  # what search understood of its words for time, and took care of
    only_supported: bool = False  # whether no one may see a sentence that nothing supports, also not as a Token

    @property
    def subject(self) -> str:
        """The text without words for time that search took care of: a report of last week does not say "last week".

        A year or a month that is no filter stays, for a passage may name another.
        """
        if self.time and (self.time.kind == "within" or not _DATED.search(self.time.text)):
            return self.text.replace(self.time.text, " ", 1)
        return self.text


class Reader(Protocol):
    """Reads passages and answers. It yields Token and Notice events and, last, one Done."""

    @property
    def name(self) -> str:
        """The spec that names this reader, as `--llm` takes it."""

    def read(self, question: Question, passages: Sequence[Retrieved]) -> Generator[Event, None, None]: ...


@runtime_checkable
class Planner(Protocol):
    """A reader that can also say which questions a question takes, none where it cannot. It yields while it waits."""

    def steps(self, question: str) -> Generator[None, None, Sequence[str]]: ...


@runtime_checkable
class Rewriter(Protocol):
    """A reader that can also make a follow-up question standalone; "" where it cannot. It yields while it waits."""

    def standalone(self, question: str, history: Sequence[Turn]) -> Generator[None, None, str]: ...


@runtime_checkable
class Translator(Protocol):
    """A reader that can also ask a question in another language, named by ISO 639; "" where it cannot."""

    def translated(self, question: str, language: str) -> Generator[None, None, str]: ...
