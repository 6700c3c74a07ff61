"""What sources disagree on, over passages of which a reader's model made something."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Sentence
from assistant.assistant import Assistant
from assistant.english.corrections import is_correction, tells_an_earlier_version
from assistant.extractive.quoting import QuotingReader
from assistant.finishing.disagreements import with_disagreements
from index.article import Article
from index.collection import Collection
from index.search.result import Retrieved
from index.text.passages import Passage
from tests.articles import reading as article
from tests.retrieved import reading

ASKED = date(2021, 6, 1)


def told(text: str, value: str, outlet: str, day: int | None, key: str = "") -> Retrieved:
    """An article of one passage, in which the reader's model takes `value` for the answer."""
    article = Article(key or f"id-{outlet}-{day}", "", outlet=outlet, published=date(2021, 5, day) if day else None)
    start = text.index(value)
    made = reading(2.0, [(start, start + len(value), 3.0, 3.0)])
    return Retrieved(Passage(article.id, 0, len(text), text), article, 1.0, {}, reading=made)


def quoting(*found: Retrieved) -> Answer:
    """An answer that quotes the passages whole."""
    sentences = [
        Sentence(one.passage.text, "supported", (Citation(n, one.article, 0, len(one.passage.text), one.passage.text),))
        for n, one in enumerate(found, 1)
    ]
    return Answer("How many died?", ASKED, True, tuple(sentences))


FIRST = told("The flood in Orsk killed 12 people.", "12", "Wire", 3)
OTHER = told("The flood in Orsk killed 15 people, police said.", "15", "Ledger", 5)
THIRD = told("In Orsk 19 people were killed by the flood.", "19", "Post", 4)


def values(answer: Answer) -> list[list[tuple[str, bool, int]]]:
    return [[(v.value, v.newest, v.citation.n) for v in versions] for versions in answer.disagreements]


def test_the_other_version_is_added_oldest_first() -> None:
    answer = with_disagreements(quoting(OTHER), [OTHER, FIRST])
    assert values(answer) == [[("12", False, 1), ("15", True, 2)]]
    assert [sentence.text for sentence in answer.sentences] == [FIRST.passage.text, OTHER.passage.text]


def test_of_three_outlets_all_are_told() -> None:
    answer = with_disagreements(quoting(FIRST), [FIRST, OTHER, THIRD])
    assert values(answer) == [[("12", False, 1), ("19", False, 2), ("15", True, 3)]]


def test_an_outlets_later_version_takes_the_place_of_its_earlier_one() -> None:
    earlier = told("The flood in Orsk killed 9 people, police said.", "9", "Ledger", 4)
    assert values(with_disagreements(quoting(FIRST), [FIRST, OTHER, earlier])) == [[("12", False, 1), ("15", True, 2)]]


def test_a_correction_comes_first() -> None:
    text = "The flood in Orsk killed 15 people, which corrects an earlier report."
    answer = with_disagreements(quoting(FIRST), [FIRST, told(text, "15", "Ledger", 5)])
    assert values(answer) == [[("15", True, 1), ("12", False, 2)]]


def test_without_all_days_none_is_the_newest() -> None:
    undated = told("The flood in Orsk killed 15 people, police said.", "15", "Ledger", None)
    [versions] = with_disagreements(quoting(FIRST), [FIRST, undated]).disagreements
    assert [version.newest for version in versions] == [False, False]


def test_other_sentences_keep_their_place_and_get_new_numbers() -> None:
    before = told("Orsk lies on a river.", "river", "Post", 1)
    after = told("The dam was built in 1950.", "1950", "Post", 2)
    answer = with_disagreements(quoting(before, OTHER, after), [before, OTHER, after, FIRST])
    assert [sentence.citations[0].article.outlet for sentence in answer.sentences] == ["Post", "Wire", "Ledger", "Post"]
    assert [citation.n for citation in answer.citations] == [1, 2, 3, 4]
    assert values(answer) == [[("12", False, 2), ("15", True, 3)]]
    assert with_disagreements(answer, [before, OTHER, after, FIRST]) == answer


