"""OpenAI's chat completions: the request as it is read, and the bodies that answer it."""

import difflib
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer
from assistant.request import Request
from index.errors import SettingsError
from ui.api.cited_text import Link, annotations, cited_text, conversation
from ui.api.error_replies import ApiError
from ui.api.worker_pool import Reply

NARROWING = ("as_of", "since", "until", "outlets", "authors", "articles", "any_time", "kind")
"""The fields of a request that are Byline's own, as `Request.read` takes them."""

# Taken, as every client may send them, and without effect here.
_WITHOUT_EFFECT = frozenset(
    """audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens metadata
    modalities moderation parallel_tool_calls prediction presence_penalty prompt_cache_key prompt_cache_options
    prompt_cache_retention reasoning_effort safety_identifier seed service_tier stop store temperature tool_choice
    tools top_logprobs top_p user verbosity web_search_options""".split()
)


class Part(BaseModel):
    """A piece of a message."""

    type: str
    text: str = ""


class ChatMessage(BaseModel):
    """A message; `content` is a text or its pieces."""

    role: Literal["system", "developer", "user", "assistant"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """The whole text. Raises ApiError for a piece that is none, such as an image."""
        if isinstance(self.content, str):
            return self.content
        for part in self.content or ():
            if part.type not in ("text", "refusal"):
                raise ApiError(f"a message holds {part.type!r}; Byline reads text only", param="messages")
        return "\n".join(part.text for part in self.content or ())


def spoken(messages: Sequence[ChatMessage]) -> list[dict[str, str]]:
    """Those of the user and of the assistant, as `conversation` takes them. Raises ApiError."""
    return [{"role": one.role, "content": one.text} for one in messages if one.role in ("user", "assistant")]


class StreamOptions(BaseModel):
    include_usage: bool = False


class ChatRequest(BaseModel):
    """The body of a request; fields that are not named here end up in `model_extra`."""

    model_config = ConfigDict(extra="allow")

    messages: list[ChatMessage] = Field(min_length=1)
    model: str = "byline"
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: int | None = None
    response_format: dict[str, Any] | None = None
    as_of: str | None = None
    since: str | None = None
    until: str | None = None
    outlets: str | list[str] | None = None
    authors: str | list[str] | None = None
    articles: str | list[str] | None = None
    any_time: bool = False
    kind: str | None = None

    @property
    def with_usage(self) -> bool:
        return bool(self.stream_options and self.stream_options.include_usage)

    def request(self) -> Request:
        """What is asked. Raises ApiError and SettingsError."""
        if self.n not in (None, 1):
            raise ApiError(f"n is {self.n}; Byline gives one answer", param="n")
        if (self.response_format or {}).get("type", "text") != "text":
            raise ApiError("response_format must be text; the answer as data is in `byline`", param="response_format")
        try:
            question, history = conversation(spoken(self.messages))
        except SettingsError as error:
            raise ApiError(str(error), param="messages") from error
        return Request.read(question, history, **{name: getattr(self, name) for name in NARROWING})

    def notices(self) -> list[str]:
        """What of the request has no effect, a line each. Raises ApiError for a field of ours with a typing error."""
        unknown = sorted(set(self.model_extra or ()) - _WITHOUT_EFFECT)
        for name in unknown:
            if near := difflib.get_close_matches(name.lower(), NARROWING, 1, 0.75):
                raise ApiError(f"{name}: no such field; did you mean {near[0]}?", param=name)
        lines = [f"Fields that have no effect here: {', '.join(unknown)}"] if unknown else []
        if any(message.role in ("system", "developer") for message in self.messages):
            lines.append("System messages have no effect: Byline answers from the articles alone")
        return lines


@dataclass(frozen=True, slots=True)
class Completion:
    """The bodies that answer one request: `whole`, or one `chunk` after another and `last_chunks`."""

    model: str
    link: Link
    with_usage: bool = False
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, reply: Reply) -> dict[str, Any]:
        text = cited_text(reply.answer, self.link)
        cited = annotations(text, self.link)
        message = {"role": "assistant", "content": text.text, "refusal": None, "annotations": cited}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return {**self._head("chat.completion", [choice]), "usage": usage(reply.answer), "byline": reply.to_json()}

    def chunk(self, finish: str | None = None, **delta: Any) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return self._head("chat.completion.chunk", [choice])

    def last_chunks(self, reply: Reply) -> Iterator[dict[str, Any]]:
        """The text, its annotations, the whole answer as data, and the usage where it is wanted."""
        text = cited_text(reply.answer, self.link)
        yield from (self.chunk(content=piece) for piece in text.pieces if piece)
        if text.marks:
            yield self.chunk(annotations=annotations(text, self.link))
        yield {**self.chunk("stop"), "byline": reply.to_json()}
        if self.with_usage:
            yield {**self._head("chat.completion.chunk", []), "usage": usage(reply.answer)}

    def _head(self, kind: str, choices: Sequence[dict[str, Any]]) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": self.model, "choices": list(choices)}


def usage(answer: Answer) -> dict[str, int]:
    """The tokens that a language model used; none where none was asked."""
    prompt, reply = (answer.usage.prompt_tokens, answer.usage.reply_tokens) if answer.usage else (0, 0)
    return {"prompt_tokens": prompt, "completion_tokens": reply, "total_tokens": prompt + reply}
