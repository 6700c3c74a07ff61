"""Days in words, the same in the terminal and in the chat."""

from calendar import monthrange
from datetime import date

from index.times import TimeExpression, Window
from index.times.calendar import MONTHS

_LONG = [name.title() for name in MONTHS]
_MONTHS = [name[:3] for name in _LONG]


def short_date(day: date | None) -> str:
    """For example `5 Oct 2020`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else "undated"


def days_of(window: Window) -> str:
    """For example `5–11 Oct 2020`, `October 2019`, `2019`, `from 5 Oct 2020`, `until 5 Oct 2020`; "" for all days."""
    first, last = window.first, window.last
    if first is None or last is None:
        return f"from {short_date(first)}" if first else f"until {short_date(last)}" if last else ""
    if first == last:
        return short_date(first)
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return _months(first, last)
    if first.year != last.year:
        return f"{short_date(first)} – {short_date(last)}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]} – {short_date(last)}"
    return f"{first.day}–{short_date(last)}"


def days_meant(time: TimeExpression, as_of: date | None = None) -> str:
    """The days that a question's words for time stand for, and how they were taken.

    Of days from one on until `as_of`, the first is enough.
    """
    window = time.window
    if time.kind == "within" and window.first and window.first < (window.last or date.max) == as_of:
        return days_of(Window(window.first))
    if time.kind == "newest":
        return "the newest first"
    return f"around {days_of(time.window)}" if time.kind == "near" else days_of(time.window)


def time_line(time: TimeExpression, as_of: date | None = None) -> str:
    """What the terminal says of them."""
    return f'dates: {days_meant(time, as_of)} ("{time.text}"); --any-time looks at all'


def _months(first: date, last: date) -> str:
    """Of whole months."""
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{_LONG[first.month - 1]} {first.year}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{_LONG[first.month - 1]}{year} – {_LONG[last.month - 1]} {last.year}"
