"""What is compared: two events in time, two amounts, or two sides."""

from collections.abc import Generator

from assistant.answer import Answer
from assistant.events import Event
from assistant.plans.amounts import measured
from assistant.plans.arithmetic import stretched
from assistant.plans.order import ordered
from assistant.plans.reckoned import reckoned
from assistant.plans.sides import compared
from assistant.plans.tools import Tools
from assistant.plans.values_by_day import changed


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The answer to a comparison, by the first of these ways that its words ask for; None where they ask for none."""
    for way in (ordered, stretched, reckoned, measured, changed, compared):
        answer = yield from way(question, tools)
        if answer is not None:
            return answer
    return None
