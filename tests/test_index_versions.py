"""Versions of an agency's item: the newest stands, whatever the order in which they come."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.collection import Collection
from index.errors import ArticleNotFound
from index.formats.readings import Reading, make_reading
from index.versions import KnownVersion, Version, in_order, replaces

BRIDGE = "The bridge at Oddermouth will stay shut until spring, the county said. It found rust in {} of its cables."


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with Collection(tmp_path / "news") as opened:
        yield opened


def version(number: int, *, source: str = "", is_withdrawn: bool = False, words: str = "") -> Reading:
    text = "" if is_withdrawn else BRIDGE.format(words or f"{number}0")
    made = Version("oddermouth:bridge", number, f"2024-03-0{number}T10:00:00", 0, is_withdrawn, f"v{number}")
    facts = {"title": f"Bridge shut, {number}", "published": date(2024, 3, 1), "updated": date(2024, 3, number)}
    return make_reading(text, text, source or f"/wire/{number}.json#bridge", **facts, origins={}, version=made)  # type: ignore[arg-type]


def outcomes(collection: Collection, *readings: Reading) -> list[str]:
    return [added.outcome for added in collection.add(readings)]


def standing(collection: Collection) -> list[str]:
    return [article.title for article in collection.articles()]


@pytest.mark.slow
def test_the_newest_stands_in_every_order(tmp_path: Path) -> None:
    for number, order in enumerate([(1, 2, 3), (3, 2, 1), (2, 3, 1), (3, 1, 2)]):
        with Collection(tmp_path / str(number)) as collection:
            outcomes(collection, *map(version, order))
            assert standing(collection) == ["Bridge shut, 3"]
            (article,) = collection.articles()
            assert [one.title for one in collection.catalogue.versions(article.id)[article.id]] == [
                f"Bridge shut, {n}" for n in (1, 2, 3)
            ]
            assert {found.passage.text for found in collection.search("How many cables of the bridge were rusty?")} == {
                BRIDGE.format("30")
            }


def test_an_older_version_does_not_come_back(collection: Collection) -> None:
    assert outcomes(collection, version(1)) == ["added"]
    assert outcomes(collection, version(2)) == ["changed"]
    assert outcomes(collection, version(1), version(2)) == ["unchanged", "unchanged"]
    assert outcomes(collection, version(1, source="/again/1.json")) == ["older"]
    assert outcomes(collection, version(2, source="/again/2.json")) == ["duplicate"]
    assert standing(collection) == ["Bridge shut, 2"]


def test_a_withdrawn_item_is_gone_until_a_later_version_is_usable(collection: Collection) -> None:
    assert outcomes(collection, version(2, is_withdrawn=True), version(1)) == ["withdrawn", "older"]
    assert standing(collection) == []
    assert not list(collection.search("How many cables of the bridge were rusty?"))
    article_id = version(1).article.id
    with pytest.raises(ArticleNotFound, match=r"Bridge shut, 2 was withdrawn by its agency \(v2\)"):
        collection.article(article_id)
    assert outcomes(collection, version(3), version(2, is_withdrawn=True)) == ["added", "unchanged"]
    assert standing(collection) == ["Bridge shut, 3"]
    assert collection.article(article_id).title == "Bridge shut, 3"


def test_what_is_removed_may_be_added_again_from_any_version(collection: Collection) -> None:
    outcomes(collection, version(1), version(2))
    collection.remove([version(1).article.id])
    assert outcomes(collection, version(1)) == ["added"]


def test_a_version_that_was_changed_in_its_file_is_read_anew(collection: Collection) -> None:
    outcomes(collection, version(1), version(2))
    assert outcomes(collection, version(2, words="all")) == ["changed"]
    assert outcomes(collection, version(2, words="no", source="/other.json#bridge")) == ["duplicate"]
    assert "all of its cables" in collection.article(version(1).article.id).text
    assert outcomes(collection, version(2, is_withdrawn=True, source="/kill.json#bridge")) == ["withdrawn"]
    assert outcomes(collection, version(2)) == ["older"]


def test_what_a_person_set_right_outlives_a_new_version(collection: Collection) -> None:
    outcomes(collection, version(1))
    collection.edit(version(1).article.id, {"outlet": "Oddermouth Wire"})
    outcomes(collection, version(2))
    assert [(a.title, a.outlet) for a in collection.articles()] == [("Bridge shut, 2", "Oddermouth Wire")]


def test_what_stands_follows_from_the_versions_alone() -> None:
    """Numbers are missing in one, times in others; the same set has the same last one in every order."""
    known = KnownVersion(Version("x"), "", None, None, "s", b"")
    made = [
        [Version("x", 1, "2024-01-01"), Version("x", 2, "2024-01-02"), Version("x", 3)],
        [Version("x", 0, "2024-01-01"), Version("x", 2, "2024-01-02"), Version("x", 1, "2024-01-03")],
        [Version("x", 0, "2024-01-01", 1), Version("x", 0, "2024-01-01", 2), Version("x", 0, "2024-01-01")],
    ]
    last = [Version("x", 3), Version("x", 1, "2024-01-03"), Version("x", 0, "2024-01-01", 2)]
    for versions, expected in zip(made, last, strict=True):
        several = [replace(known, version=one) for one in versions]
        for _ in range(6):
            random.Random(1).shuffle(several)
            assert in_order(several)[-1].version == expected
            *others, one = several
            assert replaces(one, others) == (one.version == expected)
