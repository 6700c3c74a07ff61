"""Token counts by tiktoken, from the vocabulary that LlamaIndex ships, so that nothing is downloaded."""

import importlib.util
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import tiktoken

ENCODING = "o200k_base"

# Between texts that are encoded in one call. No token of the vocabulary spans it, and it leaves the pieces on either
# side as they are: a NUL ends the one before, and what follows a line end begins anew, except white space and a slash.
_BETWEEN = "\0\n"


def count_tokens(texts: Sequence[str]) -> list[int]:
    """The number of o200k_base tokens in each text.

    A text should be bounded by the caller: tiktoken's time grows faster than the length of an unbroken run.
    """
    encode = _encoding().encode_ordinary
    if len(texts) < 2 or any("\0" in text or text[:1] == "/" or text != text.strip() for text in texts):
        return [len(encode(text)) for text in texts]
    # One long call: many short ones wait for one another where other threads run Python.
    nul, line_end = encode("\0")[0], 1
    ends = np.flatnonzero(np.array(encode(_BETWEEN.join([*texts, ""]))) == nul)
    starts = np.concatenate([[0], ends[:-1] + 1 + line_end])
    counts: list[int] = (ends - starts).tolist()
    return counts


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
