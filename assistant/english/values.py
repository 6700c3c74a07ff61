"""The numbers and days that a sentence tells, each with what it counts, so that two sentences can be compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.english.numbers import Number, numbers_in
from index.text.analysis import words_of
from index.times.calendar import MONTHS, WEEKDAYS

_MONTHS = "|".join((*(name.title() for name in MONTHS), "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec"))
_SIGN = re.compile(r"[$€£¥]\s?\Z")
_UNIT = re.compile(
    r"\s?(?:dollars|euros|pounds|crowns|yen|francs|percentage points|percent|per cent|%)(?!\w|[.,]\d)", re.IGNORECASE
)
_DAY = re.compile(
    rf"(?P<date>\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTHS})\b(?:,?\s(?:19|20)\d\d)?"
    rf"|\b(?:{_MONTHS})\.?\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,\s(?:19|20)\d\d)?)"
    rf"|(?P<weekday>\b(?:{'|'.join(name.title() for name in WEEKDAYS)})\b)"
    rf"|(?P<month>\b(?:{_MONTHS})\b(?!\s+(?:said|told)))"
    r"|(?P<year>\b(?:(?:19|20)\d\d|(?<=in )1\d\d\d)\b(?![,.]\d|\s(?:people|euros|dollars)))"
)
_HEDGE = re.compile(
    r"\b(?P<more>more than|over|upwards of)|(?P<less>fewer than|less than|under|up to)"
    r"|(?P<about>about|around|some|nearly|almost|roughly|approximately|close to|an estimated)"
)
_PERCENT = re.compile(r"per cent|%")
_CURRENCY = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"}
_DEAD = frozenset("die dead death kill fatal perish slain live toll".split())
_HURT = frozenset("hurt injur wound".split())
_PEOPLE = frozenset(["", "peopl", "person", "live", "death", "fatal", "dead"])


@dataclass(frozen=True, slots=True)
class Value:
    """A number or a day at `start` to `end` of a sentence.

    `kind` is number, date, weekday, month or year. `unit` is the stem of what is counted, `deed` dead or hurt where
    people are; `hedge` is more, less or about where it is no exact number.
    """

    kind: str
    text: str
    start: int
    end: int
    amount: float
    unit: str = ""
    deed: str = ""
    hedge: str = ""
    share_of: str = ""  # the stem behind "of": 91 percent of adults

    def is_of(self, other: "Value") -> bool:
        """Whether both say how many there are of the same thing, or on what day."""
        if self.kind != other.kind or self.deed != other.deed:
            return False
        if self.share_of and other.share_of and self.share_of != other.share_of:
            return False
        if self.kind != "number" or self.unit == other.unit:
            return True
        return bool(self.deed) and self.unit in _PEOPLE and other.unit in _PEOPLE

    def agrees(self, other: "Value") -> bool:
        """Whether both can be true: more than 200 and 260, 40,000 and 39,812."""
        if self.kind != "number":
            return self.amount == other.amount
        return self.amount == other.amount or _allows(self, other) or _allows(other, self)


def values_of(sentence: str) -> list[Value]:
    """The values of a sentence in order."""
    days = [_day(match) for match in _DAY.finditer(sentence)]
    taken = [(day.start, day.end) for day in days]
    numbers = [
        _number(sentence, one)
        for one in numbers_in(sentence)
        if not any(start < one.end and end > one.start for start, end in taken)
    ]
    return sorted([*days, *numbers], key=lambda value: value.start)


def deed_of(stems: Sequence[str]) -> str:
    """What befell people, by the first word that tells it."""
    for stem in stems:
        if stem in _DEAD:
            return "dead"
        if stem in _HURT:
            return "hurt"
    return ""


def _day(match: re.Match[str]) -> Value:
    kind = match.lastgroup or ""
    text = match[0]
    if kind == "date":
        month = _month(re.search(rf"{_MONTHS}", text)[0])  # type: ignore[index]
        amount = 100 * month + int(re.search(r"\d{1,2}", text)[0])  # type: ignore[index]
    elif kind == "month":
        amount = _month(text)
    else:
        amount = int(text) if kind == "year" else WEEKDAYS.index(text.lower())
    return Value(kind, text, match.start(), match.end(), amount)


def _month(name: str) -> int:
    return next(at for at, month in enumerate(MONTHS, 1) if month.startswith(name[:3].lower()))


def _number(sentence: str, one: Number) -> Value:
    """The number with its sign and unit, what it counts, and how exact it is."""
    sign, written = _SIGN.search(sentence[: one.start]), _UNIT.match(sentence, one.end)
    start, end = sign.start() if sign else one.start, written.end() if written else one.end
    after, before = words_of(sentence[end:][:60]), words_of(sentence[:start][-60:])
    unit = (
        _CURRENCY[sign[0].strip()] if sign else _PERCENT.sub("percent", written[0].strip().lower()) if written else ""
    )
    deed = ""
    if not unit:
        unit = after[0] if after and after[0].isalpha() and not _ends_clause(sentence[end:]) else ""
        deed = deed_of([*after[:3], *before[::-1]]) if unit in _PEOPLE else deed_of([*after[:3], *before[::-1][:3]])
    hedges = list(_HEDGE.finditer(sentence[:start].lower()[-16:]))
    hedge = (hedges[-1].lastgroup or "") if hedges else ""
    share = re.match(r"\s+(?:\w+\s+)?of\s+([^.,;]*)", sentence[end:])
    share_of = next(iter(words_of(share[1])), "") if share else ""
    return Value("number", sentence[start:end].strip(), start, end, one.amount, unit, deed, hedge, share_of)


def _ends_clause(rest: str) -> bool:
    return bool(re.match(r"\s*(?:[.,;:!?)\"”]|$|in\b|on\b|at\b|for\b|were\b|was\b|have\b|had\b|after\b|when\b)", rest))


def _allows(one: Value, other: Value) -> bool:
    """Whether the first, by its hedge or as a round number, leaves room for the second.

    "At least 12" leaves none for 19: it is how papers write a count that is not over.
    """
    if one.hedge == "more":
        return one.amount <= other.amount < 1.5 * one.amount
    if one.hedge == "less":
        return other.amount <= one.amount < 2 * other.amount
    if one.hedge == "about":
        return abs(one.amount - other.amount) <= 0.1 * max(one.amount, other.amount)
    if one.amount < 1000 and float(other.amount).is_integer():
        return False  # counts of a few are exact
    digits = len(f"{one.amount:.10g}".replace(".", "").strip("0")) or 1
    return float(f"{other.amount:.{digits}g}") == one.amount
