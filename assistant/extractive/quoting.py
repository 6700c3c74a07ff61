"""The embedded reader: it answers in the articles' own words, by quoting the sentences that hold the answer."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, nearest_articles
from assistant.events import Done, Event, Notice, Token
from assistant.extractive.candidates import Candidate, candidates, quoted
from assistant.extractive.evidence import Evidence
from assistant.extractive.picking import Picked, in_reading_order, picked_of, updated
from assistant.extractive.read_features import Readings, best_words, readings_of
from assistant.extractive.short_answer import Told, asked_name, is_quoted_first, short_answer, told
from assistant.extractive.speech_ranking import SpeechRanking
from assistant.extractive.weights import (
    BALANCED,
    OTHER_LANGUAGES_FILE,
    Floats,
    Least,
    Weights,
    known_of_answer,
    known_of_short,
    load_weights,
)
from assistant.languages import across_languages, is_read, telling
from assistant.question.asked_days import judged
from assistant.question.focus import Focus, focuses
from assistant.request import Question
from index.collection import Collection
from index.rerankers.cross_encoders import DEPTH
from index.search.result import Retrieved, merged
from index.text.languages import is_foreign

EXTRACTIVE = "extractive"

_LOOKED_AT = 20  # sentences, best first
_EXPLICIT = 0.75  # chance of a sentence that says what X is, where that is asked; no set to fit on has such questions
_FAR = 5.0  # of score, before another span where there is none


@dataclass(frozen=True, slots=True)
class Short:
    """A short answer, and what is known of it: what `weights.SHORT` names, None where no span of the network is it."""

    words: str
    known: Floats | None


@dataclass(frozen=True, slots=True)
class Part:
    """What may answer one part of the question, and the chance that it does, from what is `known` of it.

    `told` are the spans of the best sentences.
    """

    asked: Focus
    confidence: float
    known: Floats
    sentences: Sequence[Picked]
    told: Sequence[Told]
    readings: Readings
    speech: SpeechRanking | None

    def short(self, quoted: Sequence[Candidate]) -> Short:
        """Its short answer, from those of its sentences that are quoted and in the language that the network knows."""
        own = [p.candidate for p in self.sentences if is_read(self.asked.text, p.candidate.found.passage.text)]
        rows = [row for row in self.told if row.candidate in own and row.candidate in quoted]
        words = short_answer(self.asked, rows, self.readings, self.speech)
        if not rows or self.asked.speech.kind or asked_name(self.asked.text):
            return Short(words, None)
        first = rows[0]
        others = [row.score for row in self.told if row.says_other_than(first)]
        known = known_of_short(self.confidence, first.span.logit, first.score - max(others, default=first.score - _FAR))
        return Short(words, known)


class QuotingReader:
    """Ranks every sentence of the passages and quotes the best, or refuses.

    Sentences are ranked by a linear model of the features in `evidence.py`, among them what the reader's model makes
    of each passage. A second one gives the chance that they hold the answer, a third that the short answer is right;
    all are fitted by `eval/fitting/fit_quoting.py`, once for English and once for all other languages, of which the
    network makes less. It refuses, or leaves the short answer out, below the chances that `answers` stands for in the
    weights; with `least` below these. Given `weights` hold for all languages.
    """

    def __init__(
        self,
        collection: Collection,
        weights: Weights | None = None,
        *,
        answers: str = BALANCED,
        least: Least | None = None,
    ) -> None:
        self._collection = collection
        self._weights = weights or load_weights()
        self._of_others = weights or load_weights(OTHER_LANGUAGES_FILE)
        self._answers = answers
        self._given_least = least

    @property
    def name(self) -> str:
        return EXTRACTIVE

    def read(self, question: Question, passages: Sequence[Retrieved]) -> Generator[Event, None, None]:
        weights = self._weights_for(passages)
        shipped = weights.least.get(self._answers, Least())
        least = self._given_least or shipped
        parts = self._parts(question, passages, weights)
        confidence = max((part.confidence for part in parts), default=0.0)
        if not parts or confidence < least.answer:
            yield from self._refused(question, passages, confidence)
            return
        # What parts are answered hangs on the setting alone, so that a reader that never refuses says the same.
        answered = [part for part in parts if part.confidence >= min(shipped.answer, confidence)]
        picked = picked_of([part.sentences for part in answered])
        short = _short(answered, picked, weights, least)
        answer = Answer(
            question=question.text,
            as_of=question.as_of,
            answerable=True,
            sentences=tuple(quoted(one, n) for n, one in enumerate(in_reading_order(picked), 1)),
            short_answer=short or None,
            confidence=confidence,
            uncovered=tuple(_as_asked(part.asked.text) for part in parts if part not in answered),
        )
        for sentence in answer.sentences:
            marks = "".join(f"[{citation.n}]" for citation in sentence.citations)
            for word in f"{sentence.text} {marks} ".split(" ")[:-1]:
                yield Token(word + " ")
        yield Done(answer, tuple(part.readings for part in answered))

    def confidence(self, question: Question, passages: Sequence[Retrieved]) -> float:
        """The chance, 0 to 1, that the passages hold an answer."""
        parts = self._parts(question, passages, self._weights_for(passages))
        return max((part.confidence for part in parts), default=0.0)

    def _refused(
        self, question: Question, passages: Sequence[Retrieved], confidence: float
    ) -> Generator[Event, None, None]:
        """A refusal with the nearest articles; where these are in another language, a line says so, and the one that
        tells it comes first."""
        nearest = merged(passages, self._collection.text_of)
        if missing := across_languages(question.text, passages, self._collection):
            yield Notice(missing)
            told = telling(question.text, passages, self._collection)
            nearest.sort(key=lambda one: told is None or one.article.id != told.article.id)
        found = nearest_articles(nearest)
        yield Done(Answer(question.text, question.as_of, False, (), found, confidence=confidence))

    def _weights_for(self, passages: Sequence[Retrieved]) -> Weights:
        """By the language of the best passage."""
        return self._of_others if passages and is_foreign(passages[0].passage.text) else self._weights

    def _parts(self, question: Question, passages: Sequence[Retrieved], weights: Weights) -> list[Part]:
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
            evidence = Evidence(asked, found, readings)
            speech = SpeechRanking(part, evidence, found, self._collection.text_of)
            answer = part_of(part, evidence.features(part), found, readings, weights, speech)
            day = answer.sentences[0].candidate.found.article.published
            answers.append(replace(answer, confidence=judged(answer.confidence, day, question.time, question.as_of)))
        return answers


def _short(parts: Sequence[Part], picked: Sequence[Candidate], weights: Weights, least: Least) -> str:
    """The short answers of parts that are likely enough to be right, each once."""
    said = [(part.short(picked), part.confidence) for part in parts]
    chances = [chance if one.known is None else weights.short_chance(one.known) for one, chance in said]
    sure = [one.words for (one, _), chance in zip(said, chances, strict=True) if chance >= least.short]
    return "; ".join(dict.fromkeys(filter(None, sure)))


def part_of(
    asked: Focus,
    features: Floats,
    found: Sequence[Candidate],
    readings: Readings,
    weights: Weights,
    speech: SpeechRanking | None = None,
) -> Part:
    """What may answer a part of a question, from the features of the `found` sentences.

    Questions about speech need `speech`, which adds to the scores.
    """
    by_weights = weights.rank(features)
    scores = by_weights + speech.added if speech else by_weights
    order = scores.argsort()[::-1]
    enough = scores[order[0]] - weights.margin
    ranked = [Picked(found[i], float(scores[i]), best_words(found[i], readings)) for i in order[:_LOOKED_AT]]
    spans = told(asked, [(one.candidate, one.score) for one in ranked], readings, weights.span)
    first = spans[0].candidate if spans and is_quoted_first(asked) else None
    likely = [one for one in ranked if one.candidate is first]
    likely += [one for one in ranked if one.score >= enough and one.candidate is not first]
    picked = [updated(one, ranked) for one in likely]
    known = known_of_answer(features, by_weights)
    chance = weights.answer_chance(known)
    if spans and asked_name(asked.text):
        chance = max(chance, _EXPLICIT)
    return Part(asked, speech.judged(chance) if speech else chance, known, picked, spans, readings, speech)


def _as_asked(part: str) -> str:
    """A part of a question as a question of its own."""
    return f"{part[:1].upper()}{part[1:].rstrip(' ?,;.')}?"
