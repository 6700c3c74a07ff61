"""Time: the days that a search looks at, and what a question's words say of them.

Dates in questions are read by `index.times.time_in`, those that articles carry by `index.times.written_dates`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Window:
    """From `first` to `last`, both included; None is open. An undated article is in one without a first day."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date | None) -> bool:
        if day is None:
            return self.first is None
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def narrowed(self, other: "Window") -> "Window":
        """The days that are in both."""
        return Window(
            max(filter(None, (self.first, other.first)), default=None),
            min(filter(None, (self.last, other.last)), default=None),
        )

    @property
    def numbers(self) -> tuple[int, int]:
        """The least and greatest day number (see `day_number`) within."""
        return day_number(self.first), day_number(self.last or date.max)


def day_number(day: date | None) -> int:
    """Days since the year 1; 0 for an unknown day."""
    return day.toordinal() if day else 0


Kind = Literal["within", "near", "newest"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """The words `text[start:end]` of a question and the days that they mean.

    `kind` says how search takes them: `within`, nothing else is found; `near`, what was published then comes first;
    `newest`, of all days up to `window.last` the latest come first.
    """

    text: str
    start: int
    end: int
    window: Window
    kind: Kind
