"""The vector index: Chroma, on disk or in a server, with ids and vectors only.

Chroma loses data when it is killed while writing or opened by two writers, so nothing is kept here that the
catalogue does not hold, and only a copy of what others read is written to.
"""

import contextlib
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration, CreateHNSWConfiguration
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from numpy.typing import NDArray

from index.errors import IndexUnreachable, as_damage

COLLECTION = "passages"
# Chroma's own errors, what its Rust core and SQLite let through, and the AttributeError of its clean-up after them.
_FAILURES = (ChromaError, httpx.HTTPError, OSError, RuntimeError, ValueError, AttributeError, KeyError)
# Seconds for a server to answer at all, a search, a part of what is added; and how long it is left alone if it did not.
_GREETING, _ANSWER, _WRITING, _PAUSE = 3.0, 5.0, 30.0, 30.0
_BATCH = 5000  # Chroma refuses more than 5461 in one call
# Unit vectors: the inner product is the cosine. The space can never be changed later.
_CONFIGURATION = CreateCollectionConfiguration(
    hnsw=CreateHNSWConfiguration(space="ip", ef_construction=100, max_neighbors=16, ef_search=200)
)


class VectorIndex:
    """An approximate nearest-neighbour index (HNSW) of passage vectors: one collection of a Chroma client.

    Raises IndexDamaged where Chroma cannot open, read or write it, or where it is not there and not to be made
    with `create`.
    """

    def __init__(self, client: Client, place: object, name: str = COLLECTION, create: bool = False) -> None:
        self._client = client
        self._place = place
        with _translated(self._place):
            self._collection = (
                client.get_or_create_collection(name, configuration=_CONFIGURATION, embedding_function=None)
                if create
                else client.get_collection(name, embedding_function=None)
            )

    def close(self) -> None:
        self._client.close()

    def count(self) -> int:
        with _translated(self._place):
            return self._collection.count()

    def change(self, removed: Sequence[int], added: Iterable[tuple[Sequence[int], NDArray[np.float32]]]) -> None:
        """Take out and add vectors of unit length, in parts of keys and rows (len(keys), d). May be done twice."""
        with _translated(self._place):
            for at in range(0, len(removed), _BATCH):
                self._collection.delete(ids=[str(key) for key in removed[at : at + _BATCH]])
            for keys, vectors in added:
                for at in range(0, len(keys), _BATCH):
                    ids = [str(key) for key in keys[at : at + _BATCH]]
                    self._collection.upsert(ids=ids, embeddings=vectors[at : at + _BATCH])

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """At most k (key, cosine) pairs, nearest first; none for a zero vector, which is near to nothing."""
        if not vector.any():
            return []
        with _translated(self._place):
            found = self._collection.query(query_embeddings=vector[np.newaxis], n_results=k, include=["distances"])
        distances = found["distances"]
        assert distances is not None
        return [(int(key), 1.0 - distance) for key, distance in zip(found["ids"][0], distances[0], strict=True)]


_silent: dict[str, float] = {}  # servers that did not answer, and until when they are not asked again


@contextlib.contextmanager
def _translated(place: object) -> Iterator[None]:
    """Chroma's failures as damage, but a server that does not answer as what it is: IndexUnreachable."""
    with as_damage(place, "vector", _FAILURES):
        address = str(place).partition("#")[0]
        if time.monotonic() < _silent.get(address, 0.0):
            raise _unreachable(address)
        try:
            yield
        except (httpx.TransportError, ValueError) as error:
            if isinstance(error, ValueError) and "Could not connect" not in str(error):
                raise
            _silent[address] = time.monotonic() + _PAUSE
            raise _unreachable(address) from error


def _unreachable(address: str) -> IndexUnreachable:
    hint = "start one with `chroma run`, start it anew, or set chroma to another address"
    return IndexUnreachable(f"{address}: no Chroma server answers there; {hint}")


def folder_client(folder: Path) -> Client:
    """A client of the Chroma database in a folder, which is made if need be. Raises IndexDamaged."""
    with _translated(folder):
        # The factory promises an interface that lacks close(); this is the class it makes.
        return cast(Client, chromadb.PersistentClient(str(folder), settings=_settings()))


def server_client(address: str, *, to_write: bool = False) -> Client:
    """A client of the Chroma server at http://host:port. Raises IndexUnreachable where none answers within seconds."""
    parts = urlsplit(address)
    is_secure = parts.scheme == "https"
    with _translated(address):
        # Chroma's client would wait for ever for the answers to its own first questions.
        httpx.get(f"{address.rstrip('/')}/api/v2/heartbeat", timeout=_GREETING, trust_env=False).close()
        client = chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or (443 if is_secure else 8000),
            ssl=is_secure,
            settings=_settings(),
        )
    session = getattr(getattr(client, "_server", None), "_session", None)
    if isinstance(session, httpx.Client):  # it waits for ever, and takes no argument that says otherwise
        session.timeout = httpx.Timeout(_WRITING if to_write else _ANSWER, connect=_GREETING)
    return cast(Client, client)


def delete_others(address: str, prefix: str, kept: str) -> None:
    """Delete the collections of a server whose names begin so, but not `kept`. Raises IndexDamaged."""
    with closing(server_client(address, to_write=True)) as client, _translated(address):
        for collection in client.list_collections(limit=100_000):
            if collection.name.startswith(prefix) and collection.name != kept:
                client.delete_collection(collection.name)


def _settings() -> ChromaSettings:
    return ChromaSettings(anonymized_telemetry=False)
