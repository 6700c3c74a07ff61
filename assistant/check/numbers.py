"""The numbers of a sentence: in digits and in words, with their size, as amounts of money, shares and ordinals."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.check.words import Word

Unit = Literal["", "%", "money", "ordinal", "text"]

_SMALL = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
} | {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SIZES = {
    "hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "m": 10**6, "mn": 10**6, "billion": 10**9,
    "bn": 10**9, "b": 10**9, "trillion": 10**12, "dozen": 12,
}  # fmt: skip
_ORDINALS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_BEGINNINGS = frozenset(("a", "an", "half", *_SMALL, *_ORDINALS))  # of amounts in words
_MONEY = {"dollar", "pound", "euro", "usd", "yen", "rupe", "yuan", "franc"}
_FRACTIONS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fourth": 0.25, "fifth": 0.2, "tenth": 0.1}
_ABOUT = {"about", "around", "nearly", "almost", "roughly", "approximately", "some", "over", "than", "least", "most"}
_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_NEAR = 0.05  # by so much may an "about" differ


@dataclass(frozen=True, slots=True)
class Amount:
    """A number; `unit` is "" where none is told, "text" for what is no number to reckon with, such as 5:30."""

    value: float
    unit: Unit
    about: bool = False
    written: str = ""

    def agrees(self, source: "Amount") -> bool:
        if self.unit and source.unit and self.unit != source.unit:
            return False
        if "ordinal" in (self.unit, source.unit) and self.unit != source.unit:
            return False
        if self.written or source.written:
            return self.written == source.written
        allowed = _NEAR * abs(source.value) if self.about else 1e-6 * abs(source.value)
        return abs(self.value - source.value) <= allowed


def amounts_in(words: Sequence[Word], taken: Collection[int]) -> list[tuple[Amount, int, int]]:
    """The numbers that are not part of what is `taken`, each with its first word and the one after its last."""
    found: list[tuple[Amount, int, int]] = []
    next_at = 0
    for at, word in enumerate(words):
        if at < next_at or at in taken or not (word.small in _BEGINNINGS or word.text[0].isdigit()):
            continue
        if read := _amount(words, at, taken):
            found.append((read[0], at, read[1]))
            next_at = read[1]
    return found


def _amount(words: Sequence[Word], first: int, taken: Collection[int]) -> tuple[Amount, int] | None:
    """The amount that begins at a word, and the place after its last one."""
    about = first > 0 and words[first - 1].small in _ABOUT
    word = words[first].small
    ahead = words[first + 1].small if first + 1 < len(words) and first + 1 not in taken else ""
    if word in _ORDINALS:
        return Amount(_ORDINALS[word], "ordinal"), first + 1
    if word[0].isdigit():
        if not _DIGITS.fullmatch(word):
            return Amount(0, "text", written=word), first + 1
        value, last = float(word.replace(",", "")), first + 1
        if ahead in ("st", "nd", "rd", "th") and words[last].start == words[first].end:
            return Amount(value, "ordinal"), first + 2
    elif begun := _in_words(word, ahead):
        value, last = begun[0], first + begun[1]
    else:
        return None
    value, last = _sized(value, words, last, taken)
    after = _at(words, last)
    if after.rstrip("s") in _FRACTIONS and value < 20 and words[first].text.isalpha():
        return Amount(value * _FRACTIONS[after.rstrip("s")], "", about), last + 1
    unit, last = _unit(words, first, last)
    return Amount(value, unit, about), last


def _in_words(word: str, ahead: str) -> tuple[float, int] | None:
    """A number below a hundred in words, or what stands before a hundred or a million; and how many words it has."""
    if word in _SMALL and not (word == "one" and ahead not in _SIZES):
        value = float(_SMALL[word])
        return (value + _SMALL[ahead], 2) if value >= 20 and 0 < _SMALL.get(ahead, 0) < 10 else (value, 1)
    if word in ("a", "an", "half") and ahead in ("hundred", "thousand", "million", "billion", "dozen"):
        return (0.5 if word == "half" else 1.0), 1
    return None


def _unit(words: Sequence[Word], first: int, last: int) -> tuple[Unit, int]:
    """The unit, and the place after its last word."""
    after = _at(words, last)
    if after in ("%", "percent", "percentage", "pct"):
        return "%", last + 1
    if after == "per" and _at(words, last + 1) == "cent":
        return "%", last + 2
    is_money = (first and words[first - 1].text in ("$", "£", "€")) or (last < len(words) and words[last].key in _MONEY)
    return ("money" if is_money else ""), last


def _sized(value: float, words: Sequence[Word], last: int, taken: Collection[int]) -> tuple[float, int]:
    """With the hundreds and millions that follow, and what follows these: two hundred and five."""
    while last < len(words) and last not in taken and (size := _SIZES.get(words[last].small)):
        if (
            len(words[last].text) <= 2
            and words[last].start != words[last - 1].end
            and words[last].text not in ("bn", "mn")
        ):
            break
        value, last = value * size, last + 1
        rest = last + (_at(words, last) == "and")
        small = _SMALL.get(_at(words, rest), 0)
        if size == 100 and small:
            value, last = value + small, rest + 1
            if small >= 20 and 0 < _SMALL.get(_at(words, last), 0) < 10:
                value, last = value + _SMALL[words[last].small], last + 1
    return value, last


def _at(words: Sequence[Word], place: int) -> str:
    return words[place].small if place < len(words) else ""
