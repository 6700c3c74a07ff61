"""CSV, one article a row whatever parts the cells; and the lines of a table's file, of any length."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, BinaryIO

from index.errors import SourceError
from index.formats.cells import plain
from index.formats.columns import Columns, usual_names
from index.formats.readings import Parsed, ReadOptions
from index.formats.records import Record, Records, articles
from index.text.decoding import is_binary

MAX_LINE_BYTES = 20 * 1024 * 1024
MAX_UTF16_BYTES = 64 * 1024 * 1024  # UTF-16 is not read line by line
_DELIMITERS = ",;\t|"
_UNCLOSED = "its quotation mark is never closed, so that nothing below it can be read"
_DOTTED = re.compile(r"\w+(?:\.\w+)+")


def read_csv(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The articles of a table with a header row, its cells parted by a comma, semicolon, tab or bar.

    Rows are counted as a spreadsheet does: the header is row 1.
    """
    return articles(_csv_rows(lines(stream, source), source), source, options)


def is_header(line: str) -> bool:
    """Whether the line looks like the header of a table: two usual names or more, one of them of the text."""
    names = {plain(cell.strip().strip('"')) for cell in line.split(_delimiter(line))}
    return Columns(ReadOptions()).has_text(names) and len(names & usual_names()) >= 2


def lines(stream: BinaryIO, source: str) -> Iterator[tuple[int, str | None]]:
    """Number and text of each line; None for one that is too long, which is skipped without being held whole."""
    number, utf16 = 0, None
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if number == 1:
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                utf16 = line + stream.read(MAX_UTF16_BYTES + 1)
                break
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) > MAX_LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(1024 * 1024)
            yield number, None
        else:
            yield number, _decode_line(line)
    if utf16:
        yield from _utf16_lines(utf16, source)


def _decode_line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")  # older newsroom systems


def _utf16_lines(data: bytes, source: str) -> Iterator[tuple[int, str | None]]:
    if len(data) > MAX_UTF16_BYTES:
        raise SourceError(f"{source}: UTF-16 of more than {megabytes(MAX_UTF16_BYTES)}; save it as UTF-8")
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise SourceError(f"{source}: not a text file (broken UTF-16)") from error
    for number, line in enumerate(io.StringIO(text, newline="\n"), 1):
        yield number, line if len(line) <= MAX_LINE_BYTES else None


def too_long(source: str, place: str) -> SourceError:
    """What is said of a line that is skipped."""
    return SourceError(f"{source}: {place}: longer than {megabytes(MAX_LINE_BYTES)}, skipped")


def megabytes(size: int) -> str:
    """A limit, as a message shows it."""
    return f"{size // (1024 * 1024)} MB" if size >= 1024 * 1024 else f"{size} bytes"


def _csv_rows(numbered: Iterator[tuple[int, str | None]], source: str) -> Records:
    csv.field_size_limit(MAX_LINE_BYTES)
    feed = _CsvLines(numbered)
    first = next((line for line in feed if line.strip()), "")
    delimiter = ""
    if first[:4].lower() == "sep=" and first[4:5].strip("\r\n") and not first[5:].strip():  # as Excel writes it
        delimiter, first = first[4], next((line for line in feed if line.strip()), "")
    if not first:
        raise SourceError(f"{source}: the file is empty")
    if is_binary(first):
        raise SourceError(f"{source}: not a text file (binary content)")
    rows = _complete_rows(feed, first, delimiter or _delimiter(first))
    header = next(rows, SourceError("empty"))
    if isinstance(header, SourceError):
        raise SourceError(f"{source}: the header row: {header}")
    names = [name.strip() for name in header]
    for number, row in enumerate(rows, 2):
        if isinstance(row, SourceError):
            yield SourceError(f"{source}: row {number}: {row}")
        elif any(cell.strip() for cell in row):
            yield _csv_record(names, row, source, number)


class _CsvLines:
    """The lines that csv.reader takes; `ended` once it asked for more than there are; `again` is given first."""

    def __init__(self, numbered: Iterator[tuple[int, str | None]]) -> None:
        self._numbered, self.ended, self.again = numbered, False, ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.again:
            line, self.again = self.again, ""
            return line
        found = next(self._numbered, None)
        if found is None:
            self.ended = True
            raise StopIteration
        if found[1] is None:
            raise _LineTooLong
        return found[1]


class _LineTooLong(Exception):
    """A line is longer than MAX_LINE_BYTES and was skipped."""


def _complete_rows(feed: _CsvLines, first: str, delimiter: str) -> Iterator[list[str] | SourceError]:
    """Each row, and in the place of one that cannot be read a SourceError that does not name the file yet."""
    feed.again = first
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except _LineTooLong:
            yield SourceError(f"longer than {megabytes(MAX_LINE_BYTES)}, skipped")
            reader = csv.reader(feed, delimiter=delimiter, strict=True)
            continue
        except csv.Error as error:
            if feed.ended:  # within a row
                yield SourceError(_UNCLOSED)
                return
            if "field larger" in str(error):  # what follows may be the middle of an article's text
                yield SourceError(f"a cell of more than {megabytes(MAX_LINE_BYTES)}; {_UNCLOSED}")
                return
            yield SourceError(f"not readable ({error}; is a quotation mark missing?)")
            reader = csv.reader(feed, delimiter=delimiter, strict=True)
            continue
        yield row


def _csv_record(names: list[str], row: list[str], source: str, number: int) -> Record | SourceError:
    if len(row) > len(names) and any(cell.strip() for cell in row[len(names) :]):
        counts = f"{len(row)} cells where the header has {len(names)}"
        return SourceError(f"{source}: row {number}: {counts}; is a text with the delimiter in it without quotes?")
    cells: dict[str, str] = {}
    for name, cell in zip_longest(names, row[: len(names)], fillvalue=""):  # a short row lacks its last cells
        cells.setdefault(name, cell)
    return Record(f"row {number}", str(number), _nested(cells))


def _nested(cells: dict[str, str]) -> dict[str, Any]:
    """The same with objects for what was flattened on the way here: `source.name` is the name of the source."""
    if not any(map(_DOTTED.fullmatch, cells)):
        return dict(cells)
    found: dict[str, Any] = {}
    for name, cell in cells.items():
        *above, last = name.split(".") if _DOTTED.fullmatch(name) else [name]
        within: Any = found
        for step in above:
            within = within.setdefault(step, {}) if isinstance(within, dict) else None
        if isinstance(within, dict):
            within.setdefault(last, cell)
        else:
            found.setdefault(name, cell)  # the object's own name is that of a cell as well
    return found


def _delimiter(header: str) -> str:
    """The one that finds the most usual names in the header, and then the most cells."""
    usual = usual_names()

    def rank(delimiter: str) -> tuple[int, int]:
        cells = [cell.strip().strip('"') for cell in header.split(delimiter)]
        return sum(plain(cell) in usual for cell in cells), len(cells)

    return max(_DELIMITERS, key=rank)
