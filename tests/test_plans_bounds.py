"""What came between two events, after one or before one, and how a value moved."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import Answer
from assistant.extractive.quoting import QuotingReader
from assistant.plans.bounds import Bounds, bounds_of
from assistant.plans.sequence import plan
from assistant.plans.tools import Tools
from assistant.plans.values_told import moving
from assistant.request import Request
from index.collection import Collection
from tests.planned import answered, days, news

ARTICLES = (
    (date(2021, 3, 2), "Quarry tax begins", "A tax of 2 crowns a tonne on what the quarry sells came into "
     "force on Monday. The quarry firm Odd & Son "
     "has offered to pay 3 crowns a tonne."),
    (date(2021, 3, 9), "Quarry firm raises offer", "The quarry firm Odd & Son raised its offer on the quarry tax at "
     "Stennet to 4 crowns a tonne on Monday. Lorries blocked the quarry road for two hours on Monday."),
    (date(2021, 3, 16), "Quarry tax doubled", "The council doubled the tax on quarries at Stennet on Monday."),
    (date(2021, 3, 24), "Quarry tax scrapped", "After weeks of dispute with the lorry drivers the quarry tax "
     "was scrapped on Tuesday by 14 votes to 9."),
    (date(2021, 4, 8), "Council looks ahead", "The council will vote on a new library in May. The quarry tax at "
     "Stennet will be looked at again in the autumn."),
)  # fmt: skip


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("collection")) as opened:
        list(opened.add(news(text, title, day) for day, title, text in ARTICLES))
        yield opened


def timeline(collection: Collection, question: str) -> Answer | None:
    tools = Tools(collection, QuotingReader(collection), Request(question, as_of=date(2021, 5, 1)), sure=True)
    return answered(plan(question, tools))


@pytest.mark.parametrize(
    ("question", "bounds"),
    [
        ("What happened between the vote and the strike?", Bounds("What happened ?", "the vote", "the strike")),
        ("From the storm to the vote: the main steps", Bounds(": the main steps", "the storm", "the vote")),
        ("Any news on it since lorries blocked the road?", Bounds("Any news on it ?", "lorries blocked the road")),
        ("What happened before the strike?", Bounds("What happened ?", "", "the strike", until=False)),
        ("What happened from the start of the ban until it was lifted?",
         Bounds("What happened ?", "the start of the ban", "the of the ban it was lifted")),
        ("Timeline of the strike", Bounds("Timeline of the strike")),
    ],
)  # fmt: skip
def test_the_events_that_bound_a_question(question: str, bounds: Bounds) -> None:
    assert bounds_of(question) == bounds


def test_between_two_events_all_is_told_from_the_first_to_the_second(collection: Collection) -> None:
    told = days(timeline(collection, "What happened between the start of the quarry tax and the day it was scrapped?"))
    assert told[0] == "1 March 2021"
    assert "15 March 2021" in told
    assert told[-1] == "23 March 2021"


def test_what_was_stated_since_the_last_event_is_news_of_its_articles_day(collection: Collection) -> None:
    answer = timeline(collection, "Any news on the quarry tax since lorries blocked the quarry road?")
    assert answer
    assert days(answer)[-1] == "8 April 2021"
    assert "looked at again" in answer.sentences[-1].text
    assert "1 March 2021" not in days(answer)


def test_a_value_is_told_in_the_order_of_days(collection: Collection) -> None:
    answer = timeline(collection, "How did Odd & Son's offer move?")
    assert answer
    assert ["3 crowns" in answer.sentences[0].text, "4 crowns" in answer.sentences[1].text] == [True, True]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How did the firm's offer change?", ("the firm's offer", "offer")),
        ("How has the number of ships waiting off Marl developed?", ("ships waiting off Marl", "ships")),
        ("How much did the price rise?", None),
        ("How did the fire start?", None),
    ],
)
def test_what_is_asked_to_move(question: str, asked: tuple[str, str] | None) -> None:
    assert moving(question) == asked
