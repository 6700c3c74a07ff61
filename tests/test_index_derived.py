"""The search indexes follow the catalogue, and come back when they are lost or damaged."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from index.collection import Collection
from index.indexes.index_stores import is_intact, record_files
from index.store.catalogue import DerivedState
from tests.articles import generated, unique_word

TODAY = date(2026, 5, 20)
ARTICLES = 25
BY_VECTORS_ALONE = "vessels"  # a word of no article


@pytest.fixture(autouse=True)
def opened_for_any(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chroma, however few passages there are."""
    monkeypatch.setattr("index.collection.COMPARED", 0)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of few articles: Chroma still keeps their vectors in its log."""
    return build(tmp_path_factory.mktemp("small"), ARTICLES)


@pytest.fixture(scope="module")
def original_of_many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of so many articles that Chroma has written its graph of neighbours."""
    return build(tmp_path_factory.mktemp("large"), 1200)


def build(folder: Path, articles: int) -> Path:
    with Collection(folder / "news") as collection:
        list(collection.add(map(generated, range(articles))))
    return folder / "news"


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "news"))


def part(folder: Path, name: str) -> Path:
    (found,) = folder.glob(f"{name}-*")
    return found


def repaired(folder: Path, articles: int = ARTICLES) -> list[str]:
    """What is told by the first search after the damage; the second has nothing to tell."""
    told: list[str] = []
    with Collection(folder, tell=told.append) as collection:
        for number in (0, 7, articles - 1):
            found = collection.search(unique_word(number), 5, TODAY)
            assert (found[0].article.source, len(found)) == (f"/news/{number}.txt", 5)
        assert len(collection.search(BY_VECTORS_ALONE, 5, TODAY)) == 5
        assert collection.status().indexes_current
        assert collection.status().articles == articles
    with Collection(folder, tell=lambda line: pytest.fail(line)) as collection:
        collection.search(unique_word(1), 5, TODAY)
    assert sorted(path.name.split("-")[0] for path in folder.iterdir() if path.is_dir()) == ["vectors", "words"]
    assert all("\n" not in line for line in told)
    return told


def state(folder: Path, change: str) -> None:
    with sqlite3.connect(folder / "catalogue.sqlite3") as database:
        database.execute(change)
    database.close()


def test_a_whole_collection_is_left_as_it_is(folder: Path) -> None:
    before = {name: part(folder, name) for name in ("words", "vectors")}
    assert repaired(folder) == []
    assert {name: part(folder, name) for name in ("words", "vectors")} == before


@pytest.mark.parametrize("name", ["words", "vectors"])
def test_a_lost_folder_is_built_anew_and_the_other_kept(folder: Path, name: str) -> None:
    other = part(folder, {"words": "vectors", "vectors": "words"}[name])
    shutil.rmtree(part(folder, name))
    assert repaired(folder) == [f"the {name} index is not there; building it anew from the catalogue"]
    assert other.is_dir()


@pytest.mark.parametrize("name", ["words", "vectors"])
def test_a_copy_that_nobody_published_is_swept_away_by_the_next_writer(folder: Path, name: str) -> None:
    published = part(folder, name)
    shutil.copytree(published, folder / f"{name}-2-unfinished")
    with Collection(folder) as collection:
        list(collection.add([generated(ARTICLES)]))
    assert part(folder, name) != published
    assert repaired(folder, ARTICLES + 1) == []


def test_an_index_of_another_make_is_built_anew(folder: Path) -> None:
    part(folder, "words").rename(folder / "words-0-abc")
    state(folder, "UPDATE derived SET place = 'words-0-abc' WHERE name = 'words'")
    assert len(repaired(folder)) == 1


def test_no_states_at_all(folder: Path) -> None:
    state(folder, "DELETE FROM derived")
    assert repaired(folder) == []


def test_indexes_of_the_wrong_size_are_built_anew(folder: Path) -> None:
    state(folder, "UPDATE derived SET passages = passages + 1")
    assert len(repaired(folder)) == 2


@pytest.mark.parametrize("kept", [True, False])
def test_a_damaged_index_is_not_added_to(folder: Path, kept: bool) -> None:
    if kept:
        damage(next(part(folder, "words").glob("*.idx")), "noise")
    told: list[str] = []
    with Collection(folder, tell=told.append) as collection:
        list(collection.add([generated(99)]))
        assert told == (["the words index is damaged; building it anew from the catalogue"] if kept else [])
        assert collection.search(unique_word(99), 1, TODAY)[0].article.source == "/news/99.txt"
        assert collection.search(unique_word(3), 1, TODAY)[0].article.source == "/news/3.txt"


def test_an_addition_that_fails_is_told_and_done_anew(folder: Path) -> None:
    lost = part(folder, "words")
    (lost / "meta.json").write_text("{}")
    record_files(lost)  # so that tantivy itself must notice
    told: list[str] = []
    with Collection(folder, tell=told.append) as collection:
        list(collection.add([generated(99)]))
    assert [line.endswith("building it anew from the catalogue") for line in told] == [True]
    assert not lost.exists()


def damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    noise = random.Random(1).randbytes(len(data))
    damaged = {"empty": b"", "half": data[: len(data) // 2], "noise": noise, "tail": data[:-64] + noise[:64]}
    path.write_bytes(damaged[how])


@pytest.mark.parametrize(
    "how", ["half", *(pytest.param(how, marks=pytest.mark.slow) for how in ("empty", "noise", "tail"))]
)
@pytest.mark.parametrize("file", ["*.idx", "*.term", "*.fast", "meta.json"])
def test_damaged_words_are_built_anew(folder: Path, file: str, how: str) -> None:
    damage(next(part(folder, "words").glob(file)), how)
    assert len(repaired(folder)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("file", ["*.pos", "*.store", "meta.json", "files.json"])
def test_words_with_a_file_lost_are_built_anew(folder: Path, file: str) -> None:
    next(part(folder, "words").glob(file)).unlink()
    assert len(repaired(folder)) == 1


@pytest.mark.parametrize("how", ["half", *(pytest.param(how, marks=pytest.mark.slow) for how in ("empty", "noise"))])
def test_a_damaged_database_of_vectors_is_built_anew(folder: Path, how: str) -> None:
    damage(part(folder, "vectors") / "chroma.sqlite3", how)
    assert len(repaired(folder)) == 1


def test_a_panic_in_chroma_is_a_damage_like_others(folder: Path) -> None:
    path = part(folder, "vectors") / "chroma.sqlite3"
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + random.Random(1).randbytes(len(data) - len(data) // 2))
    assert len(repaired(folder)) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "how"), [("data_level0.bin", "noise"), ("data_level0.bin", "half"), ("index_metadata.pickle", "noise")]
)
def test_damaged_vectors_are_built_anew(original_of_many: Path, tmp_path: Path, file: str, how: str) -> None:
    """Left alone, the first of these kills the process and the second loses hits in silence."""
    folder = Path(shutil.copytree(original_of_many, tmp_path / "news"))
    damage(next(part(folder, "vectors").glob(f"*/{file}")), how)
    assert len(repaired(folder, 1200)) == 1


def test_damage_while_the_collection_is_open_is_mended(folder: Path) -> None:
    told: list[str] = []
    with Collection(folder, tell=told.append) as collection:
        collection.search("harbour", 5, TODAY)
        shutil.rmtree(part(folder, "vectors"))
        assert len(collection.search(BY_VECTORS_ALONE, 5, TODAY)) == 5
    assert len(told) == 1


def test_an_index_that_fails_in_a_search_is_mended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No damage known to us passes the check and fails the search, so the check is told to see none."""
    monkeypatch.setattr("index.indexes.index_stores.is_intact", lambda folder: True)
    next(part(folder, "words").glob("*.pos")).unlink()
    told: list[str] = []
    with Collection(folder, tell=told.append) as collection:
        assert collection.search(unique_word(7), 5, TODAY)[0].article.source == "/news/7.txt"
    assert len(told) == 1


def test_indexes_catch_up_by_what_is_new(folder: Path) -> None:
    before = {name: part(folder, name) for name in ("words", "vectors")}
    told: list[str] = []
    with Collection(folder, tell=told.append) as collection:
        list(collection.add([generated(99)]))
        collection.remove([generated(3).article.id])
        assert collection.search(unique_word(99), 1, TODAY)[0].article.source == "/news/99.txt"
        states = [collection.catalogue.derived(name) for name in before]
        revision, (_, passages) = collection.catalogue.revision, collection.catalogue.count()
        assert states == [DerivedState(part(folder, name).name, revision, passages) for name in before]
    assert told == []
    assert not any(path.exists() for path in before.values())


@pytest.mark.parametrize("change", [lambda f: f.write_bytes(b"x"), Path.unlink])
def test_the_checksum_notices_every_change(tmp_path: Path, change: Callable[[Path], object]) -> None:
    (tmp_path / "a").write_bytes(b"one")
    assert not is_intact(tmp_path)
    record_files(tmp_path)
    assert is_intact(tmp_path)
    change(tmp_path / "a")
    assert not is_intact(tmp_path)
    assert not is_intact(tmp_path / "missing")


def test_many_additions_in_one_process_leave_no_connections(folder: Path) -> None:
    with Collection(folder) as collection:
        for number in range(98, 103):
            list(collection.add([generated(number)]))
        assert len(collection.catalogue._database._connections) <= 3  # one for each thread that there is


def test_one_search_alone_does_without_chroma(folder: Path) -> None:
    """To import it takes longer than to compare all vectors, so what is wrong with it is left to a longer session."""
    (part(folder, "vectors") / "chroma.sqlite3").write_bytes(b"no database")
    with Collection(folder, tell=lambda line: pytest.fail(line), once=True) as collection:
        assert len(collection.search(BY_VECTORS_ALONE, 5, TODAY)) == 5
    assert len(repaired(folder)) == 1
