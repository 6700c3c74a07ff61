"""Periods that words around them narrow or join: early 2020, the week of 5 October, from March to May."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from index.times.calendar import (
    Days,
    Recurring,
    Weekly,
    Yearly,
    days_before,
    half,
    one_day,
    part,
    quarter,
    unit_around,
)
from index.times.periods import Period
from index.times.question_text import PlainText
from index.times.time_words import NUMBER, ORDINAL, number, ordinal

_NARROWED = re.compile(
    r"(?:\b(?:in|on|at) )?(?P<all>(?:\bthe )?(?:\bvery )?(?:"
    r"\b(?P<part>early|mid|late|(?:beginning|start|middle|end) of)(?: in)?"
    r"|\b(?P<half>first|1st|second|2nd|latter|last) half of"
    rf"|(?:\b(?P<quarter>{ORDINAL}) quarter|\bq(?P<q>[1-4]))(?: of)?"
    rf"|\b(?P<nth>{ORDINAL}) (?:(?P<n>{NUMBER}) )?(?P<unit>day|week|weekend|month)s? (?:of|in)"
    r"|\b(?P<around>week|weekend) (?:of|beginning|starting|commencing|ending)(?: on)?"
    r")[ -](?:the )?)\Z"
)
_EDGE = re.compile(r"\b(?:since|after|before|until|till|up to|by|as of|prior to|from) \Z")
_PARTS = {"beginning of": "early", "start of": "early", "middle of": "mid", "end of": "late"}
_OF = re.compile(r",? (?:(?:of|in|on) )?\Z")
_TO = re.compile(r"(?: ?- ?|/|, (?:and |or )?| (?:to|and|or|until|till|through|up to) )(?:the )?\Z")
_NOW = re.compile(r" (?:to|until|till|through|up to) (?:now|(?:the )?present(?: day)?|date)\b")
_OPENING = re.compile(r"\b(from|between) (?:the )?\Z")
_LONGEST = 60  # characters of a narrowing


def joined(found: list[Period], text: PlainText, as_of: date) -> list[Period]:
    """The same periods, narrowed, set within one another, and drawn together where two are the ends of one."""
    narrowed = [_narrow(period, text) for period in found]
    return _pairs(_pairs(narrowed, text, as_of, _set_within), text, as_of, _range)


def _narrow(period: Period, text: PlainText) -> Period:
    for _ in range(2):
        before = text.small[max(0, period.start - _LONGEST) : period.start]
        match = _NARROWED.search(before)
        if not match or isinstance(period.when, Weekly):
            break
        narrower = _narrower(match, bool(_EDGE.search(before[: match.start("all")])))
        try:
            period = Period(period.start - len(match["all"]), period.end, _mapped(period.when, narrower))
        except (ValueError, OverflowError):
            break
    return period


def _narrower(match: re.Match[str], at_edge: bool) -> Callable[[Days], Days]:
    """`at_edge`: "by the end of" means a day, where "at the end of" means some weeks."""
    if which := match["part"]:
        if at_edge and which.endswith(" of") and which != "middle of":
            return lambda days: one_day(days.last if which == "end of" else days.first)
        return lambda days: part(days, _PARTS.get(which, which))
    if match["half"]:
        return lambda days: half(days, match["half"][0] != "f" and match["half"] != "1st")
    if match["quarter"] or match["q"]:
        return lambda days: quarter(_year(days), int(match["q"] or ordinal(match["quarter"], 4)))
    if match["around"]:
        return lambda days: unit_around(_day(days), match["around"])
    return lambda days: _counted(days, match["nth"], match["n"], match["unit"])


def _counted(days: Days, nth: str, count: str | None, unit: str) -> Days:
    """The second week, the first three months, the last ten days: within a month or a year."""
    if days.length < 28 or (count and nth not in ("first", "1st", "last", "final")):
        raise ValueError("no such part")
    if unit == "weekend":
        first = unit_around(days.first + timedelta(days=(5 - days.first.weekday()) % 7), "weekend")
        last = unit_around(days.last - timedelta(days=(days.last.weekday() - 6) % 7), "weekend")
        weeks = ordinal(nth, 0) - 1
        return last if weeks < 0 else Days(first.first + timedelta(weeks=weeks), first.last + timedelta(weeks=weeks))
    size = number(count) if count else 1
    if nth in ("last", "final"):
        return Days(max(days.first, days_before(days.last + timedelta(days=1), size, unit)), days.last)
    skipped = 0 if count else ordinal(nth, 0) - 1
    first_day = days_before(days.first, -skipped, unit)
    return Days(first_day, min(days.last, days_before(first_day, -size, unit) - timedelta(days=1)))


def _year(days: Days) -> int:
    if days.length < 365:
        raise ValueError("no year")
    return days.first.year


def _day(days: Days) -> date:
    if days.length > 7:
        raise ValueError("no day")
    return days.first


def _mapped(when: Days | Recurring, change: Callable[[Days], Days]) -> Days | Recurring:
    if isinstance(when, Yearly):
        of = when.of
        change(of(2000))  # what cannot be narrowed so is said at once
        return Yearly(lambda year: change(of(year)))
    return change(when) if isinstance(when, Days) else when


def _pairs(
    found: list[Period],
    text: PlainText,
    as_of: date,
    join: Callable[[Period, Period, PlainText, date], Period | None],
) -> list[Period]:
    kept: list[Period] = []
    for period in reversed(found):  # a year at the end of a list is that of all
        both = None
        if kept and period.end <= kept[-1].start:
            with suppress(ValueError, OverflowError):
                both = join(period, kept[-1], text, as_of)
        if both:
            kept[-1] = both
        else:
            kept.append(period)
    return kept[::-1]


def _set_within(one: Period, other: Period, text: PlainText, as_of: date) -> Period | None:
    """`March last year`, `Monday of last week`, `last year, in March`."""
    if other.start - one.end > 6 or not _OF.match(text.small, one.end, other.start):
        return None
    recurring, within = (one.when, other.when) if isinstance(other.when, Days) else (other.when, one.when)
    if isinstance(recurring, Days) or not isinstance(within, Days):
        return None
    if isinstance(recurring, Weekly):
        days = recurring.begins_from(within.first) if within.length == 7 else None
    else:
        days = (
            recurring.of(within.first.year) if isinstance(recurring, Yearly) and 365 <= within.length <= 366 else None
        )
    return Period(one.start, other.end, days) if days else None


def _range(one: Period, other: Period, text: PlainText, as_of: date) -> Period | None:
    if other.start - one.end > 13 or not _TO.match(text.small, one.end, other.start):
        return None
    first, last = _ends(one.when, other.when, as_of)
    opening = _OPENING.search(text.small, max(0, one.start - 16), one.start)
    between = text.small[one.end : other.start].startswith((",", " and ", " or "))
    apart = (last.first - first.last).days != 1
    if last.last < first.first or (between and apart and not (opening and opening[1] == "between")):
        return None
    return Period(opening.start() if opening else one.start, other.end, Days(first.first, last.last))


def _ends(one: Days | Recurring, other: Days | Recurring, as_of: date) -> tuple[Days, Days]:
    """Both ends placed: what has no year of its own takes it from the other; else the first is the latest begun."""
    if not isinstance(one, Days):
        one = one.begun_by(as_of if not isinstance(other, Days) else other.first)
    if not isinstance(other, Days):
        other = other.begins_from(one.first)
    return one, other


def up_to_now(period: Period, text: PlainText, as_of: date) -> Period:
    """`from 2019 until now` as one period."""
    match = _NOW.match(text.small, period.end)
    days = period.when if isinstance(period.when, Days) else period.when.begun_by(as_of)
    return replace(period, end=match.end(), when=Days(days.first, as_of)) if match else period
