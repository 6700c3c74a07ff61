"""The features of sentences, reckoned for all at once."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.english.states import Stems
from assistant.extractive.candidates import candidates, words_around
from assistant.extractive.evidence import FEATURES, Evidence, _WordSets
from assistant.question.focus import Focus, focuses
from index.search.result import Retrieved
from index.text.analysis import words_of
from tests.retrieved import retrieved

QUESTION = "Who repaired the old lighthouse in Orrin, and how many lamps were lost?"
PASSAGES = [
    retrieved("Ida Brandt mended the lighthouse of Orrin. Nine lamps were lost! Did it rain?", title="Orrin's light"),
    retrieved("The tower stood dark for a year", title=""),
    retrieved("A ferry sank near Lund. Its captain, Ole Lund, swam home.", title="Ferry"),
]
VOCABULARY = list("abcdef")
WORDS = st.lists(st.lists(st.sampled_from([*VOCABULARY, "unknown"])), max_size=5)


def asking() -> Focus:
    return focuses(QUESTION, lambda terms: dict.fromkeys(terms, 0), 10, split=False)[0]


def features(passages: Sequence[Retrieved]) -> NDArray[np.float32]:
    return Evidence(QUESTION, candidates(passages), {}).features(asking())


def test_a_sentence_has_its_features_whatever_is_reckoned_with_it() -> None:
    together = features(PASSAGES)
    alone = np.vstack([features([one]) for one in PASSAGES])
    assert together.shape == alone.shape == (6, len(FEATURES))
    own = [at for at, name in enumerate(FEATURES) if not name.startswith("read") and "all passages" not in name]
    np.testing.assert_allclose(together[:, own], alone[:, own], atol=1e-6)


def test_what_a_sentence_and_its_neighbours_hold() -> None:
    rows = dict(zip(FEATURES, features(PASSAGES).T, strict=True))
    assert rows["names in passage or title"].tolist() == [1, 1, 1, 0, 0, 0]  # Orrin
    near = rows["near words in sentence"]
    assert near[0] > near[3]
    around, alone = (rows[f"least covered deed in sentence{which}"] for which in (" or neighbours", ""))
    assert (around >= alone).all()


def test_words_around_a_sentence_are_those_of_its_neighbours() -> None:
    text = "It fell. GIVE IT BACK TO US NOW. The U.S. left. a u.s. ship. The mate stayed! What? 5.5 lamps burn."
    sentences = candidates([retrieved(text), *PASSAGES])
    assert list(map(list, words_around(sentences))) == [words_of(one.neighbours) for one in sentences]
    assert [list(words_around([one])[0]) for one in sentences] == [words_of(one.neighbours) for one in sentences]


def test_without_sentences_there_are_no_rows() -> None:
    assert features([]).shape == (0, len(FEATURES))


@given(WORDS, st.integers(0, 3))
def test_sets_of_words_as_one_by_one(sets: list[list[str]], columns: int) -> None:
    values = np.random.default_rng(1).random((len(VOCABULARY), columns), np.float32)
    known = [[VOCABULARY.index(word) for word in words if word in VOCABULARY] for words in sets]
    words = _WordSets(sets, Stems(VOCABULARY))
    one_by_one = [values[places].max(axis=0, initial=0.0) for places in known]
    assert np.array_equal(words.greatest(values), np.array(one_by_one, np.float32).reshape(len(sets), columns))
    flags = np.array([True, False] * 3)
    assert words.count(flags).tolist() == [sum(flags[places]) for places in known]
