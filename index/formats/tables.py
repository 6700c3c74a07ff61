"""Tables of articles: JSON Lines, JSON and CSV, one article a record, columns found by their usual names."""

import ast
import codecs
import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import zip_longest
from typing import Any, BinaryIO, NamedTuple

from index.dates import parse_date
from index.decoding import decoded, is_binary
from index.errors import SourceError
from index.formats.base import Parsed, Reading, ReadOptions, make_reading
from index.formats.markup import looks_like_html, plain_paragraphs
from index.furniture import without_furniture

MAX_LINE_BYTES = 20 * 1024 * 1024
MAX_UTF16_BYTES = 64 * 1024 * 1024  # UTF-16 is not read line by line
LOOK_AHEAD = 1000  # records read before a column is said to be missing

# For each field the usual names of its column, the more telling ones first.
_NAMES = {
    "title": "title headline name",
    "text": "text body content article article_text fulltext maintext",
    "published": "published date publish_date published_at pubdate datepublished date_published created_at",
    "updated": "updated modified datemodified date_modified",
    "url": "url link source_url",
    "outlet": "outlet source publisher site source_name media newspaper",
    "author": "author byline authors creator",
    "id": "id",
}
_NOTHING = {"nan", "NaN", "null", "NULL", "None", "NaT", "N/A", "n/a", "~"}  # as exports write an empty cell
_DELIMITERS = ",;\t|"
_EXCEL_DELIMITER = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


class _Record(NamedTuple):
    place: str  # "line 3"
    number: int
    cells: Mapping[str, Any]


_Records = Iterator[_Record | SourceError]


