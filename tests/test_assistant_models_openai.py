"""Models behind OpenAI's protocol: a real server on loopback, asked through LlamaIndex's own client."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from llama_index.core.llms import LLM, ChatMessage, MockLLM

from assistant.answer import Usage
from assistant.models import Limits, open_model
from assistant.models.http import Connections
from assistant.models.streaming import Message, stream_chat
from index.errors import ModelError, SettingsError
from tests.openai_server import OpenAIServer, Reply

KEY_VARIABLE = "BYLINE_LLM_KEY"
HELLO = [Message("system", "Be kind."), Message("user", "Hello?")]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], LLM]]:
    """The model of a spec, whose client is closed after the test."""
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    llms: list[LLM] = []

    def open_one(spec: str) -> LLM:
        llms.append(open_model(spec).llm)
        return llms[-1]

    yield open_one
    for llm in llms:
        llm._get_client().close()


def said(llm: LLM, limits: Limits | None = None) -> str:
    return "".join(piece.text for piece in stream_chat(llm, HELLO, "the-spec", limits))


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No empty pieces while the server takes its time, on however slow a machine."""
    monkeypatch.setattr("assistant.models.streaming.WAITING_SECONDS", 30.0)


@pytest.fixture
def waiting(no_waiting: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.models.streaming.WAITING_SECONDS", 0.05)


@pytest.fixture
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.models.streaming.BACKOFF_SECONDS", 0.0)


def test_the_package_is_read_without_importing_llama_index() -> None:
    code = (
        "import sys, assistant.generative.llm_reader\n"
        "print([name for name in ('llama_index.core', 'openai', 'httpx') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "llama_index.core" not in done.stdout
    assert "openai" not in done.stdout


def test_a_model_answers(opened: Callable[[str], LLM]) -> None:
    with OpenAIServer(Reply(["Hel", "lo."])) as server:
        llm = opened(server.spec("tiny/model:1b"))
        assert said(llm) == "Hello."
    assert llm.metadata.model_name == "tiny/model:1b"
    (body,) = server.chats()
    assert body["model"] == "tiny/model:1b"
    assert body["stream"] is True
    assert "max_tokens" not in body
    assert [(m["role"], m["content"]) for m in body["messages"]] == [("system", "Be kind."), ("user", "Hello?")]
    assert [request.path for request in server.requests] == ["/v1/chat/completions"]


def test_without_a_name_the_servers_first_model_is_taken(opened: Callable[[str], LLM]) -> None:
    with OpenAIServer(models=("first", "second")) as server:
        assert opened(f"openai-like:{server.url}/").metadata.model_name == "first"
    assert [request.path for request in server.requests] == ["/v1/models"]


@pytest.mark.parametrize("models", [(), Reply(status=404)])
def test_without_a_list_of_models_it_is_the_default(opened: Callable[[str], LLM], models: object) -> None:
    with OpenAIServer(models=models) as server:
        assert opened(f"openai-like:{server.url}").metadata.model_name == "default"


def test_a_server_that_wants_a_key_is_named(opened: Callable[[str], LLM]) -> None:
    with OpenAIServer(models=Reply(status=401)) as server, pytest.raises(ModelError, match=KEY_VARIABLE):
        opened(f"openai-like:{server.url}")


def test_a_server_that_is_down_is_named() -> None:
    with OpenAIServer() as server:
        url = server.url
    with pytest.raises(ModelError, match=r"Connection refused.*start the server.*--llm extractive") as caught:
        open_model(f"openai-like:{url}")
    assert url in str(caught.value)
    assert "\n" not in str(caught.value)


def test_only_the_key_that_is_ours_is_sent(opened: Callable[[str], LLM], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "not-for-this-server")
    monkeypatch.setenv("OPENAI_ORG_ID", "not-for-this-server")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "not-for-this-server")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/v1")
    with OpenAIServer(Reply(["Yes."]), Reply(["Yes."])) as server:
        said(opened(server.spec()))
        monkeypatch.setenv(KEY_VARIABLE, "ours")
        said(opened(server.spec()))
    first, second = (request.headers for request in server.requests)
    assert "not-for-this-server" not in str([*first.values(), *second.values()])
    assert second["authorization"] == "Bearer ours"


def test_a_proxy_in_the_environment_does_not_come_between(
    opened: Callable[[str], LLM], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with OpenAIServer(Reply(["Yes."])) as server:
        assert said(opened(server.spec())) == "Yes."


def test_a_redirect_is_not_followed(opened: Callable[[str], LLM]) -> None:
    with OpenAIServer() as elsewhere:
        away = Reply(status=307, body=b"", headers={"Location": f"{elsewhere.url}/chat/completions"})
        with OpenAIServer(away) as server, pytest.raises(ModelError, match="HTTP 307"):
            said(opened(server.spec()))
    assert elsewhere.requests == []


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "gpt-4",
        "openai",
        "openai-like:",
        "openai-like:#model",
        "openai-like:127.0.0.1:8080/v1",
        "openai-like:ftp://127.0.0.1/v1",
        "openai-like:http://",
        "openai-like:http://127.0.0.1:99999/v1",
        "openai-like:http://[::1/v1",
        "openai-like:http://a host/v1#m",
    ],
)
def test_a_bad_spec_is_told_the_forms(spec: str) -> None:
    with pytest.raises(SettingsError) as caught:
        open_model(spec)
    assert "extractive" in str(caught.value)
    assert "openai-like:URL#MODEL" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_model_that_only_openai_serves_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsError, match="name another model"):
        open_model("openai-like:http://127.0.0.1:8080/v1#gpt-5.4-pro")


