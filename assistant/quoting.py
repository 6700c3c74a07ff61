"""The embedded reader: it answers in the articles' own words, by quoting the sentences that hold the answer."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Answer, Citation, Sentence, nearest_articles
from assistant.assistant import Question
from assistant.events import Done, Event, Token
from assistant.evidence import Candidate, Evidence, candidates
from assistant.focus import Focus, focuses
from assistant.weights import Weights, load_weights
from index.collection import Collection
from index.neighbours import merged
from index.search_result import Retrieved

EXTRACTIVE = "extractive"

_MOST_SENTENCES = 3
_LOOKED_AT = 8  # sentences, best first
_SAME = 0.6  # share of common words from which two sentences say the same


@dataclass(frozen=True, slots=True)
class _Picked:
    candidate: Candidate
    score: float


class QuotingReader:
    """Ranks every sentence of the passages and quotes the best, or refuses.

    Sentences are ranked by a linear model of the features in `evidence.py`, and a second one judges from the
    best of them whether the passages hold the answer at all; both are fitted by `eval/fit_quoting.py`.
    """

    def __init__(self, collection: Collection, weights: Weights | None = None) -> None:
        self._collection = collection
        self._weights = weights or load_weights()

    @property
    def name(self) -> str:
        return EXTRACTIVE

    def read(self, question: Question, passages: Sequence[Retrieved]) -> Generator[Event, None, None]:
        sentences = _in_reading_order(self._pick(question, passages))
        if not sentences:
            yield Done(self._refusal(question, passages))
            return
        quoted = _cite(sentences)
        for sentence in quoted:
            marks = "".join(f"[{citation.n}]" for citation in sentence.citations)
            for word in f"{sentence.text} {marks} ".split(" ")[:-1]:
                yield Token(word + " ")
        yield Done(Answer(question.text, question.as_of, True, quoted))

    def _refusal(self, question: Question, passages: Sequence[Retrieved]) -> Answer:
        nearest = nearest_articles(merged(passages, self._collection.text_of))
        return Answer(question.text, question.as_of, False, (), nearest)

    def _pick(self, question: Question, passages: Sequence[Retrieved]) -> list[Candidate]:
        """The sentences that answer, for each part of the question the best one first."""
        found = candidates(passages)
        if not found:
            return []
        _, total = self._collection.catalogue.count()
        parts = focuses(question.subject, self._collection.frequency, total, question.context)
        evidence = Evidence(f"{question.context} {question.subject}".strip(), found, self._collection.embedder)
        answers = [self._answer_part(part, evidence, found) for part in parts]
        picked = _unlike([p for answer in answers for p in answer[:1]])
        rest = sorted((p for answer in answers for p in answer[1:]), key=lambda p: -p.score)
        return [p.candidate for p in _unlike([*picked, *rest])[: max(_MOST_SENTENCES, len(picked))]]

    def _answer_part(self, part: Focus, evidence: Evidence, found: Sequence[Candidate]) -> list[_Picked]:
        features = evidence.features(part)
        scores = self._weights.rank(features)
        if self._weights.answerable(features, scores) < self._weights.threshold:
            return []
        order = scores.argsort()[::-1]
        enough = scores[order[0]] - self._weights.margin
        ranked = [_Picked(found[i], float(scores[i])) for i in order[:_LOOKED_AT]]
        return [_corrected(one, ranked) for one in ranked if one.score >= enough]


def _unlike(picked: Sequence[_Picked]) -> list[_Picked]:
    """Without those that repeat a better one, as reprints do."""
    kept: list[_Picked] = []
    for one in picked:
        if not any(_says_the_same(one.candidate, other.candidate) for other in kept):
            kept.append(one)
    return kept


def _corrected(one: _Picked, ranked: Sequence[_Picked]) -> _Picked:
    """The newest sentence that tells the same with another figure, or the sentence itself."""
    later = [other for other in ranked if _corrects(other.candidate, one.candidate)]
    return max(later, key=lambda other: other.candidate.found.article.published or date.min, default=one)


def _corrects(one: Candidate, other: Candidate) -> bool:
    later, earlier = one.found.article.published, other.found.article.published
    is_later = bool(later and earlier and later > earlier)
    return is_later and bool(one.numbers) and one.numbers != other.numbers and _says_the_same(one, other)


def _says_the_same(one: Candidate, other: Candidate) -> bool:
    return _overlap(one, other) >= _SAME


def _overlap(one: Candidate, other: Candidate) -> float:
    smaller = min(len(one.vocabulary), len(other.vocabulary)) or 1
    return len(one.vocabulary & other.vocabulary) / smaller


def _in_reading_order(picked: Sequence[Candidate]) -> list[Candidate]:
    """The articles in the order in which they were first picked, each one's sentences as they stand in it."""
    articles = list(dict.fromkeys(c.found.article.id for c in picked))
    return sorted(picked, key=lambda c: (articles.index(c.found.article.id), c.start))


def _cite(picked: Sequence[Candidate]) -> tuple[Sentence, ...]:
    return tuple(Sentence(" ".join(c.text.split()), "supported", (_citation(n, c),)) for n, c in enumerate(picked, 1))


def _citation(n: int, candidate: Candidate) -> Citation:
    found = candidate.found
    return Citation(n, found.article, candidate.start, candidate.end, candidate.text, found.also_in)
