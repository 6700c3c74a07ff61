"""What a page says about its article in the attributes of its tags: meta tags, microdata and RDFa."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from index.formats.page_head import is_beside, one_line

OG_TITLE = ("og:title",)
OG_OUTLET = ("og:site_name",)
OG_PUBLISHED = ("article:published_time", "article:published", "og:published_time", "og:article_published_time")
OG_UPDATED = ("article:modified_time", "og:updated_time", "article:updated_time", "og:article_modified_time")
META_PUBLISHED = (
    "parsely-pub-date sailthru.date citation_publication_date citation_date citation_online_date pubdate publishdate "
    "publish-date publish_date publication_date publication-date published date.published datepublished dc.date.issued "
    "dcterms.issued dc.date dcterms.created dc.date.created dcterms.date dc.created date created article.published "
    "originalpublicationdate displaydate pdate"
).split()
META_UPDATED = (
    "lastmod last-modified modified dcterms.modified dc.date.modified article.updated revised datemodified"
).split()
META_TITLE = "parsely-title sailthru.title citation_title dc.title dcterms.title twitter:title headline title".split()
META_OUTLET = (
    "application-name dc.publisher dcterms.publisher citation_publisher citation_journal_title publisher"
).split()
META_AUTHOR = "author parsely-author sailthru.author citation_author dc.creator dcterms.creator byl byline".split()

# Classes of the hNews microformat.
H_OUTLET = ("source-org",)
H_PUBLISHED = ("published", "dt-published")
H_UPDATED = ("updated", "dt-updated")

# Properties of microdata and RDFa by the last part of their names: "schema:datePublished", "dc:created".
TITLE = ("headline",)
OUTLET = ("publisher",)
AUTHOR = ("author", "creator")
PUBLISHED = ("datepublished", "created", "issued")
UPDATED = ("datemodified", "modified")
_VOCABULARIES = frozenset(["", "schema", "dc", "dct", "dcterms", "article"])


class Tags:
    """The meta tags of a page, by name, and its elements with properties."""

    def __init__(self, tree: Any) -> None:
        self._meta = _meta(tree)
        self._classed = [
            e
            for e in tree.iter("abbr", "time", "span", "p")
            if e.tag in ("abbr", "time") or "vcard" in e.get("class", "")
        ]
        self._marked = [e for e in tree.iterfind(".//body//*") if e.get("itemprop") or e.get("property")]
        self._marked += list(tree.iterfind(".//head/meta[@itemprop]"))

    def meta(self, keys: Iterable[str]) -> Iterator[str]:
        for key in keys:
            yield from self._meta.get(key, [])

    def meta_lists(self, keys: Iterable[str]) -> Iterator[str]:
        """As meta, the values of one name joined by commas."""
        for key in keys:
            yield ", ".join(self._meta.get(key, []))

    def properties(self, names: Iterable[str]) -> Iterator[str]:
        """What the elements with one of these properties give; several of one thing are joined by commas."""
        found = [e for e in self._marked if _properties(e) & set(names) and not is_beside(e)]
        if found:
            scope = _scope(found[0])
            yield ", ".join(dict.fromkeys(filter(None, (_given(e) for e in found if _scope(e) is scope))))
        yield from (_given(e) for e in found)

    def classed(self, names: Iterable[str]) -> Iterator[str]:
        """What the elements with one of these classes give: their title, their datetime, or their text."""
        for element in self._classed:
            if set((element.get("class") or "").split()) & set(names) and not is_beside(element):
                yield one_line(element.get("title") or element.get("datetime") or element.text_content())


def _meta(tree: Any) -> Mapping[str, list[str]]:
    known: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        key = _meta_name(element.get("property") or element.get("name") or "")
        value = one_line(element.get("content"))
        if key and value and value not in known.setdefault(key, []):
            known[key].append(value)
    return known


def _meta_name(name: str) -> str:
    """The name of a meta tag as it should be: some write `og:site:name` and `article:published:time`."""
    first, *others = name.strip().lower().split(":")
    return (
        f"{first}:{'_'.join(others)}"
        if first in ("og", "article") and others
        else first + "".join(f":{o}" for o in others)
    )


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
    inner = (e for e in element.iterfind(".//*") if (e.get("itemprop") or e.get("property") or "").lower() in _NAMES)
    thing = next(inner, element)
    value = thing.get("content") or thing.get("datetime") or thing.text_content()
    return one_line(value)


_NAMES = ("name", "schema:name", "foaf:name")


def _scope(element: Any) -> Any:
    """The thing that an element is a property of."""
    return next((up for up in element.iterancestors() if up.get("itemscope") is not None or up.get("typeof")), None)