def test_a_key_in_the_url_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError, match=KEY_VARIABLE) as caught:
        open_model("openai-like:http://me:hunter2@127.0.0.1:8080/v1#m")
    assert "hunter2" not in str(caught.value)


BROKEN = b'{"error": {"message": "it\\n broke", "type": "x"}}'


@pytest.mark.parametrize(
    ("reply", "what", "cure"),
    [
        (Reply(status=404, body=BROKEN), r"HTTP 404 \(it broke\)", "the model's name"),
        (Reply(status=400, body=BROKEN), r"HTTP 400 \(it broke\)", "server's log"),
        (Reply(status=403, body=b"<html>"), r"HTTP 403 \(Forbidden\)", KEY_VARIABLE),
        (Reply(body=b"<html>Hello</html>", headers={"Content-Type": "text/html"}), "sent no reply", "URL"),
        (Reply(body=b"data: {nonsense\n\n"), "cannot be read", "URL"),
        (Reply(body=b"data: 5\n\n"), "cannot be read", "URL"),
        (Reply(body=b"data: " + BROKEN + b"\n\n"), "failed in mid-answer", "server's log"),
        (Reply(["It "], finish=None), "broke off", "server's log"),
        (Reply(["It "], breaks=True), "broke off", "server's log"),
    ],
)
def test_a_failure_is_one_line_that_names_the_model_and_a_cure(
    opened: Callable[[str], LLM], reply: Reply, what: str, cure: str
) -> None:
    with OpenAIServer(reply) as server, pytest.raises(ModelError, match=what) as caught:
        said(opened(server.spec()))
    assert "the-spec" in str(caught.value)
    assert cure in str(caught.value)
    assert "--llm extractive" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("no_backoff")
def test_a_busy_server_is_asked_again_as_often_as_the_limits_say(opened: Callable[[str], LLM]) -> None:
    busy = Reply(status=503, body=BROKEN)
    with OpenAIServer(busy, busy, Reply(["Yes."]), busy, busy, busy) as server:
        llm = opened(server.spec())
        assert said(llm, Limits(retries=2)) == "Yes."
        assert len(server.requests) == 3
        with pytest.raises(ModelError, match="HTTP 503"):
            said(llm, Limits(retries=1))
    assert len(server.requests) == 5


