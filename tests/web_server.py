"""A real web server on loopback that says what a test tells it to, and keeps what it was asked."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from index.web import Validators


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


@dataclass
class WebServer:
    """`routes`: a path to a Reply, to Replies for one request after the other (the last for all further), or to a
    function. What is not there is a 404, robots.txt too."""

    address: str
    routes: dict[str, Answer] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)

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


@contextmanager
def web_server(host: str = "127.0.0.1", certificate: Path | None = None) -> Iterator[WebServer]:
    """A server on an address of this machine; with a certificate (and its key, in one file) it speaks TLS."""
    server = _Server((host, 0), _Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.site = WebServer(f"{'https' if certificate else 'http'}://{host}:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.site
    finally:
        server.stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    site: WebServer

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.stop = threading.Event()

    def handle_error(self, *_: object) -> None:
        pass  # a client that left in the handshake


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        reply = self.server.site.answer(Request(self.path, self.headers, time.monotonic()))
        self.close_connection = True
        try:
            if not reply.raw:
                self._write_head(reply)
            self._write_body(reply)
        except OSError:
            pass  # the client has had enough

    def _write_head(self, reply: Reply) -> None:
        self.send_response(reply.status)
        if reply.kind:
            self.send_header("Content-Type", reply.kind)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.length != -1:
            self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
        self.end_headers()

    def _write_body(self, reply: Reply) -> None:
        for _ in range(0 if reply.drip else reply.times):
            self.wfile.write(reply.body)
        for place in range(len(reply.body) if reply.drip else 0):
            self.wfile.write(reply.body[place : place + 1])
            if self.server.stop.wait(reply.drip):
                return

    def log_message(self, *_: object) -> None:
        pass


class Memo(dict[str, Validators]):
    """What is remembered of pages, in a dict."""

    def put(self, url: str, validators: Validators) -> None:
        self[url] = validators


def closed_port() -> int:
    """A port of this machine where nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
