"""What the stand-in servers share: HTTP on this machine, in a thread of its own, with what was asked kept."""

import json
import ssl
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Request:
    """A request as it came, the names of its headers in small letters; `body` is its JSON, {} without one."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any] = field(default_factory=dict)


class LoopbackServer:
    """A context manager. `left` is set when a client hangs up on a reply, `closing` when the server ends.

    With a certificate, and its key in the same file, it speaks TLS.
    """

    handler: "type[Handler]"

    def __init__(self, host: str = "127.0.0.1", certificate: Path | None = None) -> None:
        self.left = threading.Event()
        self.closing = threading.Event()
        self._http = _HTTPServer((host, 0), self.handler)
        self._http.script = self
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._http.socket = context.wrap_socket(self._http.socket, server_side=True, do_handshake_on_connect=False)
        self.address = f"{'https' if certificate else 'http'}://{host}:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class ScriptedServer(LoopbackServer):
    """One whose `requests` fill as they come; `pieces_sent` counts the pieces of the replies that it streams."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.pieces_sent = 0
        super().__init__()

    @property
    def url(self) -> str:
        return self.address


class _HTTPServer(ThreadingHTTPServer):
    script: LoopbackServer

    def handle_error(self, *request: Any) -> None:
        """Tell it, but not of a client that left in the handshake."""
        if not isinstance(self.socket, ssl.SSLSocket):
            super().handle_error(*request)


class Handler(BaseHTTPRequestHandler):
    """Answers one request after the script of the server that it belongs to."""

    protocol_version = "HTTP/1.1"
    server: _HTTPServer

    @property
    def script(self) -> Any:
        return self.server.script

    def get(self) -> None:
        self.send_error(405)

    def post(self) -> None:
        self.send_error(405)

    def do_GET(self) -> None:
        self.get()

    def do_POST(self) -> None:
        self.post()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing, so that pytest's output stays clean."""

    def noted(self) -> Request:
        size = int(self.headers.get("content-length") or 0)
        body = json.loads(self.rfile.read(size)) if size else {}
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, body)
        self.script.requests.append(request)
        return request

    def send_head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        """A whole reply, of JSON unless the headers say otherwise."""
        head = {"Content-Type": "application/json", "Connection": "close", "Content-Length": str(len(body))}
        self.send_head(status, {**head, **headers})
        self.wfile.write(body)

    def stream(self, kind: str, chunks: Iterable[bytes], *, breaks: bool = False) -> None:
        """A reply in chunks as they come, which has no end where it breaks."""
        self.send_head(200, {"Content-Type": kind, "Transfer-Encoding": "chunked", "Connection": "close"})
        for chunk in filter(None, chunks):  # an empty chunk would be the last
            self.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
        if not breaks:
            self.wfile.write(b"0\r\n\r\n")

    @contextmanager
    def until_left(self) -> Iterator[None]:
        """Within this a client may hang up; after it the connection ends."""
        try:
            yield
        except OSError:
            self.script.left.set()
        self.close_connection = True
