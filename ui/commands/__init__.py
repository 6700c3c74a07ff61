"""The commands of `byline`: each module here adds one, or a few that belong together, by its function `add_to`.

The flags of a command stand beside its run. `byline --help` imports all of these modules, so that what a run needs is
imported when it runs; here stand the flags that several commands share.
"""

import argparse
import contextlib
from collections.abc import Callable, Iterator
from typing import NoReturn

from assistant.models import FAMILIES
from index.errors import FieldError, SettingsError


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, as all of ours."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"byline: {message}; `{self.prog} --help` shows how\n")


class Commands:
    """The commands of a parser, as they are added. `common` has the flags that all of them take."""

    def __init__(self, parser: Parser, common: Parser) -> None:
        self._parsers = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
        self._common = common

    def add(self, name: str, run: Callable[[argparse.Namespace], int], help: str, *, collection: bool = True) -> Parser:
        """A command, to which its flags are yet to be added: `run` takes what was given and returns the exit code.

        One that has nothing to do with a collection does without the common flags.
        """
        parser: Parser = self._parsers.add_parser(name, parents=[self._common] if collection else [], help=help)
        parser.set_defaults(run=run)
        return parser


def add_json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def add_llm(parser: Parser) -> None:
    parser.add_argument(
        "--llm", metavar="SPEC", help=f"extractive (default), {', '.join(family.form for family in FAMILIES.values())}"
    )


def add_reranker(parser: Parser) -> None:
    parser.add_argument(
        "--reranker",
        metavar="SPEC",
        help="rank the best passages again: reader (default), none, a folder with an ONNX cross-encoder, "
        "http://HOST:PORT, or MODULE:CLASS",
    )


def add_answering(parser: Parser) -> None:
    """The flags of the commands that answer."""
    add_llm(parser)
    add_reranker(parser)
    parser.add_argument(
        "--answers",
        metavar="HOW",
        help="how sure a quoted answer must be: careful, balanced (default) or eager",
    )
    parser.add_argument(
        "--unsupported",
        metavar="WHAT",
        help="what becomes of a sentence that no source supports: show (default), or 'leave out'",
    )


def add_filters(parser: Parser) -> None:
    """The filters, under the names that `index.filters.Filters.read` has for them."""
    parser.add_argument(
        "--since", metavar="DATE", help='only what was published on this day or later: 2020-10-05, "last week"'
    )
    parser.add_argument("--until", metavar="DATE", help='only what was published until this day: "October 2020"')
    _add_names(parser, "outlet", "NAME", "from this outlet, by its name or its site")
    _add_names(parser, "author", "NAME", "by this author")


def add_question_filters(parser: Parser) -> None:
    """What narrows a question down, under the names that `assistant.request.Request.read` has for it."""
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        help="answer as on this day, YYYY-MM-DD or in words; later articles are not seen (today)",
    )
    add_filters(parser)
    _add_names(parser, "article", "ID", "from this article, by its id or the beginning of it")
    parser.add_argument("--any-time", action="store_true", help="do not read dates out of the question")


def _add_names(parser: Parser, kind: str, metavar: str, what: str) -> None:
    parser.add_argument(
        f"--{kind}",
        dest=f"{kind}s",
        action="append",
        default=[],
        metavar=metavar,
        help=f"only {what}; may be given several times",
    )


_FLAGS = {"kind": "as"}  # fields of a request whose flag has another name


@contextlib.contextmanager
def flags_named() -> Iterator[None]:
    """Within it, what cannot be read, and a name that no article has, are errors that name their flag."""
    try:
        yield
    except FieldError as error:
        if error.kind == "question":
            raise
        flag = _FLAGS.get(error.kind, error.kind.replace(" ", "-"))
        raise SettingsError(f"--{flag}: {error}") from error
