"""The numbers and days that a sentence tells, each with what it counts, so that two sentences can be compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.text.analysis import words_of

_SMALL = dict(
    zip(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(),
        range(2, 20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_TIMES = {"dozen": 12, "hundred": 100, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Aug|Sept|Oct|Nov|Dec"
)
_WORDS = rf"(?:(?:{'|'.join(_TENS)})(?:-(?:one|{'|'.join(_SMALL)}))?|{'|'.join(_SMALL)})"
_NUMBER = re.compile(
    rf"(?P<sign>[$€£¥]\s?)?(?<![\w.,])(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|\b{_WORDS}\b)"
    r"(?:[\s-](?P<times>dozen|hundred|thousand|million|billion|bn)\b|(?P<short>bn|m|k)\b)?"
    r"(?:\s?(?P<unit>dollars|euros|pounds|crowns|yen|francs|percentage points|percent|per cent|%))?(?!\w|[.,]\d)",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"(?P<date>\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTHS})\b(?:,?\s(?:19|20)\d\d)?"
    rf"|\b(?:{_MONTHS})\.?\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,\s(?:19|20)\d\d)?)"
    r"|(?P<weekday>\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
    rf"|(?P<month>\b(?:{_MONTHS})\b(?!\s+(?:said|told)))"
    r"|(?P<year>\b(?:(?:19|20)\d\d|(?<=in )1\d\d\d)\b(?![,.]\d|\s(?:people|euros|dollars)))"
)
_HEDGE = re.compile(
    r"\b(?P<more>more than|over|upwards of)|(?P<less>fewer than|less than|under|up to)"
    r"|(?P<about>about|around|some|nearly|almost|roughly|approximately|close to|an estimated)"
)
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
        _number(sentence, match)
        for match in _NUMBER.finditer(sentence)
        if not any(start < match.end() and end > match.start() for start, end in taken)
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
        amount = int(text) if kind == "year" else sum(map(ord, text[:3].lower()))
    return Value(kind, text, match.start(), match.end(), amount)


def _month(name: str) -> int:
    return "jan feb mar apr may jun jul aug sep oct nov dec".split().index(name[:3].lower()) + 1


def _number(sentence: str, match: re.Match[str]) -> Value:
    written = match["number"].lower()
    first, _, second = written.partition("-")
    amount = float(written.replace(",", "")) if written[0].isdigit() else _spelled(first) + _spelled(second)
    times = (match["times"] or match["short"] or "").lower()
    amount *= _TIMES.get(times, 1)
    after = words_of(sentence[match.end() :][:60])
    before = words_of(sentence[: match.start()][-60:])
    sign = (match["sign"] or "").strip()
    unit = _CURRENCY.get(sign) or (match["unit"] or "").lower().replace("per cent", "percent").replace("%", "percent")
    deed = ""
    if not unit:
        unit = after[0] if after and after[0].isalpha() and not _ends_clause(sentence[match.end() :]) else ""
        deed = deed_of([*after[:3], *before[::-1]]) if unit in _PEOPLE else deed_of([*after[:3], *before[::-1][:3]])
    hedges = list(_HEDGE.finditer(sentence[: match.start()].lower()[-16:]))
    hedge = (hedges[-1].lastgroup or "") if hedges else ""
    share = re.match(r"\s+(?:\w+\s+)?of\s+([^.,;]*)", sentence[match.end() :])
    share_of = next(iter(words_of(share[1])), "") if share else ""
    return Value("number", match[0].strip(), match.start(), match.end(), amount, unit, deed, hedge, share_of)


def _spelled(word: str) -> int:
    return _SMALL.get(word, 0) or _TENS.get(word, 0) or int(word == "one")


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
