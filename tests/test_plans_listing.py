"""Lists: each item of a kind once, with the sentence that names it."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import Answer
from assistant.english.states import states_in
from assistant.extractive.quoting import QuotingReader
from assistant.plans.kinds_of_things import Asked, asked_items
from assistant.plans.listing import plan
from assistant.plans.tools import Tools
from assistant.request import Request
from index.collection import Collection
from tests.planned import answered, news

TEXTS = (
    "Turkey and Armenia signed a treaty in Libya. The Turkish envoy flew home on Monday. "
    "The ferry company Marlboat carried the guests. Their luggage was carried by the ferry company Ternline.",
    "Power failed in Dunby, Ossel and Harrowgate after the storm. The Foreign Minister Edda Brook came to see "
    "the damage with the mayor of Dunby, Olm Hart.",
)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("collection")) as opened:
        list(opened.add(map(news, TEXTS)))
        yield opened


def listed(collection: Collection, question: str) -> Answer | None:
    tools = Tools(collection, QuotingReader(collection), Request(question, as_of=date(2021, 3, 20)))
    return answered(plan(question, tools))


def items(answer: Answer | None) -> set[str]:
    return {sentence.text for sentence in answer.sentences} if answer else set()


def test_each_country_is_listed_once_with_the_sentence_that_names_it(collection: Collection) -> None:
    answer = listed(collection, "list all countries mentioned")
    assert answer
    assert answer.form == "list"
    assert [sentence.text for sentence in answer.sentences] == ["Turkey", "Armenia", "Libya"]
    assert all(sentence.text in sentence.citations[0].quote for sentence in answer.sentences)


def test_how_many_are_named_is_counted(collection: Collection) -> None:
    answer = listed(collection, "How many countries are named?")
    assert answer
    assert answer.short_answer == "3 are named here"
    assert answer.rests_on == (1, 2, 3)


def test_names_that_stand_beside_their_kind_are_listed(collection: Collection) -> None:
    assert items(listed(collection, "Which companies are mentioned?")) == {"Marlboat", "Ternline"}
    assert items(listed(collection, "Who are the ministers named?")) == {"Foreign Minister Edda Brook"}


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("list all countries mentioned", Asked("country", "", False)),
        ("Which towns lost power?", Asked("town", "lost power", False)),
        ("Who are the ministers named?", Asked("minister", "", False)),
        ("How many outlets are named?", Asked("outlet", "", True)),
        ("How many people died?", None),
        ("How many homes were flooded?", None),
        ("Which town lost power?", None),
        ("Who signed the treaty?", None),
        ("Did the ministers meet?", None),
    ],
)
def test_what_list_a_question_asks_for(question: str, asked: Asked | None) -> None:
    assert asked_items(question) == asked


def test_countries_are_told_by_their_own_names_before_their_peoples() -> None:
    assert states_in("The Libyan envoy left Turkey, and a Turkish ship, for the European Union.") == [
        ("Turkey", True),
        ("Libya", False),
    ]
