"""What a web page says about its article, each fact from the most trustworthy place that says it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from index.formats.bylines import names_in, without_names
from index.formats.page_head import (
    Head,
    bylines,
    find_head,
    is_beside,
    is_caption,
    is_header,
    is_masthead,
    lines_within,
    one_line,
    title_cuts,
    title_parts,
)
from index.formats.page_metadata import LinkedData, Tags
from index.formats.readings import is_address, is_link, name_key, same_name
from index.times.written_dates import is_date_line, leading_date, read_date, stamp, states_its_dates

# A fact as some place on the page gives it, and the name of that place.
Found = tuple[str, str]
FoundDate = tuple[date | None, str]

# Year, month and day in an address; the last of them has the day first.
_PATH_DATES = [
    re.compile(form)
    for form in (
        r"(?<!\d)((?:19|20)\d\d)([-/])(\d{1,2}|[a-z]{3})\2(\d{1,2})(?!\d)",
        r"(?<!\d)((?:19|20)\d\d)()(\d\d)(\d\d)(?!\d)",
        r"(?<!\d)(\d\d)(-)(\d\d)-((?:19|20)\d\d)(?!\d)",
    )
]
_SLASHED = re.compile(r"(?<![\d/])([0-3]?\d)/([0-3]?\d)/(?:20)?\d\d(?![\d/])")
_IN_UTC = re.compile(r"[T ](\d\d):\d\d\S*(?:Z|[+-]00:?00|UTC|GMT)\s*\Z")
_NOON = 12
_MOST_ELEMENTS = 5000
_LONGEST_DATE_LINE = 60
_NAMING_TAGS = ("a", "img", "div", "span", "p", "header", "h1", "h2", "strong")
_ABOVE = "preceding::text()[normalize-space()][ancestor::body and not(ancestor::script)]"
_LONGEST_NAME = 60
_DOMAIN = re.compile(r"(?:https?://)?(?:[^\W_][\w-]*\.)+[^\W\d_]{2,}/?")
_MOST_NAMING = 20_000  # elements
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

    Trust falls in this order: JSON-LD, OpenGraph, other meta tags, microdata and RDFa, microformats, what is written.
    Four places tell the day of publication: JSON-LD, what the article's head shows its readers, OpenGraph, and
    microdata or microformats. Most of them are right; where none tells it, other meta tags, the address, a date at the
    beginning of a line or of the text, the title's end, the only date on the page, and what htmldate finds are asked in
    this order. A date more than two days after today is passed over.
    """
    page = _Page(tree, url)
    outlet, outlet_from = page.outlet
    title, title_from = _title(page, outlet)
    host = urlsplit(page.address[0]).hostname or ""
    author, author_from = _first((names_in(raw, outlet, host), place) for raw, place in page.authors())
    published, published_from = _published(page, today)
    updated, updated_from = _first_date(page.updated(), today)
    if updated and published and updated < published:
        updated, updated_from = None, ""
    origins = {
        "title": title_from,
        "outlet": outlet_from,
        "author": author_from,
        "url": page.address[1],
        "published": published_from,
        "updated": updated_from,
    }
    return PageFacts(
        title,
        outlet,
        author,
        page.address[0],
        published,
        updated,
        {name: place for name, place in origins.items() if place},
        tuple(page.data.bodies()),
    )


