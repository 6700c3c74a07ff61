"""A stand-in, on loopback, for an Ollama server: its chat protocol, one JSON object a line, replayed from a queue.

The protocol: https://github.com/ollama/ollama/blob/main/docs/api.md
"""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.loopback_server import Handler, ScriptedServer


@dataclass(frozen=True)
class Reply:
    """What one chat gets: a line for each piece, or with a `status` other than 200 an error."""

    pieces: Sequence[str] = ()
    delay: float = 0.0  # seconds before each piece
    done: str | None = "stop"  # why the model stopped; None: the stream ends without a last line
    usage: tuple[int, int] = (26, 12)  # tokens of the prompt and of the reply
    error: str = ""  # in mid-answer, after the pieces
    status: int = 200


class _Chat(Handler):
    def post(self) -> None:
        body = self.noted().body
        if self.path != "/api/chat" or body.get("stream") is not True:
            self._refuse(404, "404 page not found")
            return
        reply = self.script.replies.pop(0)
        if reply.status != 200:
            self._refuse(reply.status, reply.error or f"model '{body['model']}' not found")
            return
        with self.until_left():
            self.stream("application/x-ndjson", self._lines(body["model"], reply))

    def _refuse(self, status: int, error: str) -> None:
        self.send(status, json.dumps({"error": error}).encode(), {})

    def _lines(self, model: str, reply: Reply) -> Iterator[bytes]:
        for piece in reply.pieces:
            time.sleep(reply.delay)
            yield _message(model, piece, {"done": False})
            self.script.pieces_sent += 1
        if reply.error:
            yield _line({"error": reply.error})
        elif reply.done:
            prompt, said = reply.usage
            used = {"prompt_eval_count": prompt, "eval_count": said, "total_duration": 5043500667}
            yield _message(model, "", {"done": True, "done_reason": reply.done, **used})


class OllamaServer(ScriptedServer):
    handler = _Chat

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        super().__init__()

    def spec(self, model: str = "tiny:1b") -> str:
        return f"ollama:{model}@{self.url}"


def _message(model: str, content: str, more: dict[str, Any]) -> bytes:
    message = {"role": "assistant", "content": content}
    return _line({"model": model, "created_at": "2026-01-01T00:00:00.0Z", "message": message, **more})


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told).encode() + b"\n"
