"""JSON Feed, versions 1.0 and 1.1 (jsonfeed.org), read into links."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from index.errors import SourceError
from index.formats.markup import plain_paragraphs
from index.text.decoding import decoded
from index.web.addresses import shown
from index.web.link import MOST_LINKS, Entry, Link, absolute, as_text, day_of, plain

_VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1")


def of_json_feed(data: bytes, url: str) -> Iterator[Entry] | None:
    """The entries of a JSON Feed; None where the bytes are none. Raises SourceError where one has no list of items."""
    if not data[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        feed: Any = json.loads((decoded(data) or "").lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or not _VERSION.match(as_text(feed.get("version"))):
        return None
    if not isinstance(feed.get("items"), list):
        raise SourceError(f"{shown(url)}: is a JSON Feed without a list of items; check it in a feed reader")
    return _entries(feed, url)


def _entries(feed: dict[str, Any], url: str) -> Iterator[Entry]:
    for item in feed["items"][:MOST_LINKS]:
        if not isinstance(item, dict):
            item = {}
        written = as_text(item.get("date_published")).strip()
        day = day_of(written)
        link = Link(
            url=absolute(url, as_text(item.get("url")) or as_text(item.get("external_url"))),
            title=_line(item.get("title")),
            published=day,
            author=_authors(item) or _authors(feed),
            outlet=_line(feed.get("title")),
            text=_text(item),
            unread_date="" if day else written,
        )
        name = item.get("id")
        yield Entry(link, as_text(name if isinstance(name, str) else str(name or "")).strip())


def _text(item: dict[str, Any]) -> str:
    """The article as HTML or as text, or its summary for want of both; of two the longer."""
    texts = [plain_paragraphs(as_text(item.get("content_html"))), _paragraphs(as_text(item.get("content_text")))]
    return max(texts, key=len) or _paragraphs(as_text(item.get("summary")))


def _paragraphs(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines()).strip()


def _authors(said: dict[str, Any]) -> str:
    """The names of version 1.1's `authors`, or of version 1.0's `author`."""
    authors = said.get("authors")
    found = authors if isinstance(authors, list) else [said.get("author")]
    names = [_line(one.get("name")) for one in found if isinstance(one, dict)]
    return ", ".join(dict.fromkeys(filter(None, names)))


def _line(value: object) -> str:
    """Plain text by the standard, though many write entities in it."""
    return " ".join(html.unescape(plain(as_text(value))).split())
