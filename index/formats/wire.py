"""What agencies send: NITF, NewsML-G2 and NewsML 1 (IPTC's standards), ninjs and AP's JSON, Reuters' SGML of 1987.

An agency's item has versions, and each says which it is and whether the item may be used (make_version). ninjs and AP
say so in a record, which tables read (index.formats.records); here the items are read that are XML or SGML.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO

from index.english import lexicon
from index.errors import SourceError
from index.formats.bylines import names_in
from index.formats.cells import line_of, lines_of, people_of
from index.formats.readings import (
    Parsed,
    Reading,
    ReadOptions,
    looks_like_html,
    make_reading,
    one_line,
    plain_paragraphs,
    without_boilerplate,
)
from index.text.decoding import decoded, is_binary
from index.times.written_dates import read_date
from index.versions import Version

MOST_ELEMENTS = 1_000_000

_WORDS = lexicon("wire", __package__)
NAMES_OF_VERSIONS = _WORDS.words("versions")
NAMES_OF_ITEMS = _WORDS.listed("items")
_WITHDRAWN, _BESIDE = _WORDS.words("withdrawn"), _WORDS.words("beside")
_BLOCKS = lexicon("html", __package__).words("blocks")
# AP's slugline "BC-EU--Ferry Fire,2nd Ld-Writethru"; a kill is told behind a comma, where no topic stands.
_NTH = r"(?:(\d{1,2})(?:st|nd|rd|th)[\s-]+)?"
_LEAD = re.compile(rf"{_NTH}(?:Ld|Lead|Writethru|Write-thru)\b", re.IGNORECASE)
_NOTE = re.compile(rf"[,;]?\s*({_NTH}(?:Ld|Lead|Writethru|Write-thru|Correction|Corrective)\b.*)\Z", re.IGNORECASE)
_KILL = re.compile(r"(?:,\s*(?:mandatory\s+)?|\bmandatory\s+)(?:kill|withhold|elimination)\b", re.IGNORECASE)
# RFC 3085: urn:newsml:provider:day:item:revision, where the revision has a mark of its kind.
_URN = re.compile(r"(urn:newsml:[^:]+:\d{8}(?:T\d{6}[Z+\-\d]*)?:.+):(\d+)[NUA]?\Z", re.IGNORECASE)
# Names of HTML's characters, which an agency's DTD declares and which is not fetched.
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
# Reuters' collection: some thousand articles to a file.
_REUTERS = re.compile(r"<REUTERS\b([^<>]*)>(.*?)(?:(</REUTERS>)|(?=<REUTERS\b)|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Z][^<>]*>")
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), 127])


# Versions


def version_of(cells: Mapping[str, Any]) -> Version | None:
    """The version that a record in an agency's JSON is, its cells by their plain names; None for any other record."""
    item = next((line for name in NAMES_OF_ITEMS if (line := line_of(cells.get(name)))), "")
    if not item or NAMES_OF_VERSIONS.isdisjoint(cells):
        return None
    statuses = [line_of(cells.get("pubstatus")), *lines_of(cells.get("editorialtypes"))]
    return make_version(
        item,
        number=line_of(cells.get("version")),
        created=line_of(cells.get("versioncreated")),
        slugline=line_of(cells.get("slugline")),
        statuses=[*statuses, *lines_of(cells.get("signals")), line_of(cells.get("signal"))],
    )


def make_version(item: str, *, number: str, created: str, slugline: str, statuses: list[str]) -> Version:
    """The version with what an agency said of it; a revision at the end of a NewsML URN is its number."""
    if urn := _URN.fullmatch(item):
        item, number = urn[1], number or urn[2]
    withdrawing = [code(status) for status in statuses if code(status) in _WITHDRAWN]
    if kill := _KILL.search(slugline):
        withdrawing.append(kill[0].strip(" ,").lower())
    lead, note = _LEAD.search(slugline), _NOTE.search(slugline)
    changes = [code(status) for status in statuses if code(status).startswith(_WORDS.listed("changes"))]
    said = [*withdrawing, note[1] if note else "", *changes]
    digits = re.search(r"\d{1,12}", number)
    return Version(
        item=item,
        number=int(digits[0]) if digits else 0,
        created=utc(created),
        lead=int(lead[1] or 1) if lead else 0,
        is_withdrawn=bool(withdrawing),
        note=next(filter(None, said), "")[:80],
    )


def code(written: str) -> str:
    """IPTC's word in a code such as `stat:canceled`, in lower case."""
    return written.rpartition(":")[2].rpartition("/")[2].strip().lower()


