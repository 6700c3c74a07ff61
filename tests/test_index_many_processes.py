"""Ten processes add at once while three search: everything is there once, and no search fails."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from index.collection import Collection
from tests.articles import unique_word
from tests.killing import ROOT, ChangingFolder
from tests.test_index_killing import check_indexes

ADDERS, SEARCHERS, ARTICLES = 10, 3, 60


def start(*command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_ten_add_while_three_search(tmp_path: Path) -> None:
    home, stop = tmp_path / "home", tmp_path / "stop"
    collection = home / "collections" / "default"
    collection.mkdir(parents=True)
    for each in range(ADDERS):
        news = ChangingFolder(tmp_path / f"news-{each}", random.Random(each), following=each * 1000)
        news.grow(ARTICLES)
    searchers = [start("tests.searcher", str(collection), str(stop)) for _ in range(SEARCHERS)]
    adders = [start("ui.cli", "--home", str(home), "add", str(tmp_path / f"news-{e}")) for e in range(ADDERS)]
    added = [adder.communicate() for adder in adders]
    stop.touch()
    searched = [searcher.communicate() for searcher in searchers]
    assert [adder.returncode for adder in adders] == [0] * ADDERS, [error for _, error in added]
    assert [searcher.returncode for searcher in searchers] == [0] * SEARCHERS, [error for _, error in searched]
    assert all(out.count("added ") == ARTICLES for out, _ in added)
    with Collection(collection) as opened:
        assert opened.catalogue.count()[0] == ADDERS * ARTICLES
        assert len(opened.catalogue.sources()) == ADDERS * ARTICLES
        for each in range(ADDERS):
            number = each * 1000 + 7
            assert opened.search(unique_word(number), 1)[0].article.title == f"Report {number}"
    check_indexes(collection)
    print([out.strip() for out, _ in searched])
