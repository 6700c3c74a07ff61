"""What a response of LlamaIndex tells beside its text: whether the model is done, why, and what it used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.answer import Usage

if TYPE_CHECKING:
    from llama_index.core.llms import ChatResponse

_CUT = ("length", "max_tokens")


@dataclass(frozen=True, slots=True)
class Ending:
    """`ended` where this response is the last that the model makes, `cut` where it stopped for want of room.

    `usage` is what the server counted, as far as it tells; without dollars.
    """

    ended: bool
    cut: bool = False
    usage: Usage | None = None


def ending_of(response: ChatResponse) -> Ending:
    """The ending by the form of the family's own reply. A model that tells nothing may end at any response."""
    raw: Any = response.raw
    extra = response.message.additional_kwargs
    if hasattr(raw, "choices"):  # OpenAI's protocol
        reason = (getattr(raw.choices[0], "finish_reason", None) or "") if raw.choices else ""
        return Ending(bool(reason), reason in _CUT, _usage(getattr(raw, "usage", None)))
    if "stop_reason" in extra:  # Anthropic's
        reason = extra["stop_reason"] or ""
        return Ending(bool(reason), reason in _CUT, _usage(extra.get("usage")))
    if isinstance(raw, dict) and "done" in raw:  # Ollama's
        return Ending(bool(raw["done"]), raw.get("done_reason") in _CUT, _usage(raw.get("usage")))
    return Ending(ended=True)


def _usage(told: Any) -> Usage | None:
    """Tokens under either of the two pairs of names that are common."""
    numbers = told if isinstance(told, dict) else getattr(told, "__dict__", {})
    prompt = numbers.get("prompt_tokens", numbers.get("input_tokens"))
    reply = numbers.get("completion_tokens", numbers.get("output_tokens"))
    return Usage(prompt, reply) if isinstance(prompt, int) and isinstance(reply, int) else None
