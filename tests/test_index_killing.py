"""`byline add` and `byline sync` killed at any moment, many times over: nothing is lost and nothing goes wrong."""

import random
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from index.collection import Collection
from index.indexes.vector_index import COLLECTION, folder_client
from index.search.engine import search
from index.store.catalogue import Catalogue
from tests.articles import unique_word
from tests.killing import ROOT, WORDS, ChangingFolder, at_random, kill, writing

MOMENTS = {
    "at random": at_random,
    "in Chroma's writes": writing("vectors", 0.5),
    "in tantivy's writes": writing("words", 0.25),
}


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_killed_writers_leave_what_a_writer_without_kills_leaves(
    tmp_path: Path, pytestconfig: pytest.Config, capsys: pytest.CaptureFixture[str]
) -> None:
    kills, seed = pytestconfig.getoption("--kills"), random.SystemRandom().randrange(10**9)
    chance = random.Random(seed)
    news = ChangingFolder(tmp_path / "news", chance)
    news.grow(250)
    home, collection = tmp_path / "home", tmp_path / "home" / "collections" / "default"
    killed: Counter[str] = Counter()
    while killed.total() < kills:
        news.change()
        command, moment = chance.choice(["add", "sync"]), chance.choice(list(MOMENTS))
        wait = partial(MOMENTS[moment], collection, chance)
        was_at_work, acknowledged = kill(home, [command, str(news.folder)], wait)
        killed[f"{command} {moment}"] += was_at_work
        check_next_use(home, acknowledged, news.numbers, by_command=chance.random() < 0.1)
    with capsys.disabled():
        print(f"\nseed {seed}: {killed.total()} kills: {dict(killed)}")
    byline(home, "sync", str(news.folder))
    byline(tmp_path / "undisturbed", "sync", str(news.folder))
    check_equal(collection, tmp_path / "undisturbed" / "collections" / "default", news.numbers)


def byline(home: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "--home", str(home), *command],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    return done.stdout


def check_next_use(home: Path, acknowledged: list[str], numbers: list[int], by_command: bool) -> None:
    """All that was acknowledged is there, and a search works, unaided and without a repair."""
    folder = home / "collections" / "default"
    if not (folder / "catalogue.sqlite3").exists():
        return
    if by_command:
        byline(home, "search", "harbour strike", "-k", "3")
    with Collection(folder, tell=lambda line: pytest.fail(line)) as collection:
        assert [a for a in acknowledged if not collection.catalogue.find(a)] == []
        articles, _ = collection.catalogue.count()
        if articles:
            assert collection.search("harbour strike", 3)
        number = numbers[0]
        known = collection.catalogue.read_from(str((home.parent / "news" / f"{number}.md").resolve()))
        if known:
            assert collection.search(unique_word(number), 1)[0].article.id == known[0]


def check_equal(one: Path, other: Path, numbers: list[int]) -> None:
    left, right = contents(one), contents(other)
    assert left.keys() == right.keys()
    for key, (text, vector) in left.items():
        assert text == right[key][0]
        np.testing.assert_array_equal(vector, right[key][1])
    for folder in (one, other):
        check_indexes(folder)
    queries = [unique_word(number) for number in numbers[:40]]
    queries += [" ".join(random.Random(n).sample(WORDS, 3)) for n in range(40)]
    with Collection(one) as first, Collection(other) as second:
        assert first.catalogue.sources() == second.catalogue.sources()
        for query in queries[:40]:  # what is to be found by one word is found, at once
            assert found(first, query)[0] == found(second, query)[0], query
        for collection in (first, second):
            collection.rebuild()  # BM25 still counts some of what was removed
        for query in queries:
            assert compared(first, query) == compared(second, query), query


def contents(folder: Path) -> dict[tuple[str, int, int], tuple[str, list[float]]]:
    catalogue = Catalogue(folder / "catalogue.sqlite3")
    held = {
        (p.article.id, p.passage.start, p.passage.end): (p.passage.text, p.vector.tolist())
        for p in catalogue.passages.since(0)
    }
    catalogue.close()
    return held


def check_indexes(folder: Path) -> None:
    """Chroma holds the catalogue's vectors and no others, tantivy as many passages; nothing else lies about."""
    with Collection(folder) as collection:
        assert collection.status().indexes_current
        state = collection.catalogue.derived("vectors")
        assert state is not None
        stored = {str(p.key): p.vector for p in collection.catalogue.passages.since(0)}
        words = collection._derived.words.published()
        assert words is not None
        assert words.index.count() == len(stored)
    copied = shutil.copytree(folder / state.place, folder.parent / f"copy of {state.place}")
    with folder_client(copied) as client:
        held = client.get_collection(COLLECTION, embedding_function=None).get(include=["embeddings"])
    assert held["embeddings"] is not None
    vectors = dict(zip(held["ids"], held["embeddings"], strict=True))
    assert vectors.keys() == stored.keys()
    for key, vector in stored.items():
        np.testing.assert_allclose(vectors[key], vector, atol=1e-6)
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 2


def compared(collection: Collection, query: str) -> list[tuple[str, int]]:
    """What is found where each vector is compared: Chroma's graph, an approximation, depends on the order of adding."""
    indexes = replace(collection.indexes(), vectors=None)
    return [(one.article.id, one.passage.start) for one in search(indexes, query, 10, date(2026, 12, 31))]


def found(collection: Collection, query: str) -> list[tuple[str, int]]:
    return [(one.article.id, one.passage.start) for one in collection.search(query, 10)]
