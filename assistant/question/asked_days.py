"""Whether an article can tell what happened in the days that a question asks about.

Who asks what happened "this week" does not ask for a report of last year: what was published before the days cannot
tell of them, and what was published in them, or soon after, may well. Days to come are another matter: they are
foretold. Search only orders by days (`near`), so that a report a little beside them is found as well.
"""

from datetime import date, timedelta

from index.times import TimeExpression

_DOUBT, _TRUST = 0.5, 2.0  # times the odds of an answer from before the days, and of one that is of them
_EARLY = timedelta(days=2)  # "this week" begins where the weekend's papers were read
_LATE = timedelta(days=7)


def is_before(published: date | None, time: TimeExpression | None, as_of: date) -> bool:
    """Whether it was published before the days, which have begun by `as_of`."""
    first = _first(time, as_of)
    return bool(first and published and published < first - _EARLY)


def is_of(published: date | None, time: TimeExpression | None, as_of: date) -> bool:
    """Whether it was published in the days or within a week after."""
    first = _first(time, as_of)
    if not (first and published and time):
        return False
    return first - _EARLY <= published <= (time.window.last or as_of) + _LATE


def judged(confidence: float, published: date | None, time: TimeExpression | None, as_of: date) -> float:
    """The chance that the question is answered, by when the article of the answer was published."""
    times = _DOUBT if is_before(published, time, as_of) else _TRUST if is_of(published, time, as_of) else 1.0
    return times * confidence / (1 - confidence + times * confidence)


def _first(time: TimeExpression | None, as_of: date) -> date | None:
    """The first of the days, None where none are asked about, or they are to come."""
    if time is None or time.kind == "newest" or time.window.first is None or time.window.first > as_of:
        return None
    return time.window.first
