"""Language models, each opened through LlamaIndex's `LLM` from a spec such as `openai-like:URL#MODEL`.

LlamaIndex takes seconds to import, so it is imported where it is used.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.marks import whole_characters
from assistant.prompt import Message
from index.errors import ModelError, SettingsError
from index.loopback import is_loopback

if TYPE_CHECKING:
    import httpx
    from llama_index.core.llms import LLM, ChatResponse
    from openai import OpenAI

KEY_VARIABLE = "BYLINE_LLM_KEY"

CONNECT_SECONDS = 5.0
READ_SECONDS = 120.0  # until the next piece: a model on a CPU reads a prompt for a minute before the first one
RETRIES = 1
CONTEXT_WINDOW = 8192  # tokens, where the server does not tell

_PREFIX = "openai-like:"
_FORMS = "extractive, or openai-like:URL#MODEL such as openai-like:http://127.0.0.1:8080/v1#my-model"
_INSTEAD = "or use --llm extractive"
_CHECK_BUSY = "see whether the server is busy or its URL wrong"
_CHECK_LOG = "look at the server's log and ask again"
_CHECK_URL = "see whether the URL is that of a server for the OpenAI protocol"
_NO_MODEL_LIST = (404, 405, 501)
# What the openai package would take from the environment and send along.
_NOT_SENT = ("OpenAI-Organization", "OpenAI-Project")

# The HTTP responses opened under this context. The openai package's stream holds itself in a cycle, so that a
# stream left half-read stays open, and the model at work, until the garbage collector comes by.
_opened: ContextVar[list[httpx.Response] | None] = ContextVar("_opened", default=None)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a model's text; `cut` where the model stopped there for want of room."""

    text: str
    cut: bool = False


def open_llm(spec: str) -> LLM:
    """The language model that a spec names. Only the URL in the spec is ever called.

    `openai-like:URL#MODEL` is any server that speaks the OpenAI protocol (llama.cpp, Ollama, vLLM). Without
    `#MODEL` the server is asked for its models, and the first is taken. The key, where the server wants one,
    comes from BYLINE_LLM_KEY.

    Raises SettingsError for a spec of another form, ModelError where the server does not tell its models.
    """
    url, model = _parse(spec)

    openai_like: Any = import_module("llama_index.llms.openai_like")  # whose types do not know its own arguments

    client = _client(url)
    context_window = CONTEXT_WINDOW
    if not model:
        model, context_window = _first_model(client, spec)
    try:
        llm: LLM = openai_like.OpenAILike(
            model=model,
            api_base=url,
            api_key=client.api_key,
            is_chat_model=True,
            context_window=context_window,
            temperature=0.0,
            openai_client=client,
        )
    except ValueError as error:  # the names of a few models that only OpenAI serves
        raise SettingsError(f"--llm {spec}: {_one_line(error)}; name another model") from error
    return llm


def stream_chat(llm: LLM, messages: Sequence[Message], name: str) -> Generator[Piece, None, None]:
    """The model's reply in pieces. Closing the iterator ends the request, and with it the model's work.

    Raises ModelError, naming the model by `name`, where the model or its server fails, also in mid-answer.
    """
    from llama_index.core.llms import ChatMessage

    opened: list[httpx.Response] = []
    began = ended = False
    try:
        responses = iter(llm.stream_chat([ChatMessage(role=m.role, content=m.content) for m in messages]))
        while True:
            try:
                response = _next(responses, opened)
            except StopIteration:
                break
            finish = _finish_reason(response.raw)
            began = True
            ended = ended or finish != ""
            yield Piece(whole_characters(response.delta or ""), finish == "length")
    except Exception as error:
        raise model_error(error, name) from error
    finally:
        for http_response in opened:
            http_response.close()
    if not began:
        raise ModelError(f"the language model {name} sent no reply; {_CHECK_URL}, {_INSTEAD}")
    if not ended:
        raise ModelError(f"the language model {name} broke off in mid-answer; {_CHECK_LOG}, {_INSTEAD}")


