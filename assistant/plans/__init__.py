"""How each kind of question is answered: by a plan, which may ask several questions and composes one answer of theirs.

A plan gives None where the question turns out to be none of its kind, or what it found holds no answer of its form;
the question is then asked as one of a fact.
"""

from collections.abc import Callable, Generator
from importlib import import_module

from assistant.answer import Answer
from assistant.events import Event
from assistant.plans.tools import Tools
from assistant.question.asked import Kind

Plan = Callable[[str, Tools], Generator[Event, None, Answer | None]]
"""A plan gets the standalone question and what it works with."""

_MODULES: dict[Kind, str] = {"yes/no": "yes_no"}


def plan_for(kind: Kind) -> Plan | None:
    """The plan for a kind of question, imported when it is first needed; None for what is asked as it stands."""
    if kind not in _MODULES:
        return None
    plan: Plan = import_module(f"assistant.plans.{_MODULES[kind]}").plan
    return plan
