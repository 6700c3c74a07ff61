"""The vectors of single words, of which only so many are kept."""

from collections.abc import Sequence
from threading import Event, Thread

import numpy as np
from numpy.typing import NDArray

from assistant.extractive.word_vectors import WordVectors
from index.embedders import StaticEmbedder


def test_words_have_their_vectors_however_many_were_asked_for_before() -> None:
    embedder = StaticEmbedder()
    vectors = WordVectors(embedder.embed_words, kept=3)
    for words in (["bank"], ["river", "bank"], ["ship", "qqzx", "ship"], ["bank", "sea"], list("abcde"), ["bank"]):
        assert np.array_equal(vectors.of(words), embedder.embed_words(words))
        assert len(vectors._vectors) <= 3
    assert vectors.of([]).shape == (0, embedder.dimensions)


def test_a_slow_model_lets_others_go_on() -> None:
    embedder, begun, others_done = StaticEmbedder(), Event(), Event()

    def embed(words: Sequence[str]) -> NDArray[np.float32]:
        if "river" in words:
            begun.set()
            assert others_done.wait(10)
        return embedder.embed_words(words)

    vectors = WordVectors(embed, kept=9)
    vectors.of(["bank"])
    slow = Thread(target=vectors.of, args=(["river", "bank"],))
    slow.start()
    assert begun.wait(10)
    assert np.array_equal(vectors.of(["sea", "bank"]), embedder.embed_words(["sea", "bank"]))
    others_done.set()
    slow.join()
    assert np.array_equal(vectors.of(["river", "sea"]), embedder.embed_words(["river", "sea"]))
