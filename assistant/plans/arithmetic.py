"""What is reckoned from what the articles tell: the time between two events, a sum, a difference, a ratio."""

import re
from collections.abc import Generator
from dataclasses import dataclass
from functools import cache

from assistant.answer import Answer
from assistant.events import Event
from assistant.plans.amounts import measured
from assistant.plans.order import both_happened, days_between, days_missing, days_told, in_days, ordered
from assistant.plans.phrases import alike, auxiliaries_in, halves, stripped, with_owner
from assistant.plans.reckoned import reckoned
from assistant.plans.tools import Tools
from assistant.plans.values_by_day import changed
from index.english import lexicon


@dataclass(frozen=True, slots=True)
class Stretch:
    """Two events, how the second is said to lie to the first ("after", "before", or "" for between them), and the unit
    in which the time is asked for, "" where none is named."""

    first: str
    second: str
    way: str
    unit: str


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The answer to a question whose answer must be reckoned; None where it asks for nothing of the kind."""
    for way in (stretched, reckoned, measured, changed, ordered):
        answer = yield from way(question, tools)
        if answer is not None:
            return answer
    return None


def stretched(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """How long it was between two events; None for another question."""
    asked = stretch_asked(question)
    if asked is None:
        return None
    first, second = yield from both_happened(asked.first, asked.second, tools)
    if not (first and second and first.sure and second.sure):
        return days_missing(question, {asked.first: first, asked.second: second}, tools)
    between = days_between(first, second)
    verdict = None if between is None else _written(between, asked)
    return days_told(question, (first, second), verdict, tools)


def stretch_asked(question: str) -> Stretch | None:
    """The two events between which a question asks for the time; None for another question."""
    text = stripped(question)
    for pattern in _forms():
        found = pattern.fullmatch(text)
        if not found:
            continue
        given = {name: words or "" for name, words in found.groupdict().items()}
        unit, way = given["unit"].rstrip("s"), given.get("way", "")
        pair = _events(given)
        return Stretch(*pair, way, unit) if pair else None
    return None


def _events(given: dict[str, str]) -> tuple[str, str] | None:
    if "second" in given:
        return alike(with_owner(given["first"], given["second"]), given["second"]), given["second"]
    if "way" not in given:
        pair, owner = halves(given["both"], given.get("joint") or "and"), given.get("owner")
        return (f"{owner}'s {pair[0]}", f"{owner}'s {pair[1]}") if pair and owner else pair
    asked = list(auxiliaries_in(given["both"]))
    asked = [one for one in asked if one[0] in ("did", "does", "do")] or asked[-1:]
    if not asked:
        return None
    first, second = given["both"][: asked[0].start()].strip(" ,"), given["both"][asked[0].start() :]
    return alike(first, second), with_owner(second, first)


def _written(days: int, asked: Stretch) -> str:
    told = _in_unit(abs(days), asked.unit)
    if not days:
        return "None: on the same day"
    is_as_asked = not asked.way or (days > 0) == (asked.way == "after")
    return told if is_as_asked else f"{told} {'after' if days > 0 else 'before'}, not {asked.way}"


def _in_unit(days: int, unit: str) -> str:
    """The days, in weeks or years where these are asked for and there are as many."""
    size = {"week": 7}.get(unit, 0)
    if not size or days < size:
        return in_days(days)
    whole, rest = divmod(days, size)
    return f"{whole} {unit}{'s' * (whole > 1)}" + (f" and {in_days(rest)}" if rest else "")


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    words, aux = lexicon("compared"), lexicon("questions").pattern("auxiliaries")
    happen = r"(?:\s+(?:happen|occur|come|take place))?"
    joint, took = r"\s+(?P<joint>to|until|till)\s+", rf"(?:{words.pattern('pass')}|did it take|was it)"
    did = r"(?:did|does|has|had)\s+(?P<owner>(?!it\b).+?)\s+(?:need|take|require)\b.*?"
    how = rf"(?:(?:how many\s+)?(?:the\s+)?(?P<unit>{words.pattern('units')})|{words.pattern('stretch')}(?P<any>))"
    forms = (
        rf"{how}\s+(?P<way>after|before)\s+(?P<both>.+)",
        rf"{how}\s+(?:{words.pattern('pass')}\s+)?(?:in\s+)?between\s+(?P<both>.+)",
        rf"{how}\s+{did}\s+from\s+(?P<both>.+{joint}.+)",
        rf"{how}\s+{took}\s+from\s+(?P<both>.+{joint}.+)",
        rf"{how}\s+{words.pattern('pass')}\s+(?P<both>.+)",
        rf"{how}\s+(?P<second>{aux}\s+.+?){happen}\s+(?P<way>after|before)\s+(?P<first>.+)",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)
