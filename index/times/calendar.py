"""Days, weeks, months, quarters, seasons, years and decades, and those that come again, such as feasts."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from index.english import lexicon

_WORDS = lexicon("calendar")
MONTHS = _WORDS.listed("months")
WEEKDAYS = _WORDS.listed("weekdays")
SEASONS: Mapping[str, int] = _WORDS.table("seasons")
HOLIDAYS: Mapping[str, str] = _WORDS.table("holidays")

_LONGEST_CYCLE = 9  # years from one 29 February to the next, at most


class Days(NamedTuple):
    """From `first` to `last`, both included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


class Recurring(Protocol):
    """What comes again: a month, a feast, a day of the week."""

    def begun_by(self, day: date) -> Days:
        """The latest that begins on `day` or before."""

    def ended_before(self, day: date) -> Days:
        """The latest that ends before `day`."""

    def around(self, day: date) -> Days:
        """The one that `day` is in, or of the same year or week."""

    def begins_from(self, day: date) -> Days:
        """The first that begins on `day` or later."""


@dataclass(frozen=True, slots=True)
class Yearly:
    """`of(year)` raises ValueError where a year has none."""

    of: Callable[[int], Days]

    def begun_by(self, day: date) -> Days:
        return self._first_of(range(day.year, day.year - _LONGEST_CYCLE, -1), lambda days: days.first <= day)

    def ended_before(self, day: date) -> Days:
        return self._first_of(range(day.year, day.year - _LONGEST_CYCLE, -1), lambda days: days.last < day)

    def around(self, day: date) -> Days:
        before = self.begun_by(day)
        return before if day <= before.last else self.of(day.year)

    def begins_from(self, day: date) -> Days:
        return self._first_of(range(day.year, day.year + _LONGEST_CYCLE), lambda days: days.first >= day)

    def _first_of(self, years: range, fits: Callable[[Days], bool]) -> Days:
        for number in years:
            try:
                days = self.of(number)
            except ValueError:
                continue
            if fits(days):
                return days
        raise ValueError("no such days")


@dataclass(frozen=True, slots=True)
class Weekly:
    """A day of the week, Monday being 0."""

    weekday: int

    def begun_by(self, day: date) -> Days:
        return one_day(day - timedelta(days=(day.weekday() - self.weekday) % 7))

    def ended_before(self, day: date) -> Days:
        return self.begun_by(day - timedelta(days=1))

    def around(self, day: date) -> Days:
        return one_day(week(day).first + timedelta(days=self.weekday))

    def begins_from(self, day: date) -> Days:
        return one_day(day + timedelta(days=(self.weekday - day.weekday()) % 7))


@dataclass(frozen=True, slots=True)
class Monthly:
    """A day of the month, from 1 to 31; months that are too short have none."""

    number: int

    def begun_by(self, day: date) -> Days:
        return self._first(day, -1, lambda found: found <= day)

    def ended_before(self, day: date) -> Days:
        return self.begun_by(day - timedelta(days=1))

    def around(self, day: date) -> Days:
        return one_day(day.replace(day=self.number))

    def begins_from(self, day: date) -> Days:
        return self._first(day, 1, lambda found: found >= day)

    def _first(self, day: date, step: int, fits: Callable[[date], bool]) -> Days:
        for months_on in range(0, 3 * step, step):  # of two months on end one has 31 days
            at = day.year * 12 + day.month - 1 + months_on
            if self.number <= monthrange(at // 12, at % 12 + 1)[1] and fits(
                found := date(at // 12, at % 12 + 1, self.number)
            ):
                return one_day(found)
        raise ValueError("no such day")


def one_day(day: date) -> Days:
    return Days(day, day)


def week(day: date) -> Days:
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=6))


def weekend(day: date) -> Days:
    return Days(week(day).first + timedelta(days=5), week(day).last)


