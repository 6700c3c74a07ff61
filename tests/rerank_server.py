"""A stand-in, on loopback, for a text-embeddings-inference server with a reranker; it fails in ways that it is told."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.loopback_server import Handler, ScriptedServer


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


class _Rerank(Handler):
    protocol_version = "HTTP/1.0"

    def post(self) -> None:
        body = self.noted().body
        failure = self.script.failure
        if failure is None:
            self._answer(body)
        elif failure.hangs:
            self.script.closing.wait(30)
        elif not failure.breaks:
            self.send(failure.status, failure.body, failure.headers)

    def _answer(self, body: dict[str, Any]) -> None:
        texts = body["texts"]
        if len(texts) > self.script.most:
            words = {"error": f"batch size {len(texts)} > maximum allowed batch size", "error_type": "Validation"}
            self.send(422, json.dumps(words).encode(), {})
            return
        ranked = [{"index": at, "score": self.script.score(body["query"], text)} for at, text in enumerate(texts)]
        ranked.sort(key=lambda one: -one["score"])
        self.send(200, json.dumps(ranked).encode(), {})


class RerankServer(ScriptedServer):
    """It scores by `score`, sorted as the real one sorts, and takes `most` texts at a time."""

    handler = _Rerank

    def __init__(
        self, failure: Failure | None = None, score: Callable[[str, str], float] = shared_words, most: int = 32
    ) -> None:
        self.failure, self.score, self.most = failure, score, most
        super().__init__()
