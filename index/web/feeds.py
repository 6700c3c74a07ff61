"""RSS, Atom and sitemaps: told apart from a page by their first element, and read into links."""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.parsers import expat

import feedparser  # type: ignore[import-untyped]

from index.decoding import storable
from index.errors import SourceError
from index.formats.markup import plain_paragraphs
from index.web.addresses import shown
from index.web.inflate import Damaged, TooLarge, inflated

MOST_LINKS = 50_000  # what the sitemap protocol allows one file
_LARGEST = 50 * 1024 * 1024  # the same, in bytes after unpacking

_FEEDS = ("rss", "rdf", "feed")
_SITEMAPS = ("urlset", "sitemapindex")
_HEAD = 100_000
_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_SPACE = re.compile(r"\s*")
_EMAIL = re.compile(r"\(?<?[^\s()<>@]+@[^\s()<>@]+>?\)?")
_ISO_DATE = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?!\d)")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A page that a feed or sitemap names, with what it says of it. An empty string, or None, means unknown.

    `content` is the article as HTML where a feed carries it whole. `is_list`: it leads to a further sitemap.
    """

    url: str
    title: str = ""
    published: date | None = None
    author: str = ""
    outlet: str = ""
    content: str = ""
    is_list: bool = False


def links(data: bytes, url: str, content_type: str) -> list[Link] | None:
    """The links of a feed or sitemap, in its order and each once; None where the bytes are another kind of page.

    Raises SourceError where a feed or sitemap is broken, or declares entities (which can be made to explode).
    """
    data = _unpacked(data, url)
    root, prolog = _opening(data)
    if root not in _FEEDS + _SITEMAPS:
        return None
    if "<!entity" in prolog.lower():
        raise _entities(url)
    found = _of_sitemap(data, url) if root in _SITEMAPS else _of_feed(data, url, content_type)
    once: dict[str, Link] = {}
    for link in found:
        once.setdefault(link.url, link)
    return list(once.values())


def _unpacked(data: bytes, url: str) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return inflated(iter([data]), _LARGEST)
    except TooLarge as error:
        raise SourceError(f"{shown(url)}: unpacks to more than 50 MB; give a smaller sitemap") from error
    except Damaged as error:
        raise SourceError(f"{shown(url)}: is a damaged gzip file; try again later") from error


def _opening(data: bytes) -> tuple[str, str]:
    """The local name of the first element, in lower case ("" for none), and all that stands before it."""
    head = data[:_HEAD].decode(_guessed_encoding(data), "replace").lstrip("\ufeff")
    place = 0
    while place >= 0:
        place = _SPACE.match(head, place).end()  # type: ignore[union-attr]
        if head.startswith("<?", place):
            place = _after(head, "?>", place)
        elif head.startswith("<!--", place):
            place = _after(head, "-->", place)
        elif head[place : place + 9].lower() == "<!doctype":
            end, subset = head.find(">", place), head.find("[", place)
            place = _after(head, ">", _after(head, "]", subset)) if 0 <= subset < end else _after(head, ">", place)
        else:
            element = _ELEMENT.match(head, place)
            return (element[1].lower(), head[:place]) if element else ("", "")
    return "", ""


def _after(text: str, mark: str, place: int) -> int:
    """Behind the next `mark`; -1 where there is none, or no place to begin."""
    found = text.find(mark, place) if place >= 0 else -1
    return found + len(mark) if found >= 0 else -1


def _guessed_encoding(data: bytes) -> str:
    """Enough to find names in ASCII."""
    if data.startswith((codecs.BOM_UTF16_LE, b"<\0")):
        return "utf-16-le"
    if data.startswith((codecs.BOM_UTF16_BE, b"\0<")):
        return "utf-16-be"
    return "utf-8"


def _entities(url: str) -> SourceError:
    return SourceError(f"{shown(url)}: declares entities of its own, which a feed has no need of; it was not read")


# Feeds


def _of_feed(data: bytes, url: str, content_type: str) -> Iterator[Link]:
    headers = {"content-location": url, "content-type": f"application/xml{_charset(data, content_type)}"}
    try:
        parsed: Any = feedparser.parse(
            io.BytesIO(data),
            response_headers=headers,
            sanitize_html=False,  # only words are taken of it, and cleaning can take hours
            resolve_relative_uris=False,
        )
    except (ValueError, LookupError, RecursionError, AssertionError) as error:  # what it lets through of odd markup
        raise SourceError(f"{shown(url)}: is a feed that cannot be read; check it in a feed reader") from error
    if parsed.bozo and not parsed.entries:
        raise SourceError(f"{shown(url)}: is a feed that is not valid XML; check it in a feed reader")
    feed = parsed.feed
    for entry in parsed.entries[:MOST_LINKS]:
        address = _absolute(url, _text(entry.get("link")))
        if address:
            source: Any = entry.get("source") or {}
            yield Link(
                url=address,
                title=_plain(_text(entry.get("title"))),
                published=_published(entry, parsed.version),
                author=_author(entry),
                outlet=_plain(_text(source.get("title")) or _text(feed.get("publisher")) or _text(feed.get("title"))),
                content=_content(entry),
            )


def _charset(data: bytes, content_type: str) -> str:
    """What the header says; but a byte-order mark, or bytes that are UTF-8 beyond ASCII, outweigh it."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "; charset=utf-16"
    if not data.isascii():
        try:
            data.decode()
        except UnicodeDecodeError:
            pass
        else:
            return "; charset=utf-8"
    named = _CHARSET.search(content_type)
    return f"; charset={named[1]}" if named else ""


