"""A conversation with the assistant: follow-ups are searched, read and told in their standalone form."""

from collections.abc import Generator, Iterator, Sequence
from datetime import date

import pytest

from assistant.answer import CANNOT_ANSWER
from assistant.assistant import Assistant
from assistant.conversation.turn import Turn
from assistant.request import Request
from index.article import Article, article_id
from index.collection import Collection
from index.formats import Reading
from tests.fakes import ReplayReader, refusing

AS_OF = date(2022, 6, 1)
NEWS = (
    "Norland banned the export of timber on Monday, because its sawmills had run out of wood.",
    "Sudmark banned the export of timber on Tuesday. The minister spoke of a shortage.",
    "The volcano Hrafn erupted on Friday. All islanders were taken away by ship.",
)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("news"), reranker="none") as collection:
        for number, text in enumerate(NEWS):
            article = Article(article_id(text), text, title=f"News {number}", published=date(2022, 5, 1))
            list(collection.add([Reading(article, text)]))
        yield collection


class FakeRewriter(ReplayReader):
    """A reader that makes every follow-up the same question, or gives none."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said
        self.rewrote: list[str] = []

    def standalone(self, question: str, history: Sequence[Turn]) -> Generator[None, None, str]:
        self.rewrote.append(question)
        yield
        return self.said


def test_a_follow_up_is_searched_and_read_in_its_standalone_form(collection: Collection) -> None:
    reader = ReplayReader()
    assistant = Assistant(collection, reader)
    first = assistant.ask(Request("Why did Norland ban the export of timber?", as_of=AS_OF))
    assert (first.standalone, first.citations[0].article.title) == ("", "News 0")
    history = [Turn.of(first)]
    second = assistant.ask(Request("When was that?", tuple(history), AS_OF))
    assert second.question == "When was that?"
    assert second.standalone == reader.asked[1].text == "When did Norland ban the export of timber?"
    assert second.citations[0].article.title == "News 0"
    third = assistant.ask(Request("And Sudmark?", (*history, Turn.of(second)), AS_OF))
    assert third.standalone == "When did Sudmark ban the export of timber?"
    assert third.citations[0].article.title == "News 1"


def test_a_turn_keeps_what_a_follow_up_may_lean_on(collection: Collection) -> None:
    answer = Assistant(collection, ReplayReader()).ask(Request("When did the volcano Hrafn erupt?", as_of=AS_OF))
    turn = Turn.of(answer)
    assert turn.understood == turn.question == answer.question
    assert turn.titles[0] == "News 2"
    assert collection.text_of(turn.articles[0]) == NEWS[2]
    refused = Turn.of(Assistant(collection, ReplayReader(refusing)).ask(Request("Who won?", as_of=AS_OF)))
    assert (refused.answer, refused.articles, refused.short_answer) == (CANNOT_ANSWER, (), "")


def test_another_question_is_asked_as_it_is(collection: Collection) -> None:
    reader = FakeRewriter("Why?")
    history = [Turn("Why did Norland ban the export of timber?", "For want of wood.")]
    answer = Assistant(collection, reader).ask(Request("When did the volcano Hrafn erupt?", tuple(history), AS_OF))
    assert (answer.standalone, reader.rewrote) == ("", [])


def test_the_readers_model_goes_before_the_rules(collection: Collection) -> None:
    history = [Turn("Why did Norland ban the export of timber?", "For want of wood.")]
    by_model, failing = FakeRewriter("When did Norland's timber ban begin?"), FakeRewriter("")
    assert Assistant(collection, by_model).ask(Request("When?", tuple(history), AS_OF)).standalone == by_model.said
    by_rules = "When did Norland ban the export of timber?"
    assert Assistant(collection, failing).ask(Request("When?", tuple(history), AS_OF)).standalone == by_rules
    assert by_model.rewrote == failing.rewrote == ["When?"]


def test_an_article_that_was_removed_since_is_no_error(collection: Collection) -> None:
    history = [Turn("Why did Norland ban the export of timber?", "For want of wood.", articles=("gone",))]
    answer = Assistant(collection, ReplayReader()).ask(Request("When?", tuple(history), AS_OF))
    assert answer.standalone
