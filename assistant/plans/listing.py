"""The plan for a list: all of a kind that the articles name, or all that did something, each once with its source."""

import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Sentence, numbered
from assistant.check import Source, check
from assistant.english.parsing import sentence_of
from assistant.english.states import State, state_in, state_of, states_in
from assistant.events import Event, Token
from assistant.extractive.candidates import Candidate, candidates, citation_of
from assistant.extractive.read_features import best_span, readings_of
from assistant.layout import Item, Place
from assistant.plans.gathering import of_all, on_subject, passages_of
from assistant.plans.kinds_of_things import Asked, asked_items, instances, is_name, recognised, wanted_by_name
from assistant.plans.tellings import is_prose
from assistant.plans.tools import Tools
from index.search.result import Retrieved
from index.text.analysis import words_of

_MOST = 40  # items
_SEVERAL = 2  # that did something; of one a plain answer says more
_READ = 12  # passages, of a list of what did something
_SURE = 1.0  # log odds, of the check, that an item is of the kind
_LEAST, _LEAST_SAID = -1.0, -2.5  # log odds of a span that it answers, and of the check that its sentence says so
_TOGETHER = 1.5  # of both
_CHECKED = 60  # names
_BETWEEN = re.compile(r"\s*,\s*(?:and\s|or\s)?|\s+(?:and|or|&)\s+")
_PARSED = 200  # sentences whose grammar is read


@dataclass(frozen=True, slots=True)
class Found:
    """An item as it is written, with the sentence that names it."""

    text: str
    candidate: Candidate


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The items of a list, or how many there are.

    None where no list is asked for, or there is nothing to put on it.
    """
    asked = asked_items(question)
    if asked is None:
        return None
    found = _doing(question, asked, tools) if asked.rest else _named(asked, tools)
    yield Token("")
    items = distinct(found)[: asked.most or _MOST]
    if len(items) < (_SEVERAL if asked.rest else 1):
        return untold(question, tools) if tools.sure and asked.rest and wanted_by_name(question) else None
    sentences = numbered(_item(one, place) for place, one in enumerate(items))
    answer = replace(tools.composed(question, sentences), form="list")
    if asked.counts:
        rests_on = tuple(range(1, len(items) + 1))
        answer = replace(answer, short_answer=f"{len(items)} are named here", rests_on=rests_on)
    yield Token(answer.text)
    return answer


def untold(question: str, tools: Tools) -> Answer:
    """The refusal to list what no article names."""
    return replace(tools.composed(question), reply="No article here names them.")


def _named(asked: Asked, tools: Tools) -> Iterator[Found]:
    """All of a kind that stand in the articles."""
    passages = passages_of(of_all(tools))
    if not asked.names:
        passages = [*on_subject(tools, asked.kind), *passages]
    sentences = _once(candidates(passages))
    if "state" in asked.names:
        named = [(itself, Found(name, one)) for one in sentences for name, itself in states_in(one.text)]
        yield from (found for _, found in sorted(named, key=lambda pair: not pair[0]))
        return
    stems = frozenset(words_of(asked.kind))
    of_kind = [one for one in sentences if stems & one.vocabulary][:_PARSED]
    for one in of_kind:
        yield from (Found(one.text[start:end], one) for start, end in instances(sentence_of(one.text), asked.kind))
    recognised_names = [
        Found(_bare(one.text[start:end]), one)
        for one in (sentences if asked.names else ())
        for start, end in recognised(one.text, asked.names)
    ]
    for found in distinct(recognised_names)[:_CHECKED]:
        if _is_of_kind(found, asked):
            yield found


def _is_of_kind(found: Found, asked: Asked) -> bool:
    """Whether a name that the recogniser found is one: a person has two names, of others the article says so."""
    if "PERSON" in asked.names:
        return " " in found.text and state_of(found.text) is None
    article = "an" if asked.kind[0] in "aeiou" else "a"
    return _is_said(f"{found.text} is {article} {asked.kind}.", Source.of(found.candidate.found)) > _SURE


def _doing(question: str, asked: Asked, tools: Tools) -> Iterator[Found]:
    """What did something: what the reader's model takes for the answer, as far as the check bears it out."""
    passages: Sequence[Retrieved] = list(tools.search(question, _READ))
    readings = readings_of(question, passages, anew=True)
    for one in candidates(passages):
        span = best_span(one, readings)
        if span is None or span.logit < _LEAST or not is_prose(one.text):
            continue
        source = Source(one.text, one.found.article.published, one.found.article.title)
        for name in _names(one, span.start - one.place[0], span.end - one.place[0], asked):
            odds = _is_said(f"{name} {asked.rest}.", source)
            if odds >= _LEAST_SAID and span.logit + odds >= _TOGETHER:
                yield Found(name, one)


def _is_said(claim: str, source: Source) -> float:
    """The log odds that a source says what is claimed."""
    return check(claim, [source]).odds


def _names(one: Candidate, start: int, end: int, asked: Asked) -> Iterator[str]:
    """The names in a sentence from `start` to `end`: "Marl, Dunby and the Tern"."""
    sentence = sentence_of(one.text)
    at = start
    for part in _BETWEEN.split(one.text[start:end]):
        name = _bare(part.strip())
        at = one.text.index(name, at)
        is_kind = "state" not in asked.names or state_of(name) is not None
        if is_kind and is_name(sentence, at, at + len(name)) and asked.kind not in words_of(name):
            yield name


def distinct(found: Iterable[Found]) -> list[Found]:
    """Each item once, as it is written in full: a state by its name, a person by all names."""
    items: list[tuple[frozenset[str], State | None, Found]] = []
    for one in found:
        state, stems = state_in(one.text), frozenset(words_of(one.text))
        if not stems:
            continue
        same = next((at for at, (its, other, _) in enumerate(items) if _are_one(stems, state, its, other)), None)
        if same is None:
            items.append((stems, state, one))
        elif stems > items[same][0]:
            items[same] = (stems, state, one)
    return [one for _, _, one in items]


def _are_one(stems: frozenset[str], state: State | None, others: frozenset[str], other: State | None) -> bool:
    if state and other:
        return state == other
    return stems <= others or stems >= others


def _once(sentences: Iterable[Candidate]) -> list[Candidate]:
    return list({(one.found.article.id, one.start): one for one in sentences}.values())


def _bare(name: str) -> str:
    return name.removeprefix("the ").removeprefix("The ").removesuffix("'s").removesuffix("’s")


def _item(one: Found, place: int) -> Sentence:
    return Sentence(
        one.text, "supported", (citation_of(one.candidate),), place=Place(place, items=(Item(place + 1, False),))
    )