def utc(written: str) -> str:
    """A time as agencies write it, ISO 8601, in UTC and so that times order as their texts do; "" for none."""
    try:
        time = datetime.fromisoformat(written.strip())
        time = time.astimezone(UTC) if time.tzinfo else time
    except (ValueError, OverflowError):
        return ""
    return time.strftime("%Y-%m-%dT%H:%M:%S")


# XML


def items_in(root: Any) -> list[Any]:
    """The elements of a tree that are an agency's items; what an item holds is read with it."""
    items = (element for element in root.iter() if _name(element) in _READERS)
    return [one for one in items if not any(_name(above) in _READERS for above in one.iterancestors())]


def read_items(items: list[Any], source: str, options: ReadOptions) -> Parsed:
    """The reading of each item, of one that is withdrawn without its text.

    What has no text, such as a picture or a list of items, is told in one line. Raises SourceError where none has.
    """
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


def xml_root(data: bytes, source: str) -> Any:
    """lxml's tree of a file of XML. Raises SourceError where it is none, too large, or declares entities of its own."""
    from lxml import etree  # type: ignore[import-untyped]

    if not data.strip():
        raise SourceError(f"{source}: the file is empty")
    if b"<!entity" in data[:100_000].lower():
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


def _said(element: Any, *ways: str) -> Iterator[str]:
    """What is said at the ways, in words or, behind an @, in an attribute."""
    for way in ways:
        path, _, attribute = way.partition("@")
        for one in [element] if not path else _all(element, path):
            if said := _attribute(one, attribute) if attribute else _text(one):
                yield said


def _first(element: Any, *ways: str) -> str:
    return next(_said(element, *ways), "")


def _attribute(element: Any, name: str) -> str:
    values = (value for key, value in element.attrib.items() if key.rpartition("}")[2].lower() == name)
    return " ".join(next(values, "").split())


# Kinds of items


def _nitf(item: Any, source: str) -> Reading | str:
    facts = _facts(item, "nitf")
    notice = code(_first(item, "docdata@management-idref-status"))  # of another document, which it withdraws
    if notice and (about := _first(item, "docdata@management-doc-idref")):
        facts["item"] = about
        facts["statuses"] = [facts["status"], notice]
    body = next(_all(item, "body.content"), None)
    blocks = [] if body is None else [one for one in _all(body, "block") if _attribute(one, "class") == "full_text"]
    body = blocks[0] if blocks else body  # an archive that gives the opening a second time
    return _item_reading(source, _plain(body), facts, "document")


def _news_item_g2(item: Any, source: str) -> Reading | str:
    held = [*_all(item, "contentset/inlinexml"), *_all(item, "contentset/inlinedata")]
    kind = code(_first(item, "itemmeta/itemclass@qcode")) or _name(item)
    return _item_reading(source, _longest(held), _facts(item, "newsml_g2"), kind)


def _news_item_1(item: Any, source: str) -> Reading | str:
    facts = _facts(item, "newsml_1")
    parts = [_first(item, f"identification/newsidentifier/{part}") for part in ("providerid", "dateid", "newsitemid")]
    facts["item"] = ":".join(parts) if parts[2] else facts["item"]
    held = [one for one in _all(item, "contentitem/datacontent") if not _is_caption(one)]
    return _item_reading(source, _longest(held), facts, _first(item, "mediatype@formalname").lower() or "item")


def _facts(item: Any, kind: str) -> dict[str, Any]:
    """What an item of a kind says of itself at the ways that wire.toml has for it."""
    ways = {name: said.split() for name, said in _WORDS.table(kind).items()}
    facts: dict[str, Any] = {name: _first(item, *at) for name, at in ways.items()}
    names = (", ".join(_said(item, way)) for way in ways["author"])
    others = map(code, _said(item, *ways.get("other_status", ())))
    return facts | {"author": next(filter(None, names), ""), "statuses": [facts["status"], *others]}


def _is_caption(content: Any) -> bool:
    """Whether a text is that below a picture, which is an item of its own."""
    component = next((above for above in content.iterancestors() if _name(above) == "newscomponent"), content)
    return any(_name(child) == "role" and code(_attribute(child, "formalname")) == "caption" for child in component)


def _news_item(item: Any, source: str) -> Reading | str:
    """NewsML-G2 gives an item its id in an attribute, NewsML 1 in elements."""
    return _news_item_g2(item, source) if _first(item, "@guid") else _news_item_1(item, source)


_READERS: Mapping[str, Callable[[Any, str], Reading | str]] = {
    "nitf": _nitf,
    "newsitem": _news_item,
    **dict.fromkeys(["packageitem", "conceptitem", "planningitem", "knowledgeitem", "catalogitem"], _news_item_g2),
}


