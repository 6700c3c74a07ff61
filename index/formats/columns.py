"""Which part of a record holds which field of an article: by its usual names in many languages, or by what it holds.

Columns finds the fields by name, however nested; learn finds columns whose names say nothing: the long prose, the one
column of dates, of addresses. DayOrder reads the dates of a column, where one row such as 10/16/2020 tells the order of
all.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from statistics import fmean
from typing import Any, NamedTuple

from index.english import lexicon
from index.formats.cells import is_empty, plain, text_of
from index.formats.readings import FIELDS, ReadOptions, is_address
from index.formats.wire import NAMES_OF_ITEMS, NAMES_OF_VERSIONS
from index.times.written_dates import make_date, parse_date, read_date

_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_DEEPEST = 5
# A day and a month, in whichever order, and a year, with or without a time behind it.
_NUMERIC = re.compile(r"\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_MOST_RECORDS = 200  # are looked at
_PROSE = 100  # characters that a text has on average, and words in the same way
_PROSE_WORDS = 12
_TITLE = range(8, 160)


class Cell(NamedTuple):
    """A value that may hold a field, and the name of its column as it is written."""

    value: Any
    column: str


class Columns:
    """Which cells of a record may hold a field: the one that `--map` names, else those of the usual names.

    `learned` are further columns by field, taken where no usual name has a value.
    """

    def __init__(self, options: ReadOptions) -> None:
        mapped = {field: (plain(column),) for field, column in options.columns.items()}
        taken = {column for (column,) in mapped.values()}
        self._names = {field: tuple(n for n in _USUAL[field] if n not in taken) for field in FIELDS} | mapped
        self._index()
        self._last: tuple[Mapping[str, Any], list[dict[str, Any]]] = ({}, [{}])
        self._summaries = () if "text" in mapped else _SUMMARIES
        self.learned: dict[str, str] = {}
        self.takes_summaries = False

    def take_summaries(self) -> None:
        """From now on a summary is a text."""
        self._names["text"] = (*self._names["text"], *self._summaries)
        self._index()
        self.takes_summaries = True

    def has_text(self, columns: Iterable[str]) -> bool:
        """Whether one of these columns is of the text, by its name."""
        return not self._text.isdisjoint(map(plain, columns))

    def summary(self, columns: Iterable[str]) -> str:
        """The column that stands in for the text where there is none; "" for none."""
        by_name = {plain(column): column for column in columns}
        return next((by_name[name] for name in self._summaries if name in by_name), "")

    def is_known(self, column: str) -> bool:
        """Whether the name is one that Byline looks for, or was given or learned."""
        name = plain(column)
        if name in _EVERY or name in _ENVELOPES or name in self._places:
            return True
        return name in map(plain, self.learned.values())

    def is_titled(self, cells: Mapping[str, Any]) -> bool:
        """Whether a record has a title or a day, by the names of its cells."""
        return any(plain(name) in _TITLES for layer in self.layers(cells) for name in layer)

    def is_record(self, value: object) -> bool:
        """Whether a value is an object that holds a text of its own or in an object within it."""
        return isinstance(value, dict) and self._core(value, 0) is not None

    def has_own_text(self, cells: Mapping[str, Any]) -> bool:
        """Whether a record's text is one of its own cells, not in an object within; or it is an agency's item.

        That may have no text: a picture, or the notice that an item is withdrawn.
        """
        names = [plain(name) for name in cells]
        is_item = not NAMES_OF_VERSIONS.isdisjoint(names) and not {"altids", *NAMES_OF_ITEMS}.isdisjoint(names)
        texts = zip(names, cells.items(), strict=True)
        return is_item or any(name in self._text and self.is_text(*cell) for name, cell in texts)

    def layers(self, cells: Mapping[str, Any]) -> "list[dict[str, Any]]":
        """The record's own cells, and if its text is in an object within, that object's before them."""
        if cells is self._last[0]:  # asked for several times of each record
            return self._last[1]
        core = self._core(cells, 0) or []
        layers, within = [dict(cells)], cells
        for key in core:
            layers[-1].pop(key, None)
            within = within[key]
            layers.append(dict(within))
        self._last = (cells, layers[::-1])
        return self._last[1]

    def by_name(self, cells: Mapping[str, Any]) -> dict[str, list[Cell]]:
        """The cells that have a value by their plain names, those of objects within by their way: `headline.main`.

        Of several with the same name the record's own is first.
        """
        by_name: dict[str, list[Cell]] = {}
        for layer in self.layers(cells):
            _take(by_name, layer)
        return by_name

    def find(self, cells: Mapping[str, Any]) -> dict[str, list[Cell]]:
        """For each field the cells that may hold it and have a value, the more telling ones first."""
        by_name = self.by_name(cells)
        ranked: dict[str, list[tuple[int, Cell]]] = {}
        for name in by_name.keys() & self._places.keys():
            for field, place in self._places[name]:
                ranked.setdefault(field, []).extend((place, cell) for cell in by_name[name])
        found = {field: [cell for _, cell in sorted(cells, key=_place)] for field, cells in ranked.items()}
        for field, column in self.learned.items():
            found[field] = found.get(field) or by_name.get(plain(column), [])
        return found

    def _index(self) -> None:
        """The fields that a column of each name may be of, and where among the names of that field it stands."""
        self._text = frozenset(self._names["text"])
        self._places: dict[str, list[tuple[str, int]]] = {}
        for field, names in self._names.items():
            for place, name in enumerate(names):
                self._places.setdefault(name, []).append((field, place))

    def _core(self, cells: Mapping[str, Any], depth: int) -> "list[str] | None":
        """The way to the object that holds the text: no step where it is this one, None where there is none."""
        if self.has_own_text(cells):
            return []
        if depth < _DEEPEST:
            for key, value in cells.items():
                if isinstance(value, dict) and (way := self._core(value, depth + 1)) is not None:
                    return [key, *way]
        return None

    def is_text(self, name: str, value: object) -> bool:
        """Whether a cell is a text, and not an object that holds an article, nor the whole page that it is from."""
        if plain(name) == "html" and not (isinstance(value, str) and not _PAGE.match(value)):
            return False
        if any(self._is_article(one) for one in (value if isinstance(value, list) else [value])):
            return False
        return bool(text_of(value).strip())

    def _is_article(self, value: object) -> bool:
        titled = isinstance(value, dict) and any(plain(key) in _TITLES for key in value)
        return titled and self._core(value, 1) is not None  # type: ignore[arg-type]


def usual_names() -> frozenset[str]:
    """The usual names of all fields, plain."""
    return _EVERY


def is_of_other_language(columns: Iterable[str]) -> bool:
    """Whether one of these columns has a name in a language other than English, all of which write the day first."""
    return not _OF_OTHER_LANGUAGES.isdisjoint(map(plain, columns))


def short(column: str) -> str:
    """The name of a column, as a message shows it."""
    return " ".join(column.split())[:60]


def named(columns: Iterable[str]) -> str:
    """The names of the columns, as a message shows them."""
    names = [short(column) or "(no name)" for column in columns]
    return ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")


def learn(columns: Columns, records: Sequence[Mapping[str, Any]]) -> None:
    """Let `columns` learn of the text, the day, the address and the title, each where one column alone can be it.

    Nothing is learnt of a field that some record has under a usual name, no title where there is one record, and
    nothing at all of a single column: those may be the lines of a text.
    """
    records = records[:_MOST_RECORDS]
    if max(map(len, records), default=0) < 2:
        return
    known = {field for cells in records for field, found in columns.find(cells).items() if found}
    if {"text", "published", "url", "title"} <= known:
        return
    values = _values(columns, records)
    if "text" not in known:
        text = _longest(values)
        if not text:
            return  # not a table of articles
        columns.learned["text"] = text
        del values[text]
    kinds = {"published": _are_dates, "url": _are_addresses, "title": _are_titles}
    for field, is_kind in kinds.items():
        fitting = [column for column, held in values.items() if is_kind(held)]
        if len(fitting) == 1:
            if field not in known:
                columns.learned[field] = fitting[0]
            del values[fitting[0]]


class DayOrder:
    """What the dates of one column have told. `is_day_first` is what the column's language does, if anything.

    `unread` holds the values that were no date, or may be two.
    """

    def __init__(self) -> None:
        self.is_day_first = False
        self.unread: list[str] = []
        self._days_first = self._months_first = 0

    @property
    def is_contradictory(self) -> bool:
        """Whether some rows have the day first and others the month."""
        return bool(self._days_first and self._months_first)

    def look_at(self, value: object) -> bool:
        """Learn from a value of the column; True where it is one of those whose order can be in question."""
        found = _NUMERIC.match(value) if isinstance(value, str) else None
        if not found:
            return False
        first, second = int(found[1]), int(found[3])
        if 12 < first <= 31 and second <= 12 and found[2] != ".":
            self._days_first += 1
        elif first <= 12 < second <= 31:
            self._months_first += 1
        return True

    def read(self, value: object) -> date | None:
        """The day that a value of the column names; None where there is none, or it may be one of two."""
        found = _NUMERIC.match(value) if isinstance(value, str) else None
        day = self._numeric(found) if found else parse_date(value)
        if day is None and not found and isinstance(value, str):
            day = read_date(value)
        if day is None and isinstance(value, str) and value.strip():
            self.unread.append(" ".join(value.split())[:40])
        return day

    def _numeric(self, found: re.Match[str]) -> date | None:
        first, second, year = int(found[1]), int(found[3]), _year(found[4])
        ways = [make_date(year, month, day) for day, month in dict.fromkeys([(first, second), (second, first)])]
        possible = [day for day in ways if day]
        if len(possible) < 2:
            return possible[0] if possible else None
        if self.is_contradictory:
            return None
        if self._months_first:
            return possible[1]
        return possible[0] if self._days_first or self.is_day_first or found[2] == "." else None


# Helpers


def _place(ranked: tuple[int, Cell]) -> int:
    return ranked[0]


def _take(by_name: dict[str, list[Cell]], layer: Mapping[str, Any]) -> None:
    """Take in the cells of a layer by their plain names, then those of the objects in it."""
    for column, value in layer.items():
        if not is_empty(value):
            by_name.setdefault(plain(column), []).append(Cell(value, column))
    for name, cell in _within(layer, "", depth=0):
        by_name.setdefault(name, []).append(cell)


def _within(layer: Mapping[str, Any], above: str, depth: int) -> Iterator[tuple[str, Cell]]:
    """The cells of the objects in a layer: all by their way, as `--map` may name them, some by their name alone."""
    for column, value in layer.items():
        if not isinstance(value, dict) or depth > 2:
            continue
        way = f"{above}{column}."
        is_envelope = plain(column) in _ENVELOPES
        for inner, held in value.items():
            if not is_empty(held):
                yield plain(f"{way}{inner}"), Cell(held, f"{way}{inner}")
                if is_envelope and plain(inner) in _FROM_ENVELOPES:
                    yield plain(inner), Cell(held, f"{way}{inner}")
        yield from _within(value, way, depth + 1)


def _values(columns: Columns, records: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The texts in each column of no known name, where most records have one."""
    found: dict[str, list[str]] = {}
    for cells in records:
        for column, value in cells.items():
            if isinstance(value, str) and not is_empty(value) and not columns.is_known(column):
                found.setdefault(column, []).append(value.strip())
    return {column: held for column, held in found.items() if 2 * len(held) > len(records)}


