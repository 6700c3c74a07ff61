"""The nearest passages, with what the index does not hold and for any days: the same as by comparing them all."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest

from index.article import Article
from index.indexes.index_stores import VectorStore
from index.indexes.replication import Follower
from index.search import engine as module
from index.search.engine import nearest
from index.store.catalogue import Catalogue, Entry
from index.store.selection import Selection
from index.text.passages import Passage
from index.times import Window

FIRST = date(2026, 1, 1)
ARTICLES, LATER = 3000, 40


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """Passages of one article a day over 300 days, of ten articles a day; some have no date."""
    opened = Catalogue(tmp_path_factory.mktemp("c") / "c.sqlite3")
    put(opened, 0, ARTICLES)
    yield opened
    opened.close()


def put(catalogue: Catalogue, first: int, end: int) -> None:
    made = np.random.default_rng(first).normal(size=(end - first, 16)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    entries = []
    for number in range(first, end):
        published = FIRST + timedelta(days=number % 300) if number % 7 else None
        outlet, author = f"O{number % 5}", "John Doe" if number % 3 else "Jane Roe and John Doe"
        article = Article(f"a{number}", "Text", "", outlet, author, published=published, source=f"/{number}")
        passage = Passage(article.id, 0, 4, "Text")
        entries.append(Entry(article, "Text", [passage], made[number - first : number - first + 1]))
    catalogue.put(entries)


@pytest.fixture(scope="module")
def follower(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Follower]:  # type: ignore[type-arg]
    folder = tmp_path_factory.mktemp("vectors")
    made = Follower(VectorStore(folder), catalogue, folder, lambda line: None)
    made.catch_up()
    put(catalogue, ARTICLES, ARTICLES + LATER)  # the index does not hold these
    yield made
    made.close()


def compared(catalogue: Catalogue, vector: np.ndarray, k: int, window: Window) -> list[int]:  # type: ignore[type-arg]
    stored = [one for one in catalogue.passages.since(0) if one.article.published in window]
    return [one.key for one in sorted(stored, key=lambda one: -float(one.vector @ vector))[:k]]


WINDOWS = [
    Window(),
    Window(None, FIRST + timedelta(days=200)),
    Window(FIRST + timedelta(days=100), None),
    Window(FIRST + timedelta(days=10), FIRST + timedelta(days=12)),
    Window(FIRST - timedelta(days=9), FIRST - timedelta(days=1)),
]


@pytest.mark.parametrize("few", [10, pytest.param(8000, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "window", [WINDOWS[0], WINDOWS[3], *(pytest.param(WINDOWS[at], marks=pytest.mark.slow) for at in (1, 2, 4))]
)
def test_the_same_as_by_comparing_all(
    catalogue: Catalogue,
    follower: Follower,
    few: int,
    window: Window,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[type-arg]
) -> None:
    monkeypatch.setattr(module, "FEW", few)
    for seed in range(4):
        vector = np.random.default_rng(1000 + seed).normal(size=16).astype(np.float32)
        vector /= np.linalg.norm(vector)
        selection = Selection(window)
        found = nearest(catalogue, follower.published(), vector, 20, None if window == Window() else selection)
        best = compared(catalogue, vector, 20, window)
        assert len({key for key, _ in found} & set(best)) >= 0.9 * len(best)
        assert [key for key, _ in nearest(catalogue, None, vector, 20, selection)] == best
    held = follower.published()
    assert held is not None
    assert held.state.passages == ARTICLES


SELECTIONS = [
    Selection(groups=(("outlet:o1", "outlet:o2"),)),
    Selection(groups=(("outlet:o1",), ("author:janeroe",))),
    Selection(Window(FIRST, FIRST + timedelta(days=40)), (("outlet:o3",),)),
    Selection(articles=("a7", "a12", "a3001", "none")),
    Selection(Window(FIRST, None), (("outlet:o0",),), ("a5", "a10", "a3005")),
    Selection(groups=(("outlet:o4",), ("author:nobody",))),
]


@pytest.mark.slow
@pytest.mark.parametrize("few", [10, 8000])
@pytest.mark.parametrize("selection", SELECTIONS)
def test_of_names_and_articles_too(
    catalogue: Catalogue,
    follower: Follower,  # type: ignore[type-arg]
    few: int,
    selection: Selection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "FEW", few)
    stored = [one for one in catalogue.passages.since(0) if one.article in selection]
    assert catalogue.passages.count_within(selection) == len(stored)
    for seed in range(2):
        vector = np.random.default_rng(seed).normal(size=16).astype(np.float32)
        best = [one.key for one in sorted(stored, key=lambda one: -float(one.vector @ vector))[:20]]
        found = [key for key, _ in nearest(catalogue, follower.published(), vector, 20, selection)]
        assert set(found) <= {one.key for one in stored}
        assert len(found) >= len(best) // 4  # for all of them Chroma would have to be asked for too many
        assert len(set(found) & set(best)) >= 0.8 * len(found)  # its graph is approximate
        assert [key for key, _ in nearest(catalogue, None, vector, 20, selection)] == best


def test_a_selection_far_from_the_query_is_found_all_the_same(
    catalogue: Catalogue,
    follower: Follower,  # type: ignore[type-arg]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """More neighbours are asked for when the first have too few of the selection among them."""
    monkeypatch.setattr(module, "FEW", 10)
    vectors = np.array([one.vector for one in catalogue.passages.since(0)])
    ids = [one.article.id for one in catalogue.passages.since(0)]
    vector = vectors[0]
    far = tuple(ids[at] for at in np.argsort(vectors @ vector)[:600])
    found = nearest(catalogue, follower.published(), vector, 20, Selection(articles=far))
    best = {key for key, _ in nearest(catalogue, None, vector, 20, Selection(articles=far))}
    assert len({key for key, _ in found} & best) >= 18


def test_a_zero_vector_is_near_to_nothing(catalogue: Catalogue) -> None:
    assert nearest(catalogue, None, np.zeros(16, np.float32), 5, None) == []
