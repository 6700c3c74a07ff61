"""What happens while a question is being answered: Step, Found, Token and Notice as they come and, last, Done."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answer import Answer
from index.search.result import Results
from index.span_model.passage_reading import PassageReading


@dataclass(frozen=True, slots=True)
class Step:
    """One of several questions, which is asked for the sake of the whole."""

    question: str


@dataclass(frozen=True, slots=True)
class Found:
    """Search is done; these passages will be read."""

    results: Results


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the answer's text as it is made; marks such as `[2]` are not final before Done.

    It is a draft: Done has the answer, to which sentences of other sources may have been added.

    Empty while a model is at work without text to show: whoever listens can stop then.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One line that the reader should see."""

    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """The whole answer, citations resolved; the last event.

    `readings`, of a reader that has them, are what the span model made of the passages, by `key_of`: one for each part
    of the question.
    """

    answer: Answer
    readings: tuple[Mapping[str, PassageReading], ...] = ()


Event = Step | Found | Token | Notice | Done
