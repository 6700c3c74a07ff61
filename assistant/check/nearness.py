"""How much of a sentence's wording a source has: by rarity of its words, the same word or one near in meaning."""

import math
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.check.opposites import are_opposite
from assistant.check.slots import SAYING
from assistant.check.synonyms import synonyms
from assistant.check.words import Word
from assistant.focus import root
from index.embedders import StaticEmbedder
from index.word_rank import word_rank

Floats = NDArray[np.float64]

_NEAR, _SAME = 0.4, 0.7  # cosines between which a word counts in part
_PART = 0.9  # of a word's weight, at most, for one that is near in meaning only
_LIGHT = 0.25  # weight of words such as "said" and "recently"
_OF_FACT = 0.8  # weight of names, numbers and days
_COMMON = 50


class Vocabulary:
    """The words of a sentence, to be looked up."""

    def __init__(self, words: Iterable[Word]) -> None:
        content = [word for word in words if word.is_content]
        self._forms = frozenset(form for word in content for form in (word.key, root(word.key)))
        self._words = {word.key: word.text.lower() for word in content}
        self._vectors: NDArray[np.float32] | None = None

    def has(self, key: str) -> bool:
        """Whether it has the word, or one with the same root."""
        return key in self._forms or root(key) in self._forms

    def has_like(self, key: str) -> bool:
        """Whether it has the word or a synonym."""
        return self.has(key) or not self._forms.isdisjoint(synonyms(key))

    def nearness(self, word: Word) -> float:
        """How near in meaning the nearest word is, 0 to 1."""
        if self.has(word.key):
            return 1.0
        if self.has_like(word.key):
            return _PART
        if not self._words:
            return 0.0
        if self._vectors is None:
            self._vectors = np.stack([_vector(text) for text in self._words.values()])
        cosines = self._vectors @ _vector(word.text.lower())
        best = int(cosines.argmax())
        if cosines[best] <= _NEAR or are_opposite(word.key, list(self._words)[best]):
            return 0.0
        return _PART * min(1.0, (float(cosines[best]) - _NEAR) / (_SAME - _NEAR))


def exact_shares(words: Sequence[Word], vocabulary: Vocabulary) -> Floats:
    """1 for each word (n,) that the vocabulary has, or a synonym of it, else 0."""
    return np.array([word.is_content and vocabulary.has_like(word.key) for word in words], np.float64)


def shares(words: Sequence[Word], of_facts: frozenset[int], vocabulary: Vocabulary) -> Floats:
    """How far the vocabulary has each word (n,), 0 to 1; names and numbers, at `of_facts`, it has or not."""
    return np.array([_share(word, at in of_facts, vocabulary) for at, word in enumerate(words)])


def weights(words: Sequence[Word], of_facts: frozenset[int]) -> Floats:
    """The weight of each word (n,): the rarer the heavier, function words none."""
    return np.array([_weight(word, at in of_facts) for at, word in enumerate(words)])


def _share(word: Word, is_fact: bool, vocabulary: Vocabulary) -> float:
    if not word.is_content:
        return 0.0
    return float(vocabulary.has(word.key)) if is_fact else vocabulary.nearness(word)


def _weight(word: Word, is_fact: bool) -> float:
    if not word.is_content:
        return 0.0
    return _OF_FACT if is_fact else _rarity(word.text.lower(), word.key)


@lru_cache(maxsize=50_000)
def _rarity(word: str, key: str) -> float:
    if key in SAYING or word.endswith("ly"):
        return _LIGHT
    return math.log1p(word_rank(word) / _COMMON) / math.log1p(30_000 / _COMMON)


@lru_cache(maxsize=50_000)
def _vector(word: str) -> NDArray[np.float32]:
    return _embedder().embed_query(word)


@cache
def _embedder() -> StaticEmbedder:
    return StaticEmbedder()
