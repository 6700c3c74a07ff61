"""The collection: articles are added and removed here, and passages found."""

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from index.article import Article
from index.catalogue import Catalogue
from index.derived import Derived, Tell
from index.embedders import Embedder, open_embedder
from index.errors import ArticleNotFound, CollectionError, EmbedderMismatch, LockedError
from index.lock import writer_lock
from index.passages import split_passages
from index.reading import Reading
from index.search import Indexes, Retrieved, search

if TYPE_CHECKING:
    from index.vectors import VectorIndex

Outcome = Literal["added", "changed", "unchanged", "duplicate"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one reading: its article as it now stands in the collection."""

    article: Article
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Status:
    """A collection in figures."""

    name: str
    folder: Path
    articles: int
    passages: int
    embedder: str
    first: date | None
    last: date | None
    indexes_current: bool


class Collection:
    """A named collection in a folder of its own.

    `embedder` is a spec (see `open_embedder`) or an Embedder. `tell` receives one line for each repair or
    notice. Reading is safe from many threads, and while another process writes.

    Raises CollectionError where the folder cannot be used, EmbedderMismatch where the collection's vectors
    were made by another embedder.
    """

    def __init__(self, folder: Path, embedder: str | Embedder = "static", tell: Tell = lambda line: None) -> None:
        self._folder = folder
        self._embedder_given = embedder
        self._tell = tell
        self._guard = threading.RLock()
        _make(folder)
        self.catalogue = Catalogue(folder / "catalogue.sqlite3")
        self._derived = Derived(self.catalogue, folder)
        self._checked = False

    def __enter__(self) -> "Collection":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._derived.close()
        self.catalogue.close()

    @property
    def name(self) -> str:
        return self._folder.name

    # Reading

    def article(self, prefix: str) -> Article:
        """The article whose id begins with `prefix`. Raises ArticleNotFound."""
        found = self.catalogue.find(prefix) if prefix else []
        if len(found) == 1:
            return found[0]
        if found:
            raise ArticleNotFound(f"{prefix}: {len(found)} articles begin so; give more of the id")
        raise ArticleNotFound(f"{prefix or 'an empty id'}: no such article; `byline list` shows their ids")

    def search(self, query: str, k: int = 10, as_of: date | None = None) -> list[Retrieved]:
        """The k best passages for a query asked on `as_of` (today by default), best first."""
        with self._guard:
            self._make_ready()
            indexes = Indexes(self.catalogue, self.embedder, self._derived.words(), self._usable_vectors())
            if indexes.words is None:
                raise CollectionError(f"{self.name}: still being indexed by another process; ask again when it is done")
            return search(indexes, query, k, as_of or date.today())

    def frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """For each analysed term the number of passages that hold it."""
        with self._guard:
            words = self._derived.words()
            return {term: words.frequency(term) if words else 0 for term in terms}

    def status(self) -> Status:
        articles, passages = self.catalogue.count()
        days = [article.published for article in self.catalogue.articles() if article.published]
        return Status(
            name=self.name,
            folder=self._folder,
            articles=articles,
            passages=passages,
            embedder=self.catalogue.meta("embedder") or "",
            first=min(days, default=None),
            last=max(days, default=None),
            indexes_current=self._derived.is_current(),
        )

    @cached_property
    def embedder(self) -> Embedder:
        """The embedder of the settings, once it is known to be the collection's own."""
        embedder = self._settings_embedder
        recorded = self.catalogue.meta("embedder")
        if recorded not in (None, embedder.name):
            raise EmbedderMismatch(
                f"{self.name}: embedded with {recorded}, but the settings say {embedder.name}; run "
                "`byline rebuild --re-embed` to embed its passages again, or set the embedder back"
            )
        return embedder

    # Writing

    def add(self, readings: Iterable[Reading]) -> Iterator[Added]:
        """Add articles; each is durable when its Added comes back. The search indexes follow at the end.

        An article whose source is already there replaces the earlier one and keeps its id. Raises LockedError
        when another process is writing.
        """
        with self._guard, self._writing():
            self._record_embedder()
            try:
                for reading in readings:
                    yield self._add(reading)
            finally:
                self._derived.catch_up(self._tell)

    def remove(self, prefixes: Sequence[str]) -> list[Article]:
        """Remove articles by the beginnings of their ids; all or, if one is not found, none."""
        with self._guard, self._writing():
            articles = {article.id: article for article in map(self.article, prefixes)}
            for article in articles.values():
                self.catalogue.remove(article.id)
            self._derived.catch_up(self._tell)
        return list(articles.values())

    def rebuild(self, re_embed: bool = False) -> None:
        """Build both search indexes anew from the catalogue; with `re_embed`, all vectors too."""
        with self._guard, self._writing():
            if re_embed:
                self._re_embed()
            else:
                self._record_embedder()
            self._derived.close()
            self.catalogue.forget_derived()
            self._derived.catch_up(self._tell)

    # Inside

    @cached_property
    def _settings_embedder(self) -> Embedder:
        given = self._embedder_given
        return open_embedder(given) if isinstance(given, str) else given

    def _writing(self) -> contextlib.AbstractContextManager[None]:
        return writer_lock(self._folder)

    def _record_embedder(self) -> None:
        if self.catalogue.meta("embedder") is None or self.catalogue.count()[0] == 0:
            self.catalogue.set_meta("embedder", self._settings_embedder.name)
        assert self.embedder

    def _add(self, reading: Reading) -> Added:
        article = reading.article
        earlier = self.catalogue.with_source(article.source) if article.source else None
        if earlier is not None:
            article = replace(article, id=earlier.id)
            if article == earlier:
                return Added(earlier, "unchanged")
        elif twin := self.catalogue.find(article.id):
            return Added(twin[0], "duplicate")
        passages = split_passages(article.id, article.text)
        titled = [f"{article.title}\n{passage.text}".strip() for passage in passages]
        self.catalogue.put(article, reading.raw, passages, self.embedder.embed_passages(titled))
        return Added(article, "changed" if earlier else "added")

    def _re_embed(self) -> None:
        embedder = self._settings_embedder
        self.catalogue.set_meta("embedder", "unfinished re-embedding")
        stored = list(self.catalogue.passages_since(0))
        for at in range(0, len(stored), 1000):
            batch = stored[at : at + 1000]
            texts = [f"{s.article.title}\n{s.passage.text}".strip() for s in batch]
            self.catalogue.replace_vectors([s.key for s in batch], embedder.embed_passages(texts))
        self.catalogue.set_meta("embedder", embedder.name)
        self.__dict__.pop("embedder", None)

    def _make_ready(self) -> None:
        """Let the indexes catch up, unless another process is already at it."""
        current = self._derived.is_current()
        if current and (self._checked or self._derived.has_right_size()):
            self._checked = True
            return
        with contextlib.suppress(LockedError), writer_lock(self._folder, wait=0):
            if current and self._derived.is_current():
                self._tell("the search indexes do not match the catalogue; building them anew")
                self._derived.close()
                self.catalogue.forget_derived()
            self._derived.catch_up(self._tell)
            self._checked = True

    def _usable_vectors(self) -> "VectorIndex | None":
        try:
            return self._derived.vectors()
        except CollectionError as error:
            self._tell(f"searching by words alone: {error}")
            return None


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CollectionError(f"{folder}: cannot be made ({error.strerror}); give another home with --home") from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise CollectionError(f"{folder}: no permission to read and write; give another home with --home")
