"""What a web page says about its article, each thing from the most trustworthy place that says it."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from index.dates import parse_date

# A fact as some place on the page gives it, and the name of that place.
Found = tuple[str, str]
Dated = tuple[date, str]

BESIDE = re.compile(
    r"(?:^|[\s_-])(?:related\w*|recommend\w*|recirc\w*|comments?|comment-?list|disqus\w*"
    r"|sidebar|side-bar|teasers?|promos?"
    r"|most-?read|most-?popular|popular|trending|read-?more|more-?stories|more-?from|also-?read|outbrain|taboola)(?:$|[\s_-])",
    re.IGNORECASE,
)

_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|Reportage\w*|Review)$")
_PAGE_TYPES = re.compile(r"(?:WebPage|ItemPage)$")
_ELSEWHERE = frozenset(
    "itemListElement relatedLink hasPart mentions citation comment liveBlogUpdate isBasedOn video image about".split()
)
_OG_PUBLISHED = ("article:published_time", "article:published", "og:published_time", "og:article:published_time")
_OG_UPDATED = ("article:modified_time", "og:updated_time", "article:updated_time", "og:article:modified_time")
_META_PUBLISHED = (
    "parsely-pub-date sailthru.date citation_publication_date citation_date citation_online_date pubdate publishdate "
    "publish-date publish_date publication_date publication-date published date.published datepublished dc.date.issued "
    "dcterms.issued dc.date dcterms.created dc.date.created dcterms.date dc.created date created article.published "
    "originalpublicationdate displaydate"
).split()
_META_UPDATED = (
    "lastmod last-modified modified dcterms.modified dc.date.modified article.updated revised datemodified".split()
)
_META_TITLE = "parsely-title sailthru.title citation_title dc.title dcterms.title twitter:title headline title".split()
_META_OUTLET = (
    "application-name dc.publisher dcterms.publisher citation_publisher citation_journal_title publisher".split()
)
_META_AUTHOR = "author parsely-author sailthru.author citation_author dc.creator dcterms.creator byl byline".split()

_MONTHS = {
    name: number
    for number, names in enumerate(
        """january jan januar janvier enero ocak gennaio janeiro января يناير
        february feb februar février fevrier febrero şubat subat febbraio fevereiro февраля فبراير
        march mar märz maerz mars marzo mart março марта مارس
        april apr avril abril nisan aprile апреля أبريل ابريل
        may mai mayo mayıs mayis maggio maio мая مايو
        june jun juni juin junio haziran giugno junho июня يونيو
        july jul juli juillet julio temmuz luglio julho июля يوليو
        august aug août aout agosto ağustos agustos августа أغسطس اغسطس
        september sep sept septembre septiembre eylül eylul settembre setembro сентября سبتمبر
        october oct oktober octobre octubre ekim ottobre outubro октября أكتوبر اكتوبر
        november nov novembre noviembre kasım kasim novembro ноября نوفمبر
        december dec dezember décembre decembre diciembre aralık aralik dicembre dezembro декабря ديسمبر
        """.splitlines()[:12],
        start=1,
    )
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6})?(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?\s+(?:of\s+|de\s+)?" + _MONTH + r",?\s+(?:de\s+|del\s+)?(\d{4})(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"\b" + _MONTH + r"\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)", re.IGNORECASE)
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})([./])(\d{1,2})\2(\d{4})(?!\d)")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_PATH_DATES = (
    re.compile(r"/((?:19|20)\d\d)/(\d{1,2}|[a-z]{3})/(\d{1,2})(?=/|$|-|\.)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"),
)
# A line of the article's head that is a date and says so, or is nothing else.
_DATE_LINE = re.compile(
    r"\A[\s|·•,–-]*(?:(?:first\s+)?(?:published|posted|veröffentlicht|publié|publicado|yayınlanma|yayın|опубликовано|نشر)"
    r"(?:\s+(?:on|am|le|el|tarihi|في))?\s*[:：]?\s*)?(?:(?:on|the)\s+)?(?:[^\W\d]{2,10}\.?,?\s+)?(?P<date>{})"
    r"[\s,|·•–-]*(?:(?:at|um|à|a\s+las|om|saat)?\s*\d{1,2}[:.h]\d{2}(?::\d\d)?\s*(?:[ap]\.?m\.?|uhr|[A-Z]{2,4})?)?[\s,|·•.–-]*\Z".replace(
        "{}",
        r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}\s*[年년].{1,6}[日일]"
        r"|\d{1,2}\S{0,2}\s+(?:of\s+|de\s+)?[^\W\d]{3,10}\.?,?\s+(?:de\s+)?\d{4}|[^\W\d]{3,10}\.?\s+\d{1,2}\w{0,2},?\s+\d{4}",
    ),
    re.IGNORECASE,
)
# "SPRINGFIELD, Ohio, Oct. 6, 2020 (AP) -": capitals, a full date and a dash at the text's start.
_DATELINE = re.compile(
    r"\A[^\W\d_a-z]{2}[^\d.!?]{0,50}[,(]\s*(?P<date>[^—–]{8,25}?\d{4})\)?\s*(?:\([^)]{2,20}\))?\s*(?:—|–|--|-|:)"
)

_BY = re.compile(r"\A\s*(?:by|von|par|por|yazan|written\s+by|reported\s+by)\s*[:：]?\s+", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+(?:[|–—·»:]|-{1,2})\s+|\s*\|\s*")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_JSON_WRAPPER = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\s*\Z"
)


_NEVER = date(1970, 1, 1)  # what an empty field says in seconds


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a page's article; empty or None is unknown. `origins` names the place of each known field.

    `bodies` are the article's texts as the page's JSON-LD gives them.
    """

    title: str = ""
    outlet: str = ""
    author: str = ""
    url: str = ""
    published: date | None = None
    updated: date | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    bodies: tuple[str, ...] = ()


