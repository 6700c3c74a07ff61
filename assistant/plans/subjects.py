"""What a request for a time line, a summary or a list is about: its subject and its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from assistant.english.happened import is_in_name
from assistant.english.parsing import Word, sentence_of
from assistant.english.states import seats_of
from assistant.extractive.candidates import Candidate
from assistant.extractive.evidence import Evidence
from assistant.question.focus import Focus, focuses
from index.collection import Collection
from index.search.engine import moment_of
from index.times import TimeExpression
from index.times.periods import periods
from index.times.time_forms import plain

_CONTENT = ("NN", "VB", "JJ", "CD", "FW")
_UNKNOWN = 0.5  # share of the weight of a subject's words which no article has, above which it is not told of
_OF_SENTENCE, _OF_PASSAGE = 0.4, 0.5  # of how much each names, in a passage that names more of the subject


@dataclass(frozen=True, slots=True)
class Subject:
    """The words of a request that say what it is about; `text` is "" where it is about all there is."""

    text: str = ""
    focus: Focus | None = None

    def relevance(self, sentences: Sequence[Candidate], collection: Collection) -> list[float]:
        """How much of the subject each sentence names, from 0 to 1, its neighbours and passage counted in part.

        Without a subject, how much is told of its story.
        """
        if self.focus is None or not sentences:
            return [one.found.score for one in sentences]
        evidence = Evidence(self.text, sentences, {})
        own, of_passage = evidence.nearness(self.focus)
        return [float(one) for one in np.maximum(own, _OF_SENTENCE * own + _OF_PASSAGE * of_passage)]


def subject_of(question: str, asking: frozenset[str], collection: Collection, as_of: date) -> Subject | None:
    """The subject of a request, without the words that ask; None where it names what the collection does not hold."""
    text = _written(question, subject_words(question, asking, as_of))
    if not text:
        return Subject()
    _, total = collection.catalogue.count()
    focus = focuses(f"about {text}", collection.frequency, total, split=False)[0]
    wanted = {stem for name in focus.names for stem in (name, *seats_of(name))}
    held = collection.frequency(wanted)
    if any(not held[name] and not any(held[seat] for seat in seats_of(name)) for name in focus.names):
        return None
    held = collection.frequency(focus.terms)
    unknown = sum(weight for stem, weight in focus.terms.items() if not held[stem])
    return Subject(text, focus) if unknown <= _UNKNOWN * focus.weight else None


def subject_words(question: str, asking: frozenset[str], as_of: date) -> list[Word]:
    """The words of a request that tell its subject: neither days nor any of those that ask, by their lemmas."""
    text, words = plain(question), sentence_of(question).words
    named = [text.span(one.first, one.end) for one in periods(text, as_of)]
    days = [(start, end) for start, end in named if not is_in_name(question, end)]
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
    time = moment_of(collection.indexes(), question, as_of).time
    return None if time and is_in_name(question, time.end) else time


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
