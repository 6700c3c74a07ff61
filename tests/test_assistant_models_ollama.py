"""Ollama's models: a stand-in server on loopback that speaks its protocol, asked through LlamaIndex."""

from collections.abc import Callable, Iterator

import pytest
from llama_index.core.llms import LLM

from assistant.answer import Usage
from assistant.models import Limits, open_model
from assistant.models.streaming import Message, Piece, stream_chat
from index.errors import ModelError
from tests.ollama_server import OllamaServer, Reply

HELLO = [Message("system", "Be kind."), Message("user", "Hello?")]

Opened = Callable[[OllamaServer], LLM]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No empty pieces while the server takes its time, and no wait between tries."""
    monkeypatch.setattr("assistant.models.streaming.WAITING_SECONDS", 30.0)
    monkeypatch.setattr("assistant.models.streaming.BACKOFF_SECONDS", 0.0)


@pytest.fixture
def opened() -> Iterator[Opened]:
    """The model of a server, whose client is closed after the test."""
    llms = []

    def open_one(server: OllamaServer) -> LLM:
        llms.append(open_model(server.spec()).llm)
        return llms[-1]

    yield open_one
    for llm in llms:
        llm.client.close()


def pieces_of(llm: LLM) -> list[Piece]:
    return list(stream_chat(llm, HELLO, "ollama:tiny:1b"))


def said(llm: LLM) -> str:
    return "".join(piece.text for piece in pieces_of(llm))


def test_a_model_answers_and_tells_what_it_used(opened: Opened) -> None:
    with OllamaServer(Reply(["Hel", "lo."], usage=(31, 2))) as server:
        pieces = pieces_of(opened(server))
    assert "".join(piece.text for piece in pieces) == "Hello."
    assert pieces[-1].usage == Usage(31, 2)
    assert not any(piece.cut for piece in pieces)
    (request,) = server.requests
    assert request.path == "/api/chat"
    assert request.body["model"] == "tiny:1b"
    assert request.body["messages"] == [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "Hello?"},
    ]
    assert request.body["options"] == {"temperature": 0.0, "num_ctx": 8192}


def test_the_server_makes_the_room_that_the_user_says() -> None:
    with OllamaServer(Reply(["Yes."])) as server:
        model = open_model(server.spec(), Limits(window=2048))
        pieces_of(model.llm)
        model.llm.client.close()
    assert model.window() == server.requests[0].body["options"]["num_ctx"] == 2048


def test_a_reply_that_ran_out_of_room_is_marked(opened: Opened) -> None:
    with OllamaServer(Reply(["It "], done="length")) as server:
        assert [piece.cut for piece in pieces_of(opened(server))] == [False, True]


def test_closing_ends_the_request(opened: Opened) -> None:
    with OllamaServer(Reply(["word "] * 2000, delay=0.01)) as server:
        pieces = stream_chat(opened(server), HELLO, "tiny")
        assert next(pieces).text == "word "
        pieces.close()
        assert server.left.wait(2)
        assert server.pieces_sent < 200


def test_a_model_that_has_not_begun_can_be_left(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.models.streaming.WAITING_SECONDS", 0.05)
    with OllamaServer(Reply(["late"] * 3, delay=0.7)) as server:
        pieces = stream_chat(opened(server), HELLO, "tiny")
        assert next(pieces).text == ""
        pieces.close()
        assert server.left.wait(5)
    assert server.pieces_sent < 3


@pytest.mark.parametrize(
    ("replies", "what", "cure"),
    [
        ([Reply(status=404)], r"HTTP 404 \(model 'tiny:1b' not found\)", "ollama pull"),
        ([Reply(status=400, error="bad\n options")], r"HTTP 400 \(bad options\)", "server's log"),
        ([Reply(status=503, error="busy")] * 3, r"HTTP 503 \(busy\)", "ask again"),
        ([Reply(["It "], error="llama runner died")], r"mid-answer \(llama runner died\)", "server's log"),
        ([Reply(["It "], done=None)], "broke off", "server's log"),
    ],
)
def test_a_failure_is_one_line_that_names_the_model_and_a_cure(
    opened: Opened, replies: list[Reply], what: str, cure: str
) -> None:
    with OllamaServer(*replies) as server, pytest.raises(ModelError, match=what) as caught:
        said(opened(server))
    assert "ollama:tiny:1b" in str(caught.value)
    assert cure in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(server.requests) == len(replies)


def test_a_busy_server_is_asked_again(opened: Opened) -> None:
    with OllamaServer(Reply(status=503, error="busy"), Reply(["Yes."])) as server:
        assert said(opened(server)) == "Yes."


def test_a_server_that_is_down_is_named(opened: Opened) -> None:
    with OllamaServer() as server:
        llm = opened(server)
    with pytest.raises(ModelError, match=r"Connection refused.*start the server"):
        said(llm)


def test_neither_address_nor_key_come_from_the_environment(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    monkeypatch.setenv("OLLAMA_API_KEY", "not-for-this-server")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with OllamaServer(Reply(["Yes."]), Reply(["Yes."])) as server:
        assert said(opened(server)) == "Yes."
        monkeypatch.setenv("BYLINE_LLM_KEY", "ours")
        assert said(opened(server)) == "Yes."
    assert "authorization" not in server.requests[0].headers
    assert server.requests[1].headers["authorization"] == "Bearer ours"
