"""Article files of every kind: the suffix chooses the format, the format is imported when a file needs it.

Here and nowhere else: what a file may unpack to, and foreign exceptions turned into one line for a person.
"""

import gzip
import io
import os
import re
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from index import plugins
from index.errors import BylineError, SourceError
from index.formats.readings import Parsed, Reading, ReadOptions, unexpected
from index.text.decoding import printable

MAX_TABLE_BYTES = 512 * 1024 * 1024  # unpacked; read record by record
MAX_DOCUMENT_BYTES = 64 * 1024 * 1024  # unpacked; read whole
_LONGEST_LINE = 5000  # of a message: a path alone may have 4096 characters


class _Format(NamedTuple):
    module: str
    function: str
    is_table: bool = False


_FORMATS = {
    ".txt": _Format("text_files", "read_text"),
    ".md": _Format("text_files", "read_markdown"),
    ".html": _Format("html", "read"),
    ".htm": _Format("html", "read"),
    ".json": _Format("json_files", "read_json", is_table=True),
    ".jsonl": _Format("json_files", "read_jsonl", is_table=True),
    ".ndjson": _Format("json_files", "read_jsonl", is_table=True),
    ".csv": _Format("csv_files", "read_csv", is_table=True),
    ".tsv": _Format("csv_files", "read_csv", is_table=True),
    ".xml": _Format("wire_xml", "read"),
    ".pdf": _Format("pdf", "read"),
    ".docx": _Format("docx", "read"),
    ".rtf": _Format("rtf", "read"),
    ".epub": _Format("epub", "read"),
    ".eml": _Format("mail", "read_letter"),
    ".mbox": _Format("mail", "read_mailbox", is_table=True),
    ".warc": _Format("warc", "read", is_table=True),
    ".story": _Format("text_files", "read_story"),
    ".sgm": _Format("reuters", "read"),
}
SUFFIXES = tuple(_FORMATS)
READABLE = f"Byline reads {', '.join(SUFFIXES[:-1])} and {SUFFIXES[-1]} files, and each of them gzipped (.gz)"

