"""The dates of a table's column: one row, such as 10/16/2020, tells whether the month stands first in all of them."""

import re
from dataclasses import dataclass, field
from datetime import date

from index.times.written_dates import make_date, parse_date, read_date

# A day and a month, in whichever order, and a year, with or without a time behind it.
_NUMERIC = re.compile(r"\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")


@dataclass
class DayOrder:
    """What the dates of one column have told. `is_day_first` is what the column's language does, if anything.

    `unread` holds the values that were no date, or may be two.
    """

    is_day_first: bool = False
    unread: list[str] = field(default_factory=list)
    _days_first: int = 0
    _months_first: int = 0

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


def _year(written: str) -> int:
    """The year; of two digits the one that was last."""
    if len(written) == 4:
        return int(written)
    this = date.today().year
    year = this - this % 100 + int(written)
    return year if year <= this else year - 100
