"""The vectors of single words, each made once."""

from collections.abc import Callable, Collection, Sequence
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.embedders import static_embedder

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
            rows = np.array([self._rows.get(word, -1) for word in words], np.intp)
            is_new = rows < 0
            known = self._vectors.take(rows[~is_new], axis=0)
        if len(known) == len(rows):
            return known
        new = {word: None for word, wanted in zip(words, is_new, strict=True) if wanted}
        made = self._embed(list(new))  # while others go on: a model may be far away, and slow
        with self._lock:
            self._add(list(new), made)
        place = {word: at for at, word in enumerate(new)}
        found = np.empty((len(rows), made.shape[1]), np.float32)
        found[~is_new] = known
        found[is_new] = made[[place[word] for word, wanted in zip(words, is_new, strict=True) if wanted]]
        return found

    def _add(self, words: Sequence[str], vectors: Floats) -> None:
        new = [at for at, word in enumerate(words) if word not in self._rows][: self._kept]
        if len(self._rows) + len(new) > self._kept:
            self._rows.clear()
        first, last = len(self._rows), len(self._rows) + len(new)
        if last > len(self._vectors):
            room = np.empty((max(last, min(2 * last, self._kept)), self._vectors.shape[1]), np.float32)
            room[:first] = self._vectors[:first]
            self._vectors = room
        self._vectors[first:last] = vectors[new]
        self._rows.update(zip((words[at] for at in new), range(first, last), strict=True))


@cache
def word_vectors() -> WordVectors:
    """Those of the shipped model for words in small letters, zero where it does not know one."""
    return WordVectors(static_embedder().embed_words, _KEPT)
