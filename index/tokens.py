"""Token counts by tiktoken, from the vocabulary that LlamaIndex ships, so that nothing is downloaded."""

import importlib.util
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import tiktoken

ENCODING = "o200k_base"


def count_tokens(texts: Sequence[str]) -> list[int]:
    """The number of o200k_base tokens in each text.

    A text should be bounded by the caller: tiktoken's time grows faster than the length of an unbroken run.
    """
    encode = _encoding().encode_ordinary  # the batch call's threads cost more than they save on sentences
    return [len(encode(text)) for text in texts]


@cache
def _encoding() -> tiktoken.Encoding:
    before = os.environ.get("TIKTOKEN_CACHE_DIR")
    os.environ["TIKTOKEN_CACHE_DIR"] = before or str(_shipped_vocabulary())
    try:
        return tiktoken.get_encoding(ENCODING)
    finally:
        if before is None:
            del os.environ["TIKTOKEN_CACHE_DIR"]


def _shipped_vocabulary() -> Path:
    # find_spec locates LlamaIndex without importing it, which would take seconds.
    spec = importlib.util.find_spec("llama_index.core")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0], "_static", "tiktoken_cache")
