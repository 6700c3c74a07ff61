"""What someone says of something, and who says what: by the speakers that the articles name, however it is asked."""

import re
from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Answer, numbered
from assistant.answer import Sentence as Told
from assistant.english.parsing import sentence_of
from assistant.english.states import same_root
from assistant.events import Event
from assistant.extractive.candidates import Candidate, candidates, quoted
from assistant.plans import outlet_says
from assistant.plans.tools import Tools
from assistant.question.asked_speech import likeness
from assistant.question.focus import Focus, focuses
from assistant.speech.reporting import may_report
from assistant.speech.speakers import speaker_of
from index.english import lexicon
from index.text.analysis import words_of

_SAYING = lexicon("questions").words("say")
_EACH = re.compile(rf"\s+(?:each|both)(?=\s+{lexicon('questions').pattern('say')}\b)", re.IGNORECASE)
_NOUNS = ("NN", "NNS")
_JOINING = ("CC", ",")  # tags of what stands between speakers
_OF_EACH = 2  # sentences of each of several speakers
_LOOKED_AT = 20  # passages
_MOST = 4  # sentences
_SAME_SPEAKER = 0.6  # likeness of two namings from which they can mean the same
_SAME = 0.99  # likeness of a speaker's name to the words of the question that name him
_NAMED = 4  # words of a sentence that opens with the name of its subject
_ON_TOPIC = 0.3  # share of the weight of what he is asked about
_SAID = 0.6  # chance that what he says of it is what is asked for


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """What an outlet that is named says; of anyone else the answer of the reader, or where it refuses, what those who
    are named in the question say of the rest of it. Several speakers are asked about one after another.

    Where the question is likely of another kind, only who is named by his own name counts.
    """
    by_outlet = yield from outlet_says.plan(question, tools)
    if by_outlet:
        return by_outlet
    each = of_each_speaker(question)
    if len(each) > 1:
        return (yield from _of_several(question, each, tools))
    answer = (yield from tools.answer(question)) if tools.sure else None
    if answer and answer.answerable:
        return answer
    said = _said(question, tools)
    return replace(tools.composed(question, numbered(map(quoted, said))), confidence=_SAID) if said else answer


def of_each_speaker(question: str) -> list[str]:
    """The question of each speaker alone, where it asks what several say; else itself.

    >>> of_each_speaker("What do Lund and Tarn each say about it?")
    ['What do Lund say about it?', 'What do Tarn say about it?']
    """
    plain = _EACH.sub("", question)  # which the parser takes for one of them
    read = sentence_of(plain)
    for at, word in enumerate(read.words):
        subjects = read.children(at, "nsubj") if word.lemma in _SAYING else []
        first = next((one for one in subjects if not read.words[one].tag.startswith("W")), None)
        if first is None or not (joined := read.children(first, "conj")):
            continue
        whole = sorted(read.subtree(first))
        parts = [set(read.subtree(one)) for one in (first, *joined)]
        own = [sorted(part.difference(*(its for its in parts if its < part))) for part in parts]
        names = [[one for one in its if read.words[one].tag not in _JOINING] for its in own]
        before, behind = plain[: read.words[whole[0]].start], plain[read.words[whole[-1]].end :].strip()
        return [f"{before}{read.written(its[0], its[-1] + 1)} {behind}" for its in names if its]
    return [question]


def _of_several(question: str, each: Sequence[str], tools: Tools) -> Generator[Event, None, Answer | None]:
    """What each says, one after another; who says nothing is told."""
    told: list[Told] = []
    missing = []
    for own in each:
        answer = yield from tools.ask(own)
        sentences = answer.sentences if answer and answer.answerable else tuple(map(quoted, _said(own, tools)))
        known = {one.text for one in told}
        told += [one for one in sentences[:_OF_EACH] if one.text not in known]
        missing += [] if sentences else [own]
    reply = f"The articles that were found do not tell clearly: {' '.join(missing)}" if missing and told else ""
    return replace(tools.composed(question, numbered(told)), reply=reply, confidence=_SAID if told else None)


def _said(question: str, tools: Tools) -> list[Candidate]:
    """What those who are named in a question say of the rest of it, in the order of search."""
    found = candidates(tools.search(question, _LOOKED_AT))
    _, total = tools.collection.catalogue.count()
    [asked] = focuses(question, tools.collection.frequency, total, split=False)
    said = [(near, one) for one in found if (near := _nearness(one, asked, tools)) >= _ON_TOPIC]
    best = sorted(said, key=lambda row: (row[0], row[1].found.article.published or date.min), reverse=True)[:_MOST]
    return _apart([one for one in found if any(one is its for _, its in best)])


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
    if not tools.sure and not frozenset(words_of(name.split()[-1] if name else "")) & who:
        return frozenset()
    if who and likeness(" ".join(asked.surfaces[stem] for stem in who), name) >= _SAME:
        return who
    if name and (role := _of_the_role(one.text, name, asked)):
        return role
    first = sentence_of(one.text).words[0]
    for_whom = one.before if name and one.before and first.tag == "PRP$" else None
    who = frozenset(for_whom.words[:_NAMED]) & asked.terms.keys() if for_whom else frozenset()
    return who if len(who) > 1 else frozenset()


def _of_the_role(sentence: str, name: str, asked: Focus) -> frozenset[str]:
    """The stems of the question that name what a speaker is by his sentence: "The prosecutor, Evan Holt, said"."""
    read = sentence_of(sentence)
    last = name.split()[-1]
    at = next((at for at, word in enumerate(read.words) if word.text == last), None)
    if at is None:
        return frozenset()
    beside = [read.words[at].head] if read.words[at].role == "appos" else [at, *read.children(at, "appos")]
    stems = [stem for one in beside if read.words[one].tag in _NOUNS for stem in words_of(read.words[one].text)]
    return frozenset(term for term in asked.terms if any(_speaks_for(stem, term) for stem in stems))


def _speaks_for(who: str, term: str) -> bool:
    """Whether a noun for a person is of the same root: the prosecutor and the prosecution."""
    return same_root(who, term) or (who.removesuffix("or") == term or who.removesuffix("er") == term)


def _apart(sentences: Sequence[Candidate]) -> list[Candidate]:
    """Those that say no more than one before are left out."""
    kept: list[Candidate] = []
    for one in sentences:
        if not any(one.vocabulary <= its.vocabulary for its in kept):
            kept.append(one)
    return kept
