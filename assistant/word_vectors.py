"""The vectors of single words, each made once."""

from collections.abc import Callable, Collection, Sequence
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.embedders import StaticEmbedder

Floats = NDArray[np.float32]

_KEPT = 50_000  # words


class WordVectors:
    """The vectors, as `embed` gives them, of so many words that were asked for last.

    They stand in one array, for rows are taken from it much quicker than they are stacked.
    """

    def __init__(self, embed: Callable[[Sequence[str]], Floats], kept: int) -> None:
        self._embed = embed
        self._kept = kept
        self._lock = Lock()
        self._rows: dict[str, int] = {}
        self._vectors = embed([])

    def of(self, words: Collection[str]) -> Floats:
        """An array (n, dimensions), the words' vectors in their order."""
        with self._lock:
            if not all(map(self._rows.__contains__, words)):
                self._add(words)
            return self._vectors.take([self._rows[word] for word in words], axis=0)

    def _add(self, words: Collection[str]) -> None:
        new = [word for word in dict.fromkeys(words) if word not in self._rows]
        if len(self._rows) + len(new) > self._kept:
            self._rows.clear()
            new = list(dict.fromkeys(words))
        first, last = len(self._rows), len(self._rows) + len(new)
        if last > len(self._vectors):
            room = np.empty((max(last, min(2 * last, self._kept)), self._vectors.shape[1]), np.float32)
            room[:first] = self._vectors[:first]
            self._vectors = room
        self._vectors[first:last] = self._embed(new)
        self._rows.update(zip(new, range(first, last), strict=True))


@cache
def word_vectors() -> WordVectors:
    """Those of the shipped model for words in small letters, zero where it does not know one."""
    return WordVectors(StaticEmbedder().embed_words, _KEPT)
