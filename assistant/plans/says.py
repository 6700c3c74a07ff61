"""What someone says of something, and who says what: by the speakers that the articles name, however it is asked."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Answer, numbered
from assistant.english.parsing import sentence_of
from assistant.events import Event
from assistant.extractive.candidates import Candidate, candidates
from assistant.extractive.quoting import quoted
from assistant.plans import outlet_says
from assistant.plans.tools import Tools
from assistant.question.asked_speech import likeness
from assistant.question.focus import Focus, focuses
from assistant.speech.reporting import may_report
from assistant.speech.speakers import speaker_of
from index.text.analysis import words_of

_LOOKED_AT = 20  # passages
_MOST = 4  # sentences
_SAME_SPEAKER = 0.6  # likeness of two namings from which they can mean the same
_SAME = 0.99  # likeness of a speaker's name to the words of the question that name him
_NAMED = 4  # words of a sentence that opens with the name of its subject
_ON_TOPIC = 0.3  # share of the weight of what he is asked about
_SAID = 0.6  # chance that what he says of it is what is asked for


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """What an outlet that is named says; of anyone else the answer of the reader, or where it refuses, what those who
    are named in the question say of the rest of it."""
    by_outlet = yield from outlet_says.plan(question, tools)
    if by_outlet:
        return by_outlet
    answer = yield from tools.answer(question)
    if answer.answerable:
        return answer
    found = candidates(tools.search(question, _LOOKED_AT))
    _, total = tools.collection.catalogue.count()
    [asked] = focuses(question, tools.collection.frequency, total, split=False)
    said = [(near, one) for one in found if (near := _nearness(one, asked, tools)) >= _ON_TOPIC]
    best = sorted(said, key=lambda row: (row[0], row[1].found.article.published or date.min), reverse=True)[:_MOST]
    if not best:
        return answer
    chosen = [one for one in found if any(one is its for _, its in best)]
    return replace(tools.composed(question, numbered(map(quoted, _apart(chosen)))), confidence=_SAID)


def _nearness(one: Candidate, asked: Focus, tools: Tools) -> float:
    """The share of what is asked about, the speaker apart, that a sentence and its passage speak of; 0 by another."""
    if not may_report(one.text):
        return 0.0
    who = _speaker(one, asked, tools)
    if not who:
        return 0.0
    topic = asked.terms.keys() - who
    whole = sum(asked.terms[stem] for stem in topic)
    around = frozenset(words_of(f"{one.found.article.title} {one.neighbours}"))
    return sum(asked.terms[stem] for stem in topic & around) / whole if whole else 1.0


def _speaker(one: Candidate, asked: Focus, tools: Tools) -> frozenset[str]:
    """The stems of the question that name who says a sentence, or what he speaks for: "Its director, Ann Ode, said"."""
    name = speaker_of(tools.collection.text_of(one.found.article.id), one.start, one.end).name
    who = frozenset(words_of(name)) & asked.terms.keys()
    speaker = asked.speech.speaker
    if any(word[0].isupper() for word in speaker.split()) and likeness(speaker, name) < _SAME_SPEAKER:
        return frozenset()
    if who and likeness(" ".join(asked.surfaces[stem] for stem in who), name) >= _SAME:
        return who
    first = sentence_of(one.text).words[0]
    for_whom = one.before if name and one.before and first.tag == "PRP$" else None
    who = frozenset(for_whom.words[:_NAMED]) & asked.terms.keys() if for_whom else frozenset()
    return who if len(who) > 1 else frozenset()


def _apart(sentences: Sequence[Candidate]) -> list[Candidate]:
    """Those that say no more than one before are left out."""
    kept: list[Candidate] = []
    for one in sentences:
        if not any(one.vocabulary <= its.vocabulary for its in kept):
            kept.append(one)
    return kept
