"""Finds in a question all that names days, each with what it means on the day of asking."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from index.times.calendar import Days, Recurring
from index.times.date_forms import FORMS as DATES
from index.times.meaning import Meaning
from index.times.question_text import HIDDEN, PlainText
from index.times.relative import FORMS as RELATIVE
from index.times.time_words import held_words
from index.times.year_forms import FORMS as YEARS

FORMS = (*DATES, *YEARS, *RELATIVE)
_compiled = cache(re.compile)  # of the forms, which take long to compile, those that questions have needed
_NEEDED = frozenset[str]().union(*(words for *_, needs in FORMS for words in needs))


@dataclass(frozen=True, slots=True)
class Period:
    """The characters `start` to `end` of a plain text, and the days named there."""

    start: int
    end: int
    when: Days | Recurring


def periods(text: PlainText, as_of: date) -> list[Period]:
    """All that the text names, in its order; none overlap. What only looks like a time is not among them."""
    found: list[Period] = []
    left = text.small
    held = held_words(left)
    for form, meaning, needs in () if held.isdisjoint(_NEEDED) else FORMS:
        if not any(map(held.isdisjoint, needs)):
            left = _compiled(form).sub(
                _reader(meaning, text, as_of, found), left
            )  # what is read is hidden from the next form
    return sorted(found, key=lambda period: period.start)


def _reader(meaning: Meaning, text: PlainText, as_of: date, found: list[Period]) -> Callable[[re.Match[str]], str]:
    def read(match: re.Match[str]) -> str:
        start, end = match.span("x" if match.re.groupindex.get("x") and match["x"] else 0)
        try:
            when = meaning(match, text, as_of)
        except (ValueError, OverflowError):  # no such day, or none that the calendar holds
            when = None
        if when is not None:
            found.append(Period(start, end, when))
        before, after = start - match.start(), end - match.start()
        return match[0][:before] + HIDDEN * (end - start) + match[0][after:]

    return read
