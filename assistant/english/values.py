"""The numbers and days that a sentence names: what each counts, so that two sentences can be compared, and its date.

Numbers are read in digits, in words and in both: "1,450", "1.2 trillion", "two hundred and five", "half a million",
"two and a half million", "a dozen", "5m". Digits are those of any script, "٢٥٠" too. Where only one reading is
possible, a point may part thousands and a comma decimals: "1.250.000", "4,2".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from index.english import lexicon
from index.text.analysis import words_of
from index.text.scripts import plain_digits
from index.times.calendar import MONTHS, WEEKDAYS, Days
from index.times.periods import periods
from index.times.time_forms import plain

_NUMBERS = lexicon("numbers")
_ONES, _TENS = _NUMBERS.table("ones"), _NUMBERS.table("tens")
_WITHIN, _GROUPS = _NUMBERS.table("within"), _NUMBERS.table("groups")
_ATTACHED = _NUMBERS.table("attached")
_CURRENCY = _NUMBERS.table("currencies")
_HEDGES = _NUMBERS.table("hedges")
_DEAD, _HURT = _NUMBERS.words("dead"), _NUMBERS.words("hurt")
_PEOPLE = _NUMBERS.words("people") | {""}
_ENDS_CLAUSE = _NUMBERS.words("ends_clause")


def _either(words: Iterable[str]) -> str:
    """A regular expression for one of the words."""
    return "|".join(map(re.escape, words))


_SCALE = rf"(?:{_either((*_WITHIN, *_GROUPS))})\b"
_PART = re.compile(
    r"(?P<digits>(?<![\w.,])(?:\d+(?:,\d{3})*(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d+,\d\d?)(?!\d|[.,]\d))"
    rf"(?P<attached>(?:{_either(_ATTACHED)})\b)?(?!\w)"
    rf"|\b(?P<few>(?:half\s+)?an?)(?=\s+{_SCALE})"
    r"|\b(?P<half>and\s+a\s+half)\b"
    rf"|\b(?P<scale>{_SCALE})"
    rf"|\b(?P<word>{_either((*_ONES, *_TENS))})\b",
    re.IGNORECASE,
)
_BY_COMMA = re.compile(r"\d+(?:\.\d{3}){2,}(?:,\d+)?|\d+,\d\d?")  # has a decimal comma
_JOINT = re.compile(r"[\s-]+(?P<and>and\s+)?", re.IGNORECASE)
_SIGN = re.compile(rf"[{''.join(_CURRENCY)}]\s?\Z")
_UNIT = re.compile(rf"\s?(?:{_either(_NUMBERS.listed('units'))})(?!\w|[.,]\d)", re.IGNORECASE)
_SHORT = {name[:3]: at for at, name in enumerate(MONTHS, 1)}
_MONTH = rf"(?:{_either((*(name.title() for name in MONTHS), 'Jan', 'Feb', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'))})"
_DAY = re.compile(
    rf"(?P<date>\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}\b(?:,?\s(?:19|20)\d\d)?"
    rf"|\b{_MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,\s(?:19|20)\d\d)?)"
    rf"|(?P<weekday>\b(?:{_either(name.title() for name in WEEKDAYS)})\b)"
    rf"|(?P<month>\b{_MONTH}\b(?!\s+(?:said|told)))"
    r"|(?P<year>\b(?:(?:19|20)\d\d|(?<=in )1\d\d\d)\b(?![,.]\d|\s(?:people|euros|dollars)))"
)
_DAY_NUMBER = re.compile(r"\d{1,2}")
_HEDGE = re.compile(rf"\b(?:{_either(_HEDGES)})")
_SHARE = re.compile(r"\s+(?:\w+\s+)?of\s+([^.,;]*)")
_AFTER = re.compile(r"\s*(?:(\w+)|[.,;:!?)\"”]|$)")
_TO_COME = re.compile(r"\b(?:will|to be|next|due|plans?|expected)\b")
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Number:
    """An amount, written at `start` to `end` of a text."""

    amount: float
    start: int
    end: int


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
        _counted(sentence, one)
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
    kind, text = match.lastgroup or "", match[0]
    if kind == "year":
        amount = int(text)
    elif kind == "weekday":
        amount = WEEKDAYS.index(text.lower())
    else:
        amount = next(at for name, at in _SHORT.items() if name in text.lower())
        if kind == "date" and (day := _DAY_NUMBER.search(text)):
            amount = 100 * amount + int(day[0])
    return Value(kind, text, match.start(), match.end(), amount)


def _counted(sentence: str, one: Number) -> Value:
    """The number with its sign and unit, what it counts, and how exact it is."""
    sign, written = _SIGN.search(sentence[: one.start]), _UNIT.match(sentence, one.end)
    start, end = sign.start() if sign else one.start, written.end() if written else one.end
    after, before = words_of(sentence[end:][:60]), words_of(sentence[:start][-60:])
    unit = _CURRENCY[sign[0].strip()] if sign else _unit(written[0]) if written else ""
    deed = ""
    if not unit:
        unit = after[0] if after and after[0].isalpha() and not _ends_clause(sentence[end:]) else ""
        deed = deed_of([*after[:3], *before[::-1]]) if unit in _PEOPLE else deed_of([*after[:3], *before[::-1][:3]])
    hedges = _HEDGE.findall(sentence[:start].lower()[-16:])
    hedge = _HEDGES[hedges[-1]] if hedges else ""
    share = _SHARE.match(sentence, end)
    share_of = next(iter(words_of(share[1])), "") if share else ""
    return Value("number", sentence[start:end].strip(), start, end, one.amount, unit, deed, hedge, share_of)


def _unit(written: str) -> str:
    return written.strip().lower().replace("per cent", "percent").replace("%", "percent")


def _ends_clause(rest: str) -> bool:
    after = _AFTER.match(rest)
    return after is not None and (not after[1] or after[1] in _ENDS_CLAUSE)


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


def numbers_in(text: str) -> Iterator[Number]:
    """The numbers of a text in order. "One" alone and "million" alone are none, nor are ordinals and "half of them"."""
    run: list[re.Match[str]] = []
    for part in _PART.finditer(plain_digits(text)):
        if run and not _continues(run[-1], part):
            yield from _number(run)
            run = []
        if run or not part["half"]:
            run.append(part)
    yield from _number(run)


def _continues(before: re.Match[str], part: re.Match[str]) -> bool:
    """Whether a part goes on with the number: "two hundred" with "and five", but "two" not with "and seven"."""
    joint = _JOINT.fullmatch(part.string, before.end(), part.start())
    if joint is None or part["digits"] or part["few"]:
        return False
    if part["scale"] or part["half"]:
        return not joint["and"]
    if before["scale"]:
        return True
    tens = before["word"] and before["word"].lower() in _TENS
    return bool(tens) and not joint["and"] and _ONES.get(part["word"].lower(), 10) < 10


def _number(run: Sequence[re.Match[str]]) -> Iterator[Number]:
    lone = run[0] if len(run) == 1 else None
    if run and not (lone and (lone["scale"] or (lone["word"] or "").lower() == "one")):
        yield Number(_amount(run), run[0].start(), run[-1].end())


def _amount(run: Sequence[re.Match[str]]) -> float:
    whole, group, last = 0.0, 0.0, 1.0
    for part in run:
        scale = (part["scale"] or "").lower()
        if scale in _WITHIN:
            group = (group or 1.0) * _WITHIN[scale]
        elif scale:
            last = _GROUPS[scale]
            whole, group = whole + (group or 1.0) * last, 0.0
        elif part["half"] and not group:  # "a million and a half"
            whole += 0.5 * last
        else:
            group += _value(part)
    return whole + group


def _value(part: re.Match[str]) -> float:
    if part["digits"]:
        return _in_digits(part["digits"]) * float(_ATTACHED.get((part["attached"] or "").lower(), 1))
    if part["half"] or part["few"]:
        return 0.5 if "half" in part[0].lower() else 1.0
    word = part["word"].lower()
    return float(_ONES.get(word, 0) or _TENS[word])


def _in_digits(written: str) -> float:
    if _BY_COMMA.fullmatch(written):
        written = written.replace(".", "").replace(",", ".")
    return float(written.replace(",", ""))


def with_date(words: str, sentence: str, published: date | None) -> str:
    """The words with the date of a weekday, of "yesterday" or "last week" among them, told from the article's day."""
    for start, end, days in _days_of(words, sentence, published):
        if days.length == 1:
            words = f"{words[:start]}{day_in_words(days.first)}{words[end:]}"
        else:
            words = f"{words[:end]} ({day_in_words(days.first)} to {day_in_words(days.last)}){words[end:]}"
    return words


def with_dates_behind(sentence: str, published: date | None) -> str:
    """The sentence with dates in parentheses behind such words: "on Monday (5 October 2020)"."""
    for _, end, days in _days_of(sentence, sentence, published):
        last = "" if days.length == 1 else f" to {days.last.day} {days.last:%B %Y}"
        sentence = f"{sentence[:end]} ({days.first.day} {days.first:%B %Y}{last}){sentence[end:]}"
    return sentence


def _days_of(words: str, sentence: str, published: date | None) -> Iterator[tuple[int, int, Days]]:
    """The characters that name a day or a week without a number, and the days that they are; the last first."""
    if published is None:
        return
    text = plain(words)
    for period in reversed(periods(text, published)):
        start, end = text.span(period.first, period.end)
        when = period.when
        if any(letter.isdigit() for letter in words[start:end]):
            continue
        if not isinstance(when, Days):
            when = (when.begins_from if _TO_COME.search(sentence) else when.begun_by)(published)
        if when.length <= _WEEK:
            yield start, end, when


def day_in_words(day: date) -> str:
    """As in "Monday, 5 October 2020"."""
    return f"{day:%A}, {day.day} {day:%B %Y}"
