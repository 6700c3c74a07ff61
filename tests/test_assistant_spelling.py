"""A question's misspelt words as the articles write them, and only those."""

import pytest

from assistant.question.spelling import has_unknown, respelled

TEXTS = (
    "Canada suspended the export permits. Canada is to suspend more.",
    "The permits were for drones, a minister said.",
)
HELD = frozenset(("canada", "permit", "export"))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("why did cannada suspnd the pemits", "why did Canada suspend the permits"),
        ("why were the permits suspended", "why were the permits suspended"),
        ("what of the president and his drone", "what of the president and his drone"),
        ("who is Cannady", "who is Cannady"),
        ("what of the qwrtzp", "what of the qwrtzp"),
        ("how many drnoes", "how many drones"),
    ],
)
def test_what_neither_english_nor_the_articles_have_is_spelt_as_these_do(asked: str, meant: str) -> None:
    assert respelled(asked, TEXTS, HELD) == meant


def test_a_question_in_another_language_is_left_alone() -> None:
    assert has_unknown("why did they suspnd it", HELD)
    assert not has_unknown("Kanada neden ihracat izinlerini askıya aldı?", HELD)
    assert not has_unknown("warum wurden die genehmigungen ausgesetzt", HELD)
