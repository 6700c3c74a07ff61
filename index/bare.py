"""A Chroma collection without anything around it: what ingestion is measured against, never used otherwise."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from numpy.typing import NDArray

_BATCH = 1000


def bare_collection(folder: Path) -> Any:
    """A new collection with Chroma's own defaults, except that it embeds nothing itself."""
    return chromadb.PersistentClient(str(folder)).create_collection("bare", embedding_function=None)


def add_to_bare(folder: Path, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
    """Add ids, documents and ready-made vectors, shape (len(texts), d), as a user's loop would."""
    collection = bare_collection(folder)
    for at in range(0, len(texts), _BATCH):
        part = slice(at, at + _BATCH)
        ids = [str(number) for number in range(at, min(at + _BATCH, len(texts)))]
        collection.add(ids=ids, documents=list(texts[part]), embeddings=vectors[part])
