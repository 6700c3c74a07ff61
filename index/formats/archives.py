"""Files that hold pages or letters: books (EPUB), what crawlers keep (WARC), newsletters (EML, MBOX).

Each page, document of a book, or letter is an article.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple
from urllib.parse import unquote

from index.errors import PassedOver, SourceError
from index.formats.html import LARGEST_PAGE, page_to_reading
from index.formats.readings import Parsed, Reading, ReadOptions, make_reading, one_line, without_boilerplate
from index.text.decoding import storable
from index.times.written_dates import read_date

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

# Books
MAX_UNPACKED_BYTES = 256 * 1024 * 1024  # pictures too
MAX_PARTS = 10_000
MAX_XML_BYTES = 5 * 1024 * 1024
MOST_DOCUMENTS = 2000
_IS_LOCKED = 0x1
_ENTITY = re.compile(rb"<\0?!\0?E\0?N\0?T\0?I\0?T\0?Y")
_DC = "{http://purl.org/dc/elements/1.1/}"

# Web archives
_PAGES = ("text/html", "application/xhtml+xml")

# Letters
LARGEST_LETTER = 32 * 1024 * 1024  # bytes
MOST_CONTAINERS = 100  # parts that hold parts, or a letter: as deep as that, Python's parser can follow
MOST_BOUNDARIES = 10_000  # lines that part one part from the next
LONGEST_HEADER = 5000
LONGEST_HEAD = 256 * 1024  # bytes

_POSTMARK = re.compile(rb"From \S+ .*\d\d:\d\d.*\d{4}")  # the line between the letters of a mailbox
_CONTAINER = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_PARAMETERS = re.compile(rb"^content-(?:type|disposition):[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_AUTHOR_FROM = re.compile(r"([^|@<>]+?)\s+(?:from|at|@)\s+(\S.*)|([^|@<>]+?)\s*\|\s*(\S.*)", re.IGNORECASE)
_SIGNATURE = re.compile(r"\r?\n-- \r?\n.*\Z", re.DOTALL)


# Books


class _Book(NamedTuple):
    title: str
    publisher: str
    author: str
    published: str
    documents: list[str]  # paths in the archive, in reading order


def read_epub(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of each document of the book's spine; what a document does not tell is taken from the book.

    The book's date is that of its articles, its publisher or else its title their outlet. Covers, contents and other
    documents without a text are passed over and counted in one PassedOver.
    Raises SourceError where the file is encrypted, damaged, too large unpacked, or without articles.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_book(archive, source)
            book = _book(archive, source)
            yield from _documents(archive, book, source)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise SourceError(
            f"{source}: damaged, or not an .epub file in spite of its name ({one_line(error)})"
        ) from error


def _check_book(archive: zipfile.ZipFile, source: str) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & _IS_LOCKED for part in parts) or "META-INF/rights.xml" in archive.namelist():
        raise SourceError(f"{source}: encrypted; Byline reads books without copy protection only")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise SourceError(f"{source}: unpacks to more than {MAX_UNPACKED_BYTES // (1024 * 1024)} MB")


def _documents(archive: zipfile.ZipFile, book: _Book, source: str) -> Parsed:
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


# Web archives


class _CutOff(SourceError):
    """The file ends in the middle of a record."""


def read_warc(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of each page that was answered with 200, with its address; a SourceError for each that has none.

    Raises SourceError where the file is no WARC, is damaged or cut off, or holds no page. What came before is read.
    """
    count = 0
    for record in _records(stream, source):
        if _is_page(record):
            count += 1
            yield _page_of(record, source, count)
    if not count:
        raise SourceError(f"{source}: no pages in this WARC file (no response of HTML with status 200)")


