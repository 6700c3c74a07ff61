"""How each kind of question is answered: by a plan, which may ask several questions and composes one answer of theirs.

A plan gives None where the question turns out to be none of its kind, or what it found holds no answer of its form;
the question is then asked as one of a fact.
"""

import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from importlib import import_module

from assistant.answer import Answer
from assistant.english.values import numbers_in
from assistant.events import Event
from assistant.extractive.quoting import EXTRACTIVE
from assistant.plans import by_model
from assistant.plans.tools import Tools
from assistant.question.asked import Kind
from index.english import lexicon

Plan = Callable[[str, Tools], Generator[Event, None, Answer | None]]
"""A plan gets the standalone question and what it works with."""

_MODULES: dict[Kind, str] = {
    "fact": "bridge",
    "definition": "definition",
    "yes/no": "yes_no",
    "says": "says",
    "comparison": "comparison",
    "sequence": "sequence",
    "summary": "summary",
    "list": "listing",
    "arithmetic": "arithmetic",
    "collection": "collection_facts",
    "answer": "answer_before",
    "talk": "talk",
}
_HOW_MUCH_MORE = re.compile(r"\bhow (?:much|many|far) \w+er\b")
_OF_THE_CONVERSATION: frozenset[Kind] = frozenset(("answer", "talk"))
_SURELY: frozenset[Kind] = frozenset(("collection", "answer", "talk"))  # what no form of a question speaks against
_ASKED_ANYHOW: frozenset[Kind] = frozenset(("definition", "says"))  # in so many ways that what was refused may be one
_COMPOSITE: frozenset[Kind] = frozenset(("comparison", "sequence", "summary", "list"))
_SEVERAL: frozenset[Kind] = frozenset(("comparison", "sequence", "list", "arithmetic"))
_COVERING = 0.4  # chance that sentences which cover a question tell what was asked for


def plan_for(kind: Kind) -> Plan | None:
    """The plan for a kind of question, imported when it is first needed; None for what is asked as it stands."""
    if kind not in _MODULES:
        return None
    plan: Plan = import_module(f"assistant.plans.{_MODULES[kind]}").plan
    return plan


def answer(question: str, kinds: Sequence[Kind], tools: Tools) -> Generator[Event, None, Answer]:
    """The answer by a plan; to a question of several things that all refuse, the sentences that cover it."""
    found = yield from _by_plans(question, kinds, tools)
    if found.answerable or kinds[0] not in _COMPOSITE or found.form == "yes/no":
        return found
    told = None
    if kinds[0] == "comparison" and tools.reader.name == EXTRACTIVE:
        told = yield from import_module("assistant.plans.sides").compared(question, tools)
    if told is None or told.reply:  # of one side alone
        told = yield from import_module("assistant.plans.covering").plan(question, kinds[0], tools)
    return replace(told, kind=kinds[0], confidence=_COVERING, reply=found.reply) if told else found


def _by_plans(question: str, kinds: Sequence[Kind], tools: Tools) -> Generator[Event, None, Answer]:
    """The answer by the plan for the likeliest of the kinds that has one, before a fact by a language model's own plan.

    A question in a form that compares or reckons is tried as that first. What a plan for the likeliest kind refuses is
    refused; what one for another refuses is asked on, what nothing tells as a fact at last. What a question asks to
    reckon and no plan could, is refused or told without a verdict: one of the numbers alone would be a wrong one.
    """
    compares: Sequence[Kind] = ()
    if not tools.request.kind and kinds[0] not in _SURELY and (list(kinds) != ["fact"] or _may_reckon(question)):
        forms = import_module("assistant.plans.forms")
        compares, form = forms.kinds_in_form(question), forms.form_of(question)
        kinds = [form, *kinds] if form else kinds
    refused = None
    for kind in _in_turn(kinds, compares):
        tools.sure = kind == kinds[0]
        plan = plan_for(kind)
        found = (yield from plan(question, tools)) if plan else None
        if kind == "fact" and found is None:
            if _SEVERAL & set(kinds[:1]) and (planned := (yield from by_model.plan(question, tools))):
                return replace(planned, kind=kinds[0])
            found = yield from tools.answer(question)
            is_number = any(numbers_in(found.short_answer or ""))
            if tools.reader.name == EXTRACTIVE and (is_number or _may_reckon(question)):  # which cannot reckon
                found = import_module("assistant.plans.forms").without_verdict(question, found, refused)
        # of a fact who is described was named, or what it takes for granted is not told
        is_refused = tools.sure and (kind != "fact" or bool(found and (found.steps or found.reply)))
        if found and (found.answerable or is_refused):
            return replace(found, kind=kind)
        refused = refused or found
    assert refused  # a fact is answered, if only by a refusal
    return refused


def _may_reckon(question: str) -> bool:
    """Whether a plain question has words of those that ask for a difference, a rest or a sum, or "how much dearer"."""
    low = f" {question.lower().rstrip('?.! ')} "
    words = lexicon("compared").words("margins", "remains", "in_all", "by_how")
    return bool(_HOW_MUCH_MORE.search(low)) or any(f" {word} " in low for word in words)


def _in_turn(kinds: Sequence[Kind], compares: Sequence[Kind]) -> Sequence[Kind]:
    """The kinds that are tried: those likelier than a fact, a fact, and what a refused one may be after all."""
    likely = [kind for kind in kinds if kind == kinds[0] or kind not in _OF_THE_CONVERSATION | _ASKED_ANYHOW]
    before = likely[: likely.index("fact")] if "fact" in likely else likely
    behind = [kind for kind in kinds if kind in _ASKED_ANYHOW]
    return tuple(dict.fromkeys((*compares, *before, "fact", *behind)))
