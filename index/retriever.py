"""Byline's search as a LlamaIndex retriever. Importing this module imports LlamaIndex, which takes seconds."""

import logging
from datetime import date

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from index.collection import Collection
from index.filters import ALL, Filters
from index.search.result import scored_node

_log = logging.getLogger(__name__)


class BylineRetriever(BaseRetriever):
    """Retrieves passages for any LlamaIndex query engine or chat engine.

    A node's id is `ARTICLE:START-END` and the same each time; its metadata holds article_id, title, outlet,
    author, url and published; start_char_idx and end_char_idx are exact offsets in the article's text. What search
    tells its user, such as that the reranker was left out, is logged as a warning.

    >>> retriever = BylineRetriever(collection, k=8, filters=Filters(outlets=("Fernhill Wire",)))
    >>> nodes = retriever.retrieve("Why did Canada suspend the permits?")
    """

    def __init__(
        self,
        collection: Collection,
        k: int = 10,
        as_of: date | None = None,
        filters: Filters = ALL,
        any_time: bool = False,
    ) -> None:
        super().__init__()
        self._collection = collection
        self._k = k
        self._as_of = as_of
        self._filters = filters
        self._any_time = any_time

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        query = query_bundle.query_str
        found = self._collection.search(query, self._k, self._as_of, self._filters, self._any_time)
        for notice in found.notices:
            _log.warning(notice)
        return [scored_node(one) for one in found]
