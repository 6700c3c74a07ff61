"""Where the time of a search goes."""

import functools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from eval.runs.timed_searches import Query
from index.collection import Collection
from index.embedders import StaticEmbedder
from index.indexes.word_index import WordIndex
from index.search import engine
from index.store.stored_passages import StoredPassages

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
