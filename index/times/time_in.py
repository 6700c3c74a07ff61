"""What a question says of time: the words that say it, the days that they mean, and how strictly.

The periods that it names are narrowed by the words before them ("early 2020"), set within one another or drawn
together ("from March to May"), and bounded ("since the election"). Of several expressions the narrowest stands.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise, takewhile

from index.times import Kind, TimeExpression, Window
from index.times.calendar import Days, Recurring, Weekly, Yearly, days_before, half, one_day, part, quarter, unit_around
from index.times.periods import Period, periods, stands_alone
from index.times.time_forms import HIDDEN, TIMES, Form, Match, PlainText, Table, plain

DayOf = Callable[[str], date | None]
_FIRST_NEWS = 1500  # no newspaper is older
_OPEN = 1_000_000


def time_in(question: str, as_of: date, day_of: DayOf | None = None) -> TimeExpression | None:
    """The time that a question asked on `as_of` is about, in English; of several, the narrowest.

    What lies wholly after `as_of` is none, nor is a duration, an age or what only looks like a time. `day_of` tells the
    day of an event ("the invasion of Norland") where the collection knows it: for what is before, after or since it.
    """
    text = plain(question)
    found = _joined(periods(text, as_of), text, as_of)
    meant = _events(found, text, as_of, day_of) if day_of else []
    meant += [one for one in _dated(found, text, as_of) if not any(event.covers(one) for event in meant)]
    if meant:
        press = _is_about_papers(text)
        published = [one for one in meant if press or _is_of_publication(text, one.first, one.end)]
        best = min(published or meant, key=lambda one: (one.breadth, one.first))
        kind: Kind = "within" if published or best.hard else "near"
        return _expression(question, text.span(best.first, best.end), Window(best.since, best.until), kind)
    words = _newest(text)
    return _expression(question, text.span(*words), Window(None, as_of), "newest") if words else None


def _expression(question: str, span: tuple[int, int], window: Window, kind: Kind) -> TimeExpression:
    return TimeExpression(question[slice(*span)], *span, window, kind)


@dataclass(frozen=True, slots=True)
class Meant:
    """The tokens `first` to `end` of a plain text and the days that they mean, none of them after the asking.

    `hard`: what happened then cannot have been told at another time. `in_name`: it describes a noun.
    """

    first: int
    end: int
    since: date | None
    until: date
    hard: bool = False
    in_name: bool = False

    @property
    def breadth(self) -> tuple[bool, int]:
        """How many days it leaves; more where it is part of a name, as in "the October 5 committee"."""
        return self.in_name, (self.until - self.since).days if self.since else _OPEN

    def covers(self, other: "Meant") -> bool:
        return self.first <= other.first and other.end <= self.end


def _dated(found: Sequence[Period], text: PlainText, as_of: date) -> list[Meant]:
    meant = []
    for period in found:
        with suppress(ValueError, OverflowError):  # outside the calendar
            meant.append(_bounded(_up_to_now(period, text, as_of), text, as_of))
    return [one for one in meant if one]


def _events(found: Sequence[Period], text: PlainText, as_of: date, day_of: DayOf) -> list[Meant]:
    meant = []
    for event in named_events(text, found):
        if day := day_of(event.phrase):
            with suppress(ValueError, OverflowError):
                meant.append(_around(event, day, text, as_of))
    return [one for one in meant if one]


# Periods that words around them narrow or join.


def _joined(found: list[Period], text: PlainText, as_of: date) -> list[Period]:
    narrowed = [_narrowed(period, text) for period in found]
    return _pairs(_pairs(narrowed, text, as_of, _set_within), text, as_of, _range)


def _narrowed(period: Period, text: PlainText) -> Period:
    for _ in range(2):
        found = None if isinstance(period.when, Weekly) else _NARROWINGS.ending(text, period.first)
        if not found:
            break
        try:
            period = Period(found[1].first, period.end, _mapped(period.when, partial(found[0].meaning, found[1])))
        except (ValueError, OverflowError):
            break
    return period


def _mapped(when: Days | Recurring, change: Callable[[Days], Days]) -> Days | Recurring:
    if isinstance(when, Yearly):
        of = when.of
        change(of(2000))  # what cannot be narrowed so is said at once
        return Yearly(lambda year: change(of(year)))
    return change(when) if isinstance(when, Days) else when


def _part(match: Match, days: Days) -> Days:
    return part(days, match["part"])


def _end(match: Match, days: Days) -> Days:
    """ "By the end of" means a day, where "at the end of" means some weeks."""
    which = match["part"]
    if which != "middle" and _is_preceded(match.text, match.first, _EDGES):
        return one_day(days.last if which == "end" else days.first)
    return part(days, {"end": "late", "middle": "mid"}.get(which, "early"))


def _half(match: Match, days: Days) -> Days:
    return half(days, match["half"] not in ("first", "1st"))


def _quarter(match: Match, days: Days) -> Days:
    if days.length < 365:
        raise ValueError("no year")
    return quarter(days.first.year, int(match["q"][1]) if match["q"] else match["ORDINAL"] or 4)


def _around_day(match: Match, days: Days) -> Days:
    if days.length > 7:
        raise ValueError("no day")
    return unit_around(days.first, match["unit"])


def _counted(match: Match, days: Days) -> Days:
    """The second week, the first three months, the last ten days: within a month or a year."""
    nth, count, unit = match["ORDINAL"], match["COUNT"], match["unit"].removesuffix("s")
    if days.length < 28 or (count and nth > 1):
        raise ValueError("no such part")
    if unit == "weekend":
        first = unit_around(days.first + timedelta(days=(5 - days.first.weekday()) % 7), "weekend")
        last = unit_around(days.last - timedelta(days=(days.last.weekday() - 6) % 7), "weekend")
        weeks = nth - 1
        return last if weeks < 0 else Days(first.first + timedelta(weeks=weeks), first.last + timedelta(weeks=weeks))
    size = count or 1
    if not nth:
        return Days(max(days.first, days_before(days.last + timedelta(days=1), size, unit)), days.last)
    first_day = days_before(days.first, 0 if count else 1 - nth, unit)
    return Days(first_day, min(days.last, days_before(first_day, -size, unit) - timedelta(days=1)))


_NARROWINGS = Table(
    Form("the? very? part=early|mid|late in? -? the?", _part),
    Form("the? very? part=beginning|start|middle|end of in? the?", _end),
    Form("the? very? half=first|1st|second|2nd|latter|last half of the?", _half),
    Form("the? very? ORDINAL quarter of? the?", _quarter),
    Form("the? very? q=q1|q2|q3|q4 of? the?", _quarter),
    Form("the? very? ORDINAL COUNT? unit=day|days|week|weeks|weekend|weekends|month|months of|in the?", _counted),
    Form("the? very? unit=week|weekend of|beginning|starting|commencing|ending on? the?", _around_day),
)
_EDGES = [tuple(phrase.split()) for phrase in TIMES.listed("edges")]
_PLANNED = [tuple(phrase.split()) for phrase in TIMES.listed("planned")]


def _is_preceded(text: PlainText, at: int, phrases: Sequence[tuple[str, ...]]) -> bool:
    """Whether one of the phrases ends before a token."""
    return any(tuple(text.words[max(0, at - len(phrase)) : at]) == phrase for phrase in phrases)


def _pairs(
    found: list[Period],
    text: PlainText,
    as_of: date,
    join: Callable[[Period, Period, PlainText, date], Period | None],
) -> list[Period]:
    kept: list[Period] = []
    for period in reversed(found):  # a year at the end of a list is that of all
        both = None
        if kept and period.end <= kept[-1].first <= period.end + _MOST_BETWEEN:
            with suppress(ValueError, OverflowError):
                both = join(period, kept[-1], text, as_of)
        if both:
            kept[-1] = both
        else:
            kept.append(period)
    return kept[::-1]


_MOST_BETWEEN = 3  # tokens
_BETWEEN = frozenset(tuple(phrase.split()) for phrase in TIMES.listed("between"))
_LISTING = TIMES.words("listing")


def _set_within(one: Period, other: Period, text: PlainText, as_of: date) -> Period | None:
    """`March last year`, `Monday of last week`, `last year, in March`."""
    between = text.words[one.end : other.first]
    if between[between[:1] == [","] :] not in ([], ["of"], ["in"], ["on"]):
        return None
    recurring, within = (one.when, other.when) if isinstance(other.when, Days) else (other.when, one.when)
    if isinstance(recurring, Days) or not isinstance(within, Days):
        return None
    days = None
    if isinstance(recurring, Weekly) and within.length == 7:
        days = recurring.begins_from(within.first)
    elif isinstance(recurring, Yearly) and 365 <= within.length <= 366:
        days = recurring.of(within.first.year)
    return Period(one.first, other.end, days) if days else None


def _range(one: Period, other: Period, text: PlainText, as_of: date) -> Period | None:
    words = text.words
    between = words[one.end : other.first]
    if tuple(between[: -1 if between[-1:] == ["the"] else None]) not in _BETWEEN:
        return None
    first, last = _ends(one.when, other.when, as_of)
    opening = one.first - 1 - (one.first > 1 and words[one.first - 1] == "the")
    opens = words[opening] if opening >= 0 and words[opening] in ("from", "between") else ""
    apart = (last.first - first.last).days != 1
    if last.last < first.first or (between[0] in _LISTING and apart and opens != "between"):
        return None
    return Period(opening if opens else one.first, other.end, Days(first.first, last.last))


def _ends(one: Days | Recurring, other: Days | Recurring, as_of: date) -> tuple[Days, Days]:
    """Both ends placed: what has no year of its own takes it from the other; else the first is the latest begun."""
    if not isinstance(one, Days):
        one = one.begun_by(as_of if not isinstance(other, Days) else other.first)
    if not isinstance(other, Days):
        other = other.begins_from(one.first)
    return one, other


def _up_to_now(period: Period, text: PlainText, as_of: date) -> Period:
    """`from 2019 until now` as one period."""
    match = _NOW.match(text, text.words, period.end) if period.end < len(text.words) else None
    if not match:
        return period
    days = period.when if isinstance(period.when, Days) else period.when.begun_by(as_of)
    return Period(period.first, match.end, Days(days.first, as_of))


# What lies since, after, before or until a period or an event.


def _bounded(period: Period, text: PlainText, as_of: date) -> Meant | None:
    """What a period means with the words before it; None for nothing that an article could tell of."""
    days = period.when if isinstance(period.when, Days) else period.when.begun_by(as_of)
    words, first, end = text.words, period.first, period.end
    if found := _BOUNDS.ending(text, first):
        form, match = found
        if form.meaning == "since" and _is_ranked(text, match.first):
            return None
        encloses = _describes(period, text, words[first - 1] in _DETERMINERS)
        return _meant((match.first, end), days, as_of, form.meaning, match["OFFSET"], encloses)
    if _is_long(words[first:end]) and _is_ranked(text, first):
        return None
    if _is_compared(words, first) or (not isinstance(period.when, Days) and _is_ahead(text, first)):
        return None
    before = words[first - 1] if first else ""
    if before == "from" and (on := _ONWARDS.match(text, words, end)):
        return _meant((first - 1, on.end), days, as_of, "from")
    meant = _meant((first, end), days, as_of)
    in_name = before in _DETERMINERS - {"this", "our"} and not text.glued(end) and _describes(period, text, True)
    return replace(meant, in_name=True) if meant and in_name else meant


def _around(event: "Event", day: date, text: PlainText, as_of: date) -> Meant | None:
    """What an event on `day` means with the words before it."""
    if event.bound == "since" and _is_ranked(text, event.first):
        return None
    after = event.bound == "after"  # what came of it is told on the same day
    return _meant((event.first, event.end), one_day(day), as_of, event.bound, event.offset, after)


def _meant(
    span: tuple[int, int],
    days: Days,
    as_of: date,
    bound: str = "during",
    offset: tuple[int, str] | None = None,
    encloses: bool = False,
) -> Meant | None:
    """`encloses`: what the words speak of is somewhere in `days`, so they bound by their far end."""
    if days.first > as_of or days.first.year < _FIRST_NEWS:
        return None
    first, last, hard = _window(bound, offset, days, encloses)
    if first and (first > as_of or first.year < _FIRST_NEWS):
        return None
    return Meant(*span, first, min(last or as_of, as_of), hard)


def _window(
    bound: str, offset: tuple[int, str] | None, days: Days, encloses: bool
) -> tuple[date | None, date | None, bool]:
    """The first day and the last, and whether what happened then cannot have been told before."""
    day = timedelta(days=1)
    if offset and bound == "after":  # two weeks after: the days from there on; one day where days are counted
        far = days_before(days.last, -offset[0], offset[1])
        return far if offset[1] == "day" else days.last + day, far, False
    if offset and bound == "before":
        far = days_before(days.first, *offset)
        return far, far if offset[1] == "day" else days.first - day, False
    if bound in ("since", "from", "after"):
        return days.last + day if bound == "after" and not encloses else days.first, None, True
    if bound == "during":
        return days.first, days.last, False
    return None, days.first - day if bound == "before" and not encloses else days.last, False


def _longest_first(table: str) -> list[tuple[str, str]]:
    return sorted(TIMES.table(table).items(), key=lambda item: -len(item[0].split()))


_DETERMINERS = TIMES.words("determiners")
_BOUNDS = Table(
    *(Form(f"OFFSET? {phrase} at? least? @determiners?", bound) for phrase, bound in _longest_first("bounds"))
)
_NOW = Form("up? to|until|till|through the? now|present|date day?")
_ONWARDS = Form("on|onward|onwards")


def _describes(period: Period, text: PlainText, determined: bool) -> bool:
    """Whether a noun follows, as in "the 2020 election" and "Monday's vote": it lies somewhere in the period."""
    words, end = text.words, period.end
    if words[end : end + 1] == ["'"] and text.glued(end):
        behind = end + 1 + (words[end + 1 : end + 2] == ["s"])
        return behind < len(words) and words[behind][0].isalnum() and not text.glued(behind)
    return determined and not stands_alone(text, end)


def _is_long(words: Sequence[str]) -> bool:
    """Whether it is the last years, decades or months."""
    behind_last = [word for at, word in enumerate(words) if {"last", "past"} & set(words[:at])]
    return bool(behind_last) and behind_last[-1] in ("year", "years", "decade", "decades", "months")


def _is_compared(words: Sequence[str], at: int) -> bool:
    """`more than in`, `compared to`, `versus`."""
    at -= at > 0 and words[at - 1] in ("in", "on", "the")
    before = words[max(0, at - 4) : at]
    if before[-1:] == ["versus"] or before[-2:] in (["compared", "to"], ["compared", "with"]):
        return True
    behind = list(takewhile(lambda word: word != "than", reversed(before)))
    return len(behind) < len(before) and all(word[0].isalnum() for word in behind)


def _is_ahead(text: PlainText, at: int) -> bool:
    """Whether it is no day past: will meet on, is opening on, is to open on, is due on."""
    words = text.words
    for end in range(at, _clause_start(text, at, _PLANNED_WITHIN), -1):
        if _is_preceded(text, end, _PLANNED):
            will = words[end - 1] == "will"  # and no name
            if not will or (end < at and "a" <= text.cased[text.starts[end]] <= "z"):
                return True
    at -= words[at - 1] == "the"
    if at < 2 or words[at - 1] not in ("on", "in", "at", "by", "for"):
        return False
    verbs = [verb for verb in range(at - 2, max(at - 5, 0), -1) if _is_under_way(words, verb)]
    return any({"is", "are"} & set(words[max(0, verb - 5) : verb]) for verb in verbs)


def _is_under_way(words: Sequence[str], verb: int) -> bool:
    word = words[verb]
    opens = word.endswith("ing") and len(word) > 4 and word not in _NOT_UNDER_WAY
    return (
        word in ("due", "expected", "set")
        or words[verb - 1] == "to"
        or (opens and words[verb : verb + 2] != ["going", "on"])
    )


_NOT_UNDER_WAY = TIMES.words("not_under_way")
_PLANNED_WITHIN, _RANKED_WITHIN = 60, 80  # characters before the words for time


def _clause_start(text: PlainText, at: int, within: int, signs: str = ",;:.?!") -> int:
    """The first token after the signs before a token, not further back than so many characters."""
    if at >= len(text.words):
        return at
    start = at
    while start and text.starts[at] - text.starts[start - 1] <= within:
        if text.words[start - 1] in signs and not text.glued(start):
            break
        start -= 1
    return start


_NO_SUPERLATIVE = TIMES.words("no_superlative")
_RANKINGS = Table(
    Form("most|least", before="!at", after="!recent"),
    Form("@ranking"),
    Form("the only"),
    Form("any|last other? time|point|day|week|month|year"),
    Form("record -? high|low"),
)


def _is_ranked(text: PlainText, at: int) -> bool:
    """Whether a superlative, or a first time, stands in the clause before a token: the highest since 1994."""
    start = _clause_start(text, at, _RANKED_WITHIN)
    if any(not text.is_named(match.start_character) for _, match in _RANKINGS.matches(text, start, at)):
        return True  # and no First Minister
    never = False
    for word, after in pairwise([*text.words[start:at], ""]):
        never = never or word in ("not", "never", "t")
        is_superlative = word.endswith("est") and 5 <= len(word) <= 15 and word not in _NO_SUPERLATIVE
        if is_superlative or (never and word in ("seen", "happened")) or (word == "record" and after.endswith("ing")):
            return True
    return False


# Events that stand for their day: "after the election", "since the invasion of Norland", "before Brexit".

_ASKED = 3  # phrases at most: each may take a search
_LONGEST_PHRASE = 140  # characters
_MOST_WORDS = 7  # in one, after its determiner
_BREAKS = frozenset(',;:?!()"' + HIDDEN)
_PHRASE_ENDS, _NO_EVENT, _INSIDE = (TIMES.words(name) for name in ("phrase_ends", "no_event", "inside_names"))
_VERBS, _NOT_IN_ED = TIMES.words("auxiliaries", "verbs"), TIMES.words("no_verbs_in_ed")
_EVENT_BOUNDS = Table(
    *(
        Form(phrase if "the" in phrase else f"OFFSET? {phrase}", bound)
        for phrase, bound in _longest_first("event_bounds")
    )
)


@dataclass(frozen=True, slots=True)
class Event:
    """`phrase` of a plain text's tokens `first` to `end`, and the words that place the story before, at or after it."""

    bound: str
    offset: tuple[int, str] | None
    phrase: str
    first: int
    end: int