def _records(stream: BinaryIO, source: str) -> Iterator["ArcWarcRecord"]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    watched = _Watched(stream)
    try:
        for record in ArchiveIterator(watched):
            yield record
            _check_end(record, source)
        if not watched.last.endswith(b"\n"):  # as the last record does
            raise _CutOff(f"{source}: cut off in the head of a record")
    except (ArchiveLoadFailed, EOFError, ValueError, AttributeError, TypeError) as error:
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        raise SourceError(f"{source}: empty, cut off, or not a WARC file ({reason})") from error


class _Watched:
    """A stream that remembers the last bytes that were read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.last = b"\n"

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.last = data[-4:] or self.last
        return data


def _check_end(record: "ArcWarcRecord", source: str) -> None:
    """Raises SourceError where the file ends before the record does, by the length that the record states."""
    while record.raw_stream.read(1024 * 1024):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        address = (record.rec_headers.get_header("WARC-Target-URI") or "")[:500]
        raise _CutOff(f"{source}: cut off in the record of {address or 'an unknown address'}")


def _is_page(record: "ArcWarcRecord") -> bool:
    if record.rec_type == "resource":
        return (record.rec_headers.get_header("Content-Type") or "").lower().startswith(_PAGES)
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = record.http_headers.get_header("Content-Type") or ""
    return record.http_headers.get_statuscode() == "200" and kind.lower().strip().startswith(_PAGES)


def _page_of(record: "ArcWarcRecord", source: str, count: int) -> Reading | SourceError:
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")[:2000]
    headers = record.http_headers or record.rec_headers
    place = f"{source}#{address or count}"
    try:
        data = record.content_stream().read(LARGEST_PAGE + 1)
        _check_end(record, source)
        kind = headers.get_header("Content-Type") or ""
        return page_to_reading(data, source=place, url=address, content_type=kind)
    except _CutOff:
        raise
    except SourceError as error:
        return error
    except (ValueError, EOFError, OSError) as error:
        return SourceError(f"{place}: the page's data are damaged ({type(error).__name__})")


# Letters


def read_letter(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of one letter, and a PassedOver where files are attached to it.

    Its title is the subject, its day that of the Date header, its outlet the sender's name; "Odile Marren from
    Tarnmouth Post" names an author too. The text is that of the page in it, or else the plain one.
    Raises SourceError where the file is no letter, or has no text.
    """
    letter = _parsed(stream.read(LARGEST_LETTER + 1), source)
    yield from _readings(letter, source)


