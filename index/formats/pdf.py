"""PDF: the text layer, its lines joined into paragraphs, with the title and author the document states."""

import logging
import re
import time
import warnings
from collections import Counter
from typing import TYPE_CHECKING, BinaryIO

from index.errors import SourceError
from index.formats.boilerplate import without_furniture
from index.formats.exports import read_export
from index.formats.head_lines import document_reading, take_facts
from index.formats.readings import Parsed, ReadOptions, one_line

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 2000
MAX_SECONDS = 120.0

_PAGE_NUMBER = re.compile(r"(?:page\s+|[-–—]\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4}|\s*[-–—])?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_NO_TITLE = re.compile(
    r"untitled.*|document\d*|microsoft (?:word|powerpoint) - .*|.*\.(?:pdf|docx?|indd|qxd|tex|html?)", re.IGNORECASE
)
_NO_AUTHOR = frozenset(["user", "admin", "administrator", "author", "unknown", "anonymous", "microsoft office user"])
_HEADER_LINES = 2  # so many lines at the top and the bottom of a page may be its header and footer

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # its complaints about a file go to no terminal


def read(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of a PDF, with what lines at its head state, or all articles of an archive's export.

    The day the file was made is not the day it was published.

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
    text = without_furniture("\n\n".join(_paragraphs(body.split("\n")))).strip()
    if not text:
        raise SourceError(f"{source}: no article text is left beside headings and page furniture")
    title = "" if _NO_TITLE.fullmatch(stated) or not 5 <= len(stated) <= 300 else stated
    author = "" if author.lower() in _NO_AUTHOR else author
    yield document_reading(text, raw, source, facts, title=title, author=author)


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
        is_open = bool(line) and not (len(line) < 0.8 * width and _SENTENCE_END.search(line))
    return paragraphs


def _joined(above: str, below: str, hyphenated: set[str]) -> str:
    """Two lines as one. A word parted at the line's end is joined, unless it has its hyphen elsewhere as well."""
    head, tail = re.search(r"(\w+)-$", above[-60:]), re.match(r"\w+", below)
    if not head or not tail or not (head[1][-1].islower() and tail[0][0].islower()):
        return f"{above} {below}"
    return above + below if f"{head[1]}-{tail[0]}" in hyphenated else above[:-1] + below
