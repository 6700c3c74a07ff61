"""What two numbers of one sentence come to, and what is told where they come to nothing."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import Answer, Sentence
from assistant.assistant import Assistant
from assistant.extractive.quoting import QuotingReader
from assistant.plans.forms import without_verdict
from assistant.plans.reckoned import operation_asked
from assistant.request import Request
from index.collection import Collection
from tests.planned import news

NEWS = (
    news("The Marl council passed the harbour plan on Monday by 34 votes to 21. Three members were away.", "Harbour"),
    news("The Stell council passed its budget on Tuesday by 18 votes to 17.", "Stell budget"),
    news("Of the 400 lamps that Marl has ordered for its streets, 260 had been delivered by May.", "Street lamps"),
    news("The wall at Oxley will be 90 metres long, of which 35 metres have been built.", "The Oxley wall"),
    news(
        "Last year Marl sold timber for 12 million crowns and wool for 9 million crowns to Stell.", "Trade with Stell"
    ),
    news("Garrow Rovers had a 2-0 lead over Marl Town at half time on Sunday, when the lights went out.", "Football"),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Collection(tmp_path_factory.mktemp("reckoned")) as collection:
        list(collection.add(iter(NEWS)))
        yield Assistant(collection, QuotingReader(collection))


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(Request(question, as_of=date(2021, 7, 1)))


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("What was the majority for the harbour plan in the Marl council?", "13 (34 to 21)"),
        ("By how many votes did the Marl council pass the harbour plan?", "13 (34 to 21)"),
        ("How many of the lamps that Marl ordered had not been delivered by May?", "140 (400, of which 260)"),
        ("How many metres of the Oxley wall were still missing?", "55 (90, of which 35)"),
        (
            "How much did Marl earn with timber plus wool from Stell last year?",
            "21 million crowns (12 million crowns and 9 million crowns)",
        ),
    ],
)
def test_two_numbers_of_one_sentence_are_reckoned(assistant: Assistant, question: str, verdict: str) -> None:
    answer = ask(assistant, question)
    assert (answer.short_answer, answer.form, answer.rests_on) == (verdict, "table", (1,))


def test_a_lead_on_the_way_is_no_result(assistant: Assistant) -> None:
    assert ask(assistant, "By how many goals did Garrow Rovers beat Marl Town?").short_answer is None


def test_one_number_alone_is_no_verdict_unless_its_sentence_reckons(assistant: Assistant) -> None:
    asked = "By how many points did the Marl council change its tax?"

    def told(text: str, short: str) -> Answer:
        sentences = (Sentence(text, "supported"),)
        answer = Answer(asked, date(2021, 7, 1), True, sentences, short_answer=short, confidence=0.9)
        return without_verdict(asked, answer, None)

    bare = told("The council asks for a tax of 34 points.", "34 points")
    assert (bare.short_answer, bare.confidence is not None and bare.confidence < 0.5) == (None, True)
    assert told("The council raised its tax by 3 points.", "3 points").short_answer == "3 points"


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("How much dearer has the tunnel become?", "change"),
        ("what was the winning margin at Stell", "difference"),
        ("How many houses are left without light?", "rest"),
        ("How much did the mill and the dam cost all told?", "sum"),
        ("How much butter was sold?", None),
        ("Who leads the majority in the council?", None),
        ("When did the two clubs come together?", None),
    ],
)
def test_what_is_to_be_reckoned_is_known_by_its_words(question: str, operation: str | None) -> None:
    assert operation_asked(question) == operation


def test_the_first_count_of_the_dead_is_not_sure_once_a_later_one_is_higher(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    reports = (
        news("A gas blast in Dunby killed at least six people on Monday.", "Blast in Dunby", date(2021, 3, 2)),
        news("A gas blast in Dunby on Monday killed seven people, the mayor said.", "Dunby blast", date(2021, 3, 5)),
        news("A flood in Ossel killed four people on Sunday.", "Flood in Ossel", date(2021, 4, 5)),
    )
    with Collection(tmp_path_factory.mktemp("tolls")) as collection:
        list(collection.add(iter(reports)))
        asked = "How many people were killed in Dunby and in Ossel combined?"
        answer = ask(Assistant(collection, QuotingReader(collection)), asked)
    assert answer.short_answer != "10"
    assert "Dunby" in answer.reply


def test_a_second_event_is_not_the_only_one_there_was(assistant: Assistant) -> None:
    asked = "How many days passed between the second vote on the harbour plan and the vote on the Stell budget?"
    assert ask(assistant, asked).short_answer is None
