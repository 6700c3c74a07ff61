"""The collection: articles added, changed and removed, and passages found."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.article import Article
from index.collection import Collection
from index.errors import ArticleNotFound, CollectionError, EmbedderMismatch, LockedError, ModelError
from index.formats import read_file
from index.formats.readings import Reading
from index.ingest import Outcome
from index.search.ranking import WEIGHTS
from index.search.result import Retrieved
from index.store.catalogue import Entry
from index.store.database import lock
from tests.articles import generated, reading, unique_word, write

TODAY = date(2026, 5, 20)
FERRY = reading("Two ferries collided in the fog off Bergen on Sunday. Nobody was hurt.", "Ferries collide")
BANK = reading("The central bank raised interest rates by half a point to slow inflation.", "Rates rise")
FLOOD = reading(
    "A river flooded the old town after three days of rain, and schools were closed.", "Old town under water"
)


class Lettered:
    """An embedder of our own: the shares of the letters a to z, or of fewer."""

    def __init__(self, dimensions: int = 26) -> None:
        self.dimensions = dimensions
        self.name = f"letters-{dimensions}"

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        counts = np.array([[text.lower().count(chr(97 + n)) for n in range(self.dimensions)] for text in texts])
        rows = counts.reshape(len(texts), self.dimensions).astype(np.float32)
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1), np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return np.asarray(self.embed_passages([text])[0], np.float32)


class Failing(Lettered):
    """An embedder that fails at a text with the word "poison"."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if any("poison" in text for text in texts):
            raise ModelError("no answer")
        return super().embed_passages(texts)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def collection(tmp_path: Path, told: list[str]) -> Iterator[Collection]:
    with Collection(tmp_path / "news", tell=told.append) as opened:
        yield opened
    assert told == [], "an index was built anew"


def add(collection: Collection, *readings: Reading) -> list[Outcome]:
    return [added.outcome for added in collection.add(readings)]


def titles(found: Sequence[Retrieved]) -> list[str]:
    return [retrieved.article.title for retrieved in found]


def ask(collection: Collection, query: str, k: int = 10, as_of: date = TODAY) -> list[str]:
    return titles(collection.search(query, k, as_of))


# Adding


def test_what_was_added_is_found(collection: Collection) -> None:
    assert add(collection, FERRY, BANK, FLOOD) == ["added"] * 3
    best = collection.search("Were there ferries in a collision?", 1, TODAY)[0]
    assert best.article.title == "Ferries collide"
    assert best.article.text == ""
    full = collection.article(best.article.id)
    assert full.text[best.passage.start : best.passage.end] == best.passage.text


def test_each_article_is_there_when_its_outcome_comes(collection: Collection, tmp_path: Path) -> None:
    for added in collection.add([FERRY, BANK]):
        with sqlite3.connect(tmp_path / "news" / "catalogue.sqlite3") as other:
            assert other.execute("SELECT 1 FROM articles WHERE id = ?", (added.article.id,)).fetchone()
        other.close()


def test_adding_again_changes_nothing(collection: Collection) -> None:
    add(collection, FERRY)
    before = collection.catalogue.revision
    assert add(collection, FERRY) == ["unchanged"]
    assert collection.catalogue.revision == before


def test_the_same_article_from_another_path_is_a_duplicate(collection: Collection) -> None:
    add(collection, FERRY)
    elsewhere = reading(FERRY.article.text, FERRY.article.title, source="/elsewhere/copy.txt")
    added = list(collection.add([elsewhere]))
    assert [(a.outcome, a.article.source) for a in added] == [("duplicate", FERRY.article.source)]
    assert collection.status().articles == 1


