"""A GGUF file, run by llama.cpp in this process: a server of its own that only this process can use."""

import atexit
import os
import secrets
import struct
import threading
from pathlib import Path
from typing import Any, BinaryIO

import openai
import xllamacpp
from llama_index.core.llms import LLM
from llama_index.llms.openai_like import OpenAILike
from pydantic import PrivateAttr

from assistant.models.http import Limits
from assistant.models.openai_like import open_client, openai_like
from assistant.models.spec import ModelSpec
from index.errors import ModelError, SettingsError

CONTEXT_WINDOW = 8192  # tokens at most, unless the user says; memory grows with it
LONGEST_REPLY = 1024  # tokens; a small model may never stop by itself
_QUIET = -1
_BATCH = 128  # tokens read at once: a call that is left while its prompt is read ends after them
_MOST_THREADS = 8  # more only wait for one another
_servers: "dict[Path, LocalServer]" = {}  # one copy of each file in a process, whoever asks
_all_lock = threading.Lock()
_MAGIC = b"GGUF"
_VERSIONS = (2, 3)  # the first wrote its counts in other sizes
_STRING, _ARRAY = 8, 9
_FORMATS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_MOST_PAIRS = 10_000
_LONGEST_TEXT = 2**24  # bytes; chat templates take some thousand


class LocalServer:
    """llama.cpp over one file: started when its address is asked for, again if it was stopped."""

    def __init__(self, path: Path, context_window: int) -> None:
        self._path = path
        self._context_window = context_window
        self._lock = threading.Lock()
        self._server: Any = None
        self.key = secrets.token_urlsafe(16)  # other users of this machine cannot use the server without

    def address(self) -> str:
        """Where it listens, on loopback. Raises ModelError for a file that llama.cpp cannot load."""
        with self._lock:
            if self._server is None:
                try:
                    self._server = xllamacpp.Server(self._parameters())
                except Exception as error:
                    said = " ".join(str(error).split())
                    raise ModelError(
                        f"the language model gguf:{self._path} cannot be loaded ({said}); "
                        "the file may be damaged, too new or too large for the memory; or use --llm extractive"
                    ) from error
            return str(self._server.listening_address)

    def stop(self) -> None:
        with self._lock:
            self._server = None  # its destructor waits until llama.cpp has left

    def _parameters(self) -> Any:
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(self._path)
        parameters.hostnames = ["127.0.0.1"]
        parameters.port = 0
        parameters.api_keys = [self.key]
        parameters.offline = True
        parameters.ui = False
        parameters.n_ctx = self._context_window
        parameters.n_parallel = 1
        parameters.n_predict = LONGEST_REPLY
        parameters.n_batch = parameters.n_ubatch = _BATCH
        parameters.cache_ram_mib = 0  # by default it keeps prompts, in up to 8 GB
        parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = _threads()
        parameters.verbosity = _QUIET
        return parameters


class _LocalLLM(OpenAILike):
    """A model behind a LocalServer, whose address is known only once it runs."""

    _local: LocalServer = PrivateAttr()
    _limits: Limits = PrivateAttr()

    def _get_client(self) -> openai.OpenAI:
        address = self._local.address()
        client = self._client
        if client is None or not str(client.base_url).startswith(address):
            client = self._client = open_client(f"{address}/v1", self._local.key, self._limits)
        return client


def open_llm(spec: ModelSpec, key: str, limits: Limits) -> LLM:
    """The model of a spec. llama.cpp starts at the first question. Raises SettingsError for a file that is no GGUF."""
    most = limits.window or CONTEXT_WINDOW
    context_window = min(trained_context(spec.path) or most, most)
    llm: Any = openai_like(_LocalLLM, spec.path.name, context_window, None)
    llm._local, llm._limits = _server_of(spec.path.resolve(), context_window), limits
    opened: LLM = llm
    return opened


def stop(spec: ModelSpec) -> None:
    """End the server of a spec's file, if it runs."""
    with _all_lock:
        server = _servers.get(spec.path.resolve())
    if server:
        server.stop()


def _server_of(path: Path, context_window: int) -> LocalServer:
    with _all_lock:
        return _servers.setdefault(path, LocalServer(path, context_window))


def _threads() -> int:
    """Half of the processors: where others are at work too, threads that wait for one another stand still."""
    return max(1, min((os.cpu_count() or 1) // 2, _MOST_THREADS))


@atexit.register
def _stop_all() -> None:
    for server in _servers.values():
        server.stop()


def trained_context(path: Path) -> int:
    """How many tokens the file's model was trained to read, 0 where it does not tell.

    Raises SettingsError for a path without a file, or a file of another kind.
    """
    try:
        with path.open("rb") as file:
            if file.read(4) != _MAGIC:
                raise SettingsError(f"--llm gguf:{path}: this is no GGUF file; give the model's .gguf file")
            version, _, pairs = struct.unpack("<IQQ", file.read(20))
            if version not in _VERSIONS or pairs > _MOST_PAIRS:
                raise SettingsError(f"--llm gguf:{path}: GGUF of version {version} cannot be read; get a newer file")
            return _context_length(file, pairs)
    except FileNotFoundError as error:
        raise SettingsError(f"--llm gguf:{path}: no such file; give the path of a .gguf file") from error
    except OSError as error:
        raise SettingsError(f"--llm gguf:{path}: cannot be read ({error.strerror})") from error
    except (struct.error, KeyError, ValueError) as error:
        raise SettingsError(f"--llm gguf:{path}: the file is damaged or cut short; get it again") from error


def _context_length(file: BinaryIO, pairs: int) -> int:
    """The value of the pair `ARCHITECTURE.context_length`, which stands before the long lists of a vocabulary."""
    for _ in range(pairs):
        key = _text(file)
        value = _value(file, _number(file, "I"))
        if key.endswith(b".context_length"):
            return int(value) if isinstance(value, int) else 0
    return 0


def _value(file: BinaryIO, kind: int) -> float | None:
    """A number; None for a text or a list, which is passed over."""
    if kind == _STRING:
        _text(file)
    elif kind == _ARRAY:
        inner, length = _number(file, "I"), _number(file, "Q")
        if inner in (_STRING, _ARRAY):
            for _ in range(length):
                _value(file, inner)
        else:
            file.seek(length * struct.calcsize(_FORMATS[inner]), 1)
    else:
        return _number(file, _FORMATS[kind])
    return None


def _text(file: BinaryIO) -> bytes:
    length = _number(file, "Q")
    if length > _LONGEST_TEXT:
        raise ValueError(length)
    text = file.read(length)
    if len(text) < length:
        raise ValueError(length)
    return text


def _number(file: BinaryIO, form: str) -> int:
    size = struct.calcsize(form)
    number: int = struct.unpack(f"<{form}", file.read(size))[0]
    return number
