"""The context window of a server's model: asked of that server alone, when a prompt is made, and obeyed."""

import socket
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.events import Done
from assistant.generative.llm_reader import LLMReader
from assistant.models import Limits, OpenModel, open_model
from assistant.models.openai_like import CONTEXT_WINDOW
from assistant.request import Question
from index.article import Article
from index.errors import ModelError
from index.search.result import Retrieved
from index.text.passages import Passage, count_tokens
from tests.gguf_files import llama_server
from tests.openai_server import OpenAIServer, Reply

PLACES = ["/v1/models", "/props", "/api/v0/models"]
SMALL = 1024


def vllm(tokens: int) -> dict[str, Any]:
    return {"id": "small-model", "max_model_len": tokens}


def props(tokens: int) -> dict[str, Any]:
    return {"/props": {"default_generation_settings": {"n_ctx": tokens}, "total_slots": 1}}


def lm_studio(**lengths: int) -> dict[str, Any]:
    others = {"id": "another", "loaded_context_length": 77}
    return {"/api/v0/models": {"data": [others, {"id": "small-model", **lengths}]}}


@pytest.mark.parametrize(
    ("models", "pages", "window"),
    [
        ([vllm(2048)], {}, 2048),
        (["another", vllm(200_000)], {}, 200_000),
        ([{"id": "small-model", "meta": {"n_ctx": 1024, "n_ctx_train": 131_072}}], {}, 1024),
        ([{"id": "/a/file.gguf", "meta": {"n_ctx": 1024}}], {}, 1024),  # llama.cpp takes any name for its one model
        ([{"id": "/a/file.gguf", "meta": {"n_ctx_train": 131_072}}], props(3000), 3000),
        ([{"id": "/a/file.gguf", "meta": {"n_ctx_train": 512}}], props(0), 512),
        ([{"id": "/a/file.gguf", "meta": {"n_ctx_train": 131_072}}], {}, CONTEXT_WINDOW),
        (["another", "small-model"], lm_studio(loaded_context_length=4096, max_context_length=32_768), 4096),
        (["another", "small-model"], lm_studio(max_context_length=2048), 2048),
        (["another", "small-model"], lm_studio(max_context_length=32_768), CONTEXT_WINDOW),
        ([{"id": "one", "max_model_len": 5}, {"id": "two", "max_model_len": 6}], {}, CONTEXT_WINDOW),
        ([{"id": "small-model", "max_model_len": "many", "meta": 5}], {}, CONTEXT_WINDOW),
        ([vllm(-1)], {"/props": Reply(body=b"<html>"), "/api/v0/models": [1]}, CONTEXT_WINDOW),
        (Reply(status=401), {}, CONTEXT_WINDOW),
    ],
)
def test_what_servers_tell(models: Any, pages: dict[str, Any], window: int) -> None:
    with OpenAIServer(models=models, pages=pages) as server:
        assert open_model(server.spec()).window() == window


def test_it_is_asked_late_once_and_of_the_named_server_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_LLM_KEY", "ours")
    with OpenAIServer(pages=props(SMALL)) as server:
        model = open_model(server.spec())
        assert server.requests == []
        assert [model.window(), model.window()] == [SMALL, SMALL]
    assert [request.path for request in server.requests] == PLACES[:2]
    assert {request.headers["authorization"] for request in server.requests} == {"Bearer ours"}


def test_a_server_that_tells_nothing_is_not_asked_again() -> None:
    with OpenAIServer() as server:
        model = open_model(server.spec())
        assert [model.window(), model.window()] == [CONTEXT_WINDOW, CONTEXT_WINDOW]
    assert [request.path for request in server.requests] == PLACES


def test_no_redirect_leads_elsewhere() -> None:
    with OpenAIServer(models=[vllm(SMALL)]) as elsewhere:
        away = Reply(status=307, headers={"Location": f"{elsewhere.url}/models"})
        with OpenAIServer(models=away, pages=dict.fromkeys(PLACES[1:], away)) as server:
            assert open_model(server.spec()).window() == CONTEXT_WINDOW
    assert elsewhere.requests == []


