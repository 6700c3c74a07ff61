"""What a page says about its article in JSON-LD, in all the shapes that publishing systems give it."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.formats.page_head import one_line, same

Item = Mapping[str, Any]

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Reportage\w*|Review)$")
_RECORDING = re.compile(r"(?:PodcastEpisode|Episode|VideoObject|AudioObject|Clip)$")
_PAGE = re.compile(r"(?:WebPage|ItemPage)$")
_ELSEWHERE = frozenset(
    "itemListElement relatedLink hasPart mentions citation comment liveBlogUpdate isBasedOn video image about".split()
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPER = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\s*\Z"
)
_PUBLISHED = ("datePublished", "dateCreated", "coverageStartTime", "uploadDate")


class LinkedData:
    """The JSON-LD of a page, and of it the item that is the page's article (empty where there is none)."""

    def __init__(self, tree: Any) -> None:
        self._items, self._by_id = _items(tree)
        self.article: Item = {}

    def headlines(self) -> Iterator[str]:
        """What the items that may be the page's article are called."""
        for item in self._items:
            if _is(item, _ARTICLE) or _is(item, _RECORDING):
                yield _headline(item)

    def choose_article(self, address: str, heading: str) -> None:
        """Takes as the article, of several, the one with this address or this heading.

        A recording is taken for the page's article only under its own name, since articles embed recordings.
        """
        articles = [item for item in self._items if _is(item, _ARTICLE)]
        recordings = [i for i in self._items if _is(i, _RECORDING) and same(_headline(i), heading)]
        pages = [item for item in self._items if _is(item, _PAGE)]

        def fits(item: Item) -> tuple[bool, bool, bool]:
            said = [item.get("url"), item.get("@id"), item.get("mainEntityOfPage")]
            ids = [value.get("@id") if isinstance(value, dict) else value for value in said]
            named = bool(address) and any(isinstance(i, str) and i.split("#")[0] == address for i in ids)
            return named, same(one_line(item.get("headline")), heading), "datePublished" in item

        if articles:
            self.article = max(articles, key=fits)  # the first of equals
        elif recordings:
            self.article = recordings[0]
        elif pages:
            self.article = {k: v for k, v in pages[0].items() if k.startswith("date") or k == "publisher"}

    @property
    def title(self) -> str:
        return _headline(self.article)

    @property
    def author(self) -> str:
        return ", ".join(dict.fromkeys(self._names(self.article.get("author"))))

    @property
    def published(self) -> list[str]:
        return [one_line(self.article.get(key)) for key in _PUBLISHED]

    @property
    def updated(self) -> str:
        return one_line(self.article.get("dateModified"))

    def publishers(self) -> list[str]:
        return self._names(self.article.get("publisher"))

    def sites(self) -> list[str]:
        """The names of the web sites and news organisations that the page tells of, in its order."""
        sites = [item for item in self._items if _is(item, re.compile(r"WebSite$|NewsMediaOrganization$"))]
        return [name for site in sites for name in self._names(site)]

    def bodies(self) -> Iterator[str]:
        """The article's texts: its own, and those of a live blog's posts."""
        posts = self.article.get("liveBlogUpdate")
        for item in [self.article, *(posts if isinstance(posts, list) else [])]:
            body = item.get("articleBody") if isinstance(item, dict) else None
            if isinstance(body, str) and body.strip():
                yield html.unescape(body)

    def _names(self, value: Any, depth: int = 0) -> list[str]:
        """The names in a value: a text, a thing with a name, a reference to one, or a list of these."""
        if isinstance(value, list) and depth < 4:
            return [name for one in value[:50] for name in self._names(one, depth + 1)]
        if isinstance(value, dict) and depth < 4:
            thing = value if "name" in value else self._by_id.get(str(value.get("@id")), {})
            return self._names(thing.get("name"), depth + 1)
        name = one_line(value)
        return [name] if name and not is_link(name) else []


def is_link(text: str) -> bool:
    """Whether a text is an address or a handle where a name should stand."""
    return re.match(r"(?:https?:)?//|www\.|mailto:|/\w", text.strip(), re.IGNORECASE) is not None or "@" in text[1:]


def _headline(item: Item) -> str:
    return one_line(item.get("headline") or item.get("name"))


def _is(item: Item, kind: re.Pattern[str]) -> bool:
    kinds = item.get("@type")
    return any(kind.search(str(one).rsplit("/", 1)[-1]) for one in (kinds if isinstance(kinds, list) else [kinds]))


def _items(tree: Any) -> tuple[list[Item], Mapping[str, Item]]:
    """The things that the JSON-LD blocks describe, in order, and those with an @id by it.

    A thing told of beside the article (a related link, a comment, a list's entry) is no candidate for the article.
    """
    items: list[Item] = []
    by_id: dict[str, Item] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        todo: list[tuple[Any, bool, int]] = [(_parsed(script.text or ""), True, 0)]
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


def _parsed(text: str) -> Any:
    text = _WRAPPER.sub("", text).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None
