"""Reprints count as one source in search, cited by the earliest complete one."""

from datetime import date
from pathlib import Path

import pytest

from index.article import Article, article_id
from index.collection import Collection
from index.filters import Filters
from index.formats import Reading
from index.search.engine import collapse
from index.search.result import Retrieved
from index.store.catalogue import Copy
from index.text.passages import Passage

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


def test_with_a_filter_only_what_passes_stands_for_its_reprints(collection: Collection) -> None:
    day = date(2021, 5, 10)
    courier = collection.search("harbour crane", 10, day, Filters(outlets=("Courier",)))
    assert [one.article.outlet for one in courier if "crane" in one.passage.text] == ["Courier"]
    both = collection.search("harbour crane", 10, day, Filters(outlets=("Courier", "Ledger")))[0]
    assert both.article.outlet == "Courier"
    assert [article.outlet for article in both.also_in] == ["Ledger"]


def test_without_the_first_another_stands_in(collection: Collection) -> None:
    wire = next(a for a in collection.catalogue.articles() if a.outlet == "Wire")
    collection.remove([wire.id])
    found = collection.search("harbour crane", 10, date(2021, 5, 10))[0]
    assert found.article.outlet == "Courier"
    assert [article.outlet for article in found.also_in] == ["Ledger"]


QUAY = (
    "The western quay of Marlow stays closed until 14 June, while 350 dockers wait at home on full pay, the port said."
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (QUAY, QUAY.replace("western quay", "western wharf"), True),
        (QUAY, QUAY.replace("350", "some"), True),
        (f"It fell at 9 on Monday. {QUAY}", f"{QUAY} Work on the crane cost 2 million.", True),
        (QUAY, QUAY.replace("350", "340"), False),
        (QUAY, QUAY.replace("until 14 June", "till 3 July").replace("350 dockers", "90 workers"), False),
        ("Lissen beat Tarel 2–1 at home on Sunday.", "Lissen beat Tarel 3–1 at home on Sunday.", False),
        (QUAY, TEXT, False),
    ],
)
def test_passages_of_near_copies_are_one_if_words_and_numbers_agree(one: str, other: str, expected: bool) -> None:
    ranked = [retrieved(f"a{number}", text) for number, text in enumerate((one, other))]
    cluster = [Copy(found.article, 1000) for found in ranked]
    left = collapse(ranked, {found.article.id: cluster for found in ranked}, date(2021, 6, 1))
    assert (len(left) == 1) is expected


def retrieved(key: str, text: str) -> Retrieved:
    return Retrieved(Passage(key, 0, len(text), text), Article(key, text), 1.0, {})
