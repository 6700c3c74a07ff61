"""A web page in, an article out: the text without the page around it, and what the page says about itself."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any, BinaryIO

from index.english import lexicon
from index.errors import SourceError
from index.formats.readings import Parsed, Reading, make_reading
from index.text.decoding import storable

LARGEST_PAGE = 20_000_000  # bytes
MOST_TAGS = 300_000
DEEPEST = 200  # the parser drops what is nested deeper than 256

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(
    rb"(?:<meta\b[^>]{0,500}?charset|\A\s*<\?xml[^>]{0,200}?encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_LANG = re.compile(rb"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([a-zA-Z]{2})", re.IGNORECASE)
_READ_AS = lexicon("encodings", __package__).table("read_as")
_OF_LANGUAGES = lexicon("encodings", __package__).table("of_languages")
_IS_HTML = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|article|main|section|div|table|h[1-6]|p|span|br|a)\b)",
    re.IGNORECASE,
)
_IS_FEED = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:rss|feed|rdf:RDF|sitemapindex|urlset|svg)\b", re.DOTALL
)
_CONTROLS = dict.fromkeys([*range(9), *range(14, 32), 127])
_NOT_TEXT = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_WHOLE_TAG = re.compile(r"<[a-zA-Z][^>]*>?")
_TAGS_IN_BYTES = re.compile(rb"<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*>")
_WITHOUT_END, _KEPT, _INLINE = (
    lexicon("html", __package__).words(name) for name in ("without_end", "kept_when_flattened", "inline")
)


def page_to_reading(data: bytes, *, source: str, url: str = "", content_type: str = "") -> Reading:
    """The article of one web page; `raw` is the page's source, decoded.

    `url` is the address that the page was fetched from and `content_type` the header it came with, where known.

    Raises SourceError where the page is not HTML, too large, or holds no article text.
    """
    # Here, and not above: whoever reads no pages need not wait for it.
    from index.formats.page_facts import page_facts
    from index.formats.page_text import article_text

    raw, tree = parsed_page(data, source=source, content_type=content_type)
    facts = page_facts(tree, url=url, today=date.today())
    text = storable(article_text(tree, facts)).strip()
    if not text:
        raise SourceError(f"{source}: no article text is left beside the page's furniture")
    return make_reading(
        text,
        raw,
        source,
        title=storable(facts.title),
        outlet=storable(facts.outlet),
        author=storable(facts.author),
        url=storable(facts.url),
        published=facts.published,
        updated=facts.updated,
        origins=facts.origins,
    )


def parsed_page(data: bytes, *, source: str, content_type: str = "") -> tuple[str, Any]:
    """A page's source, decoded, and lxml's tree of it, without comments.

    Raises SourceError where the page is not HTML or too large.
    """
    raw = _page_source(data, source, content_type)
    return raw, _tree(raw, source)


def read(stream: BinaryIO, source: str, options: object) -> Parsed:
    """The one article of an HTML file, or why there is none; all articles where it is an archive's export."""
    data = stream.read(LARGEST_PAGE + 1)
    try:
        exported = _exported(_page_source(data, source, ""), source)
        yield from [page_to_reading(data, source=source)] if exported is None else exported
    except SourceError as error:
        yield error


