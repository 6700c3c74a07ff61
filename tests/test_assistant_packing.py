"""Packing: what a prompt with little room keeps."""

from datetime import date

from assistant.generative.prompt import packed
from index.article import Article
from index.search.result import Retrieved, no_text
from index.text.passages import Passage


def article(name: str, outlet: str = "", day: int = 1) -> Article:
    return Article(name, "", outlet=outlet, published=date(2021, 3, day))


def found(one: Article, at: int = 0, also_in: tuple[Article, ...] = ()) -> Retrieved:
    """A passage of ten characters, apart from the article's others."""
    return Retrieved(Passage(one.id, 100 * at, 100 * at + 10, f"{one.id}{at:09d}"), one, 1.0, {}, also_in)


def names(passages: list[Retrieved], budget: int) -> list[str]:
    """The passages that fit, each at a cost of 10, by article and place."""
    chosen = packed(passages, budget, lambda some: 10 * len(some), no_text)
    return [f"{one.article.id}{one.passage.start // 100}" for one in chosen]


LONG = article("a", "Daily Times")
CROWD = [found(LONG, at) for at in range(6)]


def test_all_that_fits_is_there_best_first() -> None:
    passages = [*CROWD, found(article("b", "Harbour Daily"))]
    assert names(passages, 70) == ["a0", "a1", "a2", "a3", "a4", "a5", "b0"]


def test_the_passages_of_one_article_do_not_crowd_out_other_sources() -> None:
    passages = [*CROWD, found(article("b", "Harbour Daily")), found(article("c", "Northgate Courier"))]
    assert names(passages, 40) == ["a0", "a1", "b0", "c0"]


def test_nor_the_newest_article() -> None:
    others = [found(article(name, name)) for name in "bcd"]
    passages = [*CROWD, *others, found(article("n", "Daily Times", day=9), 2)]
    assert names(passages, 40) == ["a0", "a1", "b0", "n2"]


def test_an_article_of_the_same_outlet_is_no_other_source() -> None:
    passages = [*CROWD, found(article("s", " daily  TIMES ")), found(article("b", "Harbour Daily"))]
    assert names(passages, 40) == ["a0", "a1", "a2", "b0"]


def test_a_reprint_of_what_is_there_is_no_other_source() -> None:
    reprint = article("r", "Fernhill Wire")
    passages = [found(LONG, 0, (reprint,)), *CROWD[1:], found(reprint), found(article("b", "Harbour Daily"))]
    assert names(passages, 40) == ["a0", "a1", "a2", "b0"]


def test_articles_of_unknown_outlets_are_sources_of_their_own() -> None:
    passages = [*CROWD, found(article("u")), found(article("v"))]
    assert names(passages, 40) == ["a0", "a1", "u0", "v0"]


def test_the_best_is_there_without_room_for_it() -> None:
    assert names(CROWD, 0) == ["a0"]
    assert names([], 100) == []


def test_half_of_the_room_goes_by_rank_whatever_the_sources() -> None:
    passages = [*CROWD[:5], *[found(article(name, name)) for name in "bcdefgh"]]
    assert names(passages, 80) == ["a0", "a1", "a2", "a3", "b0", "c0", "d0", "e0"]
