"""Servers that speak OpenAI's protocol: OpenAI itself, vLLM, LM Studio, llama.cpp and many more."""

import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import httpx
import openai
from llama_index.llms.openai_like import OpenAILike

from assistant.models import Limits, ModelSpec, OpenModel
from assistant.models.http import client_options, within
from assistant.models.streaming import PASSING, model_error
from index.errors import SettingsError

CONTEXT_WINDOW = 8192  # tokens, where the server does not tell
WINDOW_SECONDS = 2.0  # for all that is asked for it
AGAIN_SECONDS = 30.0  # until a server that could not tell yet is asked again

_NO_MODEL_LIST = (404, 405, 501)
# What the openai package would take from the environment and send along.
_NOT_SENT = ("OpenAI-Organization", "OpenAI-Project")


def open_spec(spec: ModelSpec, key: str, limits: Limits) -> OpenModel:
    """The model of a spec. Without a name the server is asked for its models, and the first is taken.

    Raises ModelError where the server does not tell its models, SettingsError for a model that it cannot serve.
    """
    client = open_client(spec.url, key, limits)
    name = spec.name or _first_model(client, spec.text, limits)
    try:
        llm = openai_like(OpenAILike, name, limits.window or CONTEXT_WINDOW, client)
    except ValueError as error:  # the names of a few models that another of OpenAI's protocols serves
        raise SettingsError(f"--llm {spec.text}: {' '.join(str(error).split())}; name another model") from error
    opened = OpenModel.of(llm, spec.text, limits)
    if spec.family != "openai-like" or limits.window:
        return opened
    return replace(opened, window=AskedWindow(spec.url, name, key, limits).tokens)


def openai_like(kind: type[OpenAILike], name: str, context_window: int, client: openai.OpenAI | None) -> OpenAILike:
    make: Any = kind  # whose types do not know all of its arguments
    llm: OpenAILike = make(
        model=name,
        api_base=str(client.base_url) if client else "http://127.0.0.1",
        api_key=client.api_key if client else "none",
        is_chat_model=True,
        context_window=context_window,
        temperature=0.0,
        max_retries=0,  # `streaming` tries again
        additional_kwargs={"stream_options": {"include_usage": True}},
        openai_client=client,
    )
    return llm


def open_client(url: str, key: str, limits: Limits) -> openai.OpenAI:
    not_sent: Any = {name: openai.Omit() for name in _NOT_SENT}
    options = client_options(httpx, url, limits)
    return openai.OpenAI(
        base_url=url,
        api_key=key or "none",
        timeout=options["timeout"],
        max_retries=0,
        http_client=httpx.Client(**options),
        default_headers=not_sent,
    )


def _first_model(client: openai.OpenAI, spec: str, limits: Limits) -> str:
    """The server's first model; "default" where the server keeps no list."""
    try:
        names = within(limits.seconds, lambda: [str(one.id) for one in client.models.list().data or ()])
    except Exception as error:  # a reply that is no list of models raises anything
        if isinstance(error, openai.APIStatusError) and error.status_code in _NO_MODEL_LIST:
            return "default"
        raise model_error(error, spec) from error
    return names[0] if names else "default"


_Told = tuple[int, bool]
"""The window, 0 where nothing is known, and whether it is final."""


class AskedWindow:
    """The context window of one model, asked of the server at `url` alone when it is first wanted, then remembered.

    Asked are `/v1/models`, where vLLM and newer llama.cpp tell it, then llama.cpp's `/props` and LM Studio's
    `/api/v0/models`. What only bounds it, such as the length that the model was trained for, is taken for it if short,
    until the server tells more: LM Studio loads a model at its first question.
    """

    def __init__(self, url: str, model: str, key: str, limits: Limits) -> None:
        self._url = url
        self._model = model
        self._options = client_options(httpx, url, limits)
        if key:
            self._options["headers"] = {"Authorization": f"Bearer {key}"}
        self._told: _Told = (0, False)
        self._again_at = 0.0
        self._lock = threading.Lock()

    def tokens(self) -> int:
        """The window; it waits WINDOW_SECONDS at most. CONTEXT_WINDOW where the server does not tell."""
        with self._lock:
            window, final = self._told
            if not final and time.monotonic() >= self._again_at:
                window, _ = self._told = self._within_time()
                self._again_at = time.monotonic() + AGAIN_SECONDS
            return window or CONTEXT_WINDOW

    def _within_time(self) -> _Told:
        """What `_ask` gives; nothing where it takes too long, and is cut off."""
        try:
            return within(WINDOW_SECONDS, self._ask)
        except TimeoutError:
            return 0, False

    def _ask(self) -> _Told:
        """The window, CONTEXT_WINDOW at most where it is but bounded or not told; 0 where nothing answers now."""
        root = self._url.removesuffix("/v1")
        bounds = []
        try:
            with httpx.Client(**self._options) as client:
                for url in (f"{self._url}/models", f"{root}/props", f"{root}/api/v0/models"):
                    response = client.get(url)
                    if response.status_code in PASSING:
                        return 0, False
                    exact, bound = _window_in(_json(response), self._model)
                    if exact:
                        return exact, True
                    bounds += [bound] if bound else []
        except (httpx.HTTPError, OSError, ValueError):  # the last is a key that no header can hold
            return 0, False
        return min([*bounds, CONTEXT_WINDOW]), not bounds


def _window_in(told: Mapping[str, Any], model: str) -> tuple[int, int]:
    """The window of a model in what one of the addresses answered, and what it is at most; 0 for what is not told."""
    entry, props = _entry(told.get("data"), model), _mapping(told.get("default_generation_settings"))
    meta = _mapping(entry.get("meta"))
    exact = (entry.get("max_model_len"), meta.get("n_ctx"), props.get("n_ctx"), entry.get("loaded_context_length"))
    bounds = (meta.get("n_ctx_train"), entry.get("max_context_length"))
    return _first_size(exact), _first_size(bounds)


def _entry(listed: Any, model: str) -> Mapping[str, Any]:
    """The model in a list: the one of its name or, as llama.cpp takes any name, the only one."""
    entries = [_mapping(one) for one in listed] if isinstance(listed, list) else []
    named = [one for one in entries if one.get("id") == model]
    return (named or entries)[0] if named or len(entries) == 1 else {}


def _first_size(values: tuple[Any, ...]) -> int:
    return next((value for value in values if isinstance(value, int) and value > 0), 0)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _json(response: httpx.Response) -> Mapping[str, Any]:
    with suppress(ValueError):
        return _mapping(response.json())
    return {}
