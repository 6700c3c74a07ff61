"""Servers that speak OpenAI's protocol: OpenAI itself, vLLM, LM Studio, llama.cpp and many more."""

from typing import Any

import httpx
import openai
from llama_index.core.llms import LLM
from llama_index.llms.openai_like import OpenAILike

from assistant.models.context_window import CONTEXT_WINDOW
from assistant.models.errors import model_error
from assistant.models.http import Limits, client_options, within
from assistant.models.spec import ModelSpec
from index.errors import SettingsError

_NO_MODEL_LIST = (404, 405, 501)
# What the openai package would take from the environment and send along.
_NOT_SENT = ("OpenAI-Organization", "OpenAI-Project")


def open_llm(spec: ModelSpec, key: str, limits: Limits) -> LLM:
    """The model of a spec. Without a name the server is asked for its models, and the first is taken.

    Raises ModelError where the server does not tell its models, SettingsError for a model that it cannot serve.
    """
    client = open_client(spec.url, key, limits)
    name = spec.name or _first_model(client, spec.text, limits)
    try:
        return openai_like(OpenAILike, name, limits.window or CONTEXT_WINDOW, client)
    except ValueError as error:  # the names of a few models that another of OpenAI's protocols serves
        raise SettingsError(f"--llm {spec.text}: {' '.join(str(error).split())}; name another model") from error


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
        first = within(limits.seconds, lambda: next(iter(client.models.list().data or ()), None))
    except openai.APIStatusError as error:
        if error.status_code not in _NO_MODEL_LIST:
            raise model_error(error, spec) from error
        return "default"
    except Exception as error:
        raise model_error(error, spec) from error
    return str(first.id) if first else "default"
