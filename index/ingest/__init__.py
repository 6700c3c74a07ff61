"""From readings to articles of the catalogue: what is new is cleaned, cut, embedded and written in batches.

What is unchanged is passed over. Articles are made anew from what was read of them as their outlet's boilerplate
becomes known, or when a person sets them right.
"""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal

import numpy as np

from index.article import Article, article_id, reading_digest
from index.embedders import Embedder
from index.errors import TextDamaged
from index.formats.readings import Reading
from index.store.catalogue import Catalogue, Entry
from index.store.recurring_lines import outlet_name, without_lines
from index.text.decoding import storable
from index.text.passages import split_passages, titled
from index.versions import KnownVersion, replaces

# older: a later version of the same item is here, or withdrew it. withdrawn: this version takes the article away.
Outcome = Literal["added", "changed", "unchanged", "duplicate", "older", "withdrawn"]
CORRECTABLE = ("title", "outlet", "author", "url", "published", "updated")
# Characters of a fact. The title goes with each passage. On 633 pages of publishers and others the longest title has
# 175, the longest list of authors 136, the longest outlet 37; servers refuse addresses of some thousand.
LONGEST = {"title": 500, "outlet": 200, "author": 500, "url": 2_000}

_MOST_CHARACTERS = 800_000  # in one transaction: its cost is shared, and what is not yet told is soon done again
_LONGEST_WAIT = 1.0  # seconds until what has come in is written, however few there are
_CLEANED = 50  # articles in one transaction
_NONE = np.empty((0, 0), np.float32)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one reading: its article as it now stands in the collection, and where it was read from."""

    article: Article
    outcome: Outcome
    source: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where articles go. `guard` is entered around each change of the catalogue: one process writes at a time.

    `tell` gets a line for each fact that is longer than LONGEST, and so is not kept whole.
    """

    catalogue: Catalogue
    embedder: Embedder
    guard: Callable[[], AbstractContextManager[None]] = contextlib.nullcontext
    tell: Callable[[str], None] = lambda line: None


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

    @property
    def new(self) -> list[int]:
        """The places of those that are to be written."""
        return [at for at, added in enumerate(self.added) if _is_new(added)]

    @property
    def versions(self) -> list[tuple[str, KnownVersion]]:
        """The versions of items that are to be noted, with the ids of their articles."""
        pairs = zip(self.readings, self.added, strict=True)
        noted = [reading for reading, added in pairs if reading.version and _is_new(added, "older", "withdrawn")]
        return [(reading.article.id, _known_version(reading)) for reading in noted]

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
        reading = replace(reading, article=_bounded(_storable(reading.article), to.tell))
        if batch.is_full or not batch.keys.isdisjoint(_keys(reading.article)):
            yield from _write(to, batch)
            batch = _Batch(revision=to.catalogue.revision)
        batch.take(reading, _compare(to.catalogue, reading))
    yield from _write(to, batch)


def clean_again(to: Destination, share: float) -> None:
    """Take lines out of articles that have turned out to recur, and put back those that no longer do.

    Lines are counted of outlets of which more than this share of the articles changed. What is broken off is done by
    the next call.
    """
    if to.catalogue.has_lines_to_count(share):
        with to.guard():
            to.catalogue.count_lines(share)
    while stale := to.catalogue.stale(_CLEANED):
        with to.guard():
            found = [article for each in stale for article in to.catalogue.find(each)]
            changed = [draft for article in found for draft in _changed(to.catalogue, article)]
            if changed:
                to.catalogue.put(cut(to.embedder, changed))
            to.catalogue.set_fresh(stale)


def put_again(to: Destination, article: Article) -> None:
    """Write an article of the catalogue anew, changed by what was set right. Only within the guard."""
    now = corrected(article, to.catalogue.corrections(article.id))
    to.catalogue.put(cut(to.embedder, [drafted_again(to.catalogue, now)]))


def lines_left_out(catalogue: Catalogue, article: Article) -> list[str]:
    """The lines that recur in the outlet's articles and were taken out of this one, in their order."""
    kept = {line.strip() for line in article.text.splitlines()}
    read = (line.strip() for line in catalogue.read(article.id).splitlines())
    return [line for line in read if line and line not in kept]


def corrected(article: Article, corrections: dict[str, str]) -> Article:
    """The article with what a person set right."""
    changes: dict[str, Any] = {
        name: (date.fromisoformat(value) if value else None) if name in ("published", "updated") else value
        for name, value in corrections.items()
    }
    return replace(article, **changes)


def _compare(catalogue: Catalogue, reading: Reading) -> Added:
    """What is to become of an article, under the id and with the corrections that it has here."""
    if reading.version:
        return _compare_version(catalogue, _known_version(reading), reading.article)
    article, source = reading.article, reading.article.source
    earlier = catalogue.read_from(source) if source else None
    digest = reading_digest(article)
    if earlier is not None:
        article = replace(article, id=earlier[0])
    elif twins := catalogue.find(article.id):
        if _is_same(catalogue, twins[0], article):
            return Added(twins[0], "duplicate", source)
        article = replace(article, id=article_id(article.text, url=f"{article.id} {article.source}"))
    article = corrected(article, catalogue.corrections(article.id))
    if earlier is not None and earlier[1] == digest:
        return Added(article, "unchanged", source)
    return Added(article, "changed" if earlier else "added", source)


