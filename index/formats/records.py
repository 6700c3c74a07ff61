"""The records of a table as articles, whatever kind of file they come from."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from index.errors import SourceError
from index.formats.cells import days_of, is_empty, line_of, outlet_of, people_of, plain, text_of, title_of
from index.formats.columns import Cell, Columns, DayOrder, is_of_other_language, learn, named, short
from index.formats.readings import (
    Parsed,
    Reading,
    ReadOptions,
    is_address,
    looks_like_html,
    make_reading,
    plain_paragraphs,
    without_boilerplate,
)
from index.formats.wire import NAMES_OF_VERSIONS, version_of
from index.text.decoding import is_binary
from index.versions import Version

LOOK_AHEAD = 1000  # records read before a column is said to be missing
_HELD = 4_000_000  # characters of them at most
_HELD_FOR_DATES = 32_000_000  # where the rows of a column of dates are to tell their order

_CUT_OFF = re.compile(r"\s*\[\+?\d[\d,.]*\s+(?:more\s+)?char(?:acter)?s\]\s*\Z", re.IGNORECASE)
_LONGEST_MARK = 100  # characters at the end of a text that say that the service cut it off
_UNSAID = ("text", "id")  # fields whose origin nobody asks for
_DAYS = ("published", "updated")


class Record(NamedTuple):
    """One record of a table, its cells by the name of their column; `key` tells it from the others of its file."""

    place: str  # "line 3"
    key: str
    cells: Mapping[str, Any]


Records = Iterator[Record | SourceError]


def articles(records: Records, source: str, options: ReadOptions) -> Parsed:
    """The article of each record, and a SourceError in the place of each that has none.

    What was not read of the table is told at its end. Raises SourceError where there are no records, or none of the
    first has a column of text.
    """
    table = _Table(source, options)
    for record in table.look_ahead(records):
        found = record if isinstance(record, SourceError) else table.article(record)
        if found is not None:
            yield found
    for line in table.told():
        options.tell(f"{source}: {line}")


class _Table:
    """What is learnt of a table's columns from its first records, and what is to be told of it at its end."""

    def __init__(self, source: str, options: ReadOptions) -> None:
        self._source, self._options = source, options
        self._columns = Columns(options)
        self._summary = ""
        self._orders: dict[str, DayOrder] = {}
        self._unread: dict[str, None] = {}
        self._cut_off: list[str] = []
        self._without_text: list[str] = []

    def look_ahead(self, records: Records) -> Records:
        """All records, as soon as enough of the first ones were seen."""
        start: list[Record | SourceError] = []
        try:
            seen = self._look_at(records, start)
        except SourceError as error:
            if not any(isinstance(one, Record) for one in start):
                raise
            broken: Records = _raising(error)
            seen = list(dict.fromkeys(c for one in start if isinstance(one, Record) for c in one.cells))
        else:
            broken = iter(())
        self._check(start, seen)
        return chain(start, records, broken)

    def article(self, record: Record) -> Reading | SourceError | None:
        """The article of a record, or why there is none; None for an agency's item of another kind than text."""
        place = f"{self._source}: {record.place}"
        found = self._columns.find(record.cells)
        version = self._version(record)
        raw, text_column = self._raw(found)
        if "\0" in raw or is_binary(raw[:2000]):
            return SourceError(f"{place}: its text is not text (binary content)")
        kept = raw[:-_LONGEST_MARK] + _CUT_OFF.sub("", raw[-_LONGEST_MARK:])
        text = without_boilerplate(plain_paragraphs(kept) if looks_like_html(kept) else kept).strip()
        if not text and version and not version.is_withdrawn:
            self._without_text.append(record.place)
            return None
        if not text and not version:
            return SourceError(f"{place}: no article text in this record")
        if kept != raw:
            self._cut_off.append(record.place)
        facts, origins = self._facts(found if version is None else _of_agency(found))
        if version is None:
            self._note_unread(record, text_column)
        elif not facts["published"]:  # an agency may say of the version alone when it was made
            facts["published"], origins["published"] = facts["updated"], origins["updated"]
        key = version.item if version else facts["url"] or line_of(_first(found, "id"))
        return make_reading(
            text, raw, f"{self._source}#{(key or record.key)[:500]}", **facts, origins=origins, version=version
        )

    def told(self) -> Iterator[str]:
        """A line for each thing that was not read, or not wholly."""
        learned = self._columns.learned
        if learned:
            columns = ", ".join(f"{short(column)} ({field})" for field, column in learned.items())
            yield f"columns known by what they hold: {columns}; where that is wrong, name them with --map FIELD=COLUMN"
        if self._summary:
            yield f"column {short(self._summary)} is read for want of the whole text; name that with --map text=COLUMN"
        if count := len(self._cut_off):
            articles = f"{count} article{'s' * (count > 1)}"
            yield f"{articles} with only the beginning of the text, cut off by the service; first: {self._cut_off[0]}"
        if count := len(self._without_text):
            items = f"{count} item{'s' * (count > 1)}"
            yield f"{items} without a text, such as pictures, not read; first: {self._without_text[0]}"
        for column, order in self._orders.items():
            if order.unread:
                yield _told_of_dates(column, order)
        if self._unread:
            yield f"columns not read: {named(self._unread)}; name those that matter with --map FIELD=COLUMN"

    # The first records

    def _look_at(self, records: Records, start: list[Record | SourceError]) -> list[str]:
        """Read the first records into `start`; the names of all columns."""
        seen: dict[str, None] = {}
        held, has_dates = 0, False
        for record in records:
            start.append(record)
            if isinstance(record, Record):
                for layer in self._columns.layers(record.cells):
                    seen.update(dict.fromkeys(layer))
                has_dates = self._look_at_dates(self._columns.find(record.cells)) or has_dates
                held += sum(len(c) if isinstance(c, str) else len(str(c)) for c in record.cells.values())
            if held > (_HELD_FOR_DATES if has_dates else _HELD) or (len(start) >= LOOK_AHEAD and not has_dates):
                break
        return list(seen)

    def _look_at_dates(self, found: Mapping[str, list[Cell]]) -> bool:
        cells = [cell for field in _DAYS for cell in found.get(field, ())]
        numeric = [self._order(cell.column).look_at(day) for cell in cells for day in days_of(cell.value)]
        return any(numeric)

    def _check(self, start: list[Record | SourceError], seen: list[str]) -> None:
        """Raise SourceError where the table lacks what is needed; learn what its columns hold."""
        first = [one for one in start if isinstance(one, Record)]
        if not first:
            why = f"; first: {start[0]}".replace(f"{self._source}: ", "") if start else ""
            raise SourceError(f"{self._source}: no records in this file{why}")
        there = f"its columns are: {named(seen)}"
        wanted = {plain(column): column for column in self._options.columns.values()}
        for record in first if wanted else ():
            wanted = {name: column for name, column in wanted.items() if not self._has(record, name)}
        if self._options.is_remembered and wanted:
            left = {field: c for field, c in self._options.columns.items() if plain(c) not in wanted}
            self._columns, wanted = Columns(replace(self._options, columns=left)), {}
        for column in wanted.values():
            raise SourceError(f"{self._source}: no column {column!r}, which --map names; {there}")
        learn(self._columns, [record.cells for record in first])
        for record in first if "published" in self._columns.learned else ():
            self._look_at_dates(self._columns.find(record.cells))
        for order in self._orders.values():
            order.is_day_first = is_of_other_language(seen)
        if "text" in self._columns.learned or any(self._columns.is_record(record.cells) for record in first):
            return
        self._summary = self._columns.summary(c for one in first for c, v in one.cells.items() if not is_empty(v))
        if self._summary:
            self._columns.take_summaries()
        elif not self._columns.has_text(seen) and not any(map(self._version, first)):  # which may withdraw an article
            said = f"no column of article text; {there}; name the right one with --map text=COLUMN"
            raise SourceError(f"{self._source}: {said}")

    def _has(self, record: Record, name: str) -> bool:
        given = name.split(".")
        cells: Any = record.cells
        return name in map(plain, cells) or (len(given) > 1 and any(plain(c) == given[0] for c in cells))

    # One record

    def _version(self, record: Record) -> Version | None:
        """The version of an agency's item that the record is."""
        if not NAMES_OF_VERSIONS & {plain(name) for layer in self._columns.layers(record.cells) for name in layer}:
            return None
        return version_of({name: cells[0].value for name, cells in self._columns.by_name(record.cells).items()})

    def _raw(self, found: Mapping[str, list[Cell]]) -> tuple[str, str]:
        """The text of a record as it stands there, and the column that it is from."""
        cells = found.get("text", [])
        told = ((text_of(c.value), c.column) for c in cells if self._columns.is_text(c.column, c.value))
        return next(told, ("", ""))

    def _facts(self, found: Mapping[str, list[Cell]]) -> tuple[dict[str, Any], dict[str, str]]:
        """The fields of the article by name, and where each is from."""
        read: Mapping[str, Callable[[Cell], str]] = {
            "title": lambda cell: title_of(cell.value),
            "outlet": lambda cell: outlet_of(cell.value),
            "url": lambda cell: line if is_address(line := line_of(cell.value)) else "",
        }
        facts: dict[str, Any] = {}
        origins: dict[str, str] = {}
        for field, reader in read.items():
            told = ((value, cell.column) for cell in found.get(field, ()) if (value := reader(cell)))
            facts[field], column = next(told, ("", ""))
            origins[field] = f"column {short(column)}"
        names = ((_people(cell, facts["outlet"]), cell.column) for cell in found.get("author", ()))
        facts["author"], column = next((one for one in names if one[0]), ("", ""))
        origins["author"] = f"column {short(column)}"
        if not facts["url"]:  # some call the address a source
            addresses = ((line_of(cell.value), cell.column) for cell in found.get("outlet", ()))
            facts["url"], column = next((one for one in addresses if is_address(one[0])), ("", ""))
            origins["url"] = f"column {short(column)}"
        for field in _DAYS:
            facts[field], column = self._day(found.get(field, ()))
            origins[field] = f"column {short(column)}"
        return facts, origins

    def _day(self, cells: "list[Cell] | tuple[()]") -> tuple[date | None, str]:
        """The first day that one of the cells tells. What else they hold is told as unread only where none does."""
        tried: list[tuple[DayOrder, int]] = []
        for cell in cells:
            order = self._order(cell.column)
            tried.append((order, len(order.unread)))
            if day := next(filter(None, map(order.read, days_of(cell.value))), None):
                for one, before in tried:
                    del one.unread[before:]
                return day, cell.column
        return None, ""

    def _order(self, column: str) -> DayOrder:
        return self._orders.setdefault(column, DayOrder())

    def _note_unread(self, record: Record, text_column: str) -> None:
        for layer in self._columns.layers(record.cells):
            for column, value in layer.items():
                if column not in self._unread and column != text_column and not is_empty(value):
                    self._unread |= {} if self._columns.is_known(column) else {column: None}


def _people(cell: Cell, outlet: str) -> str:
    return people_of(cell.value, outlet, is_byline=plain(cell.column.rpartition(".")[2]).startswith("by"))


def _of_agency(found: Mapping[str, list[Cell]]) -> dict[str, list[Cell]]:
    """The same with the headline first: what an agency calls a title may be its own name for the item."""
    titles = sorted(found.get("title", ()), key=lambda cell: not plain(cell.column).startswith("headline"))
    return {**found, "title": titles}


def _told_of_dates(column: str, order: DayOrder) -> str:
    values = Counter(order.unread)
    count, example = values.total(), values.most_common(1)[0][0]
    dates = f"column {short(column)}: {count} date{'s' * (count > 1)} not read, such as {example!r}"
    return f"{dates}; some rows have the day first, others the month" if order.is_contradictory else dates


def _first(found: Mapping[str, list[Cell]], field: str) -> object:
    cells = found.get(field)
    return cells[0].value if cells else ""


def _raising(error: SourceError) -> Records:
    raise error
    yield error
