"""The word index: tantivy's BM25 over title and text as one field, in a folder of its own."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import tantivy

from index.indexes.word_query import QueryBuilder
from index.store.damage import as_damage
from index.text.analysis import analyzer, to_analyze
from index.times import Window

_TOKENIZER = "news"
_HEAP = 64_000_000  # bytes that the writer may use before it flushes


class WordEntry(NamedTuple):
    """A passage as it is indexed: its key, day number, text, and the terms of its article (see `index.store.names`)."""

    key: int
    day: int
    text: str
    terms: tuple[str, ...] = ()


class WordIndex:
    """BM25 search by words. Commits are atomic: a reader sees the last one.

    Raises IndexDamaged where tantivy cannot open, read or write the folder, or where it is not there and not to be
    made with `create`.
    """

    def __init__(self, folder: Path, create: bool = False) -> None:
        self._folder = folder
        self._schema = _schema()
        with self._translated():
            if create:
                folder.mkdir(parents=True, exist_ok=True)
                self._index = tantivy.Index(self._schema, path=str(folder))
            else:
                self._index = tantivy.Index.open(str(folder))
            self._index.register_tokenizer(_TOKENIZER, analyzer())
            self._read()

    def close(self) -> None:
        """Nothing is held that must be let go of."""

    def count(self) -> int:
        return self._searcher.num_docs

    def change(self, removed: Sequence[int], added: Iterable[WordEntry | tuple[int, int, str]]) -> None:
        """Take out and add passages in one commit."""
        with self._translated():
            writer = self._index.writer(heap_size=_HEAP, num_threads=1)
            for key in removed:
                # By query: deleting by term takes the key for a signed number and finds nothing.
                writer.delete_documents_by_query(tantivy.Query.term_query(self._schema, "key", key))
            for one in added:
                entry = WordEntry(*one)
                document = tantivy.Document()
                document.add_unsigned("key", entry.key)
                document.add_unsigned("day", entry.day)
                document.add_text("text", to_analyze(entry.text))
                for term in entry.terms:
                    document.add_text("term", term)
                writer.add_document(document)
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
            self._read()

    def best(
        self, query: str, k: int, window: Window | None = None, groups: Sequence[Sequence[str]] = ()
    ) -> list[tuple[int, float]]:
        """At most k (key, BM25) pairs, best first. The query is plain words, without syntax.

        They are from these days, and of articles that have a term of each group.
        """
        with self._translated():
            wanted = self._builder.build(query)
        if wanted is None:
            return []
        if window is not None or groups:
            filters = [*([self._within(window)] if window else []), *map(self._having, groups)]
            wanted = tantivy.Query.boolean_query([(tantivy.Occur.Must, each) for each in (wanted, *filters)])
        with self._translated():
            found = self._searcher.search(wanted, limit=k, count=False)
            keys = self._searcher.fast_field_values("key", [address for _, address in found.hits])
        return [(int(key or 0), float(score or 0)) for key, (score, _) in zip(keys, found.hits, strict=True)]

    def frequency(self, term: str) -> int:
        """The number of passages that hold an analysed term."""
        with self._translated():
            found = self._searcher.search(self._builder.term(term), limit=1, count=True)
            return int(found.count or 0)  # type: ignore[attr-defined] # forgotten in tantivy's stubs

    def _read(self) -> None:
        self._searcher = self._index.searcher()
        self._builder = QueryBuilder(self._schema, self._searcher)

    def _within(self, window: Window) -> tantivy.Query:
        first, last = window.numbers
        days = tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Unsigned, first, last)
        return tantivy.Query.const_score_query(days, 0.0)

    def _having(self, group: Sequence[str]) -> tantivy.Query:
        terms = [tantivy.Query.term_query(self._schema, "term", term, "basic") for term in group]
        any_of = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        return tantivy.Query.const_score_query(any_of, 0.0)

    def _translated(self) -> AbstractContextManager[None]:
        return as_damage(self._folder, "word", (ValueError, OSError))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_unsigned_field("day", indexed=False, fast=True)
    builder.add_text_field("term", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name=_TOKENIZER, index_option="position")
    return builder.build()
