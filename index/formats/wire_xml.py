"""What agencies send as XML: NITF, NewsML-G2, NewsML 1, alone or several items in one message. IPTC's standards.

A newsroom's other XML that holds records, such as a saved feed, is read as a table is (index.formats.records).
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from index.errors import SourceError
from index.formats.boilerplate import without_furniture
from index.formats.cells import people_of
from index.formats.day_order import DayOrder
from index.formats.json_files import Finder
from index.formats.markup import BLOCKS, looks_like_html, plain_paragraphs
from index.formats.readings import Parsed, Reading, ReadOptions, make_reading
from index.formats.records import Record, articles
from index.formats.wire import code, make_version

MOST_ELEMENTS = 1_000_000

# Names of HTML's characters, which an agency's DTD declares and which is not fetched.
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_TIME = re.compile(r"(?<=\d)T.*")
_OWN_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
# What stands in a text and is not of it.
_BESIDE = frozenset(
    "media mediacaption mediametadata mediareference mediaproducer caption credit note ednote script style".split()
)


def read(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The items of an agency's file, or the records of another file of XML; each withdrawn item without its text.

    What has no text, such as a picture or a list of items, is told in one line. Raises SourceError where the file is
    no XML, declares entities of its own, or holds no article.
    """
    root = _root(stream.read(), source)
    items = [one for one in _items(root) if not _is_within_item(one)]
    if not items:
        yield from _records(root, source, options)
        return
    without: Counter[str] = Counter()
    given = 0
    for item in items:
        reading = _READERS[_name(item)](item, source)
        if isinstance(reading, Reading):
            given += 1
            yield reading
        else:
            without[reading] += 1
    if without:
        kinds = ", ".join(f"{count} {kind}" for kind, count in without.items())
        if not given:
            raise SourceError(f"{source}: no article text in this file, only {kinds}")
        options.tell(f"{source}: {kinds} without a text, not read")


# The tree


def _root(data: bytes, source: str) -> Any:
    from lxml import etree  # type: ignore[import-untyped]

    if not data.strip():
        raise SourceError(f"{source}: the file is empty")
    if _OWN_ENTITY.search(data[:100_000]):
        raise SourceError(f"{source}: declares entities of its own, which no agency's file needs; it was not read")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_ENTITY.sub(_as_number, data.lstrip()), parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"{source}: not valid XML ({' '.join(str(error).split())[:200]})") from error
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise SourceError(f"{source}: more than {MOST_ELEMENTS:,} elements; split it into smaller files")
    return root


def _as_number(match: re.Match[bytes]) -> bytes:
    character = html.unescape(match[0].decode())
    return b"".join(b"&#%d;" % ord(c) for c in character) if character != match[0].decode() else b"&amp;" + match[0][1:]


def _items(root: Any) -> Iterator[Any]:
    return (element for element in root.iter() if _name(element) in _READERS)


def _is_within_item(element: Any) -> bool:
    """Whether it is the content of an item that is read with it."""
    return any(_name(above) in _READERS for above in element.iterancestors())


