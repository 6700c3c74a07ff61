"""What a request for a time line, a summary or a list is about: its subject and its days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from assistant.answer import Answer
from assistant.english.parsing import Word, sentence_of
from assistant.english.states import seats_of
from assistant.extractive.candidates import Candidate
from assistant.extractive.evidence import Evidence
from assistant.plans.tools import Tools
from assistant.question.focus import Focus, focuses
from index.collection import Collection
from index.search.engine import moment_of
from index.times import TimeExpression
from index.times.periods import periods
from index.times.time_forms import plain
from index.times.time_in import time_in

_CONTENT = ("NN", "VB", "JJ", "CD", "FW")
_UNKNOWN = 0.5  # share of the weight of a subject's words, names aside, which no article has, above which one doubts
_BORNE_OUT = 0.1  # chance that what search finds tells of it, from which it is told of nonetheless, in other words
_MANY, _EVERYWHERE = 20, 0.4  # passages, and the share of them that has a word which tells nothing apart
_OF_SENTENCE, _OF_PASSAGE = 0.4, 0.5  # of how much each names, in a passage that names more of the subject


@dataclass(frozen=True, slots=True)
class Subject:
    """The words of a request that say what it is about; `text` is "" where it is about all there is.

    `unknown` is the share of their weight that no article has, names aside; `has_names` whether all names stand in one.
    """

    text: str = ""
    focus: Focus | None = None
    unknown: float = 0.0
    has_names: bool = True

    def relevance(self, sentences: Sequence[Candidate], collection: Collection) -> list[float]:
        """How much of the subject each sentence names, from 0 to 1, its neighbours and passage counted in part.

        Without a subject, how much is told of its story.
        """
        if self.focus is None or not sentences:
            return [one.found.score for one in sentences]
        evidence = Evidence(self.text, sentences, {})
        own, of_passage = evidence.nearness(self.focus)
        return [float(one) for one in np.maximum(own, _OF_SENTENCE * own + _OF_PASSAGE * of_passage)]


def subject_of(question: str, asking: frozenset[str], collection: Collection, as_of: date) -> Subject:
    """The subject of a request, without the words that ask."""
    words = subject_words(question, asking, as_of)
    return subject_named(_written(question, words), collection)


def subject_named(text: str, collection: Collection) -> Subject:
    """What a few words name, as the collection holds it: all there is, where they stand everywhere in it."""
    if not text:
        return Subject()
    _, total = collection.catalogue.count()
    focus = focuses(f"about {text}", collection.frequency, total, split=False)[0]
    wanted = {stem for name in focus.names for stem in (name, *seats_of(name))}
    held = collection.frequency(wanted)
    if total >= _MANY and all(held >= _EVERYWHERE * total for held in collection.frequency(focus.terms).values()):
        return Subject()
    has_names = all(held[name] or any(held[seat] for seat in seats_of(name)) for name in focus.names)
    held = collection.frequency(focus.terms)
    others = {stem: weight for stem, weight in focus.terms.items() if stem not in focus.names} or focus.terms
    unknown = sum(weight for stem, weight in others.items() if not held[stem])
    return Subject(text, focus, unknown / (sum(others.values()) or 1.0), has_names)


def is_told(subject: Subject, tools: Tools) -> bool:
    """Whether the articles tell of a subject: all its names stand in them, and most of its words, or others for these.

    Costs a search and a reading where they do not have most of its words.
    """
    if not subject.has_names:
        return False
    return subject.unknown <= _UNKNOWN or tools.support(f"What happened with {subject.text}?") >= _BORNE_OUT


def untold(question: str, subject: Subject, tools: Tools) -> Answer | None:
    """The refusal of a request about what no article tells; None where it may be a request of another kind."""
    if not tools.sure:
        return None
    return replace(tools.composed(question), reply=f"No article here tells of “{subject.text}”.")


def subject_words(question: str, asking: frozenset[str], as_of: date) -> list[Word]:
    """The words of a request that tell its subject: neither days nor any of those that ask, by their lemmas."""
    text, words = plain(question), sentence_of(question).words
    days = [text.span(one.first, one.end) for one in periods(text, as_of)]
    if days and (time := time_in(question, as_of)):
        days.append((time.start, time.end))
    return [
        word
        for word in words
        if word.tag.startswith(_CONTENT)
        and word.role not in ("aux", "auxpass")
        and word.lemma not in ("be", "have", "do")
        and not {word.low, word.lemma} & asking
        and not (word.tag == "CD" and words[word.head].lemma in asking)
        and not any(start < word.end and word.start < end for start, end in days)
    ]


def time_of(question: str, collection: Collection, as_of: date) -> TimeExpression | None:
    """What a question says of time, the days of events that it names read from the collection's reports."""
    return moment_of(collection.indexes(), question, as_of).time


def _written(question: str, words: Sequence[Word]) -> str:
    """The words as the question has them, with the small ones between them."""
    if not words:
        return ""
    kept = {word.start for word in words}
    text = ""
    for word in sentence_of(question).words:
        between = words[0].start <= word.start <= words[-1].start
        if between and (word.start in kept or not word.tag.startswith(_CONTENT)):
            text += word.text + (" " if question[word.end : word.end + 1] == " " else "")
    return text.strip(" -")
