"""The embedded reader: it answers in the articles' own words, by quoting the sentences that hold the answer."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.answer import Answer, Citation, Sentence, nearest_articles
from assistant.asked_days import BEFORE, is_before, judged
from assistant.assistant import Question
from assistant.candidates import Candidate, candidates
from assistant.disagreements import with_disagreements
from assistant.events import Done, Event, Token
from assistant.evidence import Evidence
from assistant.focus import Focus, focuses
from assistant.picking import Picked, in_reading_order, picked_of, updated
from assistant.read_features import Readings, best_words
from assistant.reading import readings_of
from assistant.short_answer import short_answer, telling
from assistant.speech_ranking import SpeechRanking
from assistant.weights import Weights, load_weights
from index.collection import Collection
from index.neighbours import merged
from index.rerankers.own import DEPTH
from index.search_result import Retrieved

EXTRACTIVE = "extractive"

_LOOKED_AT = 20  # sentences, best first


@dataclass(frozen=True, slots=True)
class _Part:
    """What may answer one part of the question, and the chance that it does."""

    asked: Focus
    confidence: float
    sentences: Sequence[Picked]
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
        picked = picked_of([part.sentences for part in answered])
        short = "; ".join(dict.fromkeys(filter(None, (part.short(picked) for part in answered)))) or None
        answer = Answer(
            question=question.text,
            as_of=question.as_of,
            answerable=True,
            sentences=_cite(in_reading_order(picked)),
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
            readings = readings_of(part.text if several else whole, passages[:DEPTH], anew=several)
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
        ranked = [Picked(found[i], float(scores[i]), best_words(found[i], readings)) for i in order[:_LOOKED_AT]]
        first = telling(part, [(one.candidate, one.score) for one in ranked], readings)
        likely = [one for one in ranked if one.candidate is first]
        likely += [one for one in ranked if one.score >= enough and one.candidate is not first]
        picked = [updated(one, ranked) for one in likely]
        return _Part(part, speech.judged(self._weights.answerable(features)), picked, readings, speech)


def _as_asked(part: str) -> str:
    """A part of a question as a question of its own."""
    return f"{part[:1].upper()}{part[1:].rstrip(' ?,;.')}?"


def _cite(picked: Sequence[Candidate]) -> tuple[Sentence, ...]:
    return tuple(Sentence(" ".join(c.text.split()), "supported", (_citation(n, c),)) for n, c in enumerate(picked, 1))


def _citation(n: int, candidate: Candidate) -> Citation:
    found = candidate.found
    return Citation(n, found.article, candidate.start, candidate.end, candidate.text, found.also_in)