# Atomic: else each comment of those before a page that is none would double the time to see it.
_PROLOG = rb"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)"
# How content without a name begins. A text may begin with a bracket or a brace as well.
_BEGINNINGS = (
    (".pdf", re.compile(rb"\s*%PDF-")),
    (".epub", re.compile(rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip", re.DOTALL)),
    (".docx", re.compile(rb"PK\x03\x04")),
    (".rtf", re.compile(rb"\s*\{\\rtf")),
    (".warc", re.compile(rb"WARC/\d")),
    (".sgm", re.compile(rb"\s*(?:<!DOCTYPE lewis\b|<REUTERS\b)", re.IGNORECASE)),
    (".mbox", re.compile(rb"From \S+ .*\d\d:\d\d.*\d{4}\r?\n[A-Za-z-]+:")),
    (
        ".eml",
        re.compile(
            rb"(?:[A-Z][A-Za-z-]+: [^\n]*\n(?:[ \t][^\n]*\n)*)*(?:Received|Return-Path|MIME-Version|Message-ID): ", re.I
        ),
    ),
    (".jsonl", re.compile(rb"\s*\{\s*\"[^\n]*\}[ \t\r]*(?:\n|\Z)")),
    (".json", re.compile(rb"\s*(?:\{\s*\"|\[\s*(?:\{|\]))")),
    (
        ".html",
        re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:!doctype html|html|head|body)", re.I | re.S),
    ),
    (
        ".xml",
        re.compile(
            _PROLOG + rb"(?:<!doctype[^>\[]*>\s*)?<(?:[\w.-]+:)?(?:nitf|news(?:ml|item|message))\b", re.I | re.S
        ),
    ),
    (".md", re.compile(rb"\s*(?:---[ \t]*\r?\n|# )")),
    (".story", re.compile(rb"[^\0]*\n@highlight[ \t]*\r?\n")),
)
_Read = Callable[[BinaryIO, str, ReadOptions], Parsed]


def article_suffix(path: Path) -> str:
    """The one of SUFFIXES, or of an installed plug-in, that this file has, before `.gz` or at the end; else ""."""
    name = path.name.lower().removesuffix(".gz")
    own = next((suffix for suffix in SUFFIXES if name.endswith(suffix)), "")
    last = name.rpartition(".")[2] if "." in name else ""
    return own or (f".{last}" if last and plugins.offers(plugins.FORMATS, last) else "")


def read_articles(path: Path, options: ReadOptions | None = None) -> Parsed:
    """The articles of one file in order, and a SourceError in the place of each record that cannot be read.

    Raises SourceError where the file as a whole is missing, unreadable, too large, damaged or of another kind.
    """
    suffix = article_suffix(path)
    if not suffix:
        raise SourceError(f"{path}: not an article file ({READABLE})")
    with _in_one_line(str(path), suffix):
        if not stat.S_ISREG(path.stat().st_mode):
            raise SourceError(f"{path}: not a regular file")  # a pipe would be read for ever
        place = place_of(path)
        with path.open("rb") as file:
            raw = gzip.GzipFile(fileobj=file) if path.name.lower().endswith(".gz") else file
            for parsed in _parse(_limited(raw, str(path)), suffix, str(path), options):
                yield _told(parsed) if isinstance(parsed, SourceError) else _placed(parsed, str(path), place)


def place_of(path: str | Path) -> str:
    """The path in full, links followed, as an article's source has it: storable, whatever bytes it is made of."""
    return os.fsencode(os.path.realpath(path)).decode("utf-8", "backslashreplace")


def read_stream(stream: BinaryIO, name: str, options: ReadOptions | None = None) -> Parsed:
    """The articles of a stream, such as standard input, whose format is told by how it begins.

    `name` stands for it in messages and in the articles' sources. Raises SourceError as read_articles does.
    """
    with _in_one_line(name, "article"):
        content = _limited(stream, name)
        if content.peek(2)[:2] == b"\x1f\x8b":
            content = _limited(gzip.GzipFile(fileobj=content), name)
        for parsed in _parse(content, _suffix_of(content.peek(64 * 1024)), name, options):
            yield _told(parsed) if isinstance(parsed, SourceError) else parsed


def _parse(content: io.BufferedReader, suffix: str, name: str, options: ReadOptions | None) -> Parsed:
    kind = _FORMATS.get(suffix)
    stream: BinaryIO = content
    if not (kind and kind.is_table):
        data = content.read(MAX_DOCUMENT_BYTES + 1)
        if len(data) > MAX_DOCUMENT_BYTES:
            raise _too_large(name, MAX_DOCUMENT_BYTES)
        stream = io.BytesIO(data)
    read: _Read = (
        getattr(import_module(f"index.formats.{kind.module}"), kind.function)
        if kind
        else plugins.function(plugins.FORMATS, suffix.removeprefix("."))
    )
    return read(stream, name, options or ReadOptions())


def _suffix_of(start: bytes) -> str:
    for suffix, beginning in _BEGINNINGS:
        if beginning.match(start):
            return suffix
    from index.formats.csv_files import is_header

    return ".csv" if is_header(start.split(b"\n", 1)[0].decode("utf-8-sig", "replace")) else ".txt"


def _placed(reading: Reading, name: str, place: str) -> Reading:
    """The reading with the whole path in its source, where the format wrote the name that the user gave."""
    if not reading.article.source.startswith(name):
        return reading
    source = place + reading.article.source[len(name) :]
    return replace(reading, article=replace(reading.article, source=source))


def _told(error: SourceError) -> SourceError:
    """The error in one line, whatever the file's name or its content has put into it."""
    line = printable(str(error))
    return type(error)(line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…")


@contextmanager
def _in_one_line(name: str, suffix: str) -> Iterator[None]:
    try:
        yield
    except SourceError as error:
        raise _told(error) from error.__cause__
    except BylineError as error:  # of a plug-in
        raise _told(SourceError(f"{name}: {error}")) from error
    except OSError as error:
        raise _told(SourceError(f"{name}: cannot be read ({error.strerror or error})")) from error
    except ImportError as error:
        raise _told(SourceError(f"{name}: {suffix} files need a library that is missing here ({error})")) from error
    except Exception as error:
        raise _told(unexpected(f"{name}: damaged, or not a {suffix} file in spite of its name", error)) from error


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def _limited(raw: _Readable, name: str) -> io.BufferedReader:
    return io.BufferedReader(_Limited(raw, name, MAX_TABLE_BYTES), 256 * 1024)


class _Limited(io.RawIOBase):
    """A stream that fails with a SourceError past `limit` bytes, or where its gzip data are damaged."""

    def __init__(self, raw: _Readable, name: str, limit: int) -> None:
        self._raw, self._name, self._limit, self._left = raw, name, limit, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._raw.read(min(len(buffer), 1024 * 1024))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise SourceError(f"{self._name}: the gzip data are damaged or cut off ({error})") from error
        self._left -= len(data)
        if self._left < 0:
            raise _too_large(self._name, self._limit)
        buffer[: len(data)] = data
        return len(data)


def _too_large(name: str, limit: int) -> SourceError:
    size = f"{limit // (1024 * 1024)} MB" if limit >= 1024 * 1024 else f"{limit} bytes"
    return SourceError(f"{name}: larger than {size} unpacked; split it into smaller files")
