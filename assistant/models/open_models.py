"""From a spec to a language model that can be asked."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from assistant.models.http import Limits
from assistant.models.prices import Price
from assistant.models.spec import ModelSpec, key_variable, parse_spec
from index import plugins
from index.errors import ModelError, SettingsError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

# Of each family: the file that opens it, and the extra of Byline that it needs.
_FAMILIES = {
    "openai": ("openai_like", "openai"),
    "openai-like": ("openai_like", "openai"),
    "anthropic": ("anthropic", "anthropic"),
    "ollama": ("ollama", "ollama"),
    "gguf": ("gguf", "local"),
}
# Of each extra: the packages without which it does not work.
_PACKAGES = {
    "openai": ("openai", "llama_index.llms.openai_like"),
    "anthropic": ("anthropic", "httpx2"),
    "ollama": ("ollama", "llama_index.llms.ollama"),
    "local": ("xllamacpp", "openai", "llama_index.llms.openai_like"),
}
_NEEDS_KEY = ("openai", "anthropic")


@dataclass(frozen=True, slots=True)
class OpenModel:
    """A language model, opened. `small` where its file is; a server does not tell.

    `window` gives its context window in tokens; the first time it may wait two seconds for a server to tell it.
    """

    llm: LLM
    spec: str
    window: Callable[[], int]
    small: bool
    price: Price | None
    limits: Limits
    close: Callable[[], None]


def open_model(text: str, limits: Limits | None = None, price: Price | None = None) -> OpenModel:
    """The language model that a spec names, or a plug-in makes. Only the address in the spec is ever called.

    Raises SettingsError for a spec of another form or without its key, ModelError where an extra is missing or a
    server that is to tell the name of its model does not.
    """
    limits = limits or Limits()
    family, colon, rest = text.partition(":")
    if colon and family not in _FAMILIES and plugins.offers(plugins.LLMS, family):
        plugged: LLM = plugins.made(plugins.LLMS, family, rest, needs="stream_chat")
        return OpenModel(plugged, text, lambda: plugged.metadata.context_window, False, price, limits, lambda: None)
    spec = parse_spec(text)
    key = os.environ.get(key_variable(text), "").strip()
    if spec.family in _NEEDS_KEY and not key:
        raise SettingsError(f"--llm {text} needs a key; put it in the environment as {key_variable(text)}")
    module = _module_of(spec)
    llm = module.open_llm(spec, key, limits)

    def close() -> None:
        if spec.family == "gguf":
            module.stop(spec)

    return OpenModel(llm, text, _window(llm, spec, key, limits), spec.small, price, limits, close)


def _window(llm: LLM, spec: ModelSpec, key: str, limits: Limits) -> Callable[[], int]:
    if spec.family != "openai-like" or limits.window:
        return lambda: llm.metadata.context_window
    from assistant.models.context_window import AskedWindow  # needs a package of the family's extra

    return AskedWindow(spec.url, llm.metadata.model_name, key, limits).tokens


def is_here(family: str) -> bool:
    """Whether the packages that a family needs are installed; they are not imported, which takes seconds."""
    try:
        return all(find_spec(package) for package in _PACKAGES[_FAMILIES[family][1]])
    except ModuleNotFoundError:  # of the package around one
        return False


def how_to_install(family: str) -> str:
    """The commands that install what a family needs."""
    extra = _FAMILIES[family][1]
    return f"`uv sync --inexact --extra {extra}` or `pip install 'byline[{extra}]'`"


def _module_of(spec: ModelSpec) -> Any:
    try:
        return import_module(f"assistant.models.{_FAMILIES[spec.family][0]}")
    except ModuleNotFoundError as error:
        extra = _FAMILIES[spec.family][1]
        raise ModelError(
            f"--llm {spec.text} needs the extra `{extra}` (no {error.name} here); "
            f"install it with {how_to_install(spec.family)}"
        ) from error
