"""Reprints count as one source in search, cited by the earliest complete one."""

from datetime import date
from pathlib import Path

import pytest

from index.article import Article, article_id
from index.collection import Collection
from index.reading import Reading

TEXT = """The harbour of Marlow was closed on Monday after a crane toppled into the basin, the port authority said.

Divers searched the water for hours but found that nobody had been inside the cabin when the crane fell.

The authority expects to reopen the eastern quay on Thursday, while the western quay stays closed for a month.

Dock workers had complained about rust on the crane's foot since spring, according to their union's spokeswoman."""


def reading(text: str, outlet: str, published: date, title: str = "Harbour closed") -> Reading:
    key = article_id(text, outlet=outlet, published=published)
    return Reading(Article(key, text, title, outlet, published=published), text)


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    wire = reading(TEXT, "Wire", date(2021, 5, 3))
    courier = reading(TEXT.replace("toppled", "fell"), "Courier", date(2021, 5, 4), "Crane accident")
    cut = reading(TEXT.rsplit("\n\n", 1)[0], "Ledger", date(2021, 5, 2), "Quay shut")
    other = reading(
        "The Marlow ferry sails again on Friday after a month of repairs to its bow.", "Post", date(2021, 5, 5)
    )
    made = Collection(tmp_path / "news")
    list(made.add([courier, cut, wire, other]))
    return made


def test_the_earliest_complete_member_stands_for_its_reprints(collection: Collection) -> None:
    found = collection.search("why was the harbour of Marlow closed by a crane", 10, date(2021, 5, 10))
    about = [one for one in found if "crane" in one.passage.text]
    assert [one.article.outlet for one in about] == ["Wire"]
    assert {article.outlet for article in about[0].also_in} == {"Courier", "Ledger"}


def test_a_reprint_that_is_not_yet_out_is_not_named(collection: Collection) -> None:
    [found] = collection.search("harbour crane", 10, date(2021, 5, 3))
    assert found.article.outlet == "Wire"
    assert [article.outlet for article in found.also_in] == ["Ledger"]


def test_without_the_first_another_stands_in(collection: Collection) -> None:
    wire = next(a for a in collection.catalogue.articles() if a.outlet == "Wire")
    collection.remove([wire.id])
    found = collection.search("harbour crane", 10, date(2021, 5, 10))[0]
    assert found.article.outlet == "Courier"
    assert [article.outlet for article in found.also_in] == ["Ledger"]
