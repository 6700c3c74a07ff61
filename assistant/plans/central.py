"""The sentences that say what articles have in common: told by many outlets, and no two alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.english.happened import happened, root_of, stands_alone
from assistant.english.parsing import sentence_of
from assistant.extractive.candidates import Candidate, candidates
from assistant.extractive.read_features import outlet_of
from assistant.plans.corrected import Place, place_of, superseded
from assistant.plans.subjects import Subject
from assistant.plans.tellings import is_lead, is_prose
from index.collection import Collection
from index.search.result import Retrieved

_COMPARED = 400  # sentences at most
_TOLD_ALSO = 0.56  # cosine of two sentences that tell the same
_SAYS_SO = 0.68  # of one that can be cited for the other
_NEAR = 0.4  # of two of one story
_ALIKE = 0.6  # of two of which a reader needs one
_ENOUGH = 0.45  # of the subject
_LEAD, _LEAD_OF_STORY = 0.4, 0.8  # of score, for an article's first sentence
_OF_SUBJECT = 3.0  # weight of how much of the subject is named
_NEWS, _SAID = 0.3, 0.2  # of score, for what happened, and less for what was said
_LOOKED_AT = 5  # sentences for each that is wanted, whose grammar is read

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Central:
    """A sentence with those of other outlets that tell the same."""

    candidate: Candidate
    others: tuple[Candidate, ...]

    def order(self) -> tuple[date, int]:
        """By the day of the article, and within it by place."""
        return self.candidate.found.article.published or date.min, self.candidate.start


def central_sentences(
    passages: Sequence[Retrieved],
    subject: Subject,
    collection: Collection,
    most: int,
    wrong: frozenset[Place] | None = None,
) -> list[Central]:
    """At most so many sentences of the passages, in the order of their articles' days; none that is `wrong`.

    Unless they are given, these are those that others of the passages put right.
    """
    wrong = superseded(passages, collection) if wrong is None else wrong
    found = [one for one in candidates(passages) if is_prose(one.text) and place_of(one) not in wrong]
    ratings = subject.relevance(found, collection)
    rated = sorted(zip(ratings, range(len(found)), strict=True), key=lambda pair: (-pair[0], pair[1]))
    kept = [(rating, found[at]) for rating, at in rated if rating >= _ENOUGH or not subject.text][:_COMPARED]
    if not kept:
        return []
    sentences = [one for _, one in kept]
    vectors = collection.embedder.embed_passages([one.text for one in sentences])
    cosines = vectors @ vectors.T
    weight = _OF_SUBJECT if subject.text else 1.0
    scores = weight * np.array([rating for rating, _ in kept], np.float32) + _told(sentences, cosines)
    lead = _LEAD if subject.text else _LEAD_OF_STORY
    scores += 1.5 * cosines.mean(axis=1) / max(1e-6, float(cosines.mean(axis=1).max()))
    scores += np.array([lead * is_lead(one) for one in sentences], np.float32) + 0.2 * _recency(sentences)
    chosen = _distinct(sentences, scores, cosines, most)
    told = [Central(sentences[at], _others(at, sentences, cosines)) for at in chosen]
    return sorted(told, key=Central.order)


def _told(sentences: Sequence[Candidate], cosines: Floats) -> Floats:
    """For each sentence how many outlets, and articles, tell the same or of the same, in nats."""
    return _counted(sentences, cosines >= _TOLD_ALSO, outlet_of) + 0.4 * _counted(
        sentences, cosines >= _NEAR, lambda found: found.article.id
    )


def _counted(sentences: Sequence[Candidate], alike: NDArray[np.bool_], name_of: Callable[[Retrieved], str]) -> Floats:
    names = [name_of(one.found) for one in sentences]
    number = {name: place for place, name in enumerate(dict.fromkeys(names))}
    of = np.zeros((len(sentences), len(number)), np.float32)
    of[np.arange(len(sentences)), [number[name] for name in names]] = 1
    counts = (alike.astype(np.float32) @ of > 0).sum(axis=1)
    logs: Floats = np.log(counts).astype(np.float32)
    return logs


def _recency(sentences: Sequence[Candidate]) -> Floats:
    """From 0 for the first day to 1 for the last; 0 where there is but one."""
    days = np.array([one.found.article.published or date.min for one in sentences], "datetime64[D]").astype(np.float32)
    known = days[days > days.min()] if len(days) else days
    first, last = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
    recent: Floats = np.clip((days - first) / max(1.0, last - first), 0.0, 1.0).astype(np.float32)
    return recent


def _distinct(sentences: Sequence[Candidate], scores: Floats, cosines: Floats, most: int) -> list[int]:
    """The places of the best that stand alone, each as little like those before it as can be."""
    best = [int(at) for at in np.argsort(-scores, kind="stable")[: _LOOKED_AT * most + 20]]
    worth = {at: float(scores[at]) + bonus for at in best if (bonus := _worth(sentences[at])) is not None}
    left = list(worth)
    chosen: list[int] = []
    while left and len(chosen) < most:
        nearest = [float(cosines[at, chosen].max()) if chosen else 0.0 for at in left]
        apart = [(worth[at] - near, at) for at, near in zip(left, nearest, strict=True) if near < _ALIKE]
        if not apart:
            break
        taken = max(apart)[1]
        chosen.append(taken)
        left.remove(taken)
    return chosen


def _worth(one: Candidate) -> float | None:
    """What a sentence is worth beside how much it is told: more where it tells what happened, less where what was said.

    None where it cannot be understood alone.
    """
    sentence = sentence_of(one.text)
    root = root_of(sentence)
    told = happened(sentence, one.found.article.published, is_lead(one))
    verb = told.verb if root is None and told else root
    if verb is None or not stands_alone(sentence, verb):
        return None
    quoted = sum(end - start for start, end in sentence.quoted) / len(one.text)
    return (_NEWS if told and not told.said else 0.0) - (_SAID if told and told.said else 0.0) - quoted


def _others(at: int, sentences: Sequence[Candidate], cosines: Floats) -> tuple[Candidate, ...]:
    """Of each other outlet the sentence that tells the same, the most alike first."""
    found: dict[str, Candidate] = {outlet_of(sentences[at].found): sentences[at]}
    for other in np.argsort(-cosines[at], kind="stable"):
        if cosines[at, other] < _SAYS_SO:
            break
        found.setdefault(outlet_of(sentences[int(other)].found), sentences[int(other)])
    return tuple(one for one in found.values() if one is not sentences[at])
