"""How a number changed: what dated articles tell of the same thing, in a table by day.

A verdict is given where one sentence tells both numbers, or both are likely; else the reader sees them side by side.
"""

import re
from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from assistant.answer import Answer, numbered
from assistant.events import Event
from assistant.layout import Place, Row
from assistant.plans.amounts import Amount, amounts_told, kind_of
from assistant.plans.phrases import stripped
from assistant.plans.quoted import quoted
from assistant.plans.tools import Tools
from index.english import lexicon

HEADER = ("Day of the article", "Amount", "What the article says")
_LEAST, _BEHIND = -4.0, 3.5  # log odds of a number that is shown: at all, and less than the likeliest one's
_LIKELY = 0.0  # of both numbers of a verdict
_MOST = 4  # rows


def changed_asked(question: str) -> str | None:
    """What a question asks the change of; None for another question."""
    text = stripped(question)
    for form in _forms():
        if found := form.fullmatch(text):
            given = found.groupdict()
            return given.get("topic") or given["what"]
    return None


def changed(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The numbers of what changed, by the days of their articles; None for another question, or where no two differ."""
    what = changed_asked(question)
    if what is None:
        return None
    told = yield from amounts_told(what, f"How much was {what}?", tools)
    pairs = _alike(sorted(told, key=lambda one: -one[1]))
    if len(pairs) < 2:
        return None
    shown = sorted(pairs, key=lambda one: (_day(one[0]), one[0].told.start, one[0].value.start))
    rows = []
    for block, (one, _) in enumerate(shown):
        sentence, day = quoted(one.told), _day(one)
        cells = (f"{day.day} {day:%B %Y}", one.written, sentence.text)
        rows.append(replace(sentence, place=Place(block, row=Row(HEADER, cells, ((), (0,), (0,))))))
    verdict = _verdict(shown)
    rests_on = tuple(range(1, len(rows) + 1)) if verdict else ()
    return replace(tools.composed(question, numbered(rows)), form="table", short_answer=verdict, rests_on=rests_on)


def _alike(ranked: Sequence[tuple[Amount, float]]) -> list[tuple[Amount, float]]:
    """The likeliest number, and others of the same kind that tell of it: each amount once."""
    if not ranked or ranked[0][1] < _LEAST:
        return []
    best, most = ranked[0]
    found: dict[float, tuple[Amount, float]] = {}
    for one, score in ranked:
        is_next = one.told.before == best.told or one.told == best.told  # 5.20, of "from 4 crowns to 5.20"
        is_alike = kind_of(one.value) == kind_of(best.value) or (is_next and not kind_of(one.value))
        if is_alike and (score >= max(_LEAST, most - _BEHIND) or (is_next and score >= _LEAST - _BEHIND)):
            found.setdefault(one.value.amount, (one, score))
    return list(found.values())[:_MOST]


def _verdict(shown: Sequence[tuple[Amount, float]]) -> str | None:
    """From the earliest to the latest, where both are likely, or one sentence says so."""
    (first, first_score), (last, last_score) = shown[0], shown[-1]
    from_to = rf"\bfrom\s+{re.escape(first.value.text)}\b.*\bto\s+{re.escape(last.value.text)}"
    is_told = first.told == last.told and re.search(from_to, first.told.text) and len(shown) == 2
    is_likely = min(first_score, last_score) >= _LIKELY and _day(first) < _day(last)
    return f"From {first.written} to {last.written}" if is_told or is_likely else None


def _day(one: Amount) -> date:
    return one.told.found.article.published or date.min


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    words = lexicon("compared")
    when = r"(?:\s+(?:from|between|since|after|over|in|within|by)\b.*)?"
    changes = words.pattern("changes")
    topic = r"(?:(?P<topic>[^?]+?)\s+[-–—:]\s+)?"
    forms = (
        rf"how\s+(?:did|has|have)\s+(?P<what>.+?)\s+(?:change|changed|develop|developed|evolve|evolved){when}",
        rf"{topic}(?:by\s+)?how\s+(?:much|many)\b.*?\b(?:did|has|have)\s+(?P<what>.+?)\s+{changes}{when}",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)