class _Page:
    """The places of one page where facts are found, in the order of trust."""

    def __init__(self, tree: Any, url: str) -> None:
        self.tree = tree
        self.url = url if is_address(url) else ""
        self.tags = Tags(tree)
        self.data = LinkedData(tree)
        self.title_element = one_line(next((t.text_content() for t in tree.iterfind(".//head/title")), ""))
        self.address = self._address()
        names = [*self.data.headlines(), *self.tags.named("og:title", "twitter:title"), self.title_element]
        self.head: Head = find_head(tree, names)
        self.data.choose_article(self.address[0], self.head.title or self.title_element)
        self.slashed = self._slashed()
        self.how: dict[str, Any] = {"language": tree.get("lang") or "", "day_first": self._day_first()}

    @cached_property
    def outlet(self) -> Found:
        """The site's own name before that of the company or the domain behind it.

        `og:site_name` is asked first, since a publisher in JSON-LD may be a company, or the system that made the page.
        """
        host = urlsplit(self.address[0]).hostname or ""
        handles = self.tags.named("twitter:site")
        named = self._outlets([host, *handles, *self.tags.named("copyright")])
        found = [(one_line(name), place) for name, place in named if one_line(name) and not is_link(name)]
        found = [(name, place) for name, place in found if not same_name(name, self.head.title)]
        if found:
            return min(found, key=lambda one: _doubt(one[0], host, self.title_element))
        return _first(
            [*_at("meta tag", (handle.lstrip("@") for handle in handles)), (_host_name(self.address[0]), "url")]
        )

    def _outlets(self, confirming: list[str]) -> Iterator[Found]:
        yield from _at("OpenGraph", self.tags.open_graph("outlet"))
        yield from _at("JSON-LD", self.data.publishers())
        yield from _at("meta tag", self.tags.meta("outlet"))
        yield from _at("JSON-LD", self.data.sites())
        yield from _at("microdata", self.tags.properties("outlet"))
        yield from _at("microformat", self.tags.source_organisations())
        signs = _Signs(self.tree, confirming)
        yield signs.in_title(self.title_element, self.head.title), "title element"
        yield signs.in_masthead(), "masthead"

    def titles(self) -> Iterator[Found]:
        yield self.data.title, "JSON-LD"
        yield from _at("OpenGraph", self.tags.open_graph("title"))
        yield from _at("meta tag", self.tags.meta("title"))
        yield from _at("microdata", self.tags.properties("title"))
        yield self.head.title, "heading"
        yield self.title_element, "title element"

    def authors(self) -> Iterator[Found]:
        yield self.data.author, "JSON-LD"
        yield ", ".join(name for name in self.tags.open_graph("author") if not is_link(name)), "OpenGraph"
        yield from _at("meta tag", self.tags.meta_lists("author"))
        yield from _at("microdata", self.tags.properties("author"))
        yield from _at("byline", bylines(self.head, self.outlet[0]))

    def published(self) -> Iterator[Iterator[FoundDate]]:
        """What each of the places says that tell of publication and of nothing else, in the order of trust."""
        yield self._dates("JSON-LD", self.data.published)
        yield self._dates_shown()
        yield self._dates("OpenGraph", self.tags.open_graph("published"))
        yield self._dates("microdata", self.tags.properties("published"))

    def published_perhaps(self) -> Iterator[FoundDate]:
        """What other places say."""
        yield from self._dates("meta tag", self.tags.meta("published"))
        yield from ((day, "url") for day in self._days_in_address)
        for line in self.head.lines:
            yield leading_date(line, **self.how), "dateline"
        yield _date_in_title(self.title_element), "title element"
        yield self._only_date(), "only date"
        yield self._by_htmldate(), "htmldate"

    def _dates_shown(self) -> Iterator[FoundDate]:
        """The days that the article's head, or a line below the article, shows its readers."""
        for line in self.dated_lines:
            yield stamp(line, **self.how).published, "dateline"
        for line in self.head.lines:
            yield stamp(without_names(line), **self.how).published, "dateline"

    def updated(self) -> Iterator[FoundDate]:
        yield from self._dates("JSON-LD", [self.data.updated])
        yield from self._dates("OpenGraph", self.tags.open_graph("updated"))
        yield from self._dates("meta tag", self.tags.meta("updated"))
        yield from self._dates("microdata", self.tags.properties("updated"))
        for line in self.dated_lines:
            yield stamp(line, **self.how).updated, "dateline"

    @cached_property
    def dated_lines(self) -> list[str]:
        """The lines of the article's head, and those below it that say when it was published."""
        below = [one_line(element.text) for element in self.tree.iter("p", "div", "span", "em", "i", "small")]
        return [*self.head.lines, *filter(states_its_dates, below)]

    def _dates(self, place: str, values: Iterable[str]) -> Iterator[FoundDate]:
        yield from ((self._day_shown(value), place) for value in values if value)

    def _day_shown(self, value: str) -> date | None:
        """The day of a value; of one in UTC the day before or after, where the page shows its readers that one.

        "2020-10-05T22:30:00Z" is 6 October in Berlin, and the page says so below its heading or in its address.
        """
        day = read_date(value, **self.how)
        clock = _IN_UTC.search(value)
        if not day or not clock or day in self._days_in_head:
            return day
        there = day + timedelta(days=1 if int(clock[1]) >= _NOON else -1)
        return there if there in self._days_in_head or there in self._days_in_address else day

    @cached_property
    def _days_in_address(self) -> list[date | None]:
        return [_date_in_path(place) for place in dict.fromkeys([self.address[0], self.url])]

    @cached_property
    def _days_in_head(self) -> set[date]:
        stamps = [stamp(line, **self.how) for line in self.head.lines]
        return {day for one in stamps for day in (one.published, one.updated) if day}

    def _slashed(self) -> list[tuple[int, int]]:
        """The first two numbers of the dates on the page that are written as 25/10/2020."""
        texts = self.tree.xpath("//body//text()[contains(., '/')][not(parent::script or parent::style)]")
        found = (match for text in texts[:2000] for match in _SLASHED.finditer(text[:500]))
        return [(int(match[1]), int(match[2])) for match in found]

    def _day_first(self) -> bool | None:
        """Whether the page's other dates have the day first; None where they do not tell."""
        day_first = any(first > 12 for first, _ in self.slashed)
        month_first = any(second > 12 for _, second in self.slashed)
        return day_first if day_first != month_first else None

    def _only_date(self) -> date | None:
        """The date that the page's lines give outside boxes beside the article, where they give but one."""
        days = set()
        for element in islice(self.tree.iterfind(".//body//*"), _MOST_ELEMENTS):
            if element.tag == "time":
                lines = [element.get("datetime") or "", one_line(element.text_content())]
            else:
                lines = list(lines_within(element, _LONGEST_DATE_LINE))
            found = {day for line in lines if (day := stamp(line, **self.how).published)}
            if found and not is_beside(element) and not is_caption(element):
                days |= found
        return days.pop() if len(days) == 1 else None

    def _by_htmldate(self) -> date | None:
        """What htmldate finds without its search through the whole text, which guesses.

        It makes the first of a month of one without a day, and takes 05/06/2021 for the fifth: neither is believed.
        """
        from htmldate import find_date

        found = read_date(find_date(self.tree, url=self.url or None, extensive_search=False, original_date=True) or "")
        if (
            not found
            or found.day == 1
            or not {(found.day, found.month), (found.month, found.day)}.isdisjoint(self.slashed)
        ):
            return None
        return found

    def _address(self) -> Found:
        links = (link for link in self.tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
        places = [
            *_at("canonical link", (link.get("href") or "" for link in links)),
            *_at("OpenGraph", self.tags.named("og:url")),
        ]
        for href, place in places:
            try:
                address = urljoin(self.url, href.strip()) if href else ""
                path = urlsplit(address).path.strip("/") or urlsplit(address).query
            except ValueError:
                continue
            # A template's link to the front page names no article.
            if is_address(address) and (path or address == self.url):
                return address, place
        return (self.url, "url") if self.url else ("", "")


def _title(page: _Page, outlet: str) -> Found:
    found = [(_bare(title, page.head.title, outlet), place) for title, place in page.titles()]
    found = [(title, place) for title, place in found if title and not same_name(title, outlet)]
    if not found:
        return "", ""
    first, place = found[0]
    if (start := first.rstrip("….").rstrip()) != first and len(start) > 20:
        whole = [(title, p) for title, p in found if title.startswith(start) and len(title) > len(first)]
        return whole[0] if whole else (first, place)
    return first, place


def _bare(title: str, heading: str, outlet: str) -> str:
    """A title without the outlet at an end of it, and without labels where one of its parts is the page's heading."""
    if len(heading) > 10 and any(same_name(part, heading) for part in title_parts(title)):
        return heading
    if is_date_line(last := _last_part(title)):
        title = title.rpartition(last)[0].rstrip(" (|·•–—-")
    cuts = title_cuts(title) if outlet else []
    if cuts and same_name(cuts[-1][1], outlet):
        return cuts[-1][0]
    return cuts[0][1] if cuts and same_name(cuts[0][0], outlet) else title


def _at(place: str, values: Iterable[str]) -> Iterator[Found]:
    return ((value, place) for value in values)


def _first(found: Iterable[Found]) -> Found:
    return next(
        ((one_line(value), place) for value, place in found if one_line(value) and not is_link(value)), ("", "")
    )


def _published(page: _Page, today: date) -> FoundDate:
    """The day that most of the surest places give, of equals that of the first; else what the first other one gives."""
    found = [_first_date(said, today) for said in page.published()]
    days = Counter(day for day, _ in found)
    told = [one for one in found if one[0]]
    return max(told, key=lambda one: days[one[0]]) if told else _first_date(page.published_perhaps(), today)


def _first_date(found: Iterable[FoundDate], today: date) -> FoundDate:
    for day, place in found:
        if day and day != _NEVER and day <= today + timedelta(days=2):
            return day, place
    return None, ""


def _date_in_title(title: str) -> date | None:
    """The date at a title's end: "Mill sold | The Post | 06.10.2020", "Mill sold (6 October 2020)"."""
    return stamp(_last_part(title)).published


def _last_part(title: str) -> str:
    if title.endswith(")") and "(" in title:
        return title[title.rindex("(") + 1 : -1]
    return (title_parts(title) or [""])[-1]


def _date_in_path(address: str) -> date | None:
    try:
        path = urlsplit(address).path.lower()
    except ValueError:
        return None
    for pattern in _PATH_DATES:
        for match in pattern.finditer(path):
            if found := read_date("-".join(match.group(1, 3, 4))):
                return found
    return None


# The outlet, where only the page's own words say it


class _Signs:
    """The names that a page puts where outlets put theirs, and what may confirm one of them."""

    def __init__(self, tree: Any, confirming: list[str]) -> None:
        self._tree = tree
        self._confirming = confirming

    def in_title(self, title: str, heading: str) -> str:
        """The end or the start of a title whose other side is the heading, where the page confirms that it is a name.

        Confirmed is what the host, an @name, a copyright line or the masthead says too: a section is not.
        """
        for before, after in title_cuts(title, at_colons=True)[::-1]:
            if heading and name_key(before).startswith(name_key(heading)[:30]):
                name = after
            elif heading and same_name(after, heading):
                name = before
            else:
                continue
            if len(name_key(name)) > 2 and self._is_confirmed(name):
                return name
        return ""

    def in_masthead(self) -> str:
        """The name in the masthead that the host or a copyright line says too."""
        return next((n for n in self._mastheads if len(name_key(n)) > 4 and self._says(name_key(n))), "")

    def _is_confirmed(self, name: str) -> bool:
        return any(same_name(name, known) for known in self._mastheads) or (
            len(name_key(name)) > 3 and self._says(name_key(name))
        )

    def _says(self, name: str) -> bool:
        return any(name in name_key(text) for text in [*self._confirming, *self._copyright_lines])

    @cached_property
    def _copyright_lines(self) -> list[str]:
        texts = self._tree.xpath("//body//text()[contains(., '©') or contains(., 'ⓒ') or contains(., '版权所有')]")
        return [text for text in texts[:5] if len(text) < 200]

    @cached_property
    def _mastheads(self) -> list[str]:
        return list(dict.fromkeys(name for name in _mastheads(self._tree) if 0 < len(name) <= _LONGEST_NAME))


def _mastheads(tree: Any) -> Iterator[str]:
    """The whole texts of what is a logo, a link to the front page, or the page's header, and pictures' names there."""
    body = tree.find("body")
    top = None if body is None else next(body.iter("h1", "h2"), None)
    if top is not None and not top.xpath(_ABOVE):
        yield one_line(top.text_content())
    for number, element in enumerate([] if body is None else body.iter(*_NAMING_TAGS)):
        if number > _MOST_NAMING:
            return
        if element.tag == "img":
            yield one_line(element.get("alt"))
        elif is_masthead(element) or is_header(element):
            yield one_line(element.text_content()[: 4 * _LONGEST_NAME])


def _doubt(name: str, host: str, title: str) -> int:
    """How little a name looks like that of an outlet, from 0: one that the page's host or title has too.

    Domains and names of companies, which have their legal form in them, come last.
    """
    if _DOMAIN.fullmatch(name):
        return 3
    from cleanco import basename  # type: ignore[import-untyped]

    said = name_key(name)
    if len(name_key(basename(name))) < len(said):
        return 2
    in_title = any(same_name(part, name) for cut in title_cuts(title) for part in cut)
    return 0 if in_title or (len(said) > 3 and said in name_key(host)) else 1


def _host_name(address: str) -> str:
    """The host of an address as a name for want of a better one: "www.post.example" is "post.example"."""
    host = urlsplit(address).hostname or ""
    first, _, rest = host.partition(".")
    return rest if first in ("www", "amp", "m") else host
