"""The command line. stdout is data, stderr is for people; errors are one line and an exit code.

Exit codes: 0 done (a refusal to answer is an answer), 1 an unexpected failure, 2 a wrong argument or setting,
3 a source or article that is missing or unreadable, 4 a collection that cannot be used, 5 a language model
that failed, 130 interrupted.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any

from index.errors import BylineError
from ui.commands import (
    Commands,
    Parser,
    add,
    articles,
    ask,
    benchmark,
    collections,
    completion,
    evaluate,
    serve,
    try_models,
)

_COMMANDS = (serve, ask, evaluate, add, articles, collections, benchmark, try_models, completion)
"""The modules of the commands, in the order in which the help lists these."""

_EXAMPLES = """\
examples:
  byline                                       the chat, in the browser
  byline add articles/ https://news.example    files, folders, web pages, feeds
  byline ask "Why did Canada suspend the permits?" --since "last week"
  byline chat --terminal --llm ollama:llama3.2
  byline search "export permits" --explain
  byline COMMAND --help                        what else a command takes
"""
EXIT_CODES = """\
exit codes:
  0  done (that the collection does not hold the answer is an answer, and so are quotes in place of a model that failed)
  1  an unexpected failure
  2  a wrong argument or setting
  3  a source or article is missing or unreadable
  4  the collection cannot be used
  5  the language model or embedding model failed
  130  interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parsed(sys.argv[1:] if arguments is None else arguments)
    # numpy's other threads wait for small products by spinning, which costs an answer a seventh of its processor time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    others = os.umask(0o077)  # what is written is for this user alone; see also `ui.opening`
    try:
        code: int = options.run(options)
        return code
    except BylineError as error:
        print(f"byline: {' '.join(str(error).split())}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("byline: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read our output has left; keep the interpreter from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("BYLINE_DEBUG"):
            raise
        what = f"{type(error).__name__}: {' '.join(str(error).split())}"
        print(f"byline: unexpected failure ({what}); set BYLINE_DEBUG=1 to see where", file=sys.stderr)
        return 1
    finally:
        os.umask(others)


def build_parser() -> Parser:
    """The parser of the whole command line; the docs are generated from it."""
    parser = Parser(
        prog="byline",
        description="Ask a collection of news articles; every sentence of the answer carries its source. "
        "Without a command, the chat opens in the browser.",
        epilog=f"{_EXAMPLES}\n{EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version)
    _add_common(parser, None)
    common = Parser(add_help=False)
    _add_common(common, argparse.SUPPRESS)
    commands = Commands(parser, common)
    for module in _COMMANDS:
        module.add_to(commands)
    parser.set_defaults(parser=parser)  # for `byline completion`
    return parser


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = build_parser()
    options = parser.parse_args(arguments)
    return options if options.command else parser.parse_args([*arguments, "chat"])


class _Version(argparse._VersionAction):
    """Prints the version and leaves. It is looked up only then, for what knows it takes a while to import."""

    def __call__(self, *given: Any) -> None:
        from importlib.metadata import version

        self.version = f"byline {version('byline')}"
        super().__call__(*given)


def _add_common(parser: Parser, default: str | None) -> None:
    """The flags that all commands take, before their name or after it."""
    parser.add_argument(
        "--home",
        metavar="DIR",
        default=default,
        help="folder of the collections (else BYLINE_HOME, else the platform's)",
    )
    parser.add_argument("--collection", metavar="NAME", default=default, help="which collection (else the default one)")
    parser.add_argument(
        "--chroma", metavar="URL", default=default, help="keep the vectors in the Chroma server at http://HOST:PORT"
    )
    parser.add_argument(
        "--wait", metavar="SECONDS", default=default, help="how long to wait for another process that writes (600)"
    )


if __name__ == "__main__":
    sys.exit(main())