def named_events(text: PlainText, found: Sequence[Period]) -> list[Event]:
    """The first few; what is a date already is none, nor is a clause such as "after the minister resigned"."""
    events: list[Event] = []
    for form, match in _EVENT_BOUNDS.matches(text):
        start = match.end
        if start >= len(text.words) or not text.words[start][0].isalnum():
            continue
        determined = text.words[start] in ("the", "his", "her", "their", "its")
        noun = start + determined
        if text.words[noun : noun + 1] and not text.words[noun][0].isalnum():
            continue
        if noun >= len(text.words) or not (determined or text.is_named(text.starts[start])):
            continue
        after = bisect_right(found, start, key=lambda period: period.end)
        near = found[after : after + 1]
        if near and near[0].first <= start:
            continue
        last = _phrase_end(text, text.starts[noun], determined, text.begins_sentence(text.starts[match.first]))
        if last is None:
            continue
        end = bisect_left(text.starts, last)
        inside = next((period for period in near if noun <= period.first < end), None)
        if inside and inside.first == noun and inside.end >= end:
            continue  # the summer of 2019
        cut = text.starts[inside.first] if inside and inside.first > noun else last
        words = text.cased[text.starts[start] : cut].rstrip(" ,").split(" ")
        while len(words) > 1 and words[-1] in ("in", "on", "of", "at", "the", ","):
            words.pop()
        end = max(end, inside.end if inside else end)
        events.append(Event(form.meaning, match["OFFSET"], " ".join(words), match.first, end))
        if len(events) == _ASKED:
            break
    return events


