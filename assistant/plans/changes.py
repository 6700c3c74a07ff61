"""Whether a value has changed: the earliest and the latest that dated articles tell of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.english.values import Value, deed_of, values_of
from assistant.extractive.candidates import Candidate, candidates
from assistant.plans.claims import Change
from index.search.result import Retrieved
from index.text.analysis import words_of


@dataclass(frozen=True, slots=True)
class Told:
    """A value that a sentence tells of something, in an article of this day."""

    day: date
    value: Value
    sentence: Candidate

    @property
    def words(self) -> str:
        return self.value.text


@dataclass(frozen=True, slots=True)
class Changed:
    """The earliest and the latest value; `is_so` is whether the change is of the kind that is asked about."""

    first: Told
    last: Told
    is_so: bool


def changed(asked: Change, passages: Sequence[Retrieved]) -> Changed | None:
    """What dated articles tell of a value's change; None where they tell no two values of different days."""
    told = sorted(_told(asked.subject, passages), key=lambda one: one.day)
    for first in told:
        same = [one for one in told if one.value.is_of(first.value) and one.day > first.day]
        others = [one for one in same if not one.value.agrees(first.value)]
        if others:
            more = others[-1].value.amount - first.value.amount
            return Changed(first, others[-1], asked.way * more >= 0)
    return None


def _told(subject: str, passages: Sequence[Retrieved]) -> Iterator[Told]:
    """The numbers of what befell people, where the subject names that, else those beside all words of the subject."""
    stems = words_of(subject)
    deed = deed_of(stems)
    for one in candidates(passages):
        day = one.found.article.published
        for value in values_of(one.text) if day else []:
            is_told = value.deed == deed if deed else one.vocabulary.issuperset(stems)
            if day and value.kind == "number" and is_told:
                yield Told(day, value, one)
