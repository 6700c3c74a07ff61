"""Answering in the chat: who answers, and what becomes of a question that is stopped or fails."""

import contextlib
from collections.abc import Iterator
from itertools import islice

import pytest

from assistant.assistant import Assistant
from assistant.events import Token
from assistant.request import Request
from index.collection import Collection
from index.errors import ModelError, SettingsError
from tests.articles import reading
from tests.fakes import FakeReaders, ReplayReader
from ui.api.worker_pool import MODELS_AT_ONCE
from ui.chat.answering import Answering, ReaderChoice
from ui.chat.page_state import Conversation

SECOND = "gguf:models/second.gguf"


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("home") / "one", reranker="none") as collection:
        list(collection.add([reading("The heron left the weir on Monday.", "Heron")]))
        yield collection


class Chat:
    """One conversation with two readers to choose from."""

    def __init__(self, collection: Collection) -> None:
        self.first, self.second = ReplayReader(name="extractive"), ReplayReader(name=SECOND)
        self.readers = FakeReaders({"extractive": self.first, SECOND: self.second})
        self.answering = Answering(Assistant(collection, self.first), ReaderChoice(self.first, self.readers))
        self.conversation = Conversation()

    def ask(self, question: str, model: str | None = None) -> list[str]:
        """All that was shown."""
        self.conversation.begin(question)
        return [self.conversation.live for _ in self.answering.steps(self.conversation, model, no_options)]


no_options = Request.read


@pytest.fixture
def chat(collection: Collection) -> Chat:
    return Chat(collection)


def test_each_question_goes_to_the_reader_that_was_chosen_for_it(chat: Chat) -> None:
    for model in (None, SECOND, "extractive"):
        shown = chat.ask("Who left the weir?", model)
        assert "The heron left" in shown[-1]
    assert (len(chat.first.asked), len(chat.second.asked)) == (2, 1)
    assert [len(question.history) for question in (*chat.first.asked, *chat.second.asked)] == [0, 2, 1]
    assert any("Reading the articles with second.gguf" in live for live in chat.ask("Who?", SECOND))


def test_stopped_while_a_model_starts_it_leaves_the_next_question_alone(chat: Chat) -> None:
    chat.readers.open_now.clear()
    chat.conversation.begin("Who left?")
    stopped = chat.answering.steps(chat.conversation, SECOND, no_options)
    list(islice(stopped, 2))
    assert "Starting second.gguf" in chat.conversation.live
    chat.conversation.stop()
    chat.conversation.begin("Who came?")
    chat.readers.open_now.set()
    list(stopped)
    assert "Reading the articles" in chat.conversation.live
    assert chat.conversation.draft is not None
    assert chat.second.asked == []


def test_a_failure_after_stop_is_no_line_of_the_next_question(chat: Chat) -> None:
    chat.readers.open_now.clear()
    chat.readers.readers[SECOND] = ModelError("it broke")
    chat.conversation.begin("Who left?")
    stopped = chat.answering.steps(chat.conversation, SECOND, no_options)
    list(islice(stopped, 2))
    chat.conversation.stop()
    chat.conversation.begin("Who came?")
    chat.readers.open_now.set()
    list(stopped)
    assert "it broke" not in chat.conversation.live
    assert chat.conversation.draft is not None


@pytest.mark.parametrize("failure", [ModelError("it broke"), SettingsError("it broke")])
def test_a_model_that_cannot_be_opened_is_one_line_and_the_next_question_is_answered(
    chat: Chat, failure: Exception
) -> None:
    chat.readers.readers[SECOND] = failure
    assert '<p class="failure" role="alert">it broke</p>' in chat.ask("Who left?", SECOND)[-1]
    assert "The heron left" in chat.ask("Who left?")[-1]


def test_a_model_that_is_not_offered_is_refused(chat: Chat) -> None:
    assert "not among the models of this chat" in chat.ask("Who left?", "openai-like:http://127.0.0.1:9/v1")[-1]
    assert chat.readers.opened == []


def test_a_bug_of_a_reader_is_told_without_its_details(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    chat.first.replies.append([Token("Half"), ZeroDivisionError("secret")])
    live = chat.ask("Who left?")[-1]
    assert "Something went wrong" in live
    assert "secret" not in live
    assert "secret" in caplog.text


def test_leaving_an_answer_lets_its_reader_go(chat: Chat) -> None:
    chat.conversation.begin("Who left?")
    with contextlib.closing(chat.answering.steps(chat.conversation, SECOND, no_options)) as steps:
        assert any("heron" in chat.conversation.live for _ in islice(steps, 6))
    assert chat.second.broken_off.is_set()


def test_a_question_is_answered_once(chat: Chat) -> None:
    chat.conversation.begin("Who left?")
    first = chat.answering.steps(chat.conversation, None, no_options)
    next(first)
    assert list(chat.answering.steps(chat.conversation, None, no_options)) == []
    assert list(chat.answering.steps(Conversation(), None, no_options)) == []


def test_what_is_quoted_does_not_wait_for_models_that_take_their_time(chat: Chat) -> None:
    slow = [Conversation() for _ in range(MODELS_AT_ONCE + 1)]
    chat.second.replies += [[Token("and "), Token("so "), Token("on ")]] * len(slow)
    begun = []
    for conversation in slow:
        conversation.begin("Who left the weir?")
        begun.append(chat.answering.steps(conversation, SECOND, no_options))
        list(islice(begun[-1], 3))
    assert len(chat.second.asked) == MODELS_AT_ONCE  # the last waits for a place
    assert "The heron left" in chat.ask("Who left the weir?")[-1]
    begun[0].close()
    assert next(begun[-1]) is None
    assert len(chat.second.asked) == MODELS_AT_ONCE + 1
    for each in begun:
        each.close()


def test_who_waits_for_a_place_can_be_stopped(chat: Chat) -> None:
    for _ in range(MODELS_AT_ONCE):
        chat.answering._by_models.acquire()
    chat.conversation.begin("Who left the weir?")
    waiting = chat.answering.steps(chat.conversation, SECOND, no_options)
    list(islice(waiting, 3))
    chat.conversation.stop()
    assert list(waiting) == [None]
    assert chat.second.asked == []
