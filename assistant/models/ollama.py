"""Models that an Ollama server keeps, by its own protocol."""

from typing import Any

import httpx
import ollama
from llama_index.core.llms import LLM
from llama_index.llms.ollama import Ollama

from assistant.models import Limits, ModelSpec, OpenModel
from assistant.models.http import client_options

# Tokens, unless the user says: memory for a model's longest, often 128,000, is more than a laptop has.
CONTEXT_WINDOW = 8192


def open_spec(spec: ModelSpec, key: str, limits: Limits) -> OpenModel:
    """The model of a spec. Nothing is asked of the server yet."""
    options = client_options(httpx, spec.url, limits)

    def only_our_key(request: httpx.Request) -> None:
        """The ollama package would send OLLAMA_API_KEY to whatever server it calls."""
        request.headers.pop("authorization", None)
        if key:
            request.headers["authorization"] = f"Bearer {key}"

    options["event_hooks"]["request"].append(only_our_key)
    make: Any = Ollama
    llm: LLM = make(
        model=spec.name,
        base_url=spec.url,
        temperature=0.0,
        context_window=limits.window or CONTEXT_WINDOW,
        client=ollama.Client(spec.url, **options),
    )
    return OpenModel.of(llm, spec.text, limits)
