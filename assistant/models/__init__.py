"""Language models: from a spec such as `ollama:NAME` to one that can be asked, and what its tokens cost.

A family's file imports its packages, and is imported only when a spec names the family: without an extra the rest
works, and LlamaIndex takes seconds to import.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import ModelError, SettingsError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from assistant.answer import Usage
    from index.settings import Settings

_OUR_KEY = "BYLINE_LLM_KEY"
_LIKE_OPENAI = ("openai", "llama_index.llms.openai_like")
_AT_URL = re.compile(r"@(?=https?://)")
_MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a model may take, in seconds, to its next piece and to the end of its answer, and how often a call that
    failed is made again.

    `window` is the tokens of prompt and reply together that the user gives it, 0 where that is to be found out.
    """

    seconds: float = 120.0  # a model on a CPU reads a prompt for a minute before its first piece
    retries: int = 2
    window: int = 0
    answer_seconds: float = 600.0

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        return cls(settings.llm_seconds, settings.llm_retries, settings.llm_window, settings.llm_answer_seconds)


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of language models: the `form` of its specs, the `module` of this folder that opens one, the `extra` of
    Byline that has its `packages`, the environment's name for its `key`, and where it is called unless @URL says so.
    """

    form: str
    module: str
    extra: str
    packages: tuple[str, ...]
    key: str = _OUR_KEY
    home: str = ""

    @property
    def install(self) -> str:
        """The commands that install what it needs."""
        return f"`uv sync --inexact --extra {self.extra}` or `pip install 'byline[{self.extra}]'`"

    @property
    def is_here(self) -> bool:
        """Whether the packages that it needs are installed; they are not imported, which takes seconds."""
        try:
            return all(map(find_spec, self.packages))
        except ModuleNotFoundError:  # of the package around one
            return False


FAMILIES = {
    "openai": Family(
        form="openai:NAME[@URL]",
        module="openai_like",
        extra="openai",
        packages=_LIKE_OPENAI,
        key="OPENAI_API_KEY",
        home="https://api.openai.com/v1",
    ),
    "anthropic": Family(
        form="anthropic:NAME[@URL]",
        module="anthropic",
        extra="anthropic",
        packages=("anthropic", "httpx2"),
        key="ANTHROPIC_API_KEY",
        home="https://api.anthropic.com",
    ),
    "ollama": Family(
        form="ollama:NAME[@URL]",
        module="ollama",
        extra="ollama",
        packages=("ollama", "llama_index.llms.ollama"),
        home="http://127.0.0.1:11434",
    ),
    "openai-like": Family("openai-like:URL#MODEL", "openai_like", "openai", _LIKE_OPENAI),
    "gguf": Family("gguf:PATH", "gguf", "local", ("xllamacpp", *_LIKE_OPENAI), key=""),
}
FORMS = (
    f"extractive, {', '.join(family.form for family in FAMILIES.values())}; such as "
    "openai-like:http://127.0.0.1:8080/v1#my-model or gguf:models/my-model.gguf"
)


@dataclass(frozen=True, slots=True)
class OpenModel:
    """A language model, opened. `small` where its file is; a server does not tell.

    `window` gives its context window in tokens; the first time it may wait two seconds for a server to tell it.
    """

    llm: LLM
    spec: str
    window: Callable[[], int]
    limits: Limits
    price: Price | None = None
    small: bool = False
    close: Callable[[], None] = lambda: None

    @classmethod
    def of(cls, llm: LLM, name: str, limits: Limits | None = None, price: Price | None = None) -> OpenModel:
        """Any LLM of LlamaIndex, with the context window that it has by itself."""
        return cls(llm, name, lambda: llm.metadata.context_window, limits or Limits(), price)


def open_model(text: str, limits: Limits | None = None, price: Price | None = None) -> OpenModel:
    """The language model that a spec names, or a plug-in makes. Only the address in the spec is ever called.

    Raises SettingsError for a spec of another form or without its key, ModelError where an extra is missing or a
    server that is to tell the name of its model does not.
    """
    from index import plugins  # with what knows the installed packages, which takes long to import

    limits = limits or Limits()
    name, colon, rest = text.partition(":")
    if colon and name not in FAMILIES and plugins.offers(plugins.LLMS, name):
        return OpenModel.of(plugins.made(plugins.LLMS, name, rest, needs="stream_chat"), text, limits, price)
    spec = parse_spec(text)
    family = FAMILIES[spec.family]
    key = os.environ.get(key_variable(text), "").strip()
    if family.key not in ("", _OUR_KEY) and not key:
        raise SettingsError(f"--llm {text} needs a key; put it in the environment as {family.key}")
    try:
        module = import_module(f"assistant.models.{family.module}")
    except ModuleNotFoundError as error:
        raise ModelError(
            f"--llm {text} needs the extra `{family.extra}` (no {error.name} here); install it with {family.install}"
        ) from error
    opened: OpenModel = module.open_spec(spec, key, limits)
    return replace(opened, price=price)


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A spec taken apart. `name` is the model's, of `gguf` the path; `url` the one address that may be called.

    `name` is "" where the server is to be asked for it, `url` is "" where the model runs in this process.
    """

    text: str
    family: str
    name: str
    url: str