def read_mailbox(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The articles of a mailbox, and a SourceError for each letter that cannot be read.

    Raises SourceError where the file is no mailbox.
    """
    for number, data in enumerate(_letters(stream, source), 1):
        try:
            letter = _parsed(data, f"{source}: letter {number}")
            key = _header(letter, "Message-ID").strip("<> ")[:500]
            yield from _readings(letter, f"{source}#{key or number}")
        except SourceError as error:
            yield error


def _letters(stream: BinaryIO, source: str) -> Iterator[bytes]:
    """The letters of a mailbox; of one that is too long no more than it takes to see that."""
    line = stream.readline(10_000)
    if not _POSTMARK.match(line):
        raise SourceError(f"{source}: empty, or not a mailbox, which begins with a line “From …”")
    letter = bytearray()
    is_below_empty = False
    while line := stream.readline(1024 * 1024):
        if is_below_empty and _POSTMARK.match(line):
            yield bytes(letter)
            letter = bytearray()
        elif len(letter) <= LARGEST_LETTER:
            letter += line[1:] if line.startswith(b">From ") else line
        is_below_empty = not line.strip()
    yield bytes(letter)


def _parsed(data: bytes, name: str) -> Message:
    if len(data) > LARGEST_LETTER:
        raise SourceError(f"{name}: a letter of more than {LARGEST_LETTER // (1024 * 1024)} MB")
    if len(_CONTAINER.findall(data)) > MOST_CONTAINERS or data.count(b"\n--") > MOST_BOUNDARIES:
        raise SourceError(f"{name}: too many parts for a letter")
    has_end = any(end in data[:LONGEST_HEAD] for end in (b"\n\n", b"\n\r\n"))
    if (not has_end and len(data) > LONGEST_HEAD) or any(
        len(one[0]) > LONGEST_HEADER for one in _PARAMETERS.finditer(data)
    ):
        raise SourceError(f"{name}: headers that are too long for a letter")
    letter = message_from_bytes(data)
    if not any(letter[name] for name in ("From", "Subject", "Date")):
        raise SourceError(f"{name}: empty, or not a letter (no From, Subject or Date in its head)")
    return letter


def _readings(letter: Message, source: str) -> Iterator[Reading | SourceError]:
    try:
        page, plain, attached = _contents(letter)
        yield _letter_reading(letter, source, page, plain)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise SourceError(f"{source}: a letter whose parts are damaged ({type(error).__name__})") from error
    if attached:
        more = f" and {len(attached) - 3} more" if len(attached) > 3 else ""
        yield PassedOver(f"{source}: attached to the letter and passed over: {', '.join(attached[:3])}{more}")


def _letter_reading(letter: Message, source: str, page: Message | None, plain: str) -> Reading:
    found = _of_page(page, source) if page is not None else None
    known = found.article if found else None
    text = known.text if known and 2 * len(known.text) >= len(plain) else plain
    if not text:
        raise SourceError(f"{source}: no article text in this letter")
    name = one_line(parseaddr(_header(letter, "From"))[0])
    shared = _AUTHOR_FROM.fullmatch(name)
    sender, outlet = (shared[1] or shared[3], shared[2] or shared[4]) if shared else ("", name)
    title, sent = one_line(_header(letter, "Subject")), _day(_header(letter, "Date"))
    origins = dict(found.origins) if found else {}
    said = {"title": title, "outlet": outlet, "author": sender, "published": sent}
    origins |= {field: "mail header" for field, value in said.items() if value}
    return make_reading(
        text,
        found.raw if found else plain,
        source,
        title=title or (known.title if known else ""),
        outlet=outlet or (known.outlet if known else ""),
        author=sender or (known.author if known else ""),
        url=known.url if known else "",
        published=sent or (known.published if known else None),
        origins=origins,
    )


def _contents(letter: Message) -> tuple[Message | None, str, list[str]]:
    """The page in a letter, its plain text, and the names of the files that are attached to it."""
    page: Message | None = None
    plain = ""
    attached: list[str] = []
    for part in letter.walk():
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if part.get_content_disposition() == "attachment" or (part.get_filename() and not kind.startswith("image/")):
            attached.append(one_line(_decoded(str(part.get_filename() or kind)))[:100])
        elif kind == "text/html":
            page = page or part
        elif kind == "text/plain" and not plain:
            plain = without_boilerplate(_SIGNATURE.sub("", _text(part))).strip()
    return page, plain, attached


def _of_page(part: Message, source: str) -> Reading | None:
    """What the page reader makes of a letter's page; None where it finds no article."""
    data = part.get_payload(decode=True)
    charset = part.get_content_charset() or ""
    try:
        return page_to_reading(data, source=source, content_type=f"text/html; charset={charset}")  # type: ignore[arg-type]
    except SourceError:
        return None


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    charset = part.get_content_charset() or "utf-8"
    try:
        return storable(data.decode(charset))
    except (UnicodeDecodeError, LookupError):
        return storable(data.decode("cp1252", "replace"))


def _header(letter: Message, name: str) -> str:
    return _decoded(str(letter[name] or "")[:LONGEST_HEADER])


def _decoded(header: str) -> str:
    """A header with its encoded words as text, or as it is written where they cannot be read."""
    try:
        return storable(str(make_header(decode_header(" ".join(header.split())))))
    except (HeaderParseError, ValueError, LookupError):
        return storable(header)


def _day(header: str) -> date | None:
    try:
        return parsedate_to_datetime(header).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