def _phrase_end(text: PlainText, start: int, determined: bool, opening: bool) -> int | None:
    """The character where the noun phrase from `start` ends, None for a clause. `opening`: it opens the sentence, so a
    verb after it is that of the question ("After the vote did prices rise?")."""
    ends: list[int] = []
    words: list[str] = []
    for whole in text.small[start : start + _LONGEST_PHRASE].split(" "):
        held = next((whole[:at] for at, sign in enumerate(whole) if sign in _BREAKS), whole)
        word = held.rstrip(".").removesuffix("'s")
        if word in _PHRASE_ENDS or not word:
            break
        if _is_verb(word, len(words) if determined else len(words) + 1):
            if opening and words:
                break
            return None
        small_in_name = not determined and words and not text.is_capital(start) and not word[0].isdigit()
        if small_in_name and word not in ("of", "the"):
            if word in _INSIDE:
                break
            return None
        words.append(word)
        determined = determined or held.endswith("'s")
        ends.append(start + len(held.rstrip(".")))
        if held.endswith(".") or held != whole:
            break
        start += len(whole) + 1
    while words and words[-1] in _INSIDE:
        words.pop()
        ends.pop()
    if not words or words[0] in _NO_EVENT or len(words) > _MOST_WORDS:
        return None
    return ends[-1]