def _longest(values: Mapping[str, list[str]]) -> str:
    """The column of the longest prose; "" where no column holds prose."""
    lengths = {column: fmean(map(len, held)) for column, held in values.items()}
    best = max(lengths, key=lambda column: lengths[column], default="")
    if not best or lengths[best] < _PROSE:
        return ""
    return best if fmean(len(text.split()) for text in values[best]) >= _PROSE_WORDS else ""


def _are_dates(held: Sequence[str]) -> bool:
    order = DayOrder()
    numeric = [order.look_at(text) for text in held]
    return all(
        len(text) < 60 and (is_numeric or order.read(text)) for text, is_numeric in zip(held, numeric, strict=True)
    )


def _are_addresses(held: Sequence[str]) -> bool:
    return all(map(is_address, held)) and len(set(held)) == len(held)


def _are_titles(held: Sequence[str]) -> bool:
    """Whether they are lines of several words, no two alike, and not names, of which each word has a capital."""
    if len(held) < 2 or len(set(held)) < 0.9 * len(held) or not all("\n" not in text for text in held):
        return False
    words = [text.split() for text in held]
    names = sum(all(word[:1].isupper() for word in each) and len(each) < 5 for each in words)
    return int(fmean(map(len, held))) in _TITLE and fmean(map(len, words)) >= 2 and 2 * names < len(held)


