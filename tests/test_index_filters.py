"""Filters: whatever they are, all that is found passes them, and nothing that passes is kept back."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from index.collection import Collection
from index.errors import ArticleNotFound, UnknownName
from index.filters import Filters
from index.formats.readings import Reading
from index.store.names import NameCount
from tests.articles import generated

FIRST, TODAY = date(2026, 5, 1), date(2026, 5, 20)
OUTLETS = ["Fernhill Wire", "The Tromsø Post", "Ledger", ""]
AUTHORS = ["Jane Roe", "John Doe", "Jane Roe and John Doe", "Émile Brun, Reuters", ""]
DAYS = st.none() | st.integers(-2, 22).map(lambda days: FIRST + timedelta(days=days))


def news(number: int) -> Reading:
    """Article `number` of some that differ in outlet, authors and day, and are no copies of one another."""
    chance = random.Random(number)
    outlet, author = OUTLETS[number % 4], AUTHORS[chance.randrange(5)]
    words = " ".join(chance.choices("harbour ferry mayor bridge toll strike fog quay crane storm school".split(), k=12))
    published = FIRST + timedelta(days=chance.randrange(20)) if number % 6 else None
    url = f"https://www.post.example/{number}" if outlet == OUTLETS[1] else ""
    article = replace(generated(number).article, text=f"The {words} of {number}.\n{chance.random()} was counted there.")
    return Reading(replace(article, outlet=outlet, author=author, published=published, url=url), article.text)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("c") / "news") as made:
        list(made.add(map(news, range(40))))
        yield made


def passes(article: Article, filters: Filters, as_of: date) -> bool:
    """The filters by hand, for names as they are written here."""
    day = article.published
    if (filters.since and (day is None or day < filters.since)) or (day and day > min(filters.until or as_of, as_of)):
        return False
    if filters.outlets and article.outlet not in filters.outlets:
        return False
    if filters.authors and not any(name in article.author for name in filters.authors):
        return False
    return not filters.articles or any(article.id.startswith(prefix) for prefix in filters.articles)


def ids_of(collection: Collection) -> list[str]:
    return sorted(article.id for article in collection.catalogue.articles())


@settings(deadline=None, max_examples=60)
@given(
    st.data(),
    DAYS,
    DAYS,
    st.lists(st.sampled_from(OUTLETS[:3]), max_size=2),
    st.lists(st.sampled_from(["Jane Roe", "John Doe", "Reuters"]), max_size=2),
    st.sampled_from(["ferry strike in the fog", "12", "walrus"]),
)
def test_search_finds_what_passes_and_nothing_else(
    collection: Collection,
    data: st.DataObject,
    since: date | None,
    until: date | None,
    outlets: list[str],
    authors: list[str],
    query: str,
) -> None:
    few = data.draw(st.lists(st.sampled_from(ids_of(collection)), max_size=4))
    filters = Filters(since, until, tuple(outlets), tuple(authors), tuple(few))
    wanted = {a.id for a in collection.catalogue.articles() if passes(a, filters, TODAY)}
    found = collection.search(query, 500, TODAY, filters)
    assert {one.article.id for one in found} == wanted
    assert all(passes(one.article, filters, TODAY) for one in found)
    parts = {(one.article.id, one.passage.start): one.parts["vectors"] for one in collection.search(query, 500, TODAY)}
    assert all(one.parts["vectors"] == parts[one.article.id, one.passage.start] for one in found)
    assert {a.id for a in collection.articles(filters) if not a.published or a.published <= TODAY} == wanted
    assert (found.notices != ()) == (not found)


def test_words_alone_keep_to_the_filters(collection: Collection) -> None:
    """Not only because what does not pass is taken out at the end: there are more passages than candidates."""
    with collection._guard:
        words = collection.indexes().words
    assert words is not None
    keys = [key for key, _ in words.index.best("ferry", 500, None, [["outlet:ledger"], ["author:janeroe", "author:x"]])]
    stored = collection.catalogue.passages.get(keys)
    assert stored
    assert all(one.article.outlet == "Ledger" and "Jane Roe" in one.article.author for one in stored)
    assert words.index.best("ferry", 500, None, [["outlet:ledger"], ["author:nobody"]]) == []


@pytest.mark.parametrize("outlet", ["the tromso post", "TheTromsøPost", "post.example", "https://www.post.example/x"])
def test_an_outlet_goes_by_its_name_and_its_site(collection: Collection, outlet: str) -> None:
    found = collection.search("ferry", 100, TODAY, Filters(outlets=(outlet,)))
    assert {one.article.outlet for one in found} == {"The Tromsø Post"}


@pytest.mark.parametrize(
    ("filters", "line"),
    [
        (
            Filters(outlets=("Ledger", "Fernhil Wire")),
            "no article is from 'Fernhil Wire'; did you mean 'Fernhill Wire'?",
        ),
        (Filters(outlets=("tromso",)), "no article is from 'tromso'; did you mean 'The Tromsø Post'?"),
        (Filters(authors=("Jon Doe",)), "no article is by 'Jon Doe'; did you mean 'John Doe'?"),
        (
            Filters(outlets=("Zzz",)),
            "no article is from 'Zzz'; most are from 'Fernhill Wire', 'Ledger', 'The Tromsø Post'",
        ),
        (Filters(outlets=(" ",)), "no article is from ' '; most are from"),
    ],
)
def test_a_name_that_is_not_there_is_an_error_and_no_empty_result(
    collection: Collection, filters: Filters, line: str
) -> None:
    with pytest.raises(UnknownName) as error:
        collection.search("ferry", 5, TODAY, filters)
    assert str(error.value).startswith(line)
    with pytest.raises(UnknownName):
        list(collection.articles(filters))


def test_an_article_goes_by_the_beginning_of_its_id(collection: Collection) -> None:
    wanted = ids_of(collection)[0]
    assert {one.article.id for one in collection.search("ferry", 9, TODAY, Filters(articles=(wanted[:8],)))} == {wanted}
    with pytest.raises(ArticleNotFound, match="no such article"):
        collection.search("ferry", 5, TODAY, Filters(articles=("zzz",)))


def test_nothing_that_passes_is_said(collection: Collection) -> None:
    found = collection.search("ferry", 5, TODAY, Filters(since=date(2026, 6, 1), outlets=("Ledger",)))
    assert (len(found), found.notices) == (0, ("no article passes all of these filters",))
    found = collection.search("", 5, TODAY, Filters(outlets=("Ledger",)))
    assert (len(found), found.notices) == (0, ())


def test_outlets_and_authors_are_counted(tmp_path: Path) -> None:
    with Collection(tmp_path / "news") as collection:
        list(collection.add(map(news, range(8))))
        by = {one.name: one.articles for one in collection.authors()}
        assert [one.articles for one in collection.outlets()] == [2, 2, 2]
        assert collection.outlets(1) == [NameCount("Fernhill Wire", 2)]
        articles = list(collection.catalogue.articles())
        assert by == {
            name: count
            for name in ("Jane Roe", "John Doe", "Émile Brun", "Reuters")
            if (count := sum(name in article.author for article in articles))
        }
        gone = [article.id for article in articles if article.outlet == "Ledger"]
        collection.remove(gone)
        assert [one.name for one in collection.outlets()] == ["Fernhill Wire", "The Tromsø Post"]
        with pytest.raises(UnknownName):
            collection.search("ferry", filters=Filters(outlets=("Ledger",)))


def test_an_edited_article_goes_by_its_new_names(tmp_path: Path) -> None:
    with Collection(tmp_path / "news") as collection:
        list(collection.add(map(news, range(8))))
        edited = next(a for a in collection.catalogue.articles() if a.outlet == "Ledger")
        collection.edit(edited.id, {"outlet": "Quay Times", "author": "Ann Lee"})
        for filters in (Filters(outlets=("quay times",)), Filters(authors=("ANN LEE",))):
            found = collection.search("ferry", 9, TODAY, filters)
            assert {one.article.id for one in found} == {edited.id}
        assert edited.id not in {a.id for a in collection.articles(Filters(outlets=("Ledger",)))}
