"""Anthropic's models, by its own protocol."""

from typing import Any

import anthropic
import httpx2
from llama_index.core.llms import LLM, LLMMetadata
from llama_index.llms.anthropic import Anthropic

from assistant.models.http import Limits, client_options
from assistant.models.spec import ModelSpec

CONTEXT_WINDOW = 200_000  # tokens, the least that any of them has
LONGEST_REPLY = 2048  # tokens


class _Anthropic(Anthropic):
    """LlamaIndex's, which refuses to tell of a model that is newer than itself."""

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(
            context_window=CONTEXT_WINDOW, num_output=self.max_tokens, is_chat_model=True, model_name=self.model
        )


def open_llm(spec: ModelSpec, key: str, limits: Limits) -> LLM:
    """The model of a spec. Nothing is asked of the server yet."""
    options = client_options(httpx2, spec.url, limits)
    make: Any = _Anthropic
    llm = make(
        model=spec.name, temperature=0.0, max_tokens=LONGEST_REPLY, base_url=spec.url, api_key=key, max_retries=0
    )
    # LlamaIndex takes no client; the one that it made would follow redirects and the environment's proxies.
    llm._client.close()
    llm._client = anthropic.Anthropic(
        api_key=key,
        base_url=spec.url,
        timeout=options["timeout"],
        max_retries=0,
        http_client=httpx2.Client(**options),
        open_telemetry=False,
    )
    opened: LLM = llm
    return opened
