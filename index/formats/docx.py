"""Word documents: paragraphs and table rows in their order, with the title and author the document states."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from index.errors import SourceError
from index.formats.boilerplate import without_furniture
from index.formats.exports import read_export
from index.formats.head_lines import document_reading, take_facts
from index.formats.readings import Parsed, ReadOptions, one_line

if TYPE_CHECKING:
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph

MAX_UNPACKED_BYTES = 64 * 1024 * 1024
MAX_PARTS = 10_000
MAX_XML_BYTES = 20 * 1024 * 1024  # of one part that is read, not of a picture
MAX_ELEMENTS = 500_000  # each takes half a kilobyte to hold and some tens of microseconds to read

_IS_LOCKED = 0x1
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")
_OLE = b"\xd0\xcf\x11\xe0"  # the container of .doc, and of a .docx with a password
_NO_TITLE = frozenset(["word document", "document", "untitled"])  # as programs and templates fill it in
_NO_AUTHOR = frozenset(
    ["python-docx", "user", "admin", "administrator", "microsoft", "microsoft office user", "author"]
)


def read(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of a document, with what lines at its head state, or all articles of an archive's export.

    The day it was created is not the day it was published.

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
    stated = one_line(document.core_properties.title)
    title = "" if stated.lower() in _NO_TITLE else stated
    title_from = "document properties"
    if blocks and blocks[0][1] and (not title or title.casefold() == one_line(blocks[0][0]).casefold()):
        if not title:
            title, title_from = one_line(blocks[0][0]), "heading"
        del blocks[0]
    raw = "\n\n".join(text for text, _ in blocks)
    facts, body = take_facts(raw)
    text = without_furniture(body).strip()
    if not text:
        raise SourceError(f"{source}: no article text in this document")
    author = one_line(document.core_properties.author)
    author = "" if author.lower() in _NO_AUTHOR else author
    yield document_reading(text, raw, source, facts, title=title, author=author, title_from=title_from)


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