def page_facts(tree: Any, *, url: str, today: date) -> PageFacts:
    """The facts of a parsed page; `url` is the address it was fetched from, if any.

    Trust falls in this order: JSON-LD, OpenGraph, other meta tags, microdata, the `<time>` of the article's head, the
    address, a date written in the head or at the text's start. A date more than two days after today is passed over.
    """
    page = _Page(tree, url)
    address, address_from = page.address()
    outlet, outlet_from = _first(page.outlets(address))
    title, title_from = _title(page, outlet)
    author, author_from = _first(
        (names, place) for raw, place in page.authors() if (names := _names(raw)) and not _same(names, outlet)
    )
    published, published_from = _first_date(page.published(address), today)
    updated, updated_from = _first_date(page.updated(), today)
    if updated and published and updated < published:
        updated, updated_from = None, ""
    origins = {
        "title": title_from,
        "outlet": outlet_from,
        "author": author_from,
        "url": address_from,
        "published": published_from,
        "updated": updated_from,
    }
    return PageFacts(
        title,
        outlet,
        author,
        address,
        published,
        updated,
        {k: v for k, v in origins.items() if v},
        tuple(page.bodies()),
    )


def read_date(text: str) -> date | None:
    """The day that a machine or a person wrote, as written there (no change of time zone); None if there is none.

    06/10/2020 is read only where one of the numbers is no month; 06.10.2020 has the day first.
    """
    text = " ".join(text.split())[:200]
    if known := parse_date(text):
        return known
    for pattern in (_ISO, _CJK, _COMPACT):
        if match := pattern.search(text):
            return _date(match[1], match[2], match[3])
    if match := _DAY_FIRST.search(text):
        return _date(match[3], _MONTHS.get(match[2].lower(), 0), match[1])
    if match := _MONTH_FIRST.search(text):
        return _date(match[3], _MONTHS.get(match[1].lower(), 0), match[2])
    if match := _DOTTED.search(text):
        first, second = int(match[1]), int(match[3])
        if match[2] == "." or first > 12 or first == second:
            return _date(match[4], second, first)
        return _date(match[4], first, second) if second > 12 else None
    return None


def is_date_line(line: str) -> bool:
    """Whether a line of the page is a date of publication and nothing else."""
    return len(line) < 90 and (match := _DATE_LINE.match(line)) is not None and read_date(match["date"]) is not None


def one_line(value: object) -> str:
    """A text as one line, its entities decoded (some pages encode them twice)."""
    text = value if isinstance(value, str) else ""
    return " ".join(html.unescape(html.unescape(text)).replace("\u200b", "").split())


