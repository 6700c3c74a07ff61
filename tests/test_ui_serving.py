"""The whole server as operators meet it: what it takes, how long it waits, where it is found and how it is."""

import base64
import contextlib
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from assistant.assistant import Assistant
from assistant.extractive.quoting import QuotingReader
from index.collection import Collection
from index.errors import SettingsError
from index.sample_articles import fill_sample
from index.settings import Settings, load_settings
from tests import event_loop
from tests.api_server import KEY, serving
from tests.reverse_proxy import proxied
from ui import serving as served
from ui.api.access import Guard, Reach
from ui.api.middleware import Bodies, under_root
from ui.chat.gradio_page import build_chat
from ui.cli import main
from ui.serving import build_api, hanging_up, serve

ROOT = "/newsroom/byline"
BEARER = {"authorization": f"Bearer {KEY}"}
PAGE = "https://desk.example"  # whose pages may call the API
PATIENCE = 0.4  # seconds, in place of those that people get
QUESTION = {"messages": [{"role": "user", "content": "What does the optics fair show?"}]}
JOIN = "/gradio_api/queue/join"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Collection(tmp_path_factory.mktemp("serving") / "sample") as collection:
        fill_sample(collection)
        yield Assistant(collection, QuotingReader(collection))


@contextlib.contextmanager
def running(
    assistant: Assistant, keys: tuple[str, ...] = (), not_ready: Any = lambda: None, **options: Any
) -> Iterator[int]:
    """What `byline serve` serves, but with little patience."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(served, "Bodies", partial(Bodies, seconds=PATIENCE))

        def application() -> Any:
            chat, api = build_chat(assistant, sample=True), build_api(assistant)
            return serve(chat, api, Reach(keys, **options), not_ready)

        with serving(application, http=hanging_up(PATIENCE), proxy_headers=False) as port:
            yield port


@pytest.fixture(scope="module")
def local(assistant: Assistant) -> Iterator[httpx.Client]:
    """For this machine alone."""
    with running(assistant) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
        yield client


@pytest.fixture(scope="module")
def public(assistant: Assistant) -> Iterator[httpx.Client]:
    """Behind a proxy, with keys, a name, and a site whose pages may call."""
    options = {"root_path": ROOT, "hosts": ("news.example", "*.paper.example"), "origins": (PAGE,)}
    with (
        running(assistant, (KEY,), **options) as port,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client,
    ):
        yield client


# What is taken


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(
            ("POST", f"/gradio_api/{name}")
            for name in ("upload", "upload?upload_id=a", "stream/a", "process_recording")
        ),
        *(("POST", f"/gradio_api/{name}") for name in ("vibe-edit", "call/v2/ask", "run/ask", "upload/")),
        *(("GET", f"/gradio_api/{name}") for name in ("file=/etc/hostname", "file/etc/hostname", "upload_progress")),
        *(("GET", f"/gradio_api/{name}") for name in ("proxy=http://127.0.0.1:1/", "dev/reload", "openapi.json")),
        *(("GET", f"/gradio_api/{name}") for name in ("stream/a/b/1/playlist.m3u8", "deep_link", "token")),
        *(("GET", path) for path in ("/monitoring", "/monitoring/summary", "/pwa_icon/5", "/svelte/a.js", "/logout")),
        ("POST", "/login"),
        ("PUT", JOIN),
    ],
)
def test_what_the_chat_does_not_need_is_closed(local: httpx.Client, method: str, path: str) -> None:
    form = {"files": {"files": ("hello.txt", b"hello")}} if method == "POST" else {}
    response = local.request(method, path, **form)
    assert response.status_code == 404
    assert len(response.text.splitlines()) == 1


def test_no_file_is_kept_that_somebody_sends(local: httpx.Client) -> None:
    form: Any = {"files": {"files": ("a-file-of-this-test.txt", b"hello")}, "data": {"data": "x", "component_id": "1"}}
    for path in ("/gradio_api/upload", "/gradio_api/component_server", "/v1/chat/completions"):
        assert local.post(path, **form).status_code in (400, 404)
    kept = Path(tempfile.gettempdir()) / "gradio"
    assert not list(kept.rglob("a-file-of-this-test.txt"))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (JOIN, "not json"),
        (JOIN, ""),
        (JOIN, "[]"),
        (JOIN, "{}"),
        (JOIN, "[" * 9000),
        *(
            (JOIN, f'{{"session_hash": "a", "data": [], "fn_index": {index}}}')
            for index in (999, -1, '"x"', "1.5", "null")
        ),
        (JOIN, '{"session_hash": "a", "fn_index": 0, "data": "x"}'),
        (JOIN, '{"session_hash": "a", "fn_index": 0, "data": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}'),
        (JOIN, '{"fn_index": 0, "data": [null]}'),
        ("/gradio_api/run/predict", '{"data": []}'),
        ("/gradio_api/run/predict", '{"data": [], "fn_index": 999}'),
        ("/gradio_api/call/ask", '{"data": []}'),
        ("/gradio_api/call/ask", '{"question": "Why?"}'),
        ("/gradio_api/cancel", "{}"),
        ("/gradio_api/component_server", '{"data": 1, "component_id": 999, "session_hash": "a", "fn_name": "x"}'),
        ("/v1/chat/completions", '{"messages": [{"role": "user", "content": "Why?"}], "model": ["byline"]}'),
        ("/v1/chat/completions", '{"messages": [{"role": "user", "content": "Why?"}], "model": 5}'),
    ],
)
def test_a_bad_call_is_told_so_by_400(local: httpx.Client, path: str, body: str) -> None:
    response = local.post(path, content=body, headers={"content-type": "application/json"})
    assert response.status_code == 400, response.text
    assert len(response.text.splitlines()) == 1


@pytest.mark.parametrize("model", ["", "nobody", "byline\\u0000", "\\ud800", "../etc", "x" * 200_000])
def test_a_model_that_is_not_there_is_404_in_openais_form(local: httpx.Client, model: str) -> None:
    body = f'{{"messages": [{{"role": "user", "content": "Why?"}}], "model": "{model}"}}'
    response = local.post("/v1/chat/completions", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 404
    error = response.json()["error"]
    assert (error["code"], error["param"]) == ("model_not_found", "model")
    assert "there are byline, " in error["message"]
    assert len(error["message"]) < 400


# How long it waits


def said(client: httpx.Client, request: bytes, drip: bytes = b"") -> bytes:
    """All that the server sends until it hangs up, which it must; each 50 ms it gets another `drip`."""
    address = client.base_url
    left = threading.Event()
    with socket.create_connection((address.host, address.port or 80), 20) as connection:
        connection.sendall(request)

        def keep_dripping() -> None:
            with contextlib.suppress(OSError):
                while drip and not left.wait(0.05):
                    connection.sendall(drip)

        dripping = threading.Thread(target=keep_dripping)
        dripping.start()
        received = b""
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(1 << 16):
                received += part
        left.set()
        dripping.join()
    return received


def head(path: str, *lines: str) -> bytes:
    return "\r\n".join(
        [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json", *lines, "", ""]
    ).encode()


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["/v1/chat/completions", "/mcp", JOIN, "/gradio_api/component_server", "/gradio_api/call/ask"]
)
@pytest.mark.parametrize("drip", [b"", b" "])
def test_a_body_that_does_not_come_is_given_up(local: httpx.Client, path: str, drip: bytes) -> None:
    began = time.monotonic()
    answer = said(local, head(path, "Content-Length: 1000"), drip)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"did not come within" in answer
    assert time.monotonic() - began < 10


def test_a_body_in_chunks_is_bounded_too(local: httpx.Client) -> None:
    assert said(local, head(JOIN, "Transfer-Encoding: chunked"), b"1\r\n \r\n").startswith(b"HTTP/1.1 408 ")
    chunks = (b" " * 65536 for _ in range(20))
    for path in (JOIN, "/v1/chat/completions"):
        large = local.post(path, content=chunks, headers={"content-type": "application/json"})
        assert large.status_code == 413
        chunks = (b" " * 65536 for _ in range(20))


def test_who_leaves_is_noticed_after_the_body_and_before_its_end() -> None:
    """What comes to the application: the body in one piece, then what the server says next."""
    seen: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.extend([await receive(), await receive()])

    def asked(*messages: dict[str, Any]) -> None:
        coming = iter(messages)

        async def receive() -> Any:
            return next(coming)

        event_loop.run(Bodies(application)({"type": "http"}, receive, None))  # type: ignore[arg-type]

    begun, left = {"type": "http.request", "body": b"a", "more_body": True}, {"type": "http.disconnect"}
    asked(begun, left)
    assert seen == []
    asked(begun, {"type": "http.request", "body": b"b"}, left)
    assert seen == [{"type": "http.request", "body": b"ab", "more_body": False}, left]


@pytest.mark.parametrize(("request_", "drip"), [(b"", b""), (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"X: y\r\n")])
def test_headers_that_do_not_come_are_given_up(local: httpx.Client, request_: bytes, drip: bytes) -> None:
    assert said(local, request_, drip) == b""


def test_what_is_left_of_a_refused_body_is_not_waited_for(local: httpx.Client) -> None:
    request = head("/v1/chat/completions", f"Content-Length: {1 << 30}")
    assert said(local, request, b" ").startswith(b"HTTP/1.1 413 ")


def test_many_half_open_requests_hold_up_nobody(local: httpx.Client) -> None:
    address = local.base_url
    with contextlib.ExitStack() as open_ones:
        for _ in range(60):
            one = open_ones.enter_context(socket.create_connection((address.host, address.port or 80), 20))
            one.sendall(head("/v1/chat/completions", "Content-Length: 1000"))
        assert local.post("/v1/chat/completions", json=QUESTION).status_code == 200


# Where it is found


@pytest.mark.parametrize("strips", [True, False])
def test_behind_a_proxy_all_is_found_under_its_path(public: httpx.Client, strips: bool) -> None:
    headers = {**BEARER, "host": "news.example"}
    with (
        proxied(public.base_url.port or 0, ROOT, strips=strips, scheme="https") as proxy,
        httpx.Client(base_url=proxy.address, headers=headers, timeout=20) as client,
    ):
        assert f"https://news.example{ROOT}" in client.get("/").text
        assert client.get("/theme.css").headers["content-type"].startswith("text/")
        assert client.get("/config").json()["root"] == f"https://news.example{ROOT}"
        assert client.get("/v1/models").json()["data"][0]["id"] == "byline"
        answered = client.post("/v1/chat/completions", json=QUESTION).json()
        assert answered["byline"]["answerable"]
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        accept = {"accept": "application/json, text/event-stream"}
        assert "get_article" in client.post("/mcp", json=call, headers=accept).text
        article = answered["byline"]["sentences"][0]["citations"][0]["article_id"]
        assert client.get(f"/articles/{article}").status_code == 200
        assert client.get("/health").json() == {"status": "ok"}


def test_links_to_articles_lead_to_the_proxy() -> None:
    seen: list[str] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(str(Request(scope).base_url))

    headers = [(b"host", b"news.example"), (b"x-forwarded-proto", b"https"), (b"x-forwarded-host", b"evil.example")]
    scope = {
        "type": "http",
        "scheme": "http",
        "method": "GET",
        "path": "/v1/models",
        "headers": headers,
        "query_string": b"",
    }
    event_loop.run(under_root(application, ROOT)(scope, None, None))  # type: ignore[arg-type]
    assert seen == [f"https://news.example{ROOT}/"]


def test_a_proxy_that_gives_another_host_may_tell_the_listed_one(public: httpx.Client) -> None:
    login = {"authorization": f"Basic {base64.b64encode(f'anyone:{KEY}'.encode()).decode()}"}
    own = {"host": "127.0.0.1:7860", "x-forwarded-host": "news.example", "x-forwarded-proto": "https", **login}
    assert public.get("/config", headers=own).json()["root"] == f"https://news.example{ROOT}"
    other = public.get("/config", headers={**own, "x-forwarded-host": "evil.example"})
    assert "evil.example" not in other.text
    for origin, status in (("https://news.example", 200), ("https://evil.example", 403)):
        assert public.get("/v1/models", headers={**own, "origin": origin}).status_code == status


def test_the_path_alone_leads_to_the_page(public: httpx.Client) -> None:
    response = public.get(ROOT, headers={**BEARER, "host": "news.example"})
    assert (response.status_code, response.headers["location"]) == (308, f"{ROOT}/")


def test_a_visitor_of_a_proxy_on_this_machine_is_not_this_machine(local: httpx.Client) -> None:
    assert local.get("/v1/models").status_code == 200
    with proxied(local.base_url.port or 0, "") as proxy:
        response = httpx.get(f"{proxy.address}/v1/models")
        assert response.status_code == 403
        assert "through a proxy" in response.json()["error"]["message"]


def test_a_server_that_others_may_come_to_does_not_start_without_keys(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("ROOT_PATH", "/byline"), ("HOSTS", "*"), ("ORIGINS", "*")):
        with monkeypatch.context() as patch:
            patch.setenv(f"BYLINE_{name}", value)
            assert main(["serve", "--port", "0"]) == 2
        told = capfd.readouterr().err
        assert "BYLINE_API_KEYS" in told
        assert len(told.splitlines()) == 1
    assert main(["chat", "--root-path", "/byline", "--port", "0"]) == 2
    Reach((KEY,), ("*",), ("*",), "/byline").check("127.0.0.1")
    Reach(hosts=("byline.test",), origins=(PAGE,)).check("127.0.0.1")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("news.example", 200),
        ("NEWS.example:8443", 200),
        ("desk.paper.example", 200),
        ("127.0.0.1:7860", 200),
        ("paper.example", 403),
        ("evil.example", 403),
        ("news.example.evil.example", 403),
        ("evilpaper.example", 403),
        ("", 403),
    ],
)
def test_where_names_are_listed_no_other_is_answered(public: httpx.Client, host: str, status: int) -> None:
    assert public.get("/v1/models", headers={**BEARER, "host": host}).status_code == status


def test_without_keys_a_listed_name_is_answered_to_this_machine() -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None: ...

    def status(host: str, peer: str) -> int:
        headers = [(b"host", host.encode())]
        scope = {"type": "http", "path": "/", "headers": headers, "client": (peer, 1)}
        refusal = Guard(application, Reach(hosts=("byline.test",))).refusal(scope)
        return refusal.status if refusal else 200

    assert status("byline.test:7860", "127.0.0.1") == 200
    assert status("byline.test", "192.0.2.7") == 403
    assert status("other.test", "127.0.0.1") == 403


# Pages of other sites

ASKING = {"access-control-request-method": "POST", "access-control-request-headers": "authorization, content-type"}


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/mcp", f"{ROOT}/v1/models"])
def test_a_listed_site_may_call_after_asking_without_a_key(public: httpx.Client, path: str) -> None:
    response = public.options(path, headers={"origin": PAGE, "host": "news.example", **ASKING})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == PAGE
    assert "authorization" in response.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in response.headers
    for headers, status in ((BEARER, 200), ({}, 401)):  # a page can read why it was refused
        answer = public.get("/v1/models", headers={"origin": PAGE, "host": "news.example", **headers})
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == PAGE


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{PAGE}.evil.example", "http://desk.example"])
def test_no_other_site_may(public: httpx.Client, local: httpx.Client, origin: str) -> None:
    asked = public.options("/v1/models", headers={"origin": origin, "host": "news.example", **ASKING})
    assert asked.status_code == 400
    assert "access-control-allow-origin" not in asked.headers
    for path in ("/v1/models", "/config"):
        answer = public.get(path, headers={"origin": origin, "host": "news.example", **BEARER})
        assert not [name for name in answer.headers if name.startswith("access-control-allow")], path
        assert local.get(path, headers={"origin": origin}).status_code == 403
        assert local.options(path, headers={"origin": origin, **ASKING}).status_code == 403


# What it says of itself


def test_health_and_readiness_need_no_key_and_tell_nothing(public: httpx.Client) -> None:
    for headers in ({}, {"host": "10.1.2.3:7860", "x-forwarded-for": "192.0.2.7"}):
        assert public.get("/health", headers=headers).json() == {"status": "ok"}
        assert public.get("/ready", headers=headers).json() == {"status": "ready"}
        assert public.get(f"{ROOT}/ready", headers=headers).status_code == 200
    assert public.head("/health").status_code == 200
    assert public.post("/health").status_code == 405
    assert public.get("/health/../v1/models").status_code == 401


def test_not_ready_is_503_with_the_reason(tmp_path: Path, assistant: Assistant) -> None:
    assert assistant.collection.not_ready() is None
    with Collection(tmp_path / "news") as empty:
        assert empty.not_ready() == "the collection holds no article"
        fill_sample(empty)
        assert empty.not_ready() is None
        empty.catalogue.forget_derived("words")
        assert empty.not_ready() == "the index of words is not published yet"
        with running(assistant, (KEY,), not_ready=empty.not_ready) as port:
            response = httpx.get(f"http://127.0.0.1:{port}/ready")
    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "reason": "the index of words is not published yet"}
    assert str(tmp_path) not in response.text
    (tmp_path / "news" / "catalogue.sqlite3").write_bytes(b"no catalogue any more" * 100)
    assert empty.not_ready() == "the collection cannot be read"
    empty.close()


# Settings


@pytest.mark.parametrize("path", ["byline", "/a//b", "/a/../b", "/a b", "/a?b", "http://news.example/byline", "/ü"])
def test_a_root_path_is_a_path(path: str) -> None:
    with pytest.raises(SettingsError, match="write it as /byline"):
        load_settings({"root_path": path}, {})


def test_what_operators_set_is_read_and_checked() -> None:
    environment = {"BYLINE_ROOT_PATH": "/byline/", "BYLINE_HOSTS": "a.example, *.b.example", "BYLINE_ORIGINS": PAGE}
    settings: Settings = load_settings({}, environment)
    assert (settings.root_path, settings.hosts, settings.origins) == ("/byline", "a.example, *.b.example", PAGE)
    for wrong in ("https://a.example", "a.example:80", "a b.example", "a.example/x"):
        with pytest.raises(SettingsError, match="hosts has"):
            load_settings({}, {"BYLINE_HOSTS": wrong})
    for wrong in ("desk.example", "ftp://desk.example", "https://desk.example/", "null"):
        with pytest.raises(SettingsError, match="origins has"):
            load_settings({}, {"BYLINE_ORIGINS": wrong})


@pytest.mark.slow
def test_the_command_has_a_folder_of_its_own_and_ends_by_sigterm(tmp_path: Path, home: Path) -> None:
    command = [sys.executable, "-m", "ui.cli", "serve", "--home", str(home), "--port", "0"]
    root = Path(__file__).parent.parent
    (tmp_path / "temporary").mkdir()
    environment = {"TMPDIR": str(tmp_path / "temporary"), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        address = process.stdout.readline().split()[3]
        assert httpx.get(f"{address}/ready", timeout=20).status_code == 200
        own = [path for path in (tmp_path / "temporary").iterdir() if path.name.startswith("byline-")]
        assert [stat.S_IMODE(path.stat().st_mode) for path in own] == [0o700]
        assert not (tmp_path / "temporary" / "gradio").exists()
        process.terminate()
        assert process.wait(30) == 0
    assert not own[0].exists()