def test_a_changed_file_replaces_its_article_under_the_same_id(collection: Collection, tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "The walrus slept on the quay.")
    add(collection, FERRY, read_file(path))
    key = read_file(path).article.id
    write(path, "The parliament debates a budget.")
    added = list(collection.add([read_file(path)]))
    assert [(a.outcome, a.article.id) for a in added] == [("changed", key)]
    assert collection.article(key).text == "The parliament debates a budget."
    texts = [found.passage.text for found in collection.search("walrus sleeping on a quay", 10, TODAY)]
    assert texts.count("The parliament debates a budget.") == 1
    assert not any("walrus" in text for text in texts)
    assert collection.frequency(["walrus", "parliament"]) == {"walrus": 0, "parliament": 1}
    assert collection.status().passages == 2


def test_an_article_whose_text_was_given_up_by_another_file_is_added(collection: Collection, tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    add(collection, read_file(write(first, "The walrus slept.")))
    add(collection, read_file(write(first, "The parliament debates.")))
    assert add(collection, read_file(write(second, "The walrus slept."))) == ["added"]
    assert {a.source for a in collection.catalogue.articles()} == {str(first), str(second)}
    assert add(collection, read_file(first), read_file(second)) == ["unchanged"] * 2


def test_one_address_is_one_article(collection: Collection) -> None:
    one = reading("The walrus slept.", url="https://x.example/1", source="/a.txt")
    two = reading("The walrus slept on.", url="https://x.example/1", source="/b.txt")
    assert add(collection, one, two, one, two) == ["added", "duplicate", "unchanged", "duplicate"]


def test_texts_that_no_file_holds_are_stored_with_marks_in_their_place(collection: Collection) -> None:
    odd = reading("The walrus \ud800 slept. It\0woke, said Berg.", title="A\udfff", source="/a\udc80.txt")
    assert add(collection, odd, odd) == ["added", "unchanged"]
    found = collection.search("walrus", 1, TODAY)[0]
    assert found.passage.text == "The walrus \ufffd slept. It\ufffdwoke, said Berg."
    assert found.article.title == "A\ufffd"


def test_a_model_that_fails_leaves_what_was_added_before(tmp_path: Path) -> None:
    with Collection(tmp_path / "news", Failing()) as collection:
        assert add(collection, FERRY) == ["added"]
        with pytest.raises(ModelError):
            add(collection, reading("A poison."), BANK)
        assert ask(collection, "ferries") == ["Ferries collide"]
        assert add(collection, FERRY, BANK) == ["unchanged", "added"]


def test_readings_that_break_off_leave_what_was_added_before(collection: Collection) -> None:
    def readings() -> Iterator[Reading]:
        yield FERRY
        raise ModelError("no more")

    with pytest.raises(ModelError):
        list(collection.add(readings()))
    assert ask(collection, "ferries") == ["Ferries collide"]


def test_an_adding_that_is_given_up_leaves_no_lock(collection: Collection, tmp_path: Path) -> None:
    adding = collection.add([FERRY, BANK])
    next(adding)
    adding.close()  # type: ignore[attr-defined]
    assert not (tmp_path / "news" / "writer.json").exists()
    assert add(collection, FERRY, BANK) == ["unchanged", "unchanged"]


# Removing


def test_a_removed_article_is_not_found(collection: Collection) -> None:
    add(collection, FERRY, BANK)
    assert [a.title for a in collection.remove([FERRY.article.id[:8]])] == ["Ferries collide"]
    assert ask(collection, "ferries colliding in the fog off Bergen") == ["Rates rise"]
    with pytest.raises(ArticleNotFound):
        collection.article(FERRY.article.id)
    assert add(collection, FERRY) == ["added"]
    assert ask(collection, "ferries", 1) == ["Ferries collide"]


def test_none_is_removed_if_one_is_missing(collection: Collection) -> None:
    add(collection, FERRY, BANK)
    with pytest.raises(ArticleNotFound, match="zzz"):
        collection.remove([FERRY.article.id, "zzz"])
    assert collection.status().articles == 2


def test_an_ambiguous_beginning_is_refused(collection: Collection) -> None:
    add(collection, *map(generated, range(20)))
    ids = [article.id for article in collection.catalogue.articles()]
    shared = next(key[0] for key in ids if sum(other[0] == key[0] for other in ids) > 1)
    with pytest.raises(ArticleNotFound, match="articles begin so"):
        collection.remove([shared])
    assert collection.status().articles == 20


@pytest.mark.parametrize("prefix", ["", "zzz", "%", "\ud800", "\0", "'; DROP TABLE articles; --"])
def test_an_id_that_is_none(collection: Collection, prefix: str) -> None:
    add(collection, FERRY)
    with pytest.raises(ArticleNotFound, match="byline list"):
        collection.article(prefix)


def test_the_last_article_removed_leaves_an_empty_collection(collection: Collection, told: list[str]) -> None:
    add(collection, FERRY)
    collection.remove([FERRY.article.id, FERRY.article.id])
    assert collection.search("ferries").passages == ()
    assert (collection.status().articles, collection.status().passages, told) == (0, 0, [])


# Searching


def test_an_empty_collection_finds_nothing(collection: Collection) -> None:
    assert collection.search("anything").passages == ()
    assert collection.frequency(["anything"]) == {"anything": 0}
    status = collection.status()
    assert (status.name, status.articles, status.passages, status.first, status.last) == ("news", 0, 0, None, None)


@pytest.mark.parametrize(
    "query",
    [
        "",
        " \n",
        "what is the of and",
        "ferries " * 20_000,
        " ".join(f"word{n}" for n in range(20_000)),
        "x" * 200_000,
        "🚢 👩‍👩‍👧‍👦",
        "\0",
        "ferries \ud800 collide",
        'title:(ferries AND "fog" OR -bergen)^2~ +[a TO b} *?',
        "'; DROP TABLE articles; --",
        "(a+)+$ \\",
        "İstanbul’da IŞIK geldi mi?",
        "Ինչո՞ւ կանգնեց լաստանավը։",
        "لماذا توقفت العبارة؟",
        "渡轮为什么停了？",
    ],
)
def test_no_query_is_an_error(collection: Collection, query: str) -> None:
    add(collection, FERRY, BANK)
    for found in collection.search(query, 5, TODAY):
        assert found.score == pytest.approx(sum(found.parts.values()))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Iğdır’a gelen İSTANBUL treni rötar yaptı.", "istanbul treni"),
        ("Լաստանավը կանգնեց նավահանգստում։", "լաստանավը"),
        ("توقفت العبارة في الميناء.", "العبارة"),
        ("Das Fährgeschäft in Åsgårdstrand ruht.", "fahrgeschaft asgardstrand"),
    ],
)
def test_words_of_other_languages_are_found(collection: Collection, text: str, query: str) -> None:
    add(collection, FERRY, BANK, reading(text, "This one"))
    assert ask(collection, query, 1) == ["This one"]


