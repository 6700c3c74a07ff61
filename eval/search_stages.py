"""Where the time of a search goes."""

import cProfile
import pstats
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eval.timed_searches import Query
from index import nearest, search, words
from index.collection import Collection
from index.embedders import StaticEmbedder
from index.stored_passages import StoredPassages

_TOTAL = 3  # where a row of pstats has the seconds of a function and all that it calls


def profiled(search_for: Callable[[Query], object], queries: Sequence[Query]) -> dict[str, float]:
    """Mean milliseconds of a search's parts under Python's profiler, which makes small functions look slower."""
    profiler = cProfile.Profile()
    for query in queries:
        profiler.runcall(search_for, query)
    found: Mapping[Any, Any] = pstats.Stats(profiler).stats  # type: ignore[attr-defined] # missing in typeshed
    stages = {}
    for name, function in _STAGES.items():
        code = function.__code__
        row = found.get((code.co_filename, code.co_firstlineno, code.co_name))
        stages[name] = 1000 * row[_TOTAL] / len(queries) if row else 0.0
    return stages


_STAGES: Mapping[str, Any] = {
    "embedding": StaticEmbedder.embed_query,
    "words": words.WordIndex.best,
    "vectors": nearest.nearest,
    "candidates from the catalogue": StoredPassages.get,
    "ranking": search._rank,
    "texts and copies": search._distinct,
    "all": Collection.search,
}
