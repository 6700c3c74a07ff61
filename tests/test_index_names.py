"""Names as people compare them: what an article goes by, and what a person may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.store.names import folded, names_of, wanted


def shown(outlet: str = "", author: str = "", url: str = "") -> list[str]:
    return [name.shown for name in names_of(Article("a1", "", "", outlet, author, url)) if name.shown]


def meets(kind: str, given_name: str, outlet: str = "", author: str = "", url: str = "") -> bool:
    terms = {name.term for name in names_of(Article("a1", "", "", outlet, author, url))}
    return bool(terms & set(wanted(kind, given_name)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Jane Roe", ["Jane Roe"]),
        ("Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("By Jane Roe, Reuters", ["Jane Roe", "Reuters"]),
        ("Jane Roe, John Doe & Ann Lee", ["Jane Roe", "John Doe", "Ann Lee"]),
        ("Jane Roe (Fernhill Wire); John Doe | Post", ["Jane Roe", "Fernhill Wire", "John Doe", "Post"]),
        ("John Doe, Jr., and Ann Lee", ["John Doe, Jr.", "Ann Lee"]),
        ("Andy Sanderson with Sandy Brandon", ["Andy Sanderson", "Sandy Brandon"]),
        ("Jane  Roe,Jane Roe", ["Jane Roe"]),
        ("", []),
        (" , ", []),
    ],
)
def test_a_byline_names_each_of_its_authors(author: str, names: list[str]) -> None:
    assert shown(author=author) == names


@pytest.mark.parametrize(
    ("given_name", "outlet"),
    [
        ("usa today", "USA Today"),
        ("USAToday", "USA  Today"),
        ("Le Figaró", "Le Figaro"),
        ("sueddeutsche", "Sueddeutsche"),
        ("Tromso Post", "Tromsø Post"),
        ("ATT News", "AT&T News"),
        ("朝日新聞", "朝日新聞"),
        ("!!!", "!!!"),
    ],
)
def test_case_accents_and_spaces_do_not_matter(given_name: str, outlet: str) -> None:
    assert meets("outlet", given_name, outlet=outlet)
    assert meets("author", given_name, author=outlet)


@pytest.mark.parametrize(
    "given_name", ["example.org", "www.Example.org", "https://edition.example.org/x", " EXAMPLE.org "]
)
def test_an_outlet_is_known_by_its_site_too(given_name: str) -> None:
    assert meets("outlet", given_name, outlet="Fernhill Wire", url="https://edition.example.org/permits?x=1")


@pytest.mark.parametrize("given_name", ["org", "ample.org", "Fernhill", "", "."])
def test_what_is_not_its_name_is_not(given_name: str) -> None:
    assert not meets("outlet", given_name, outlet="Fernhill Wire", url="https://edition.example.org/permits")


def test_without_an_outlet_the_site_stands_for_it() -> None:
    assert shown(url="https://www.example.org/a") == ["example.org"]
    assert shown("Post", url="https://www.example.org/a") == ["Post"]
    assert shown(url="http://[broken") == []


def test_a_whole_byline_is_a_name_as_well() -> None:
    assert meets("author", "Roe, Jane", author="Roe, Jane")
    assert meets("author", "by jane roe and john doe", author="Jane Roe and John Doe")
    assert not meets("author", "Jane", author="Jane Roe")


@given(st.text())
def test_a_name_that_is_folded_stays_as_it_is(name: str) -> None:
    assert folded(folded(name)) == folded(name)
    assert folded(f" {name.upper().lower()} ") == folded(name.upper().lower())


@given(st.text(), st.text(), st.text())
def test_every_name_shown_is_found_by_itself(outlet: str, author: str, url: str) -> None:
    article = Article("a1", "", "", outlet, author, url)
    terms = {name.term for name in names_of(article)}
    assert len(terms) == len(names_of(article))
    for name in names_of(article):
        kind = name.term.partition(":")[0]
        if kind in ("outlet", "author"):
            assert name.term in wanted(kind, name.shown)  # type: ignore[arg-type]