class _Page:
    """The places of one page where facts are found, each read once."""

    def __init__(self, tree: Any, url: str) -> None:
        self.tree = tree
        self.url = url if _is_web(url) else ""
        self.meta = _meta(tree)
        self.h1 = _main_heading(tree)
        self.title_element = one_line(next((t.text_content() for t in tree.iterfind(".//head/title")), ""))
        self.items, self.by_id = _linked_data(tree)
        self.article = self._main_item()
        self.head = _head(tree, self.h1)

    def address(self) -> Found:
        links = (
            link.get("href")
            for link in self.tree.iter("link")
            if "canonical" in (link.get("rel") or "").lower().split()
        )
        places = [
            *((href, "canonical link") for href in links if href),
            *((value, "OpenGraph") for value in self.meta.get("og:url", [])),
        ]
        for href, place in places:
            try:
                address = urljoin(self.url, href.strip())
                path = urlsplit(address).path.strip("/") or urlsplit(address).query
            except ValueError:
                continue
            if _is_web(address) and (
                path or address == self.url
            ):  # a template's link to the front page names no article
                return address, place
        return (self.url, "url") if self.url else ("", "")

    def outlets(self, address: str) -> Iterator[Found]:
        for name in self._names_of(self.article.get("publisher")):
            yield name, "JSON-LD"
        yield from self._metas(["og:site_name"], "OpenGraph")
        yield from self._metas(_META_OUTLET, "meta tag")
        for item in self.items:
            if "WebSite" in _types(item) or any(kind.endswith("NewsMediaOrganization") for kind in _types(item)):
                for name in self._names_of(item):
                    yield name, "JSON-LD"
        if name := self._outlet_in_title(address):
            yield name, "title element"
        for handle, place in self._metas(["twitter:site"], "meta tag"):
            yield handle.lstrip("@"), place
        if address:
            host = urlsplit(address).hostname or ""
            yield re.sub(r"\A(?:www|amp|m)\.", "", host), "url"

    def titles(self) -> Iterator[Found]:
        yield one_line(self.article.get("headline") or self.article.get("name")), "JSON-LD"
        yield from self._metas(["og:title"], "OpenGraph")
        yield from self._metas(_META_TITLE, "meta tag")
        yield from self._microdata("headline")
        if self.h1 is not None:
            yield one_line(self.h1.text_content()), "heading"
        yield self.title_element, "title element"

    def authors(self) -> Iterator[Found]:
        yield ", ".join(dict.fromkeys(self._names_of(self.article.get("author")))), "JSON-LD"
        yield ", ".join(name for name in self.meta.get("article:author", []) if not _is_link(name)), "OpenGraph"
        for key in _META_AUTHOR:
            yield ", ".join(self.meta.get(key, [])), "meta tag"
        yield from self._microdata("author")
        for element in self.head:
            marks = f"{element.get('class') or ''} {element.get('rel') or ''}"
            if re.search(r"(?:^|[\s_-])(?:byline|author|byline-name|author-name)(?:$|\s)", marks, re.IGNORECASE):
                line = one_line(element.text_content())
                if len(line) < 80:
                    yield _byline(line), "byline"
        for element in self.head:
            line = one_line(element.text_content())
            if len(line) < 60 and _BY.match(line) and line.lower().startswith(("by ", "by: ")):
                yield _byline(line), "byline"

    def published(self, address: str) -> Iterator[Found]:
        for key in ("datePublished", "dateCreated", "coverageStartTime"):
            yield one_line(self.article.get(key)), "JSON-LD"
        yield from self._metas(_OG_PUBLISHED, "OpenGraph")
        yield from self._metas(_META_PUBLISHED, "meta tag")
        yield from self._microdata("datepublished")
        for element in self.head:
            if element.tag == "time" and not _says_updated(element):
                yield element.get("datetime") or one_line(element.text_content()), "time element"
        for place in dict.fromkeys([address, self.url]):
            yield _date_in_path(place), "url"
        for element in self.head:
            line = one_line(element.text_content() if len(element) < 4 else element.text)
            if is_date_line(line):
                yield line, "dateline"
        yield self._dateline(), "dateline"

    def updated(self) -> Iterator[Found]:
        yield one_line(self.article.get("dateModified")), "JSON-LD"
        yield from self._metas(_OG_UPDATED, "OpenGraph")
        yield from self._metas(_META_UPDATED, "meta tag")
        yield from self._microdata("datemodified")
        for element in self.head:
            if element.tag == "time" and _says_updated(element):
                yield element.get("datetime") or one_line(element.text_content()), "time element"

    def bodies(self) -> Iterator[str]:
        posts = self.article.get("liveBlogUpdate")
        for item in [self.article, *(posts if isinstance(posts, list) else [])]:
            body = item.get("articleBody") if isinstance(item, dict) else None
            if isinstance(body, str) and body.strip():
                yield html.unescape(body)

    def _main_item(self) -> Mapping[str, Any]:
        """The JSON-LD item that is this page's article: of several, the one with its address or its headline."""
        articles = [item for item in self.items if any(_ARTICLE_TYPES.search(kind) for kind in _types(item))]
        if not articles:
            pages = [item for item in self.items if any(_PAGE_TYPES.search(kind) for kind in _types(item))]
            return {k: v for k, v in pages[0].items() if k.startswith("date") or k == "publisher"} if pages else {}
        address, _ = self.address()
        heading = one_line(self.h1.text_content()) if self.h1 is not None else self.title_element

        def fits(item: Mapping[str, Any]) -> tuple[bool, bool, bool]:
            said = [item.get("url"), item.get("@id"), item.get("mainEntityOfPage")]
            ids = [value.get("@id") if isinstance(value, dict) else value for value in said]
            named = bool(address) and any(isinstance(i, str) and i.split("#")[0] == address for i in ids)
            return named, bool(heading) and _same(one_line(item.get("headline")), heading), "datePublished" in item

        return max(articles, key=fits)  # the first of equals

    def _names_of(self, value: Any, depth: int = 0) -> list[str]:
        """The names in a JSON-LD value: a text, a thing with a name, a reference to one, or a list of these."""
        if isinstance(value, list) and depth < 4:
            return [name for one in value[:50] for name in self._names_of(one, depth + 1)]
        if isinstance(value, dict) and depth < 4:
            thing = value if "name" in value else self.by_id.get(str(value.get("@id")), {})
            return self._names_of(thing.get("name"), depth + 1)
        name = one_line(value)
        return [name] if name and not _is_link(name) else []

    def _metas(self, keys: Iterable[str], place: str) -> Iterator[Found]:
        for key in keys:
            for value in self.meta.get(key, []):
                yield value, place

    def _microdata(self, prop: str) -> Iterator[Found]:
        for element in self.tree.iterfind(".//*[@itemprop]"):
            if prop in element.get("itemprop").lower().split() and not _is_beside(element):
                name = next(
                    (e for e in element.iterfind(".//*[@itemprop]") if e.get("itemprop").lower() == "name"), element
                )
                given = name.get("content") or name.get("datetime") or name.text_content()
                yield one_line(given), "microdata"

    def _outlet_in_title(self, address: str) -> str:
        """The end of the title element, where the heading is its start and the host, @name or © line confirms it."""
        parts = _SEPARATOR.split(self.title_element)
        if (
            len(parts) < 2
            or self.h1 is None
            or not self.title_element.startswith(one_line(self.h1.text_content())[:30])
        ):
            return ""
        last = parts[-1]
        confirming = [
            urlsplit(address).hostname or "",
            *self.meta.get("twitter:site", []),
            *self.meta.get("copyright", []),
        ]
        confirming += [t for t in self.tree.xpath("//body//text()[contains(., '©')]")[:5] if len(t) < 200]
        return last if len(_letters(last)) > 3 and any(_letters(last) in _letters(text) for text in confirming) else ""

    def _dateline(self) -> str:
        for element in self.head:
            if element.tag in ("p", "td", "div") and (match := _DATELINE.match(one_line(element.text))):
                return match["date"]
        return ""


