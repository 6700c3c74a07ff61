"""What Byline says itself, in the reader's language, and the examples that it gives."""

from collections.abc import Iterator

import pytest

from assistant.assistant import Assistant
from assistant.events import Found
from assistant.extractive.quoting import QuotingReader
from assistant.plans.examples import example_questions
from assistant.plans.talk import strings_of
from assistant.request import Request
from index.collection import Collection
from tests.salvage_articles import AS_OF, salvage


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = salvage(tmp_path_factory.mktemp("salvage"))
    yield made
    made.collection.close()


def test_help_tells_what_is_open_and_gives_examples_that_are_answered(assistant: Assistant) -> None:
    answer = assistant.ask(Request("What can you do?", as_of=AS_OF))
    assert answer.answerable
    assert not answer.sentences
    assert "5 articles" in answer.reply
    assert "3 March 2031" in answer.reply
    examples = example_questions(assistant.collection, assistant.reader, 2, AS_OF)
    assert examples
    for one in examples:
        assert one in answer.reply
        assert assistant.ask(Request(one, as_of=AS_OF)).answerable


def test_thanks_are_answered_without_search(assistant: Assistant) -> None:
    events = list(assistant.stream(Request("thank you very much", as_of=AS_OF)))
    assert not [event for event in events if isinstance(event, Found)]
    assert events[-1].answer.answerable  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "holds"),
    [("Guten Tag", "Artikel"), ("bonjour !", "articles sont ouverts"), ("merhaba", "haber"), ("¡Hola!", "artículos")],
)
def test_a_greeting_is_answered_in_its_language(assistant: Assistant, said: str, holds: str) -> None:
    answer = assistant.ask(Request(said, as_of=AS_OF))
    assert answer.kind == "talk"
    assert holds in answer.reply


def test_every_language_has_all_that_english_has() -> None:
    english = strings_of("hello")
    for said in ("hallo", "salut", "selam", "hola"):
        assert strings_of(said) is not english
        assert set(strings_of(said)) == set(english)


def test_an_opinion_is_left_to_those_who_have_one(assistant: Assistant) -> None:
    answer = assistant.ask(Request("Is the coast guard right about the beacon?", as_of=AS_OF, kind="talk"))
    assert "no opinion" in answer.reply
    assert answer.short_answer is None
    assert len({sentence.speaker for sentence in answer.sentences}) > 1


def test_an_empty_collection_says_that_it_is_empty(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Collection(tmp_path_factory.mktemp("empty")) as collection:
        answer = Assistant(collection, QuotingReader(collection)).ask("help")
    assert "no articles yet" in answer.reply
