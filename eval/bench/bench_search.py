"""`byline bench search`: how fast search is in a collection of 300,000 passages, against the bare indexes.

The sources' articles are added with altered versions of each (see `altered.py`) until there are enough passages. The
same passages go into a tantivy index and a Chroma collection without anything around them. 300 queries are put to
all in one process, in turns, so that what else the machine does hits all alike; no query comes twice in a row.
Byline and the bare Chroma both embed the query.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from eval.bench.beside_bare import bare_indexes, fill
from eval.retrieval.search_stages import stages
from eval.runs.timed_searches import (
    QUERIES,
    Query,
    Timed,
    headlines_and_sentences,
    kinds_of_search,
    milliseconds,
    percentiles,
)
from index.collection import Collection
from index.indexes.bare_stores import BareVectors, BareWords
from index.indexes.replication import Tell

PASSAGES = 300_000
_WORDS, _VECTORS = "bare tantivy", "bare Chroma"


@dataclass(frozen=True, slots=True)
class SearchTimes:
    """What was measured. `bare` is the sum of the two bare indexes, query by query; `stages` are in ms."""

    articles: int
    passages: int
    queries: int
    bare_words: Timed
    bare_vectors: Timed
    bare: Timed
    searches: Mapping[str, Timed]
    stages: Mapping[str, float]

    def ratios(self, kind: str) -> tuple[float, float]:
        """Of one kind of search to the bare sum, at p50 and p95."""
        timed = self.searches[kind]
        return timed.p50 / self.bare.p50, timed.p95 / self.bare.p95

    def to_json(self) -> dict[str, Any]:
        ratios = {kind: dict(zip(("p50", "p95"), self.ratios(kind), strict=True)) for kind in self.searches}
        return asdict(self) | {"ratios": ratios}


def bench_search(
    sources: Sequence[str],
    passages: int = PASSAGES,
    kept: Path | None = None,
    profile: bool = False,
    tell: Tell = lambda line: None,
    most_queries: int = QUERIES,
) -> SearchTimes:
    """Measure over these sources. In the folder `kept` all stays for the next time, which uses what is there.

    Raises SourceError where the sources, with all their altered versions, do not make so many passages.
    """
    with ExitStack() as stack:
        folder = kept or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        collection = stack.enter_context(Collection(folder / "byline", tell=tell))
        fill(collection, sources, passages)
        vectors, words = stack.enter_context(bare_indexes(folder, collection.catalogue))
        return _measure(collection, vectors, words, headlines_and_sentences(collection, most_queries), profile)


def search_lines(times: SearchTimes) -> Iterator[str]:
    """The figures as a table."""
    yield f"{times.passages} passages of {times.articles} articles, {times.queries} queries, milliseconds"
    yield ""
    yield f"{'':24}{'p50':>9}{'p95':>9}{'p50 ratio':>12}{'p95 ratio':>12}"
    for name, timed in ((_WORDS, times.bare_words), (_VECTORS, times.bare_vectors), ("both", times.bare)):
        yield f"{name:24}{timed.p50:>9.1f}{timed.p95:>9.1f}"
    for kind, timed in times.searches.items():
        p50, p95 = times.ratios(kind)
        yield f"{f'byline, {kind}':24}{timed.p50:>9.1f}{timed.p95:>9.1f}{p50:>12.2f}{p95:>12.2f}"
    if times.stages:
        yield ""
        yield "where the time goes without a filter, mean:"
        yield from (f"  {name:30}{taken:>9.2f}" for name, taken in times.stages.items())


def _measure(
    collection: Collection, vectors: BareVectors, words: BareWords, queries: Sequence[Query], profile: bool
) -> SearchTimes:
    embedder, kinds = collection.embedder, kinds_of_search(collection)
    searches: dict[str, Callable[[Query], object]] = {
        _WORDS: lambda query: words.search(query.text),
        _VECTORS: lambda query: vectors.search(embedder.embed_query(query.text)),
        **kinds,
    }
    taken = _in_turns(searches, queries)
    articles, passages = collection.catalogue.count()
    return SearchTimes(
        articles=articles,
        passages=passages,
        queries=len(queries),
        bare_words=percentiles(taken[_WORDS]),
        bare_vectors=percentiles(taken[_VECTORS]),
        bare=percentiles([sum(pair) for pair in zip(taken[_WORDS], taken[_VECTORS], strict=True)]),
        searches={kind: percentiles(taken[kind]) for kind in kinds},
        stages=stages(kinds["no filter"], queries) if profile else {},
    )


def _in_turns(searches: Mapping[str, Callable[[Query], object]], queries: Sequence[Query]) -> dict[str, list[float]]:
    """Milliseconds of each search for each query, in the order of the queries.

    At each turn every search has another query, so that none finds what the one before has just brought to mind.
    """
    apart = max(1, len(queries) // len(searches))
    taken = {name: [0.0] * len(queries) for name in searches}
    for search in searches.values():
        search(queries[0])  # opens what is opened once
    for turn in range(len(queries)):
        for number, (name, search) in enumerate(searches.items()):
            at = (turn + number * apart) % len(queries)
            taken[name][at] = milliseconds(partial(search, queries[at]))
    return taken