def _compare_version(catalogue: Catalogue, one: KnownVersion, article: Article) -> Added:
    """The same for a version of an agency's item, which keeps the item's id wherever it is read."""
    known = catalogue.versions(article.id).get(article.id, [])
    is_here = bool(catalogue.find(article.id))
    article = corrected(article, catalogue.corrections(article.id))
    if one.digest in [other.digest for other in known if other.version == replace(one.version, item=article.id)]:
        if is_here or known[-1].version.is_withdrawn or one.digest != known[-1].digest:
            return Added(article, "unchanged", one.source)
    elif known and not replaces(one, known):
        is_same = known[-1].version.place == one.version.place
        if not is_same or known[-1].version.is_withdrawn:
            return Added(article, "older", one.source)
        if is_here:
            return Added(article, "duplicate", one.source)
    if one.version.is_withdrawn:
        return Added(article, "withdrawn", one.source)
    return Added(article, "changed" if is_here else "added", one.source)


def _known_version(reading: Reading) -> KnownVersion:
    assert reading.version is not None
    article, version = reading.article, replace(reading.version, note=storable(reading.version.note))
    facts = (article.title, article.published, article.updated, article.source)
    return KnownVersion(version, *facts, reading_digest(article))


def _write(to: Destination, batch: _Batch) -> list[Added]:
    made = dict(zip(batch.new, cut(to.embedder, _drafts(to, batch)), strict=True))
    if not made and not batch.versions:
        return batch.added
    with to.guard():
        if to.catalogue.revision != batch.revision:  # another process may have added or corrected the same
            batch.added = [_compare(to.catalogue, reading) for reading in batch.readings]
        drafts = dict(zip(batch.new, _drafts(to, batch), strict=True))
        ready = {at: made[at] for at, draft in drafts.items() if at in made and made[at].article == draft.article}
        late = [at for at in drafts if at not in ready]
        ready |= dict(zip(late, cut(to.embedder, [drafts[at] for at in late]), strict=True))
        if ready or batch.versions:
            to.catalogue.put([ready[at] for at in batch.new], batch.versions)
    return [replace(one, article=ready[at].article) if at in ready else one for at, one in enumerate(batch.added)]


def _drafts(to: Destination, batch: _Batch) -> list[Entry]:
    return [drafted(to.catalogue, batch.readings[at], batch.added[at].article) for at in batch.new]


def _is_new(added: Added, *also: Outcome) -> bool:
    return added.outcome in ("added", "changed", *also)


def _keys(article: Article) -> set[str]:
    return {article.id, f"source {article.source}"} if article.source else {article.id}


def _storable(article: Article) -> Article:
    values = {each.name: getattr(article, each.name) for each in fields(article)}
    changes: dict[str, Any] = {name: storable(value) for name, value in values.items() if isinstance(value, str)}
    return replace(article, **changes)


def _bounded(article: Article, tell: Callable[[str], None]) -> Article:
    """The article with no fact longer than facts are; half of an address would be a wrong one."""
    changes: dict[str, Any] = {}
    for name, most in LONGEST.items():
        value = getattr(article, name)
        if len(value) > most:
            changes[name] = "" if name == "url" else value[: most - 2].rsplit(" ", 1)[0][: most - 2] + " …"
            kept = "it is left out" if name == "url" else f"its beginning, {most} characters at most, is kept"
            tell(f"{article.source or article.id}: its {name} has {len(value):,} characters; {kept}")
    return replace(article, **changes) if changes else article


def _is_same(catalogue: Catalogue, there: Article, article: Article) -> bool:
    """Whether two articles of one id are one: that there may have changed since it got its id."""
    if article.url and there.url == article.url:
        return True
    with contextlib.suppress(TextDamaged):
        return catalogue.read(there.id) == article.text
    return False


def _changed(catalogue: Catalogue, article: Article) -> list[Entry]:
    """The article's entry if another text is left of it; one that is damaged stays as it is, which `rebuild` tells."""
    try:
        draft = drafted_again(catalogue, article)
    except TextDamaged:
        return []
    return [draft] if draft.article.text != article.text else []


def drafted(catalogue: Catalogue, reading: Reading, article: Article) -> Entry:
    """The entry of a reading whose article is now this one; without passages yet."""
    origins = dict(reading.origins) | dict.fromkeys(catalogue.corrections(article.id), "edited")
    cleaned, digest = _cleaned(catalogue, article, article.text), reading_digest(reading.article)
    return Entry(cleaned, storable(reading.raw), (), _NONE, origins, digest, read=article.text)


def drafted_again(catalogue: Catalogue, article: Article) -> Entry:
    """The entry of an article of the catalogue with what is known of it now; without passages yet."""
    read = catalogue.read(article.id)
    raw, origins, digest = catalogue.raw(article.id), catalogue.origins(article.id), catalogue.digest(article.id)
    origins |= dict.fromkeys(catalogue.corrections(article.id), "edited")
    return Entry(_cleaned(catalogue, article, read), raw, (), _NONE, origins, digest, read)


def cut(embedder: Embedder, entries: Sequence[Entry]) -> list[Entry]:
    """The same entries with their passages and vectors. Raises ModelError where the embedder fails."""
    if not entries:
        return []
    split = [split_passages(entry.article.id, entry.article.text) for entry in entries]
    pairs = zip(entries, split, strict=True)
    texts = [titled(entry.article, passage) for entry, passages in pairs for passage in passages]
    parts = np.split(embedder.embed_passages(texts), np.cumsum([len(passages) for passages in split])[:-1])
    return [
        replace(entry, passages=passages, vectors=part)
        for entry, passages, part in zip(entries, split, parts, strict=True)
    ]


def _cleaned(catalogue: Catalogue, article: Article, read: str) -> Article:
    lines = catalogue.recurring_lines(outlet_name(article.outlet, article.url))
    return replace(article, text=without_lines(read, lines))
