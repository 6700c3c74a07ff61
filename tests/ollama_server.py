"""A stand-in, on loopback, for an Ollama server: its chat protocol, one JSON object a line, replayed from a queue.

The protocol: https://github.com/ollama/ollama/blob/main/docs/api.md
"""

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


@dataclass(frozen=True)
class Reply:
    """What one chat gets: a line for each piece, or with a `status` other than 200 an error."""

    pieces: Sequence[str] = ()
    delay: float = 0.0  # seconds before each piece
    done: str | None = "stop"  # why the model stopped; None: the stream ends without a last line
    usage: tuple[int, int] = (26, 12)  # tokens of the prompt and of the reply
    error: str = ""  # in mid-answer, after the pieces
    status: int = 200


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    body: dict[str, Any] = field(default_factory=dict)


class OllamaServer:
    """A context manager. `requests` fills as they come; `left` is set when a client hangs up on a stream."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.requests: list[Request] = []
        self.left = threading.Event()
        self.pieces_sent = 0
        self._http = _HTTPServer(("127.0.0.1", 0), _Handler)
        self._http.script = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def spec(self, model: str = "tiny:1b") -> str:
        return f"ollama:{model}@{self.url}"

    def __enter__(self) -> "OllamaServer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _HTTPServer(ThreadingHTTPServer):
    script: OllamaServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _HTTPServer

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing, so that pytest's output stays clean."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length") or 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.script.requests.append(Request(self.path, headers, body))
        if self.path != "/api/chat" or body.get("stream") is not True:
            self._refuse(404, "404 page not found")
            return
        reply = self.server.script.replies.pop(0)
        if reply.status != 200:
            self._refuse(reply.status, reply.error or f"model '{body['model']}' not found")
            return
        try:
            self._stream(body["model"], reply)
        except OSError:
            self.server.script.left.set()
        self.close_connection = True

    def _refuse(self, status: int, error: str) -> None:
        data = json.dumps({"error": error}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, model: str, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in reply.pieces:
            time.sleep(reply.delay)
            self._line(model, piece, {"done": False})
            self.server.script.pieces_sent += 1
        if reply.error:
            self._chunk({"error": reply.error})
        elif reply.done:
            prompt, said = reply.usage
            used = {"prompt_eval_count": prompt, "eval_count": said, "total_duration": 5043500667}
            self._line(model, "", {"done": True, "done_reason": reply.done, **used})
        self.wfile.write(b"0\r\n\r\n")

    def _line(self, model: str, content: str, more: dict[str, Any]) -> None:
        message = {"role": "assistant", "content": content}
        self._chunk({"model": model, "created_at": "2026-01-01T00:00:00.0Z", "message": message, **more})

    def _chunk(self, line: dict[str, Any]) -> None:
        data = json.dumps(line).encode() + b"\n"
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
