"""Documents of word processors and printers: Word (DOCX), rich text (RTF), PDF.

The day on which such a file was made is not the day of publication, so only its lines tell that.
"""

import io
import logging
import re
import time
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from index.english import lexicon
from index.errors import SourceError
from index.formats.bylines import LineFacts, take_facts
from index.formats.exports import read_export
from index.formats.readings import (
    Parsed,
    Reading,
    ReadOptions,
    ends_sentence,
    make_reading,
    one_line,
    past,
    without_boilerplate,
)
from index.formats.text_files import read_text
from index.times.written_dates import dateline

if TYPE_CHECKING:
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph
    from pypdf import PdfReader

# Word
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
MAX_PARTS = 10_000
MAX_XML_BYTES = 20 * 1024 * 1024  # of one part that is read, not of a picture
MAX_ELEMENTS = 500_000  # each takes half a kilobyte to hold and some tens of microseconds to read
_IS_LOCKED = 0x1
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")
_OLE = b"\xd0\xcf\x11\xe0"  # the container of .doc, and of a .docx with a password
# RTF
LARGEST_RTF = 32 * 1024 * 1024  # bytes; a second for each two megabytes
# PDF
MAX_PAGES = 2000
MAX_SECONDS = 120.0
_PAGE_NUMBER = re.compile(r"(?:page\s+|[-–—]\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4}|\s*[-–—])?", re.IGNORECASE)
_PDF_TITLE = range(5, 301)  # characters; a shorter or longer one is none
_HEADER_LINES = 2  # so many lines at the top and the bottom of a page may be its header and footer

_PROPERTIES = "document properties"
_FILLED_IN = lexicon("documents", __package__)

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # its complaints about a file go to no terminal