def _is_verb(word: str, place: int) -> bool:
    """`the attempted coup` has none, `the minister resigned` has."""
    return word in _VERBS or (place > 0 and len(word) > 4 and word.endswith("ed") and word not in _NOT_IN_ED)


# What is asked of the newest, and of what was published then.


def _before_noun(match: Match) -> bool:
    words, end = match.text.words, match.end
    return end < len(words) and "a" <= words[end][0] <= "z" and words[end] not in ("in", "of", "is", "was", "from")


def _not_in_compound(match: Match) -> bool:
    return not (match.text.glued(match.end) and match.text.words[match.end] == "-")


def _never(match: Match) -> bool:
    return False


_NEWEST = Table(
    Form("the? latest|newest", before="!at"),
    Form("the? most recent|recently", before="!at"),
    Form("recently", before="!as"),
    Form("lately|currently|nowadays"),
    Form("these days"),
    Form("at the moment"),
    Form("at present"),
    Form("so far", after="!from|away|as|apart|off|behind|ahead|back"),
    Form("up -? to -? date"),
    Form("to date"),
    Form("in recent days|weeks|months|times"),
    Form("recent", _before_noun, before="!as"),
    Form("current", _before_noun, before="the|his|her|its|their|our|this|which|what|any"),
    Form("current", _before_noun, before="' s"),
    Form("now and then", _never),
    Form("right|just? now", _not_in_compound, before="!from", after="!that"),
)


