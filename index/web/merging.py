"""What a page and its feed say of one article, put together; or the article from the feed alone."""

import re
from dataclasses import replace

from index.article import Article, article_id
from index.formats.readings import Reading, make_reading, without_boilerplate
from index.web.fetch import Fetched
from index.web.link import Link

_FULL = 1_000  # characters of text from which on a feed's text counts as the whole article
# Of a text's pairs of neighbouring words, those that the other has too. Of 126 publishers' articles their page's text
# held .87 and more (but for one, which was lost whole), texts of unrelated pages at most .17, the first third .3.
_SAME = 0.5
_FACTS = ("title", "outlet", "author", "url", "published")
_WORD = re.compile(r"\w+")


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
    news = {name: value for name, value in known.items() if value and not getattr(own.article, name)}
    return Reading(replace(own.article, **news), own.raw, {**own.origins, **{n: reading.origins[n] for n in news}})


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
    news = {name: getattr(link, name) for name in _FACTS if name in unknown and name != "url" and getattr(link, name)}
    origins = {**reading.origins, **dict.fromkeys(news, "feed")}
    if not article.url:
        news["url"], origins["url"] = page.url, "url"
    return Reading(_with_id(replace(article, **news)), reading.raw, origins) if news else reading


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
