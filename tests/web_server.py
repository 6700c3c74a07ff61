"""A real web server on loopback that says what a test tells it to, and keeps what it was asked."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `length`: the Content-Length to claim; `drip`: seconds between two bytes."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    length: int | None = None
    drip: float = 0.0


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
def web_server() -> Iterator[WebServer]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            reply = site.answer(Request(self.path, self.headers, time.monotonic()))
            self.close_connection = True
            try:
                self.send_response(reply.status)
                if reply.kind:
                    self.send_header("Content-Type", reply.kind)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
                self.end_headers()
                self._write(reply)
            except OSError:
                pass  # the client has had enough

        def _write(self, reply: Reply) -> None:
            if not reply.drip:
                self.wfile.write(reply.body)
            for place in range(len(reply.body) if reply.drip else 0):
                self.wfile.write(reply.body[place : place + 1])
                if stop.wait(reply.drip):
                    return

        def log_message(self, *_: object) -> None:
            pass

    stop = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = WebServer(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


def closed_port() -> int:
    """A port of this machine where nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