def test_the_wait_that_a_server_asks_for_is_kept(opened: Callable[[str], LLM], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.models.streaming.BACKOFF_SECONDS", 1000.0)
    busy = Reply(status=429, body=BROKEN, headers={"Retry-After": "0.1"})
    with OpenAIServer(busy, Reply(["Yes."])) as server:
        assert said(opened(server.spec())) == "Yes."


@pytest.mark.parametrize("status", [400, 401, 404])
def test_what_a_server_refuses_is_not_asked_again(opened: Callable[[str], LLM], status: int) -> None:
    with OpenAIServer(Reply(status=status, body=BROKEN)) as server, pytest.raises(ModelError, match=str(status)):
        said(opened(server.spec()))
    assert len(server.requests) == 1


@pytest.mark.usefixtures("waiting")
def test_a_wait_for_a_busy_server_can_be_left(opened: Callable[[str], LLM]) -> None:
    busy = Reply(status=503, body=BROKEN, headers={"Retry-After": "15"})
    with OpenAIServer(busy) as server:
        pieces = stream_chat(opened(server.spec()), HELLO, "the-spec")
        assert next(pieces).text == ""
        pieces.close()
    assert len(server.requests) == 1


def test_a_server_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits(seconds=0.2)
    with OpenAIServer(Reply(["It "], delay=2)) as server, pytest.raises(ModelError, match="in time"):
        said(open_model(server.spec(), limits).llm, limits)


def test_bytes_that_make_no_piece_are_given_up() -> None:
    limits = Limits(seconds=0.4)
    with OpenAIServer(Reply(drips=0.05)) as server, pytest.raises(ModelError, match="did not answer in time"):
        said(open_model(server.spec(), limits).llm, limits)
    assert server.left.wait(5)


def test_an_answer_that_comes_piece_by_piece_without_end_is_given_up() -> None:
    limits = Limits(answer_seconds=0.5)
    with OpenAIServer(Reply(["and "] * 1000, delay=0.05)) as server:
        with pytest.raises(ModelError, match=r"within 0\.5 seconds; raise llm_answer_seconds, or use"):
            said(open_model(server.spec(), limits).llm, limits)
        assert server.left.wait(5)
    assert server.pieces_sent < 100


@pytest.mark.usefixtures("waiting")
def test_a_model_that_has_not_begun_can_be_left(opened: Callable[[str], LLM]) -> None:
    with OpenAIServer(Reply(["late"] * 3, delay=0.7)) as server:
        pieces = stream_chat(opened(server.spec()), HELLO, "the-spec")
        assert next(pieces).text == ""
        pieces.close()
        assert server.left.wait(5)
    assert server.pieces_sent < 3


def test_what_was_used_is_told(opened: Callable[[str], LLM]) -> None:
    with OpenAIServer(Reply(["Yes."], usage=(31, 2))) as server:
        pieces = list(stream_chat(opened(server.spec()), HELLO, "the-spec"))
    assert [piece.usage for piece in pieces if piece.usage] == [Usage(31, 2)]
    assert server.chats()[0]["stream_options"] == {"include_usage": True}


def test_closing_ends_the_request(opened: Callable[[str], LLM]) -> None:
    with OpenAIServer(Reply(["word "] * 2000, delay=0.01)) as server:
        pieces = stream_chat(opened(server.spec()), HELLO, "the-spec")
        assert next(pieces).text == "word "
        pieces.close()
        assert server.left.wait(2)
        assert server.pieces_sent < 200


def test_two_streams_of_one_model_do_not_end_each_other(opened: Callable[[str], LLM]) -> None:
    with OpenAIServer(Reply(["word "] * 2000, delay=0.01), Reply(["a", "b", "c"], delay=0.05)) as server:
        llm = opened(server.spec())
        first, second = (stream_chat(llm, HELLO, "the-spec") for _ in range(2))
        next(first)
        assert next(second).text == "a"
        first.close()
        assert "".join(piece.text for piece in second) == "bc"


def test_a_reply_that_ran_out_of_room_is_marked(opened: Callable[[str], LLM]) -> None:
    with OpenAIServer(Reply(["It "], finish="length")) as server:
        pieces = list(stream_chat(opened(server.spec()), HELLO, "the-spec"))
    assert [piece.cut for piece in pieces] == [False, True]


def test_any_llm_of_llama_index_will_do() -> None:
    assert "Hello?" in "".join(piece.text for piece in stream_chat(MockLLM(), HELLO, "mock"))


def test_openai_is_called_by_name_with_its_own_key(
    opened: Callable[[str], LLM], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "theirs")
    monkeypatch.setenv(KEY_VARIABLE, "ours")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    with OpenAIServer(Reply(["Yes."])) as server:
        assert said(opened(f"openai:gpt-of-tomorrow@{server.url}")) == "Yes."
    (request,) = server.requests
    assert request.headers["authorization"] == "Bearer theirs"
    assert request.body["model"] == "gpt-of-tomorrow"
    assert str(opened("openai:gpt-of-tomorrow")._get_client().base_url) == "https://api.openai.com/v1/"


@pytest.mark.parametrize("spec", ["openai:gpt-of-tomorrow", "anthropic:claude-of-tomorrow"])
def test_a_missing_key_is_named(spec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    variable = f"{spec.partition(':')[0].upper()}_API_KEY"
    monkeypatch.delenv(variable, raising=False)
    with pytest.raises(SettingsError, match=f"needs a key.*{variable}"):
        open_model(spec)


def test_what_is_left_half_read_is_closed_at_once(opened: Callable[[str], LLM]) -> None:
    """And not when garbage is collected: while the pool's lock is held, the thread would then wait for itself."""
    with OpenAIServer(Reply(["One "] * 50, delay=0.05)) as server:
        llm = opened(server.spec("tiny"))
        pool = llm._get_client()._client._transport._pool
        with Connections().noted():
            left = llm.stream_chat([ChatMessage(role="user", content="Hello?")])
            next(left)
            assert pool._requests
        assert pool._requests == []