def test_later_articles_are_hidden_even_if_they_crowd_the_index(collection: Collection) -> None:
    earlier = reading("A ferry stopped in the harbour.", "Earlier", date(2026, 1, 1))
    later = [reading(f"A ferry, ferry stopped: ferry {n}.", "Later", date(2026, 3, 1)) for n in range(300)]
    add(collection, earlier, *later)
    assert ask(collection, "ferry stopped", 5, date(2026, 2, 1)) == ["Earlier"]
    assert ask(collection, "ferry stopped", 5, date(2025, 12, 31)) == []
    assert ask(collection, "ferry stopped", 5, date(2026, 3, 1)) == ["Later"] * 5


def test_an_undated_article_is_found_at_any_time(collection: Collection) -> None:
    add(collection, reading("A ferry stopped.", "Undated", None))
    assert ask(collection, "ferry", as_of=date(1990, 1, 1)) == ["Undated"]
    assert collection.search("ferry", 1, TODAY)[0].parts["recency"] == 0


def test_of_equal_matches_the_newer_comes_first(collection: Collection) -> None:
    days = [TODAY - timedelta(days=n) for n in (30, 0, 10)]
    add(collection, *(reading(f"A ferry stopped {day.toordinal()} times.", published=day) for day in days))
    found = collection.search("ferry", 3, TODAY)
    assert [r.article.published for r in found] == sorted(days, reverse=True)
    assert found[0].parts["recency"] == pytest.approx(WEIGHTS.recency)