def _published(entry: Any, version: str) -> date | None:
    """The day as the feed writes it, in its own time zone."""
    written = _text(entry.get("published"))
    if not written and version.startswith("rss") and "updated" in entry:
        written = _text(entry["updated"])  # the dc:date of RSS, which says when it appeared
    if iso := _iso_date(written):
        return iso
    fields = parsedate(written)
    try:
        return date(*fields[:3]) if fields else None
    except ValueError:
        return None


def _iso_date(written: str) -> date | None:
    match = _ISO_DATE.match(written)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _author(entry: Any) -> str:
    """The names; of "desk@example.com (Kari Berg)" the name, and of an address alone nothing."""
    authors: list[Any] = entry.get("authors") or []
    names = [_plain(_text(author.get("name"))) for author in authors]
    if len(authors) == 1 and "email" in authors[0]:
        # feedparser cuts a name out of "desk@news.example" where the address ends in more than four letters
        names = [" ".join(_EMAIL.sub(" ", _text(entry.get("author"))).split()).removeprefix("(").removesuffix(")")]
    return ", ".join(dict.fromkeys(name.strip() for name in names if name.strip() and "@" not in name))


def _content(entry: Any) -> str:
    pieces = [_text(piece.get("value")) for piece in entry.get("content") or []]
    return max(pieces, key=len, default="")


def _plain(markup: str) -> str:
    return " ".join(plain_paragraphs(markup).split())


def _text(value: object) -> str:
    return storable(value) if isinstance(value, str) else ""


def _absolute(base: str, address: str) -> str:
    """The http or https address without its fragment; "" for anything else."""
    try:
        whole = urljoin(base, address.strip()).partition("#")[0] if address.strip() else ""
        return whole if urlsplit(whole).scheme in ("http", "https") else ""
    except ValueError:
        return ""


# Sitemaps


def _of_sitemap(data: bytes, url: str) -> list[Link]:
    """Read as a stream, so that a large one is not held in memory as a tree."""
    reader = _SitemapReader(url)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.EntityDeclHandler = reader.refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the others: an encoding it does not know
        at = f" (line {error.lineno})" if isinstance(error, expat.ExpatError) else ""
        raise SourceError(f"{shown(url)}: is a sitemap that is not valid XML{at}; try again later") from error
    return reader.links


class _SitemapReader:
    _KEPT = ("loc", "title", "publication_date", "name")
    _LONGEST = 10_000

    def __init__(self, url: str) -> None:
        self.links: list[Link] = []
        self._url = url
        self._path: list[str] = []
        self._known: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name.rpartition(" ")[2].lower())
        if len(self._path) == 2:
            self._known = {}

    def characters(self, text: str) -> None:
        name = self._place()
        if name and len(self._known.get(name, "")) < self._LONGEST:
            self._known[name] = self._known.get(name, "") + text

    def end(self, name: str) -> None:
        entry = self._path.pop()
        if len(self._path) != 1 or entry not in ("url", "sitemap") or len(self.links) >= MOST_LINKS:
            return
        address = _absolute(self._url, storable(self._known.get("loc", "")))
        if address:
            self.links.append(
                Link(
                    url=address,
                    title=" ".join(storable(self._known.get("title", "")).split()),
                    published=_iso_date(self._known.get("publication_date", "")),
                    outlet=" ".join(storable(self._known.get("name", "")).split()),
                    is_list=entry == "sitemap",
                )
            )

    def refuse(self, *declaration: object) -> None:
        raise _entities(self._url)

    def _place(self) -> str:
        """The name of the kept element we are in: url/loc, url/news/title, ...; not image/loc, video/title."""
        path = self._path[2:]
        if path in (["loc"], ["news", "title"], ["news", "publication_date"], ["news", "publication", "name"]):
            return path[-1]
        return ""
