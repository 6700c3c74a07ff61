"""The vectors of single words, of which only so many are kept."""

import numpy as np

from assistant.word_vectors import WordVectors
from index.embedders import StaticEmbedder


def test_words_have_their_vectors_however_many_were_asked_for_before() -> None:
    embedder = StaticEmbedder()
    vectors = WordVectors(embedder.embed_words, kept=3)
    for words in (["bank"], ["river", "bank"], ["ship", "qqzx", "ship"], ["bank", "sea"], list("abcde"), ["bank"]):
        assert np.array_equal(vectors.of(words), embedder.embed_words(words))
    assert vectors.of([]).shape == (0, embedder.dimensions)
