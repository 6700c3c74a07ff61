"""The days that have a name: feasts and public holidays, those of the United States where countries differ."""

import re
from datetime import date, timedelta

from index.times.calendar import Yearly, one_day

_FIXED = {
    r"christmas eve": (12, 24),
    r"christmas(?: day)?": (12, 25),
    r"boxing day": (12, 26),
    r"new year'?s'? eve": (12, 31),
    r"new year'?s'? day": (1, 1),
    r"hallowe'?en": (10, 31),
    r"(?:st\.? )?valentine'?s'? day": (2, 14),
    r"independence day|(?:the )?(?:fourth|4th) of july": (7, 4),
    r"juneteenth": (6, 19),
}
_FROM_EASTER = {r"good friday": -2, r"easter monday": 1, r"easter(?: sunday)?": 0}
_WEEKDAY_OF_MONTH = {  # month, weekday, which one
    r"thanksgiving(?: day)?": (11, 3, 4),
    r"labor day": (9, 0, 1),
    r"memorial day": (5, 0, -1),
}
HOLIDAY = "|".join((*_FIXED, *_FROM_EASTER, *_WEEKDAY_OF_MONTH))
HOLIDAY_WORDS = frozenset(  # one of which every name holds
    "day eve christmas hallowe halloween july juneteenth easter friday thanksgiving".split()
)
NATIONAL = re.compile(r"independence|thanksgiving|labor|memorial")  # other countries have their own


def holiday(name: str) -> Yearly:
    """By its name in small letters, which `HOLIDAY` matches."""
    return Yearly(lambda year: one_day(_day(name, year)))


def _day(name: str, year: int) -> date:
    for form, (month, day) in _FIXED.items():
        if re.fullmatch(form, name):
            return date(year, month, day)
    for form, days in _FROM_EASTER.items():
        if re.fullmatch(form, name):
            return easter(year) + timedelta(days=days)
    for form, (month, weekday, which) in _WEEKDAY_OF_MONTH.items():
        if re.fullmatch(form, name):
            return _weekday_of_month(year, month, weekday, which)
    raise ValueError(name)


def easter(year: int) -> date:
    """Western Easter Sunday, by the computus of Meeus, Jones and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    number = epact + to_sunday - 7 * late + 114
    return date(year, number // 31, number % 31 + 1)


def _weekday_of_month(year: int, month: int, weekday: int, which: int) -> date:
    if which > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    last = date(year, month + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)