def _title(page: _Page, outlet: str) -> Found:
    found = [(_without_outlet(title, outlet), place) for title, place in page.titles()]
    found = [(title, place) for title, place in found if title and not _same(title, outlet)]
    if not found:
        return "", ""
    first, place = found[0]
    if (start := first.rstrip("….").rstrip()) != first and len(start) > 20:
        whole = [(title, p) for title, p in found if title.startswith(start) and len(title) > len(first)]
        return whole[0] if whole else (first, place)
    return first, place


def _without_outlet(title: str, outlet: str) -> str:
    if not outlet:
        return title
    *_, last = [None, *_SEPARATOR.finditer(title)]
    if last and _same(title[last.end() :], outlet):
        return title[: last.start()].strip()
    first = next(_SEPARATOR.finditer(title), None)
    if first and _same(title[: first.start()], outlet):
        return title[first.end() :].strip()
    return title


def _names(raw: str) -> str:
    """Names of people, joined with a comma; links and "By" are left out."""
    names: list[str] = []
    for part in re.split(r"\s*[,;]\s*", _BY.sub("", raw)):
        name = _BY.sub("", part).strip(" .|–—-")
        if name and not _is_link(name) and len(name) < 100:
            both = re.split(r"\s+(?:and|&|und|et|ve|y)\s+", name)
            names += both if all(" " in one.strip() for one in both) else [name]
    return ", ".join(dict.fromkeys(names))


def _byline(line: str) -> str:
    """The names in a byline: what follows a bar, a bullet or a date is no name."""
    return re.split(r"\s*[|·•–—]\s*|,?\s+(?=\d)|,?\s+(?:published|posted|updated)\b", line, flags=re.IGNORECASE)[0]


def _first(found: Iterable[Found]) -> Found:
    return next(
        ((one_line(value), place) for value, place in found if one_line(value) and not _is_link(value)), ("", "")
    )


