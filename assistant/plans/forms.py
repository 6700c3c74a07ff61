"""The kinds of question whose form leaves no doubt, whatever kind their words make likely."""

import re
from dataclasses import replace
from functools import cache

from assistant.answer import Answer
from assistant.plans.bounds import bounds_of
from assistant.plans.kinds_of_things import wanted_by_name
from assistant.plans.order import NOT_SURE
from assistant.plans.reckoned import operation_asked, tells_itself
from assistant.plans.summary import asks_to_sum_up
from assistant.plans.values_told import moving
from assistant.question.asked import Kind
from index.english import lexicon

_WORDS = lexicon("sequence")
_HAPPENED, _IMPERATIVES, _OF_CHANGE = map(_WORDS.words, ("happened", "imperatives", "of_change"))
_OPENING = 4  # words

_UNSURE = ("earlier", "later", "whether")  # may as well be questions of yes or no about one thing


def form_of(question: str) -> Kind | None:
    """The kind of a question that asks how a value moved, what happened between events, for all of a kind by name, or
    to sum up; None for any other."""
    words = question.lower().split()
    if not words:
        return None
    if words[0] == "how" and words[1:2] and words[1] in _OF_CHANGE and moving(question):
        return "sequence"
    if words[0] == "what" and _HAPPENED & set(words[1:_OPENING]) and bounds_of(question):
        return "sequence"
    if asks_to_sum_up(question):
        return "summary"
    if words[0] in _IMPERATIVES and wanted_by_name(question):
        return "list"
    return None


def kinds_in_form(question: str) -> tuple[Kind, ...]:
    """The kinds, the first to be tried first, of a question that compares two things, or asks to reckon; none for
    another."""
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
    if measured and measured.asks not in _UNSURE:
        return ("comparison",)
    operation = operation_asked(question)
    if operation == "difference":
        return ("arithmetic", "comparison")  # of two numbers, or of what two things are
    return ("arithmetic",) if operation else ()


def without_verdict(question: str, answer: Answer, refused: Answer | None) -> Answer:
    """The answer to a fact, whose verdict is kept only if its question asks for nothing that must be reckoned.

    `refused` is what a plan said that could not reckon it: this is the answer to a question for two numbers, one of
    which is missing.
    """
    from assistant.plans.measures import measures_asked

    asked = measures_asked(question)
    if asked and asked.asks in ("sum", "difference", "times") and refused:
        return refused
    operation = operation_asked(question)
    short = answer.short_answer or ""
    if not operation or any(tells_itself(operation, one.text, short) for one in answer.sentences):
        return answer
    plain = tuple(replace(one, emphasis=()) for one in answer.sentences)
    return replace(answer, short_answer=None, sentences=plain, confidence=min(answer.confidence or 1.0, NOT_SURE))


@cache
def _already() -> re.Pattern[str]:
    return re.compile(rf"\balready\b.*\b{lexicon('compared').pattern('once')}\b", re.IGNORECASE)
