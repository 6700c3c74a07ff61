"""A model's reply in pieces: cut off within a moment, tried again where the server was busy, counted."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.answer import Usage
from assistant.models.errors import broken_off, is_passing, model_error, no_reply, retry_after, too_slow
from assistant.models.http import Connections, Limits
from assistant.models.messages import Message
from index.text.decoding import whole_characters

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage, ChatResponse
if TYPE_CHECKING:
    from llama_index.core.llms import ChatResponse

WAITING_SECONDS = 0.25  # between two empty pieces while the model makes none: when a caller can stop
BACKOFF_SECONDS = 0.5  # before the second try; twice that before the third
LONGEST_BACKOFF = 20.0
_LEAVING_SECONDS = 1.0  # that a call which was cut off gets to end
_CUT = ("length", "max_tokens")


@dataclass(frozen=True, slots=True)
class Ending:
    """`ended` where this response is the last that the model makes, `cut` where it stopped for want of room.

    `usage` is what the server counted, as far as it tells; without dollars.
    """

    ended: bool
    cut: bool = False
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a model's text, empty while there is none to show.

    `cut` where the model stopped there for want of room; `usage` where the server has told it, so far.
    """

    text: str
    cut: bool = False
    usage: Usage | None = None


def stream_chat(
    llm: LLM, messages: Sequence[Message], name: str, limits: Limits | None = None
) -> Generator[Piece, None, None]:
    """The model's reply in pieces. Closing the iterator ends the call, and with it the model's work.

    Raises ModelError, naming the model by `name`, where the model or its server fails or takes longer than the limits
    allow, also in mid-answer. A server that was busy is tried again as long as it has said nothing.
    """
    from llama_index.core.llms import ChatMessage

    chat = [ChatMessage(role=message.role, content=message.content) for message in messages]
    limits = limits or Limits()
    until = time.monotonic() + limits.answer_seconds
    for tried in range(limits.retries + 1):
        begun = False
        try:
            with closing(_reply(llm, chat, name, limits, until)) as pieces:
                for piece in pieces:
                    begun = begun or bool(piece.text)
                    yield piece
            return
        except Exception as error:
            if begun or tried == limits.retries or not is_passing(error):
                raise model_error(error, name) from error
            asked = retry_after(error)
        wait = BACKOFF_SECONDS * 2**tried if asked is None else asked
        yield from _waiting(min(wait, LONGEST_BACKOFF))


def _reply(
    llm: LLM, chat: Sequence[ChatMessage], name: str, limits: Limits, until: float
) -> Generator[Piece, None, None]:
    """The reply to one call. Raises what the call raised, ModelError where it ended before its time or is not at its
    end by `until`, and TimeoutError where a piece takes too long: a server may send bytes for ever that make none."""
    call = _Call(llm, chat)
    began = ended = False
    last = time.monotonic()
    try:
        while True:
            now = time.monotonic()
            if now >= until:
                raise too_slow(name, limits.answer_seconds)
            if now >= last + limits.seconds:
                raise TimeoutError
            try:
                response = call.next(min(WAITING_SECONDS, until - now, last + limits.seconds - now))
            except queue.Empty:
                yield Piece("")
                continue
            if response is None:
                break
            last = time.monotonic()
            ending = ending_of(response)
            began, ended = True, ended or ending.ended
            yield Piece(whole_characters(response.delta or ""), ending.cut, ending.usage)
    finally:
        call.stop()
    if not began:
        raise no_reply(name)
    if not ended:
        raise broken_off(name)


class _Call:
    """One call of a model, in a thread of its own: a caller must be able to leave while it waits for the network."""

    def __init__(self, llm: LLM, chat: Sequence[ChatMessage]) -> None:
        self._llm = llm
        self._chat = chat
        self._come: queue.SimpleQueue[ChatResponse | Exception | None] = queue.SimpleQueue()
        self._connections = Connections()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="language model", daemon=True)
        self._thread.start()

    def next(self, seconds: float) -> ChatResponse | None:
        """The next response, None after the last. Raises queue.Empty after `seconds` without, or the call's error."""
        come = self._come.get(timeout=seconds)
        if isinstance(come, Exception):
            raise come
        return come

    def stop(self) -> None:
        self._stopped = True
        self._connections.cut()
        self._thread.join(_LEAVING_SECONDS)

    def _run(self) -> None:
        try:
            with self._connections.noted():
                for response in self._llm.stream_chat(self._chat):
                    if self._stopped:
                        break
                    self._come.put(response)
            self._come.put(None)
        except Exception as error:  # noqa: BLE001 raised again by `next`, in the thread that asks
            self._come.put(error)


def _waiting(seconds: float) -> Generator[Piece, None, None]:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, WAITING_SECONDS))
        yield Piece("")


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
