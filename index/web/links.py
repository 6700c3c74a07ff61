"""What a feed or a sitemap says of one article, and that put together with the article's page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from email.utils import parsedate
from urllib.parse import urldefrag, urljoin, urlsplit

from index.article import Article, article_id
from index.formats.readings import Reading, make_reading, plain_paragraphs, without_boilerplate
from index.text.decoding import storable
from index.times.written_dates import make_date, read_date
from index.web.fetch import Fetched

MOST_LINKS = 50_000  # what the sitemap protocol allows one file
_LONGEST_NAME = 500
_FULL = 1_000  # characters of text from which on a feed's text counts as the whole article
# Of a text's pairs of neighbouring words, those that the other has too. Of 126 publishers' articles their page's text
# held .87 and more (but for one, which was lost whole), texts of unrelated pages at most .17, the first third .3.
_SAME = 0.5
_FACTS = ("title", "outlet", "author", "url", "published")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Link:
    """An article that a feed or sitemap names, with what it says of it. An empty string, or None, means unknown.

    `url` is that of its page. `text` is the article in plain paragraphs where a feed carries it. `is_list`: it leads
    to a further sitemap. `entry` is set where the feed alone has the article, as no page is its own: the address of
    the feed, a # and the entry's name there. `unread_date` is what stands in place of a date and cannot be read.
    """

    url: str
    title: str = ""
    published: date | None = None
    author: str = ""
    outlet: str = ""
    text: str = ""
    is_list: bool = False
    entry: str = ""
    unread_date: str = ""

    @property
    def key(self) -> str:
        """What tells it from the others of its feed."""
        return self.entry or self.url


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or sitemap lists, each once and in its order; `empty` entries have neither a page nor a text."""

    links: list[Link] = field(default_factory=list)
    empty: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as its feed has it: `link.url` may have a fragment or be empty, `name` is its guid or id."""

    link: Link
    name: str = ""


def listing(entries: Iterable[Entry], feed: str) -> Listing:
    """The entries of the feed at this address, told apart: by their pages, and where these do not, by their names.

    Entries that share a page and have texts of their own (a live blog's, which differ in the fragment) are articles of
    their own, and so are those without a page.
    """
    entries = list(entries)
    texts: dict[str, set[str]] = {}
    for one in entries:
        if one.link.text:
            texts.setdefault(urldefrag(one.link.url).url, set()).add(one.link.text)
    once: dict[str, Link] = {}
    empty = 0
    for one in entries:
        page = urldefrag(one.link.url).url
        if one.link.text and (not page or len(texts[page]) > 1):
            link = replace(one.link, entry=f"{feed}#{_name(one)}")
        elif page:
            link = replace(one.link, url=page)
        else:
            empty += 1
            continue
        once.setdefault(link.key, link)
    return Listing(list(once.values()), empty)


def _name(entry: Entry) -> str:
    """The entry's name, or the place on the page that it is about; where both are missing or endless one is made."""
    name = entry.name or urldefrag(entry.link.url).fragment
    made = article_id(name or entry.link.text, title=entry.link.title)
    return name if 0 < len(name) <= _LONGEST_NAME else made


def from_feed(link: Link) -> Reading | None:
    """The article as the feed itself carries it, where it carries it whole, or where no page has it."""
    reading = _reading_of(link)
    return reading if reading and (link.entry or len(reading.article.text) >= _FULL) else None


def joined(page: Fetched, reading: Reading, link: Link) -> Reading:
    """The page's article with what only the feed knows of it; or the feed's, where the page does not hold its text.

    A page does not where it is a wall, the front of a consent, or the beginning of what the feed has whole: most of the
    feed's text is missing there, and the feed's is a whole article or at least longer than what the page has.
    """
    own = _reading_of(link)
    if own is None or not _is_better(own.article.text, reading.article.text):
        return _filled(reading, page, link)
    if _held(reading.article.text, own.article.text) < _SAME:  # the page is about something else
        return own
    known = {name: getattr(reading.article, name) for name in ("author", "published", "updated")}
    added = {name: value for name, value in known.items() if value and not getattr(own.article, name)}
    return Reading(replace(own.article, **added), own.raw, {**own.origins, **{n: reading.origins[n] for n in added}})


def day_of(written: str, parsed: object = None) -> date | None:
    """The day that a feed writes, in its own time zone; None where it cannot be read, or may be one of two.

    `parsed` is feedparser's reading. It knows the dates of some more languages, but puts today for what is missing and
    takes numbers for years, so it counts only where the year and the day of the month stand there as they are.
    """
    if found := read_date(written):
        return found
    if fields := parsedate(written):
        return make_date(*fields[:3])
    if not isinstance(parsed, tuple):
        return None
    numbers = {int(number) for number in _numbers(written)}
    return make_date(*parsed[:3]) if {parsed[0], parsed[2]} <= numbers else None


def plain(markup: str) -> str:
    """The words of some HTML in one line."""
    return " ".join(plain_paragraphs(markup).split())


def as_text(value: object) -> str:
    return storable(value) if isinstance(value, str) else ""


def absolute(base: str, address: str) -> str:
    """The http or https address; "" for anything else."""
    try:
        whole = urljoin(base, address.strip()) if address.strip() else ""
        return whole if urlsplit(whole).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _numbers(written: str) -> Iterator[str]:
    plain_digits = "".join(c if c.isascii() and c.isdigit() else " " for c in written[:200])
    return (number for number in plain_digits.split() if len(number) < 5)


def _is_better(feed: str, page: str) -> bool:
    return (len(feed) >= _FULL or len(feed) > len(page)) and _held(feed, page) < _SAME


def _held(text: str, other: str) -> float:
    """The part of one text that the other holds."""
    pairs = _pairs(text)
    return len(pairs & _pairs(other)) / len(pairs) if pairs else 1.0


def _pairs(text: str) -> set[tuple[str, str]]:
    words = _WORD.findall(text.casefold())
    return set(zip(words, words[1:], strict=False))


def _filled(reading: Reading, page: Fetched, link: Link) -> Reading:
    """The reading with what the feed knows and the page does not, and with an address in any case.

    That a page is of the outlet "news.example" is said by its address alone: the feed's name is better.
    """
    article = reading.article
    unknown = {name for name in _FACTS if not getattr(article, name)}
    if reading.origins.get("outlet") == "url":
        unknown.add("outlet")
    added = {name: getattr(link, name) for name in _FACTS if name in unknown and name != "url" and getattr(link, name)}
    origins = {**reading.origins, **dict.fromkeys(added, "feed")}
    if not article.url:
        added["url"], origins["url"] = page.url, "url"
    return Reading(_with_id(replace(article, **added)), reading.raw, origins) if added else reading


def _reading_of(link: Link) -> Reading | None:
    text = without_boilerplate(link.text).strip()
    if not text:
        return None
    facts = {name: getattr(link, name) for name in _FACTS}
    source = link.entry or link.url
    reading = make_reading(text, link.text, source, **facts, origins=dict.fromkeys(_FACTS, "feed"))
    return replace(reading, article=replace(reading.article, id=article_id(text, url=source)))


def _with_id(article: Article) -> Article:
    identity = article_id(
        article.text, title=article.title, outlet=article.outlet, published=article.published, url=article.url
    )
    return replace(article, id=identity)
