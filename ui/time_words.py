"""The days of a search in words, for display."""

from datetime import date, timedelta

from index.time_expression import TimeExpression
from index.window import Window
from ui.printing import short_date

_DAY = timedelta(days=1)


def describe(time: TimeExpression | Window, as_of: date | None = None) -> str:
    """`5–11 Oct 2020`, `October 2019`, `2019`, `since 5 Oct 2020`, `before 5 Oct 2020`, `the newest first`, `any day`.

    A window of more than a day that ends on `as_of` has no other end than that, so it is told by its beginning.
    """
    if isinstance(time, TimeExpression):
        if time.kind == "newest":
            return "the newest first"
        time = time.window
    first, last = time.first, time.last
    if first and (last is None or first < last == as_of):
        return f"since {short_date(first)}"
    if last is None:
        return "any day"
    if first is None:
        return f"until {short_date(last)}" if last in (as_of, date.max) else f"before {short_date(last + _DAY)}"
    return _between(first, last)


def _between(first: date, last: date) -> str:
    if first.day == 1 and last.month != (last + _DAY if last < date.max else date.min).month:
        return _months(first, last)
    if first == last:
        return short_date(first)
    if first.year != last.year:
        return f"{short_date(first)}–{short_date(last)}"
    return f"{first.day if first.month == last.month else f'{first.day} {first:%b}'}–{short_date(last)}"


def _months(first: date, last: date) -> str:
    """Of whole months."""
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.year}"
    return f"{first:%B}{'' if first.year == last.year else f' {first.year}'}–{last:%B} {last.year}"