# From what is said to an article


def _item_reading(source: str, raw: str, facts: dict[str, Any], kind: str) -> Reading | str:
    """The reading of an item, or what kind of item it is where it has no text."""
    told = {name: facts[name] for name in ("number", "created", "slugline", "statuses")}
    version = make_version(facts["item"], **told) if facts["item"] else None
    is_withdrawn = version is not None and version.is_withdrawn
    text = without_boilerplate(raw).strip()
    if not text and not is_withdrawn:
        return kind
    outlet = _outlet(facts["outlet"])
    published, updated = (read_date(facts[name]) for name in ("published", "updated"))
    return make_reading(
        text,
        raw,
        f"{source}#{version.item[:500]}" if version else source,
        title=facts["title"],
        outlet=outlet,
        author=people_of(facts["author"], outlet, is_byline=True),
        published=published,
        updated=updated if not (updated and published) or updated >= published else None,
        origins=dict.fromkeys(["title", "outlet", "author", "published", "updated"], "agency's data"),
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
            tag = name if name in _BLOCKS or name == "br" else ""
            yield f"<{tag}>" if tag else ""
            yield from _markup(child)
            yield f"</{tag}>" if tag and tag != "br" else ""
        yield html.escape(child.tail or "")


def as_object(element: Any, depth: int = 0) -> Any:
    """An element as the object or text that JSON would hold: attributes and children by name, several in a list."""
    children = [child for child in element if _name(child)]
    if not children or depth > 20:
        return _text(element) if not element.text or not looks_like_html(element.text) else element.text
    if any(_name(child) in ("p", "br", "div") for child in children):
        return "".join(_markup(element))
    found: dict[str, Any] = {str(key).rpartition("}")[2]: value for key, value in element.attrib.items()}
    for child in children:
        name, value = _name(child), as_object(child, depth + 1)
        if name not in found:
            found[name] = value
        else:
            found[name] = [*found[name], value] if isinstance(found[name], list) else [found[name], value]
    return found


# Reuters' SGML


def read_reuters(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The articles of a file, and a SourceError for each that is cut off or has no text.

    Raises SourceError where it holds no REUTERS element.
    """
    raw = decoded(stream.read()) or ""
    if is_binary(raw.translate(_CONTROLS)[:100_000]) or "<REUTERS" not in raw:
        raise SourceError(f"{source}: empty, or not SGML of the Reuters collection (no REUTERS element)")
    for count, match in enumerate(_REUTERS.finditer(raw), 1):
        number = re.search(r"\bNEWID=\"(\d+)\"", match[1])
        yield _reuters_reading(match[2], f"{source}#{number[1] if number else count}", is_whole=bool(match[3]))


def _reuters_reading(raw: str, source: str, *, is_whole: bool) -> Reading | SourceError:
    if not is_whole:
        return SourceError(f"{source}: cut off (its REUTERS element does not end)")
    place = one_line(_element(raw, "DATELINE"))
    body = _unsigned(_element(raw, "BODY") or _unparsed(raw))
    if not body:
        return SourceError(f"{source}: no article text in this element")
    return make_reading(
        f"{place} {body}" if place else body,
        raw,
        source,
        title=one_line(_element(raw, "TITLE")),
        outlet="Reuters",
        author=names_in(one_line(_element(raw, "AUTHOR")), "Reuters"),
        published=read_date(_element(raw, "DATE").replace("-", " ")),
        origins=dict.fromkeys(["title", "author", "published"], "SGML") | {"outlet": "format"},
    )


def _unsigned(text: str) -> str:
    last = text.split()[-1:]
    is_signed = bool(last) and last[0].lower() in ("reuter", "reuters")
    return text.rstrip()[: -len(last[0])].strip() if is_signed else text.strip()


def _element(raw: str, name: str) -> str:
    start, end = _span(raw, name)
    return _text_of(raw[start:end])


def _span(raw: str, name: str) -> tuple[int, int]:
    """Where the content of an element begins and ends; nowhere where it is missing or does not end."""
    start = re.search(rf"<{name}\b[^<>]*>", raw)
    end = raw.find(f"</{name}>", start.end()) if start else -1
    return (start.end(), end) if start and end >= 0 else (0, 0)


def _unparsed(raw: str) -> str:
    """The text of an article that is no more than a line or two: of its TEXT what stands in no element."""
    start, end = _span(raw, "TEXT")
    text = raw[start:end]
    for name in ("TITLE", "AUTHOR", "DATELINE"):
        start, end = _span(text, name)
        text = text[:start] + text[end:]
    return _text_of(text)


def _text_of(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup)).translate(_CONTROLS).strip()
