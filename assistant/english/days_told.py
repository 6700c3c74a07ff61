"""Days as an article tells them ("on Monday", "last week"), with the dates that they are."""

import re
from collections.abc import Iterator
from datetime import date

from index.times.calendar import Days
from index.times.periods import periods
from index.times.question_text import plain

_TO_COME = re.compile(r"\b(?:will|to be|next|due|plans?|expected)\b")
_WEEK = 7


def with_date(words: str, sentence: str, published: date | None) -> str:
    """The words with the date of a weekday, of "yesterday" or "last week" among them, told from the article's day."""
    for start, end, days in _days_of(words, sentence, published):
        if days.length == 1:
            words = f"{words[:start]}{day_in_words(days.first)}{words[end:]}"
        else:
            words = f"{words[:end]} ({day_in_words(days.first)} to {day_in_words(days.last)}){words[end:]}"
    return words


def with_dates_behind(sentence: str, published: date | None) -> str:
    """The sentence with dates in parentheses behind such words: "on Monday (5 October 2020)"."""
    for _, end, days in _days_of(sentence, sentence, published):
        last = "" if days.length == 1 else f" to {days.last.day} {days.last:%B %Y}"
        sentence = f"{sentence[:end]} ({days.first.day} {days.first:%B %Y}{last}){sentence[end:]}"
    return sentence


def _days_of(words: str, sentence: str, published: date | None) -> Iterator[tuple[int, int, Days]]:
    """The characters that name a day or a week without a number, and the days that they are; the last first."""
    if published is None:
        return
    text = plain(words)
    for period in reversed(periods(text, published)):
        start, end = text.span(period.start, period.end)
        when = period.when
        if any(letter.isdigit() for letter in words[start:end]):
            continue
        if not isinstance(when, Days):
            when = (when.begins_from if _TO_COME.search(sentence) else when.begun_by)(published)
        if when.length <= _WEEK:
            yield start, end, when


def day_in_words(day: date) -> str:
    """As in "Monday, 5 October 2020"."""
    return f"{day:%A}, {day.day} {day:%B %Y}"
