"""`byline bench search`: how fast search is in a collection of 300,000 passages, against the bare indexes.

The sources' articles are added with altered versions of each (see `workload.py`) until there are enough passages. The
same passages go into a tantivy index and a Chroma collection without anything around them. 300 queries are put to
all in one process, in turns, so that what else the machine does hits all alike; no query comes twice in a row.
Byline and the bare Chroma both embed the query.
"""

import functools
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import Any

from eval.bench.workload import (
    MOST_TIMES,
    QUERIES,
    Query,
    Timed,
    grown,
    headlines_and_sentences,
    kinds_of_search,
    milliseconds,
    percentiles,
)
from index.collection import Collection
from index.embedders import StaticEmbedder
from index.errors import IndexDamaged, SourceError
from index.formats.readings import Reading
from index.indexes.bare_stores import BareVectors, BareWords
from index.indexes.replication import Tell
from index.indexes.word_index import WordIndex
from index.ingest.sources import Sources
from index.search import engine
from index.store.catalogue import Catalogue
from index.store.stored_passages import StoredPassages
from index.text.passages import titled

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


# The collection and, beside it, the bare indexes of the same passages

_LOOKED_AT = 200  # articles, before the passages are counted again


def fill(collection: Collection, sources: Sequence[str], passages: int) -> None:
    """Add the sources' articles, and altered versions of each, until the collection holds so many passages.

    Nothing is added where it does already. Raises SourceError where all versions together are not enough.
    """
    if collection.catalogue.count()[1] < passages:
        for _ in collection.add(_enough(collection, sources, passages)):
            pass
    made = collection.catalogue.count()[1]
    if made < passages:
        raise SourceError(
            f"{', '.join(sources)}: {made} passages in {MOST_TIMES} versions of all articles, and {passages} are to "
            "be searched; give more sources, or a lesser --passages"
        )


@contextmanager
def bare_indexes(folder: Path, catalogue: Catalogue) -> Iterator[tuple[BareVectors, BareWords]]:
    """The bare indexes of all passages, in folders of their own, filled unless they hold as many already."""
    stored, count = catalogue.passages, catalogue.count()[1]
    vectors, words = folder / "bare-vectors", folder / "bare-words"
    if not _holds(vectors, _vectors_in, count):
        BareVectors.fill(vectors, ((rows.keys.tolist(), rows.vectors) for rows in stored.vectors_since(0)))
    if not _holds(words, _words_in, count):
        BareWords.fill(words, (titled(one.article, one.passage) for one in stored.since(0)))
    with closing(BareVectors(vectors)) as opened:
        yield opened, BareWords(words)


def _enough(collection: Collection, sources: Sequence[str], passages: int) -> Iterator[Reading]:
    for number, reading in enumerate(grown(lambda: Sources(sources), MOST_TIMES)):
        if number % _LOOKED_AT == 0 and collection.catalogue.count()[1] >= passages:
            return
        yield reading


def _holds(place: Path, counted: Callable[[Path], int], count: int) -> bool:
    """Whether the index is there with so many passages; what is left of another is removed."""
    try:
        if place.exists() and counted(place) == count:
            return True
    except IndexDamaged:
        pass  # a run that was broken off left it
    rmtree(place, ignore_errors=True)
    return False


def _vectors_in(place: Path) -> int:
    with closing(BareVectors(place)) as index:
        return index.count()


def _words_in(place: Path) -> int:
    return BareWords(place).count()


# Where the time of a search goes


# By where a search looks each part up.
_STAGES: Mapping[str, tuple[Any, str]] = {
    "embedding": (StaticEmbedder, StaticEmbedder.embed_query.__name__),
    "words": (WordIndex, WordIndex.best.__name__),
    "vectors": (engine, "nearest"),
    "candidates from the catalogue": (StoredPassages, StoredPassages.get.__name__),
    "ranking": (engine, "rank"),
    "texts and copies": (engine, engine._distinct.__name__),
    "all": (Collection, Collection.search.__name__),
}


def stages(search_for: Callable[[Query], object], queries: Sequence[Query]) -> dict[str, float]:
    """Mean milliseconds of the parts of these searches."""
    spent = dict.fromkeys(_STAGES, 0.0)
    with ExitStack() as stack:
        for name, (owner, function) in _STAGES.items():
            stack.enter_context(_timed(owner, function, name, spent))
        for query in queries:
            search_for(query)
    return {name: 1000 * spent[name] / len(queries) for name in _STAGES}


@contextmanager
def _timed(owner: Any, function: str, name: str, spent: dict[str, float]) -> Iterator[None]:
    """Meanwhile add up the seconds that this function of a class or module takes."""
    wrapped = getattr(owner, function)

    @functools.wraps(wrapped)
    def timed(*arguments: Any, **options: Any) -> Any:
        began = time.perf_counter()
        try:
            return wrapped(*arguments, **options)
        finally:
            spent[name] += time.perf_counter() - began

    setattr(owner, function, timed)
    try:
        yield
    finally:
        setattr(owner, function, wrapped)
