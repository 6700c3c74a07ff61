"""The collection: articles are added and removed here, and passages found."""

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType

from index.adding import Added, add_all, titled
from index.article import Article
from index.catalogue import Catalogue
from index.decoding import storable
from index.derived import Derived, Tell
from index.embedders import Embedder, open_embedder
from index.errors import ArticleNotFound, CollectionError, EmbedderMismatch, IndexDamaged, LockedError
from index.lock import writer_lock
from index.reading import Reading
from index.search import Indexes, search
from index.search_result import Retrieved
from index.sources import Sources

_ENOUGH = 700  # articles, for the indexes to catch up while more are being read
_UNFINISHED = "an unfinished re-embedding"  # in place of the embedder's name: vectors of two kinds


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
        prefix = storable(prefix)
        found = self.catalogue.find(prefix) if prefix else []
        if len(found) == 1:
            return found[0]
        if found:
            raise ArticleNotFound(f"{prefix}: {len(found)} articles begin so; give more of the id")
        raise ArticleNotFound(f"{prefix or 'an empty id'}: no such article; `byline list` shows their ids")

    def search(self, query: str, k: int = 10, as_of: date | None = None) -> list[Retrieved]:
        """The k best passages for a query asked on `as_of` (today by default), best first."""
        query, as_of = storable(query), as_of or date.today()
        with self._guard:
            self._check_embedder()
            self._make_ready()
            try:
                return search(self._indexes(), query, k, as_of)
            except IndexDamaged as error:
                self._repair(error)
                return search(self._indexes(), query, k, as_of)

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

    @property
    def embedder(self) -> Embedder:
        """The embedder of the settings, once it is known to be the collection's own."""
        self._check_embedder()
        return self._settings_embedder

    # Writing

    def add(self, readings: Iterable[Reading]) -> Iterator[Added]:
        """Add articles; each is durable when its Added comes back. The search indexes follow at the end.

        An article whose source is already there replaces the earlier one and keeps its id. Raises LockedError
        when another process is writing.
        """
        with self._guard, self._writing():
            self._record_embedder()
            indexing: list[Future[None]] = []
            waiting = 0
            try:
                for added in add_all(self.catalogue, self.embedder, readings):
                    waiting += added.outcome in ("added", "changed")
                    if waiting >= _ENOUGH and all(future.done() for future in indexing):
                        indexing, waiting = [self._derived.catch_up_meanwhile(self._tell)], 0
                    yield added
            finally:
                for future in indexing:
                    future.result()
                self._derived.catch_up(self._tell)

    def remove(self, prefixes: Sequence[str]) -> list[Article]:
        """Remove articles by the beginnings of their ids; all or, if one is not found, none."""
        with self._guard, self._writing():
            articles = {article.id: article for article in map(self.article, prefixes)}
            self.catalogue.remove(list(articles))
            if self.catalogue.meta("embedder") != _UNFINISHED:
                self._derived.catch_up(self._tell)
        return list(articles.values())

    def remove_vanished(self, folder: Path, sources: Sources) -> list[Article]:
        """Remove the articles that were read from files in `folder` and that `sources`, read to the end, has not seen.

        What could not be read this time is kept as it was.
        """
        inside = f"{folder.resolve()}{os.sep}"
        kept = sources.seen
        gone = [
            article_id
            for source, article_id in self.catalogue.sources().items()
            if source.startswith(inside) and source not in kept and source.split("#")[0] not in sources.untouched
        ]
        return self.remove(gone) if gone else []

    def edit(self, prefix: str, corrections: Mapping[str, str]) -> Article:
        """Set facts of an article right, dates as YYYY-MM-DD, "" for unknown; they outlive a new reading of it."""
        with self._guard, self._writing():
            article = self.article(prefix)
            self._record_embedder()
            self.catalogue.correct(article.id, corrections)
            raw, origins = self.catalogue.raw(article.id), self.catalogue.origins(article.id)
            list(add_all(self.catalogue, self.embedder, [Reading(article, raw, origins)]))
            self._derived.catch_up(self._tell)
            return self.article(article.id)

    def rebuild(self, re_embed: bool = False) -> None:
        """Build both search indexes anew from the catalogue; with `re_embed`, all vectors too."""
        with self._guard, self._writing():
            if not re_embed:
                self._record_embedder()
            self._forget_indexes()  # before vectors change: a re-embedding may be broken off
            if re_embed:
                self._re_embed()
            self._derived.catch_up(self._tell)

    # Inside

    @cached_property
    def _settings_embedder(self) -> Embedder:
        given = self._embedder_given
        return open_embedder(given) if isinstance(given, str) else given

    def _writing(self) -> contextlib.AbstractContextManager[None]:
        return writer_lock(self._folder)

    def _record_embedder(self) -> None:
        name = self._settings_embedder.name
        if self.catalogue.count()[0] == 0 and self.catalogue.meta("embedder") != name:
            self._forget_indexes()  # an emptied one still has the length of the earlier embedder's vectors
            self.catalogue.set_meta("embedder", name)
        self._check_embedder()

    def _check_embedder(self) -> None:
        recorded, name = self.catalogue.meta("embedder"), self._settings_embedder.name
        if recorded not in (None, name):
            raise EmbedderMismatch(
                f"{self.name}: embedded with {recorded}, but the settings say {name}; run "
                "`byline rebuild --re-embed` to embed its passages again, or set the embedder back"
            )

    def _re_embed(self) -> None:
        embedder = self._settings_embedder
        self.catalogue.set_meta("embedder", _UNFINISHED)
        stored = list(self.catalogue.passages_since(0))
        for at in range(0, len(stored), 1000):
            batch = stored[at : at + 1000]
            texts = [titled(s.article, s.passage) for s in batch]
            self.catalogue.replace_vectors([s.key for s in batch], embedder.embed_passages(texts))
        self.catalogue.set_meta("embedder", embedder.name)

    def _make_ready(self) -> None:
        """Let the indexes catch up, unless another process is already at it."""
        if self._is_ready():
            return
        with contextlib.suppress(LockedError), writer_lock(self._folder, wait=0):
            if self._is_ready():  # another process was at it until now
                return
            if self._derived.is_current():
                self._tell("the search indexes do not match the catalogue; building them anew")
                self._forget_indexes()
            self._derived.catch_up(self._tell)
            self._checked = True

    def _is_ready(self) -> bool:
        ready = self._derived.is_current() and (self._checked or self._derived.is_whole())
        self._checked = self._checked or ready
        return ready

    def _repair(self, error: IndexDamaged) -> None:
        with writer_lock(self._folder, wait=0):
            self._tell(f"{error}; building the search indexes anew")
            self._forget_indexes()
            self._derived.catch_up(self._tell)

    def _forget_indexes(self) -> None:
        self._derived.close()
        self.catalogue.forget_derived()

    def _indexes(self) -> Indexes:
        words = self._derived.words()
        if words is None:
            raise CollectionError(f"{self.name}: still being indexed by another process; ask again when it is done")
        return Indexes(self.catalogue, self.embedder, words, self._derived.vectors())


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CollectionError(f"{folder}: cannot be made ({error.strerror}); give another home with --home") from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise CollectionError(f"{folder}: no permission to read and write; give another home with --home")