def _newest(text: PlainText) -> tuple[int, int] | None:
    """Where the first such words stand; a word with a capital of its own is a name."""
    for form, match in _NEWEST.matches(text):
        if (not form.meaning or form.meaning(match)) and not text.is_named(match.start_character):
            return match.first, match.end
    return None


_PAPERS = Table(
    Form("in the news|papers|newspapers|headlines|press"),
    Form("on the front page|pages"),
    Form("made|make|grabbed the? headlines"),
)
_AT_LARGE, _SAY = TIMES.words("papers_at_large"), TIMES.words("say")
_SAYING_WITHIN = 30  # characters from the papers on


def _is_about_papers(text: PlainText) -> bool:
    """Whether the whole question is about what the papers said, whenever that was."""
    words = text.words
    for at in (at for at, word in enumerate(words) if _is_papers(words, at)):
        for verb in range(at + 1, len(words)):
            if text.starts[verb] - text.ends[at] > _SAYING_WITHIN:
                break
            if words[verb] in _SAY:
                return True
    return bool(_PAPERS.matches(text))


def _is_papers(words: Sequence[str], at: int) -> bool:
    return words[at] in _AT_LARGE or (words[at] == "pages" and words[max(0, at - 1)] == "front")


_PRESS_WORDS, _PUBLISHED, _WHEN = (TIMES.words(name) for name in ("press", "published", "when"))
_OTHER_WORKS = TIMES.words("other_works")
_OF_THE_PRESS = Form("' s? @lead? @press|@press_after")
_WORDS_BEFORE, _LONGEST_BEFORE = 12, 110  # tokens, characters
_SENTENCE_ENDS = frozenset("?.!," + HIDDEN)


