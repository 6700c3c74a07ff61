"""The embedded reader: it answers in the articles' own words, by quoting the sentences that hold the answer."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from assistant.answer import Answer, Citation, Sentence, nearest_articles
from assistant.asked_days import BEFORE, is_before, judged
from assistant.assistant import Question
from assistant.candidates import Candidate, candidates
from assistant.disagreements import with_disagreements
from assistant.events import Done, Event, Token
from assistant.evidence import Evidence
from assistant.focus import Focus, focuses
from assistant.leaning_back import leans_back
from assistant.read_features import Readings, best_words, outlet_of, spelled
from assistant.reading import readings_of
from assistant.short_answer import short_answer, telling
from assistant.speech_ranking import SpeechRanking
from assistant.values import values_of
from assistant.weights import Weights, load_weights
from index.collection import Collection
from index.neighbours import merged
from index.search_result import Retrieved

EXTRACTIVE = "extractive"

_MOST_SENTENCES = 3
_LOOKED_AT = 20  # sentences, best first
_READ = 10  # passages, by the reader's model
_SAME = 0.6  # share of common words from which two sentences say the same


@dataclass(frozen=True, slots=True)
class _Picked:
    """A sentence with its score, and the words of its best span, "" where it was not read."""

    candidate: Candidate
    score: float
    said: str


@dataclass(frozen=True, slots=True)
class _Part:
    """What may answer one part of the question, and the chance that it does."""

    asked: Focus
    confidence: float
    sentences: Sequence[_Picked]
    readings: Readings
    speech: SpeechRanking

    def short(self, quoted: Sequence[Candidate]) -> str:
        """Its short answer, from those of its sentences that are quoted."""
        own = [(p.candidate, p.score) for p in self.sentences if p.candidate in quoted]
        return short_answer(self.asked, own, self.readings, self.speech)


class QuotingReader:
    """Ranks every sentence of the passages and quotes the best, or refuses.

    Sentences are ranked by a linear model of the features in `evidence.py`, among them what the reader's model makes
    of each passage, and a second one judges from the best of them whether the passages hold the answer at all; both
    are fitted by `eval/fit_quoting.py`. It refuses below `threshold`, the weights' own by default; at 0.0 it says of
    every question what it would have said.
    """

    def __init__(
        self, collection: Collection, weights: Weights | None = None, *, threshold: float | None = None
    ) -> None:
        self._collection = collection
        self._weights = weights or load_weights()
        self._threshold = self._weights.threshold if threshold is None else threshold

    @property
    def name(self) -> str:
        return EXTRACTIVE

    def read(self, question: Question, passages: Sequence[Retrieved]) -> Generator[Event, None, None]:
        parts = self._answers(question, passages)
        confidence = max((part.confidence for part in parts), default=0.0)
        if not parts or confidence < self._threshold:
            yield Done(self._refusal(question, passages, confidence))
            return
        # What parts are answered hangs on the weights' threshold alone, so that a reader with another says the same.
        answered = [part for part in parts if part.confidence >= min(self._weights.threshold, confidence)]
        picked = _picked([part.sentences for part in answered])
        short = "; ".join(dict.fromkeys(filter(None, (part.short(picked) for part in answered)))) or None
        answer = Answer(
            question=question.text,
            as_of=question.as_of,
            answerable=True,
            sentences=_cite(_in_reading_order(picked)),
            short_answer=short,
            confidence=confidence,
            uncovered=tuple(_as_asked(part.asked.text) for part in parts if part not in answered),
        )
        for part in answered:
            answer = with_disagreements(answer, passages, part.readings)
        for sentence in answer.sentences:
            marks = "".join(f"[{citation.n}]" for citation in sentence.citations)
            for word in f"{sentence.text} {marks} ".split(" ")[:-1]:
                yield Token(word + " ")
        yield Done(answer)

    def _refusal(self, question: Question, passages: Sequence[Retrieved], confidence: float) -> Answer:
        nearest = nearest_articles(merged(passages, self._collection.text_of))
        return Answer(question.text, question.as_of, False, (), nearest, confidence=confidence)

    def _answers(self, question: Question, passages: Sequence[Retrieved]) -> list[_Part]:
        """For each part of the question the sentences that may answer it, the best first; none without passages."""
        found = candidates(passages)
        if not found:
            return []
        _, total = self._collection.catalogue.count()
        parts = focuses(question.subject, self._collection.frequency, total)
        whole = question.subject
        answers = []
        for part in parts:
            several = len(parts) > 1
            readings = readings_of(part.text if several else whole, passages[:_READ], anew=several)
            asked = part.text if several and part.stands_alone else whole
            evidence = Evidence(asked, found, self._collection.embedder, readings)
            early = [is_before(one.found.article.published, question.time, question.as_of) for one in found]
            answer = self._answer_part(part, evidence, found, readings, early)
            day = answer.sentences[0].candidate.found.article.published
            answers.append(replace(answer, confidence=judged(answer.confidence, day, question.time, question.as_of)))
        return answers

    def _answer_part(
        self, part: Focus, evidence: Evidence, found: Sequence[Candidate], readings: Readings, early: Sequence[bool]
    ) -> _Part:
        features = evidence.features(part)
        speech = SpeechRanking(part, evidence, found, self._collection.text_of)
        scores = self._weights.rank(features) + speech.added - BEFORE * np.array(early, np.float32)
        order = scores.argsort()[::-1]
        enough = scores[order[0]] - self._weights.margin
        ranked = [_Picked(found[i], float(scores[i]), best_words(found[i], readings)) for i in order[:_LOOKED_AT]]
        first = telling(part, [(one.candidate, one.score) for one in ranked], readings)
        likely = [one for one in ranked if one.candidate is first]
        likely += [one for one in ranked if one.score >= enough and one.candidate is not first]
        picked = [_updated(one, ranked) for one in likely]
        return _Part(part, speech.judged(self._weights.answerable(features)), picked, readings, speech)


def _picked(parts: Sequence[Sequence[_Picked]]) -> list[Candidate]:
    """The best sentence of each part, what it leans on, then the best of all the others, without those that repeat."""
    first = _unlike([p for part in parts for p in part[:1]])
    rest = sorted((p for part in parts for p in part[1:]), key=lambda p: -p.score)
    picked = [p.candidate for p in _unlike([*first, *rest])]
    best, others = picked[: len(first)], picked[len(first) :]
    told_before = [one.before for one in best if one.before and leans_back(one.text, one.before.text)]
    for one in reversed(told_before):
        if one not in best:
            others = [one, *(other for other in others if other != one)]
    return [*best, *others][: max(_MOST_SENTENCES, len(best))]


def _unlike(picked: Sequence[_Picked]) -> list[_Picked]:
    """Without those that repeat a better one, as reprints do, or would answer by the same words."""
    kept: list[_Picked] = []
    for one in picked:
        if not any(_repeats(one, other) for other in kept):
            kept.append(one)
    return kept


def _repeats(one: _Picked, other: _Picked) -> bool:
    """Whether the first would answer by words that the second has, or says the same without another name or number."""
    there = spelled(other.candidate.text)
    if one.said and f" {spelled(one.said)} " in f" {there} ":
        return True
    return _says_the_same(one.candidate, other.candidate) and _facts(one.said) <= set(there.split())


def _facts(words: str) -> set[str]:
    """The names and numbers among them."""
    numbers = " ".join(value.text for value in values_of(words))
    names = " ".join(word for word in words.split() if word[0].isupper())
    return set(spelled(f"{names} {numbers}").split())


def _updated(one: _Picked, ranked: Sequence[_Picked]) -> _Picked:
    """The newest sentence in which the same outlet tells the same with another figure, or the sentence itself."""
    later = [other for other in ranked if _updates(other.candidate, one.candidate)]
    return max(later, key=lambda other: other.candidate.found.article.published or date.min, default=one)


def _updates(one: Candidate, other: Candidate) -> bool:
    """Whether the first is a later word of the second's outlet, or puts right what was told before."""
    later, earlier = one.found.article.published, other.found.article.published
    is_later = bool(later and earlier and later > earlier)
    differs = bool(one.numbers) and one.numbers != other.numbers
    return is_later and differs and outlet_of(one.found) == outlet_of(other.found) and _says_the_same(one, other)


def _says_the_same(one: Candidate, other: Candidate) -> bool:
    return _overlap(one, other) >= _SAME


def _overlap(one: Candidate, other: Candidate) -> float:
    smaller = min(len(one.vocabulary), len(other.vocabulary)) or 1
    return len(one.vocabulary & other.vocabulary) / smaller


def _in_reading_order(picked: Sequence[Candidate]) -> list[Candidate]:
    """The articles in the order in which they were first picked, each one's sentences as they stand in it."""
    articles = list(dict.fromkeys(c.found.article.id for c in picked))
    return sorted(picked, key=lambda c: (articles.index(c.found.article.id), c.start))


def _as_asked(part: str) -> str:
    """A part of a question as a question of its own."""
    return f"{part[:1].upper()}{part[1:].rstrip(' ?,;.')}?"


def _cite(picked: Sequence[Candidate]) -> tuple[Sentence, ...]:
    return tuple(Sentence(" ".join(c.text.split()), "supported", (_citation(n, c),)) for n, c in enumerate(picked, 1))


def _citation(n: int, candidate: Candidate) -> Citation:
    found = candidate.found
    return Citation(n, found.article, candidate.start, candidate.end, candidate.text, found.also_in)
