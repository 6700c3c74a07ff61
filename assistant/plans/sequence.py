"""The plan for what happened one after another: a time line of events by the days on which they happened."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import log

from assistant.answer import Answer, Sentence, numbered
from assistant.english.parsing import sentence_of
from assistant.events import Event as Told
from assistant.events import Token
from assistant.extractive.candidates import citation_of
from assistant.layout import Place, Row
from assistant.plans.bounds import Bounds, bounds_of
from assistant.plans.gathering import newest_days, of_all, on_subject, passages_of
from assistant.plans.subjects import Subject, is_told, subject_of, time_of, untold
from assistant.plans.tellings import Event, Telling, events_of, tellings
from assistant.plans.tools import Tools
from assistant.plans.values_told import moving, values_in_order
from index.english import lexicon
from index.search.result import Retrieved
from index.times import Window
from index.times.calendar import Days, month, years

_WORDS = lexicon("sequence")
_ASKING = _WORDS.words("asking", "happening", "collection")
_SEQUENCES, _NEWEST = map(_WORDS.words, ("sequences", "newest"))
_BEGINNINGS, _ENDINGS = map(_WORDS.words, ("beginnings", "endings"))
_HEADER = ("Day", "What happened")
_ROWS, _LATEST = 10, 4
_CITED = 4  # outlets of a row
_DAY = timedelta(days=1)
_LATELY = timedelta(days=14)
_BACKGROUND = timedelta(days=180)  # before it was told
_MONTH = 31
_ALIKE = 0.48  # cosine of two sentences of one day, of which a reader needs one
_OF_SUBJECT = 2.0  # weight of how much of the subject is named
_NEAR, _ENOUGH = 0.55, 5  # of the subject; where so many events say as much, the others are left out
_STATED = 0.8  # of the subject, from which a sentence without a day counts as of its article's
_OF_VALUE = 0.4  # the same beside the noun of a value
_NAMED, _OF_NEAREST = 0.5, 0.75  # of the words that name an event: enough, and a share of the best
_AS_GOOD = 0.15  # of importance
_OF_DAY = 2  # rows of a day
_OTHER_QUESTIONS = frozenset(("when", "where", "why", "which", "who"))


def plan(question: str, tools: Tools) -> Generator[Told, None, Answer | None]:
    """A time line of what the question asks about, the latest news first where it asks for these.

    None where it asks for no sequence, or nothing with a day is told of its subject.
    """
    if not tools.sure and not asks_sequence(question) and not moving(question):
        return None
    time = time_of(question, tools.collection, tools.request.day)
    asked = moving(question)
    bounds = Bounds(question) if time or asked else bounds_of(question)
    subject = subject_of(asked[0] if asked else bounds.rest, _ASKING, tools.collection, tools.request.day)
    if not is_told(subject, tools):
        return None if asked else untold(question, subject, tools)  # a value may be told in other words
    newest = _asks_newest(bounds.rest)
    yield Token("")
    if asked:
        events = [Event((one,)) for one in values_in_order(_told_of(tools, subject, stated=_OF_VALUE), *asked)]
    elif bounds:
        events = _within_bounds(tools, subject, bounds)
    else:
        window = time.window if time and time.kind != "newest" else Window(None, tools.request.day)
        events = _within(tools, subject, window, newest)
    if not events:
        return None
    rows = numbered(_row(event, place) for place, event in enumerate(events))
    answer = replace(tools.composed(question, rows), form="timeline", time=time)
    yield Token(answer.text)
    return answer


def _within(tools: Tools, subject: Subject, window: Window, newest: bool) -> list[Event]:
    """The events of the subject, or of all stories, in these days."""
    told = _told_of(tools, subject, window, newest)
    events = [one for one in events_of(told) if _is_within(one.first.happened.days, window)]
    near = [event for event in events if event.first.relevance >= _NEAR]
    return _chosen(near if subject.text and len(near) >= _ENOUGH else events, _LATEST if newest else _ROWS, newest)


def _within_bounds(tools: Tools, subject: Subject, bounds: Bounds) -> list[Event]:
    """The events of the subject, or where there is none of those that bound it, between these; none where one of these
    is not told. What was stated of the subject since the last of its events is among them."""
    ends = [subject_of(text, _ASKING, tools.collection, tools.request.day) for text in (bounds.first, bounds.last)]
    told = [_told_of(tools, end) if end.text else [] for end in ends]
    days = [_day_told(its, text) for its, text in zip(told, (bounds.first, bounds.last), strict=True)]
    if any(end.text and day is None for end, day in zip(ends, days, strict=True)):
        return []
    first, last = days
    before = last - _DAY if last and not bounds.until else last
    window = Window(first, before or tools.request.day)
    of_subject = _told_of(tools, subject, stated=_STATED) if subject.text else [*told[0], *told[1]]
    once = {(one.candidate.found.article.id, one.candidate.start): one for one in sorted(of_subject, key=_relevance)}
    events = [one for one in events_of(list(once.values())) if _is_within(one.first.happened.days, window)]
    happened = [one for one in events if not one.first.is_stated]
    latest = max((one.first.happened.days.last for one in happened), default=date.min)
    since = [one for one in events if one.first.is_stated and one.first.happened.days.first > latest]
    return _chosen([*happened, *since], _ROWS, newest=False)


def _day_told(told: Sequence[Telling], named: str) -> date | None:
    """The day of an event that is named: the first of the most important that are told of it, or of all where its
    beginning is named, or the last of these where its end is."""
    events = [event for event in events_of(told) if event.first.happened.days.length == 1]
    near = max((event.first.relevance for event in events), default=0.0)
    events = [event for event in events if event.first.relevance >= max(_NAMED, _OF_NEAREST * near)]
    words = {form for word in sentence_of(named).words for form in (word.low, word.lemma)}
    if not words & (_BEGINNINGS | _ENDINGS):
        most = max(map(_importance, events), default=0.0)
        events = [event for event in events if _importance(event) >= most - _AS_GOOD]
    days = [event.first.happened.days.first for event in events]
    return (max if words & _ENDINGS else min)(days, default=None)


def _told_of(
    tools: Tools, subject: Subject, window: Window | None = None, newest: bool = False, stated: float = 2.0
) -> list[Telling]:
    window = window or Window(None, tools.request.day)
    found = on_subject(tools, subject.text) if subject.text else _of_all(tools, window, newest)
    return tellings(found, subject, tools.collection, window, stated)


def _relevance(one: Telling) -> float:
    return one.relevance


def _of_all(tools: Tools, window: Window, newest: bool) -> list[Retrieved]:
    """Passages of the stories of these days, of the last ones alone where the newest are asked for."""
    lately = newest and window.first is None
    return passages_of(of_all(tools, newest_days(tools, _LATELY.days) if lately else window))


def asks_sequence(question: str) -> bool:
    """Whether a question asks what happened one after another, not when, where, why or how many."""
    words = sentence_of(question).words
    if any(word.low in _OTHER_QUESTIONS for word in words[:2]):
        return False
    return any({word.low, word.lemma} & _SEQUENCES for word in words)


def _asks_newest(question: str) -> bool:
    return any(word.low in _NEWEST for word in sentence_of(question).words)


def _is_within(days: Days, window: Window) -> bool:
    return days.first in window or (days.last in window and days.length <= _MONTH)


def _chosen(events: Sequence[Event], most: int, newest: bool) -> list[Event]:
    """The most important, in order of their days; the latest first where these are asked for."""
    clear = [event for event in events if event.first.clear]
    ranked = sorted(clear, key=_importance, reverse=True)
    if newest:
        last = max((event.first.happened.days.last for event in clear), default=date.max)
        ranked = [event for event in ranked if last - event.first.happened.days.first <= _LATELY]
        ranked.sort(key=lambda event: event.first.happened.days.last, reverse=True)
    kept: list[Event] = []
    for event in ranked:
        of_day = [one for one in kept if one.first.happened.days == event.first.happened.days]
        told = any(event.first.is_like(one.first, _ALIKE) for one in of_day)
        if len(kept) < most and len(of_day) < _OF_DAY and not told:
            kept.append(event)
    return sorted(kept, key=lambda event: _order(event.first), reverse=newest)


def _importance(event: Event) -> float:
    """How much an event weighs: of the subject, told by many, news when it was told, and named in full."""
    first = event.first
    told = first.happened
    names = sum(word.is_proper for word in sentence_of(first.candidate.text).words)
    is_old = first.published is not None and first.published - told.days.last > _BACKGROUND
    return (
        _OF_SUBJECT * first.relevance
        + log(event.outlets)
        + 0.3 * log(max(one.retold for one in event.tellings))
        + 0.1 * min(names, 4)
        + 0.2 * told.dated
        - 0.6 * told.said
        - 0.4 * (told.days.length > _MONTH)
        - 1.2 * is_old
    )


def _order(one: Telling) -> tuple[date, date]:
    return one.happened.days.first, one.happened.days.last


def _row(event: Event, place: int) -> Sentence:
    first = event.first
    by_outlet = {one.outlet: one for one in reversed(event.tellings)}
    others = [one.candidate for one in by_outlet.values() if one.outlet != first.outlet]
    own = [first.candidate, *filter(None, [first.correction])]
    cited = tuple(map(citation_of, [*own, *others[: _CITED - 1], *(one.candidate for one in event.corrected[:1])]))
    text = " ".join(" ".join(one.text.split()) for one in own)
    cells = (day_of(first.happened.days), text)
    row = Row(_HEADER, cells, ((), tuple(range(len(cited)))))
    told = ", ".join(f"{name}: {cell}" for name, cell in zip(_HEADER, cells, strict=True))
    return Sentence(told, "supported", cited, place=Place(place, row=row))


def day_of(days: Days) -> str:
    """Days as they stand in a time line: "5 October 2020", "October 2020", "2020", "28 September to 4 October 2020"."""
    first, last = days
    if first == last:
        return f"{first.day} {first:%B %Y}"
    if days == years(first.year, first.year):
        return str(first.year)
    if days == month(first.year, first.month):
        return f"{first:%B %Y}"
    parts = ("%B %Y", "%B", "")[(first.year == last.year) + (first.year == last.year and first.month == last.month)]
    return f"{first.day} {format(first, parts) if parts else ''}".strip() + f" to {last.day} {last:%B %Y}"
