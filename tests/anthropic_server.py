"""A stand-in, on loopback, for a server that speaks Anthropic's messages protocol; it replays a queue of replies."""

import json
from typing import Any

from tests.openai_server import Chat, OpenAIServer, Reply


class _Messages(Chat):
    def opening(self, reply: Reply) -> bytes:
        prompt, _ = reply.usage or (1, 1)
        message = {"id": "1", "type": "message", "role": "assistant", "content": [], "model": "m", "stop_reason": None}
        used = {"input_tokens": prompt, "output_tokens": 1}
        start = _event("message_start", message={**message, "stop_sequence": None, "usage": used})
        return start + _event("content_block_start", index=0, content_block={"type": "text", "text": ""})

    def event(self, piece: str) -> bytes:
        return _event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})

    def ending(self, reply: Reply) -> bytes:
        if not reply.finish:
            return b""
        _, said = reply.usage or (1, 1)
        delta = {"stop_reason": reply.finish, "stop_sequence": None}
        end = _event("content_block_stop", index=0)
        return end + _event("message_delta", delta=delta, usage={"output_tokens": said}) + _event("message_stop")


class AnthropicServer(OpenAIServer):
    handler = _Messages

    @property
    def url(self) -> str:
        return self.address

    def spec(self, model: str = "claude-of-tomorrow") -> str:
        return f"anthropic:{model}@{self.url}"


def error_event(kind: str, message: str) -> bytes:
    """An error in mid-answer, as bytes to put into a reply's `body`."""
    return _event("error", error={"type": kind, "message": message})


def _event(kind: str, **fields: Any) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()
