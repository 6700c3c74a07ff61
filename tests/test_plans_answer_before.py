"""What is asked about the answer before."""

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversation.turn import Turn
from assistant.plans.answer_before import wanted_of
from assistant.request import Request
from tests.salvage_articles import AS_OF, salvage

QUESTION = "Why did Jon Pike resign?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = salvage(tmp_path_factory.mktemp("salvage"))
    yield made
    made.collection.close()


@pytest.fixture(scope="module")
def before(assistant: Assistant) -> Answer:
    return assistant.ask(Request(QUESTION, as_of=AS_OF))


def then(assistant: Assistant, before: Answer, said: str) -> Answer:
    return assistant.ask(Request(said, history=(Turn.of(before),), as_of=AS_OF, kind="answer"))


def test_a_shorter_answer_is_the_one_sentence_that_answers(assistant: Assistant, before: Answer) -> None:
    answer = then(assistant, before, "shorter please")
    assert [sentence.text for sentence in answer.sentences] == [
        "Harbour master Jon Pike resigned on Wednesday because the enquiry found that the beacon had been dark."
    ]


def test_a_longer_answer_has_what_stands_around_it(assistant: Assistant, before: Answer) -> None:
    answer = then(assistant, before, "more detail please")
    assert "The enquiry into the loss of the ferry took two weeks." in answer.text
    assert {one.text for one in before.sentences} <= {one.text for one in answer.sentences}


def test_what_is_explained_keeps_the_answer_and_tells_more_of_its_articles(assistant: Assistant) -> None:
    first = assistant.ask(Request("How many passengers were taken off the ferry Orla?", as_of=AS_OF))
    answer = then(assistant, first, "can you explain that in simple words")
    assert {one.text for one in first.sentences} < {one.text for one in answer.sentences}
    assert {one.article.id for one in answer.citations} == {one.article.id for one in first.citations}


def test_a_shorter_answer_to_a_question_of_two_parts_keeps_a_sentence_of_each(assistant: Assistant) -> None:
    first = assistant.ask(Request("Who resigned as harbour master, and what did the salvage cost?", as_of=AS_OF))
    answer = then(assistant, first, "shorter please")
    assert len(answer.sentences) == 2
    assert "Jon Pike" in answer.text
    assert "3.4 million" in answer.text


def test_how_sure_it_is_names_the_outlets_that_it_rests_on(assistant: Assistant, before: Answer) -> None:
    assert "Sea Herald" in then(assistant, before, "are you sure?").reply


def test_its_source_is_told_with_outlet_and_day(assistant: Assistant, before: Answer) -> None:
    answer = then(assistant, before, "where does it say that?")
    assert "Sea Herald, 18 March 2031" in answer.reply
    assert answer.citations[0].quote in assistant.collection.text_of(answer.citations[0].article.id)


def test_a_translation_needs_a_language_model(assistant: Assistant, before: Answer) -> None:
    assert "language model" in then(assistant, before, "translate it into German").reply


def test_without_an_answer_before_there_is_nothing_to_shorten(assistant: Assistant) -> None:
    answer = assistant.ask(Request("shorter", as_of=AS_OF, kind="answer"))
    assert not answer.answerable
    assert "no answer before" in answer.reply


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Make it shorter!", "shorter"),
        ("Can you go into more detail?", "longer"),
        ("really?", "sure"),
        ("Which article says that?", "source"),
        ("Can you translate this?", "translated"),
        ("I do not understand that, put it in plain words", "simpler"),
        ("Say that again", "again"),
    ],
)
def test_the_form_that_is_wanted(said: str, wanted: str) -> None:
    assert wanted_of(said) == wanted


def test_what_was_counted_is_sure_because_it_was_counted(assistant: Assistant) -> None:
    before = assistant.ask(Request("How many articles are there?", as_of=AS_OF, kind="collection"))
    answer = then(assistant, before, "are you sure?")
    assert "5 articles" in answer.reply
    assert "counted" in answer.reply


def test_of_what_was_not_answered_nothing_is_made(assistant: Assistant) -> None:
    before = assistant.ask(Request("Who built the lighthouse of Quell?", as_of=AS_OF))
    answer = then(assistant, before, "are you sure?")
    assert not answer.answerable
    assert not answer.sentences
