"""A stand-in, on loopback, for a server that speaks the OpenAI chat protocol; it replays a queue of replies."""

import json
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


@dataclass(frozen=True)
class Reply:
    """What one request gets: a stream of pieces, or with `body` those bytes as they are."""

    pieces: Sequence[str] = ()
    delay: float = 0.0  # seconds before each piece
    finish: str | None = "stop"
    usage: tuple[int, int] | None = None  # tokens of the prompt and of the reply
    breaks: bool = False  # the connection is cut before the stream's end
    status: int = 200
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    calls: Sequence[dict[str, Any]] = ()  # of tools, sent after the pieces


@dataclass(frozen=True)
class Request:
    """A request as it came; `body` is its JSON, {} without one."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]


_NO_PAGE = Reply(status=404)


class OpenAIServer:
    """A context manager. `requests` fills as they come; `left` is set when a client hangs up on a stream.

    `models` are what `/v1/models` lists, `pages` what other addresses answer to GET; a Reply is an error.
    """

    protocol: "type[Handler]"

    def __init__(self, *replies: Reply, models: Any = ("small-model",), pages: Mapping[str, Any] | None = None) -> None:
        self.replies = list(replies)
        self.models = models
        self.pages = pages or {}
        self.requests: list[Request] = []
        self.left = threading.Event()
        self.pieces_sent = 0
        self._http = _HTTPServer(("127.0.0.1", 0), self.protocol)
        self._http.script = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def spec(self, model: str = "small-model") -> str:
        return f"openai-like:{self.url}#{model}"

    def reply_to(self, body: dict[str, Any]) -> Reply:
        return self.replies.pop(0)

    def chats(self) -> list[dict[str, Any]]:
        return [request.body for request in self.requests if request.path == "/v1/chat/completions"]

    def __enter__(self) -> "OpenAIServer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _HTTPServer(ThreadingHTTPServer):
    script: OpenAIServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _HTTPServer

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing, so that pytest's output stays clean."""

    def do_GET(self) -> None:
        self._note()
        page = self._models() if self.path == "/v1/models" else self.server.script.pages.get(self.path, _NO_PAGE)
        if isinstance(page, Reply):
            self._send(page.status, page.body or b"{}", page.headers)
        else:
            self._send(200, json.dumps(page).encode(), {})

    def _models(self) -> Any:
        models = self.server.script.models
        if isinstance(models, Reply):
            return models
        return {"object": "list", "data": [model if isinstance(model, dict) else {"id": model} for model in models]}

    def do_POST(self) -> None:
        self._note()
        reply = self.server.script.reply_to(self.server.script.requests[-1].body)
        try:
            if reply.body is not None:
                self._send(reply.status, reply.body, reply.headers)
            else:
                self._stream(reply)
        except OSError:
            self.server.script.left.set()
        self.close_connection = True

    def _note(self) -> None:
        size = int(self.headers.get("content-length") or 0)
        body = json.loads(self.rfile.read(size)) if size else {}
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.script.requests.append(Request(self.command, self.path, headers, body))

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        head = {"Content-Type": "application/json", "Connection": "close", "Content-Length": str(len(body))}
        for name, value in {**head, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, reply: Reply) -> None:
        self.send_response(200)
        head = {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked", "Connection": "close"}
        for name, value in head.items():
            self.send_header(name, value)
        self.end_headers()
        self._chunk(self.opening(reply))
        for piece in reply.pieces:
            time.sleep(reply.delay)
            self._chunk(self.event(piece))
            self.server.script.pieces_sent += 1
        if reply.calls:
            self._chunk(_event("", None, reply.calls))
        if reply.breaks:
            return
        self._chunk(self.ending(reply))
        self.wfile.write(b"0\r\n\r\n")

    # The protocol's own: what stands before the pieces, one of them, and what stands after

    def opening(self, reply: Reply) -> bytes:
        return b""

    def event(self, piece: str) -> bytes:
        return _event(piece, None)

    def ending(self, reply: Reply) -> bytes:
        end = _event("", reply.finish) if reply.finish else b""
        return end + (_usage(*reply.usage) if reply.usage else b"") + b"data: [DONE]\n\n"

    def _chunk(self, data: bytes) -> None:
        if data:  # an empty chunk would be the last
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")


OpenAIServer.protocol = Handler


def _event(piece: str, finish: str | None, calls: Sequence[dict[str, Any]] = ()) -> bytes:
    delta = {"role": "assistant", "content": piece, **({"tool_calls": list(calls)} if calls else {})}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


def _usage(prompt: int, reply: int) -> bytes:
    used = {"prompt_tokens": prompt, "completion_tokens": reply, "total_tokens": prompt + reply}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [], "usage": used}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"
