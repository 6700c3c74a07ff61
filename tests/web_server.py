"""A real web server on loopback that says what a test tells it to, and keeps what it was asked."""

import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

from index.web import Validators
from tests.loopback_server import Handler, LoopbackServer


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `length`: the Content-Length to claim, none where it is -1; `drip`: seconds between two bytes.

    `times`: how often the body is sent. A `raw` body is the whole answer, its status line included.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    length: int | None = None
    drip: float = 0.0
    times: int = 1
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    headers: Message
    at: float


Answer = Reply | list[Reply] | Callable[[Request], Reply]


class _Page(Handler):
    def get(self) -> None:
        reply = self.script.answer(Request(self.path, self.headers, time.monotonic()))
        with self.until_left():  # the client has had enough
            if not reply.raw:
                self._write_head(reply)
            self._write_body(reply)

    def _write_head(self, reply: Reply) -> None:
        length = len(reply.body) if reply.length is None else reply.length
        kind = {"Content-Type": reply.kind} if reply.kind else {}
        size = {"Content-Length": str(length)} if length >= 0 else {}
        self.send_head(reply.status, {**kind, **reply.headers, **size})

    def _write_body(self, reply: Reply) -> None:
        for _ in range(0 if reply.drip else reply.times):
            self.wfile.write(reply.body)
        for place in range(len(reply.body) if reply.drip else 0):
            self.wfile.write(reply.body[place : place + 1])
            if self.script.closing.wait(reply.drip):
                return


class WebServer(LoopbackServer):
    """`routes`: a path to a Reply, to Replies for one request after the other (the last for all further), or to a
    function. What is not there is a 404, robots.txt too."""

    handler = _Page

    def __init__(self, host: str = "127.0.0.1", certificate: Path | None = None) -> None:
        self.routes: dict[str, Answer] = {}
        self.requests: list[Request] = []
        super().__init__(host, certificate)

    def url(self, path: str) -> str:
        return self.address + path

    def asked(self, path: str) -> int:
        """How often the path was asked for."""
        return sum(request.path == path for request in self.requests)

    def answer(self, request: Request) -> Reply:
        self.requests.append(request)
        answer = self.routes.get(request.path, Reply(b"no such page", 404))
        if isinstance(answer, list):
            return answer[min(self.asked(request.path), len(answer)) - 1]
        return answer if isinstance(answer, Reply) else answer(request)


class Memo(dict[str, Validators]):
    """What is remembered of pages, in a dict."""

    def put(self, url: str, validators: Validators) -> None:
        self[url] = validators


def closed_port() -> int:
    """A port of this machine where nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
