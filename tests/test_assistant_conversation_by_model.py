"""Follow-up questions made standalone by a language model, and by rules where it cannot be trusted."""

from collections.abc import Iterator

import pytest

from assistant.conversation.turn import Turn
from assistant.generative.llm_reader import LLMReader, trusted
from assistant.models import open_model
from tests.openai_server import OpenAIServer, Reply

HISTORY = (Turn("Why did Norland ban timber exports in 2020?", "Ada Lind said that 40 sawmills had no wood. [1]"),)


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as server:
        yield server


def asked(server: OpenAIServer, question: str, *replies: Reply) -> str:
    server.replies += replies
    model = open_model(server.spec())
    rewriting = LLMReader(model).standalone(question, HISTORY)
    try:
        while True:
            next(rewriting)
    except StopIteration as ended:
        return str(ended.value)
    finally:
        model.close()


def test_the_model_gets_the_conversation_and_its_question_is_taken(server: OpenAIServer) -> None:
    made = asked(server, "When was it lifted?", Reply(["When was Norland's ban ", "on timber exports lifted?"]))
    assert made == "When was Norland's ban on timber exports lifted?"
    (body,) = server.chats()
    (message,) = body["messages"]
    assert "Why did Norland ban timber exports in 2020?" in message["content"]
    assert "40 sawmills had no wood." in message["content"]
    assert message["content"].endswith("When was it lifted?")


def test_a_model_that_fails_gives_nothing(server: OpenAIServer) -> None:
    assert asked(server, "When was it lifted?", Reply(status=400, body=b"{}")) == ""


def test_a_model_that_is_slow_or_does_not_stop_is_let_go(server: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = Reply(["When was it? "] * 500, delay=0.001)
    assert asked(server, "When was it lifted?", endless) == ""
    assert server.left.wait(10)
    server.left.clear()
    monkeypatch.setattr("assistant.generative.llm_reader.REWRITING_SECONDS", 0)
    assert asked(server, "When was it lifted?", Reply(["When "] * 500, delay=0.01)) == ""
    assert server.left.wait(10)


@pytest.mark.parametrize(
    ("reply", "taken"),
    [
        ('Standalone question: "When was the timber ban of 2020 lifted?"', "When was the timber ban of 2020 lifted?"),
        ("Who is Ada Lind?", "Who is Ada Lind?"),
        ("", ""),
        ("The ban was lifted in May.", ""),
        ("When was the ban of 1999 lifted?", ""),
        ("When was Sudmark's ban lifted?", ""),
        ("When was it lifted?\nIt was lifted in May.", ""),
        (f"When was {'the ban on ' * 40}timber lifted?", ""),
    ],
)
def test_a_reply_is_taken_only_where_it_asks_of_what_was_named(reply: str, taken: str) -> None:
    assert trusted(reply, "When was it lifted?", HISTORY) == taken


def test_a_reply_keeps_the_names_and_numbers_of_the_question() -> None:
    question = "And what did Sudmark pay in 2021?"
    assert trusted("What did Sudmark pay Norland for timber in 2021?", question, HISTORY)
    assert not trusted("What did Norland pay for timber in 2021?", question, HISTORY)
    assert not trusted("What did Sudmark pay Norland for timber?", question, HISTORY)
