"""What lies since, after, before or until a period or an event; "the highest since 1994" is about no such time."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.times.calendar import Days, days_before, one_day
from index.times.named_events import Event
from index.times.periods import Period
from index.times.question_text import PlainText
from index.times.time_words import NUMBER, OFFSET, STANDS_ALONE, number

DayOf = Callable[[str], date | None]
_FIRST_NEWS = 1500  # no newspaper is older
_OPEN = 1_000_000
_LONGEST = 60  # characters of the words before
_BOUND = re.compile(
    rf"\b(?:(?P<offset>{OFFSET}) )?(?P<word>(?:ever )?since|on or after|after|following|starting(?: in| on| from)?"
    r"|on or before|before|until|till|up to|up until|by|no later than|as of|as at|prior to|ahead of)"
    r"(?: at least)?(?P<determiner> (?:the|his|her|their|its|this|our))? \Z"
)
_PARTS = re.compile(rf"(the|{NUMBER}) (day|week|month|year)s?")
_AND_ON = re.compile(r" on(?:wards?)?(?=\Z|[?.,;:!])| onwards?\b")
_FROM = re.compile(r"\bfrom \Z")
_THE = re.compile(r"\b(?:the|his|her|their|its) \Z")
_COMPARED = re.compile(r"\b(?:than(?: \w+){0,3}|compared (?:to|with)|versus)(?: in| on| the)? \Z")
_AHEAD = re.compile(
    r"\b(?:[Ww]ill(?= [a-z])|set to|expected to|going to|planned|scheduled|upcoming)\b[^,;:.?!]*\Z"
)  # no day past
_WITH_DAY = r"(?: [\w'-]+){0,2} (?:on|in|at|by|for) (?:the )?\Z"
_UNDER_WAY = re.compile(  # is opening on, is to open on, is due on
    r"\b(?:is|are)(?: [\w'-]+){0,4}? (?:to [a-z]+|due|expected|set"
    r"|(?!being|during|morning|evening|building|spring|king|missing|trying|saying|doing|going on)[a-z]{2,}ing)"
    rf"{_WITH_DAY}"
)
_LONG_PAST = re.compile(r"(?:last|past) .*(?:years?|decades?|months)\Z")
_CLAUSE = 80  # characters before the words for time
_CLAUSE_END = re.compile(r"[,;:.?!](?= |\Z)")
_RANKING = re.compile(
    r"\b(?:(?<!at )(?:most|least)(?! recent)|first|1st|worst|best|the only"
    r"|(?:any|last) (?:other )?(?:time|point|day|week|month|year)"
    r"|(?:not|never|n't) .{0,20}(?:seen|happened)|unseen|unprecedented|record[ -](?:high|low|\w+ing))\b"
)
_EST = re.compile(r"\b[a-z]{2,12}est\b")
_NO_SUPERLATIVE = set(
    "west protest arrest interest contest forest guest invest suggest harvest everest quest digest request"
    " conquest bequest latest newest modest honest priest attest detest midwest northwest southwest rainforest budapest"
    " bucharest manifest unrest ernest tempest nearest rest test chest nest pest vest crest".split()
)


@dataclass(frozen=True, slots=True)
class Meant:
    """The characters `start` to `end` of a plain text and the days that they mean, none of them after the asking.

    `hard`: what happened then cannot have been told at another time. `in_name`: it describes a noun.
    """

    start: int
    end: int
    first: date | None
    last: date
    hard: bool = False
    in_name: bool = False

    @property
    def breadth(self) -> tuple[bool, int]:
        """How many days it leaves; more where it is part of a name, as in "the October 5 committee"."""
        return self.in_name, (self.last - self.first).days if self.first else _OPEN

    def covers(self, other: "Meant") -> bool:
        return self.start <= other.start and other.end <= self.end


def bounded(period: Period, text: PlainText, as_of: date) -> Meant | None:
    """What a period means with the words before it; None for nothing that an article could tell of."""
    days = period.when if isinstance(period.when, Days) else period.when.begun_by(as_of)
    before = text.small[max(0, period.start - _LONGEST) : period.start]
    if match := _BOUND.search(before):
        start = period.start - len(before) + match.start()
        if match["word"].endswith("since") and is_ranked(text, start):
            return None
        encloses = _describes(period, text, bool(match["determiner"]))
        return _bound(match["word"], match["offset"], days, encloses, (start, period.end), as_of)
    if _LONG_PAST.search(text.small, period.start, period.end) and is_ranked(text, period.start):
        return None
    if _COMPARED.search(before) or (not isinstance(period.when, Days) and _is_ahead(period, text, before)):
        return None
    if (opening := _FROM.search(before)) and (on := _AND_ON.match(text.small, period.end)):
        span = (period.start - len(before) + opening.start(), on.end())
        return _bound("since", None, days, False, span, as_of)
    found = _within(days.first, days.last, (period.start, period.end), as_of)
    return replace(found, in_name=True) if found and _in_name(period, text, before) else found


def around(event: Event, day: date, text: PlainText, as_of: date) -> Meant | None:
    """What an event on `day` means with the words before it."""
    if event.word.endswith("since") and is_ranked(text, event.start):
        return None
    after = event.word in ("after", "following")  # what came of it is told on the same day
    return _bound(event.word, event.offset, one_day(day), after, (event.start, event.end), as_of)


def _is_ahead(period: Period, text: PlainText, before: str) -> bool:
    return bool(_AHEAD.search(text.cased[period.start - len(before) : period.start]) or _UNDER_WAY.search(before))


def _describes(period: Period, text: PlainText, determined: bool) -> bool:
    """Whether a noun follows, as in "the 2020 election" and "Monday's vote": it lies somewhere in the period."""
    if re.match(r"'s? \w", text.small[period.end : period.end + 4]):
        return True
    return determined and not STANDS_ALONE.match(text.small, period.end)


def _in_name(period: Period, text: PlainText, before: str) -> bool:
    return (
        bool(_THE.search(before)) and text.small[period.end : period.end + 1] == " " and _describes(period, text, True)
    )


def _bound(
    word: str, offset: str | None, days: Days, encloses: bool, span: tuple[int, int], as_of: date
) -> Meant | None:
    """`encloses`: what the word speaks of is somewhere in `days`, so it bounds by their far end."""
    if days.first > as_of or days.first.year < _FIRST_NEWS:
        return None
    after = word in ("after", "following")
    if offset and (after or word == "before"):
        return _apart(offset, days, after, span, as_of)
    if word.endswith("since") or word.startswith("starting") or word == "on or after" or (after and encloses):
        return _within(days.first, as_of, span, as_of, hard=True)
    if after:
        return _within(days.last + timedelta(days=1), as_of, span, as_of, hard=True)
    if word in ("during", "the day of", "on the day of"):
        return _within(days.first, days.last, span, as_of)
    if word in ("before", "prior to", "ahead of") and not encloses:
        return _within(None, days.first - timedelta(days=1), span, as_of)
    return _within(None, days.last, span, as_of)


def _apart(offset: str, days: Days, after: bool, span: tuple[int, int], as_of: date) -> Meant | None:
    """`the day before`, `two weeks after`: the days from there to the period; one day where days are counted."""
    match = _PARTS.fullmatch(offset)
    if not match:
        return None
    count, unit = 1 if match[1] == "the" else number(match[1]), match[2]
    if after:
        far = days_before(days.last, -count, unit)
        return _within(far if unit == "day" else days.last + timedelta(days=1), far, span, as_of)
    far = days_before(days.first, count, unit)
    return _within(far, far if unit == "day" else days.first - timedelta(days=1), span, as_of)


def _within(first: date | None, last: date, span: tuple[int, int], as_of: date, hard: bool = False) -> Meant | None:
    if first and (first > as_of or first.year < _FIRST_NEWS):
        return None
    return Meant(*span, first, min(last, as_of), hard)


def is_ranked(text: PlainText, at: int) -> bool:
    """Whether a superlative, or a first time, stands in the clause before `at`."""
    clause = _CLAUSE_END.split(text.small[max(0, at - _CLAUSE) : at])[-1]
    start = at - len(clause)
    for match in _RANKING.finditer(clause):
        if not text.is_named(start + match.start()):  # the First Minister
            return True
    return any(match[0] not in _NO_SUPERLATIVE for match in _EST.finditer(clause))
