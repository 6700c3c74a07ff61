"""A plan that a language model makes: the questions that it would look up, and its answer from what they find."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import replace

from assistant.answer import Answer
from assistant.events import Event, Step
from assistant.plans.tools import READ_PASSAGES, Tools, by_turns, waiting
from assistant.request import Planner


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The model's answer from the best passages of each of its questions; None where it makes no plan."""
    if not isinstance(tools.reader, Planner):
        return None
    with closing(tools.reader.steps(question)) as planning:
        steps = yield from waiting(planning)
    found = []
    for step in steps:
        tools.steps.append(step)
        yield Step(step)
        found.append(tools.search(step))
    if not found:
        return None
    answer = yield from tools.answer_from(question, by_turns(found, 2 * READ_PASSAGES))
    return replace(answer, steps=tuple(steps))
