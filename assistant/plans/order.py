"""Which of two events was first, and how long lies between them."""

import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Literal

from assistant.answer import Answer, Sentence, numbered
from assistant.events import Event
from assistant.extractive.candidates import quoted
from assistant.layout import Place, Row
from assistant.plans.happened import Happened, happened
from assistant.plans.phrases import alike, halves, stripped, when_asked, with_owner
from assistant.plans.tools import Tools
from index.english import lexicon

HEADER = ("Event", "Day", "What the article says")
NOT_SURE = 0.45  # chance of an answer to what had to be reckoned and was not
_FAR, _SURE = timedelta(days=300), 3.0  # log odds
Asks = Literal["either", "earlier", "later", "first", "last", "order"]


@dataclass(frozen=True, slots=True)
class Ordered:
    """Two events and what is asked of them: whether the first was before or after, whether it was earlier, or later;
    which of them was first, or last; or their order. `names` are those of two who did the same, where it asks who."""

    one: str
    other: str
    asks: Asks
    names: tuple[str, str] = ("", "")


def order_asked(question: str) -> Ordered | None:
    """The two events of a question for their order; None for another question."""
    text = stripped(question)
    for asks, pattern in _forms():
        found = pattern.fullmatch(text)
        if found:
            given = {name: words or "" for name, words in found.groupdict().items()}
            return _of_both(given, asks) if "both" in given else _of_each(given, asks)
    return None


def _of_both(given: dict[str, str], asks: Asks) -> Ordered | None:
    sides, deed = halves(given["both"], "(?:or|and)"), _deed(given.get("deed", ""))
    if sides is None or (deed and given.get("mark", ",").isspace()):  # the first vaccine against this or that
        return None
    one, other = (f"did {side} {deed}" if deed else side for side in sides)
    return Ordered(one, other, asks, sides if deed else ("", ""))


def _of_each(given: dict[str, str], asks: Asks) -> Ordered:
    one = given["one"][0].lower() + given["one"][1:]
    one = f"{one} {given['rest']}" if given.get("rest") else one
    if given["happen"]:  # did the flood come
        one = one.split(maxsplit=1)[1]
    return Ordered(one, alike(with_owner(given["other"], one), one), asks)


