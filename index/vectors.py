"""The vector index: Chroma on disk, ids and vectors only.

Chroma loses data when it is killed while writing or opened by two writers, so nothing is kept here that the
catalogue does not hold.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import cast

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration, CreateHNSWConfiguration
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from numpy.typing import NDArray

from index.damage import as_damage

_NAME = "passages"
# Chroma's own errors, what its Rust core and SQLite let through, and the AttributeError of its clean-up after them.
_FAILURES = (ChromaError, OSError, RuntimeError, ValueError, AttributeError)
_BATCH = 5000  # Chroma refuses more than 5461 in one call
# Unit vectors: the inner product is the cosine. The space can never be changed later.
_CONFIGURATION = CreateCollectionConfiguration(
    hnsw=CreateHNSWConfiguration(space="ip", ef_construction=100, max_neighbors=16, ef_search=200)
)


class VectorIndex:
    """An approximate nearest-neighbour index (HNSW) of passage vectors in a folder of its own.

    Raises IndexDamaged where Chroma cannot open, read or write the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with self._translated():
            settings = ChromaSettings(anonymized_telemetry=False)
            # The factory promises an interface that lacks close(); this is the class it makes.
            self._client = cast(Client, chromadb.PersistentClient(str(folder), settings=settings))
            self._collection = self._client.get_or_create_collection(
                _NAME, configuration=_CONFIGURATION, embedding_function=None
            )

    def __enter__(self) -> "VectorIndex":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def count(self) -> int:
        with self._translated():
            return self._collection.count()

    def add(self, keys: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Add or replace vectors, shape (len(keys), d), of unit length."""
        with self._translated():
            for at in range(0, len(keys), _BATCH):
                ids = [str(key) for key in keys[at : at + _BATCH]]
                self._collection.upsert(ids=ids, embeddings=vectors[at : at + _BATCH])

    def remove(self, keys: Sequence[int]) -> None:
        with self._translated():
            for at in range(0, len(keys), _BATCH):
                self._collection.delete(ids=[str(key) for key in keys[at : at + _BATCH]])

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """At most k (key, cosine) pairs, nearest first; none for a zero vector, which is near to nothing."""
        if not vector.any():
            return []
        with self._translated():
            found = self._collection.query(query_embeddings=vector[np.newaxis], n_results=k, include=["distances"])
        distances = found["distances"]
        assert distances is not None
        return [(int(key), 1.0 - distance) for key, distance in zip(found["ids"][0], distances[0], strict=True)]

    def _translated(self) -> AbstractContextManager[None]:
        return as_damage(self._folder, "vector", _FAILURES)
