"""Filters as flags of the command line."""

import argparse
import contextlib
from collections.abc import Iterator

from index.errors import FieldError, SettingsError


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The flags that `search`, `ask` and `list` share."""
    parser.add_argument(
        "--since", metavar="DATE", help='only what was published on this day or later: 2020-10-05, "last week"'
    )
    parser.add_argument("--until", metavar="DATE", help='only what was published until this day: "October 2020"')
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


@contextlib.contextmanager
def flags_named() -> Iterator[None]:
    """What cannot be read, and a name that is not there, are told with their flag."""
    try:
        yield
    except FieldError as error:
        if error.kind == "question":
            raise
        raise SettingsError(f"--{error.kind.replace(' ', '-')}: {error}") from error