def _first_date(found: Iterable[Found], today: date) -> tuple[date | None, str]:
    for text, place in found:
        day = read_date(text) if text else None
        if day and day != _NEVER and day <= today + timedelta(days=2):
            return day, place
    return None, ""


def _date(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year >= 1700 else None


def _date_in_path(address: str) -> str:
    try:
        path = urlsplit(address).path.lower()
    except ValueError:
        return ""
    for pattern in _PATH_DATES:
        for match in pattern.finditer(path):
            found = _date(match[1], _MONTHS.get(match[2], match[2]), match[3])
            if found:
                return found.isoformat()
    return ""


def _meta(tree: Any) -> Mapping[str, list[str]]:
    known: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or ""
        value = one_line(element.get("content"))
        if key and value and value not in known.setdefault(key.strip().lower(), []):
            known[key.strip().lower()].append(value)
    return known


def _linked_data(tree: Any) -> tuple[list[Mapping[str, Any]], Mapping[str, Mapping[str, Any]]]:
    """The things that the JSON-LD blocks describe, in order, and those with an @id by it.

    A thing told of beside the article (a related link, a comment, a list's entry) is no candidate for the article.
    """
    items: list[Mapping[str, Any]] = []
    by_id: dict[str, Mapping[str, Any]] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        todo: list[tuple[Any, bool, int]] = [(_json(script.text or ""), True, 0)]
        while todo and len(items) + len(by_id) < 5000:
            value, is_candidate, depth = todo.pop()
            if depth > 20:
                continue
            if isinstance(value, list):
                todo += [(one, is_candidate, depth + 1) for one in reversed(value)]
            elif isinstance(value, dict):
                if is_candidate:
                    items.append(value)
                if isinstance(value.get("@id"), str) and "name" in value:
                    by_id.setdefault(value["@id"], value)
                below = [(one, is_candidate and key not in _ELSEWHERE, depth + 1) for key, one in value.items()]
                todo += [entry for entry in reversed(below) if isinstance(entry[0], list | dict)]
    return items, by_id


def _json(text: str) -> Any:
    text = _JSON_WRAPPER.sub("", text).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _types(item: Mapping[str, Any]) -> list[str]:
    kinds = item.get("@type")
    return [str(kind).rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _main_heading(tree: Any) -> Any:
    headings = [h for h in tree.iter("h1") if one_line(h.text_content()) and not _is_beside(h)]
    inside = [h for h in headings if any(up.tag in ("article", "main") for up in h.iterancestors())]
    return (inside or headings or [None])[0]


def _head(tree: Any, h1: Any) -> list[Any]:
    """The elements of the article's head: those around its heading, down to its third paragraph."""
    start = h1
    if start is None:
        start = next(tree.iter("article"), None)
    if start is None:
        return []
    around = next((up for up in start.iterancestors() if up.tag in ("article", "main", "header")), None)
    found: list[Any] = []
    paragraphs = 0
    reached = False
    for element in (tree if around is None else around.getroottree().getroot()).iter():
        reached = reached or element is start
        inside = around is not None and around in element.iterancestors()
        if not (reached or inside) or not isinstance(element.tag, str) or element is start or _is_beside(element):
            continue
        if element.tag in ("script", "style", "aside", "nav", "footer"):
            continue
        found.append(element)
        if reached and element.tag == "p" and len(element.text_content()) > 80:
            paragraphs += 1
        if paragraphs == 3 or len(found) > 300:
            break
    return found


def _is_beside(element: Any) -> bool:
    """Whether an element stands in a box beside the article: related stories, comments, a sidebar, the page's foot."""
    for up in [element, *element.iterancestors()]:
        if up.tag in ("aside", "footer", "nav"):
            return True
        if up.tag not in ("body", "html") and BESIDE.search(f"{up.get('class') or ''} {up.get('id') or ''}"):
            return True
    return False


def _says_updated(element: Any) -> bool:
    said = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.text_content()}"
    before = element.getprevious()
    said += (before.tail or "") if before is not None else (element.getparent().text or "")
    return re.search(r"updat|modif|aktualisiert|güncell|mise?\s+à\s+jour|actualizad", said, re.IGNORECASE) is not None


def _is_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def _is_link(text: str) -> bool:
    return re.match(r"(?:https?:)?//|www\.|mailto:|/\w", text.strip(), re.IGNORECASE) is not None or "@" in text[1:]


def _same(one: str, other: str) -> bool:
    return bool(_letters(one)) and _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return re.sub(r"\W|_", "", text.casefold()).removeprefix("the")
