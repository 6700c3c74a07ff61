"""How well a sentence of a passage answers a question: the features that the quoting reader weighs."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.english.states import Stems, seats_of
from assistant.extractive.candidates import Candidate, words_around
from assistant.extractive.read_features import READ_FEATURES, Readings, read_features
from assistant.extractive.word_vectors import WordVectors
from assistant.question.focus import Focus
from index.embedders import static_embedder
from index.text.analysis import words_of

FEATURES = (
    "near words in sentence",
    "names in passage or title",
    "least covered deed in sentence",
    "least covered deed in sentence or neighbours",
    "heaviest word missing in all passages",
    "new words",
    "search: vectors",
    "search: words",
    "search: recency",
    "search: behind the best",
    *READ_FEATURES,
)

Floats = NDArray[np.float32]


class Evidence:
    """The features of candidates for a question, computed together.

    Vectors of single words, for nearness of meaning, come from the shipped static model, whatever makes those of
    passages: the weights were fitted with its cosines, and another may take long for some hundred words.
    """

    def __init__(self, question: str, sentences: Sequence[Candidate], readings: Readings) -> None:
        self._sentences = sentences
        self._read = read_features(question, sentences, readings)
        self._passages = list({id(s.found): s.found for s in sentences}.values())
        place = {id(found): i for i, found in enumerate(self._passages)}
        self._passage_of = np.array([place[id(s.found)] for s in sentences], np.intp)
        around = words_around(sentences)
        whole = [words_of(f"{found.article.title} {found.passage.text}") for found in self._passages]
        vocabulary = sorted(set().union(*around, *whole))
        self._stems = Stems(vocabulary)
        self._word_vectors = _word_vectors().of(vocabulary)
        self._in_sentence = _WordSets([s.vocabulary for s in sentences], self._stems)
        self._sizes = np.array([len(s.vocabulary) for s in sentences], np.intp)
        self._around = _WordSets(around, self._stems)
        self._whole = _WordSets(whole, self._stems)

    def features(self, focus: Focus) -> Floats:
        """The matrix of features, shape (sentences, len(FEATURES)), for one part of the question."""
        match = self._match(focus)
        sentence, around, of_passage = (match.of(words) for words in (self._in_sentence, self._around, self._whole))
        signals = [(one.signals.cosine, one.signals.words, one.signals.recency) for one in self._passages]
        score = np.array([one.score for one in self._passages])
        columns = [
            sentence.near_covered,
            of_passage.names[self._passage_of],
            sentence.least_deed,
            around.least_deed,
            np.full(len(self._sentences), match.heaviest_missing(self._whole)),
            np.minimum(self._sizes - match.matched(self._in_sentence), 20) / 20,
            *np.reshape(signals, (-1, 3)).T[:, self._passage_of],
            max(score, default=0.0) - score[self._passage_of],
        ]
        return np.hstack([np.column_stack(columns).astype(np.float32), self._read])

    def nearness(self, focus: Focus) -> tuple[Floats, Floats]:
        """How near each sentence, half of it with its neighbours, and each passage with its title come to a part's
        words: two vectors, shape (sentences,), from 0 to 1; 1 where the part has no words."""
        if not focus.terms:
            return np.ones(len(self._sentences), np.float32), np.ones(len(self._sentences), np.float32)
        match = self._match(focus)
        covered = (match.of(words).near_covered for words in (self._in_sentence, self._around, self._whole))
        inside, around, of_passage = (shares.astype(np.float32) for shares in covered)
        return np.array([inside, around]).mean(axis=0), of_passage[self._passage_of]

    def _match(self, focus: Focus) -> "_Match":
        return _Match(focus, self._stems, self._word_vectors)


@cache
def _word_vectors() -> WordVectors:
    return WordVectors(static_embedder().embed_passages, 20_000)  # words that are kept, some 20 MB


class _WordSets:
    """Sets of words as places in a vocabulary, one behind the other; -1 is no word."""

    def __init__(self, sets: Iterable[Collection[str]], vocabulary: Stems) -> None:
        places = [[*vocabulary.places(words), -1] for words in sets]  # -1: no set is empty, see `_padded`
        self._places = np.fromiter(chain.from_iterable(places), np.intp)
        self._starts = np.cumsum([0, *map(len, places)])[:-1]

    def greatest(self, values: Floats) -> Floats:
        """The greatest of its words' values, 0 at least, for each set: shape (sets, n) of values (vocabulary, n)."""
        found: Floats = np.maximum.reduceat(_padded(values)[self._places], self._starts, axis=0)
        return found

    def count(self, flags: NDArray[np.bool_]) -> NDArray[np.intp]:
        """How many words of each set are flagged; `flags` has shape (vocabulary,)."""
        found: NDArray[np.intp] = np.add.reduceat(_padded(flags)[self._places], self._starts, dtype=np.intp)
        return found


def _padded(values: NDArray[Any]) -> NDArray[Any]:
    """With zeros at the end, for what is no word."""
    return np.concatenate([values, np.zeros_like(values, shape=(1, *values.shape[1:]))])


@dataclass(frozen=True)
class _Cover:
    """How far each of several sets of words covers a question's: shares from 0 to 1, shape (sets,)."""

    near_covered: NDArray[np.float64]  # by weight, words near in meaning counted in part
    names: NDArray[np.float64]
    least_deed: Floats  # the nearness of the worst covered word that is not a name


class _Match:
    """A question's words against the vocabulary of the passages.

    `_exact` has shape (vocabulary, terms): whether a stem stands for a term. `_near` is 1 there, else the nearness
    in meaning, less than 1; a name is near to nothing but itself.
    """

    def __init__(self, focus: Focus, stems: Stems, vectors: Floats) -> None:
        terms = list(focus.terms)
        shape = (len(vectors), len(terms))
        self._exact = np.zeros(shape, bool)
        for column, term in enumerate(terms):
            self._exact[[*stems.of_root(term), *stems.among(seats_of(term))], column] = True
        cosines = vectors @ static_embedder().embed_passages([focus.surfaces[t] for t in terms]).T
        self._is_name = np.array([t in focus.names for t in terms], bool)
        near = np.clip((cosines.reshape(shape) - 0.35) / 0.5, 0.0, 0.9) * ~self._is_name
        self._near = np.where(self._exact, 1.0, near)
        self._weights = np.array(list(focus.terms.values()), np.float32)
        self._own = np.array([t in focus.own for t in terms], bool)

    def of(self, words: _WordSets) -> _Cover:
        near = words.greatest(self._near)
        exact = near == 1.0
        own, names = self._own, self._is_name
        return _Cover(
            near_covered=_shares(near, self._weights),
            names=exact[:, names].mean(axis=1) if names.any() else np.ones(len(near)),
            least_deed=near[:, own & ~names].min(axis=1, initial=1.0),
        )

    def heaviest_missing(self, words: _WordSets) -> float:
        """The weight of the heaviest word, an eighth of it, that no set has a word near to."""
        missing = self._weights * (1 - words.greatest(self._near).max(axis=0, initial=0.0))
        return float(missing[self._own].max(initial=0.0)) / 8

    def matched(self, words: _WordSets) -> NDArray[np.intp]:
        """How many words of each set stand for a term."""
        return words.count(np.asarray(self._exact.any(axis=1)))


def _shares(values: NDArray[Any], weights: Floats) -> NDArray[np.float64]:
    """The weighted mean of each row."""
    total = float(weights.sum())
    sums = (values * weights).sum(axis=1, dtype=np.float64).astype(np.float32)
    return sums / np.float64(total) if total else np.zeros(len(values))
