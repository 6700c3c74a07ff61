"""The article: one news text with what is known about where and when it appeared."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date

_HEADING_LENGTH = 90


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. An empty string, or None for the date, means unknown: nothing is guessed.

    Where the text was not loaded, `text` is empty and `opening` holds its first characters.
    """

    id: str
    text: str
    title: str = ""
    outlet: str = ""
    author: str = ""
    url: str = ""
    published: date | None = None
    source: str = ""
    opening: str = ""
    updated: date | None = None

    @property
    def heading(self) -> str:
        """The title, or for want of one the first words of the text."""
        if self.title:
            return self.title
        first = " ".join((self.opening_of_text or self.opening).split())
        if len(first) <= _HEADING_LENGTH:
            return first
        return first[:_HEADING_LENGTH].rsplit(" ", 1)[0] + " …"

    @property
    def opening_of_text(self) -> str:
        """The first characters of the text: what a heading can be made of."""
        return self.text[: 2 * _HEADING_LENGTH]


def article_id(text: str, *, title: str = "", outlet: str = "", published: date | None = None, url: str = "") -> str:
    """A stable id of 12 hex digits: of the URL, or an agency's id, where there is one, else of what the article says.

    The same file read on another machine, or from another folder, has the same id.
    """
    identity = url or "\x1f".join([title, outlet, published.isoformat() if published else "", text])
    return hashlib.blake2b(identity.encode("utf-8", "replace"), digest_size=6).hexdigest()


def files_of(source: str) -> list[str]:
    """The paths that a source may mean: `path`, or `path#place`, where both may hold a # of their own."""
    return [source, *(source[: mark.start()] for mark in re.finditer("#", source))]


def reading_digest(article: Article) -> bytes:
    """16 bytes that differ when anything differs that was read of an article; its id is not read."""
    days = (day.isoformat() if day else "" for day in (article.published, article.updated))
    facts = (article.text, article.title, article.outlet, article.author, article.url, article.source, *days)
    return hashlib.blake2b("\x1f".join(facts).encode("utf-8", "replace"), digest_size=16).digest()
