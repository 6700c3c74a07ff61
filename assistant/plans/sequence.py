"""The plan for what happened one after another: a time line of events by the days on which they happened."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import log

from assistant.answer import Answer, Sentence, numbered
from assistant.english.parsing import sentence_of
from assistant.events import Event as Told
from assistant.events import Token
from assistant.layout import Place, Row
from assistant.plans.gathering import newest_days, of_all, on_subject, passages_of
from assistant.plans.subjects import is_told, subject_of, time_of, untold
from assistant.plans.tellings import Event, Telling, citation_of, events_of, tellings
from assistant.plans.tools import Tools
from index.english import lexicon
from index.search.result import Retrieved
from index.times import Window
from index.times.calendar import Days, month, years

_WORDS = lexicon("sequence")
_ASKING = _WORDS.words("asking", "happening", "collection")
_SEQUENCES, _NEWEST, _SINCE, _BEFORE = map(_WORDS.words, ("sequences", "newest", "since", "before"))
_HEADER = ("Day", "What happened")
_ROWS, _LATEST = 10, 4
_CITED = 4  # outlets of a row
_LATELY = timedelta(days=14)
_BACKGROUND = timedelta(days=180)  # before it was told
_MONTH = 31
_ALIKE = 0.48  # cosine of two sentences of one day, of which a reader needs one
_OF_SUBJECT = 2.0  # weight of how much of the subject is named
_NEAR, _ENOUGH = 0.55, 5  # of the subject; where so many events say as much, the others are left out
_AS_GOOD = 0.15  # of importance
_OF_DAY = 2  # rows of a day
_OTHER_QUESTIONS = frozenset(("when", "where", "why", "which", "who"))


def plan(question: str, tools: Tools) -> Generator[Told, None, Answer | None]:
    """A time line of what the question asks about, the latest news first where it asks for these.

    None where it asks for no sequence, or nothing with a day is told of its subject.
    """
    if not tools.sure and not asks_sequence(question):
        return None
    day = tools.request.day
    subject = subject_of(question, _ASKING, tools.collection, day)
    if not is_told(subject, tools):
        return untold(question, subject, tools)
    time = time_of(question, tools.collection, day)
    newest = _asks_newest(question)
    window = time.window if time and time.kind != "newest" else Window(None, day)
    found = on_subject(tools, subject.text) if subject.text else _of_all(tools, window, newest)
    yield Token("")
    told = tellings(found, subject, tools.collection, window)
    events: Sequence[Event] = [one for one in events_of(told) if _is_within(one.first.happened.days, window)]
    if time is None:
        events = _beside_the_named(events, question)
    near = [event for event in events if event.first.relevance >= _NEAR]
    events = _chosen(near if subject.text and len(near) >= _ENOUGH else events, _LATEST if newest else _ROWS, newest)
    if not events:
        return None
    rows = numbered(_row(event, place) for place, event in enumerate(events))
    answer = replace(tools.composed(question, rows), form="timeline", time=time)
    yield Token(answer.text)
    return answer


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


def _beside_the_named(events: Sequence[Event], question: str) -> Sequence[Event]:
    """Of a question for what came after an event, or before it, those: the event is the first of the most important."""
    asked = {word.low for word in sentence_of(question).words}
    if not events or not asked & (_SINCE | _BEFORE):
        return events
    of_a_day = [one for one in events if one.first.happened.days.length == 1] or events
    most = max(map(_importance, of_a_day))
    named = min(one.first.happened.days.first for one in of_a_day if _importance(one) >= most - _AS_GOOD)
    if asked & _SINCE:
        return [one for one in events if one.first.happened.days.first >= named]
    return [one for one in events if one.first.happened.days.last < named]


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
