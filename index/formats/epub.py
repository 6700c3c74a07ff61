"""EPUB: the documents of a book or an issue in their reading order, each an article."""

import io
import posixpath
import re
import zipfile
import zlib
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import unquote

from index.errors import PassedOver, SourceError
from index.formats.html import page_to_reading
from index.formats.readings import Parsed, Reading, ReadOptions, make_reading, one_line
from index.times.written_dates import read_date

MAX_UNPACKED_BYTES = 256 * 1024 * 1024  # pictures too
MAX_PARTS = 10_000
MAX_XML_BYTES = 5 * 1024 * 1024
MOST_DOCUMENTS = 2000

_IS_LOCKED = 0x1
_ENTITY = re.compile(rb"<\0?!\0?E\0?N\0?T\0?I\0?T\0?Y")
_DC = "{http://purl.org/dc/elements/1.1/}"


class _Book(NamedTuple):
    title: str
    publisher: str
    author: str
    published: str
    documents: list[str]  # paths in the archive, in reading order


def read(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of each document of the book's spine; what a document does not tell is taken from the book.

    The book's date is that of its articles, its publisher or else its title their outlet. Covers, contents and other
    documents without a text are passed over and counted in one PassedOver.
    Raises SourceError where the file is encrypted, damaged, too large unpacked, or without articles.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            _check(archive, source)
            book = _book(archive, source)
            yield from _articles(archive, book, source)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise SourceError(
            f"{source}: damaged, or not an .epub file in spite of its name ({one_line(error)})"
        ) from error


def _check(archive: zipfile.ZipFile, source: str) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & _IS_LOCKED for part in parts) or "META-INF/rights.xml" in archive.namelist():
        raise SourceError(f"{source}: encrypted; Byline reads books without copy protection only")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise SourceError(f"{source}: unpacks to more than {MAX_UNPACKED_BYTES // (1024 * 1024)} MB")


def _articles(archive: zipfile.ZipFile, book: _Book, source: str) -> Parsed:
    without = found = 0
    for path in book.documents[:MOST_DOCUMENTS]:
        try:
            reading = page_to_reading(archive.read(path), source=f"{source}#{path}", content_type="charset=utf-8")
        except (SourceError, KeyError):
            without += 1
            continue
        found += 1
        yield _with_facts(reading, book)
    if not found:
        raise SourceError(f"{source}: no article text in this book")
    if without := without + max(0, len(book.documents) - MOST_DOCUMENTS):
        yield PassedOver(f"{source}: {without} of {len(book.documents)} documents have no text and are passed over")


def _with_facts(reading: Reading, book: _Book) -> Reading:
    article = reading.article
    outlet, author = article.outlet or book.publisher or book.title, article.author or book.author
    told = {"outlet": outlet, "author": author, "published": book.published}
    return make_reading(
        article.text,
        reading.raw,
        article.source,
        title=article.title or book.title,
        outlet=outlet,
        author=author,
        published=article.published or read_date(book.published),
        updated=article.updated,
        origins=dict.fromkeys(["title", *told], "book") | dict(reading.origins),
    )


def _book(archive: zipfile.ZipFile, source: str) -> _Book:
    container = _xml(archive, "META-INF/container.xml", source)
    root = next((e.get("full-path") or "" for e in container.iter("{*}rootfile")), "")
    package = _xml(archive, root, source)
    items = {item.get("id"): item for item in package.iterfind("{*}manifest/{*}item")}
    documents: list[str] = []
    for reference in package.iterfind("{*}spine/{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None and "html" in (item.get("media-type") or "") and reference.get("linear") != "no":
            documents.append(
                posixpath.normpath(posixpath.join(posixpath.dirname(root), unquote(item.get("href") or "")))
            )

    def told(name: str) -> str:
        return one_line(next((e.text for e in package.iter(_DC + name) if e.text), ""))

    return _Book(told("title"), told("publisher"), told("creator"), told("date"), list(dict.fromkeys(documents)))


def _xml(archive: zipfile.ZipFile, name: str, source: str) -> Any:
    from lxml import etree  # type: ignore[import-untyped]

    try:
        part = archive.getinfo(name)
    except KeyError as error:
        raise SourceError(f"{source}: not a book: {name or 'its package document'} is missing in it") from error
    if part.file_size > MAX_XML_BYTES:
        raise SourceError(f"{source}: {name} is larger than {MAX_XML_BYTES // (1024 * 1024)} MB")
    data = archive.read(name)
    if _ENTITY.search(data):
        raise SourceError(f"{source}: {name} declares entities of its own; not read")
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.parse(io.BytesIO(data), parser).getroot()
    except etree.LxmlError as error:
        raise SourceError(f"{source}: {name} is not XML ({one_line(error)[:100]})") from error
