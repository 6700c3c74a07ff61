"""What a page says of its article for machines: JSON-LD, OpenGraph and other meta tags, microdata and RDFa."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.english import lexicon
from index.formats.page_head import is_beside, one_line
from index.formats.readings import is_link, same_name

Item = Mapping[str, Any]

_NAMES = lexicon("page_metadata", __package__)
_VOCABULARIES = ("", "schema", "dc", "dct", "dcterms", "article")
_ARTICLES, _RECORDINGS, _PAGES, _SITES = (
    tuple(_NAMES.table("json_ld")[kind].split()) for kind in ("articles", "recordings", "pages", "sites")
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPER = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\s*\Z"
)
_MOST_ITEMS, _DEEPEST = 5000, 20


class Tags:
    """The meta tags of a page and its elements with properties, by the fact that they give."""

    def __init__(self, tree: Any) -> None:
        self._meta: dict[str, list[str]] = {}
        for element in tree.iter("meta"):
            key = _meta_name(element.get("property") or element.get("name") or "")
            value = one_line(element.get("content"))
            if key and value and value not in self._meta.setdefault(key, []):
                self._meta[key].append(value)
        self._sources = tree.xpath("//body//*[contains(concat(' ', @class, ' '), ' source-org ')]")
        self._marked = [e for e in tree.iterfind(".//body//*") if e.get("itemprop") or e.get("property")]
        self._marked += list(tree.iterfind(".//head/meta[@itemprop]"))

    def named(self, *names: str) -> list[str]:
        """What the meta tags of these names give."""
        return [value for name in names for value in self._meta.get(name, [])]

    def open_graph(self, fact: str) -> list[str]:
        return self.named(*_NAMES.table("open_graph")[fact].split())

    def meta(self, fact: str) -> list[str]:
        return self.named(*_NAMES.table("meta")[fact].split())

    def meta_lists(self, fact: str) -> list[str]:
        """As meta, the values of one name joined by commas."""
        return [", ".join(self.named(name)) for name in _NAMES.table("meta")[fact].split()]

    def properties(self, fact: str) -> Iterator[str]:
        """What the elements with a property give; several of one thing are joined by commas."""
        names = set(_NAMES.table("properties")[fact].split())
        found = [e for e in self._marked if _properties(e) & names and not is_beside(e)]
        if found:
            scope = _scope(found[0])
            yield ", ".join(dict.fromkeys(filter(None, (_given(e) for e in found if _scope(e) is scope))))
        yield from map(_given, found)

    def source_organisations(self) -> list[str]:
        """The outlet as the hNews microformat gives it."""
        return [one_line(element.text_content()) for element in self._sources if not is_beside(element)]


class LinkedData:
    """The JSON-LD of a page, and of it the item that is the page's article (empty where there is none)."""

    def __init__(self, tree: Any) -> None:
        self._items, self._by_id = _items(tree)
        self.article: Item = {}

    def headlines(self) -> Iterator[str]:
        """What the items that may be the page's article are called."""
        return (_headline(item) for item in self._items if _is(item, _ARTICLES) or _is(item, _RECORDINGS))

    def choose_article(self, address: str, heading: str) -> None:
        """Takes as the article, of several, the one with this address or this heading.

        A recording is taken for the page's article only under its own name, since articles embed recordings.
        """
        articles = [item for item in self._items if _is(item, _ARTICLES)]
        recordings = [i for i in self._items if _is(i, _RECORDINGS) and same_name(_headline(i), heading)]
        pages = [item for item in self._items if _is(item, _PAGES)]

        def fits(item: Item) -> tuple[bool, bool, bool]:
            said = [item.get("url"), item.get("@id"), item.get("mainEntityOfPage")]
            ids = [value.get("@id") if isinstance(value, dict) else value for value in said]
            named = bool(address) and any(isinstance(i, str) and i.split("#")[0] == address for i in ids)
            return named, same_name(one_line(item.get("headline")), heading), "datePublished" in item

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
        return [one_line(self.article.get(key)) for key in _NAMES.table("json_ld")["published"].split()]

    @property
    def updated(self) -> str:
        return one_line(self.article.get("dateModified"))

    def publishers(self) -> list[str]:
        return self._names(self.article.get("publisher"))

    def sites(self) -> list[str]:
        """The names of the web sites and news organisations that the page tells of, in its order."""
        return [name for item in self._items if _is(item, _SITES) for name in self._names(item)]

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


def _meta_name(name: str) -> str:
    """The name of a meta tag as it should be: some write `og:site:name` and `article:published:time`."""
    first, _, rest = name.strip().lower().partition(":")
    rest = rest.replace(":", "_") if first in ("og", "article") else rest
    return f"{first}:{rest}" if rest else first


def _properties(element: Any) -> set[str]:
    said = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower().split()
    parts = [name.rpartition(":") for name in said]
    return {local.removesuffix("/").rpartition("/")[2] for prefix, _, local in parts if _is_known(prefix, local)}


def _is_known(prefix: str, local: str) -> bool:
    return prefix in _VOCABULARIES or (prefix in ("http", "https") and "schema.org/" in local)


def _given(element: Any) -> str:
    """The value of an element: its attribute's, that of the name in it where it is a thing, or its text."""
    if value := element.get("content") or element.get("datetime"):
        return one_line(value)
    inner = (e for e in element.iterfind(".//*") if (e.get("itemprop") or e.get("property")) in ("name", "schema:name"))
    thing = next(inner, element)
    return one_line(thing.get("content") or thing.get("datetime") or thing.text_content())


def _scope(element: Any) -> Any:
    """The thing that an element is a property of."""
    return next((up for up in element.iterancestors() if up.get("itemscope") is not None or up.get("typeof")), None)


def _headline(item: Item) -> str:
    return one_line(item.get("headline") or item.get("name"))


def _is(item: Item, endings: tuple[str, ...]) -> bool:
    """Whether a thing is of a kind whose name ends so: "NewsArticle", "https://schema.org/Article"."""
    kinds = item.get("@type")
    return any(str(one).endswith(endings) for one in (kinds if isinstance(kinds, list) else [kinds]))


def _items(tree: Any) -> tuple[list[Item], Mapping[str, Item]]:
    """The things that the JSON-LD blocks describe, in order, and those with an @id by it."""
    items: list[Item] = []
    by_id: dict[str, Item] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        todo: list[tuple[Any, int]] = [(_parsed(script.text or ""), 0)]
        while todo and len(items) + len(by_id) < _MOST_ITEMS:
            value, depth = todo.pop()
            if isinstance(value, dict):
                items.append(value)
                if isinstance(value.get("@id"), str) and "name" in value:
                    by_id.setdefault(value["@id"], value)
            inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
            todo += [(one, depth + 1) for one in reversed(inner) if isinstance(one, list | dict) and depth < _DEEPEST]
    return items, by_id


def _parsed(text: str) -> Any:
    text = _WRAPPER.sub("", text).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None
