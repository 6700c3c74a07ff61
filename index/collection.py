"""The collection: articles are added and removed here, and passages found."""

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType

from index.article import Article, files_of
from index.embedders import Embedder, open_embedder
from index.errors import (
    BylineError,
    CollectionError,
    EmbedderMismatch,
    IndexDamaged,
    IndexUnreachable,
    SettingsError,
    TextDamaged,
)
from index.filters import ALL, Filters
from index.formats import place_of
from index.formats.readings import Reading
from index.indexes import Derived
from index.indexes.replication import Tell
from index.ingest import LONGEST as LONGEST_FACTS
from index.ingest import Added, Destination, add_all, clean_again, put_again
from index.ingest.sources import Sources
from index.rerankers import SECONDS, Reranker, SecondStage, open_reranker
from index.search.engine import FEW, Indexes, search
from index.search.result import Results
from index.store.catalogue import Catalogue
from index.store.database import PATIENCE, lock, may_only_read
from index.store.names import NameCount
from index.store.selection import Selection, find_article, select
from index.text.decoding import storable
from index.text.passages import titled

_ENOUGH = 700  # articles, for the indexes to catch up while more are being read
_CHANGED = 0.1  # of an outlet's articles, for its lines to be counted anew
CATALOGUE = "catalogue.sqlite3"
_AGAIN = "run `byline rebuild`, then add it again from where it came, or remove it with `byline remove ID`"
_WITHOUT_SERVER = "the Chroma server does not answer; meanwhile search goes by "
# Passages at most, whose vectors are compared, 3 µs each, in place of Chroma, which takes a second to import; and where
# that second would be for one search alone.
COMPARED, COMPARED_ONCE = FEW, 100_000
MOST_COMPARED = 10_000  # where Chroma's server is away: to compare the vectors of all takes .3 s on a busy machine
LONGEST = 20_000  # characters of a query that are read
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

    `embedder` is a spec (see `open_embedder`) or an Embedder. `tell` receives one line for each repair or notice.
    `chroma` is the address of a Chroma server for the vectors, "" for a folder beside the catalogue. `wait` is how
    many seconds to wait for another process that writes, before LockedError. `reranker` is a spec (see `open_reranker`;
    "reader" is Byline's own) or a Reranker, which a search waits for at most `rerank_seconds`. With `once` little is
    searched for: unless the collection is large, vectors are compared one by one and Chroma is not opened. Reading is
    safe from many threads, and while other processes write.

    Where there is no permission to write, the collection can be read and searched all the same (`is_read_only`): the
    indexes are then used as they were published, and what came since is found by its vectors alone.

    Raises CollectionError where the folder cannot be used, EmbedderMismatch where the collection's vectors were made
    by another embedder.
    """

    def __init__(
        self,
        folder: Path,
        embedder: str | Embedder = "static",
        tell: Tell = lambda line: None,
        chroma: str = "",
        wait: float = PATIENCE,
        reranker: str | Reranker = "",
        rerank_seconds: float = SECONDS,
        once: bool = False,
    ) -> None:
        self._folder = folder
        self._embedder_given = embedder
        self._reranker_given = reranker
        self._rerank_seconds = rerank_seconds
        self._once = once
        self._opened_stage: SecondStage | None = None
        self._tell = tell
        self._wait = wait
        self._guard = threading.RLock()
        self.is_read_only = may_only_read(folder, CATALOGUE)
        self.catalogue = Catalogue(folder / CATALOGUE, self.is_read_only)
        self._derived = Derived(self.catalogue, folder, tell, chroma, wait, self.is_read_only)

    def __enter__(self) -> "Collection":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._opened_stage:
            self._opened_stage.close()
        self._derived.close()
        self.catalogue.close()

    @property
    def name(self) -> str:
        return self._folder.name

    # Reading

    def article(self, prefix: str) -> Article:
        """The article whose id begins with `prefix`. Raises ArticleNotFound, and TextDamaged where its text is."""
        found = find_article(self.catalogue, prefix)
        if not found.text:
            raise TextDamaged(f"{found.id}: its text is damaged; {_AGAIN} ({found.source or found.url})")
        return found

    def articles(self, filters: Filters = ALL) -> Iterator[Article]:
        """The articles that pass, without their text, newest first. Raises UnknownName, ArticleNotFound."""
        return self.catalogue.articles(select(self.catalogue, filters, filters.window(date.max)))

    def outlets(self, most: int | None = None) -> list[NameCount]:
        """The outlets by the number of their articles, most first; an article without one counts to its site."""
        return self.catalogue.names.counts("outlet", most)

    def authors(self, most: int | None = None) -> list[NameCount]:
        """The authors in the same way; who wrote together are counted one by one."""
        return self.catalogue.names.counts("author", most)

    def search(
        self,
        query: str,
        k: int = 10,
        as_of: date | None = None,
        filters: Filters = ALL,
        any_time: bool = False,
    ) -> Results:
        """The k best passages for a query asked on `as_of` (today by default), best first; see `index.search.engine`.

        With a reranker, the best of them are ranked again by `index.rerankers`; other searches go on meanwhile.
        """
        query, as_of = storable(query[:LONGEST]), as_of or date.today()
        second = self.second_stage()
        found = self._first_stage(query, max(k, second.depth) if second else k, as_of, filters, any_time)
        return second.rank(query, found, k) if second else found

    def indexes(self) -> Indexes:
        """What a search of this collection reads, as it is now."""
        words = self._derived.usable(self._derived.words)
        if self.catalogue.passages.count_within(Selection()) <= (COMPARED_ONCE if self._once else COMPARED):
            return Indexes(self.catalogue, self.embedder, words, None)
        vectors = self._derived.usable_vectors()
        if not self._derived.is_silent:
            return Indexes(self.catalogue, self.embedder, words, vectors)
        compared = self.catalogue.count()[1] <= MOST_COMPARED
        notice = _WITHOUT_SERVER + ("the vectors in the catalogue" if compared else "words alone")
        return Indexes(self.catalogue, self.embedder, words, vectors, (notice,), compared)

    def second_stage(self) -> SecondStage | None:
        """The opened reranker, None without one. Raises SettingsError or ModelError where it cannot be opened."""
        with self._guard:
            if not self._opened_stage and (given := self._reranker_given):
                reranker = open_reranker(given) if isinstance(given, str) else given
                own = isinstance(given, str)
                self._opened_stage = SecondStage(reranker, self._rerank_seconds, own) if reranker else None
            return self._opened_stage

    def frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """For each analysed term the number of passages that hold it."""
        with self._guard:
            words = self._derived.usable(self._derived.words)
            return {term: words.index.frequency(term) if words else 0 for term in terms}

    def text_of(self, article_id: str) -> str:
        """The text of the article with this id; "" where there is none, as it may be removed after a search."""
        return next((article.text for article in self.catalogue.find(article_id)), "")

    def status(self) -> Status:
        articles, passages = self.catalogue.count()
        first, last = self.catalogue.days()
        return Status(
            name=self.name,
            folder=self._folder,
            articles=articles,
            passages=passages,
            embedder=self.catalogue.meta("embedder") or "",
            first=first,
            last=last,
            indexes_current=self._derived.is_current(),
        )

    def not_ready(self) -> str | None:
        """Why questions cannot be answered now, in words that tell nothing of the articles; None where they can."""
        try:
            unfinished = self.catalogue.meta("embedder") == _UNFINISHED
            waiting = [each.name for each in self._derived.both if each.state() is None]
            empty = self.catalogue.count()[0] == 0
        except BylineError:
            return "the collection cannot be read"
        if empty:
            return "the collection holds no article"
        if unfinished:
            return "the collection's vectors are being made anew"
        return f"the index of {' and '.join(waiting)} is not published yet" if waiting else None

    @property
    def embedder(self) -> Embedder:
        """The embedder of the settings, once it is known to be the collection's own."""
        self._check_embedder()
        return self._settings_embedder

    # Writing

    def add(self, readings: Iterable[Reading]) -> Iterator[Added]:
        """Add articles; each is durable when its Added comes back, and found at the latest when all are added.

        An article whose source is already there replaces the earlier one and keeps its id; of an agency's item the
        newest version stands, see `index.versions`. Other processes may add at the same time. Of `Sources`, files
        that were read whole are noted, and passed over when unchanged.
        """
        with self._guard:
            with self._writing():
                self._record_embedder()
            waiting = 0
            duplicates: set[str] = set()
            to = Destination(self.catalogue, self.embedder, self._changing, self._tell)
            with self._derived.keeping_up() as indexes:
                for added in add_all(to, readings):
                    waiting += added.outcome in ("added", "changed", "withdrawn")
                    if waiting >= _ENOUGH and indexes.is_free:
                        clean_again(to, _CHANGED)  # before the indexes take in what would be changed again
                        indexes.begin_round()
                        waiting = 0
                    if added.outcome == "duplicate":
                        duplicates.update(files_of(added.source))
                    yield added
                clean_again(to, 0.0)
            if isinstance(readings, Sources):
                read = {path: facts for path, facts in readings.read_whole.items() if path not in duplicates}
                self.catalogue.set_files(read)

    def remove(self, prefixes: Sequence[str]) -> list[Article]:
        """Remove articles by the beginnings of their ids; all or, if one is not found, none."""
        return self._remove(prefixes, keep_versions=False)

    def remove_vanished(self, folder: Path, sources: Sources) -> list[Article]:
        """Remove the articles that were read from files in `folder` and that `sources`, read to the end, has not seen.

        What could not be read this time is kept as it was. Where the version of an agency's item that stands has gone,
        no older one comes back in its place.
        """
        inside = f"{place_of(folder)}{os.sep}"
        kept = sources.seen
        gone = [
            article_id
            for source, article_id in self.catalogue.sources().items()
            if source.startswith(inside) and source not in kept and not sources.has_passed_over(source)
        ]
        return self._remove(gone, keep_versions=True) if gone else []

    def edit(self, prefix: str, corrections: Mapping[str, str]) -> Article:
        """Set facts of an article right, dates as YYYY-MM-DD, "" for unknown; they outlive a new reading of it.

        Raises ArticleNotFound, and SettingsError where a fact is longer than articles' are.
        """
        for name, value in corrections.items():
            if len(value) > (most := LONGEST_FACTS.get(name, len(value))):
                raise SettingsError(f"--{name} has {len(value):,} characters; give at most {most:,}")
        with self._guard:
            with self._writing():
                article = self.article(prefix)
                self._record_embedder()
                self.catalogue.correct(article.id, corrections)
                put_again(Destination(self.catalogue, self.embedder), article)
            self._derived.catch_up()
            return self.article(article.id)

    def rebuild(self, re_embed: bool = False) -> None:
        """Build both search indexes anew from the catalogue; with `re_embed`, all vectors too.

        Raises TextDamaged at the end where articles have a text that is damaged, each told in a line: what is added
        again from where it came is then taken in anew.
        """
        with self._guard:
            with self._derived.held(), self._writing():
                if not re_embed:
                    self._record_embedder()
                self.catalogue.forget_derived()  # before vectors change: a re-embedding may be broken off
                if re_embed:
                    self._re_embed()
            self._derived.catch_up(may_postpone=False)
            self._report_damaged()

    def check_writable(self) -> None:
        """Raises CollectionError where there is no permission to write."""
        if self.is_read_only:
            raise CollectionError(
                f"{self._folder}: no permission to write, so its articles can be read but not changed; ask its owner "
                "for it, or give another home with --home"
            )

    # Inside

    def _remove(self, prefixes: Sequence[str], keep_versions: bool) -> list[Article]:
        with self._guard:
            with self._writing():
                articles = {
                    article.id: article for article in (find_article(self.catalogue, each) for each in prefixes)
                }
                self.catalogue.remove(list(articles), keep_versions)
            if self.catalogue.meta("embedder") != _UNFINISHED:
                self._derived.catch_up()
        return list(articles.values())

    def _first_stage(self, query: str, k: int, as_of: date, filters: Filters, any_time: bool) -> Results:
        with self._guard:
            self._check_embedder()
            self._derived.make_ready()
            try:
                return search(self.indexes(), query, k, as_of, filters, any_time)
            except IndexUnreachable:
                self._derived.vectors.close()  # to be opened anew, which tells whether it answers again
            except IndexDamaged as error:
                self.check_writable()
                self._derived.build_anew(error, *self._derived.both)
            return search(self.indexes(), query, k, as_of, filters, any_time)

    @cached_property
    def _settings_embedder(self) -> Embedder:
        given = self._embedder_given
        return open_embedder(given) if isinstance(given, str) else given

    def _writing(self) -> contextlib.AbstractContextManager[None]:
        self.check_writable()
        return lock(self._folder, wait=self._wait, tell=self._tell)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        with self._writing():
            self._check_embedder()  # another process may have embedded all anew
            yield

    def _record_embedder(self) -> None:
        name = self._settings_embedder.name
        if self.catalogue.count()[0] == 0 and self.catalogue.meta("embedder") != name:
            self.catalogue.forget_derived()  # an emptied one still has the length of the earlier embedder's vectors
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
        stored = self.catalogue.passages.since(0)
        while batch := list(islice(stored, 1000)):
            texts = [titled(one.article, one.passage) for one in batch]
            self.catalogue.passages.replace_vectors([one.key for one in batch], embedder.embed_passages(texts))
        self.catalogue.set_meta("embedder", embedder.name)

    def _report_damaged(self) -> None:
        damaged = list(self.catalogue.damaged())
        if not damaged:
            return
        for article in damaged:
            self._tell(f"{article.id} ({article.heading}): its text is damaged; it came from {article.source}")
        with self._writing():
            self.catalogue.forget_readings([article.id for article in damaged])
        others = f"the search indexes of all others are built ({self.catalogue.count()[0] - len(damaged)})"
        raise TextDamaged(
            f"{self.name}: the text of {len(damaged)} articles is damaged; add each again from where it came, or "
            f"remove it with `byline remove ID`; {others}"
        )
