"""Columns whose names say nothing, known by what they hold: the long prose, the one column of dates, of addresses."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from index.formats.cells import is_empty
from index.formats.columns import Columns
from index.formats.day_order import DayOrder

_MOST_RECORDS = 200  # are looked at
_PROSE = 100  # characters that a text has on average, and words in the same way
_PROSE_WORDS = 12
_TITLE = range(8, 160)
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


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
    lengths = {column: _mean(map(len, held)) for column, held in values.items()}
    best = max(lengths, key=lambda column: lengths[column], default="")
    words = _mean(len(text.split()) for text in values.get(best, ()))
    return best if best and lengths[best] >= _PROSE and words >= _PROSE_WORDS else ""


def _are_dates(held: Sequence[str]) -> bool:
    order = DayOrder()
    numeric = [order.look_at(text) for text in held]
    return all(
        len(text) < 60 and (is_numeric or order.read(text)) for text, is_numeric in zip(held, numeric, strict=True)
    )


def _are_addresses(held: Sequence[str]) -> bool:
    return all(map(_URL.fullmatch, held)) and len(set(held)) == len(held)


def _are_titles(held: Sequence[str]) -> bool:
    """Whether they are lines of several words, no two alike, and not names, of which each word has a capital."""
    if len(held) < 2 or len(set(held)) < 0.9 * len(held) or not all("\n" not in text for text in held):
        return False
    words = [text.split() for text in held]
    names = sum(all(word[:1].isupper() for word in each) and len(each) < 5 for each in words)
    return int(_mean(map(len, held))) in _TITLE and _mean(map(len, words)) >= 2 and 2 * names < len(held)


def _mean(numbers: Iterable[int]) -> float:
    listed = list(numbers)
    return sum(listed) / max(1, len(listed))
