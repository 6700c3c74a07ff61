"""Lines that recur in an outlet's articles leave them, also those that came first, and are kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from index.article import Article, article_id
from index.collection import Collection
from index.formats.readings import Reading
from index.ingest import lines_left_out
from index.store.catalogue import Catalogue
from tests.articles import unique_word

FIRST = date(2026, 1, 1)
BOX = "Sign up for our morning newsletter and never miss a story from the coast."
BACKGROUND = "The bridge was closed in March after a lorry had hit it at night."


def news(number: int, *more: str, outlet: str = "Coast Post") -> Reading:
    """An article of its own day and words, with these lines at its end."""
    word = unique_word(number)
    text = "\n".join([f"The council spoke of {word} on its day {number}.", f"The {word} was late again.", *more])
    url = f"https://coast.example/{outlet}/{number}"
    facts = {"outlet": outlet, "url": url, "published": FIRST + timedelta(days=number), "source": url}
    return Reading(Article(article_id(text, url=url), text, f"Report {number}", **facts), text)  # type: ignore[arg-type]


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with Collection(tmp_path / "news", tell=lambda line: pytest.fail(line)) as opened:
        yield opened


def texts(collection: Collection) -> list[str]:
    return [collection.article(article.id).text for article in collection.catalogue.articles()]


def test_a_line_that_comes_to_recur_leaves_the_earlier_articles_too(collection: Collection) -> None:
    list(collection.add(news(number, BOX) for number in range(5)))
    assert all(BOX in text for text in texts(collection))
    list(collection.add(news(number, BOX) for number in range(5, 12)))
    assert not any(BOX in text for text in texts(collection))
    for one in collection.search("morning newsletter story coast", 20, date(2026, 6, 1)):
        assert BOX not in one.passage.text
        assert collection.article(one.article.id).text[one.passage.start : one.passage.end] == one.passage.text


def test_what_was_taken_out_is_kept(collection: Collection) -> None:
    made = [news(number, BOX) for number in range(12)]
    list(collection.add(made))
    for reading in made:
        assert collection.catalogue.raw(reading.article.id) == reading.raw
        assert collection.catalogue.read(reading.article.id) == reading.article.text


def test_adding_again_changes_nothing(collection: Collection) -> None:
    made = [news(number, BOX) for number in range(12)]
    list(collection.add(made))
    before = texts(collection)
    assert {added.outcome for added in collection.add(made)} == {"unchanged"}
    other_place = [replace(r, article=replace(r.article, source=f"/other/{n}")) for n, r in enumerate(made)]
    assert {added.outcome for added in collection.add(other_place)} == {"duplicate"}
    assert texts(collection) == before


def test_a_line_that_no_longer_recurs_comes_back(collection: Collection) -> None:
    made = [news(number, BOX) for number in range(12)]
    list(collection.add(made))
    collection.remove([reading.article.id for reading in made[3:]])
    list(collection.add([news(50)]))
    assert sum(BOX in text for text in texts(collection)) == 3


def test_background_in_a_few_reports_and_another_outlets_lines_stay(collection: Collection) -> None:
    list(collection.add(news(number, BACKGROUND) for number in range(4)))
    list(collection.add(news(number, BOX) for number in range(4, 16)))
    list(collection.add([news(20, BOX, outlet="Hill Herald")]))
    held = texts(collection)
    assert sum(BACKGROUND in text for text in held) == 4
    assert sum(BOX in text for text in held) == 1


def test_an_edit_keeps_the_line_out(collection: Collection) -> None:
    made = [news(number, BOX) for number in range(12)]
    list(collection.add(made))
    edited = collection.edit(made[0].article.id, {"title": "Another title"})
    assert (edited.title, BOX in edited.text) == ("Another title", False)
    assert collection.catalogue.raw(edited.id) == made[0].raw
    moved = collection.edit(made[1].article.id, {"outlet": "Hill Herald"})
    assert BOX in moved.text
    assert {added.outcome for added in collection.add(made)} == {"unchanged"}


def test_what_was_broken_off_is_done_by_the_next_adding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(catalogue: Catalogue, article_ids: object) -> None:
        raise KeyboardInterrupt

    with Collection(tmp_path / "news") as collection:
        list(collection.add(news(number, BOX) for number in range(5)))
        with monkeypatch.context() as broken:
            broken.setattr(Catalogue, "stale", fail)
            with pytest.raises(KeyboardInterrupt):
                list(collection.add(news(number, BOX) for number in range(5, 12)))
        assert any(BOX in text for text in texts(collection))
        list(collection.add([]))
        assert not any(BOX in text for text in texts(collection))
        assert collection.status().indexes_current


def test_the_lines_left_out_can_be_listed(collection: Collection) -> None:
    list(collection.add(news(number, BOX) for number in range(12)))
    for listed in collection.catalogue.articles():
        article = collection.article(listed.id)
        assert lines_left_out(collection.catalogue, article) == [BOX]
    list(collection.add([news(99)]))
    assert lines_left_out(collection.catalogue, collection.article(news(99).article.id)) == []
