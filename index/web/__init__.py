"""Web addresses in, articles out: a page is one article; a feed or sitemap is the articles it links to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from index.article import Article, article_id
from index.errors import SourceError
from index.formats.base import unexpected
from index.formats.markup import plain_paragraphs
from index.furniture import without_furniture
from index.reading import Reading
from index.web.addresses import shown
from index.web.feeds import MOST_LINKS, Link, links
from index.web.fetch import Fetched, Fetcher, Limits, Memory, NotModified, Validators

__all__ = ["Fetched", "Fetcher", "Limits", "Link", "Memory", "NotModified", "Validators", "links", "read_url"]

_DEPTH = 2  # a sitemap index may name sitemaps, and those once more
_MOST_LISTS = 100  # sitemaps within one, each of which may be empty or gone
_FULL = 1_000  # characters of text from which on a feed's content counts as the whole article


class Parse(Protocol):
    """The bytes of an HTML page to its article; raises SourceError where there is none."""

    def __call__(self, data: bytes, *, source: str, url: str, content_type: str) -> Reading: ...


def read_url(
    url: str,
    fetcher: Fetcher,
    limit: int = 200,
    *,
    on_unchanged: Callable[[str], None] | None = None,
    on_left_out: Callable[[str, int], None] | None = None,
    parse: Parse | None = None,
) -> Iterator[Reading | SourceError]:
    """The articles of an address, and a SourceError for each page that gave none; the rest goes on.

    Of a feed or sitemap at most `limit` pages are fetched, in its order. What it says of a page (title, author,
    outlet, date) fills what the page leaves unknown. `on_unchanged` is called with the address of each page that is
    as it was at the last visit, `on_left_out` with the address of a list and how many of its links `limit` left out.
    A page is remembered as seen once the caller has taken its article and asks for the next.
    """
    visit = _Visit(fetcher, limit, on_unchanged or _ignore, on_left_out or _ignore, parse or _page_to_reading())
    yield from visit.start(url)


def _ignore(*_: object) -> None:
    pass


def _page_to_reading() -> Parse:
    from index.formats.html import page_to_reading  # trafilatura takes a second to load

    return page_to_reading


class _Visit:
    """One call of read_url: what was seen, and how many pages may still be fetched."""

    def __init__(
        self,
        fetcher: Fetcher,
        limit: int,
        on_unchanged: Callable[[str], None],
        on_left_out: Callable[[str, int], None],
        parse: Parse,
    ) -> None:
        self._fetcher = fetcher
        self._left = limit
        self._lists_left = _MOST_LISTS
        self._on_unchanged = on_unchanged
        self._on_left_out = on_left_out
        self._parse = parse
        self._seen: set[str] = set()
        self._listed = 0

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

    def _list(self, page: Fetched, found: list[Link], depth: int) -> Iterator[Reading | SourceError]:
        """The pages of a feed or sitemap. It is remembered only once all of them were read without an error."""
        if not found:
            yield SourceError(f"{shown(page.asked)}: has no articles in it; check the address, or try again later")
            return
        whole = True
        for place, link in enumerate(found):
            if link.url in self._seen:
                continue
            if self._left <= 0 or self._listed >= MOST_LINKS or (link.is_list and self._lists_left <= 0):
                self._on_left_out(page.asked, sum(link.url not in self._seen for link in found[place:]))
                return
            self._listed += 1
            for result in self._sublist(link, depth + 1) if link.is_list else self._linked(link):
                whole = whole and not isinstance(result, SourceError)
                yield result
        if whole:
            self._fetcher.remember(page)

    def _sublist(self, link: Link, depth: int) -> Iterator[Reading | SourceError]:
        if depth > _DEPTH:
            yield SourceError(f"{shown(link.url)}: is a sitemap too deep in others; add it by its own address")
            return
        self._lists_left -= 1
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
        self._left -= 1
        try:
            page, found = self._get(link.url)
            if not page:
                return
            if found is not None:
                raise SourceError(f"{shown(link.url)}: is a feed or sitemap within another; add it by its own address")
        except SourceError as error:
            yield _from_feed(link) or error
            return
        yield from self._article(page, link)

    def _article(self, page: Fetched, link: Link) -> Iterator[Reading | SourceError]:
        try:
            with _in_one_line(page.asked):
                reading = self._parse(page.data, source=page.asked, url=page.url, content_type=page.content_type)
        except SourceError as error:
            yield _from_feed(link) or error
            return
        yield _filled(reading, page, link)
        self._fetcher.remember(page)

    def _get(self, url: str) -> tuple[Fetched | None, list[Link] | None]:
        """The page, and its links where it is a feed or sitemap.

        None and None where it has not changed, or another address has led to it before.
        """
        self._seen.add(url)
        with _in_one_line(url):
            page = self._fetcher.fetch(url)
            if isinstance(page, NotModified):
                self._on_unchanged(url)
                return None, None
            if page.url != url and page.url in self._seen:
                return None, None
            self._seen.add(page.url)
            return page, links(page.data, page.url, page.content_type)


@contextmanager
def _in_one_line(url: str) -> Iterator[None]:
    try:
        yield
    except SourceError:
        raise
    except Exception as error:
        raise unexpected(f"{shown(url)}: cannot be read; save the page and add the file", error) from error


def _filled(reading: Reading, page: Fetched, link: Link) -> Reading:
    """The reading with what the feed knows and the page does not, and with an address in any case."""
    article = reading.article
    known = {"title": link.title, "outlet": link.outlet, "author": link.author, "published": link.published}
    news = {name: value for name, value in known.items() if value and not getattr(article, name)}
    origins = {**reading.origins, **dict.fromkeys(news, "feed")}
    if not article.url:
        news["url"], origins["url"] = page.url, "url"
    return Reading(_with_id(replace(article, **news)), reading.raw, origins) if news else reading  # type: ignore[arg-type]


def _from_feed(link: Link) -> Reading | None:
    """The article as the feed itself carries it, where it does."""
    raw = plain_paragraphs(link.content)
    text = without_furniture(raw).strip()
    if len(text) < _FULL:
        return None
    article = Article(
        id="",
        text=text,
        title=link.title,
        outlet=link.outlet,
        author=link.author,
        url=link.url,
        published=link.published,
        source=link.url,
    )
    known = [name for name in ("title", "outlet", "author", "url", "published") if getattr(article, name)]
    return Reading(_with_id(article), raw, dict.fromkeys(known, "feed"))


def _with_id(article: Article) -> Article:
    identity = article_id(
        article.text, title=article.title, outlet=article.outlet, published=article.published, url=article.url
    )
    return replace(article, id=identity)