def read_docx(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of a Word document, with what lines at its head state, or all articles of an archive's export.

    Raises SourceError where it is encrypted, damaged, too large unpacked, or without text.
    """
    _check_container(stream, source)
    import docx

    document = docx.Document(stream)
    blocks = list(_blocks(document.iter_inner_content()))
    exported = read_export([line for text, _ in blocks for line in (*text.splitlines(), "")], source)
    if exported is not None:
        yield from exported
        return
    title, title_from = _title(one_line(document.core_properties.title)), _PROPERTIES
    if blocks and blocks[0][1] and (not title or title.casefold() == one_line(blocks[0][0]).casefold()):
        if not title:
            title, title_from = one_line(blocks[0][0]), "heading"
        del blocks[0]
    raw = "\n\n".join(text for text, _ in blocks)
    facts, body = take_facts(raw)
    text = without_boilerplate(body).strip()
    if not text:
        raise SourceError(f"{source}: no article text in this document")
    author = _author(one_line(document.core_properties.author))
    yield _reading(text, raw, source, facts, title, author, title_from)


def read_rtf(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of a rich text file, or all of an archive's export; a headline and dates as read_text has them.

    Raises SourceError where it is another kind of file, too large, or without text.
    """
    data = stream.read(LARGEST_RTF + 1)
    if len(data) > LARGEST_RTF:
        raise SourceError(f"{source}: larger than {LARGEST_RTF // (1024 * 1024)} MB; split it into smaller files")
    if not data.lstrip().startswith(b"{\\rtf"):
        raise SourceError(f"{source}: empty, or not a rich text file in spite of its name")
    from striprtf.striprtf import rtf_to_text

    # It is ASCII, but for older programs that write the letters of their code page.
    found: str = rtf_to_text(data.decode("cp1252", "replace"), errors="replace")  # type: ignore[no-untyped-call]
    text = "\n\n".join(line for line in found.splitlines() if line.strip())
    if not text:
        raise SourceError(f"{source}: no text in this file")
    yield from read_text(io.BytesIO(text.encode("utf-8", "replace")), source, options)


def read_pdf(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of a PDF's text layer, with what lines at its head state, or all articles of an archive's export.

    Raises SourceError where it is encrypted, damaged, too long, or has no text layer.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pages, stated, author = _contents(stream, source)
    raw = "\n\f\n".join(pages)
    if not raw.replace("\f", "").strip():
        raise SourceError(f"{source}: no text layer (a scan?); run it through text recognition first")
    lines = [line.strip() for page in pages for line in page.splitlines()]  # what all pages end with may part documents
    exported = read_export(lines, source, lambda text: "\n\n".join(_paragraphs(text)))
    if exported is not None:
        yield from exported
        return
    facts, body = take_facts("\n".join(_body_lines(pages)))
    text = without_boilerplate("\n\n".join(_paragraphs(body.split("\n")))).strip()
    if not text:
        raise SourceError(f"{source}: no article text is left beside headings and page furniture")
    title = _title(stated) if len(stated) in _PDF_TITLE else ""
    yield _reading(text, raw, source, facts, title, _author(author))


def _reading(
    text: str, raw: str, source: str, facts: LineFacts, title: str, author: str, title_from: str = _PROPERTIES
) -> Reading:
    """The reading of a document whose properties state a title and an author; a byline outweighs these."""
    return make_reading(
        text,
        raw,
        source,
        title=title,
        author=facts.author or author,
        published=facts.published or past(dateline(text[:300])),
        updated=facts.updated,
        origins={
            "title": title_from,
            "author": "byline" if facts.author else _PROPERTIES,
            "published": "dateline",
            "updated": "dateline",
        },
    )


def _title(stated: str) -> str:
    """A document's title, "" where a program filled it in."""
    small = stated.lower()
    is_filled_in = (
        small.rstrip("0123456789") in _FILLED_IN.words("titles")
        or small.startswith(_FILLED_IN.listed("title_beginnings"))
        or small.endswith(_FILLED_IN.listed("title_endings"))
    )
    return "" if is_filled_in else stated


def _author(stated: str) -> str:
    return "" if stated.lower() in _FILLED_IN.words("authors") else stated


# Word


def _check_container(stream: BinaryIO, source: str) -> None:
    start = stream.read(4)
    stream.seek(0)
    if start == _OLE:
        raise SourceError(f"{source}: encrypted, or an old .doc file; save it as .docx without a password")
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_parts(archive, source)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise SourceError(f"{source}: damaged, or not a .docx file in spite of its name ({error})") from error
    stream.seek(0)


def _check_parts(archive: zipfile.ZipFile, source: str) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & _IS_LOCKED for part in parts):
        raise SourceError(f"{source}: encrypted; save it as .docx without a password")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise SourceError(f"{source}: unpacks to more than {MAX_UNPACKED_BYTES // (1024 * 1024)} MB")
    elements = 0
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            if part.file_size > MAX_XML_BYTES:
                raise SourceError(f"{source}: more than {MAX_XML_BYTES // (1024 * 1024)} MB of text and markup")
            data = archive.read(part)
            if _DOCTYPE.search(data):
                raise SourceError(f"{source}: declares entities of its own, which no word processor does; not read")
            elements += data.count(b"<")
    if elements > MAX_ELEMENTS:
        raise SourceError(f"{source}: too large a document; split it into smaller files")


def _blocks(content: "Iterator[Paragraph | Table]") -> Iterator[tuple[str, bool]]:
    """Text of each paragraph or table row that has one, and whether it is a heading."""
    for block in content:
        if hasattr(block, "rows"):
            for row in block.rows:
                if line := " | ".join(filter(None, map(one_line, _cells(row)))):
                    yield line, False
        elif text := block.text.strip():
            style = (block.style.name or "").lower() if block.style else ""
            yield text, style == "title" or style == "heading 1"


def _cells(row: "_Row") -> Iterator[str]:
    """The text of each cell, a merged one once. `row.cells` would repeat it as often as a number in the file says."""
    for cell in row._tr.tc_lst:
        yield "\n".join(paragraph.text for paragraph in cell.p_lst)


if TYPE_CHECKING:
    from pypdf import PdfReader


# PDF


def _contents(stream: BinaryIO, source: str) -> tuple[list[str], str, str]:
    """The text of each page, and the title and author of the document."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, LimitReachedError, PdfReadError

    if b"%PDF-" not in stream.read(1024):
        raise SourceError(f"{source}: not a PDF file in spite of its name")
    stream.seek(0)
    reader = PdfReader(stream)
    locked = f"{source}: encrypted; save it without a password"
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(locked)
        count = len(reader.pages)
    except (DependencyError, NotImplementedError) as error:
        raise SourceError(locked) from error
    if count > MAX_PAGES:
        raise SourceError(f"{source}: {count} pages; Byline reads PDF files of up to {MAX_PAGES}")
    pages: list[str] = []
    end = time.monotonic() + MAX_SECONDS

    def keep_time(*_: object) -> None:  # before each operator: one page alone may take hours
        if time.monotonic() > end:
            raise SourceError(f"{source}: page {len(pages) + 1} of {count} not read within {MAX_SECONDS:.0f} seconds")

    try:
        for page in reader.pages:
            pages.append(page.extract_text(visitor_operand_before=keep_time).replace("\0", "\ufffd"))
            keep_time()
    except LimitReachedError as error:
        raise SourceError(f"{source}: page {len(pages) + 1} of {count} is too large ({one_line(error)})") from error
    try:
        return pages, *_properties(reader)
    except (PdfReadError, ValueError, AttributeError, TypeError, KeyError):
        return pages, "", ""  # the text is there: broken properties are no reason to refuse it


def _properties(reader: "PdfReader") -> tuple[str, str]:
    known = reader.metadata
    return (one_line(known.title), one_line(known.author)) if known else ("", "")


def _body_lines(pages: list[str]) -> list[str]:
    """The lines of all pages, without page numbers and the lines that most pages begin or end with."""
    by_page = [[line.strip() for line in page.splitlines()] for page in pages]
    edges = Counter(edge for lines in by_page for edge in {_same(lines[i]) for i in _edges(lines)})
    often = {edge for edge, count in edges.items() if count >= 3 and count > len(pages) / 2}
    body: list[str] = []
    for lines in by_page:
        gone = {i for i in _edges(lines) if _PAGE_NUMBER.fullmatch(lines[i]) or _same(lines[i]) in often}
        body += [line for i, line in enumerate(lines) if i not in gone]
    return body


def _edges(lines: list[str]) -> set[int]:
    """The places of the first and the last lines of a page that are not empty."""
    full = [i for i, line in enumerate(lines) if line]
    return {*full[:_HEADER_LINES], *full[-_HEADER_LINES:]} if len(full) > 2 * _HEADER_LINES else set()


def _same(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _paragraphs(lines: list[str]) -> list[str]:
    """Lines joined: an empty line, or a short line that ends a sentence, closes a paragraph."""
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    hyphenated = set(re.findall(r"\w+-\w+", "\n".join(lines)))
    paragraphs: list[str] = []
    is_open = False
    for line in lines:
        if line and is_open:
            paragraphs[-1] = _joined(paragraphs[-1], line, hyphenated)
        elif line:
            paragraphs.append(line)
        is_open = bool(line) and not (len(line) < 0.8 * width and ends_sentence(line, ".!?…:"))
    return paragraphs


def _joined(above: str, below: str, hyphenated: set[str]) -> str:
    """Two lines as one. A word parted at the line's end is joined, unless it has its hyphen elsewhere as well."""
    head, tail = re.search(r"(\w+)-$", above[-60:]), re.match(r"\w+", below)
    if not head or not tail or not (head[1][-1].islower() and tail[0][0].islower()):
        return f"{above} {below}"
    return above + below if f"{head[1]}-{tail[0]}" in hyphenated else above[:-1] + below
