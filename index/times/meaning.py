"""What a form of time is: a regular expression, and what a match of it means."""

import re
from collections.abc import Callable
from datetime import date

from index.times.calendar import Days, Recurring
from index.times.question_text import PlainText

When = Days | Recurring | None
"""None where no time is meant after all."""

Meaning = Callable[[re.Match[str], PlainText, date], When]
Form = tuple[str, Meaning, tuple[frozenset[str], ...]]
"""A regular expression, what a match of it means, and what it needs.

A group `x`, where there is one, is the part that names the days; ValueError and OverflowError mean none. Only a text
that holds a word of each of the sets is searched for it: most texts name no time at all.
"""


def chosen(when: Recurring, which: str | None, as_of: date) -> When:
    """For `last` the latest that has ended, for `this` the one around `as_of`; left open without either."""
    if which is None:
        return when
    return when.around(as_of) if which == "this" else when.ended_before(as_of)


def nothing(match: re.Match[str], text: PlainText, as_of: date) -> When:
    """For what only looks like a time."""
    return None