def decode_page(data: bytes, content_type: str = "") -> str:
    """The text of a page's bytes, whatever is declared: what is valid UTF-8 is UTF-8, a wrong name is passed over."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if wide := _wide_encoding(data):
        return data.decode(wide, "replace")
    declared = _declared(data, content_type)
    if (text := _damaged_utf8(data)) is not None:
        return text
    for encoding in chain(declared, ["utf-8"], _guessed(data)):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def _exported(raw: str, source: str) -> list[Reading | SourceError] | None:
    from index.formats.exports import lines_of_page, may_be_export, read_export

    if not may_be_export(raw):
        return None
    return read_export(lines_of_page(_tree(raw, source)), source)


def _tree(raw: str, source: str) -> Any:
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        return lxml_html.document_fromstring(_parseable(raw).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(f"{source}: not an HTML page (nothing in it could be parsed)") from error


def _page_source(data: bytes, source: str, content_type: str) -> str:
    if len(data) > LARGEST_PAGE:
        raise SourceError(f"{source}: larger than {LARGEST_PAGE // 1_000_000} MB, too large for an article's page")
    if not data.strip():
        raise SourceError(f"{source}: the file is empty")
    raw = decode_page(data, content_type)
    start = raw[:100_000]
    if not _IS_HTML.search(raw) or len(start.translate(_CONTROLS)) < 0.95 * len(start) or _IS_FEED.match(start):
        raise SourceError(f"{source}: not an HTML page")
    for count, _ in enumerate(_WHOLE_TAG.finditer(raw), start=1):
        if count > MOST_TAGS:
            raise SourceError(f"{source}: more than {MOST_TAGS:,} tags, too many for an article's page")
    return raw


def _parseable(raw: str) -> str:
    """The source as the parser can take it: without control characters, and not nested beyond its limit."""
    page = _WHOLE_TAG.sub(_without_attributes, raw.translate(_CONTROLS))
    if not page.strip():
        return "<p></p>"
    return _flattened(page) if _depth(page) > DEEPEST else page


def _without_attributes(match: re.Match[str]) -> str:
    """The tag, bare where it has so many attributes that the parser would compare them for minutes."""
    tag = match[0]
    if len(tag) < 5000 or len(tag.split(None, 1000)) < 1000:
        return tag
    name, rest = tag.split(None, 1)
    return name.split("<script")[0][:50] + ">" + rest[rest.find("</") :] if "</" in rest else "<p>"


def _depth(page: str) -> int:
    """How deep the tags are nested at most, as far as counting tags can tell."""
    depth = deepest = 0
    for match in _ANY_TAG.finditer(_NOT_TEXT.sub("", page)):
        if match[2].lower() in _WITHOUT_END or match[0].endswith("/>"):
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _flattened(page: str) -> str:
    """The page with every wrapper replaced by a paragraph break; links, headings and the page's head stay."""

    def flat(match: re.Match[str]) -> str:
        name = match[2].lower()
        return match[0] if name in _KEPT else " " if name in _INLINE else "<p>"

    return _ANY_TAG.sub(flat, page)


def _declared(data: bytes, content_type: str) -> list[str]:
    """The encodings named by the page and its header; a header of Latin-1 is a server's default and weighs least."""
    head = data[:4096]
    header = _CHARSET.search(content_type)
    page = _DECLARED.search(head)
    names = [header[1]] if header else []
    if page:
        names.append(page[1].decode("ascii", "replace"))
    names = [name.lower().strip() for name in names if not name.lower().startswith(("utf-16", "utf-32", "ucs"))]
    names.sort(key=lambda name: _READ_AS.get(name) == "cp1252")
    return [_READ_AS.get(name, name) for name in names]


def _guessed(data: bytes) -> Iterator[str]:
    language = _LANG.search(data[:4096])
    if language:
        code = language[1].decode().lower()
        yield from (encoding for encoding, languages in _OF_LANGUAGES.items() if code in languages.split())
    from charset_normalizer import from_bytes

    best = from_bytes(_TAGS_IN_BYTES.sub(b" ", data[:400_000])).best()
    if best is not None:
        yield best.encoding
    yield "cp1252"


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a byte-order mark: every other byte of its tags is zero."""
    start = data[:1000]
    pairs = len(start) // 2
    if pairs < 4:
        return ""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > 0.3 * pairs and even < 0.02 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 * pairs and odd < 0.02 * pairs else ""


def _damaged_utf8(data: bytes) -> str | None:
    """The text of UTF-8 with some bytes amiss: in no other encoding are most of the odd bytes valid UTF-8 by chance."""
    try:
        return data.decode("utf-8") if not data.isascii() else None
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return text if sum(not c.isascii() for c in text) > 2 * bad else None
