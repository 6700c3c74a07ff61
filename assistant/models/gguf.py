"""A GGUF file, run by llama.cpp in this process: a server of its own that only this process can use."""

import atexit
import os
import secrets
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import openai
import xllamacpp
from llama_index.llms.openai_like import OpenAILike
from pydantic import PrivateAttr

from assistant.models import Limits, ModelSpec, OpenModel
from assistant.models.gguf_file import trained_context
from assistant.models.openai_like import open_client, openai_like
from index.errors import ModelError

CONTEXT_WINDOW = 8192  # tokens at most, unless the user says; memory grows with it
LONGEST_REPLY = 1024  # tokens; a small model may never stop by itself

_SMALL_FILE = 2.5e9  # bytes of a model with less than about 4,000 million parameters
_QUIET = -1
_BATCH = 128  # tokens read at once: a call that is left while its prompt is read ends after them
_MOST_THREADS = 8  # more only wait for one another


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


def open_spec(spec: ModelSpec, key: str, limits: Limits) -> OpenModel:
    """The model of a spec. llama.cpp starts at the first question. Raises SettingsError for a file that is no GGUF."""
    path, most = Path(spec.name).expanduser(), limits.window or CONTEXT_WINDOW
    context_window = min(trained_context(path) or most, most)
    server = _server_of(path.resolve(), context_window)
    llm: Any = openai_like(_LocalLLM, path.name, context_window, None)
    llm._local, llm._limits = server, limits
    opened = OpenModel.of(llm, spec.text, limits)
    return replace(opened, small=path.stat().st_size < _SMALL_FILE, close=server.stop)


_servers: dict[Path, LocalServer] = {}  # one copy of each file in a process, whoever asks
_all_lock = threading.Lock()


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
