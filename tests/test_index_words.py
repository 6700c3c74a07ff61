"""The word index: BM25 in tantivy."""

from pathlib import Path

import pytest

from index.errors import IndexDamaged
from index.words import WordIndex


@pytest.fixture
def words(tmp_path: Path) -> WordIndex:
    index = WordIndex(tmp_path / "words")
    index.change([], [(1, "The ferry sails"), (2, "The ferry and the bank"), (2**40, "Rates")])
    return index


def test_the_best_come_first(words: WordIndex) -> None:
    assert [key for key, _ in words.best("which ferry sails", 10)] == [1, 2]
    assert [key for key, _ in words.best("which ferry sails", 1)] == [1]
    assert [key for key, _ in words.best("RATE", 10)] == [2**40]
    assert words.best("the of which", 10) == words.best("", 10) == words.best("walrus", 10) == []


def test_what_is_removed_is_gone(words: WordIndex, tmp_path: Path) -> None:
    words.change([2], [(3, "A ferry again")])
    assert words.count() == 3
    assert {key for key, _ in words.best("ferry", 10)} == {1, 3}
    assert words.best("bank", 10) == []
    assert (words.frequency("bank"), words.frequency("ferri")) == (0, 2)
    words.change([1, 3, 2**40], [])
    assert words.count() == WordIndex(tmp_path / "words").count() == 0


def test_a_change_with_nothing_in_it(words: WordIndex) -> None:
    words.change([], [])
    words.change([99], [])
    assert words.count() == 3


def test_a_query_of_many_words_keeps_its_rarest(words: WordIndex) -> None:
    words.change([], [(key, "common") for key in range(10, 40)])
    many = " ".join(f"absent{n}" for n in range(200))
    assert [key for key, _ in words.best(f"common {many} sails", 1)] == [1]


def test_a_second_writer_is_refused(words: WordIndex, tmp_path: Path) -> None:
    held = words._index.writer(heap_size=64_000_000, num_threads=1)
    with pytest.raises(IndexDamaged, match="word index failed"):
        WordIndex(tmp_path / "words").change([], [(9, "x")])
    held.wait_merging_threads()
