"""The reference of the command line, written from its parser.

`uv run python -m ui.reference > docs/cli.md`
"""

import argparse
from collections.abc import Iterator, Set

from ui.cli import EXIT_CODES, build_parser


def reference() -> str:
    """docs/cli.md; a test holds the file against this."""
    return "\n".join(_lines(build_parser())) + "\n"


def _lines(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield "# The command line"
    yield ""
    yield "<!-- Written by `uv run python -m ui.reference > docs/cli.md`. -->"
    yield ""
    yield f"{parser.description} stdout is data, stderr is for people."
    yield ""
    yield from _table(parser)
    commands = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    shared = {option for action in parser._actions for option in action.option_strings}
    for choice in commands._choices_actions:
        command = commands.choices[choice.dest]
        yield ""
        yield f"## byline {' '.join([choice.dest, *_positionals(command)])}"
        yield ""
        yield f"{str(choice.help)[0].upper()}{str(choice.help)[1:]}."
        yield ""
        yield from _table(command, shared)
    yield ""
    yield "## Exit codes"
    yield ""
    yield "```"
    yield from EXIT_CODES.splitlines()[1:]
    yield "```"


def _table(parser: argparse.ArgumentParser, shared: Set[str] = frozenset()) -> Iterator[str]:
    actions = [a for a in parser._actions if not isinstance(a, argparse._SubParsersAction)]
    shown = [a for a in actions if not shared & set(a.option_strings)]
    if shown:
        yield "| | |"
        yield "|-|-|"
    for action in shown:
        name = ", ".join(action.option_strings) or str(action.metavar)
        value = f" {action.metavar}" if action.option_strings and action.metavar else ""
        yield f"| `{name}{value}` | {action.help} |"


def _positionals(parser: argparse.ArgumentParser) -> list[str]:
    found = [a for a in parser._actions if not a.option_strings]
    marks = {"+": "{}…", "?": "[{}]"}
    return [marks.get(str(a.nargs), "{}").format(a.metavar) for a in found]


if __name__ == "__main__":
    print(reference(), end="")
