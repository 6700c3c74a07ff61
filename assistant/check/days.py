"""The days that a sentence names, told from the day on which its article was published."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from assistant.check.words import Word
from index.times.calendar import MONTHS, WEEKDAYS, Days, Recurring, years
from index.times.forms import periods
from index.times.text import plain

_ANY_DAY = date(2020, 6, 15)  # where it is not known when an article was published
_SHORT = {name[:3]: name for name in MONTHS} | {"sept": "september"}
_KEYS = frozenset(MONTHS) | frozenset(WEEKDAYS) - {"may", "march"}
_MEASURES = {"%", "percent", "per", "people", "years", "days", "miles", "dollars", "million", "points"}
_FIRST_YEAR, _LAST_YEAR = 1500, 2100


@dataclass(frozen=True, slots=True)
class Day:
    """The periods that words such as "on Monday" may mean, and the words that name them, months in full."""

    may_be: tuple[Days, ...]
    written: frozenset[str]

    def agrees(self, source: "Day") -> bool:
        """Whether this is what the source says, or a longer time that holds it."""
        weekday = next((at for at, name in enumerate(WEEKDAYS) if name in self.written), None)
        if weekday is not None and not source._may_be_on(weekday):
            return False
        if self.written and self.written <= source.written:
            return True
        return any(mine.first <= its.first and its.last <= mine.last for mine in self.may_be for its in source.may_be)

    def _may_be_on(self, weekday: int) -> bool:
        """Whether no day of the week is told, by name or by the date, or this one."""
        told = [at for at, name in enumerate(WEEKDAYS) if name in self.written]
        told = told or [days.first.weekday() for days in self.may_be if days.length == 1]
        return not told or weekday in told


def days_in(text: str, words: Sequence[Word], published: date | None) -> list[tuple[Day, int, int]]:
    """The days of a text, each with its first word and the one after its last."""
    day = published or _ANY_DAY
    plain_text = plain(text)
    found: list[tuple[Day, int, int]] = []
    for period in periods(plain_text, day):
        start, end = plain_text.span(period.start, period.end)
        inside = [at for at, word in enumerate(words) if start <= word.start and word.end <= end]
        may_be = _meant(period.when, day)
        if inside and may_be:
            found.append((Day(may_be, _written([words[at] for at in inside])), inside[0], inside[-1] + 1))
    taken = {at for _, first, last in found for at in range(first, last)}
    return found + [
        (one, at, at + 1)
        for at, word in enumerate(words)
        if (word.is_capital or word.text[0].isdigit())
        and at not in taken
        and (one := _alone(word, words[at + 1 : at + 2]))
    ]


def _meant(when: Days | Recurring, day: date) -> tuple[Days, ...]:
    if isinstance(when, Days):
        return (when,)
    found: list[Days] = []
    for one in (when.begun_by, when.begins_from, when.around):
        with suppress(ValueError, OverflowError):
            found.append(one(day))
    return tuple(dict.fromkeys(found))


def _written(words: Collection[Word]) -> frozenset[str]:
    small = (word.small.rstrip(".") for word in words)
    return frozenset(_SHORT.get(one, one) for one in small if one[0].isdigit() or one in _KEYS or one in _SHORT)


def _alone(word: Word, following: Sequence[Word]) -> Day | None:
    """A weekday, a month or a year that no form of time takes in, such as in "Monday night's"."""
    if following and following[0].small in _MEASURES:
        return None
    if word.text.isdecimal() and len(word.text) == 4 and _FIRST_YEAR <= int(word.text) < _LAST_YEAR:
        return Day((years(int(word.text), int(word.text)),), frozenset([word.text]))
    small = word.small
    return Day((), frozenset([small])) if word.is_capital and small in _KEYS else None
