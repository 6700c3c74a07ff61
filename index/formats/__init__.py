"""Article files of every kind: which files of a path are articles, and the articles in each.

The suffix chooses the format, and the format is imported when a file needs it. Here and nowhere else: what a file may
unpack to, and foreign exceptions turned into one line for a person.
"""

import gzip
import io
import os
import re
import stat
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from index import plugins
from index.errors import BylineError, SourceError
from index.formats.readings import Parsed, Reading, ReadOptions, unexpected
from index.text.decoding import printable

__all__ = [
    "SUFFIXES",
    "Parsed",
    "PassedFiles",
    "ReadOptions",
    "Reading",
    "article_suffix",
    "find_files",
    "place_of",
    "read_articles",
    "read_file",
    "read_stream",
]

MAX_TABLE_BYTES = 512 * 1024 * 1024  # unpacked; read record by record
MAX_DOCUMENT_BYTES = 64 * 1024 * 1024  # unpacked; read whole
_SUFFIX = re.compile(r"\.\w{1,12}")
_MOST_TOLD = 12  # suffixes
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
    ".json": _Format("nested_records", "read_json", is_table=True),
    ".jsonl": _Format("nested_records", "read_jsonl", is_table=True),
    ".ndjson": _Format("nested_records", "read_jsonl", is_table=True),
    ".csv": _Format("csv_files", "read_csv", is_table=True),
    ".tsv": _Format("csv_files", "read_csv", is_table=True),
    ".xml": _Format("nested_records", "read_xml"),
    ".pdf": _Format("documents", "read_pdf"),
    ".docx": _Format("documents", "read_docx"),
    ".rtf": _Format("documents", "read_rtf"),
    ".epub": _Format("archives", "read_epub"),
    ".eml": _Format("archives", "read_letter"),
    ".mbox": _Format("archives", "read_mailbox", is_table=True),
    ".warc": _Format("archives", "read_warc", is_table=True),
    ".story": _Format("text_files", "read_story"),
    ".sgm": _Format("wire", "read_reuters"),
}
SUFFIXES = tuple(_FORMATS)
READABLE = f"Byline reads {', '.join(SUFFIXES[:-1])} and {SUFFIXES[-1]} files, and each of them gzipped (.gz)"

# How content without a name begins. A text may begin with a bracket or a brace as well. The comments before a page are
# matched atomically: else each of them before one that is none would double the time to see it.
_PROLOG = r"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)"
_BEGINNING = re.compile(
    rf"""
      (?P<pdf>    \s*%PDF- )
    | (?P<epub>   PK\x03\x04(?s:.{{26}})mimetypeapplication/epub\+zip )
    | (?P<docx>   PK\x03\x04 )
    | (?P<rtf>    \s*\{{\\rtf )
    | (?P<warc>   WARC/\d )
    | (?P<sgm>    (?i:\s*(?:<!DOCTYPE\ lewis\b|<REUTERS\b)) )
    | (?P<mbox>   From\ \S+\ .*\d\d:\d\d.*\d{{4}}\r?\n[A-Za-z-]+: )
    | (?P<eml>    (?i:(?:[A-Z][A-Z-]+:\ [^\n]*\n(?:[ \t][^\n]*\n)*)*
                  (?:Received|Return-Path|MIME-Version|Message-ID):\ ) )
    | (?P<jsonl>  \s*\{{\s*"[^\n]*\}}[ \t\r]*(?:\n|\Z) )
    | (?P<json>   \s*(?:\{{\s*"|\[\s*(?:\{{|\])) )
    | (?P<html>   (?is:{_PROLOG}<(?:!doctype\ html|html|head|body)) )
    | (?P<xml>    (?is:{_PROLOG}(?:<!doctype[^>\[]*>\s*)?<(?:[\w.-]+:)?(?:nitf|news(?:ml|item|message))\b) )
    | (?P<md>     \s*(?:---[ \t]*\r?\n|\#\ ) )
    | (?P<story>  [^\0]*\n@highlight[ \t]*\r?\n )
    """.encode(),
    re.VERBOSE,
)
_Read = Callable[[BinaryIO, str, ReadOptions], Parsed]