def _name(element: Any) -> str:
    """The local name of an element in lower case; "" for what is none."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _all(element: Any, way: str) -> Iterator[Any]:
    """The elements at the end of the way from this one: `docdata/doc-id`; the first step may be anywhere below."""
    first, *rest = way.split("/")
    found = (one for one in element.iter() if one is not element and _name(one) == first)
    for one in found:
        at = [one]
        for step in rest:
            at = [child for above in at for child in above if _name(child) == step]
        yield from at


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _said(element: Any, *ways: str) -> str:
    """The first that is said at one of the ways, in words or, behind an @, in an attribute."""
    for way in ways:
        path, _, attribute = way.partition("@")
        for one in [element] if not path else _all(element, path):
            said = _attribute(one, attribute) if attribute else _text(one)
            if said:
                return said
    return ""


def _names(element: Any, way: str) -> str:
    return ", ".join(filter(None, map(_text, _all(element, way))))


def _attribute(element: Any, name: str) -> str:
    values = (value for key, value in element.attrib.items() if key.rpartition("}")[2].lower() == name)
    return " ".join(next(values, "").split())


# Kinds of items


def _nitf(item: Any, source: str) -> Reading | str:
    notice = code(_said(item, "docdata@management-idref-status"))  # of another document, which it withdraws
    about = _said(item, "docdata@management-doc-idref") if notice else ""
    version = {
        "item": about or _said(item, "docdata/doc-id@id-string", "docdata/du-key@key", "@uno"),
        "number": _said(item, "docdata/du-key@version", "docdata/du-key@generation"),
        "created": _said(item, "docdata/date.issue@norm", "revision-history@norm", "docdata/date.release@norm"),
        "slugline": "",
        "statuses": [_said(item, "docdata@management-status"), notice if about else ""],
    }
    facts = {
        "title": _said(item, "hedline/hl1", "head/title"),
        "outlet": _said(item, "pubdata@name", "distributor/org", "distributor", "rights.owner", "doc.copyright@holder"),
        "author": _names(item, "byline/person") or _said(item, "byline"),
        "published": _said(item, "docdata/date.issue@norm", "pubdata@date.publication", "docdata/date.release@norm",
                           "dateline/story.date@norm"),
        "updated": _said(item, "revision-history@norm"),
    }  # fmt: skip
    body = next(_all(item, "body.content"), None)
    blocks = [] if body is None else [one for one in _all(body, "block") if _attribute(one, "class") == "full_text"]
    body = blocks[0] if blocks else body  # an archive that gives the opening a second time
    return _reading(source, _plain(body), facts, version, "document")


def _news_item_g2(item: Any, source: str) -> Reading | str:
    meta = "itemmeta"
    version = {
        "item": _said(item, "@guid"),
        "number": _said(item, "@version"),
        "created": _said(item, f"{meta}/versioncreated"),
        "slugline": _said(item, "contentmeta/slugline"),
        "statuses": [_said(item, f"{meta}/pubstatus@qcode", f"{meta}/pubstatus@uri")]
        + [code(one.get("qcode") or "") for one in _all(item, f"{meta}/signal")],
    }
    facts = {
        "title": _said(item, "contentmeta/headline", f"{meta}/title", "hedline/hl1"),
        "outlet": _said(item, "contentmeta/infosource/name", "contentmeta/infosource@literal", f"{meta}/provider/name",
                        "copyrightholder/name", "contentmeta/creditline", f"{meta}/provider@literal",
                        f"{meta}/provider@qcode"),
        "author": _said(item, "contentmeta/by", "byline") or _names(item, "contentmeta/creator/name"),
        "published": _said(item, "contentmeta/contentcreated", f"{meta}/firstcreated", f"{meta}/versioncreated"),
        "updated": _said(item, f"{meta}/versioncreated", "contentmeta/contentmodified"),
    }  # fmt: skip
    held = [*_all(item, "contentset/inlinexml"), *_all(item, "contentset/inlinedata")]
    kind = code(_said(item, f"{meta}/itemclass@qcode")) or _name(item)
    return _reading(source, _longest(held), facts, version, kind)


def _news_item_1(item: Any, source: str) -> Reading | str:
    identity, management = "identification/newsidentifier", "newsmanagement"
    provider = _said(item, f"{identity}/providerid")
    parts = [provider, _said(item, f"{identity}/dateid"), _said(item, f"{identity}/newsitemid")]
    version = {
        "item": ":".join(parts) if parts[2] else _said(item, f"{identity}/publicidentifier"),
        "number": _said(item, f"{identity}/revisionid"),
        "created": _said(item, f"{management}/thisrevisioncreated"),
        "slugline": _said(item, "newslines/slugline"),
        "statuses": [
            _said(item, f"{management}/status@formalname"),
            _said(item, f"{management}/instruction@formalname"),
        ],
    }
    facts = {
        "title": _said(item, "newslines/headline", "hedline/hl1", "head/title"),
        "outlet": _said(item, "administrativemetadata/source/party@formalname", "newslines/creditline",
                        "administrativemetadata/provider/party@formalname") or provider,
        "author": _said(item, "newslines/byline", "byline"),
        "published": _said(item, f"{management}/firstcreated", f"{management}/thisrevisioncreated"),
        "updated": _said(item, f"{management}/thisrevisioncreated"),
    }  # fmt: skip
    held = [one for one in _all(item, "contentitem/datacontent") if not _is_caption(one)]
    return _reading(source, _longest(held), facts, version, _said(item, "mediatype@formalname").lower() or "item")


def _is_caption(content: Any) -> bool:
    """Whether a text is that below a picture, which is an item of its own."""
    component = next((above for above in content.iterancestors() if _name(above) == "newscomponent"), content)
    return any(_name(child) == "role" and code(_attribute(child, "formalname")) == "caption" for child in component)


def _news_item(item: Any, source: str) -> Reading | str:
    """NewsML-G2 gives an item its id in an attribute, NewsML 1 in elements."""
    return _news_item_g2(item, source) if _said(item, "@guid") else _news_item_1(item, source)


_READERS: Mapping[str, Callable[[Any, str], Reading | str]] = {
    "nitf": _nitf,
    "newsitem": _news_item,
    **dict.fromkeys(["packageitem", "conceptitem", "planningitem", "knowledgeitem", "catalogitem"], _news_item_g2),
}


# From what is said to an article


def _reading(source: str, raw: str, facts: dict[str, str], told: dict[str, Any], kind: str) -> Reading | str:
    """The reading of an item, or what kind of item it is where it has no text."""
    version = make_version(**told) if told["item"] else None
    is_withdrawn = version is not None and version.is_withdrawn
    text = without_furniture(raw).strip()
    if not text and not is_withdrawn:
        return kind
    outlet = _outlet(facts["outlet"])
    published, updated = (DayOrder().read(_TIME.sub("", facts[name])) for name in ("published", "updated"))
    return make_reading(
        text,
        raw,
        f"{source}#{version.item[:500]}" if version else source,
        title=facts["title"],
        outlet=outlet,
        author=people_of(facts["author"], outlet, is_byline=True),
        published=published,
        updated=updated if not (updated and published) or updated >= published else None,
        origins=dict.fromkeys(facts, "agency's data"),
        version=version,
    )


def _outlet(written: str) -> str:
    """The words as they are; of a code such as `nprov:LNW` what is behind the scheme."""
    return written if " " in written else written.rpartition(":")[2]


def _longest(held: list[Any]) -> str:
    return max((_plain(one) for one in held), key=len, default="")


def _plain(content: Any) -> str:
    """The text of an item's content, whatever it is: NITF, XHTML, HTML within a CDATA section, plain text."""
    if content is None:
        return ""
    body = next((one for one in content.iter() if _name(one) in ("body.content", "body")), content)
    body = next((one for one in body.iter() if _name(one) == "body.content"), body)
    if not len(body):
        text = body.text or ""
        return plain_paragraphs(text) if looks_like_html(text) else text.strip()
    return plain_paragraphs("".join(_markup(body)))


