"""Who or what something is: the sentences that say so of it, however it is asked."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Answer, numbered
from assistant.english.parsing import sentence_of
from assistant.events import Event
from assistant.extractive.candidates import Candidate, candidates, quoted
from assistant.extractive.short_answer import what_it_is
from assistant.plans.named import name_in, names
from assistant.plans.tools import Tools
from index.text.analysis import words_of

_LOOKED_AT = 20  # passages
_MOST = 3  # sentences
_SAID = 0.75  # chance of an answer that says what it is
_NEW = 0.5  # share of a further sentence's words that those before have not


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The answer of the reader; where it refuses, what the articles say of the name that the question has.

    Where the question is likely of another kind, what it names is told alone.
    """
    answer = (yield from tools.answer(question)) if tools.sure else None
    if answer and answer.answerable:
        return answer
    found = tools.search(question, _LOOKED_AT)
    name = name_in(question, found, tools.collection)
    if not name:
        return answer
    told = [one for one in candidates([*tools.search(name, _LOOKED_AT), *found]) if names(one.text, name)]
    says = [one for one in told if what_it_is(name, one.text)] or [one for one in told if _describes(name, one.text)]
    if not says:
        return answer
    chosen = _chosen(says, told)
    place = what_it_is(name, chosen[0].text)
    short = chosen[0].text[slice(*place)] if place and _agree(says, name) else None
    composed = tools.composed(question, numbered(map(quoted, chosen)))
    return replace(composed, short_answer=short, confidence=_SAID)


def _describes(name: str, sentence: str) -> bool:
    """Whether a sentence tells what it is beside: "the Grey Sisters reef", "Mirabel Stone, who heads the authority"."""
    read = sentence_of(sentence)
    end = sentence.find(name) + len(name)
    last = next((at for at, word in enumerate(read.words) if word.end >= end), None)
    if last is None:
        return False
    word = read.words[last]
    return bool(read.children(last, "relcl")) or (
        word.role == "compound" and read.words[word.head].tag in ("NN", "NNS")
    )


def _chosen(says: Sequence[Candidate], told: Sequence[Candidate]) -> list[Candidate]:
    """The newest sentence that says what it is, then what else is said of it, no two alike."""
    chosen = [max(says, key=lambda one: (one.found.article.published or date.min, -one.start))]
    for one in [*says, *sorted(told, key=lambda one: one.start)]:
        known = frozenset().union(*(its.vocabulary for its in chosen))
        if len(chosen) < _MOST and len(one.vocabulary - known) > _NEW * len(one.vocabulary):
            chosen.append(one)
    return chosen


def _agree(says: Sequence[Candidate], name: str) -> bool:
    """Whether all that is said shares a word with the first: two of one name are two."""
    places = [(one, what_it_is(name, one.text)) for one in says]
    words = [frozenset(words_of(one.text[slice(*place)])) for one, place in places if place]
    return bool(words) and all(one & words[0] for one in words)
