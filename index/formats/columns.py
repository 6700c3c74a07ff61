"""Which column of a table holds which field of an article, found by its usual names."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from index.formats.base import ReadOptions

# For each field the usual names of its column, the more telling ones first.
NAMES = {
    "title": "title headline name",
    "text": "text body content article article_text fulltext maintext",
    "published": "published date publish_date published_at pubdate datepublished date_published created_at",
    "updated": "updated modified datemodified date_modified",
    "url": "url link source_url",
    "outlet": "outlet source publisher site source_name media newspaper",
    "author": "author byline authors creator",
    "id": "id",
}
NOTHING = {"nan", "NaN", "null", "NULL", "None", "NaT", "N/A", "n/a", "~"}  # as exports write an empty cell


class Columns:
    """Which column of a record holds a field: the one that `--map` names, else the first usual name with a value."""

    def __init__(self, options: ReadOptions) -> None:
        mapped = {field: (plain(column),) for field, column in options.columns.items()}
        taken = {column for (column,) in mapped.values()}
        usual = {field: tuple(plain(name) for name in names.split()) for field, names in NAMES.items()}
        self._names = {field: tuple(n for n in names if n not in taken) for field, names in usual.items()} | mapped

    def has_text(self, cells: Iterable[str]) -> bool:
        return not {plain(column) for column in cells}.isdisjoint(self._names["text"])

    def find(self, cells: Mapping[str, Any]) -> "dict[str, tuple[Any, str]]":
        """For each field that has a value: the value and the column it is in."""
        by_name: dict[str, tuple[Any, str]] = {}
        for column, value in cells.items():
            if value and not (isinstance(value, str) and (value.isspace() or value in NOTHING)):
                by_name.setdefault(plain(column), (value, column))
        return {
            field: found
            for field, names in self._names.items()
            if (found := next((by_name[name] for name in names if name in by_name), None))
        }


def usual_names() -> set[str]:
    """The usual names of all fields, plain."""
    return {plain(name) for names in NAMES.values() for name in names.split()}


@lru_cache(maxsize=4096)
def plain(column: str) -> str:
    """The name of a column without what exports write in different ways."""
    return re.sub(r"[\s_-]+", "", column).casefold()


def short(column: str) -> str:
    """The name of a column, as a message shows it."""
    return " ".join(column.split())[:60]


def named(columns: Iterable[str]) -> str:
    """The names of the columns, as a message shows them."""
    names = [short(column) or "(no name)" for column in columns]
    return ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")
