"""A plan that a language model makes: the questions that it would look up, and its answer from what they find."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import chain, zip_longest

from assistant.answer import Answer
from assistant.events import Event, Step, Token
from assistant.plans.tools import READ_PASSAGES, Tools
from assistant.request import Planner
from index.search.result import Results, Retrieved


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The model's answer from the best passages of each of its questions; None where it makes no plan."""
    if not isinstance(tools.reader, Planner):
        return None
    planning = tools.reader.steps(question)
    while True:
        try:
            next(planning)
        except StopIteration as ended:
            steps: tuple[str, ...] = tuple(ended.value)
            break
        yield Token("")
    found = []
    for step in steps:
        tools.steps.append(step)
        yield Step(step)
        found.append(tools.search(step))
    if not found:
        return None
    answer = yield from tools.answer_from(question, _together(found))
    return replace(answer, steps=steps)


def _together(found: list[Results]) -> Results:
    """The best passages of all in turn, each once."""
    in_turn: Iterator[Retrieved | None] = chain.from_iterable(zip_longest(*found))
    passages = {(one.article.id, one.passage.start): one for one in in_turn if one}
    notices = dict.fromkeys(chain.from_iterable(one.notices for one in found))
    return Results(tuple(passages.values())[: 2 * READ_PASSAGES], found[0].time, tuple(notices))
