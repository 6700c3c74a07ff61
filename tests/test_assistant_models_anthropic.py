"""Anthropic's models: a stand-in server on loopback that speaks its protocol, asked through LlamaIndex."""

from collections.abc import Callable, Iterator

import pytest
from llama_index.core.llms import LLM

from assistant.answer import Usage
from assistant.models import open_model
from assistant.models.streaming import Message, Piece, stream_chat
from index.errors import ModelError
from tests.anthropic_server import AnthropicServer, error_event
from tests.openai_server import Reply

HELLO = [Message("system", "Be kind."), Message("user", "Hello?")]
DONE = "end_turn"

Opened = Callable[[AnthropicServer], LLM]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key; no empty pieces while the server takes its time, and no wait between tries."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "theirs")
    monkeypatch.setattr("assistant.models.streaming.WAITING_SECONDS", 30.0)
    monkeypatch.setattr("assistant.models.streaming.BACKOFF_SECONDS", 0.0)


@pytest.fixture
def opened() -> Iterator[Opened]:
    """The model of a server, whose client is closed after the test."""
    llms = []

    def open_one(server: AnthropicServer) -> LLM:
        llms.append(open_model(server.spec()).llm)
        return llms[-1]

    yield open_one
    for llm in llms:
        llm._client.close()


def pieces_of(llm: LLM) -> list[Piece]:
    return list(stream_chat(llm, HELLO, "anthropic:claude"))


def said(llm: LLM) -> str:
    return "".join(piece.text for piece in pieces_of(llm))


@pytest.mark.slow
def test_a_model_answers_and_tells_what_it_used(opened: Opened) -> None:
    with AnthropicServer(Reply(["Hel", "lo."], finish=DONE, usage=(31, 2))) as server:
        llm = opened(server)
        pieces = pieces_of(llm)
    assert "".join(piece.text for piece in pieces) == "Hello."
    assert pieces[-1].usage == Usage(31, 2)
    assert not any(piece.cut for piece in pieces)
    assert llm.metadata.context_window == 200_000
    (request,) = server.requests
    assert request.path == "/v1/messages"
    assert request.headers["authorization"] == "Bearer theirs"
    assert request.body["model"] == "claude-of-tomorrow"
    assert request.body["stream"] is True
    assert "Be kind." in str(request.body["system"])
    assert [message["role"] for message in request.body["messages"]] == ["user"]


def test_address_and_other_keys_do_not_come_from_the_environment(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "not-for-this-server")
    with AnthropicServer(Reply(["Yes."], finish=DONE)) as server:
        assert said(opened(server)) == "Yes."
    assert "not-for-this-server" not in str(server.requests[0].headers)


def test_a_reply_that_ran_out_of_room_is_marked(opened: Opened) -> None:
    with AnthropicServer(Reply(["It "], finish="max_tokens")) as server:
        assert any(piece.cut for piece in pieces_of(opened(server)))


def test_closing_ends_the_request(opened: Opened) -> None:
    with AnthropicServer(Reply(["word "] * 2000, delay=0.01)) as server:
        pieces = stream_chat(opened(server), HELLO, "claude")
        assert next(piece.text for piece in pieces if piece.text) == "word "
        pieces.close()
        assert server.left.wait(2)
        assert server.pieces_sent < 200


REFUSED = b'{"type": "error", "error": {"type": "x", "message": "it\\n broke"}}'


@pytest.mark.parametrize(
    ("replies", "what", "cure"),
    [
        ([Reply(status=401, body=REFUSED)], r"HTTP 401 \(it broke\)", "ANTHROPIC_API_KEY"),
        ([Reply(status=404, body=REFUSED)], r"HTTP 404 \(it broke\)", "the model's name"),
        ([Reply(status=529, body=REFUSED)] * 3, r"HTTP 529 \(it broke\)", "ask again"),
        (
            [Reply(body=error_event("overloaded_error", "too busy"), headers={"Content-Type": "text/event-stream"})],
            r"mid-answer \(too busy\)",
            "server's log",
        ),
        ([Reply(["It "], finish=None)], "broke off", "server's log"),
        ([Reply(["It "], breaks=True)], "broke off", "server's log"),
    ],
)
def test_a_failure_is_one_line_that_names_the_model_and_a_cure(
    opened: Opened, replies: list[Reply], what: str, cure: str
) -> None:
    with AnthropicServer(*replies) as server, pytest.raises(ModelError, match=what) as caught:
        said(opened(server))
    assert "anthropic:claude" in str(caught.value)
    assert cure in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(server.requests) == len(replies)
