"""The client of text-embeddings-inference, against a stand-in on loopback."""

import json
import socket
import time

import pytest

from index.errors import ModelError, SettingsError
from index.rerankers import SecondStage, open_reranker
from index.rerankers.server import ServerReranker
from index.search.result import Results
from tests.rerank_server import Failure, RerankServer
from tests.retrieved import ranked, retrieved

PASSAGES = [
    retrieved("the council met"),
    retrieved("the ferry is late", title="Harbour"),
    retrieved("a late ferry sank"),
]


def scores(url: str, count: int = 3) -> list[float]:
    reranker = ServerReranker(url)
    try:
        return reranker.scores("late ferry harbour", PASSAGES[:count])
    finally:
        reranker.close()


def test_scores_come_back_in_the_order_of_the_passages() -> None:
    with RerankServer() as server:
        assert scores(server.url) == [0.0, 3.0, 2.0]
        assert scores(server.url, 0) == []
    (request,) = server.requests
    assert request.path == "/rerank"
    assert request.body == {
        "query": "late ferry harbour",
        "texts": ["the council met", "Harbour\nthe ferry is late", "a late ferry sank"],
        "truncate": True,
    }
    assert "authorization" not in request.headers


@pytest.mark.parametrize(("path", "asked"), [("/", "/rerank"), ("/rerank", "/rerank"), ("/tei/", "/tei/rerank")])
def test_the_address_may_hold_a_path(path: str, asked: str) -> None:
    with RerankServer() as server:
        scores(server.url + path)
    assert [one.path for one in server.requests] == [asked]


def test_many_passages_go_in_parts_that_the_server_takes() -> None:
    passages = ranked([f"{'late ' * (number % 2)}text {number}" for number in range(50)])
    with RerankServer() as server:
        reranker = ServerReranker(server.url)
        found = reranker.scores("late", passages)
        reranker.close()
    assert found == [float(number % 2) for number in range(50)]
    assert [len(one.body["texts"]) for one in server.requests] == [16, 16, 16, 2]


def test_the_key_goes_with_each_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_RERANKER_KEY", " a-key\n")
    with RerankServer() as server:
        scores(server.url)
    assert server.requests[0].headers["authorization"] == "Bearer a-key"


def test_a_key_that_cannot_be_sent_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_RERANKER_KEY", "a\nb")
    with pytest.raises(SettingsError, match="BYLINE_RERANKER_KEY") as caught:
        open_reranker("http://127.0.0.1:1")
    assert "a\nb" not in str(caught.value)


def failure(failure: Failure) -> str:
    with RerankServer(failure) as server, pytest.raises(ModelError) as caught:
        scores(server.url)
    message = str(caught.value)
    assert message.startswith(f"reranker '{server.url}' ")
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (500, b"", "answered HTTP 500 (Internal Server Error); look at the server's log"),
        (
            413,
            b'{"error": "batch size 16 >\\n maximum 8"}',
            "413 (batch size 16 > maximum 8); let the server take 16",
        ),
        (422, b"not JSON \xff", "HTTP 422 (not JSON \ufffd); let the server take 16"),
        (424, b'["x"]', "HTTP 424"),
        (404, b"", "of a text-embeddings-inference server with a reranker"),
        (401, b"", "set BYLINE_RERANKER_KEY"),
        (429, b"", "wait until the server is less busy"),
        (503, b"", "wait until the server is ready"),
        (204, b"", "answered HTTP 204"),
    ],
)
def test_an_error_of_the_server_is_one_line(status: int, body: bytes, said: str) -> None:
    assert said in failure(Failure(status, body))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>", "cannot be read"),
        (b"", "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
        (b"{}", "no list of index and score"),
        (b"[1, 2, 3]", "no list of index and score"),
        (b"[]", "not one score for each of 3 passages"),
        (json.dumps([{"index": 0, "score": 1}] * 3).encode(), "not one score for each"),
        (json.dumps([{"index": at, "score": 1} for at in (0, 1, 3)]).encode(), "not one score for each"),
        (json.dumps([{"index": at, "score": 1} for at in range(4)]).encode(), "not one score for each"),
        (json.dumps([{"index": [at], "score": 1} for at in range(3)]).encode(), "not one score for each"),
        (json.dumps([{"index": at, "score": "1"} for at in range(3)]).encode(), "a score that is no number"),
        (b" " * 2_000_000, "an answer without end"),
    ],
)
def test_an_answer_that_is_none_is_one_line(body: bytes, said: str) -> None:
    assert said in failure(Failure(body=body))


def test_a_number_that_is_not_finite_is_found_by_the_stage() -> None:
    body = b'[{"index": 0, "score": NaN}, {"index": 1, "score": 1}]'
    with RerankServer(Failure(body=body)) as server:
        stage = SecondStage(ServerReranker(server.url), owned=True)
        found = stage.rank("q", Results(ranked(["a", "b"])), 2)
        stage.close()
    assert "no finite number" in found.notices[0]


def test_a_connection_that_is_closed() -> None:
    assert "broke off" in failure(Failure(breaks=True))


def test_no_redirect_is_followed() -> None:
    with RerankServer() as other:
        message = failure(Failure(307, headers={"Location": f"{other.url}/rerank"}))
    assert "HTTP 307" in message
    assert other.requests == []


def test_a_server_that_is_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(ModelError, match=r"cannot be reached .*; start it or mend the address"):
        scores(f"http://127.0.0.1:{port}")


def test_a_slow_server_is_not_waited_for() -> None:
    before = ranked(["a", "b", "c"])
    with RerankServer(Failure(hangs=True)) as server:
        stage = SecondStage(ServerReranker(server.url), seconds=0.2, owned=True)
        began = time.monotonic()
        found = stage.rank("q", Results(before), 3)
        assert time.monotonic() - began < 2
    stage.close()
    assert found.passages == before
    assert "was not ready after 0.2 seconds" in found.notices[0]


@pytest.mark.parametrize(
    "url",
    ["http://", "http://:80", "http://a b", "https://h:port", "http://h:99999", "http://h:0"],
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(SettingsError, match="write it as http://HOST:PORT"):
        open_reranker(url)


@pytest.mark.parametrize("url", ["http://u:secret@h", "http://h?key=secret", "http://h/#secret", "http://u:secret@h:x"])
def test_a_secret_in_the_address_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(SettingsError, match="put a key in BYLINE_RERANKER_KEY") as caught:
        open_reranker(url)
    assert "secret" not in str(caught.value)
