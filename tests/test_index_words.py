"""The word index: BM25 in tantivy."""

from datetime import date
from pathlib import Path

import pytest

from index.errors import IndexDamaged
from index.window import Window
from index.words import WordIndex


@pytest.fixture
def words(tmp_path: Path) -> WordIndex:
    index = WordIndex(tmp_path / "words", create=True)
    index.change([], [(1, 10, "The ferry sails"), (2, 20, "The ferry and the bank"), (2**40, 0, "Rates")])
    return index


def test_the_best_come_first(words: WordIndex) -> None:
    assert [key for key, _ in words.best("which ferry sails", 10)] == [1, 2]
    assert [key for key, _ in words.best("which ferry sails", 1)] == [1]
    assert [key for key, _ in words.best("RATE", 10)] == [2**40]
    assert words.best("the of which", 10) == words.best("", 10) == words.best("walrus", 10) == []


def test_what_is_removed_is_gone(words: WordIndex, tmp_path: Path) -> None:
    words.change([2], [(3, 30, "A ferry again")])
    assert words.count() == 3
    assert {key for key, _ in words.best("ferry", 10)} == {1, 3}
    assert words.best("bank", 10) == []
    assert (words.frequency("bank"), words.frequency("ferri")) == (0, 2)
    words.change([1, 3, 2**40], [])
    assert words.count() == WordIndex(tmp_path / "words").count() == 0


def test_a_window_leaves_the_scores_as_they_are(words: WordIndex) -> None:
    everywhere = dict(words.best("which ferry sails", 10))
    for day in (1, 2):
        window = Window(date.fromordinal(10 * day), date.fromordinal(10 * day))
        assert words.best("which ferry sails", 10, window) == [(day, pytest.approx(everywhere[day]))]
    assert words.best("ferry", 10, Window(date.fromordinal(21), None)) == []


def test_an_undated_passage_is_in_a_window_without_a_first_day(words: WordIndex) -> None:
    assert [key for key, _ in words.best("rates", 10, Window(None, date.fromordinal(5)))] == [2**40]
    assert words.best("rates", 10, Window(date.fromordinal(1), None)) == []


def test_a_folder_without_an_index_is_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="word index failed"):
        WordIndex(tmp_path)


def test_a_change_with_nothing_in_it(words: WordIndex) -> None:
    words.change([], [])
    words.change([99], [])
    assert words.count() == 3


def test_a_query_of_many_words_keeps_its_rarest(words: WordIndex) -> None:
    words.change([], [(key, 0, "common") for key in range(10, 40)])
    many = " ".join(f"absent{n}" for n in range(200))
    assert [key for key, _ in words.best(f"common {many} sails", 1)] == [1]


def test_a_second_writer_is_refused(words: WordIndex, tmp_path: Path) -> None:
    held = words._index.writer(heap_size=64_000_000, num_threads=1)
    with pytest.raises(IndexDamaged, match="word index failed"):
        WordIndex(tmp_path / "words").change([], [(9, 0, "x")])
    held.wait_merging_threads()
