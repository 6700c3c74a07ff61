"""A stand-in, on loopback, for a text-embeddings-inference server with a reranker; it fails in ways that it is told."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


@dataclass(frozen=True)
class Failure:
    """What every request gets instead of scores. `hangs` keeps it waiting until the server is closed."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False
    breaks: bool = False  # the connection is closed without an answer


def shared_words(query: str, text: str) -> float:
    """How many words of the query stand in the text."""
    return float(len(set(query.lower().split()) & set(text.lower().replace(".", " ").split())))


class RerankServer:
    """A context manager. It scores by `score`, sorted as the real one sorts, and takes `most` texts at a time."""

    def __init__(
        self, failure: Failure | None = None, score: Callable[[str, str], float] = shared_words, most: int = 32
    ) -> None:
        self.failure, self.score, self.most = failure, score, most
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.closing = threading.Event()
        self._http = _HTTPServer(("127.0.0.1", 0), _Handler)
        self._http.script = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> "RerankServer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _HTTPServer(ThreadingHTTPServer):
    script: RerankServer
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    server: _HTTPServer

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing, so that pytest's output stays clean."""

    def do_POST(self) -> None:
        script = self.server.script
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        script.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        failure = script.failure
        if failure is None:
            self._answer(body)
        elif failure.hangs:
            script.closing.wait(30)
        elif not failure.breaks:
            self._send(failure.status, failure.body, failure.headers)

    def _answer(self, body: dict[str, Any]) -> None:
        texts = body["texts"]
        if len(texts) > self.server.script.most:
            words = {"error": f"batch size {len(texts)} > maximum allowed batch size", "error_type": "Validation"}
            self._send(422, json.dumps(words).encode(), {})
            return
        score = self.server.script.score
        ranked = [{"index": at, "score": score(body["query"], text)} for at, text in enumerate(texts)]
        ranked.sort(key=lambda one: -one["score"])
        self._send(200, json.dumps(ranked).encode(), {})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