def ordered(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The answer to a question for the order of two events; None where it asks no such thing."""
    asked = order_asked(question)
    if asked is None:
        return None
    return (yield from _ordered(question, asked, tools))


def _ordered(question: str, asked: Ordered, tools: Tools) -> Generator[Event, None, Answer | None]:
    one, other = yield from both_happened(asked.one, asked.other, tools)
    if not (one and other and one.sure and other.sure):
        return days_missing(question, {asked.one: one, asked.other: other}, tools)
    verdict = _verdict(asked, one, other)
    answer = days_told(question, (one, other), verdict, tools)
    if verdict not in ("Yes", "No"):
        return answer
    return replace(answer, reply=f"{_verdict(replace(asked, asks='either'), one, other)}.")


def both_happened(
    one: str, other: str, tools: Tools
) -> Generator[Event, None, tuple[Happened | None, Happened | None]]:
    """When each of two events happened. Days far apart, as of something that comes again every year, are told only
    where both are sure, for who names two events in one breath seldom means them years apart."""
    first, second = (yield from happened(one, tools, True)), (yield from happened(other, tools, True))
    if first and second and abs(first.days.first - second.days.first) > _FAR:
        first, second = (replace(event, sure=event.sure and event.score >= _SURE) for event in (first, second))
    return first, second


def days_told(question: str, events: tuple[Happened, ...], verdict: str | None, tools: Tools) -> Answer:
    """The verdict over a table of the events, each with its day and the sentence that tells it."""
    rows = numbered(_row(one, block) for block, one in enumerate(events))
    answer = tools.composed(question, rows)
    return replace(
        answer, form="table", short_answer=verdict, rests_on=tuple(range(1, len(rows) + 1)) if verdict else ()
    )


def days_missing(question: str, events: Mapping[str, Happened | None], tools: Tools) -> Answer:
    """What is told where the day of an event is not: of which, and what is likeliest; a refusal if that is nothing."""
    asked = " ".join(when_asked(event) for event, told in events.items() if not (told and told.sure))
    found = [told for told in events.values() if told]
    if len(found) < len(events):
        answer = tools.composed(question)
    else:
        answer = replace(days_told(question, tuple(found), None, tools), confidence=NOT_SURE)
    return replace(answer, reply=f"The articles that were found do not tell clearly: {asked}")


def days_between(one: Happened, other: Happened) -> int | None:
    """How many days the second was after the first; None where one of them is known by its month alone."""
    if one.days.length > 1 or other.days.length > 1:
        return None
    return (other.days.first - one.days.first).days


def in_days(days: int) -> str:
    return "1 day" if abs(days) == 1 else f"{abs(days)} days"


def _verdict(asked: Ordered, one: Happened, other: Happened) -> str | None:
    if one.days == other.days:
        return "On the same day" if one.days.length == 1 else None
    if one.days.last >= other.days.first and other.days.last >= one.days.first:  # one within the month of the other
        return None
    is_before = one.days.first < other.days.first
    between = days_between(one, other)
    by = f", by {in_days(between)}" if between else ""
    match asked.asks:
        case "either":
            return ("Before" if is_before else "After") + by
        case "earlier" | "later":
            return "Yes" if is_before == (asked.asks == "earlier") else "No"
        case "order":
            first, second = (one, other) if is_before else (other, one)
            return f"First {_named(first)}, then {_named(second)}" + (f" {in_days(between)} later" if between else "")
    is_one = is_before == (asked.asks == "first")
    return _capital(asked.names[not is_one] or _named(one if is_one else other)) + by


def _row(one: Happened, block: int) -> Sentence:
    sentence = quoted(one.told)
    cells = (_capital(_named(one)), one.written, sentence.text)
    return replace(sentence, place=Place(block, row=Row(HEADER, cells, ((), (0,), (0,)))))


def _named(one: Happened) -> str:
    return (
        when_asked(one.event) if re.match(lexicon("questions").pattern("auxiliaries") + r"\s", one.event) else one.event
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _deed(words: str) -> str:
    """The verb phrase in its base form; "" where it says no more than that something happened."""
    from assistant.english.parsing import sentence_of

    read = sentence_of(f"It {words.strip()}").words[1:]
    if not read or read[0].low in lexicon("compared").words("happen"):
        return ""
    return " ".join((read[0].lemma, *(word.text for word in read[1:])))


@cache
def _forms() -> tuple[tuple[Asks, re.Pattern[str]], ...]:
    words, questions = lexicon("compared"), lexicon("questions")
    aux, happen = questions.pattern("auxiliaries"), r"(?P<happen>\s+(?:happen|occur|come|take place))?"
    asks: tuple[tuple[Asks, str], ...] = (
        ("either", rf"(?P<one>{aux}\s+.+?){happen}\s+{words.pattern('either_order')}\s+(?P<other>.+)"),
        (
            "either",
            rf"(?P<one>{aux}\s+.+?){happen}\s+(?:before|after)\s+(?P<other>.+?)\s*,?\s+or\s+(?:before|after)(?:\s+\w+)?",
        ),
        (
            "earlier",
            rf"(?P<one>{aux}\s+.+?)\s+already\s+(?P<rest>.+?){happen}\s+{words.pattern('once')}\s+(?P<other>.+)",
        ),
        (
            "first",
            rf"(?:which|what|who)\b(?P<deed>.*?)\s+{words.pattern('first')}(?P<mark>\s*[,:–—-]\s*|\s+)(?P<both>.+)",
        ),
        (
            "last",
            rf"(?:which|what|who)\b(?P<deed>.*?)\s+{words.pattern('last')}(?P<mark>\s*[,:–—-]\s*|\s+)(?P<both>.+)",
        ),
        ("first", rf"(?:did|do|was|were|is)\s+(?P<both>.+?\s+or\s+.+?)(?P<deed>\s+\w+)\s+{words.pattern('first')}"),
        ("order", rf"{words.pattern('order')}\s+(?:did\s+|were\s+)?(?P<both>.+?){happen}"),
        ("earlier", rf"(?P<one>{aux}\s+.+?){happen}\s+{words.pattern('earlier')}\s+(?P<other>.+)"),
        ("later", rf"(?P<one>{aux}\s+.+?){happen}\s+{words.pattern('later')}\s+(?P<other>.+)"),
    )
    return tuple((ask, re.compile(form, re.IGNORECASE)) for ask, form in asks)
