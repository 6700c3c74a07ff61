"""From an article that was read to all that the catalogue keeps of it: cleaned by evidence, cut, embedded."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.article import Article, reading_digest
from index.embedders.embedder import Embedder
from index.formats import Reading
from index.store.catalogue import Catalogue, Entry
from index.store.recurring_lines import outlet_name, without_lines
from index.text.decoding import storable
from index.text.passages import split_passages, titled

_NONE = np.empty((0, 0), np.float32)


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
