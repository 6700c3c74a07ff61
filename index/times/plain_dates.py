"""Dates as sites and tables write them, in English. What is ambiguous or incomplete is no date: nothing is guessed."""

import re
from datetime import UTC, date, datetime

from index.times.calendar import MONTHS

_MONTHS = {name[:length]: number for number, name in enumerate(MONTHS, 1) for length in {3, len(name)}} | {"sept": 9}

_TIME = (
    r"(?:(?:T|\s*,?\s*at\s+|\s*[,|]?\s+)\d{1,2}(?::|\.|(?=\s*[ap]\.?m))(?:\d{2})?(?::\d{2}(?:[.,]\d+)?)?"
    r"(?:\s*[ap]\.?m\.?)?)?"
    r"(?:\s*(?:Z|[+-]\d{2}(?::?\d{2})?|\(?[A-Z]{2,5}\)?))*"
)
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark){_DAY}{_TIME}",
        rf"{_YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})(?:T?\d{{4}}(?:\d{{2}})?(?:Z|[+-]\d{{4}})?)?",
        rf"{_WEEKDAY}{_DAY}(?:\s+|-|\s+of\s+){_MONTH},?(?:\s+|-){_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_MONTH}(?:\s+|-){_DAY}(?:,\s*|\s+|-){_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}{_TIME}\s+{_YEAR}",
    )
]
_NUMERIC = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.IGNORECASE)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")


def parse_date(value: object) -> date | None:
    """The day that a value names, as it is written there: no time zone is applied.

    Understood: ISO forms, RFC 2822, `6 October 2020`, `Oct 6, 2020`, `2020/10/06`, dates, and seconds or milliseconds
    since 1970 (the day in UTC). `25/12/2020` is a date, `06/10/2020` may be two and is None, as is `October 2020`.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = " ".join(str(value).split()) if isinstance(value, str) else repr(value).removesuffix(".0")
    if not 6 <= len(text) <= 80:
        return None
    for form in _FORMS:
        if match := form.fullmatch(text):
            month = match["month"].lower()
            return _day(match["year"], _MONTHS.get(month) or int(month), match["day"])
    if match := _NUMERIC.fullmatch(text):
        first, second = int(match[1]), int(match[3])
        if first > 12 or first == second:
            return _day(match[4], second, first)
        return _day(match[4], first, second) if second > 12 else None
    return _since_1970(float(text)) if _EPOCH.fullmatch(text) else None


def _day(year: str | int, month: int, day: str | int) -> date | None:
    try:
        found = date(int(year), month, int(day))
    except ValueError:
        return None
    return found if found.year >= 1500 else None  # before newspapers: a default of some database


def _since_1970(seconds: float) -> date | None:
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 - 1 else seconds, UTC).date()