def parse_spec(text: str) -> ModelSpec:
    """Raises SettingsError, which lists the forms, for any other text."""
    family, _, rest = text.partition(":")
    if family == "openai-like":
        url, _, model = rest.partition("#")
        return ModelSpec(text, family, model.strip(), _checked(url, text))
    if home := FAMILIES[family].home if family in FAMILIES else "":
        name, *at = _AT_URL.split(rest, maxsplit=1)
        if name.strip():
            return ModelSpec(text, family, name.strip(), _checked(at[0] if at else home, text))
    if family == "gguf" and rest.strip():
        return ModelSpec(text, family, rest.strip(), "")
    raise SettingsError(f"--llm {text!r} is not known; it must be {FORMS}")


def key_variable(spec: str) -> str:
    """The environment variable that holds the key for the model of a spec."""
    family = FAMILIES.get(spec.partition(":")[0])
    return family.key if family and family.key else _OUR_KEY


def _checked(url: str, text: str) -> str:
    """The URL without the slash at its end. A key in it would be shown and stored with the spec."""
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        has_key = bool(parts.username or parts.password or parts.query)
    except ValueError:
        valid = has_key = False
    if has_key:
        raise SettingsError(
            f"--llm: the URL holds a name, password or query; put a key in {key_variable(text)} instead"
        )
    if not valid or any(character.isspace() for character in url):
        raise SettingsError(f"--llm {text!r} has no valid http or https URL; it must be {FORMS}")
    return url.rstrip("/")


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens of the prompt and of the reply."""

    prompt: float
    reply: float

    def of(self, usage: Usage) -> Usage:
        """The usage with its dollars."""
        dollars = (usage.prompt_tokens * self.prompt + usage.reply_tokens * self.reply) / _MILLION
        return replace(usage, dollars=dollars)


def parse_prices(text: str) -> Mapping[str, Price]:
    """The price of each spec in `SPEC=PROMPT/REPLY SPEC=PROMPT/REPLY ...`. Raises SettingsError."""
    prices = {}
    for entry in text.split():
        spec, equals, numbers = entry.rpartition("=")
        try:
            prompt, reply = (float(number) for number in numbers.split("/"))
        except ValueError:
            prompt = reply = math.nan
        if not equals or not spec or not all(0 <= number < math.inf for number in (prompt, reply)):
            raise SettingsError(
                f"llm_prices: {entry!r} is no price; write SPEC=PROMPT/REPLY, US dollars for a million tokens each"
            )
        prices[spec] = Price(prompt, reply)
    return prices