def read_jsonl(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The articles of JSON Lines: an object a line, read line by line."""
    return _articles(_json_lines(_lines(stream, source), source), source, options)


def read_json(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The articles of an array of objects, of an object that holds one such array, or the one that is an article.

    A file that holds JSON Lines in spite of its name is read as such.
    """
    data = stream.read()
    text = decoded(data) or ""
    if not text.strip():
        raise SourceError(f"{source}: the file is empty" if not data.strip() else f"{source}: not a text file")
    try:
        found = json.loads(text.removeprefix("\ufeff"))
    except RecursionError as error:
        raise SourceError(f"{source}: not usable JSON (nested too deep)") from error
    except ValueError as error:
        if str(error).startswith("Extra data") and text.lstrip("\ufeff \r\n\t").startswith("{"):
            lines = enumerate(text.splitlines(), 1)
            return _articles(_json_lines(lines, source), source, options)
        raise SourceError(f"{source}: not valid JSON ({error})") from error
    return _articles(_json_records(found, source, options), source, options)


def read_csv(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The articles of a table with a header row, its cells parted by a comma, semicolon, tab or bar.

    Rows are counted as a spreadsheet does: the header is row 1.
    """
    return _articles(_csv_rows(_lines(stream, source), source), source, options)


def is_header(line: str) -> bool:
    """Whether the line looks like the header of a table: two usual names or more, one of them of the text."""
    names = {_plain(cell.strip().strip('"')) for cell in line.split(_delimiter(line))}
    return _Columns(ReadOptions()).has_text(names) and len(names & _usual_names()) >= 2


def _articles(records: _Records, source: str, options: ReadOptions) -> Parsed:
    start, columns = _look_ahead(records, source, options)
    for record in start:
        yield record if isinstance(record, SourceError) else _article(record, source, columns)
    for record in records:
        yield record if isinstance(record, SourceError) else _article(record, source, columns)


def _look_ahead(records: _Records, source: str, options: ReadOptions) -> tuple[list[_Record | SourceError], "_Columns"]:
    """The first records, as many as it takes to see every column that is needed."""
    start: list[_Record | SourceError] = []
    seen: dict[str, None] = {}
    wanted = {_plain(column): column for column in options.columns.values()}
    columns = _Columns(options)
    for record in records:
        start.append(record)
        if not isinstance(record, SourceError):
            seen.update(dict.fromkeys(record.cells))
            wanted = {plain: column for plain, column in wanted.items() if plain not in map(_plain, record.cells)}
            if not wanted and columns.has_text(record.cells):
                return start, columns
        if len(start) >= LOOK_AHEAD:
            break
    if not seen:
        first = f"; first: {start[0]}" if start and isinstance(start[0], SourceError) else ""
        raise SourceError(f"{source}: no records in this file{first.replace(f'{source}: ', '')}")
    there = f"its columns are: {_named(seen)}"
    for column in wanted.values():
        raise SourceError(f"{source}: no column {column!r}, which --map names; {there}")
    if not columns.has_text(seen):
        raise SourceError(f"{source}: no column of article text; {there}; name the right one with --map text=COLUMN")
    return start, columns


class _Columns:
    """Which column of a record holds a field: the one that `--map` names, else the first usual name with a value."""

    def __init__(self, options: ReadOptions) -> None:
        mapped = {field: (_plain(column),) for field, column in options.columns.items()}
        taken = {column for (column,) in mapped.values()}
        usual = {field: tuple(_plain(name) for name in names.split()) for field, names in _NAMES.items()}
        self._names = {field: tuple(n for n in names if n not in taken) for field, names in usual.items()} | mapped

    def has_text(self, cells: Iterable[str]) -> bool:
        return not {_plain(column) for column in cells}.isdisjoint(self._names["text"])

    def find(self, cells: Mapping[str, Any]) -> "dict[str, tuple[Any, str]]":
        """For each field that has a value: the value and the column it is in."""
        by_name: dict[str, tuple[Any, str]] = {}
        for column, value in cells.items():
            if value and not (isinstance(value, str) and (value.isspace() or value in _NOTHING)):
                by_name.setdefault(_plain(column), (value, column))
        return {
            field: found
            for field, names in self._names.items()
            if (found := next((by_name[name] for name in names if name in by_name), None))
        }


def _article(record: _Record, source: str, columns: _Columns) -> Reading | SourceError:
    found = columns.find(record.cells)
    raw = found["text"][0] if "text" in found else ""
    if not isinstance(raw, str):
        raw = "\n\n".join(raw) if isinstance(raw, list) and all(isinstance(part, str) for part in raw) else ""
    if "\0" in raw or is_binary(raw[:2000]):
        return SourceError(f"{source}: {record.place}: its text is not text (binary content)")
    text = without_furniture(plain_paragraphs(raw) if looks_like_html(raw) else raw).strip()
    if not text:
        return SourceError(f"{source}: {record.place}: no article text in this record")
    lines = {field: _line(found[field][0]) if field in found else "" for field in ("title", "outlet", "author")}
    dates = {field: parse_date(found[field][0]) if field in found else None for field in ("published", "updated")}
    link, key = (_line(found[field][0]) if field in found else "" for field in ("url", "id"))
    url = link if _URL.fullmatch(link) else ""
    return make_reading(
        text,
        raw,
        f"{source}#{(url or key or str(record.number))[:500]}",
        title=lines["title"],
        outlet=lines["outlet"],
        author=lines["author"],
        url=url,
        published=dates["published"],
        updated=dates["updated"],
        origins={field: f"column {_short(column)}" for field, (_, column) in found.items() if field not in _UNSAID},
    )


_UNSAID = ("text", "id")


def _line(value: object) -> str:
    """One line of a cell: lists are joined by commas, of an object its name is taken."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_line_of_one, value)))
    if isinstance(value, str) and value.startswith("[") and len(value) < 2000:  # a list that some export printed
        try:
            listed = ast.literal_eval(value)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return _line_of_one(value)
        return ", ".join(filter(None, map(_line_of_one, listed))) if isinstance(listed, list) else _line_of_one(value)
    return _line_of_one(value)


def _line_of_one(value: object) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in value if _plain(str(key)) in ("name", "title")), None)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    line = " ".join(str(value).replace("\0", "\ufffd").split())
    return "" if line in _NOTHING else line


@lru_cache(maxsize=4096)
def _plain(column: str) -> str:
    return re.sub(r"[\s_-]+", "", column).casefold()


def _short(column: str) -> str:
    return " ".join(column.split())[:60]


def _named(columns: Iterable[str]) -> str:
    names = [_short(column) or "(no name)" for column in columns]
    return ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")


# JSON


def _json_lines(lines: Iterable[tuple[int, str | None]], source: str) -> _Records:
    for number, line in lines:
        place = f"line {number}"
        if line is None:
            yield _too_long(source, place)
        elif line.strip():
            yield _json_record(line, source, place, number)


