"""Anthropic's models, by its own protocol and its own client.

LlamaIndex's class for them fails with the client's second version, and brings the clients of two other clouds along.
"""

from collections.abc import Sequence
from typing import Any

import anthropic
import httpx2
from llama_index.core.base.llms.generic_utils import (
    chat_to_completion_decorator,
    stream_chat_to_completion_decorator,
)
from llama_index.core.llms import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    CustomLLM,
    LLMMetadata,
)
from pydantic import PrivateAttr

from assistant.models import Limits, ModelSpec, OpenModel
from assistant.models.http import client_options

CONTEXT_WINDOW = 200_000  # tokens, the least that any of them has
LONGEST_REPLY = 2048  # tokens


class AnthropicLLM(CustomLLM):
    """A model that is asked for text, as a stream; the newest take no temperature, so none is sent.

    The last response's message has `stop_reason` and `usage` among its `additional_kwargs`.
    """

    model: str
    context_window: int
    _client: anthropic.Anthropic = PrivateAttr()

    def __init__(self, model: str, context_window: int, client: anthropic.Anthropic) -> None:
        fields: dict[str, Any] = {"model": model, "context_window": context_window}
        super().__init__(**fields)
        self._client = client

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(
            context_window=self.context_window,
            num_output=LONGEST_REPLY,
            is_chat_model=True,
            model_name=self.model,
        )

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        system = "\n\n".join(message.content or "" for message in messages if message.role == "system")
        chat: Any = [{"role": m.role.value, "content": m.content or ""} for m in messages if m.role != "system"]
        text = ""
        told: dict[str, Any] = {"stop_reason": None, "usage": {}}
        with self._client.messages.create(
            model=self.model, max_tokens=LONGEST_REPLY, system=system or anthropic.omit, messages=chat, stream=True
        ) as events:
            for event in events:
                delta = _take(event, told)
                text += delta
                message = ChatMessage(role="assistant", content=text, additional_kwargs=dict(told))
                yield ChatResponse(message=message, delta=delta, raw=event)

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        *_, last = self.stream_chat(messages)
        return last

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        return chat_to_completion_decorator(self.chat)(prompt)

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        return stream_chat_to_completion_decorator(self.stream_chat)(prompt)


def open_spec(spec: ModelSpec, key: str, limits: Limits) -> OpenModel:
    """The model of a spec. Nothing is asked of the server yet."""
    options = client_options(httpx2, spec.url, limits)
    client = anthropic.Anthropic(
        api_key=key,
        base_url=spec.url,
        timeout=options["timeout"],
        max_retries=0,  # `streaming` tries again
        http_client=httpx2.Client(**options),
        open_telemetry=False,
    )
    return OpenModel.of(AnthropicLLM(spec.name, limits.window or CONTEXT_WINDOW, client), spec.text, limits)


def _take(event: Any, told: dict[str, Any]) -> str:
    """The text in an event; what it tells of the reply's end and of the tokens is noted."""
    match event.type:
        case "message_start":
            told["usage"] = {"input_tokens": event.message.usage.input_tokens}
        case "message_delta":
            told["stop_reason"] = event.delta.stop_reason
            told["usage"] = {**told["usage"], "output_tokens": event.usage.output_tokens}
        case "content_block_delta" if event.delta.type == "text_delta":
            return str(event.delta.text)
    return ""