def _year(written: str) -> int:
    """The year; of two digits the one that was last."""
    if len(written) == 4:
        return int(written)
    this = date.today().year
    year = this - this % 100 + int(written)
    return year if year <= this else year - 100


# The names

_NAMES = lexicon("columns", __package__)
_ENGLISH = {field: tuple(map(plain, names.split())) for field, names in _NAMES.table("english").items()}
_OTHERS = {field: tuple(map(plain, names.split())) for field, names in _NAMES.table("other_languages").items()}
_USUAL = {field: tuple(dict.fromkeys((*_ENGLISH[field], *_OTHERS[field]))) for field in FIELDS}
_SUMMARIES = tuple(map(plain, _NAMES.listed("summaries")))
_ENVELOPES = _NAMES.words("envelopes")
_TITLES = frozenset((*_USUAL["title"], *_USUAL["published"]))
_EVERY = frozenset((*chain(*_USUAL.values()), *_SUMMARIES))
_OF_OTHER_LANGUAGES = (
    frozenset(chain(*_OTHERS.values()))
    - {*chain(*_ENGLISH.values()), *_SUMMARIES, *_ENVELOPES}
    - _NAMES.words("of_any_language")
)
_FROM_ENVELOPES = frozenset(name for field, names in _USUAL.items() if field not in ("id", "text") for name in names)