def test_frequency_counts_passages(collection: Collection) -> None:
    add(collection, FERRY, BANK)
    assert collection.frequency(["ferri", "nobodi", "none"]) == {"ferri": 1, "nobodi": 1, "none": 0}


def test_many_threads_search(collection: Collection) -> None:
    add(collection, *map(generated, range(30)))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: collection.search(unique_word(n), 1, TODAY)[0].article.source, range(30)))
    assert found == [f"/news/{n}.txt" for n in range(30)]


# Embedders


def test_another_embedder_is_refused_with_what_mends_it(tmp_path: Path) -> None:
    with Collection(tmp_path / "news", Lettered()) as collection:
        add(collection, FERRY, BANK)
    with Collection(tmp_path / "news", Lettered(20)) as other:
        for use in (lambda: other.search("x"), lambda: add(other, FLOOD), other.rebuild):
            with pytest.raises(EmbedderMismatch, match="byline rebuild --re-embed") as caught:
                use()
            assert "letters-26" in str(caught.value)
            assert "letters-20" in str(caught.value)
        assert other.status().embedder == "letters-26"
        assert [a.title for a in other.remove([BANK.article.id])] == ["Rates rise"]
        other.rebuild(re_embed=True)
        assert ask(other, "ferries") == ["Ferries collide"]
        assert other.status().embedder == "letters-20"
    with Collection(tmp_path / "news", Lettered()) as collection, pytest.raises(EmbedderMismatch):
        collection.search("x")


def test_a_re_embedding_that_fails_can_only_be_done_again(tmp_path: Path) -> None:
    with Collection(tmp_path / "news", Lettered()) as collection:
        add(collection, *map(generated, range(5)), reading("A poison.", "Poison"))
    with Collection(tmp_path / "news", Failing(20)) as failing:
        with pytest.raises(ModelError):
            failing.rebuild(re_embed=True)
        with pytest.raises(EmbedderMismatch, match="unfinished"):
            failing.search("x")
        failing.remove([next(a.id for a in failing.catalogue.articles() if a.title == "Poison")])
        failing.rebuild(re_embed=True)
        assert ask(failing, unique_word(3), 1) == [generated(3).article.title]
        assert failing.status().indexes_current


def test_an_open_collection_notices_that_another_embedder_came(tmp_path: Path) -> None:
    with Collection(tmp_path / "news", Lettered(20)) as reader, Collection(tmp_path / "news", Lettered()) as writer:
        assert reader.search("ferries").passages == ()
        add(writer, FERRY)
        with pytest.raises(EmbedderMismatch):
            reader.search("ferries")


def test_an_emptied_collection_takes_any_embedder(tmp_path: Path, told: list[str]) -> None:
    with Collection(tmp_path / "news", Lettered()) as collection:
        add(collection, FERRY)
        collection.remove([FERRY.article.id])
    with Collection(tmp_path / "news", Lettered(20), told.append) as other:
        assert add(other, BANK) == ["added"]
        assert ask(other, "rates") == ["Rates rise"]
    assert told == []


# Rebuilding


def test_a_rebuilt_collection_finds_the_same(collection: Collection) -> None:
    add(collection, *map(generated, range(30)), FERRY, BANK)
    collection.remove([generated(3).article.id])
    add(collection, reading("The ferry is new.", source="/news/4.txt"))
    queries = [unique_word(7), "ferry harbour bridges", "interest rates", "mayor asked for weeks"]
    before = [collection.search(query, 10, TODAY) for query in queries]
    collection.rebuild()
    after = [collection.search(query, 10, TODAY) for query in queries]
    for old, new in zip(before, after, strict=True):
        assert [r.passage for r in old] == [r.passage for r in new]
        assert [r.score for r in old] == pytest.approx([r.score for r in new], abs=0.05)