def test_a_server_that_is_not_ready_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    with OpenAIServer(models=Reply(status=503)) as server:
        model = open_model(server.spec())
        assert model.window() == CONTEXT_WINDOW
        server.models = [vllm(SMALL)]
        assert model.window() == CONTEXT_WINDOW  # not at once
        monkeypatch.setattr("assistant.models.openai_like.AGAIN_SECONDS", -1.0)
        again = open_model(server.spec())
        server.models = Reply(status=503)
        assert again.window() == CONTEXT_WINDOW
        server.models = [vllm(SMALL)]
        assert again.window() == SMALL


def test_a_model_that_is_loaded_later_is_asked_about_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.models.openai_like.AGAIN_SECONDS", -1.0)
    with OpenAIServer(pages=lm_studio(max_context_length=32_768)) as server:
        model = open_model(server.spec())
        assert model.window() == CONTEXT_WINDOW
        server.pages = lm_studio(max_context_length=32_768, loaded_context_length=4096)
        assert [model.window(), model.window()] == [4096, 4096]
    assert [request.path for request in server.requests] == PLACES * 2


def test_a_server_that_is_down_or_silent_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.models.openai_like.WINDOW_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"openai-like:http://127.0.0.1:{silent.getsockname()[1]}/v1#m"
        assert open_model(address).window() == CONTEXT_WINDOW
        taken, _ = silent.accept()
        with taken:
            taken.settimeout(10)
            assert b"GET /v1/models" in taken.recv(1000)
            assert taken.recv(1000) == b""  # the call was cut off
    assert open_model(address).window() == CONTEXT_WINDOW


def test_what_the_user_says_wins() -> None:
    with OpenAIServer(models=[vllm(SMALL)]) as server:
        assert open_model(server.spec(), Limits(window=700)).window() == 700
    assert server.requests == []


QUESTION = Question("Who opened the library?", (), date(2021, 3, 9))


def passages() -> list[Retrieved]:
    """More than eight thousand tokens' worth, the first with the answer."""
    texts = ["Mara Quill opened the library of Osk on Monday."] + [
        f"Report {n} from the {n}th quarter: " + "the council met again and nothing was said of books. " * 12
        for n in range(60)
    ]
    articles = [Article(f"{n:012d}", text, outlet=f"Paper {n}") for n, text in enumerate(texts)]
    return [Retrieved(Passage(one.id, 0, len(one.text), one.text), one, 1.0, {}) for one in articles]


def answer(model: OpenModel) -> Answer:
    *_, done = LLMReader(model).read(QUESTION, passages())
    assert isinstance(done, Done)
    return done.answer


@pytest.mark.parametrize(("models", "fits"), [([vllm(SMALL)], True), (["small-model"], False)])
def test_a_prompt_leaves_room_in_the_window_that_the_server_tells(models: Any, fits: bool) -> None:
    with OpenAIServer(Reply(["Mara Quill opened it [1]."]), models=models) as server:
        given = answer(open_model(server.spec()))
    (body,) = server.chats()
    prompt = sum(count_tokens([message["content"] for message in body["messages"]]))
    assert (prompt < 0.75 * SMALL) is fits
    assert given.text == "Mara Quill opened it."


@pytest.fixture(scope="module")
def small_server() -> Iterator[str]:
    with llama_server(SMALL) as address:
        yield f"openai-like:{address}/v1#any-name"


@pytest.mark.slow
def test_a_real_server_with_a_small_window_answers_itself(small_server: str) -> None:
    model = open_model(small_server)
    assert model.window() == SMALL
    given = answer(model)
    assert given.llm == small_server
    assert given.usage is not None
    assert 300 < given.usage.prompt_tokens < SMALL


@pytest.mark.slow
def test_a_real_server_refuses_a_prompt_for_a_larger_window(small_server: str) -> None:
    with pytest.raises(ModelError, match="context"):
        answer(open_model(small_server, Limits(window=CONTEXT_WINDOW)))
