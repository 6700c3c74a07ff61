"""Which questions compare or reckon by their form alone, whatever kind their words make likely."""

import re
from dataclasses import replace
from functools import cache

from assistant.answer import Answer
from assistant.question.asked import Kind
from index.english import lexicon

_UNSURE = ("earlier", "later", "whether")  # may as well be questions of yes or no about one thing


def kinds_in_form(question: str) -> tuple[Kind, ...]:
    """The kind of a question that compares two things, or asks for the time between two; none for another question."""
    from assistant.plans.arithmetic import stretch_asked
    from assistant.plans.measures import measures_asked
    from assistant.plans.order import order_asked
    from assistant.plans.values_by_day import changed_asked

    ordered = order_asked(question)
    if stretch_asked(question):
        return ("arithmetic",)
    if ordered and (ordered.asks not in _UNSURE or _already().search(question)):
        return ("comparison",)
    if changed_asked(question):
        return ("comparison",)
    measured = measures_asked(question)
    return ("comparison",) if measured and measured.asks not in _UNSURE else ()


def without_verdict(question: str, answer: Answer, refused: Answer | None) -> Answer:
    """The answer to a fact, whose verdict is kept only if its question asks for nothing that must be reckoned.

    `refused` is what a plan said that could not reckon it: this is the answer to a question for two numbers, one of
    which is missing.
    """
    from assistant.plans.measures import measures_asked

    asked = measures_asked(question)
    if asked and asked.asks in ("sum", "difference", "times") and refused:
        return refused
    if not answer.short_answer or not _reckons().search(question):
        return answer
    return replace(answer, short_answer=None, sentences=tuple(replace(one, emphasis=()) for one in answer.sentences))


@cache
def _already() -> re.Pattern[str]:
    return re.compile(rf"\balready\b.*\b{lexicon('compared').pattern('once')}\b", re.IGNORECASE)


@cache
def _reckons() -> re.Pattern[str]:
    words = lexicon("compared")
    asks = rf"\bhow\s+(?:much|many)\b.*\b{words.pattern('remains', 'in_all')}\b"
    before = rf"\b{words.pattern('in_all')}\b\s*,.*\bhow\s+(?:much|many)\b"
    rises = rf"\bhow\s+(?:much|many)\b.*\b{words.pattern('changes')}\b.*\bbetween\b"
    return re.compile(rf"{asks}|{before}|{rises}", re.IGNORECASE)
