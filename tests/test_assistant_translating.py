"""A question translated by a language model, for search."""

from collections.abc import Iterator

import pytest

from assistant.generative.llm_reader import LLMReader, trusted_translation
from assistant.models import open_model
from tests.openai_server import OpenAIServer, Reply

QUESTION = "Wie viele Laternen verlor Orrin 2019?"
TRANSLATED = "How many lanterns did Orrin lose in 2019?"


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as server:
        yield server


def translated(server: OpenAIServer, *replies: Reply) -> str:
    server.replies += replies
    model = open_model(server.spec())
    translating = LLMReader(model).translated(QUESTION, "en")
    try:
        while True:
            next(translating)
    except StopIteration as ended:
        return str(ended.value)
    finally:
        model.close()


def test_the_model_is_told_the_language_and_its_question_is_taken(server: OpenAIServer) -> None:
    assert translated(server, Reply([TRANSLATED])) == TRANSLATED
    (body,) = server.chats()
    (message,) = body["messages"]
    assert "English" in message["content"]
    assert message["content"].endswith(QUESTION)


def test_a_model_that_fails_gives_nothing(server: OpenAIServer) -> None:
    assert translated(server, Reply(status=400, body=b"{}")) == ""


@pytest.mark.parametrize(
    ("reply", "taken"),
    [
        (f'Question: "{TRANSLATED}"', TRANSLATED),
        ("", ""),
        (QUESTION, ""),
        ("How many lanterns did Orrin lose?", ""),
        (f"{TRANSLATED}\nIt lost 12.", ""),
        (f"{TRANSLATED} {'Please tell me. ' * 30}", ""),
    ],
)
def test_a_reply_is_taken_only_where_it_is_the_question_in_that_language(reply: str, taken: str) -> None:
    assert trusted_translation(reply, QUESTION, "en") == taken