def test_what_is_no_disagreement_changes_nothing() -> None:
    same_outlet = told("The flood in Orsk killed 15 people, police said.", "15", "Wire", 5)
    months_later = replace(OTHER, article=replace(OTHER.article, published=date(2021, 9, 5)))
    reprint = replace(OTHER, also_in=(FIRST.article,))
    beside = told("The flood in Orsk killed 15 people, police said.", "Orsk", "Ledger", 5)
    agreeing = told("The flood in Orsk killed twelve people, police said.", "twelve", "Ledger", 5)
    unread = replace(OTHER, reading=None)
    for other in (same_outlet, months_later, reprint, beside, agreeing, unread):
        answer = quoting(FIRST)
        assert with_disagreements(answer, [FIRST, other]) == answer


def corrected(day: int | None = 6, outlet: str = "Wire") -> list[Retrieved]:
    """What an outlet told of a pier, and its correction."""
    wrong = "An earlier version of our report said that repairs of the pier would cost 4 million crowns."
    text = f"{wrong} That was wrong: they will cost 6 million crowns."
    return [
        told("Repairs of the pier will cost 4 million crowns and last until May.", "4 million", "Wire", 3),
        told(text, "6 million", outlet, day),
    ]


def test_an_outlets_own_correction_is_told_first_with_what_it_corrects() -> None:
    for cited in (0, 1):
        found = corrected()
        assert values(with_disagreements(quoting(found[cited]), found)) == [
            [("6 million crowns", True, 1), ("4 million crowns", False, 2)]
        ]


def test_what_another_outlet_had_wrong_or_said_later_is_no_correction_of_it() -> None:
    for found in (corrected(outlet="Post"), corrected(day=2), corrected(day=None)):
        assert not with_disagreements(quoting(found[0]), found).disagreements


@pytest.mark.parametrize(
    ("question", "one", "other", "differ"),
    [
        (
            "How much water will the dam hold?",
            "The dam at Ostra will hold 1.1 million litres of water. It took four years.",
            "The dam at Ostra will hold 2 million litres of water, engineers said. Tests began.",
            ["1.1 million", "2 million"],
        ),
        (
            "How many passengers were stranded at Velm airport?",
            "The closure left 1,900 passengers stranded at Velm airport. Fog lay over it.",
            "The closure left 1,450 passengers stranded at Velm airport, its operator said.",
            ["1,900", "1,450"],
        ),
        (
            "When will the tunnel under the strait open?",
            "The tunnel under the strait will open in 2031. Work begins in spring.",
            "The tunnel under the strait will open in 2033, the ministry said. The rock is hard.",
            ["2031", "2033"],
        ),
    ],
)
def test_a_whole_answer_tells_both_versions(
    tmp_path: Path, question: str, one: str, other: str, differ: list[str]
) -> None:
    with Collection(tmp_path) as collection:
        for day, (outlet, text) in enumerate((("Wire", one), ("Ledger", other)), 3):
            made = article(text, f"News of the {outlet}", date(2021, 5, day))
            list(collection.add([replace(made, article=replace(made.article, outlet=outlet))]))
        [versions] = Assistant(collection, QuotingReader(collection)).ask(question).disagreements
    assert [(version.value, version.newest) for version in versions] == [(differ[0], False), (differ[1], True)]


def test_what_corrects() -> None:
    assert is_correction("The figure replaces the number of at least 12; an earlier report was wrong.")
    assert is_correction("The toll was revised to 15.")
    assert is_correction("A previous version of this story misstated the year of the photo.")
    assert tells_an_earlier_version("An earlier version of our report said that it would cost 4.2 million crowns.")
    assert not is_correction("The correct answer is 15.")
