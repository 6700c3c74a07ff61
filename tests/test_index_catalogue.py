"""The catalogue: the one file that is the truth."""

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.article import Article
from index.errors import CollectionError
from index.store.catalogue import Catalogue, DerivedState, Entry
from index.text.passages import Passage, split_passages
from tests.processes import open_files

ARTICLE = Article("a1", "One. Two.", "Title", "Post", "Kari", "https://x.example", date(2026, 5, 1), "/n/a.txt")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(tmp_path / "c.sqlite3")
    yield opened
    opened.close()


def vectors(rows: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    made = np.random.default_rng(1).normal(size=(rows, 8)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


def put(catalogue: Catalogue, article: Article) -> None:
    passages = [Passage(article.id, start, start + 4, article.text[start : start + 4]) for start in (0, 5)]
    catalogue.put([Entry(article, f"raw {article.text}", passages, vectors(2), digest=b"digest")])


def keys_since(catalogue: Catalogue, revision: int) -> list[int]:
    return [stored.key for stored in catalogue.passages.since(revision)]


def test_an_article_comes_back_as_it_was(catalogue: Catalogue) -> None:
    put(catalogue, ARTICLE)
    assert catalogue.find("a") == [ARTICLE]
    assert catalogue.read_from("/n/a.txt") == ("a1", b"digest")
    assert catalogue.read_from("/n/b.txt") is None
    assert catalogue.digest("a1") == b"digest"
    assert list(catalogue.articles()) == [replace(ARTICLE, text="")]
    assert catalogue.raw("a1") == "raw One. Two."
    assert catalogue.count() == (1, 2)


def test_passages_come_back_in_the_order_asked_with_their_vectors(catalogue: Catalogue) -> None:
    put(catalogue, ARTICLE)
    first, second = keys_since(catalogue, 0)
    found = catalogue.passages.get([second, 999, first])
    assert [(p.key, p.passage.text) for p in found] == [(second, ""), (first, "")]
    assert [p.text for p in catalogue.passages.with_texts([p.passage for p in found])] == ["Two.", "One."]
    assert found[0].article == replace(ARTICLE, text="")
    back = np.stack([stored.vector for stored in catalogue.passages.since(0)])
    assert back.dtype == np.float32
    np.testing.assert_allclose(back, vectors(2), atol=5e-3)


def test_more_keys_than_one_query_takes(catalogue: Catalogue) -> None:
    text = "Word. " * 1200
    passages = [Passage("a1", at, at + 5, "Word.") for at in range(0, len(text), 6)]
    catalogue.put([Entry(replace(ARTICLE, text=text), text, passages, np.zeros((1200, 8), np.float32))])
    keys = keys_since(catalogue, 0)[::-1]
    assert [stored.key for stored in catalogue.passages.get(keys)] == keys


def test_offsets_count_characters(catalogue: Catalogue) -> None:
    text = "🚢 e\u0301 İstanbul’da. 加拿大宣布。 Two."
    catalogue.put([Entry(replace(ARTICLE, text=text), text, split_passages("a1", text, budget=12), vectors(2))])
    for stored in catalogue.passages.since(0):
        assert stored.passage.text == text[stored.passage.start : stored.passage.end]


def test_articles_are_listed_newest_first_and_undated_last(catalogue: Catalogue) -> None:
    for key, day in (("a1", None), ("a2", date(2026, 1, 1)), ("a3", date(2026, 2, 1))):
        put(catalogue, replace(ARTICLE, id=key, published=day))
    assert [article.id for article in catalogue.articles()] == ["a3", "a2", "a1"]


def test_a_prefix_finds_ten_at_most_and_knows_no_wildcards(catalogue: Catalogue) -> None:
    for number in range(12):
        put(catalogue, replace(ARTICLE, id=f"a{number:02}"))
    assert len(catalogue.find("a")) == 10
    assert [article.id for article in catalogue.find("a11")] == ["a11"]
    assert catalogue.find("%") == catalogue.find("_0") == catalogue.find("*") == []


def test_each_change_raises_the_revision_by_one(catalogue: Catalogue) -> None:
    assert catalogue.revision == 0
    put(catalogue, ARTICLE)
    put(catalogue, replace(ARTICLE, text="Neu. Alt."))
    catalogue.remove(["a1"])
    assert catalogue.revision == 3
    assert catalogue.count() == (0, 0)


def test_an_index_can_catch_up_from_any_revision(catalogue: Catalogue) -> None:
    put(catalogue, ARTICLE)
    before = keys_since(catalogue, 0)
    put(catalogue, replace(ARTICLE, text="Neu. Alt."))
    assert catalogue.passages.removed_since(1) == before
    assert keys_since(catalogue, 1) == keys_since(catalogue, 0)
    assert not set(before) & set(keys_since(catalogue, 0))
    catalogue.remove(["a1"])
    assert len(catalogue.passages.removed_since(1)) == 4
    assert len(catalogue.passages.removed_since(2)) == 2
    assert catalogue.passages.removed_since(3) == keys_since(catalogue, 0) == []


def test_keys_are_never_given_twice(catalogue: Catalogue) -> None:
    put(catalogue, ARTICLE)
    gone = keys_since(catalogue, 0)
    catalogue.remove(["a1"])
    put(catalogue, ARTICLE)
    assert min(keys_since(catalogue, 0)) > max(gone)


def test_notes_of_removed_passages_stay_until_every_index_has_read_them(catalogue: Catalogue) -> None:
    put(catalogue, ARTICLE)
    for name in ("words", "vectors"):
        catalogue.set_derived(name, DerivedState(name, 1, 2))
    catalogue.remove(["a1"])
    catalogue.set_derived("words", DerivedState("words", 2, 2))
    assert len(catalogue.passages.removed_since(1)) == 2
    catalogue.set_derived("vectors", DerivedState("vectors", 2, 2))
    assert catalogue.passages.removed_since(1) == []
    assert catalogue.derived("words") == DerivedState("words", 2, 2)
    catalogue.forget_derived()
    assert catalogue.derived("words") == catalogue.derived("vectors") == DerivedState("", 0, 0)


def test_a_change_that_fails_changes_nothing(catalogue: Catalogue) -> None:
    put(catalogue, ARTICLE)
    with pytest.raises(ValueError, match="zip"):
        catalogue.put([Entry(replace(ARTICLE, text="Neu."), "", [Passage("a1", 0, 4, "Neu.")], vectors(2))])
    assert catalogue.find("a1") == [ARTICLE]
    assert catalogue.revision == 1
    put(catalogue, replace(ARTICLE, id="a2"))


def test_vectors_are_replaced(catalogue: Catalogue) -> None:
    put(catalogue, ARTICLE)
    keys = keys_since(catalogue, 0)
    catalogue.passages.replace_vectors(keys, np.ones((2, 3), np.float32))
    assert [stored.vector.tolist() for stored in catalogue.passages.get(keys)] == [[pytest.approx(3**-0.5)] * 3] * 2
    assert catalogue.revision == 1


def test_what_one_opening_wrote_the_next_one_reads(catalogue: Catalogue, tmp_path: Path) -> None:
    put(catalogue, ARTICLE)
    catalogue.set_meta("embedder", "x")
    catalogue.close()
    again = Catalogue(tmp_path / "c.sqlite3")
    assert (again.find("a1"), again.meta("embedder"), again.meta("other")) == ([ARTICLE], "x", None)
    again.close()


def test_two_threads_write_and_read(catalogue: Catalogue) -> None:
    def work(thread: int) -> None:
        for number in range(20):
            put(catalogue, replace(ARTICLE, id=f"t{thread}-{number}"))
            assert catalogue.find(f"t{thread}-{number}")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    assert catalogue.count() == (40, 80)
    assert catalogue.revision == 40


def test_a_reader_is_not_held_up_by_a_writer(catalogue: Catalogue, tmp_path: Path) -> None:
    put(catalogue, ARTICLE)
    writer = sqlite3.connect(tmp_path / "c.sqlite3", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM articles")
    assert catalogue.count()[0] == 1
    writer.execute("ROLLBACK")
    writer.close()


def test_several_open_a_new_catalogue_at_once(tmp_path: Path) -> None:
    together = threading.Barrier(4)

    def work(_: int) -> int:
        together.wait()
        opened = Catalogue(tmp_path / "new.sqlite3")
        count = opened.count()[0]
        opened.close()
        return count

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(4))) == [0] * 4


def refusal(path: Path) -> str:
    with pytest.raises(CollectionError) as caught:
        Catalogue(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    path.write_bytes(b"A text of some length, which is no database. " * 100)
    assert "not a database" in refusal(path)
    assert path.read_bytes().startswith(b"A text")


def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    assert "another program" in refusal(path)
    assert [row[0] for row in other.execute("SELECT name FROM sqlite_master")] == ["bookmarks"]
    other.close()


def test_another_format(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    opened = Catalogue(path)
    opened.set_meta("format", "999")
    opened.close()
    assert "format 999" in refusal(path)


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    assert str(tmp_path) in refusal(tmp_path)


def test_damage_in_the_middle_of_the_file_is_one_clear_error(catalogue: Catalogue, tmp_path: Path) -> None:
    for number in range(200):
        put(catalogue, replace(ARTICLE, id=f"a{number}"))
    catalogue.close()
    path = tmp_path / "c.sqlite3"
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(CollectionError, match="the catalogue is damaged"):
        list(Catalogue(path).articles())


def test_threads_that_come_and_go_leave_no_connections(catalogue: Catalogue) -> None:
    """A server answers each question in a thread of its own."""
    put(catalogue, ARTICLE)
    before = open_files()
    for _ in range(50):
        thread = threading.Thread(target=catalogue.find, args=["a"])
        thread.start()
        thread.join()
    assert open_files() <= before + 3  # one connection: the file, its log and the log's index


def test_a_query_that_is_let_go_by_another_thread_gives_its_connection_back(catalogue: Catalogue) -> None:
    put(catalogue, ARTICLE)
    put(catalogue, replace(ARTICLE, id="a2"))
    with ThreadPoolExecutor(1) as pool:
        begun = catalogue.articles()
        assert pool.submit(next, begun).result().id == "a1"
        assert [one.id for one in catalogue.articles()] == ["a1", "a2"]
        del begun
        assert pool.submit(lambda: [one.id for one in catalogue.articles()]).result() == ["a1", "a2"]


def test_what_is_read_within_a_transaction_is_what_it_wrote(catalogue: Catalogue) -> None:
    with catalogue._database.transaction() as db:
        db.execute("INSERT INTO meta VALUES ('mine', '1')")
        assert catalogue.meta("mine") == "1"
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(catalogue.meta, "mine").result() is None
    assert catalogue.meta("mine") == "1"
