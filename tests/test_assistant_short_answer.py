"""The short answer: which words of the quoted sentences are said, alone."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.extractive.candidates import Candidate, candidates
from assistant.extractive.read_features import Readings, key_of
from assistant.extractive.short_answer import is_quoted_first, short_answer, told
from assistant.question.focus import Focus, focuses
from tests.retrieved import reading, retrieved


def asking(question: str) -> Focus:
    return focuses(question, lambda terms: dict.fromkeys(terms, 0), 10, split=False)[0]


def spans(*spans: tuple[str, str, float]) -> tuple[list[tuple[Candidate, float]], Readings]:
    """Sentences, each of a passage of its own, with falling scores; the words in it that are its only span, and that
    span's log odds.
    """
    found = [retrieved(text) for text, _, _ in spans]
    readings = {}
    for one, (text, words, logit) in zip(found, spans, strict=True):
        start = text.index(words)
        readings[key_of(one)] = reading(0.0, [(start, start + len(words), logit, logit)])
    return [(one, -float(place)) for place, one in enumerate(candidates(found))], readings


def together(*names: str) -> tuple[list[tuple[Candidate, float]], Readings]:
    """A sentence that tells these names, the first the likeliest."""
    names = names or ("Ida Brandt", "Ole Lund", "Eva Stone")
    text = f"{', '.join(names[:-1])} and {names[-1]} left."
    found = retrieved(text)
    pieces = [
        (text.index(name), text.index(name) + len(name), 3.0 - at / 10, 3.0 - at / 10) for at, name in enumerate(names)
    ]
    return [(one, 0.0) for one in candidates([found])], {key_of(found): reading(0.0, pieces)}


EVEN = np.array([1.0, 8.0, 0.5], np.float32)
BRANDT = ("The captain was Ida Brandt.", "Ida Brandt", 3.0)
LUND = ("Ole Lund was the mate.", "Ole Lund", 2.0)
NEAR = (*LUND[:2], 2.7)


def said(part: Focus, sentences: list[tuple[Candidate, float]], readings: Readings) -> str:
    return short_answer(part, told(part, sentences, readings, EVEN), readings)


def test_it_is_the_best_span_of_the_best_sentence() -> None:
    assert said(asking("Who steered the ferry?"), *spans(BRANDT, LUND)) == "Ida Brandt"
    # A sentence's score counts by half: another's span may be likelier.
    assert said(asking("Who steered the ferry?"), *spans(LUND, (*BRANDT[:2], 2.3))) == "Ole Lund"
    assert said(asking("Who steered the ferry?"), *spans(LUND, BRANDT)) == "Ida Brandt"


def test_what_search_puts_first_counts() -> None:
    likely, found = (*BRANDT[:2], 3.0), (*LUND[:2], 2.0)
    sentences, readings = spans(likely, found)
    first = [
        (replace(one, found=replace(one.found, score=score)), 0.0)
        for (one, _), score in zip(sentences, (0.4, 0.6), strict=True)
    ]
    assert said(asking("Who steered the ferry?"), first, readings) == "Ole Lund"
    assert told(asking("Who steered the ferry?"), first, readings, EVEN)[0].candidate == first[1][0]


@pytest.mark.parametrize("question", ["Why did she leave?", "How did she steer?", "What did Ida Brandt say?"])
def test_a_sentence_that_explains_is_not_chosen_by_its_span(question: str) -> None:
    assert not is_quoted_first(asking(question))
    assert is_quoted_first(asking("Who steered the ferry?"))


@pytest.mark.parametrize("question", ["Was Ida Brandt the captain?", "Did she steer?", "Have the ferries stopped?"])
def test_words_of_an_article_answer_no_question_of_yes_or_no(question: str) -> None:
    assert said(asking(question), *spans(BRANDT)) == ""


def test_without_sentences_or_readings_there_is_none() -> None:
    sentences, readings = spans(BRANDT, LUND)
    assert said(asking("Who?"), [], readings) == ""
    assert said(asking("Who?"), sentences, {}) == ""


def test_a_sentence_that_was_not_read_is_passed_over() -> None:
    sentences, readings = spans(BRANDT, LUND)
    second = key_of(sentences[1][0].found)
    assert said(asking("Who?"), sentences, {second: readings[second]}) == "Ole Lund"


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
def test_of_a_list_all_members_that_stand_together_are_said(question: str) -> None:
    assert said(asking(question), *together()) == "Ida Brandt, Ole Lund, Eva Stone"


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
    assert said(asking(question), *together()) == "Ida Brandt"


def test_what_stands_elsewhere_is_no_member() -> None:
    assert said(asking("Which sailors left?"), *spans(BRANDT, NEAR)) == "Ida Brandt"


def test_a_list_ends_after_five() -> None:
    names = ["Ada", "Bor", "Cyd", "Dan", "Edi", "Flo"]
    assert said(asking("Which sailors left?"), *together(*names)) == "Ada, Bor, Cyd, Dan, Edi"


def test_white_space_and_marks_around_it_are_tidied() -> None:
    messy = ("He said, Ida \t  Brandt, left.", ", Ida \t  Brandt,", 3.0)
    assert said(asking("Who left?"), *spans(messy)) == "Ida Brandt"


def test_a_span_without_words_is_no_answer() -> None:
    assert said(asking("Who left?"), *spans(("Left -- or not.", "--", 3.0))) == ""
    assert said(asking("Which sailors left?"), *spans(("A -- it.", "--", 3.0), BRANDT)) == "Ida Brandt"


def test_another_form_of_a_word_of_the_question_may_answer() -> None:
    lenses = ("Polished lenses are what it makes.", "Polished lenses", 3.0)
    assert said(asking("What lens does one polish?"), *spans(lenses)) == "Polished lenses"


def test_a_span_of_the_questions_own_words_is_passed_over() -> None:
    text = "The Orro plant makes lenses."
    found = retrieved(text)
    pieces = [(0, 14, 3.0, 3.0), (15, 20, -5.0, -5.0), (21, 27, 1.0, 1.0)]
    part = asking("What does the Orro plant make?")
    assert said(part, [(one, 0.0) for one in candidates([found])], {key_of(found): reading(0.0, pieces)}) == "lenses"
    only = {key_of(found): reading(0.0, pieces[:1])}
    assert said(part, [(one, 0.0) for one in candidates([found])], only) == ""


def test_who_is_someone_is_answered_with_what_he_is() -> None:
    named, told_of = ("Harbour Minister Nora Lind left.", "Nora Lind", 3.0), ("Nora Lind rowed home.", "home", 2.0)
    assert said(asking("Who is Lind?"), *spans(told_of, named)) == "Harbour Minister"
    assert said(asking("Who is Nora Lind?"), *spans(told_of)) == ""
    assert said(asking("What is Tarn?"), *spans(("Rowers met ministers in the Tarn valley.", "valley", 2.0))) == ""
    assert said(asking("What is Tarnwatch?"), *spans(("Tarnwatch, a club of rowers, met.", "rowers", 1.0))) == (
        "a club of rowers"
    )
