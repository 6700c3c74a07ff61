"""The vectors of single words, of which only so many are kept."""

import numpy as np

from assistant.check.word_vectors import WordVectors
from index.embedders import StaticEmbedder


def test_words_have_their_vectors_however_many_were_asked_for_before() -> None:
    vectors, embedder = WordVectors(kept=3), StaticEmbedder()
    for words in (["bank"], ["river", "bank"], ["ship", "qqzx", "ship"], ["bank", "sea"], list("abcde"), ["bank"]):
        assert np.array_equal(vectors.of(words), embedder.embed_words(words))
    assert vectors.of([]).shape == (0, embedder.dimensions)