def _json_record(line: str, source: str, place: str, number: int) -> _Record | SourceError:
    try:
        found = json.loads(line)
    except RecursionError:
        return SourceError(f"{source}: {place}: not usable JSON (nested too deep)")
    except ValueError as error:
        return SourceError(f"{source}: {place}: not valid JSON ({error})")
    return _record(found, source, place, number)


def _record(found: object, source: str, place: str, number: int) -> _Record | SourceError:
    if isinstance(found, dict):
        return _Record(place, number, found)
    return SourceError(f"{source}: {place}: not a record with named fields, but {_json_kind(found)}")


def _json_records(found: object, source: str, options: ReadOptions) -> _Records:
    if isinstance(found, dict) and not _Columns(options).has_text(found):
        lists = [value for value in found.values() if isinstance(value, list) and any(map(_is_object, value))]
        found = lists[0] if len(lists) == 1 else found
    if isinstance(found, dict):
        found = [found]
    if not isinstance(found, list):
        raise SourceError(f"{source}: no array of articles in this file, but {_json_kind(found)}")
    for number, one in enumerate(found, 1):
        yield _record(one, source, f"record {number}", number)


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _json_kind(value: object) -> str:
    kinds = {str: "a text", list: "a list", dict: "an object", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


# CSV


def _csv_rows(lines: Iterator[tuple[int, str | None]], source: str) -> _Records:
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE_BYTES))
    feed = _CsvLines(lines)
    first = next((line for line in feed if line.strip()), "")
    delimiter = ""
    if match := _EXCEL_DELIMITER.fullmatch(first):
        delimiter, first = match[1], next((line for line in feed if line.strip()), "")
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

    def __init__(self, lines: Iterator[tuple[int, str | None]]) -> None:
        self._lines, self.ended, self.again = lines, False, ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.again:
            line, self.again = self.again, ""
            return line
        found = next(self._lines, None)
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
    reader = csv.reader(feed, delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except _LineTooLong:
            yield SourceError(f"longer than {_megabytes(MAX_LINE_BYTES)}, skipped")
            reader = csv.reader(feed, delimiter=delimiter)
            continue
        except csv.Error as error:
            yield SourceError(f"not readable ({error}; is a quotation mark missing?)")
            reader = csv.reader(feed, delimiter=delimiter)
            continue
        if feed.ended:  # within a row
            yield SourceError("its quotation mark is never closed, so that nothing below it can be read")
            return
        yield row


def _csv_record(names: list[str], row: list[str], source: str, number: int) -> _Record | SourceError:
    if len(row) > len(names) and any(cell.strip() for cell in row[len(names) :]):
        counts = f"{len(row)} cells where the header has {len(names)}"
        return SourceError(f"{source}: row {number}: {counts}; is a text with the delimiter in it without quotes?")
    cells: dict[str, str] = {}
    for name, cell in zip_longest(names, row[: len(names)], fillvalue=""):  # a short row lacks its last cells
        cells.setdefault(name, cell)
    return _Record(f"row {number}", number, cells)


def _delimiter(header: str) -> str:
    """The one that finds the most usual names in the header, and then the most cells."""
    usual = _usual_names()

    def rank(delimiter: str) -> tuple[int, int]:
        cells = [cell.strip().strip('"') for cell in header.split(delimiter)]
        return sum(_plain(cell) in usual for cell in cells), len(cells)

    return max(_DELIMITERS, key=rank)


def _usual_names() -> set[str]:
    return {_plain(name) for names in _NAMES.values() for name in names.split()}


# Lines


def _lines(stream: BinaryIO, source: str) -> Iterator[tuple[int, str | None]]:
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
        raise SourceError(f"{source}: UTF-16 of more than {_megabytes(MAX_UTF16_BYTES)}; save it as UTF-8")
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise SourceError(f"{source}: not a text file (broken UTF-16)") from error
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        yield number, line if len(line) <= MAX_LINE_BYTES else None


def _too_long(source: str, place: str) -> SourceError:
    return SourceError(f"{source}: {place}: longer than {_megabytes(MAX_LINE_BYTES)}, skipped")


def _megabytes(size: int) -> str:
    return f"{size // (1024 * 1024)} MB" if size >= 1024 * 1024 else f"{size} bytes"
