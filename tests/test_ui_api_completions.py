"""The OpenAI-compatible routes, over a real server with a reader that replays."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from assistant.answer import CANNOT_ANSWER
from assistant.assistant import Assistant
from assistant.events import Event, Notice, Token
from assistant.request import Question
from index.collection import Collection
from index.errors import CollectionError, ModelError
from index.formats import find_files, read_file
from index.sample_articles import SAMPLE_FOLDER
from index.search.result import Retrieved
from tests.api_server import KEY, serving
from tests.fakes import FakeReaders, ReplayReader, quoting, refusing
from tests.processes import open_files
from ui.api import completions
from ui.api.access import Guard, Reach
from ui.api.worker_pool import MODELS_AT_ONCE
from ui.serving import build_api

UNSOURCED = """A ferry line between Marlow Bay and Aster Island is to open in June.

The harbour board has set aside 4 million for it."""


@dataclass
class Server:
    """A running API: its address and the reader behind it."""

    address: str
    reader: ReplayReader
    client: httpx.Client

    def post(self, body: dict[str, Any], **options: Any) -> httpx.Response:
        return self.client.post("/v1/chat/completions", json=body, **options)

    def ask(self, question: str, **fields: Any) -> httpx.Response:
        return self.post({"messages": [{"role": "user", "content": question}], **fields})

    def chunks(self, question: str, **fields: Any) -> list[dict[str, Any]]:
        """The chunks of a streamed answer; the line that ends them is checked and left out."""
        lines = self.ask(question, stream=True, **fields).text.split("\n\n")
        assert lines[-2:] == ["data: [DONE]", ""]
        return [json.loads(line.removeprefix("data: ")) for line in lines[:-2]]


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    folder = tmp_path_factory.mktemp("api")
    (folder / "ferry.txt").write_text(UNSOURCED, "utf-8")
    with Collection(folder / "news") as collection:
        list(collection.add(map(read_file, [*find_files(SAMPLE_FOLDER), folder / "ferry.txt"])))
        yield collection


@pytest.fixture(scope="module")
def running(collection: Collection) -> Iterator[Server]:
    reader = ReplayReader()
    with serving(lambda: Guard(build_api(Assistant(collection, reader)))) as port:
        address = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=address, timeout=20) as client:
            yield Server(address, reader, client)


@pytest.fixture
def server(running: Server) -> Server:
    running.reader.replies.clear()
    running.reader.asked.clear()
    running.reader.broken_off.clear()
    running.reader.delay = 0.0
    return running


def error_of(response: httpx.Response, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    error: dict[str, Any] = response.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert "\n" not in error["message"]
    return error


def test_each_mark_of_the_answer_is_an_annotation_at_its_place(server: Server) -> None:
    body = server.ask("Which permits did Canada suspend?").json()
    (choice,) = body["choices"]
    content, annotations = choice["message"]["content"], choice["message"]["annotations"]
    assert (body["object"], choice["finish_reason"], choice["message"]["role"]) == (
        "chat.completion",
        "stop",
        "assistant",
    )
    marks = [content[one["url_citation"]["start_index"] : one["url_citation"]["end_index"]] for one in annotations]
    cited = [citation for sentence in body["byline"]["sentences"] for citation in sentence["citations"]]
    assert marks == [f"[{citation['n']}]" for citation in cited]
    assert len(marks) >= 2
    assert [one["url_citation"]["title"] for one in annotations] == [citation["title"] for citation in cited]
    assert content.startswith(body["byline"]["sentences"][0]["text"])
    for one in annotations:
        assert one["type"] == "url_citation"
        assert one["url_citation"]["url"] in content.partition("Sources:")[2]


def test_a_stream_says_the_same_and_ends_with_the_data(server: Server) -> None:
    whole = server.ask("Which permits did Canada suspend?").json()
    chunks = server.chunks("Which permits did Canada suspend?", stream_options={"include_usage": True})
    assert len({chunk["id"] for chunk in chunks}) == 1
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks[:-1]]
    assert deltas[0] == {"role": "assistant", "content": ""}
    assert "".join(delta.get("content", "") for delta in deltas) == whole["choices"][0]["message"]["content"]
    assert sum(bool(delta.get("content")) for delta in deltas) > 2
    (annotated,) = [delta["annotations"] for delta in deltas if "annotations" in delta]
    assert annotated == whole["choices"][0]["message"]["annotations"]
    assert chunks[-1]["choices"] == []
    assert chunks[-1]["usage"] == {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
    assert chunks[-2]["choices"][0]["finish_reason"] == "stop"
    assert chunks[-2]["byline"]["sentences"] == whole["byline"]["sentences"]


def test_a_models_words_are_a_draft_until_the_answer_is_whole(server: Server) -> None:
    server.reader.replies.append(lambda q, p: [Token("A first "), Token("guess"), *quoting(q, p)[-1:]])
    deltas = [chunk["choices"][0]["delta"] for chunk in server.chunks("Which permits?")]
    assert "".join(delta.get("reasoning_content", "") for delta in deltas) == "A first guess"
    assert "guess" not in "".join(delta.get("content", "") for delta in deltas)


def test_a_refusal_names_the_nearest_articles(server: Server) -> None:
    server.reader.replies.append(refusing)
    body = server.ask("Who won the regatta?").json()
    message = body["choices"][0]["message"]
    assert message["content"].startswith(f"{CANNOT_ANSWER}\n\nNearest articles:\n- ")
    assert message["annotations"] == []
    assert body["byline"]["answerable"] is False
    assert len(body["byline"]["nearest"]) == 3


def test_messages_become_the_question_and_its_history(server: Server) -> None:
    first = server.ask("Which permits did Canada suspend?").json()
    earlier = first["choices"][0]["message"]["content"]
    parts = [{"type": "text", "text": "And when"}, {"type": "text", "text": "was it lifted?"}]
    messages = [
        {"role": "system", "content": "Answer in rhymes."},
        {"role": "user", "content": "Which permits did Canada suspend?"},
        {"role": "assistant", "content": earlier},
        {"role": "user", "content": parts},
    ]
    body = server.post({"messages": messages}).json()
    asked = server.reader.asked[-1]
    assert asked.text == body["byline"]["standalone"]
    assert "Canada" in asked.text
    (turn,) = asked.history
    assert turn.question == "Which permits did Canada suspend?"
    assert turn.answer.split() == first["byline"]["answer"].split()
    assert any("System messages have no effect" in notice for notice in body["byline"]["notices"])


def test_the_extra_fields_narrow_down_the_articles(server: Server) -> None:
    fields = {"as_of": "2020-10-07", "since": "2020-10-01", "until": "2020-10-06", "outlets": ["Fernhill Wire"]}
    data = server.ask("Which permits?", **fields, any_time=True).json()["byline"]
    assert data["as_of"] == "2020-10-07"
    assert (data["filters"]["since"], data["filters"]["until"]) == ("2020-10-01", "2020-10-06")
    assert {c["outlet"] for s in data["sentences"] for c in s["citations"]} == {"Fernhill Wire"}
    one = server.ask("Which permits?", authors="Jonas Pell").json()["byline"]
    assert one["filters"]["authors"] == ["Jonas Pell"]
    article = one["sentences"][0]["citations"][0]["article_id"]
    only = server.ask("Which permits?", articles=[article]).json()["byline"]
    assert {c["article_id"] for s in only["sentences"] for c in s["citations"]} == {article}


@pytest.mark.parametrize(
    ("fields", "said", "param"),
    [
        ({"as_of": "soon"}, "as_of: 'soon' names no day; write it as YYYY-MM-DD", "as_of"),
        ({"as_of": "October 2020"}, "as_of: 'October 2020' is more than one day", "as_of"),
        ({"as_of": 20201005}, "as_of: input should be a valid string", "as_of"),
        ({"since": "2020-10-07", "until": "2020-10-06"}, "no day lies between", "since"),
        ({"outlets": ["Fernhil Wire"]}, "did you mean 'Fernhill Wire'", "outlets"),
        ({"authors": ["Nobody"]}, "no article is by 'Nobody'", "authors"),
        ({"articles": ["zzz"]}, "no such article", "articles"),
        ({"outlet": "Fernhill Wire"}, "did you mean outlets?", "outlet"),
        ({"asOf": "2020-10-07"}, "did you mean as_of?", "asOf"),
        ({"n": 2}, "one answer", "n"),
        ({"response_format": {"type": "json_object"}}, "response_format must be text", "response_format"),
        ({"messages": []}, "messages: list should have at least 1 item", "messages"),
        ({"messages": [{"role": "user", "content": "  "}]}, "the question is empty", "messages"),
        ({"messages": [{"role": "assistant", "content": "Hi"}]}, "the last message must be the user's", "messages"),
        ({"messages": [{"role": "tool", "content": "1"}]}, "messages.0.role: input should be", "messages.0.role"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "reads text only", "messages"),
        ({"messages": [{"role": "user", "content": "x" * 20_001}]}, "at most 20000 are read", "messages"),
        ({"stream": "perhaps"}, "stream: input should be a valid boolean", "stream"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_a_bad_request_is_told_in_one_line(
    server: Server, fields: dict[str, Any], said: str, param: str | None, stream: bool
) -> None:
    body = {"messages": [{"role": "user", "content": "Which permits?"}], "stream": stream, **fields}
    error = error_of(server.post(body), 400)
    assert said in error["message"]
    assert (error["type"], error["param"]) == ("invalid_request_error", param)
    assert not server.reader.asked


def test_what_is_no_json_and_what_is_too_large(server: Server) -> None:
    address = "/v1/chat/completions"
    headers = {"content-type": "application/json"}
    assert "not valid JSON" in error_of(server.client.post(address, content=b"{", headers=headers), 400)["message"]
    assert "Content-Type: application/json" in error_of(server.client.post(address, content=b"a=1"), 400)["message"]
    assert "a JSON object" in error_of(server.client.post(address, json=[1]), 400)["message"]
    large = {"messages": [{"role": "user", "content": "x" * (1 << 20)}]}
    assert "send less" in error_of(server.client.post(address, json=large), 413)["message"]

    def pieces() -> Iterator[bytes]:
        yield b'{"messages": [{"role": "user", "content": "'
        yield from [b"x" * 100_000] * 12

    assert server.client.post(address, content=pieces(), headers=headers).status_code == 413


def test_models_are_listed_and_others_unknown(server: Server) -> None:
    models = server.client.get("/v1/models").json()
    assert [model["id"] for model in models["data"]] == ["byline", "byline-extractive", "replay"]
    assert server.client.get("/v1/models/byline-extractive").json()["id"] == "byline-extractive"
    error = error_of(server.ask("Which permits?", model="gpt-17"), 404)
    assert (error["code"], error["param"]) == ("model_not_found", "model")
    assert "byline-extractive" in error["message"]
    answered = server.ask("Why did Canada suspend the permits?", model="byline-extractive").json()
    assert (answered["model"], answered["byline"]["llm"]) == ("byline-extractive", "extractive")
    assert not server.reader.asked


def test_other_readers_are_models_too_and_are_opened_once(collection: Collection) -> None:
    broken = ModelError("the model broken is not there")
    readers = FakeReaders({"extractive": ReplayReader(), "replay-2": ReplayReader(), "broken": broken})

    def application() -> Any:
        return Guard(build_api(Assistant(collection, ReplayReader()), readers))

    with serving(application) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        server = Server("", ReplayReader(), client)
        models = [model["id"] for model in client.get("/v1/models").json()["data"]]
        assert models == ["byline", "byline-extractive", "replay", "replay-2", "broken"]
        assert not readers.opened
        for _ in range(2):
            assert server.ask("Which permits?", model="replay-2").status_code == 200
        assert readers.opened == ["replay-2"]
        assert error_of(server.ask("Which permits?", model="broken"), 503)["message"] == "the model broken is not there"
        error_of(server.ask("Which permits?", model="openai-like:http://127.0.0.1:1/v1#x"), 404)


def test_addresses_that_are_not_there(server: Server) -> None:
    assert "no such address" in error_of(server.client.post("/v1/embeddings", json={}), 404)["message"]
    error_of(server.client.get("/elsewhere"), 404)


@pytest.mark.parametrize("stream", [False, True])
def test_a_failing_model_is_told_and_a_crash_gives_nothing_away(
    server: Server, stream: bool, caplog: pytest.LogCaptureFixture
) -> None:
    server.reader.replies += [[ModelError("the model replay is not there")], [CollectionError("the disk is full")]]
    assert error_of(server.ask("One?", stream=stream), 503)["message"] == "the model replay is not there"
    assert error_of(server.ask("Two?", stream=stream), 503)["message"] == "the disk is full"
    server.reader.replies.append([ZeroDivisionError("inner working")])
    crashed = server.ask("Three?", stream=stream)
    error = error_of(crashed, 500)
    assert crashed.headers["connection"] == "close"  # as the server does
    assert "terminal" in error["message"]
    assert "inner working" not in json.dumps(error)


def test_a_model_that_fails_in_mid_answer_ends_the_stream_with_the_error(server: Server) -> None:
    server.reader.replies.append([Token("Half an"), ModelError("the model replay broke off")])
    lines = server.ask("Which permits?", stream=True).text.strip().split("\n\n")
    assert json.loads(lines[-1].removeprefix("data: "))["error"]["message"] == "the model replay broke off"


def test_while_a_model_works_nothing_empty_is_sent(server: Server) -> None:
    server.reader.replies.append(lambda q, p: [Token(""), Token("Half"), Token(""), quoting(q, p)[-1]])
    deltas = [choice["delta"] for chunk in server.chunks("Which permits?") for choice in chunk["choices"]]
    assert [delta["reasoning_content"] for delta in deltas if "reasoning_content" in delta] == ["Half"]


def test_a_slow_model_is_waited_for_and_the_stream_kept_alive(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completions, "PAUSE", 0.05)
    server.reader.delay = 0.3
    server.reader.replies += [lambda q, p: quoting(q, p)[-1:], [ModelError("the model replay is not there")]]
    events = server.ask("Which permits?", stream=True).text.split("\n\n")
    assert ": at work" in events
    assert events[-2:] == ["data: [DONE]", ""]
    failed = server.ask("Which permits?", stream=True)
    assert failed.status_code == 200
    last = failed.text.strip().split("\n\n")[-1]
    assert json.loads(last.removeprefix("data: "))["error"]["message"] == "the model replay is not there"


def test_what_search_and_reader_have_to_say_is_passed_on(server: Server) -> None:
    server.reader.replies.append(lambda q, p: [Notice("The reader was slow."), *quoting(q, p)])
    data = server.ask("Which permits?", top_k=5).json()["byline"]
    assert data["notices"] == ["Fields that have no effect here: top_k", "The reader was slow."]


@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_leaves_ends_the_readers_work(server: Server, stream: bool) -> None:
    server.reader.replies.append([Token(f"word {n} ") for n in range(1000)])
    server.reader.delay = 0.05
    body = {"messages": [{"role": "user", "content": "Which permits?"}], "stream": stream}
    if stream:
        with server.client.stream("POST", "/v1/chat/completions", json=body) as response:
            assert next(response.iter_lines()).startswith("data: ")
    else:
        with pytest.raises(httpx.ReadTimeout):
            server.post(body, timeout=httpx.Timeout(5, read=0.5))
    assert server.reader.broken_off.wait(10)


def test_an_mcp_client_that_leaves_ends_the_readers_work(server: Server) -> None:
    server.reader.replies.append([Token(f"word {n} ") for n in range(1000)])
    server.reader.delay = 0.05
    call = {"name": "ask", "arguments": {"question": "Which permits?"}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    headers = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}
    with pytest.raises(httpx.ReadTimeout):
        server.client.post("/mcp", json=body, headers=headers, timeout=httpx.Timeout(5, read=0.8))
    assert server.reader.asked
    assert server.reader.broken_off.wait(10)


def test_an_article_without_an_address_has_a_page_here(server: Server) -> None:
    body = server.ask("When is the ferry line to Aster Island to open?").json()
    links = [one["url_citation"]["url"] for one in body["choices"][0]["message"]["annotations"]]
    (link,) = {link for link in links if link.startswith(server.address)}
    page = server.client.get(link)
    assert page.status_code == 200
    assert '<mark class="clicked" id="clicked-quote"' in page.text
    assert "harbour board" in page.text
    assert server.client.get("/articles/zzz").status_code == 404


def test_with_keys_a_request_without_one_is_refused(collection: Collection) -> None:
    body = {"messages": [{"role": "user", "content": "Which permits?"}]}

    def application() -> Any:
        return Guard(build_api(Assistant(collection, ReplayReader())), Reach((KEY,)))

    with serving(application) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        server = Server("", ReplayReader(), client)
        assert error_of(server.post(body), 401)["code"] == "invalid_api_key"
        assert error_of(server.post(body, headers={"authorization": "Bearer wrong"}), 401)
        assert server.post(body, headers={"authorization": f"Bearer {KEY}"}).status_code == 200
        assert server.post(body, auth=("me", KEY)).status_code == 200


def test_many_at_once_are_all_answered(server: Server) -> None:
    server.reader.delay = 0.001
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda: statuses.append(server.ask("Which?").status_code)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert statuses == [200] * 16


def test_what_is_quoted_does_not_wait_for_models_that_take_their_time(server: Server) -> None:
    done = threading.Event()

    def slowly(question: Question, passages: Sequence[Retrieved]) -> Iterator[Event]:
        while not done.wait(0.05):
            yield Token("")
        yield from quoting(question, passages)

    asked = {"messages": [{"role": "user", "content": "Which permits did Canada suspend?"}]}
    server.reader.replies += [slowly] * MODELS_AT_ONCE
    with ThreadPoolExecutor(MODELS_AT_ONCE) as pool:
        slow = [
            pool.submit(httpx.post, f"{server.address}/v1/chat/completions", json=asked, timeout=60)
            for _ in range(MODELS_AT_ONCE)
        ]
        try:
            while len(server.reader.asked) < MODELS_AT_ONCE:
                time.sleep(0.02)
            assert server.post({**asked, "model": "byline-extractive"}, timeout=15).status_code == 200
            assert not any(one.done() for one in slow)
        finally:
            done.set()
        assert [one.result().status_code for one in slow] == [200] * MODELS_AT_ONCE


@pytest.mark.slow
def test_many_questions_leave_no_open_files(server: Server) -> None:
    def ask(times: int) -> None:
        for number in range(times):
            assert server.ask("Which permits did Canada suspend?", stream=number % 2 == 1).status_code == 200

    ask(10)
    before = open_files()
    ask(50)
    assert open_files() <= before + 3
