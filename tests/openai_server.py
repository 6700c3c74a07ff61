"""A stand-in, on loopback, for a server that speaks the OpenAI chat protocol; it replays a queue of replies."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.loopback_server import Handler, ScriptedServer


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
    drips: float = 0.0  # seconds between bytes that make no piece; they have no end


class Chat(Handler):
    """The protocol's own is what stands before the pieces, one of them, and what stands after."""

    def get(self) -> None:
        self.noted()
        page = self._models() if self.path == "/v1/models" else self.script.pages.get(self.path, Reply(status=404))
        if isinstance(page, Reply):
            self.send(page.status, page.body or b"{}", page.headers)
        else:
            self.send(200, json.dumps(page).encode(), {})

    def post(self) -> None:
        reply = self.script.reply_to(self.noted().body)
        with self.until_left():
            if reply.body is not None:
                self.send(reply.status, reply.body, reply.headers)
            else:
                self.stream("text/event-stream", self._chunks(reply), breaks=reply.breaks)

    def opening(self, reply: Reply) -> bytes:
        return b""

    def event(self, piece: str) -> bytes:
        return _event(piece, None)

    def ending(self, reply: Reply) -> bytes:
        end = _event("", reply.finish) if reply.finish else b""
        return end + (_usage(*reply.usage) if reply.usage else b"") + b"data: [DONE]\n\n"

    def _models(self) -> Any:
        models = self.script.models
        if isinstance(models, Reply):
            return models
        return {"object": "list", "data": [model if isinstance(model, dict) else {"id": model} for model in models]}

    def _chunks(self, reply: Reply) -> Iterator[bytes]:
        yield self.opening(reply)
        while reply.drips and not self.script.closing.is_set():
            time.sleep(reply.drips)
            yield b":\n\n"  # a comment
        for piece in reply.pieces:
            time.sleep(reply.delay)
            yield self.event(piece)
            self.script.pieces_sent += 1
        if reply.calls:
            yield _event("", None, reply.calls)
        if not reply.breaks:
            yield self.ending(reply)


class OpenAIServer(ScriptedServer):
    """`models` are what `/v1/models` lists, `pages` what other addresses answer to GET; a Reply is an error."""

    handler = Chat

    def __init__(self, *replies: Reply, models: Any = ("small-model",), pages: Mapping[str, Any] | None = None) -> None:
        self.replies = list(replies)
        self.models = models
        self.pages = pages or {}
        super().__init__()

    @property
    def url(self) -> str:
        return f"{self.address}/v1"

    def spec(self, model: str = "small-model") -> str:
        return f"openai-like:{self.url}#{model}"

    def reply_to(self, body: dict[str, Any]) -> Reply:
        return self.replies.pop(0)

    def chats(self) -> list[dict[str, Any]]:
        return [request.body for request in self.requests if request.path == "/v1/chat/completions"]


def _event(piece: str, finish: str | None, calls: Sequence[dict[str, Any]] = ()) -> bytes:
    delta = {"role": "assistant", "content": piece, **({"tool_calls": list(calls)} if calls else {})}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


def _usage(prompt: int, reply: int) -> bytes:
    used = {"prompt_tokens": prompt, "completion_tokens": reply, "total_tokens": prompt + reply}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [], "usage": used}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"
