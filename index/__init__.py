"""The collection: articles in, passages found. What stands in `__all__` is the public face.

>>> from pathlib import Path
>>> from index import Collection, find_files, read_file
>>> with Collection(Path("my-news")) as collection:  # doctest: +SKIP
...     for added in collection.add(read_file(file) for file in find_files(Path("articles"))):
...         print(added.outcome, added.article.heading)
...     for found in collection.search("Why did Canada suspend the permits?"):
...         print(found.score, found.article.title, found.passage.text)

Names are imported when they are first asked for, so that a part of the package costs no more than itself.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.article import Article
    from index.collection import Collection
    from index.errors import BylineError
    from index.filters import Filters
    from index.formats import Reading, find_files, read_file
    from index.retriever import BylineRetriever
    from index.search.result import Results, Retrieved
    from index.settings import Settings, load_settings
    from index.text.passages import Passage

__all__ = [
    "Article",
    "BylineError",
    "BylineRetriever",
    "Collection",
    "Filters",
    "Passage",
    "Reading",
    "Results",
    "Retrieved",
    "Settings",
    "find_files",
    "load_settings",
    "read_file",
]

# ONNX Runtime reads this when it is imported; without it, it reports to its makers.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

_PLACES = {
    "Article": "article",
    "BylineError": "errors",
    "BylineRetriever": "retriever",
    "Collection": "collection",
    "Filters": "filters",
    "Passage": "text.passages",
    "Reading": "formats",
    "Results": "search.result",
    "Retrieved": "search.result",
    "Settings": "settings",
    "find_files": "formats",
    "load_settings": "settings",
    "read_file": "formats",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
