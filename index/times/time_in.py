"""What a question says of time: the words that say it, the days that they mean, and how strictly."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from index.times.bounds import DayOf, Meant, around, bounded
from index.times.joining import joined, up_to_now
from index.times.named_events import named_events
from index.times.newest import newest
from index.times.periods import Period, periods
from index.times.publication import speaks_of_press, speaks_of_publication
from index.times.question_text import PlainText, plain
from index.times.time_expression import Kind, TimeExpression
from index.times.window import Window


def time_in(question: str, as_of: date, day_of: DayOf | None = None) -> TimeExpression | None:
    """The time that a question asked on `as_of` is about, in English; of several, the narrowest.

    What lies wholly after `as_of` is none, nor is a duration, an age or what only looks like a time. `day_of` tells the
    day of an event ("the invasion of Norland") where the collection knows it: for what is before, after or since it.
    """
    text = plain(question)
    found = joined(periods(text, as_of), text, as_of)
    meant = _events(found, text, as_of, day_of) if day_of else []
    meant += [one for one in _dated(found, text, as_of) if not any(event.covers(one) for event in meant)]
    press = speaks_of_press(text)
    published = [one for one in meant if press or speaks_of_publication(text, one.start, one.end)]
    if best := min(published or meant, key=lambda one: (one.breadth, one.start), default=None):
        window = Window(best.first, best.last)
        return _expression(
            question, text.span(best.start, best.end), window, "within" if published or best.hard else "near"
        )
    words = newest(text)
    return _expression(question, text.span(*words), Window(None, as_of), "newest") if words else None


def _dated(found: Sequence[Period], text: PlainText, as_of: date) -> list[Meant]:
    meant = []
    for period in found:
        with suppress(ValueError, OverflowError):  # outside the calendar
            meant.append(bounded(up_to_now(period, text, as_of), text, as_of))
    return [one for one in meant if one]


def _events(found: Sequence[Period], text: PlainText, as_of: date, day_of: DayOf) -> list[Meant]:
    meant = []
    for event in named_events(text, found):
        if day := day_of(event.phrase):
            with suppress(ValueError, OverflowError):
                meant.append(around(event, day, text, as_of))
    return [one for one in meant if one]


def _expression(question: str, span: tuple[int, int], window: Window, kind: Kind) -> TimeExpression:
    return TimeExpression(question[slice(*span)], *span, window, kind)
