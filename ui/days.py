"""Days in words, the same in the terminal and in the chat."""

from datetime import date

from index.time_expression import TimeExpression
from index.window import Window

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def short_date(day: date | None) -> str:
    """For example `5 Oct 2020`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else "undated"


def days_of(window: Window) -> str:
    """For example `5–11 Oct 2020`, `from 5 Oct 2020`, `until 5 Oct 2020`; "" for all days."""
    first, last = window.first, window.last
    if first is None or last is None:
        return f"from {short_date(first)}" if first else f"until {short_date(last)}" if last else ""
    if first == last:
        return short_date(first)
    if first.year != last.year:
        return f"{short_date(first)} – {short_date(last)}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]} – {short_date(last)}"
    return f"{first.day}–{short_date(last)}"


def days_meant(time: TimeExpression) -> str:
    """The days that a question's words for time stand for, and how they were taken."""
    if time.kind == "newest":
        return f"newest {days_of(Window(None, time.window.last))} first" if time.window.last else "newest first"
    return f"around {days_of(time.window)}" if time.kind == "near" else days_of(time.window)


def time_line(time: TimeExpression) -> str:
    """What the terminal says of them."""
    return f'dates: {days_meant(time)} ("{time.text}"); --any-time looks at all'
