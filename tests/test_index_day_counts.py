"""How many passages there are of each day, as articles come and go."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from index.article import Article
from index.store.catalogue import Catalogue, Entry
from index.store.selection import Selection
from index.store.stored_passages import DayCounts
from index.text.passages import Passage
from index.times import Window

FIRST = date(2026, 1, 1)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(tmp_path / "c.sqlite3")
    yield opened
    opened.close()


def put(catalogue: Catalogue, name: str, day: int | None, passages: int) -> None:
    published = None if day is None else FIRST + timedelta(days=day)
    parts = [Passage(name, at, at + 1, "x") for at in range(passages)]
    article = Article(name, "x" * passages, published=published, source=f"/{name}")
    catalogue.put([Entry(article, article.text, parts, np.ones((passages, 2), np.float32))])


def days(first: int | None, last: int | None) -> Window:
    of = [None if day is None else FIRST + timedelta(days=day) for day in (first, last)]
    return Window(*of)


def test_passages_are_counted_as_they_come_and_go(catalogue: Catalogue) -> None:
    counts = DayCounts(catalogue._database)
    assert counts.within(Window()) == 0
    put(catalogue, "a", 0, 3)
    put(catalogue, "b", 5, 2)
    put(catalogue, "c", None, 4)
    assert [counts.within(w) for w in (Window(), days(0, None), days(0, 0), days(1, 4), days(None, 4))] == [
        9,
        5,
        3,
        0,
        7,
    ]
    put(catalogue, "d", 3, 1)
    assert (counts.within(days(1, 4)), counts.within(Window())) == (1, 10)
    put(catalogue, "a", 4, 2)
    assert (counts.within(days(0, 0)), counts.within(days(1, 4)), counts.within(Window())) == (0, 3, 9)
    catalogue.remove(["b", "d"])
    assert (counts.within(days(1, 5)), counts.within(Window())) == (2, 6)


@pytest.mark.parametrize("first", [None, -2, 0, 3, 7])
@pytest.mark.parametrize("last", [None, -2, 0, 3, 7])
def test_as_the_catalogue_would_count(catalogue: Catalogue, first: int | None, last: int | None) -> None:
    for number in range(20):
        put(catalogue, f"a{number}", number * 3 % 8 if number % 5 else None, number % 3)
    window = days(first, last)
    query = "SELECT count(*) FROM passages WHERE day BETWEEN ? AND ?"
    assert catalogue.passages.count_within(Selection(window)) == catalogue._database.one(query, window.numbers)[0]


def test_only_what_is_new_is_read(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    put(catalogue, "a", 0, 3)
    counts = DayCounts(catalogue._database)
    counts.within(Window())
    asked: list[str] = []
    select = catalogue._database.select
    monkeypatch.setattr(catalogue._database, "select", lambda query, p=(): (asked.append(query), select(query, p))[1])
    counts.within(days(0, 2))
    assert not [query for query in asked if "GROUP BY" in query]
    put(catalogue, "b", 1, 1)
    assert counts.within(days(0, 2)) == 4
    assert ["id > ?" in query for query in asked if "GROUP BY" in query] == [True]
