"""How much of a sentence's wording a source has: by rarity of its words, the same word or one near in meaning."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.check.opposites import are_opposite
from assistant.check.slots import SAYING
from assistant.check.synonyms import synonyms
from assistant.check.words import Word
from assistant.roots import root
from assistant.word_vectors import word_vectors
from index.word_rank import word_rank

Floats = NDArray[np.float64]

_NEAR, _SAME = 0.4, 0.7  # cosines between which a word counts in part
PART = 0.9  # of a word's weight, at most, for one that is near in meaning only
_LIGHT = 0.25  # weight of words such as "said" and "recently"
_OF_FACT = 0.8  # weight of names, numbers and days
_COMMON = 50


class Vocabulary:
    """The words of a sentence, to be looked up."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._words = {word.key: word.small for word in words if word.is_content}
        self.forms = frozenset((*self._words, *map(root, self._words)))
        self._vectors: NDArray[np.float32] | None = None

    def has(self, key: str) -> bool:
        """Whether it has the word, or one with the same root."""
        return key in self.forms or root(key) in self.forms

    def has_like(self, key: str) -> bool:
        """Whether it has the word or a synonym."""
        return not self.forms.isdisjoint(_forms_like(key))

    def nearness(self, words: Sequence[Word]) -> Floats:
        """How near in meaning to each word (n,) the nearest one is, 0 to 1."""
        found = np.array([1.0 if self.has(word.key) else PART * self.has_like(word.key) for word in words])
        rest = [at for at, share in enumerate(found.tolist()) if not share]
        if rest and self._words:
            if self._vectors is None:
                self._vectors = word_vectors().of(self._words.values())
            cosines = word_vectors().of([words[at].small for at in rest]) @ self._vectors.T
            keys = list(self._words)
            nearest = zip(rest, cosines.max(axis=1).tolist(), cosines.argmax(axis=1).tolist(), strict=True)
            for at, cosine, place in nearest:
                if cosine > _NEAR and not are_opposite(words[at].key, keys[place]):
                    found[at] = PART * min(1.0, (cosine - _NEAR) / (_SAME - _NEAR))
        return found


@lru_cache(maxsize=50_000)
def _forms_like(key: str) -> frozenset[str]:
    return synonyms(key) | {key, root(key)}


def exact_shares(words: Sequence[Word], vocabularies: Iterable[Vocabulary]) -> Floats:
    """1 for each word that a vocabulary has, or a synonym of it, else 0; an array (vocabularies, n)."""
    content = [(at, _forms_like(word.key)) for at, word in enumerate(words) if word.is_content]
    rows = []
    for vocabulary in vocabularies:
        row = [0.0] * len(words)
        for at, forms in content:
            if not vocabulary.forms.isdisjoint(forms):
                row[at] = 1.0
        rows.append(row)
    return np.array(rows).reshape(len(rows), len(words))


def shares(words: Sequence[Word], of_facts: frozenset[int], vocabulary: Vocabulary) -> Floats:
    """How far the vocabulary has each word (n,), 0 to 1; names and numbers, at `of_facts`, it has or not."""
    held = np.array(
        [float(at in of_facts and word.is_content and vocabulary.has(word.key)) for at, word in enumerate(words)]
    )
    plain = [at for at, word in enumerate(words) if word.is_content and at not in of_facts]
    held[plain] = vocabulary.nearness([words[at] for at in plain])
    return held


def weights(words: Sequence[Word], of_facts: frozenset[int]) -> Floats:
    """The weight of each word (n,): the rarer the heavier, function words none."""
    return np.array([_weight(word, at in of_facts) for at, word in enumerate(words)])


def _weight(word: Word, is_fact: bool) -> float:
    if not word.is_content:
        return 0.0
    return _OF_FACT if is_fact else _rarity(word.small, word.key)


@lru_cache(maxsize=50_000)
def _rarity(word: str, key: str) -> float:
    if key in SAYING or word.endswith("ly"):
        return _LIGHT
    return math.log1p(word_rank(word) / _COMMON) / math.log1p(30_000 / _COMMON)


def cosines(word: str, others: Sequence[str]) -> NDArray[np.float32]:
    """How near in meaning a word is to each of the others (n,), -1 to 1."""
    if not others:
        return np.zeros(0, np.float32)
    cosines: NDArray[np.float32] = (
        word_vectors().of(list(map(str.lower, others))) @ word_vectors().of([word.lower()])[0]
    )
    return cosines
