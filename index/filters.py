"""Which articles a search looks at, and how people write that down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.errors import FieldError
from index.times import Window
from index.times.time_in import time_in
from index.times.written_dates import read_date

Names = str | Sequence[str] | None
"""One name or several; "" and None are none."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Nothing set means all articles; of several outlets, authors or articles any one will do.

    `since` and `until` are days of publication, both included. `articles` are ids.
    """

    since: date | None = None
    until: date | None = None
    outlets: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    @classmethod
    def read(
        cls,
        since: str | None = None,
        until: str | None = None,
        outlets: Names = None,
        authors: Names = None,
        articles: Names = None,
    ) -> "Filters":
        """The filters as they are written: `since` from the first of the days that it names, `until` to the last.

        Raises FieldError for what names no days, and where none lies between the two.
        """
        first, last = days_written("since", since).first, days_written("until", until).last
        if first and last and first > last:
            raise FieldError("since", f"{first} is after {last}; no day lies between")
        return cls(first, last, _names(outlets), _names(authors), _names(articles))

    def window(self, as_of: date) -> Window:
        """The days looked at by a search on `as_of`, which sees nothing later."""
        return Window(self.since, min(self.until or as_of, as_of))


ALL = Filters()

_FORMS = "write it as YYYY-MM-DD, or as in 5 Oct 2020, October 2020, yesterday, last week"


def day_written(kind: str, text: str | None) -> date | None:
    """The one day that a text names, None for an empty one; see `days_written`. Raises FieldError, also for several."""
    days = days_written(kind, text)
    if days.first != days.last:
        raise FieldError(kind, f"{text!r} is more than one day; write one, such as 2020-10-05 or yesterday")
    return days.first


def days_written(kind: str, text: str | None) -> Window:
    """The days that a text names, all days for an empty one: `2020-10-05`, `20201005`, `5 Oct 2020`, `October 2020`,
    `yesterday`, `last week`.

    Raises FieldError of this kind for any other text.
    """
    written = " ".join((text or "").split())
    if not written:
        return Window()
    if found := _one_day(written):
        return Window(found, found)
    time = time_in(written, date.today())
    if time and time.text == written and time.kind != "newest" and time.window.first:
        return time.window
    raise FieldError(kind, f"{written!r} names no day; {_FORMS}")


def _one_day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return read_date(written)


def _names(given: Names) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) and given else tuple(given or ())
