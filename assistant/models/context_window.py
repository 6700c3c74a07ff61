"""How many tokens a model of an OpenAI-like server takes: asked of that server when the first prompt is made."""

import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import httpx

from assistant.models.errors import PASSING
from assistant.models.http import Limits, client_options, within

CONTEXT_WINDOW = 8192  # tokens, where the server does not tell
SECONDS = 2.0  # for all that is asked
AGAIN_SECONDS = 30.0  # until a server that could not tell yet is asked again

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
        """The window; it waits SECONDS at most. CONTEXT_WINDOW where the server does not tell."""
        with self._lock:
            window, final = self._told
            if not final and time.monotonic() >= self._again_at:
                window, _ = self._told = self._within_time()
                self._again_at = time.monotonic() + AGAIN_SECONDS
            return window or CONTEXT_WINDOW

    def _within_time(self) -> _Told:
        """What `_ask` gives; nothing where it takes too long, and is cut off."""
        try:
            return within(SECONDS, self._ask)
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
