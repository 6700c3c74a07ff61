"""Filters as flags of the command line."""

import argparse
import contextlib
from collections.abc import Iterator
from datetime import date

from index.errors import SettingsError, UnknownName
from index.filters import Filters


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The flags that `search`, `ask` and `list` share."""
    parser.add_argument("--since", metavar="DATE", help="only what was published on this day or later, YYYY-MM-DD")
    parser.add_argument("--until", metavar="DATE", help="only what was published until this day, YYYY-MM-DD")
    for name, what in (("outlet", "from this outlet, by its name or its site"), ("author", "by this author")):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar="NAME", help=f"only {what}; may be given several times"
        )


def add_question_filters(parser: argparse.ArgumentParser) -> None:
    """The same, and those that only a question has."""
    add_filters(parser)
    parser.add_argument(
        "--article",
        action="append",
        default=[],
        metavar="ID",
        help="only from this article, by its id or the beginning of it; may be given several times",
    )
    parser.add_argument("--any-time", action="store_true", help="do not read dates out of the question")


def filters_of(options: argparse.Namespace) -> Filters:
    """The filters among the options. Raises SettingsError."""
    since, until = day_of("--since", options.since), day_of("--until", options.until)
    if since and until and since > until:
        raise SettingsError(f"--since {since} is after --until {until}; no day lies between")
    articles = tuple(getattr(options, "article", ()))
    return Filters(since, until, tuple(options.outlet), tuple(options.author), articles)


@contextlib.contextmanager
def names_as_flags() -> Iterator[None]:
    """A name that is not there is told with its flag."""
    try:
        yield
    except UnknownName as error:
        raise SettingsError(f"--{error.kind}: {error}") from error


def day_of(flag: str, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise SettingsError(f"{flag} is {value!r}; write the date as YYYY-MM-DD") from error