# Several at once


def test_a_second_collection_sees_what_the_first_adds(collection: Collection, tmp_path: Path) -> None:
    with Collection(tmp_path / "news") as second:
        assert second.search("ferries").passages == ()
        for number, one in enumerate([FERRY, BANK, FLOOD], 1):
            add(collection, one)
            assert ask(second, one.article.text, 1) == [one.article.title]
            assert len(ask(second, "unspoken")) == number, "found by vectors alone"
            assert second.status().articles == number
        collection.remove([FERRY.article.id])
        assert "Ferries collide" not in ask(second, FERRY.article.text)


@pytest.mark.parametrize("first", [0, 1])
def test_two_collections_close_in_any_order(tmp_path: Path, first: int) -> None:
    both = [Collection(tmp_path / "news"), Collection(tmp_path / "news")]
    add(both[0], FERRY)
    assert ask(both[0], "ferries") == ask(both[1], "ferries") == ["Ferries collide"]
    both[first].close()
    left = both[1 - first]
    add(left, BANK)
    assert ask(left, "rates", 1) == ["Rates rise"]
    left.close()
    left.close()


PEER = """
import sys
from pathlib import Path
from index.store.database import lock
with lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(collection: Collection, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the writer lock."""
    add(collection, FERRY)
    command = [sys.executable, "-c", PEER, str(tmp_path / "news")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
        assert peer.stdout is not None
        assert peer.stdout.readline() == "held\n"
        yield peer
        peer.kill()


@pytest.mark.usefixtures("holder")
def test_search_works_while_another_process_writes(tmp_path: Path) -> None:
    with Collection(tmp_path / "news") as reader:
        reader.catalogue.put([Entry(BANK.article, "", [], np.zeros((0, 256), np.float32))])  # not yet indexed
        assert ask(reader, "ferries") == ["Ferries collide"]


@pytest.mark.parametrize("busy", [["vectors"], ["words"], ["words", "vectors"]])
def test_search_does_without_an_index_that_another_process_builds(
    collection: Collection, tmp_path: Path, busy: list[str]
) -> None:
    add(collection, FERRY, BANK)
    collection.catalogue.forget_derived()
    with contextlib.ExitStack() as held, Collection(tmp_path / "news") as reader:
        for name in busy:
            held.enter_context(lock(tmp_path / "news", name))
        assert ask(reader, "ferries", 1) == ["Ferries collide"]
        assert ask(reader, "rates", 1) == ["Rates rise"]


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    held_by = rf"\(-c .*, process {holder.pid} on "
    with Collection(tmp_path / "news", wait=0.1) as second, pytest.raises(LockedError, match=f"news: .*{held_by}"):
        add(second, BANK)


def test_a_second_writer_waits_and_says_for_whom(
    tmp_path: Path, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.database._QUIET", 0.1)
    told: list[str] = []

    def tell(line: str) -> None:
        told.append(line)
        holder.kill()

    with Collection(tmp_path / "news", tell=tell) as second:
        assert add(second, BANK) == ["added"]
    assert len(told) == 1
    assert f"process {holder.pid} on " in told[0]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "news"):
        with pytest.raises(CollectionError, match="--home"):
            Collection(folder)


def test_writing_needs_no_environment(collection: Collection) -> None:
    before = dict(os.environ)
    add(collection, FERRY)
    collection.search("ferries")
    assert dict(os.environ) == before


def test_article_headings() -> None:
    assert Article("a", "Text.", "Title").heading == "Title"
    assert Article("a", "Short\n text.").heading == "Short text."
    assert Article("a", "word " * 50).heading == "word " * 17 + "word …"
