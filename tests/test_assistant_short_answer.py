"""The short answer: which words of the quoted sentences are said, alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.candidates import Candidate, candidates
from assistant.focus import Focus, focuses
from assistant.read_features import Readings, key_of
from assistant.short_answer import _spans, short_answer, telling
from tests.retrieved import reading, retrieved


def asking(question: str) -> Focus:
    return focuses(question, lambda terms: dict.fromkeys(terms, 0), 10, split=False)[0]


def told(*spans: tuple[str, str, float]) -> tuple[list[tuple[Candidate, float]], Readings]:
    """Sentences, each of a passage of its own, with falling scores; the words in it that are its only span, and that
    span's log odds.
    """
    found = [retrieved(text) for text, _, _ in spans]
    readings = {}
    for one, (text, words, logit) in zip(found, spans, strict=True):
        start = text.index(words)
        readings[key_of(one)] = reading(0.0, [(start, start + len(words), logit, logit)])
    return [(one, -float(place)) for place, one in enumerate(candidates(found))], readings


BRANDT = ("The captain was Ida Brandt.", "Ida Brandt", 3.0)
LUND = ("Ole Lund was the mate.", "Ole Lund", 2.0)
LIKELY = [
    ("The captain was Ida Brandt, who sank.", "Ida Brandt, who sank"),
    ("Nine lamps were lost.", "Nine"),
    ("It sailed on Monday.", "Monday"),
    ("The ferry sailed.", "ferry"),
    ("They found it — at last.", "—"),
]


def test_it_is_the_best_span_of_the_best_sentence() -> None:
    assert short_answer(asking("Who steered the ferry?"), *told(BRANDT, LUND)) == "Ida Brandt"
    # A sentence's score counts by half: another's span may be likelier.
    assert short_answer(asking("Who steered the ferry?"), *told(LUND, (*BRANDT[:2], 2.3))) == "Ole Lund"
    assert short_answer(asking("Who steered the ferry?"), *told(LUND, BRANDT)) == "Ida Brandt"


def test_what_search_puts_first_counts() -> None:
    likely, found = (*BRANDT[:2], 3.0), (*LUND[:2], 2.0)
    sentences, readings = told(likely, found)
    first = [
        (replace(one, found=replace(one.found, score=score)), 0.0)
        for (one, _), score in zip(sentences, (0.4, 0.6), strict=True)
    ]
    assert short_answer(asking("Who steered the ferry?"), first, readings) == "Ole Lund"
    assert telling(asking("Who steered the ferry?"), first, readings) == first[1][0]


@pytest.mark.parametrize(
    "question", ["Was she there?", "Why did she leave?", "How did she steer?", "What did Ida Brandt say?"]
)
def test_no_sentence_tells_best_what_no_span_answers(question: str) -> None:
    assert telling(asking(question), *told(BRANDT, LUND)) is None


@given(
    st.lists(st.tuples(st.sampled_from(LIKELY), st.integers(-1, 1), st.integers(-2, 2), st.integers(0, 1)), max_size=8),
    st.sampled_from(["Who steered the ferry?", "When did it sail?", "How many were lost?", "What did the mate find?"]),
)
def test_the_sentence_that_tells_best_is_the_first_of_all(
    rows: list[tuple[tuple[str, str], int, int, int]], question: str
) -> None:
    apart = [f"{text[:-1]} {letter}." for ((text, _), *_), letter in zip(rows, "abcdefgh", strict=False)]
    sentences, readings = told(*((text, row[0][1], row[1]) for text, row in zip(apart, rows, strict=True)))
    scored = [
        (replace(one, found=replace(one.found, score=score / 8)), float(weight))
        for (one, _), (*_, weight, score) in zip(sentences, rows, strict=True)
    ]
    ordered = _spans(asking(question), scored, readings)
    assert telling(asking(question), scored, readings) is (ordered[0][1] if ordered else None)


def test_of_nothing_that_was_read_no_sentence_tells_best() -> None:
    sentences, _ = told(BRANDT, LUND)
    assert telling(asking("Who steered?"), sentences, {}) is None


@pytest.mark.parametrize("question", ["Was Ida Brandt the captain?", "Did she steer?", "Have the ferries stopped?"])
def test_words_of_an_article_answer_no_question_of_yes_or_no(question: str) -> None:
    assert short_answer(asking(question), *told(BRANDT)) == ""


def test_without_sentences_or_readings_there_is_none() -> None:
    sentences, readings = told(BRANDT, LUND)
    assert short_answer(asking("Who?"), [], readings) == ""
    assert short_answer(asking("Who?"), sentences, {}) == ""


def test_a_sentence_that_was_not_read_is_passed_over() -> None:
    sentences, readings = told(BRANDT, LUND)
    second = key_of(sentences[1][0].found)
    assert short_answer(asking("Who?"), sentences, {second: readings[second]}) == "Ole Lund"


@pytest.mark.parametrize(
    "question",
    [
        "Who were the officers?",
        "Which sailors left?",
        "Which two Norwegian sailors left?",
        "What countries sent ships?",
        "Name the sailors.",
        "List all who left.",
    ],
)
def test_of_a_list_several_are_said(question: str) -> None:
    assert short_answer(asking(question), *told(BRANDT, LUND)) == "Ida Brandt, Ole Lund"


@pytest.mark.parametrize(
    "question",
    [
        "Who was the captain?",
        "Who has left?",
        "Who is its captain?",
        "What is this?",
        "What does the captain say?",
        "What was it called?",
        "Which captain's ship sank?",
        "Who won the elections?",
        "Who steers?",
        "Which was the first?",
        "Which tennis star left?",
        "Which virus spread on board?",
        "What is the name of the ship?",
    ],
)
def test_of_no_list_one_is_said(question: str) -> None:
    assert short_answer(asking(question), *told(BRANDT, LUND)) == "Ida Brandt"


def test_of_a_list_only_what_is_nearly_as_likely_is_said() -> None:
    far, unlikely = ("Eva Stone left.", "Eva Stone", 1.4), ("Per Holm left.", "Per Holm", -0.1)
    assert short_answer(asking("Which sailors left?"), *told(BRANDT, LUND, far)) == "Ida Brandt, Ole Lund"
    assert short_answer(asking("Which sailors left?"), *told((*LUND[:2], 0.2), unlikely)) == "Ole Lund"


def test_of_a_list_each_is_said_once() -> None:
    again, part = ("It was IDA  BRANDT.", "IDA  BRANDT", 3.0), ("Brandt steered.", "Brandt", 2.9)
    assert short_answer(asking("Which sailors left?"), *told(BRANDT, again, part, LUND)) == "Ida Brandt, Ole Lund"


def test_a_word_that_is_in_another_word_is_another_answer() -> None:
    nigeria, niger = ("Nigeria sent ships.", "Nigeria", 3.0), ("Niger sent troops.", "Niger", 2.5)
    assert short_answer(asking("Which countries sent help?"), *told(nigeria, niger)) == "Nigeria, Niger"
    assert short_answer(asking("Which countries sent help?"), *told(niger, nigeria)) == "Niger, Nigeria"


def test_a_list_ends_after_five() -> None:
    names = ["Ada", "Bo", "Cy", "Di", "Ed", "Flo"]
    spans = [(f"{name} left.", name, 2.0) for name in names]
    assert short_answer(asking("Which sailors left?"), *told(*spans)) == "Ada, Bo, Cy, Di, Ed"


def test_white_space_and_marks_around_it_are_tidied() -> None:
    messy = ("He said, Ida \t  Brandt, left.", ", Ida \t  Brandt,", 3.0)
    assert short_answer(asking("Who left?"), *told(messy)) == "Ida Brandt"


def test_a_span_without_words_is_no_answer() -> None:
    assert short_answer(asking("Who left?"), *told(("Left -- or not.", "--", 3.0))) == ""
    assert short_answer(asking("Which sailors left?"), *told(("A -- it.", "--", 3.0), BRANDT, LUND)) == (
        "Ida Brandt, Ole Lund"
    )
