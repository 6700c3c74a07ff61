"""The facts of a sentence that must agree with its source: its dates, numbers and names, each at its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.check.days import Day, days_in
from assistant.check.names import Name, names_in
from assistant.check.nearness import Vocabulary
from assistant.check.negation import denied
from assistant.check.numbers import Amount, amounts_in
from assistant.check.slots import SPEAKER, Slot, one_of, slots_of
from assistant.check.words import Word

Value = Day | Amount | Name


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that the words `first` to `last` (not included) name, and the words that it stands with."""

    value: Value
    first: int
    last: int
    slots: frozenset[Slot]
    frame: tuple[str, str] | None  # the keys of the words before and after

    def agrees(self, other: "Fact") -> bool:
        """Whether the other, of the source, means the same."""
        return type(self.value) is type(other.value) and self.value.agrees(other.value)  # type: ignore[arg-type]

    def shares_place(self, other: "Fact") -> bool:
        """Whether it stands where the other does: with the same word, or between the same two."""
        return bool(self.slots & other.slots) or self.shares_frame(other)

    def shares_frame(self, other: "Fact") -> bool:
        return bool(self.frame) and self.frame == other.frame

    def shares_side(self, other: "Fact") -> bool:
        """Whether the word before or the word after is the same."""
        mine, its = self.frame or (), other.frame or ()
        return any(one == that for one, that in zip(mine, its, strict=False))

    def rivals(self, other: "Fact") -> bool:
        """Whether the other, of the same kind, means something else and stands where this does."""
        if not (self.shares_frame(other) or (type(self.value) is type(other.value) and self.slots & other.slots)):
            return False
        return self._kind == other._kind and not self.agrees(other)

    @property
    def _kind(self) -> str:
        if isinstance(self.value, Name):
            return "name"
        return "ordinal" if isinstance(self.value, Amount) and self.value.unit == "ordinal" else "number or day"


@dataclass(frozen=True)
class Read:
    """A sentence as the check reads it; days are told from `published`, `names` are keys of words known for names.

    What not every sentence of a source is asked for is found when it is.
    """

    text: str
    words: tuple[Word, ...]
    published: date | None
    names: frozenset[str]

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(word.key for word in self.words)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.words)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Its facts in order; none overlap."""
        days = days_in(self.text, self.words, self.published)
        taken = {at for _, first, last in days for at in range(first, last)}
        amounts = amounts_in(self.words, taken)
        taken |= {at for _, first, last in amounts for at in range(first, last)}
        found: list[tuple[Value, int, int]] = [*days, *amounts, *names_in(self.words, taken, self.names)]
        filled = {at for _, first, last in found for at in range(first, last)}
        facts = [
            Fact(value, first, last, slots_of(self.words, first, last, filled), _frame(self.words, first, last))
            for value, first, last in found
        ]
        return tuple(sorted(facts, key=lambda fact: fact.first))

    @cached_property
    def of_facts(self) -> frozenset[int]:
        """The places of the words that facts are made of."""
        return frozenset(at for fact in self.facts for at in range(fact.first, fact.last))

    @cached_property
    def denials(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """The place of each word that denies, with the places of the words it denies."""
        return tuple(denied(self.words))

    def may_tell(self, fact: Fact) -> bool:
        """Whether it has the words that a fact in the place of this one stands with: a quick look."""
        if fact.frame and all(key in self.keys for key in fact.frame if key):
            return True
        return any(slot == SPEAKER or slot.key in self._slot_keys for slot in fact.slots)

    @cached_property
    def _slot_keys(self) -> frozenset[str]:
        return frozenset(map(one_of, self.keys))

    def said(self, fact: Fact) -> str:
        """The words of a fact as they were written."""
        return self.text[self.words[fact.first].start : self.words[fact.last - 1].end]


def _frame(words: Sequence[Word], first: int, last: int) -> tuple[str, str] | None:
    """None at an end of the sentence where the one word beside says too little."""
    last += last < len(words) and words[last].key == "'s"
    before = words[first - 1] if first else None
    after = words[last] if last < len(words) else None
    if not (before and after) and not any(word and word.is_content for word in (before, after)):
        return None
    return before.key if before else "", after.key if after else ""