def month(year: int, number: int) -> Days:
    return Days(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def months(year: int, first: int, count: int) -> Days:
    """`count` months, of which the last may be in the next year."""
    return Days(date(year, first, 1), month(year + (first + count - 2) // 12, (first + count - 2) % 12 + 1).last)


def quarter(year: int, number: int) -> Days:
    return months(year, 3 * number - 2, 3)


def season(year: int, name: str) -> Days:
    return months(year, SEASONS[name], 3)


def years(first: int, last: int) -> Days:
    return Days(date(first, 1, 1), date(last, 12, 31))


def decade(first: int) -> Days:
    return years(first, first + 9)


def days_before(day: date, count: int, unit: str) -> date:
    """`day` less so many days, weeks, fortnights, months or years; the last of a month where that day is none of it."""
    if unit in ("day", "week", "fortnight"):
        return day - timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    number = day.year * 12 + day.month - 1 - count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    return date(number // 12, number % 12 + 1, min(day.day, monthrange(number // 12, number % 12 + 1)[1]))


def unit_around(day: date, unit: str, steps: int = 0) -> Days:
    """The day, week, month, quarter, year or decade that `day` is in, or one so many steps after or before it."""
    for _ in range(abs(steps)):
        around = unit_around(day, "week" if unit == "weekend" else unit)
        day = around.last + timedelta(days=1) if steps > 0 else around.first - timedelta(days=1)
    match unit:
        case "week" | "fortnight":
            return week(day)
        case "weekend":
            return weekend(day)
        case "month":
            return month(day.year, day.month)
        case "quarter":
            return quarter(day.year, (day.month + 2) // 3)
        case "year":
            return years(day.year, day.year)
        case "decade":
            return decade(day.year // 10 * 10)
    return one_day(day)


def part(days: Days, which: str) -> Days:
    """The `early`, `mid` or `late` third: of a month, of ten days; of a year, of four months."""
    at = ("early", "mid", "late").index(which)
    if days == month(days.first.year, days.first.month):
        last = days.last if at == 2 else days.first.replace(day=10 * at + 10)
        return Days(days.first.replace(day=10 * at + 1), last)
    if days == years(days.first.year, days.first.year):
        return months(days.first.year, 4 * at + 1, 4)
    if days == decade(days.first.year):
        years_in = ((0, 3), (4, 6), (7, 9))[at]
        return years(days.first.year + years_in[0], days.first.year + years_in[1])
    third = timedelta(days=days.length // 3)
    edges = (days.first, days.first + third, days.last - third + timedelta(days=1), days.last + timedelta(days=1))
    return Days(edges[at], max(edges[at], edges[at + 1] - timedelta(days=1)))


def half(days: Days, second: bool) -> Days:
    """Of a year six months; of anything else half of its days, the middle one in the first."""
    if days == years(days.first.year, days.first.year):
        return months(days.first.year, 7 if second else 1, 6)
    middle = days.first + timedelta(days=(days.length - 1) // 2)
    return Days(middle + timedelta(days=1), days.last) if second and days.length > 1 else Days(days.first, middle)


def holiday(name: str) -> Yearly:
    """By its name in `HOLIDAYS`."""
    return Yearly(lambda year: one_day(_holiday(HOLIDAYS[name].split(), year)))


def _holiday(rule: list[str], year: int) -> date:
    """Of `25 december`, `easter -2` or `last monday of may`."""
    if rule[0] == "easter":
        return easter(year) + timedelta(days=int(rule[1]))
    number = MONTHS.index(rule[-1]) + 1
    if len(rule) == 2:
        return date(year, number, int(rule[0]))
    days = month(year, number)
    weekday = Weekly(WEEKDAYS.index(rule[1]))
    if rule[0] == "last":
        return weekday.begun_by(days.last).first
    return weekday.begins_from(days.first).first + timedelta(weeks=int(rule[0][0]) - 1)


def easter(year: int) -> date:
    """Western Easter Sunday, by the computus of Meeus, Jones and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    number = epact + to_sunday - 7 * late + 114
    return date(year, number // 31, number % 31 + 1)
