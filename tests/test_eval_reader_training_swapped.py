"""Questions with one thing exchanged, so that their paragraph answers them no more."""

import random

import pytest

from eval.training.reader_questions import swapped

TEXT = "In 1987 the captain Ida Brandt met Ole Lund in Norrholm. They sold 350 boats for 1,200 crowns each in 1994."
ELSEWHERE = "Yesterday the mayor of Marlow, Eva Stone, left. It was 2011."


def all_ways(
    question: str,
    text: str = TEXT,
    elsewhere: str = ELSEWHERE,
    answers: tuple[str, ...] = (),
) -> set[str]:
    """Whatever may come of a question."""
    ways = (swapped(question, text, elsewhere, list(answers), random.Random(seed)) for seed in range(200))
    return {way for way in ways if way is not None}


@pytest.mark.parametrize(
    ("question", "answers", "ways"),
    [
        # A full name for a full name, a single one for a single one.
        ("Where did she meet Ole Lund?", ("Norrholm",), {"Where did she meet Ida Brandt?"}),
        ("Who sailed to Norrholm?", ("Ida Brandt",), {"Who sailed to Marlow?"}),
        # Numbers of the same length.
        ("What was sold in 1994?", ("boats",), {"What was sold in 1987?"}),
        ("Who sold 350 of them?", ("They",), set()),
        # Opposites.
        ("who came first?", (), {"who came last?"}),
        ("who sat above them?", (), {"who sat below them?"}),
    ],
)
def test_one_thing_is_exchanged_for_its_like(question: str, answers: tuple[str, ...], ways: set[str]) -> None:
    assert all_ways(question, answers=answers) == ways


def test_what_the_text_does_not_have_comes_from_elsewhere() -> None:
    assert all_ways("Who met Ole Lund in 1994?", text="Ole Lund, 1994.") == {
        "Who met Eva Stone in 1994?",
        "Who met Ole Lund in 2011?",
    }


def test_nothing_becomes_the_answer_or_a_part_of_it() -> None:
    assert all_ways("Who met Ole Lund?", answers=("the captain Ida Brandt",)) == {"Who met Eva Stone?"}
    assert all_ways("Did it sink in 1994?", elsewhere="", answers=("in 1987",)) <= {"Did not it sink in 1994?"}


def test_nothing_becomes_what_the_question_says_already() -> None:
    assert all_ways("Did Ida Brandt meet Ole Lund?", elsewhere="") <= {"Did not Ida Brandt meet Ole Lund?"}


@pytest.mark.parametrize("question", ["", "why?", "who came?", "How?"])
def test_where_nothing_can_be_exchanged_there_is_none(question: str) -> None:
    assert all_ways(question) == set()


def test_a_few_questions_with_nothing_to_exchange_are_negated() -> None:
    made = [swapped("who was there?", TEXT, "", [], random.Random(seed)) for seed in range(400)]
    assert set(made) == {None, "who was not there?"}
    assert 0 < made.count("who was not there?") < 120
    assert all_ways("who was not there?") == set()


@pytest.mark.parametrize(
    ("number", "text", "other"),
    [
        ("1994", "it was 1987, or so.", "1987"),  # without the comma
        ("1994", "it was 1987.Then", "1987"),
        ("1,200", "it cost 3,450.", "3,450"),
        ("350", "in the 1990s there were 4th 212", "212"),  # no part of a word
    ],
)
def test_a_number_is_whole_and_without_the_signs_behind_it(number: str, text: str, other: str) -> None:
    assert all_ways(f"what of {number}?", text, "") == {f"what of {other}?"}


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    assert all_ways("Was Norrholm there?", text="Bakers left. Sailors came.", elsewhere="") <= {
        "Was not Norrholm there?",
    }
