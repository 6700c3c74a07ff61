"""Adding articles: what is new is embedded and written in batches, what is unchanged is passed over."""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from index.article import Article, article_id, reading_digest
from index.catalogue import Catalogue, Entry
from index.decoding import storable
from index.embedders import Embedder
from index.passages import Passage, split_passages
from index.reading import Reading

Outcome = Literal["added", "changed", "unchanged", "duplicate"]
CORRECTABLE = ("title", "outlet", "author", "url", "published", "updated")

_MOST_CHARACTERS = 800_000  # in one transaction: its cost is shared, and what is not yet told is soon done again
_LONGEST_WAIT = 1.0  # seconds until what has come in is written, however few there are


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one reading: its article as it now stands in the collection, and where it was read from."""

    article: Article
    outcome: Outcome
    source: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where articles go. `guard` is entered around each change of the catalogue: one process writes at a time."""

    catalogue: Catalogue
    embedder: Embedder
    guard: Callable[[], AbstractContextManager[None]] = contextlib.nullcontext


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A text in passages with their vectors, for whichever id its article gets. The title is in the vectors too."""

    title: str
    spans: list[tuple[int, int]]
    vectors: NDArray[np.float32]


@dataclass
class _Batch:
    """Readings that are not yet written, in the order they came, and what is to become of each."""

    readings: list[Reading] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    characters: int = 0
    revision: int = 0  # of the catalogue when it was compared
    since: float = field(default_factory=time.monotonic)

    @property
    def is_full(self) -> bool:
        return self.characters >= _MOST_CHARACTERS or time.monotonic() - self.since > _LONGEST_WAIT

    def take(self, reading: Reading, added: Added) -> None:
        self.readings.append(reading)
        self.added.append(added)
        self.keys |= _keys(reading.article) | _keys(added.article)
        if _is_new(added):
            self.characters += len(added.article.text)


def add_all(to: Destination, readings: Iterable[Reading]) -> Iterator[Added]:
    """Add readings to the catalogue. Each is durable when its Added comes back, in the order of the readings.

    If the readings break off, those that came before are added all the same.
    """
    batch = _Batch(revision=to.catalogue.revision)
    remaining = iter(readings)
    while True:
        try:
            reading = next(remaining, None)
        except BaseException:
            _write(to, batch)
            raise
        if reading is None:
            break
        reading = replace(reading, article=_storable(reading.article))
        if batch.is_full or not batch.keys.isdisjoint(_keys(reading.article)):
            yield from _write(to, batch)
            batch = _Batch(revision=to.catalogue.revision)
        batch.take(reading, _compare(to.catalogue, reading.article))
    yield from _write(to, batch)


def put_again(to: Destination, article: Article) -> None:
    """Write an article of the catalogue anew, changed by what was set right. Only within the guard."""
    catalogue = to.catalogue
    reading = Reading(article, catalogue.raw(article.id), catalogue.origins(article.id))
    now = corrected(article, catalogue.corrections(article.id))
    entry = _entry(catalogue, reading, now, _prepare(to.embedder, [now])[0])
    catalogue.put([replace(entry, digest=catalogue.digest(article.id))])


def corrected(article: Article, corrections: dict[str, str]) -> Article:
    """The article with what a person set right."""
    changes: dict[str, Any] = {
        name: (date.fromisoformat(value) if value else None) if name in ("published", "updated") else value
        for name, value in corrections.items()
    }
    return replace(article, **changes)


def _compare(catalogue: Catalogue, article: Article) -> Added:
    """What is to become of an article, under the id and with the corrections that it has here."""
    source = article.source
    earlier = catalogue.read_from(source) if source else None
    digest = reading_digest(article)
    if earlier is not None:
        article = replace(article, id=earlier[0])
    elif twins := catalogue.find(article.id):
        if _is_same(twins[0], article):
            return Added(twins[0], "duplicate", source)
        article = replace(article, id=article_id(article.text, url=f"{article.id} {article.source}"))
    article = corrected(article, catalogue.corrections(article.id))
    if earlier is not None and earlier[1] == digest:
        return Added(article, "unchanged", source)
    return Added(article, "changed" if earlier else "added", source)


def _write(to: Destination, batch: _Batch) -> list[Added]:
    new = [at for at, added in enumerate(batch.added) if _is_new(added)]
    if not new:
        return batch.added
    made = _prepare(to.embedder, [batch.added[at].article for at in new])
    prepared = dict(zip(new, made, strict=True))
    with to.guard():
        if to.catalogue.revision != batch.revision:  # another process may have added or corrected the same
            batch.added = [_compare(to.catalogue, reading.article) for reading in batch.readings]
        entries = [
            _entry(to.catalogue, batch.readings[at], added.article, _fitting(to, added.article, prepared.get(at)))
            for at, added in enumerate(batch.added)
            if _is_new(added)
        ]
        if entries:
            to.catalogue.put(entries)
    return batch.added


def _fitting(to: Destination, article: Article, prepared: _Prepared | None) -> _Prepared:
    if prepared is not None and prepared.title == article.title:
        return prepared
    return _prepare(to.embedder, [article])[0]


def _entry(catalogue: Catalogue, reading: Reading, article: Article, made: _Prepared) -> Entry:
    origins = dict(reading.origins) | dict.fromkeys(catalogue.corrections(article.id), "edited")
    passages = [Passage(article.id, start, end, article.text[start:end]) for start, end in made.spans]
    return Entry(article, storable(reading.raw), passages, made.vectors, origins, reading_digest(reading.article))


def _prepare(embedder: Embedder, articles: Sequence[Article]) -> list[_Prepared]:
    split = [split_passages(article.id, article.text) for article in articles]
    pairs = zip(articles, split, strict=True)
    vectors = embedder.embed_passages([titled(article, one) for article, passages in pairs for one in passages])
    parts = np.split(vectors, np.cumsum([len(passages) for passages in split])[:-1])
    return [
        _Prepared(article.title, [(one.start, one.end) for one in passages], part)
        for article, passages, part in zip(articles, split, parts, strict=True)
    ]


def titled(article: Article, passage: Passage) -> str:
    """What is embedded and indexed of a passage: the article's title and the passage's text."""
    return f"{article.title}\n{passage.text}".strip()


def _is_new(added: Added) -> bool:
    return added.outcome in ("added", "changed")


def _keys(article: Article) -> set[str]:
    return {article.id, f"source {article.source}"} if article.source else {article.id}


def _storable(article: Article) -> Article:
    values = {each.name: getattr(article, each.name) for each in fields(article)}
    changes: dict[str, Any] = {name: storable(value) for name, value in values.items() if isinstance(value, str)}
    return replace(article, **changes)


def _is_same(there: Article, article: Article) -> bool:
    """Whether two articles of one id are one: that there may have changed since it got its id."""
    return bool(article.url and there.url == article.url) or there.text == article.text
