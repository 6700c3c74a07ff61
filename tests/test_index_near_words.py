"""Which known words a misspelt one may stand for."""

import pytest

from index.indexes.word_index import is_forgiven, near_words


@pytest.mark.parametrize(
    ("term", "other", "near"),
    [
        ("trudaeu", "trudeau", True),  # swapped
        ("trudeu", "trudeau", True),  # too few
        ("trudeauu", "trudeau", True),
        ("trudoau", "trudeau", True),
        ("trudoaa", "trudeau", False),  # two mistakes in seven letters
        ("afganisten", "afghanistan", True),  # two in ten
        ("afganistennn", "afghanistan", False),
        ("harbor", "harbor", True),
    ],
)
def test_mistakes(term: str, other: str, near: bool) -> None:
    assert near_words(term, [(other, 1)]) == ([(other, 1)] if near else [])
    assert near_words(term, []) == []


def test_the_nearest_and_then_the_commonest() -> None:
    known = [("colonel", 47), ("colonial", 188), ("colonials", 900), ("colon", 9)]
    assert near_words("colonail", known) == [("colonial", 188)]
    several = [("bat", 1), ("cart", 5), ("cast", 9), ("card", 7), ("carx", 1)]
    assert near_words("carz", several) == [("card", 7), ("cart", 5), ("carx", 1)]


def test_short_words_and_those_with_digits_are_taken_as_they_are() -> None:
    assert [is_forgiven(word) for word in ("cat", "cats", "f16s", "")] == [False, True, False, False]
