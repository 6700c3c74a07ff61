"""What a question takes for granted: it is said first where no article bears it out."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.extractive.quoting import QuotingReader
from assistant.plans.premises import premise_of
from assistant.request import Request
from index.article import Article, article_id
from index.collection import Collection
from index.formats.readings import Reading

STOP = (
    "Norland halted shipments of turbines to Sudmark on Monday because of a quarrel over fishing rights. "
    "Trade minister Runa Vik said the halt would last until both sides had met."
)

CHAIR = "The deputy chair of Sudmark council, Ola Brenn, retired on Friday. The chair, Iris Munk, stays on."


def reading(text: str, title: str) -> Reading:
    return Reading(Article(article_id(text), text, title=title, published=date(2024, 2, 6)), text)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Collection(tmp_path_factory.mktemp("premises")) as collection:
        list(collection.add([reading(STOP, "Turbines stay at home"), reading(CHAIR, "Sudmark council loses a chair")]))
        yield Assistant(collection, QuotingReader(collection))


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(Request(question, as_of=date(2024, 3, 1)))


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Why did Canada suspend exports to Azerbaijan?", "Canada did suspend exports to Azerbaijan."),
        ("When was the Stell Bridge shut?", "The Stell Bridge was shut."),
        ("When was the Stell Bridge shut? I mean the day itself.", "The Stell Bridge was shut."),
        ("Who blew up the Stell Bridge?", "Somebody blew up the Stell Bridge."),
        ("Who did Edgar marry?", "Edgar did marry."),
    ],
)
def test_event_that_a_question_takes_for_granted_is_read_as_claim(question: str, claim: str) -> None:
    read = premise_of(question)
    assert read is not None
    assert read.claim.text == claim


@pytest.mark.parametrize(
    "question",
    [
        "Who is Runa Vik?",
        "Why is the sky blue?",
        "When will Norland sign the treaty?",
        "Did Norland halt shipments?",
        "Why did Norland halt shipments and who paid?",
    ],
)
def test_question_that_takes_no_past_event_for_granted_has_no_premise(question: str) -> None:
    assert premise_of(question) is None


def test_premise_that_is_borne_out_leaves_the_answer_alone(assistant: Assistant) -> None:
    answer = ask(assistant, "Why did Norland halt shipments of turbines to Sudmark?")
    assert answer.answerable
    assert answer.reply == ""
    assert answer.short_answer is not None


def test_event_of_which_nothing_is_told_is_named_and_refused(assistant: Assistant) -> None:
    answer = ask(assistant, "Why did Runa Vik marry in Venice?")
    assert not answer.answerable
    assert answer.short_answer is None
    assert answer.text == "Did Runa Vik marry in Venice? No article here says so."


def test_what_is_told_in_the_place_of_a_name_is_said(assistant: Assistant) -> None:
    answer = ask(assistant, "Why did Norland halt shipments of turbines to Canada?")
    assert answer.short_answer is None
    assert answer.reply.endswith("they tell of Sudmark, not of Canada.")


def test_deed_of_another_office_is_told_as_such(assistant: Assistant) -> None:
    answer = ask(assistant, "Why did the chair of Sudmark council retire?")
    assert answer.short_answer is None
    assert answer.reply.endswith("they tell of the deputy chair, not of the chair.")
    assert ask(assistant, "Why did the deputy chair of Sudmark council retire?").reply == ""
