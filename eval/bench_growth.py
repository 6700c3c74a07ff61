"""`byline bench growth`: what becomes slower when the collection is five times as large.

The same articles are added as they are, and once more with four altered versions of each (see `altered.py`). Each
collection is filled and searched in a process of its own; the first answer is that of a fresh `byline ask`.
"""

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from eval.altered import grown
from index.collection import Collection
from index.errors import SettingsError, SourceError
from index.filters import Filters
from index.sources import Sources

_TIMES = 5
_QUERIES = 300
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
    command = [sys.executable, "-m", "eval.bench_growth", str(home), str(times), *sources]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SettingsError(f"measuring failed with exit code {done.returncode}; its error stands above")
    return Grown(**json.loads(done.stdout.splitlines()[-1]))


def _measure(home: Path, times: int, sources: Sequence[str]) -> Grown:
    folder = home / "collections" / "default"
    began = time.perf_counter()
    with Collection(folder) as collection:
        added = sum(1 for _ in collection.add(grown(lambda: Sources(sources), times)))
        seconds = time.perf_counter() - began
        if not added:
            raise SourceError(f"{', '.join(sources)}: no article could be read")
        articles, passages = collection.catalogue.count()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    disk = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    searches, question = _searches(folder)
    return Grown(articles, passages, seconds, peak, disk, searches, _first_answer(home, question))


def _searches(folder: Path) -> tuple[dict[str, tuple[float, float]], str]:
    chance = random.Random(1)
    with Collection(folder) as collection:
        articles = [article for article in collection.catalogue.articles() if article.published]
        asked = [(a.heading, a.published) for a in chance.sample(articles, min(_QUERIES, len(articles)))]
        _, last = collection.catalogue.days()
        collection.search(asked[0][0], 10, last)
        found = {
            name: _percentiles(partial(_search, collection, back, last), asked)
            for name, back in (("no filter", None), ("one week", 7), ("three months", 90), ("all before", 10**5))
        }
    return found, asked[0][0]


def _search(collection: Collection, back: int | None, last: date | None, query: str, day: date | None) -> None:
    """Without `back` among all days, else in so many days up to that of the article the query is taken from."""
    if back is None or day is None:
        collection.search(query, 10, last)
    else:
        since = max(date.min, day - timedelta(days=min(back, day.toordinal() - 1)))
        collection.search(query, 10, day, Filters(since=since))


def _percentiles(
    search: Callable[[str, date | None], None], asked: Sequence[tuple[str, date | None]]
) -> tuple[float, float]:
    taken = []
    for query, day in asked:
        began = time.perf_counter()
        search(query, day)
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


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
