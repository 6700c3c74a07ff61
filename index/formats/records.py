"""The records of a table to articles, whatever kind of file they come from."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from index.dates import parse_date
from index.decoding import is_binary
from index.errors import SourceError
from index.formats.base import Parsed, Reading, ReadOptions, make_reading
from index.formats.columns import NOTHING, Columns, named, plain, short
from index.formats.markup import looks_like_html, plain_paragraphs
from index.furniture import without_furniture

LOOK_AHEAD = 1000  # records read before a column is said to be missing

_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_UNSAID = ("text", "id")  # fields whose origin nobody asks for


class Record(NamedTuple):
    """One record of a table, its cells by the name of their column."""

    place: str  # "line 3"
    number: int
    cells: Mapping[str, Any]


Records = Iterator[Record | SourceError]


def articles(records: Records, source: str, options: ReadOptions) -> Parsed:
    """The article of each record, and a SourceError in the place of each that has none.

    Raises SourceError where there are no records, or none of the first has a column of text.
    """
    start, columns = _look_ahead(records, source, options)
    for record in start:
        yield record if isinstance(record, SourceError) else _article(record, source, columns)
    for record in records:
        yield record if isinstance(record, SourceError) else _article(record, source, columns)


def _look_ahead(records: Records, source: str, options: ReadOptions) -> tuple[list[Record | SourceError], Columns]:
    """The first records, as many as it takes to see every column that is needed."""
    start: list[Record | SourceError] = []
    seen: dict[str, None] = {}
    wanted = {plain(column): column for column in options.columns.values()}
    columns = Columns(options)
    for record in records:
        start.append(record)
        if not isinstance(record, SourceError):
            seen.update(dict.fromkeys(record.cells))
            wanted = {name: column for name, column in wanted.items() if name not in map(plain, record.cells)}
            if not wanted and columns.has_text(record.cells):
                return start, columns
        if len(start) >= LOOK_AHEAD:
            break
    if not seen:
        first = f"; first: {start[0]}" if start and isinstance(start[0], SourceError) else ""
        raise SourceError(f"{source}: no records in this file{first.replace(f'{source}: ', '')}")
    there = f"its columns are: {named(seen)}"
    for column in wanted.values():
        raise SourceError(f"{source}: no column {column!r}, which --map names; {there}")
    if not columns.has_text(seen):
        raise SourceError(f"{source}: no column of article text; {there}; name the right one with --map text=COLUMN")
    return start, columns


def _article(record: Record, source: str, columns: Columns) -> Reading | SourceError:
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
        origins={field: f"column {short(column)}" for field, (_, column) in found.items() if field not in _UNSAID},
    )


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
        value = next((value[key] for key in value if plain(str(key)) in ("name", "title")), None)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    line = " ".join(str(value).replace("\0", "\ufffd").split())
    return "" if line in NOTHING else line