@dataclass
class PassedFiles:
    """What a folder holds that is not read: files by their suffix ("" where they have none), and links."""

    suffixes: Counter[str] = field(default_factory=Counter)
    links_out: int = 0  # to files outside of the folder
    links_to_folders: int = 0

    @property
    def lines(self) -> list[str]:
        """What is to be told of them: a line for the files, and one for the links."""
        kinds = sorted(self.suffixes.items(), key=lambda one: (-one[1], not one[0], one[0]))
        counts = [f"{count} {suffix or 'without a suffix'}" for suffix, count in kinds[:_MOST_TOLD]]
        more = sum(count for _, count in kinds[_MOST_TOLD:])
        counts += [f"{more} of other kinds"] if more else []
        out = f"{self.links_out} to files outside of it (--follow-links reads those)" if self.links_out else ""
        folders = f"{self.links_to_folders} to folders" if self.links_to_folders else ""
        links = ", ".join(filter(None, [out, folders]))
        files = f"passed over: {', '.join(counts)}" if counts else ""
        return [*filter(None, [files, f"links not followed: {links}" if links else ""])]


def find_files(
    source: Path,
    fail: Callable[[Path, SourceError], None] | None = None,
    *,
    passed: PassedFiles | None = None,
    follow_links: bool = False,
) -> list[Path]:
    """The article files of a path: the file itself, or all with one of SUFFIXES below a folder, sorted.

    Each may be gzipped. Hidden files and folders are passed over; links to folders are not followed, nor are those to
    files outside of the folder without `follow_links`. `passed` takes down what is not read. A folder within that
    cannot be read is given to `fail`.
    Raises SourceError where the path is missing, unreadable, of another kind, or a folder without articles.
    """
    name = printable(str(source))
    try:
        source.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: a NUL in the name
        raise SourceError(f"{name}: no such file or folder") from error
    except OSError as error:
        raise SourceError(f"{name}: cannot be read ({error.strerror})") from error
    if source.is_dir():
        passed = passed or PassedFiles()
        found = sorted(_walk(source, fail, passed, follow_links))
        if not found:
            raise SourceError(f"{name}: no articles in this folder ({'; '.join([*passed.lines, READABLE])})")
        return found
    if not article_suffix(source):
        raise SourceError(f"{name}: not an article file ({READABLE})")
    return [source]


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


def read_file(path: Path) -> Reading:
    """The article in a file that holds one, such as `.txt` and `.md`; of several, the first.

    Raises SourceError where the file is not what its suffix says, its front matter is broken, or no article is left.
    """
    for parsed in read_articles(path):
        if isinstance(parsed, SourceError):
            raise parsed
        return parsed
    raise SourceError(f"{path}: no article in this file")


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
    if begins := _BEGINNING.match(start):
        return f".{begins.lastgroup}"
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


def _walk(
    folder: Path, fail: Callable[[Path, SourceError], None] | None, passed: PassedFiles, follow_links: bool
) -> Iterator[Path]:
    inside = os.path.join(os.path.realpath(folder), "")  # noqa: PTH118  a path without the last separator is none within

    def failed(error: OSError) -> None:
        said = SourceError(f"{printable(str(error.filename))}: cannot be read ({error.strerror})")
        if fail is None or Path(error.filename) == folder:
            raise said from error
        fail(Path(error.filename), said)

    for place, folders, files in os.walk(folder, onerror=failed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        passed.links_to_folders += sum(Path(place, name).is_symlink() for name in folders)
        for path in (Path(place, name) for name in files if not name.startswith(".")):
            if not article_suffix(path):
                passed.suffixes[_suffix(path)] += 1
            elif path.is_symlink() and not follow_links and not os.path.realpath(path).startswith(inside):
                passed.links_out += 1
            else:
                yield path


def _suffix(path: Path) -> str:
    """The suffix as it is told: `.xml`, `.xml.gz`; empty for a name without, or with something else behind a dot."""
    packed = ".gz" if path.suffix.lower() == ".gz" else ""
    suffix = path.with_suffix("").suffix.lower() if packed else path.suffix.lower()
    return (suffix if _SUFFIX.fullmatch(suffix) else "") + packed
