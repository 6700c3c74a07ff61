"""How long the reader's model takes for ten passages and the bare network: `python -m eval.bench.bench_reading DATA`.

DATA is as `eval.datasets` opens it. For each question, what search finds is read as Byline reads it (cut into pieces,
put into batches, read, and the best span of each passage found), and the network alone is run on the same batches, one
after the other in one process.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np

from eval.datasets import open_dataset
from eval.runs.measured_collection import Telling, measured_collection, none_opened
from index.rerankers import NONE
from index.settings import Settings
from index.span_model.span_reader import SpanReader

_PASSAGES = 10
_WARM = 5  # questions that are not counted

Pairs = list[tuple[str, str]]


def main() -> None:
    options = _arguments()
    reader = SpanReader()
    asked = list(_asked(options.data, options.keep, options.questions + _WARM))
    times = [(_timed_whole(reader, *one), _timed_bare(reader, *one)) for one in asked][_WARM:]
    whole, bare = (1000 * np.array(part) for part in zip(*times, strict=True))
    for name, part in (("read", whole), ("the bare network", bare)):
        print(f"{name}: p50 {np.quantile(part, 0.5):.0f} ms, p95 {np.quantile(part, 0.95):.0f} ms")
    ratio = median((whole / bare).tolist())
    print(f"{len(times)} questions, {_PASSAGES} passages each: {ratio:.2f} times the bare network (median)")


def _asked(data: Path, keep: Path, count: int) -> Iterator[tuple[str, Pairs]]:
    found = open_dataset(data)
    settings = Settings(keep, reranker=NONE)
    with measured_collection(found, settings, none_opened(), keep, Telling(print)) as (collection, _):
        for one in found.questions[:count]:
            passages = collection.search(one.text, _PASSAGES, one.as_of)
            yield one.text, [(each.article.title, each.passage.text) for each in passages]


def _timed_whole(reader: SpanReader, question: str, passages: Pairs) -> float:
    return _timed(lambda: [reading.best() for reading in reader.read(question, passages)])


def _timed_bare(reader: SpanReader, question: str, passages: Pairs) -> float:
    batches = reader.batches(question, passages)
    return _timed(lambda: [reader.forward(batch) for batch in batches])


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time the reader's model against the bare network.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--keep", type=Path, required=True, metavar="HOME", help="the collection, made when missing")
    parser.add_argument("--questions", type=int, default=60)
    return parser.parse_args()


if __name__ == "__main__":
    main()