def _markup(element: Any) -> Iterator[str]:
    """HTML of the same paragraphs, without namespaces, and without what stands beside the text."""
    yield html.escape(element.text or "")
    for child in element:
        name = _name(child)
        if name not in _BESIDE:
            tag = name if name in BLOCKS or name == "br" else ""
            yield f"<{tag}>" if tag else ""
            yield from _markup(child)
            yield f"</{tag}>" if tag and tag != "br" else ""
        yield html.escape(child.tail or "")


# Other XML


def _records(root: Any, source: str, options: ReadOptions) -> Parsed:
    """The records of XML that is no agency's, as of a table."""
    found = Finder(options).articles_in({_name(root): _object(root, 0)})
    if not found:
        said = "neither NITF nor NewsML, nor records with a text"
        raise SourceError(f"{source}: XML of another kind ({said}); its first element is <{_name(root)[:60]}>")
    numbered = enumerate((one for one in found if isinstance(one, dict)), 1)
    yield from articles((Record(f"record {n}", str(n), one) for n, one in numbered), source, options)


def _object(element: Any, depth: int) -> Any:
    """An element as the object or text that JSON would hold: attributes and children by name, several in a list."""
    children = [child for child in element if _name(child)]
    if not children or depth > 20:
        return _text(element) if not element.text or not looks_like_html(element.text) else element.text
    if any(_name(child) in ("p", "br", "div") for child in children):
        return "".join(_markup(element))
    found: dict[str, Any] = {str(key).rpartition("}")[2]: value for key, value in element.attrib.items()}
    for child in children:
        name, value = _name(child), _object(child, depth + 1)
        if name not in found:
            found[name] = value
        else:
            found[name] = [*found[name], value] if isinstance(found[name], list) else [found[name], value]
    return found
