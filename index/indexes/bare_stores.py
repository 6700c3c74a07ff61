"""Chroma and tantivy without anything around them: what Byline is measured against, never used otherwise."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import chromadb
import numpy as np
import tantivy
from chromadb.api.collection_configuration import CreateCollectionConfiguration, CreateHNSWConfiguration
from numpy.typing import NDArray

from index.errors import as_damage

_BATCH = 1000
_FOUND = 100  # hits asked for
_SYNTAX = re.compile(r"\W+")


@contextmanager
def bare_collection(folder: Path, space: Literal["l2", "ip"] = "l2") -> Iterator[Any]:
    """A new collection with Chroma's own defaults, except that it embeds nothing itself; closed at the end."""
    configuration = CreateCollectionConfiguration(hnsw=CreateHNSWConfiguration(space=space))
    client: Any = chromadb.PersistentClient(str(folder))
    with client:
        yield client.create_collection("bare", configuration=configuration, embedding_function=None)


def add_to_bare(folder: Path, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
    """Add ids, documents and ready-made vectors, shape (len(texts), d), as a user's loop would."""
    with bare_collection(folder) as collection:
        for at in range(0, len(texts), _BATCH):
            part = slice(at, at + _BATCH)
            ids = [str(number) for number in range(at, min(at + _BATCH, len(texts)))]
            collection.add(ids=ids, documents=list(texts[part]), embeddings=vectors[part])


class BareVectors:
    """A Chroma collection of ids and vectors in a folder, by inner product. Raises IndexDamaged where it is none."""

    def __init__(self, folder: Path) -> None:
        with as_damage(folder, "bare vector", (Exception,)):
            self._client: Any = chromadb.PersistentClient(str(folder))
            try:
                self._collection = self._client.get_collection("bare", embedding_function=None)
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Chroma holds a folder's files open for the whole process until its last client is closed."""
        self._client.close()

    @staticmethod
    def fill(folder: Path, parts: Iterable[tuple[Sequence[int], NDArray[np.float32]]]) -> None:
        """Make it of keys and rows (len(keys), d)."""
        with bare_collection(folder, space="ip") as collection:
            for keys, vectors in parts:
                collection.add(ids=[str(key) for key in keys], embeddings=vectors)

    def count(self) -> int:
        return int(self._collection.count())

    def search(self, vector: NDArray[np.float32]) -> int:
        """Ask for the 100 nearest, and say how many came."""
        return len(self._collection.query(query_embeddings=vector[np.newaxis], n_results=_FOUND)["ids"][0])


class BareWords:
    """A tantivy index of one text field with tantivy's own English stemmer. Raises IndexDamaged where it is none."""

    def __init__(self, folder: Path) -> None:
        with as_damage(folder, "bare word", (ValueError, OSError)):
            self._index = tantivy.Index.open(str(folder))
            self._searcher = self._index.searcher()

    @staticmethod
    def fill(folder: Path, texts: Iterable[str]) -> None:
        folder.mkdir(parents=True)
        schema = tantivy.SchemaBuilder().add_text_field("text", tokenizer_name="en_stem").build()
        writer = tantivy.Index(schema, path=str(folder)).writer()
        for text in texts:
            writer.add_document(tantivy.Document(text=text))
        writer.commit()
        writer.wait_merging_threads()

    def count(self) -> int:
        return self._searcher.num_docs

    def search(self, query: str) -> int:
        """Ask for the 100 best with any of the query's words, and say how many came."""
        words = _SYNTAX.sub(" ", query).lower()  # tantivy's operators are signs and upper-case words
        return len(self._searcher.search(self._index.parse_query(words, ["text"]), limit=_FOUND).hits)