def _is_of_publication(text: PlainText, first: int, end: int) -> bool:
    """For the tokens from `first` to `end`: "articles from last week", "yesterday's headlines", "published in 2020".

    A book that was published or cases that were reported then are what happened then.
    """
    words = text.words
    if end < len(words) and words[end] == "'" and _OF_THE_PRESS.match(text, words, end):
        return True
    at = first - (first > 0 and words[first - 1] == "the")
    when = words[at - 1] if at and words[at - 1] in _WHEN else ""
    at -= bool(when) + (words[max(0, at - 2) : at] == ["as", "of"])
    noun = at - (at > 0 and words[at - 1] in _PUBLISHED)
    noun -= noun > 0 and words[noun - 1] in ("were", "was", "are")
    noun -= noun > 0 and words[noun - 1] in ("that", "which")
    if noun and _is_press(text, noun - 1):
        return not _is_outlet(text, noun - 1)
    for place in range(at - 1, max(at - _WORDS_BEFORE, -1), -1):
        word, between = words[place], at - 1 - place
        if word in _SENTENCE_ENDS:
            return False
        if word in _PUBLISHED and (not between or (when and words[place + 1] in ("about", "on", "of"))):
            return _OTHER_WORKS.isdisjoint(words[_clause_start(text, first, _LONGEST_BEFORE, "") : first])
        since = when in ("from", "dated", "since") or (between > 1 and words[at - 1] == "published")
        if since and between and _is_press(text, place):
            return not _is_outlet(text, place)
    return False


def _is_press(text: PlainText, at: int) -> bool:
    words = text.words
    return words[at] in _PRESS_WORDS or (words[at] in ("page", "pages") and at > 0 and words[at - 1] == "front")


def _is_outlet(text: PlainText, at: int) -> bool:
    """Fox News in 2019 is no news of 2019."""
    return text.words[at].startswith("news") and text.is_named(text.starts[at])
