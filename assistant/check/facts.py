"""The facts of a sentence that must agree with its source: its dates, numbers and names, each at its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.check.days import Day, days_in
from assistant.check.names import Name, names_in
from assistant.check.nearness import Vocabulary
from assistant.check.numbers import Amount, amounts_in
from assistant.check.slots import Slot, slots_of
from assistant.check.words import Word, words_in

Value = Day | Amount | Name


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that the words `first` to `last` (not included) name, and the words that it stands with."""

    value: Value
    first: int
    last: int
    slots: frozenset[Slot]

    def agrees(self, other: "Fact") -> bool:
        """Whether the other, of the source, means the same."""
        return type(self.value) is type(other.value) and self.value.agrees(other.value)  # type: ignore[arg-type]

    def rivals(self, other: "Fact") -> bool:
        """Whether the other is of the same kind, means something else, and stands where this does."""
        return type(self.value) is type(other.value) and not self.agrees(other) and bool(self.slots & other.slots)


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence with its words and facts, in order."""

    text: str
    words: tuple[Word, ...]
    facts: tuple[Fact, ...]
    keys: frozenset[str]
    vocabulary: Vocabulary

    @property
    def of_facts(self) -> frozenset[int]:
        """The places of the words that facts are made of."""
        return frozenset(at for fact in self.facts for at in range(fact.first, fact.last))

    def said(self, fact: Fact) -> str:
        """The words of a fact as they were written."""
        return self.text[self.words[fact.first].start : self.words[fact.last - 1].end]


def read(text: str, published: date | None, known_names: frozenset[str]) -> Read:
    """The facts of a sentence; days are told from the day of publication, `known_names` are keys of names."""
    words = words_in(text)
    days = days_in(text, words, published)
    taken = {at for _, first, last in days for at in range(first, last)}
    amounts = amounts_in(words, taken)
    taken |= {at for _, first, last in amounts for at in range(first, last)}
    names = names_in(words, taken, known_names)
    spans: Sequence[tuple[Value, int, int]] = [*days, *amounts, *names]
    filled = taken | {at for _, first, last in names for at in range(first, last)}
    facts = [Fact(value, first, last, slots_of(words, first, last, filled)) for value, first, last in spans]
    keys = frozenset(word.key for word in words)
    return Read(text, words, tuple(sorted(facts, key=lambda fact: fact.first)), keys, Vocabulary(words))
