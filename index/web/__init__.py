"""Web addresses in, articles out: a page is one article; a feed or sitemap is the articles it lists."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from index.errors import SourceError
from index.formats import Reading
from index.formats.readings import unexpected
from index.text.decoding import printable
from index.web.feeds import links
from index.web.fetch import JSON, Fetched, Fetcher, Limits, Memory, NotModified, Validators
from index.web.links import MOST_LINKS, Link, Listing, from_feed, joined
from index.web.transport import shown

__all__ = [
    "Fetched",
    "Fetcher",
    "Limits",
    "Link",
    "Listing",
    "Memory",
    "NotModified",
    "Validators",
    "links",
    "read_url",
]

_DEPTH = 2  # a sitemap index may name sitemaps, and those once more
_DIGIT = re.compile(r"\d")
_MOST_LISTS = 100  # sitemaps within one, each of which may be empty or gone


class Parse(Protocol):
    """The bytes of an HTML page to its article; raises SourceError where there is none."""

    def __call__(self, data: bytes, *, source: str, url: str, content_type: str) -> Reading: ...


def _ignore(*_: object) -> None:
    pass


def read_url(
    url: str,
    fetcher: Fetcher,
    limit: int = 200,
    *,
    on_unchanged: Callable[[str], None] = _ignore,
    on_left_out: Callable[[str, int], None] = _ignore,
    tell: Callable[[str], None] = _ignore,
    parse: Parse | None = None,
) -> Iterator[Reading | SourceError]:
    """The articles of an address, and a SourceError for each page that gave none; the rest goes on.

    Of a feed or sitemap at most `limit` pages are fetched, in its order. What it says of a page (title, author,
    outlet, date) fills what the page leaves unknown, and the article as a feed carries it stands in for a page that
    does not have it. `tell` is called with a line on dates that cannot be read and on entries that are empty,
    `on_unchanged` with the address of each page that is as it was at the last visit, `on_left_out` with the address of
    a list and how many of its links `limit` left out.
    A page is remembered as seen once the caller has taken its article and asks for the next.
    """
    if parse is None:
        from index.formats.html import page_to_reading  # trafilatura takes a second to load

        parse = page_to_reading
    yield from _Visit(fetcher, limit, on_unchanged, on_left_out, tell, parse).start(url)


@dataclass
class _Visit:
    """One call of read_url: what was seen, and how many pages may still be fetched."""

    fetcher: Fetcher
    left: int
    on_unchanged: Callable[[str], None]
    on_left_out: Callable[[str, int], None]
    tell: Callable[[str], None]
    parse: Parse
    lists_left: int = _MOST_LISTS
    seen: set[str] = field(default_factory=set)
    other_texts: set[str] = field(default_factory=set)  # pages that did not have the text of what led to them: walls
    listed: int = 0

    def start(self, url: str) -> Iterator[Reading | SourceError]:
        try:
            page, found = self._get(url)
        except SourceError as error:
            yield error
            return
        if page and found is None:
            yield from self._article(page, Link(page.asked))
        elif page and found is not None:
            yield from self._list(page, found, depth=0)

    def _list(self, page: Fetched, found: Listing, depth: int) -> Iterator[Reading | SourceError]:
        """The articles of a feed or sitemap. It is remembered only once all of them were read without an error."""
        if not found.links:
            yield SourceError(f"{shown(page.asked)}: has no articles in it; check the address, or try again later")
            return
        whole, left_out, undated = True, 0, _Undated(page.asked)
        for link in found.links:
            if link.key in self.seen:
                continue
            if self._is_enough(link):
                left_out += 1
                continue
            self.listed += 1
            for result in self._sublist(link, depth + 1) if link.is_list else self._linked(link):
                whole = whole and not isinstance(result, SourceError)
                undated.note(result, link)
                yield result
        if found.empty:
            counted = "1 entry has" if found.empty == 1 else f"{found.empty} entries have"
            self.tell(f"{shown(page.asked)}: {counted} neither an address nor a text, so nothing can be read there")
        for line in undated.lines():
            self.tell(line)
        if left_out:
            self.on_left_out(page.asked, left_out)
        elif whole:
            self.fetcher.remember(page)

    def _is_enough(self, link: Link) -> bool:
        """Whether the link is one too many; what the feed itself holds costs no fetch."""
        if self.listed >= MOST_LINKS or (link.is_list and self.lists_left <= 0):
            return True
        return self.left <= 0 and not link.entry

    def _sublist(self, link: Link, depth: int) -> Iterator[Reading | SourceError]:
        if depth > _DEPTH:
            yield SourceError(f"{shown(link.url)}: is a sitemap too deep in others; add it by its own address")
            return
        self.lists_left -= 1
        try:
            page, found = self._get(link.url)
        except SourceError as error:
            yield error
            return
        if page and found is None:
            yield SourceError(f"{shown(link.url)}: is listed as a sitemap but is none; add it by its own address")
        elif page and found is not None:
            yield from self._list(page, found, depth)

    def _linked(self, link: Link) -> Iterator[Reading | SourceError]:
        if link.entry:
            self.seen.add(link.key)
            if reading := from_feed(link):
                yield reading
            return
        self.left -= 1
        try:
            page, found = self._get(link.url)
            if not page:
                return
            if found is not None:
                raise SourceError(f"{shown(link.url)}: is a feed or sitemap within another; add it by its own address")
        except SourceError as error:
            yield from_feed(link) or error
            return
        yield from self._article(page, link)

    def _article(self, page: Fetched, link: Link) -> Iterator[Reading | SourceError]:
        try:
            with _in_one_line(page.asked):
                of_page = self.parse(page.data, source=page.asked, url=page.url, content_type=page.content_type)
        except SourceError as error:
            yield from_feed(link) or error
            return
        reading = joined(page, of_page, link)
        yield reading
        if reading.raw == of_page.raw:  # else it is to be looked at again the next time
            self.fetcher.remember(page)
        else:
            self.other_texts.add(page.url)

    def _get(self, url: str) -> tuple[Fetched | None, Listing | None]:
        """The page, and what it lists where it is a feed or sitemap.

        None and None where it has not changed, or another address has led to it before.
        """
        self.seen.add(url)
        with _in_one_line(url):
            page = self.fetcher.fetch(url)
            if isinstance(page, NotModified):
                self.on_unchanged(url)
                return None, None
            if page.url in self.other_texts:
                raise SourceError(f"{shown(url)}: leads to a page that is not its article; look at it in a browser")
            if page.url != url and page.url in self.seen:
                return None, None
            self.seen.add(page.url)
            found = links(page.data, page.url, page.content_type)
            if found is None and page.content_type.lower().startswith(JSON):
                raise SourceError(f"{shown(url)}: is JSON, but no JSON Feed; save it and add the file")
            return page, found


class _Undated:
    """The articles of a list that have no date as what the list says of it cannot be read."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._written: list[str] = []

    def note(self, result: Reading | SourceError, link: Link) -> None:
        if isinstance(result, Reading) and link.unread_date and not result.article.published:
            self._written.append(link.unread_date)

    def lines(self) -> Iterator[str]:
        """One for each way of writing."""
        by_shape: dict[str, list[str]] = {}
        for written in self._written:
            by_shape.setdefault(_DIGIT.sub("0", written), []).append(written)
        for first, *more in by_shape.values():
            also = f" and {len(more)} like it" if more else ""
            what = f"the date “{printable(first)[:80]}”{also} cannot be read for certain"
            yield f"{shown(self._url)}: {what}; set it with `byline edit ID --published DATE`"


@contextmanager
def _in_one_line(url: str) -> Iterator[None]:
    try:
        yield
    except SourceError:
        raise
    except Exception as error:
        raise unexpected(f"{shown(url)}: cannot be read; save the page and add the file", error) from error
