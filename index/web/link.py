"""What a feed or a sitemap says of one article, and the parts of that which every kind of feed writes alike."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from email.utils import parsedate
from urllib.parse import urldefrag, urljoin, urlsplit

from index.article import article_id
from index.formats.readings import plain_paragraphs
from index.text.decoding import storable
from index.times.written_dates import make_date, read_date

MOST_LINKS = 50_000  # what the sitemap protocol allows one file
_LONGEST_NAME = 500


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
