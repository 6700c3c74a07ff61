"""Adding articles: what is new is embedded and written in batches, what is unchanged is passed over."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal

import numpy as np

from index.article import Article, article_id
from index.catalogue import Catalogue, Entry
from index.decoding import storable
from index.embedders import Embedder
from index.passages import Passage, split_passages
from index.reading import Reading

Outcome = Literal["added", "changed", "unchanged", "duplicate"]
CORRECTABLE = ("title", "outlet", "author", "url", "published", "updated")

_MOST_PASSAGES = 1000  # in one transaction: its cost is shared, and what is not yet told is soon done again
_LONGEST_WAIT = 1.0  # seconds until what has come in is written, however few there are


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one reading: its article as it now stands in the collection."""

    article: Article
    outcome: Outcome


@dataclass
class _Batch:
    """Readings that are not yet written, in the order they came."""

    added: list[Added] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    passages: list[list[Passage]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    size: int = 0
    since: float = field(default_factory=time.monotonic)

    @property
    def is_full(self) -> bool:
        return self.size >= _MOST_PASSAGES or time.monotonic() - self.since > _LONGEST_WAIT

    def take(self, reading: Reading, article: Article, added: Added) -> None:
        self.added.append(added)
        if added.outcome in ("added", "changed"):
            self.readings.append(replace(reading, article=added.article))
            self.passages.append(split_passages(added.article.id, added.article.text))
            self.keys |= _keys(article) | _keys(added.article)
            self.size += len(self.passages[-1])


def add_all(catalogue: Catalogue, embedder: Embedder, readings: Iterable[Reading]) -> Iterator[Added]:
    """Add readings to the catalogue. Each is durable when its Added comes back, in the order of the readings.

    If the readings break off, those that came before are added all the same.
    """
    batch = _Batch()
    remaining = iter(readings)
    while True:
        try:
            reading = next(remaining, None)
        except BaseException:
            _write(catalogue, embedder, batch)
            raise
        if reading is None:
            break
        article = _storable(reading.article)
        if batch.is_full or not batch.keys.isdisjoint(_keys(article)):
            yield from _write(catalogue, embedder, batch)
            batch = _Batch()
        batch.take(reading, article, _compare(catalogue, article))
    yield from _write(catalogue, embedder, batch)


def corrected(article: Article, corrections: dict[str, str]) -> Article:
    """The article with what a person set right."""
    changes: dict[str, Any] = {
        name: (date.fromisoformat(value) if value else None) if name in ("published", "updated") else value
        for name, value in corrections.items()
    }
    return replace(article, **changes)


def _compare(catalogue: Catalogue, article: Article) -> Added:
    """What is to become of an article, under the id and with the corrections that it has here."""
    earlier = catalogue.with_source(article.source) if article.source else None
    if earlier is not None:
        article = replace(article, id=earlier.id)
    elif twins := catalogue.find(article.id):
        if _is_same(twins[0], article):
            return Added(twins[0], "duplicate")
        article = replace(article, id=article_id(article.text, url=f"{article.id} {article.source}"))
    article = corrected(article, catalogue.corrections(article.id))
    if article == earlier:
        return Added(article, "unchanged")
    return Added(article, "changed" if earlier else "added")


def _write(catalogue: Catalogue, embedder: Embedder, batch: _Batch) -> list[Added]:
    if batch.readings:
        vectors = _vectors(embedder, batch)
        catalogue.put(
            [
                Entry(reading.article, storable(reading.raw), passages, part, _origins(catalogue, reading))
                for reading, passages, part in zip(batch.readings, batch.passages, vectors, strict=True)
            ]
        )
    return batch.added


def _vectors(embedder: Embedder, batch: _Batch) -> Sequence[np.ndarray[Any, np.dtype[np.float32]]]:
    texts = [
        titled(reading.article, passage)
        for reading, passages in zip(batch.readings, batch.passages, strict=True)
        for passage in passages
    ]
    ends = np.cumsum([len(passages) for passages in batch.passages])
    return np.split(embedder.embed_passages(texts), ends[:-1])


def titled(article: Article, passage: Passage) -> str:
    """What is embedded and indexed of a passage: the article's title and the passage's text."""
    return f"{article.title}\n{passage.text}".strip()


def _origins(catalogue: Catalogue, reading: Reading) -> dict[str, str]:
    return dict(reading.origins) | dict.fromkeys(catalogue.corrections(reading.article.id), "edited")


def _keys(article: Article) -> set[str]:
    return {article.id, f"source {article.source}"} if article.source else {article.id}


def _storable(article: Article) -> Article:
    values = {each.name: getattr(article, each.name) for each in fields(article)}
    changes: dict[str, Any] = {name: storable(value) for name, value in values.items() if isinstance(value, str)}
    return replace(article, **changes)


def _is_same(there: Article, article: Article) -> bool:
    """Whether two articles of one id are one: that there may have changed since it got its id."""
    return bool(article.url and there.url == article.url) or there.text == article.text
