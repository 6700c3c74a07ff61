"""The rules for short answers, each alone."""

import pytest

from assistant.focus import focuses
from assistant.short.asked_naming import AskedNaming, asked_naming
from assistant.short.causes import asks_cause, cause_of
from assistant.short.clauses import clause_end
from assistant.short.first_person import does_it_himself
from assistant.short.kinds import fits
from assistant.short.namings import namings, quoted_namings
from assistant.short.quoted import with_whole_marks


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Why did the mill close?", True),
        ("What was the reason for the strike?", True),
        ("What prompted the mayor to resign?", True),
        ("For what purpose did she travel?", True),
        ("What was the fund set up for?", True),
        ("What did the mill make?", False),
        ("For what sum was it sold?", False),
    ],
)
def test_which_questions_ask_for_a_cause(question: str, asks: bool) -> None:
    assert asks_cause(question) is asks


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("It closed because of frost, the owner said.", " frost"),
        ("It closed because of frost, debt and a lack of miners, he said.", " frost, debt and a lack of miners"),
        ("It closed because of “grave, old faults” in the shaft; all left.", " “grave, old faults” in the shaft"),
        ("“It closed because of the frost of May” he said.", " the frost of May"),
        ("It closed because of frost according to the owner.", " frost"),
        ("It closed because of frost", " frost"),
    ],
)
def test_where_a_clause_ends(sentence: str, clause: str) -> None:
    start = sentence.index("because of") + len("because of")
    assert sentence[start : clause_end(sentence, start)] == clause


@pytest.mark.parametrize(
    ("span", "cause"),
    [
        ("debt", "debt"),
        ("mill closed", None),
        ("spare the town", "to spare the town the smoke"),
    ],
)
def test_the_cause_is_the_clause_that_holds_the_span(span: str, cause: str | None) -> None:
    sentence = "The mill closed in May, because of debt, to spare the town the smoke."
    start = sentence.index(span)

    def mass(begin: int, stop: int) -> float:
        return 5.0 if begin == start else -5.0

    found = cause_of("Why did the mill stop work?", sentence, (start, start + len(span)), mass)
    assert (sentence[slice(*found)] if found else None) == cause


def test_a_name_alone_is_no_cause() -> None:
    sentence = "Velia closed the mill of Arden because of debt."
    start = sentence.index("Arden")
    found = cause_of("Why did Velia close the mill?", sentence, (start, start + 5), lambda begin, _: -float(begin))
    assert found
    assert sentence[slice(*found)] == "debt"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What does Ida Lund call the plan?", AskedNaming("Ida Lund", "the plan")),
        ("What did the union describe the offer as?", AskedNaming("the union", "the offer")),
        ("How did Ida Lund describe the plan?", AskedNaming("Ida Lund", "the plan")),
        ("Which term did the union use for the offer?", AskedNaming("the union", "the offer")),
        ("What did Velia accuse Tarn of?", AskedNaming("Velia", "Tarn", accuses=True)),
        ("What is the storm called?", None),
        ("What did the union call for?", None),
    ],
)
def test_what_a_question_asks_about_namings(question: str, asked: AskedNaming | None) -> None:
    assert asked_naming(question) == asked


def test_namings_are_only_of_the_thing() -> None:
    asked = AskedNaming("Lund", "the plan")
    found = [one.words for one in namings(asked, 'Lund, who was "tired", called the plan a waste of time on Monday.')]
    assert set(found) == {"a waste of time"}
    assert not list(namings(asked, "Lund called the choir a wonder."))


def test_the_quotation_nearest_to_the_thing_comes_first() -> None:
    asked = AskedNaming("Lund", "the plan")
    sentence = 'Lund, who was "tired" and "sad", spoke of the "great" plan.'
    assert [one.words for one in quoted_namings(asked, sentence)] == ["great", "sad", "tired"]
    assert not list(quoted_namings(asked, 'Lund was "tired".'))


@pytest.mark.parametrize(
    ("question", "sentence", "himself"),
    [
        ("Who closed the line?", '"I have now closed the line," Lund said.', True),
        ("Who shut the line?", '"I have now closed the line," Lund said.', True),
        ("Who closed the line?", '"I opposed the line," Lund said.', False),
        ("Who closed the line?", '"I have closed the shop," Lund said.', False),
        ("Who closed the line?", "Lund says I closed the line.", False),
        ("Who was on the line?", '"I was on the line," Lund said.', False),
    ],
)
def test_who_does_it_himself(question: str, sentence: str, himself: bool) -> None:
    assert does_it_himself(question, sentence) is himself


@pytest.mark.parametrize(
    ("question", "words", "fit"),
    [
        ("Who won?", "Ida Lund", True),
        ("Who won?", "a gardener" + " of the old town by the river" * 3, False),
        ("When did it close?", "last Friday", True),
        ("When did it close?", "Ida Lund", False),
        ("How many left?", "two dozen", True),
        ("How many left?", "miners", False),
        ("Where is the mill?", "near Arden", True),
        ("What did the mill make?", "the mill", False),
        ("Was it the mill or the shop that closed?", "the mill", True),
    ],
)
def test_what_fits_a_question(question: str, words: str, fit: bool) -> None:
    part = focuses(question, lambda terms: dict.fromkeys(terms, 0), 10, split=False)[0]
    assert fits(part, words) is fit


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("great” weight in it", "“great” weight in it"),
        ("its “great", "its “great”"),
        ("“great", "great"),
        ("weight", "weight"),
    ],
)
def test_a_quotation_that_is_cut_is_mended(words: str, whole: str) -> None:
    sentence = "She has put its “great” weight in it."
    start = sentence.index(words)
    assert with_whole_marks(sentence, (start, start + len(words))) == whole
