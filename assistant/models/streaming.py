"""A model's reply in pieces: cut off within a moment, tried again where the server was busy, counted.

What a model, its server or its package raised becomes one line that says what mends it. Each family's package has
exceptions of its own, most of them alike: they are known by the names of their classes, so that no package has to be
imported for another's sake.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from assistant.answer import Usage
from assistant.models import Limits, key_variable, open_model
from assistant.models.http import Connections
from index.errors import BylineError, ModelError
from index.text.decoding import whole_characters

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage, ChatResponse

WAITING_SECONDS = 0.25  # between two empty pieces while the model makes none: when a caller can stop
BACKOFF_SECONDS = 0.5  # before the second try; twice that before the third
LONGEST_BACKOFF = 20.0
_LEAVING_SECONDS = 1.0  # that a call which was cut off gets to end
_CUT = ("length", "max_tokens")
_CHECK_BUSY = "see whether the server is busy or its URL wrong"
_CHECK_LOG = "look at the server's log and ask again"
_CHECK_URL = "see whether the URL is that of a server for this protocol"
PASSING = (408, 425, 429, 500, 502, 503, 504, 529)  # statuses that the next try may not meet
_MOST_WORDS = 200  # characters


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a model's text, empty while there is none to show.

    `cut` where the model stopped there for want of room; `usage` what the server has counted so far, as far as it
    tells, without dollars; `ended` where this is the last that the model makes.
    """

    text: str
    cut: bool = False
    usage: Usage | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """The seconds until the model was open, and from then to its first token; or the `failure`, which says why not."""

    spec: str
    open_seconds: float = 0.0
    token_seconds: float = 0.0
    failure: BylineError | None = None


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
            if begun or tried == limits.retries or _status_of(error) not in PASSING:
                raise model_error(error, name) from error
            asked = _retry_after(error)
        wait = BACKOFF_SECONDS * 2**tried if asked is None else asked
        yield from _waiting(min(wait, LONGEST_BACKOFF))


def try_model(spec: str, limits: Limits) -> Trial:
    """Ask for one token and leave; what was started for it is stopped. The one address called is the spec's."""
    began = time.perf_counter()
    try:
        model = open_model(spec, limits)
        opened = time.perf_counter()
        try:
            with closing(stream_chat(model.llm, [Message("user", "Say yes.")], spec, limits)) as pieces:
                next((piece for piece in pieces if piece.text), None)
        finally:
            model.close()
    except BylineError as error:
        return Trial(spec, failure=error)
    return Trial(spec, opened - began, time.perf_counter() - opened)


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
                raise _failure(
                    name, f"did not end its answer within {limits.answer_seconds:g} seconds; raise llm_answer_seconds"
                )
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
            piece = _piece_of(response)
            began, ended = True, ended or piece.ended
            yield piece
    finally:
        call.stop()
    if not began:
        raise _failure(name, f"sent no reply; {_CHECK_URL}")
    if not ended:
        raise _failure(name, f"broke off in mid-answer; {_CHECK_LOG}")


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


def _piece_of(response: ChatResponse) -> Piece:
    """The piece, and how it ends by the form of the family's own reply. A model that tells nothing may end anywhere."""
    raw: Any = response.raw
    extra = response.message.additional_kwargs
    if hasattr(raw, "choices"):  # OpenAI's protocol
        reason, usage = (
            getattr(raw.choices[0], "finish_reason", None) if raw.choices else "",
            getattr(raw, "usage", None),
        )
    elif "stop_reason" in extra:  # Anthropic's
        reason, usage = extra["stop_reason"], extra.get("usage")
    elif isinstance(raw, dict) and "done" in raw:  # Ollama's
        reason, usage = raw["done"] and (raw.get("done_reason") or "stop"), raw.get("usage")
    else:
        reason, usage = "stop", None
    return Piece(whole_characters(response.delta or ""), reason in _CUT, _usage(usage), bool(reason))


def _usage(told: Any) -> Usage | None:
    """Tokens under either of the two pairs of names that are common."""
    numbers = told if isinstance(told, dict) else getattr(told, "__dict__", {})
    prompt = numbers.get("prompt_tokens", numbers.get("input_tokens"))
    reply = numbers.get("completion_tokens", numbers.get("output_tokens"))
    return Usage(prompt, reply) if isinstance(prompt, int) and isinstance(reply, int) else None


def model_error(error: Exception, name: str) -> ModelError:
    """The ModelError for whatever a language model raised. `name` is its spec."""
    if isinstance(error, ModelError):
        return error
    kinds, status = _kinds(error), _status_of(error)
    if kinds & {"APITimeoutError", "TimeoutException", "TimeoutError"}:
        said = f"did not answer in time; {_CHECK_BUSY}"
    elif kinds & {"APIConnectionError", "ConnectError", "ConnectionError"}:
        said = f"cannot be reached ({_cause(error)}); start the server or mend the URL"
    elif "TransportError" in kinds:
        said = f"broke off in mid-answer ({_cause(error)}); {_CHECK_LOG}"
    elif status >= 300:
        said = f"answered HTTP {status} ({_server_words(error)}); {_cure(status, name)}"
    elif kinds & {"APIError", "ResponseError"}:
        said = f"failed in mid-answer ({_server_words(error)}); {_CHECK_LOG}"
    else:
        said = f"sent a reply that cannot be read ({type(error).__name__}: {_one_line(error)}); {_CHECK_URL}"
    return _failure(name, said)


def _failure(name: str, said: str) -> ModelError:
    return ModelError(f"the language model {name} {said}, or use --llm extractive")


def _retry_after(error: Exception) -> float | None:
    """The seconds that the server asks to wait, where it tells them as a number."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None


def _status_of(error: Exception) -> int:
    """The HTTP status of a server's refusal; 0 where there is none."""
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) and status > 0 else 0


def _kinds(error: Exception) -> set[str]:
    return {kind.__name__ for kind in type(error).__mro__}


def _cure(status: int, name: str) -> str:
    if status in (401, 403):
        return f"set {key_variable(name)} to a key that the server takes"
    if status == 404 and name.startswith("ollama:"):
        return "get the model with `ollama pull NAME`, or name another"
    if status == 404:
        return "check the model's name, and that the URL ends as the server's does, mostly in /v1"
    if status in (429, 503, 529):
        return "wait until the server is ready and ask again"
    if status < 400:
        return "give the URL that the server redirects to"
    return _CHECK_LOG


def _server_words(error: Any) -> str:
    """What the server said: the message in the reply's body, else the status's own words."""
    body = getattr(error, "body", None)
    if isinstance(body, dict):
        inner = body.get("error")
        words = body.get("message") or (inner.get("message") if isinstance(inner, dict) else inner)
    else:
        words = getattr(error, "error", None)  # ollama
    if not words and _status_of(error) >= 300:
        words = getattr(getattr(error, "response", None), "reason_phrase", None) or "no reason given"
    return _one_line(words or error)


def _cause(error: BaseException) -> str:
    """The innermost reason, which the packages between wrap in `Connection error.`"""
    while error.__cause__ is not None:
        error = error.__cause__
    return _one_line(error)


def _one_line(words: object) -> str:
    return " ".join(str(words).split())[:_MOST_WORDS] or type(words).__name__