def model_error(error: Exception, name: str) -> ModelError:
    """The ModelError, in one line, for whatever a language model raised. `name` is its spec."""
    import httpx
    import openai

    match error:
        case openai.APITimeoutError() | httpx.TimeoutException():
            said = f"did not answer in time; {_CHECK_BUSY}, {_INSTEAD}"
        case openai.APIConnectionError() | httpx.ConnectError():
            said = f"cannot be reached ({_cause(error)}); start the server or mend the URL, {_INSTEAD}"
        case httpx.TransportError():
            said = f"broke off in mid-answer ({_cause(error)}); {_CHECK_LOG}, {_INSTEAD}"
        case openai.APIStatusError():
            words = _server_words(error)
            said = f"answered HTTP {error.status_code} ({words}); {_cure(error.status_code)}, {_INSTEAD}"
        case openai.APIError():
            said = f"failed in mid-answer ({_one_line(error)}); {_CHECK_LOG}, {_INSTEAD}"
        case _:
            words = f"{type(error).__name__}: {_one_line(error)}"
            said = f"sent a reply that cannot be read ({words}); {_CHECK_URL}, {_INSTEAD}"
    return ModelError(f"the language model {name} {said}")


def _parse(spec: str) -> tuple[str, str]:
    """(URL without the slash at its end, model or "") of a spec."""
    if not spec.startswith(_PREFIX):
        raise SettingsError(f"--llm {spec!r} is not known; it must be {_FORMS}")
    url, _, model = spec.removeprefix(_PREFIX).partition("#")
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        has_key = bool(parts.username or parts.password or parts.query)
    except ValueError:
        valid = has_key = False
    if has_key:
        raise SettingsError(f"--llm: the URL holds a name, password or query; put a key in {KEY_VARIABLE} instead")
    if not valid or any(character.isspace() for character in url):
        raise SettingsError(f"--llm {spec!r} has no valid http or https URL; it must be {_FORMS}")
    return url.rstrip("/"), model.strip()


def _client(url: str) -> OpenAI:
    import httpx
    from openai import Omit, OpenAI

    not_sent: Any = {name: Omit() for name in _NOT_SENT}
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    # A redirect could send the articles elsewhere, and a proxy cannot reach this machine's own addresses.
    http = httpx.Client(timeout=timeout, follow_redirects=False, trust_env=not is_loopback(url))
    http.event_hooks = {"response": [_note_opened]}
    return OpenAI(
        base_url=url,
        api_key=os.environ.get(KEY_VARIABLE) or "none",
        timeout=timeout,
        max_retries=RETRIES,
        http_client=http,
        default_headers=not_sent,
    )


def _note_opened(response: httpx.Response) -> None:
    opened = _opened.get()
    if opened is not None:
        opened.append(response)


def _next(responses: Iterator[ChatResponse], opened: list[httpx.Response]) -> ChatResponse:
    """The next response, with the HTTP response behind it noted in `opened`."""
    before = _opened.set(opened)
    try:
        return next(responses)
    finally:
        _opened.reset(before)


def _finish_reason(raw: object) -> str:
    """Why the model stopped, "" while it goes on; "unknown" from an LLM that does not tell."""
    choices = getattr(raw, "choices", None)
    if choices is None:
        return "unknown"
    return (getattr(choices[0], "finish_reason", None) or "") if choices else ""


def _first_model(client: OpenAI, spec: str) -> tuple[str, int]:
    """The server's first model and its context window; "default" where the server keeps no list."""
    import openai

    try:
        first = next(iter(client.models.list().data or ()), None)
        name = str(first.id) if first else "default"
    except openai.APIStatusError as error:
        if error.status_code not in _NO_MODEL_LIST:
            raise model_error(error, spec) from error
        return "default", CONTEXT_WINDOW
    except Exception as error:
        raise model_error(error, spec) from error
    return name, _context_window(first.model_extra or {} if first else {})


def _context_window(model: Mapping[str, Any]) -> int:
    meta = model.get("meta")
    told = model.get("max_model_len") or (meta.get("n_ctx") if isinstance(meta, dict) else None)  # vLLM, llama.cpp
    return told if isinstance(told, int) and told > 0 else CONTEXT_WINDOW


def _cure(status: int) -> str:
    if status in (401, 403):
        return f"set {KEY_VARIABLE} to a key that the server takes"
    if status == 404:
        return "check the model's name, and that the URL ends as the server's does, mostly in /v1"
    if status in (429, 503):
        return "wait until the server is ready and ask again"
    if status < 400:
        return "give the URL that the server redirects to"
    return _CHECK_LOG


def _server_words(error: Any) -> str:
    body = error.body
    words = body.get("message") if isinstance(body, dict) else None
    return _one_line(words or error.response.reason_phrase or "no reason given")


def _cause(error: BaseException) -> str:
    """The innermost reason, which the packages between wrap in `Connection error.`"""
    while error.__cause__ is not None:
        error = error.__cause__
    return _one_line(error)


def _one_line(words: object) -> str:
    return " ".join(str(words).split())[:200] or type(words).__name__
