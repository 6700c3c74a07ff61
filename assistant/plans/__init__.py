"""How each kind of question is answered: by a plan, which may ask several questions and composes one answer of theirs.

A plan gives None where the question turns out to be none of its kind, or what it found holds no answer of its form;
the question is then asked as one of a fact.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from importlib import import_module

from assistant.answer import Answer
from assistant.events import Event
from assistant.extractive.quoting import QuotingReader
from assistant.plans import by_model
from assistant.plans.tools import Tools
from assistant.question.asked import Kind

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
_OF_THE_CONVERSATION: frozenset[Kind] = frozenset(("answer", "talk"))
_SEVERAL: frozenset[Kind] = frozenset(("comparison", "sequence", "list", "arithmetic"))


def plan_for(kind: Kind) -> Plan | None:
    """The plan for a kind of question, imported when it is first needed; None for what is asked as it stands."""
    if kind not in _MODULES:
        return None
    plan: Plan = import_module(f"assistant.plans.{_MODULES[kind]}").plan
    return plan


def answer(question: str, kinds: Sequence[Kind], tools: Tools) -> Generator[Event, None, Answer]:
    """The answer by the plan for the likeliest of the kinds that has one, before a fact by a language model's own plan.

    A question in a form that compares or reckons is tried as that first. What a plan for the likeliest kind refuses is
    refused; what one for another refuses is asked on, what nothing tells as a fact at last. What a question asks to
    reckon and no plan could, is refused or told without a verdict: one of the numbers alone would be a wrong one.
    """
    refused = None
    forms = import_module("assistant.plans.forms")
    compares = () if set(kinds[:1]) & _OF_THE_CONVERSATION else forms.kinds_in_form(question)
    for kind in dict.fromkeys((*compares, *kinds, "fact")):
        tools.sure = kind == kinds[0]
        if kind in _OF_THE_CONVERSATION and not tools.sure:
            continue
        plan = plan_for(kind)
        found = (yield from plan(question, tools)) if plan else None
        if kind == "fact" and found is None:
            by_model_alone = _SEVERAL & set(kinds[:1])
            found = (yield from by_model.plan(question, tools)) if by_model_alone else None
            if found:
                return replace(found, kind=kinds[0])
            found = yield from tools.answer(question)
            if isinstance(tools.reader, QuotingReader):  # which cannot reckon
                found = forms.without_verdict(question, found, refused)
        is_refused = tools.sure and (kind != "fact" or bool(found and found.steps))  # who is described was named
        if found and (found.answerable or is_refused):
            return replace(found, kind=kind)
        refused = refused or found
    assert refused  # a fact is answered, if only by a refusal
    return refused
