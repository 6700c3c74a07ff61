"""Mail: newsletters in single letters (.eml) and mailboxes (.mbox), each letter an article."""

import re
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from index.errors import PassedOver, SourceError
from index.formats.boilerplate import without_furniture
from index.formats.readings import Parsed, Reading, ReadOptions, make_reading, one_line
from index.text.decoding import storable

LARGEST_LETTER = 32 * 1024 * 1024  # bytes
MOST_CONTAINERS = 100  # parts that hold parts, or a letter: as deep as that, Python's parser can follow
MOST_BOUNDARIES = 10_000  # lines that part one part from the next
LONGEST_HEADER = 5000
LONGEST_HEAD = 256 * 1024  # bytes

_POSTMARK = re.compile(rb"From \S+ .*\d\d:\d\d.*\d{4}")  # the line between the letters of a mailbox
_CONTAINER = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_PARAMETERS = re.compile(rb"^content-(?:type|disposition):[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_AUTHOR_FROM = re.compile(r"([^|@<>]+?)\s+(?:from|at|@)\s+(\S.*)|([^|@<>]+?)\s*\|\s*(\S.*)", re.IGNORECASE)
_SIGNATURE = re.compile(r"\r?\n-- \r?\n.*\Z", re.DOTALL)


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
    head = _HEAD_END.search(data, 0, LONGEST_HEAD)
    if (not head and len(data) > LONGEST_HEAD) or any(
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
        yield _reading(letter, source, page, plain)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise SourceError(f"{source}: a letter whose parts are damaged ({type(error).__name__})") from error
    if attached:
        more = f" and {len(attached) - 3} more" if len(attached) > 3 else ""
        yield PassedOver(f"{source}: attached to the letter and passed over: {', '.join(attached[:3])}{more}")


def _reading(letter: Message, source: str, page: Message | None, plain: str) -> Reading:
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
            plain = without_furniture(_SIGNATURE.sub("", _text(part))).strip()
    return page, plain, attached


def _of_page(part: Message, source: str) -> Reading | None:
    """What the page reader makes of a letter's page; None where it finds no article."""
    from index.formats.html import page_to_reading

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
