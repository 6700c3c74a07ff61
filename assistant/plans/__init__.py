"""How each kind of question is answered: by a plan, which may ask several questions and composes one answer of theirs.

A plan gives None where the question turns out to be none of its kind, or what it found holds no answer of its form;
the question is then asked as one of a fact.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from importlib import import_module

from assistant.answer import Answer
from assistant.events import Event
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
_SURELY: frozenset[Kind] = frozenset(("collection", "answer", "talk"))  # what no form of a question speaks against
_SEVERAL: frozenset[Kind] = frozenset(("comparison", "sequence", "list", "arithmetic"))


def plan_for(kind: Kind) -> Plan | None:
    """The plan for a kind of question, imported when it is first needed; None for what is asked as it stands."""
    if kind not in _MODULES:
        return None
    plan: Plan = import_module(f"assistant.plans.{_MODULES[kind]}").plan
    return plan


def answer(question: str, kinds: Sequence[Kind], tools: Tools) -> Generator[Event, None, Answer]:
    """The answer by the plan for the likeliest of the kinds that has one, else by a language model's own plan, else as
    of a fact.

    What a plan for the likeliest kind refuses is refused; what one for another refuses is asked on.
    """
    from assistant.plans.forms import form_of  # with the parser's modules, which need not be there for a search

    if kinds and kinds[0] not in _SURELY and (form := form_of(question)):
        kinds = [form, *(kind for kind in kinds if kind != form)]
    for kind in kinds:
        plan, tools.sure = plan_for(kind), kind == kinds[0]
        found = (yield from plan(question, tools)) if plan else None
        if found and (found.answerable or kind == kinds[0]):
            return replace(found, kind=kind)
        if kind == "fact":
            break
    if _SEVERAL & set(kinds[:1]) and (found := (yield from by_model.plan(question, tools))):
        return replace(found, kind=kinds[0])
    return replace((yield from tools.answer(question)), kind="fact")
