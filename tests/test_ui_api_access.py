"""Who is let in: by key, or from this machine alone."""

import base64
import logging
from typing import Any

import pytest

from index.errors import SettingsError
from tests import event_loop
from tests.api_server import KEY
from ui.api.access import Guard, Reach, keys_from
from ui.cli import main

OTHER_KEY = "another-key-of-the-tests"


def reached(
    headers: dict[str, str] | None = None,
    keys: tuple[str, ...] = (),
    peer: str | None = "127.0.0.1",
    path: str = "/v1/models",
    kind: str = "http",
) -> tuple[int, dict[bytes, bytes], bytes]:
    """The status, headers and body that a request gets; 200 where it reached the application, 1008 a closed socket."""
    sent: list[dict[str, Any]] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"reached"})

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    raw = [(n.lower().encode(), v.encode()) for n, v in {"host": "127.0.0.1:7860", **(headers or {})}.items()]
    client = (peer, 50000) if peer else None
    scope = {"type": kind, "method": "GET", "path": path, "headers": raw, "client": client, "query_string": b""}
    event_loop.run(Guard(application, Reach(keys))(scope, receive, send))
    if sent[0]["type"] == "websocket.close":
        return sent[0]["code"], {}, b""
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def login(key: str) -> dict[str, str]:
    return {"authorization": f"Basic {base64.b64encode(f'anyone:{key}'.encode()).decode()}"}


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_without_keys_this_machine_is_let_in(peer: str) -> None:
    assert reached(peer=peer)[0] == 200


@pytest.mark.parametrize(
    "peer",
    ["192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", "2001:db8::1", "0.0.0.0", "::", "fe80::1%eth0", "", "unix", None],
)
def test_without_keys_no_other_machine_is_let_in(peer: str | None) -> None:
    status, _, body = reached(peer=peer)
    assert status == 403
    assert b"BYLINE_API_KEYS" in body


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:7860", "127.0.0.1", "[::1]:7860", "LOCALHOST:1", "a.localhost"]
)
def test_this_machine_has_several_names(host: str) -> None:
    assert reached({"host": host})[0] == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example:7860", "localhost.evil.example", "192.0.2.7", "", "[::1", "2130706433"],
)
def test_a_name_that_leads_here_from_elsewhere_is_refused(host: str) -> None:
    assert reached({"host": host})[0] == 403


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:7860", 200),
        ("http://127.0.0.1:9999", 403),
        ("https://evil.example", 403),
        ("null", 403),
        ("", 403),
        ("http://127.0.0.1:7860.evil.example", 403),
    ],
)
def test_a_page_of_another_site_may_not_ask(origin: str, status: int) -> None:
    assert reached({"origin": origin})[0] == status
    assert reached({"origin": origin, **login(KEY)}, (KEY,))[0] == status
    assert reached({"origin": origin, **bearer(KEY)}, (KEY,))[0] == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Host"])
def test_without_keys_what_comes_through_a_proxy_is_refused(header: str) -> None:
    assert reached({header: "127.0.0.1"})[0] == 403
    assert reached({header: "127.0.0.1", **bearer(KEY)}, (KEY,))[0] == 200


@pytest.mark.parametrize("peer", ["127.0.0.1", "192.0.2.7"])
def test_with_keys_each_of_them_lets_in_from_anywhere(peer: str) -> None:
    for headers in (bearer(KEY), bearer(OTHER_KEY), login(KEY), login(OTHER_KEY)):
        assert reached({"host": "news.example", **headers}, (KEY, OTHER_KEY), peer)[0] == 200


@pytest.mark.parametrize(
    "authorization",
    [
        *("", "Bearer", "Bearer ", f"Bearer {KEY[:-1]}", f"Bearer {KEY}x", f"Bearer {KEY},{OTHER_KEY}"),
        *(KEY, f"Token {KEY}", "Bearer schlüssel-ü"),
        *("Basic", "Basic %%%", f"Basic {KEY}", "Basic bm9jb2xvbg==", login("b")["authorization"]),
    ],
)
@pytest.mark.parametrize("peer", ["127.0.0.1", "192.0.2.7"])
def test_with_keys_nothing_else_lets_in(authorization: str, peer: str) -> None:
    assert reached({"authorization": authorization}, (KEY, OTHER_KEY), peer)[0] == 401


def test_a_browser_is_asked_for_a_login_and_a_program_for_a_key() -> None:
    assert reached(keys=(KEY,), path="/")[1][b"www-authenticate"].startswith(b"Basic ")
    for path in ("/v1/chat/completions", "/mcp"):
        assert reached(keys=(KEY,), path=path)[1][b"www-authenticate"] == b"Bearer"


@pytest.mark.parametrize(("length", "status"), [(str(1 << 20), 200), (str((1 << 20) + 1), 413), ("9" * 5000, 413)])
def test_a_large_request_is_refused_before_it_is_read(length: str, status: int) -> None:
    assert reached({"content-length": length})[0] == status
    assert reached({"content-length": length}, peer="192.0.2.7")[0] == 403


def test_web_sockets_are_guarded_too() -> None:
    assert reached(peer="192.0.2.7", kind="websocket")[0] == 1008
    assert reached(keys=(KEY,), kind="websocket")[0] == 1008


def test_no_refusal_or_log_tells_a_key(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for headers in ({}, bearer(f"{OTHER_KEY}!"), login("wrong-key-of-mine")):
        status, fields, body = reached(headers, (KEY, OTHER_KEY))
        told = repr((status, fields, body)) + caplog.text
        assert not [key for key in (KEY, OTHER_KEY, "wrong-key-of-mine") if key in told]


def test_keys_stand_in_one_variable() -> None:
    assert keys_from({}) == keys_from({"BYLINE_API_KEYS": ""}) == ()
    assert keys_from({"BYLINE_API_KEYS": f" {KEY} ,{OTHER_KEY},"}) == (KEY, OTHER_KEY)


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (",", "holds no key"),
        (" ", "holds no key"),
        ("hunter2", "key 1 is shorter than 12"),
        (f"{KEY},tiny", "key 2 is shorter than 12"),
        ("twelve chars and more", "key 1 has a space"),
        ("schlüssel-der-länge", "key 1 has a space, a colon or a special character"),
        ("user:password-of-mine", "key 1 has a space, a colon"),
    ],
)
def test_keys_that_cannot_be_used_are_told_but_not_shown(value: str, line: str) -> None:
    with pytest.raises(SettingsError, match=line) as error:
        keys_from({"BYLINE_API_KEYS": value})
    assert not [key for key in value.split(",") if key.strip() and key in str(error.value)]


def test_other_addresses_than_this_machines_need_keys() -> None:
    for address in ("127.0.0.1", "::1"):
        Reach().check(address)
    for address in ("0.0.0.0", "::", "192.0.2.2", "fd00::2"):
        Reach((KEY,)).check(address)
        with pytest.raises(SettingsError, match="BYLINE_API_KEYS"):
            Reach().check(address)


@pytest.mark.parametrize("command", ["serve", "chat"])
def test_a_server_that_others_could_reach_does_not_start_without_keys(
    command: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main([command, "--host", "0.0.0.0", "--port", "0"]) == 2
    told = capfd.readouterr().err
    assert told.startswith(
        "byline: --host 0.0.0.0 can be reached from other machines and no key is set; set BYLINE_API_KEYS"
    )
    assert len(told.splitlines()) == 1
    monkeypatch.setenv("BYLINE_API_KEYS", "hunter2")
    assert main([command, "--host", "0.0.0.0", "--port", "0"]) == 2
    assert "hunter2" not in capfd.readouterr().err
