"""Questions made of news sentences by rule."""

import random

import pytest

from eval.training.reader_news import Cloze, clozes


def made(sentence: str) -> set[Cloze]:
    """Whatever may be made of a sentence."""
    return {one for seed in range(60) for one in clozes(sentence, random.Random(seed))}


@pytest.mark.parametrize(
    ("sentence", "answer", "questions"),
    [
        (
            "The old ferry was sold for $3.2 million to a harbour museum.",
            "$3.2 million",
            {"The old ferry was sold for how much to a harbour museum?"},
        ),
        (
            "About 40% of the island's bakeries have closed since then.",
            "40%",
            {"About how much of the island's bakeries"},
        ),
        ("The bridge to the mainland first opened in 1994 with a parade.", "1994", {"first opened in what year with"}),
        ("The council will vote on the new harbour on June 12.", "June 12", {"on the new harbour on what date?"}),
        ("The storm left 350 homes on the coast without any power.", "350", {"The storm left how many homes"}),
        ("The crew spent nine nights on the ice before help came.", "nine", {"The crew spent how many nights"}),
        (
            "A storm tore the roof from the museum in Norrholm on Sunday.",
            "Norrholm",
            {"the museum in where on Sunday?"},
        ),
        (
            "The ship was steered by the director Ida Brandt after the storm.",
            "Ida Brandt",
            {"by the director who after"},
        ),
    ],
)
def test_a_fact_is_asked_for_in_its_place(sentence: str, answer: str, questions: set[str]) -> None:
    asked = " | ".join(one.question for one in made(sentence) if one.answer == answer)
    assert all(one in asked for one in questions), asked


def test_a_question_may_be_of_the_clause_with_the_answer_alone() -> None:
    sentence = "The mayor resigned on Friday, after the council spent $40,000 on a party that nobody attended."
    questions = {one.question for one in made(sentence) if one.answer == "$40,000"}
    assert any(one.startswith("The mayor resigned") for one in questions)
    assert any(one.startswith("After the council spent how much") for one in questions)


def test_the_place_before_a_report_and_asides_are_left_out() -> None:
    sentence = "Norrholm (AP) — The ferry (built in Marlow) sank with 350 passengers on board, according to the police."
    assert {one.question for one in made(sentence)} == {"The ferry sank with how many passengers on board?"} | {
        "The ferry sank with what number of passengers on board?"
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Sank in 1994.",
        "“The ferry sank in 1994 with everyone on board of it,” said Ida Brandt.",
        "Did the ferry sink in 1994 with everyone on board of it?",
        "Photos: The ferry that sank in 1994 with everyone on board.",
        "They told us that our ferry sank in 1994 with everyone on board.",
        "the ferry sank in 1994 with everyone on board of it.",
        "Ferry Sinks In 1994 With Everyone On Board Of It.",
    ],
)
def test_nothing_is_made_of_what_is_no_plain_statement(sentence: str) -> None:
    assert made(sentence) == set()


def test_a_weekday_or_a_torn_name_is_no_answer() -> None:
    sentence = "The lifeboat crew of Ida Brandt was thanked on Sunday for the work of many years."
    assert not {one.answer for one in made(sentence)} & {"Sunday", "Brandt"}
