"""Feeds and sitemaps: told apart from a page by how they begin, and read into links. RSS and Atom are read here."""

import codecs
import html
import io
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.parsers import expat

import feedparser  # type: ignore[import-untyped]

from index.errors import SourceError
from index.formats.page_head import title_cuts
from index.formats.readings import name_key, plain_paragraphs
from index.text.decoding import decoded, storable
from index.web.links import MOST_LINKS, Entry, Link, Listing, absolute, as_text, day_of, listing, plain
from index.web.transport import Damaged, TooLarge, inflated, shown

_LARGEST = 50 * 1024 * 1024  # bytes of a sitemap after unpacking, by its protocol
_FEEDS = ("rss", "rdf", "feed")
_SITEMAPS = ("urlset", "sitemapindex")
_HEAD = 100_000
_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_SPACE = re.compile(r"\s*")
_EMAIL = re.compile(r"\(?<?[^\s()<>@]+@[^\s()<>@]+>?\)?")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1")


def links(data: bytes, url: str, content_type: str) -> Listing | None:
    """What a feed or sitemap lists, in its order and each once; None where the bytes are another kind of page.

    Raises SourceError where a feed or sitemap is broken, or declares entities (which can be made to explode).
    """
    data = _unpacked(data, url)
    if (items := of_json_feed(data, url)) is not None:
        return listing(items, url)
    root, prolog = _opening(data)
    if root not in _FEEDS + _SITEMAPS:
        return None
    if "<!entity" in prolog.lower():
        raise entities_refused(url)
    return listing(of_sitemap(data, url) if root in _SITEMAPS else _of_feed(data, url, content_type), url)


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


def _of_feed(data: bytes, url: str, content_type: str) -> Iterator[Entry]:
    # Without the feed's address, which feedparser would put in front of names too: they would look like links.
    headers = {"content-type": f"application/xml{_charset(data, content_type)}"}
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
    addresses = [_address(entry, url) for entry in parsed.entries[:MOST_LINKS]]
    title = _title(parsed.feed, addresses, url)
    for entry, address in zip(parsed.entries, addresses, strict=False):
        source: Any = entry.get("source") or {}
        written, read = _written(entry, parsed.version)
        day = day_of(written, read)
        outlet = plain(as_text(source.get("title")) or as_text(parsed.feed.get("publisher")))
        link = Link(
            url=address,
            title=plain(as_text(entry.get("title"))),
            published=day,
            author=_author(entry),
            outlet=outlet or title.get(_host(address), ""),
            text=_content(entry),
            unread_date="" if day else written,
        )
        yield Entry(link, as_text(entry.get("id")).strip())


def _address(entry: Any, feed: str) -> str:
    """The entry's page; a name that feedparser takes for a link as nothing says otherwise ("entry-17") is none."""
    link, name = as_text(entry.get("link")).strip(), as_text(entry.get("id")).strip()
    is_name = link == name and not re.match(r"/|https?:", name, re.IGNORECASE)
    return "" if is_name and entry.get("guidislink") else absolute(feed, link)


def _title(feed: Any, addresses: list[str], url: str) -> dict[str, str]:
    """The channel's title by the hosts whose outlet it may be: all, unless the feed gathers what several sites wrote.

    Of a title such as "World news | The Fjord Times" the part that the host says too.
    """
    title = plain(as_text(feed.get("title")))
    home = _host(absolute(url, as_text(feed.get("link")))) or _host(url)
    hosts = dict.fromkeys(map(_host, filter(None, addresses)))
    if len(hosts) > 1:
        hosts = {host: None for host in hosts if host.endswith(home) or home.endswith(host)}
    return {host: _name_in(title, host) for host in [*hosts, ""]}


def _name_in(title: str, host: str) -> str:
    parts = [part for cut in title_cuts(title) for part in reversed(cut)]
    return next((part for part in parts if len(name_key(part)) > 3 and name_key(part) in name_key(host)), title)


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


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


def _written(entry: Any, version: str) -> tuple[str, object]:
    """When the entry appeared, in the feed's words and as feedparser reads them; of RSS also its dc:date."""
    is_rss = version.startswith("rss")
    name = next((name for name in ("published", "updated") if name in entry and (name == "published" or is_rss)), "")
    words = as_text(entry[name]) if name else ""
    return " ".join(words.split()), entry[f"{name}_parsed"] if words and f"{name}_parsed" in entry else None


def _author(entry: Any) -> str:
    """The names; of "desk@example.com (Kari Berg)" the name, and of an address alone nothing."""
    authors: list[Any] = entry.get("authors") or []
    names = [plain(as_text(author.get("name"))) for author in authors]
    if len(authors) == 1 and "email" in authors[0]:
        # feedparser cuts a name out of "desk@news.example" where the address ends in more than four letters
        names = [" ".join(_EMAIL.sub(" ", as_text(entry.get("author"))).split()).removeprefix("(").removesuffix(")")]
    return ", ".join(dict.fromkeys(name.strip() for name in names if name.strip() and "@" not in name))


def _content(entry: Any) -> str:
    """The article as far as the feed carries it: the longest of its contents and its summary."""
    pieces = [*(entry.get("content") or []), entry.get("summary_detail") or {}]
    return max(map(_piece, pieces), key=len, default="")


def _piece(piece: Any) -> str:
    value = as_text(piece.get("value"))
    return value.strip() if piece.get("type") == "text/plain" else plain_paragraphs(value)


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


def of_sitemap(data: bytes, url: str) -> list[Entry]:
    """The pages of a sitemap. It is read as a stream, so that a large one is not held in memory as a tree.

    Raises SourceError where it is broken or declares entities.
    """
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
    return reader.entries


def entities_refused(url: str) -> SourceError:
    return SourceError(f"{shown(url)}: declares entities of its own, which a feed has no need of; it was not read")


class _SitemapReader:
    _LONGEST = 10_000

    def __init__(self, url: str) -> None:
        self.entries: list[Entry] = []
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
        if len(self._path) != 1 or entry not in ("url", "sitemap") or len(self.entries) >= MOST_LINKS:
            return
        address = absolute(self._url, storable(self._known.get("loc", "")).partition("#")[0])
        if not address:
            return
        written = self._line("publication_date")
        day = day_of(written)
        link = Link(
            url=address,
            title=self._line("title"),
            published=day,
            outlet=self._line("name"),
            is_list=entry == "sitemap",
            unread_date="" if day else written,
        )
        self.entries.append(Entry(link))

    def refuse(self, *declaration: object) -> None:
        raise entities_refused(self._url)

    def _line(self, name: str) -> str:
        return " ".join(storable(self._known.get(name, "")).split())

    def _place(self) -> str:
        """The name of the kept element we are in: url/loc, url/news/title, ...; not image/loc, video/title."""
        path = self._path[2:]
        if path in (["loc"], ["news", "title"], ["news", "publication_date"], ["news", "publication", "name"]):
            return path[-1]
        return ""
