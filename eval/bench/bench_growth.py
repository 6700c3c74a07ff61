"""`byline bench growth`: what becomes slower when the collection is five times as large.

The same articles are added as they are, and once more with four altered versions of each (see `workload.py`). Each
collection is filled and searched in a process of its own; the first answer is that of a fresh `byline ask`.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple, dataclass
from functools import partial
from pathlib import Path

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
from index.ingest.sources import Sources

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
        small, large = (_in_own_process(Path(folder, str(times)), times, sources) for times in (1, _TIMES))
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


def _in_own_process(home: Path, times: int, sources: Sequence[str]) -> Grown:
    return Grown(**in_own_process("eval.bench.bench_growth", str(home), str(times), *sources))


def _measure(home: Path, times: int, sources: Sequence[str]) -> Grown:
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
    print(json.dumps(asdict(_measure(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))))
