"""Which outlet a page belongs to, where only its own words say so: its title, its masthead, its copyright line."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from index.formats.page_head import is_beside, is_masthead, letters, marks, one_line, same, title_cuts

_HEADER = re.compile(r"(?:^|[\s_-])(?:header|masthead|top-?bar)(?:$|[\s_-])", re.IGNORECASE)
_FRONT_LABEL = re.compile(r"(?:print|video|opinion|live|watch|listen|photos?|update)", re.IGNORECASE)
_NAMING_TAGS = ("a", "img", "div", "span", "p", "header", "h1", "h2", "strong")
_LONGEST_NAME = 60
_DOMAIN = re.compile(r"(?:https?://)?(?:[^\W_][\w-]*\.)+[^\W\d_]{2,}/?")
_MOST_ELEMENTS = 20_000


class Signs:
    """The names that a page puts where outlets put theirs, and what may confirm one of them."""

    def __init__(self, tree: Any, confirming: list[str]) -> None:
        self._tree = tree
        self._confirming = confirming

    def in_title(self, title: str, heading: str) -> str:
        """The end or the start of a title whose other side is the heading, where the page confirms that it is a name.

        Confirmed is what the host, an @name, a copyright line or the masthead says too: a section is not.
        """
        for before, after in title_cuts(title, at_colons=True)[::-1]:
            if heading and letters(before).startswith(letters(heading)[:30]):
                name = after
            elif heading and same(after, heading):
                name = before
            else:
                continue
            if len(letters(name)) > 2 and not _FRONT_LABEL.fullmatch(name) and self._is_confirmed(name):
                return name
        return ""

    def in_masthead(self) -> str:
        """The name in the masthead that the host or a copyright line says too."""
        return next((n for n in self._mastheads if len(letters(n)) > 4 and self._says(letters(n))), "")

    def _is_confirmed(self, name: str) -> bool:
        return any(same(name, known) for known in self._mastheads) or (
            len(letters(name)) > 3 and self._says(letters(name))
        )

    def _says(self, name: str) -> bool:
        return any(name in letters(text) for text in [*self._confirming, *self._copyright_lines])

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
    if body is not None and (top := next(body.iter("h1", "h2"), None)) is not None and _is_first(top):
        yield one_line(top.text_content())
    for number, element in enumerate(
        [] if body is None else body.iter("a", "img", "div", "span", "p", "header", "h1", "h2", "strong")
    ):
        if number > _MOST_ELEMENTS:
            return
        if element.tag == "img":
            yield one_line(element.get("alt"))
        elif is_masthead(element) or _is_header(element):
            yield one_line(element.text_content()[: 4 * _LONGEST_NAME])


def _is_first(heading: Any) -> bool:
    """Whether no text stands above a heading."""
    above = heading.xpath("preceding::text()[normalize-space()][ancestor::body and not(ancestor::script)]")
    return not above


def _is_header(element: Any) -> bool:
    if element.tag == "header":
        return True
    said = marks(element)
    return len(said) > 2 and _HEADER.search(said) is not None and not is_beside(element)


def doubt(name: str, host: str, title: str) -> int:
    """How little a name looks like that of an outlet, from 0: one that the page's host or title has too.

    Domains and names of companies, which have their legal form in them, come last.
    """
    if _DOMAIN.fullmatch(name):
        return 3
    if _is_company(name):
        return 2
    said = letters(name)
    in_title = any(same(part, name) for cut in title_cuts(title) for part in cut)
    return 0 if in_title or (len(said) > 3 and said in letters(host)) else 1


def _is_company(name: str) -> bool:
    from cleanco import basename  # type: ignore[import-untyped]

    return len(letters(basename(name))) < len(letters(name))


def host_name(address: str) -> str:
    """The host of an address as a name for want of a better one: "www.post.example" is "post.example"."""
    return re.sub(r"\A(?:www|amp|m)\.", "", urlsplit(address).hostname or "")
