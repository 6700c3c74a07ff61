"""The command line. stdout is data, stderr is for people; errors are one line and an exit code.

Exit codes: 0 done (a refusal to answer is an answer), 1 an unexpected failure, 2 a wrong argument or setting,
3 a source or article that is missing or unreadable, 4 a collection that cannot be used, 5 a language model
that failed, 130 interrupted.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from typing import NoReturn

from assistant.models import FAMILIES
from index.errors import BylineError
from ui import collections
from ui.filtering import add_filters, add_question_filters

_PLACES = {
    **dict.fromkeys(("chat", "serve", "mcp", "ask", "search", "eval", "bench"), "ui.asking"),
    "models": "ui.trying_models",
    "collections": "ui.collections",
    "completion": "ui.reference",
}
"""The module of a command; the others are in `ui.keeping`."""

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
    options = build_parser().parse_args(arguments)
    # numpy's other threads wait for small products by spinning, which costs an answer a seventh of its processor time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    others = os.umask(0o077)  # what is written is for this user alone; see also `ui.opening`
    try:
        return _run(options)
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


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, as all of ours."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"byline: {message}; `{self.prog} --help` shows how\n")


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; the docs are generated from it."""
    parser = _Parser(
        prog="byline",
        description="Ask a collection of news articles; every sentence of the answer carries its source. "
        "Without a command, the chat opens in the browser.",
        epilog=f"{_EXAMPLES}\n{EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"byline {version('byline')}")
    _add_globals(parser, None)
    common = _Parser(add_help=False)
    _add_globals(common, argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_asking(commands, common)
    _add_keeping(commands, common)
    _add_measuring(commands, common)
    _add_models(commands, common)
    completing = commands.add_parser("completion", help="print a script by which a shell completes commands")
    completing.add_argument(
        "shell", choices=["bash", "zsh"], metavar="{bash,zsh}", help="the shell that is to complete"
    )
    return parser


def _run(options: argparse.Namespace) -> int:
    name = options.command or "chat"
    module = import_module(_PLACES.get(name, "ui.keeping"))  # only what the command needs
    code: int = getattr(module, f"run_{name}")(options)
    return code


def _add_globals(parser: argparse.ArgumentParser, default: str | None) -> None:
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


def _add_asking(commands: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    chat = commands.add_parser("chat", parents=[common], help="open the chat in the browser")
    _add_address(chat)
    chat.add_argument("--no-browser", action="store_true", help="do not open a browser")
    chat.add_argument("--terminal", action="store_true", help="ask and answer in the terminal, line by line")
    _add_answering(chat)

    serve = commands.add_parser(
        "serve", parents=[common], help="serve the chat, an OpenAI-compatible API and MCP tools, and open no browser"
    )
    _add_address(serve)
    _add_answering(serve)

    mcp = commands.add_parser("mcp", parents=[common], help="offer the MCP tools on stdin and stdout")
    _add_answering(mcp)

    ask = commands.add_parser("ask", parents=[common], help="answer a question in the terminal")
    ask.add_argument("question", nargs="+", metavar="Q", help="the question")
    _add_as_of(ask)
    add_question_filters(ask)
    _add_answering(ask)
    _add_json(ask)

    search = commands.add_parser("search", parents=[common], help="show the passages that match best")
    search.add_argument("question", nargs="+", metavar="Q", help="the question or words")
    search.add_argument("-k", type=int, default=10, metavar="N", help="how many passages (10)")
    _add_as_of(search)
    add_question_filters(search)
    search.add_argument(
        "--explain", action="store_true", help="say of each passage which words matched and what its score is made of"
    )
    search.add_argument("--llm", metavar="SPEC", help="accepted as in ask; search needs no language model")
    _add_reranker(search)
    _add_json(search)

    _add_evaluating(commands, common)


def _add_evaluating(commands: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    evaluate = commands.add_parser(
        "eval",
        parents=[common],
        help="measure answers to the sample questions, what search finds, any answers, follow-ups, how pages are "
        "read, how well the check tells true from false, or how well the reader reads a paragraph",
    )
    evaluate.add_argument(
        "what",
        nargs="?",
        choices=["retrieval", "answers", "dialogues", "pages", "check", "reading"],
        metavar="{retrieval,answers,dialogues,pages,check,reading}",
        help="retrieval: how well search finds the answers to the questions of --data; answers: how well they are "
        "answered, and what is refused; dialogues: how well follow-up questions are understood, in 60 conversations "
        "that come with Byline; pages: how well the web pages of --data are read, beside bare trafilatura; check: how "
        "well the check of cited sentences tells the true claims of --data from the false ones; reading: how well the "
        "reader reads the paragraph that it is given, and refuses one that does not answer; without any, the sample "
        "questions",
    )
    _add_llm(evaluate)
    evaluate.add_argument(
        "--data",
        metavar="PATH",
        help="a folder with articles.jsonl and questions.jsonl, a SQuAD file, or a .jsonl file of questions; for "
        "pages, a .jsonl file of pages, which may be compressed by gzip or xz; for check and reading, such a file of "
        "claims or of questions with their paragraphs, or a folder of them; for check also news to make sentences of",
    )
    evaluate.add_argument(
        "--held-out",
        action="store_true",
        help="only questions that the reader's model was not trained on: every second week of news with "
        "all that is unanswerable, and every second page of SQuAD",
    )
    evaluate.add_argument(
        "--half",
        choices=["even", "odd", "kept", "training", "all"],
        help="pages: only those of one half of the sites (even, odd), to try what was fitted on the other; check and "
        "reading: what is about sources that are kept for measuring, to learn from, or all (kept, training, all; all)",
    )
    evaluate.add_argument(
        "--model",
        metavar="FOLDER",
        help="a trained network, model.onnx; check: measured beside the product's, reading: instead",
    )
    evaluate.add_argument("--save", metavar="FILE", help="write the run to a file, to be compared with later")
    evaluate.add_argument("--compare", metavar="FILE", help="compare with a run that was saved")
    evaluate.add_argument(
        "--keep",
        metavar="DIR",
        help="keep the data's collection in this home, and use it as it is the next time",
    )
    _add_json(evaluate)


def _add_measuring(commands: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    bench = commands.add_parser("bench", parents=[common], help="measure the speed of adding, searching and serving")
    bench.add_argument(
        "what",
        choices=["ingest", "growth", "search", "serve"],
        metavar="{ingest,growth,search,serve}",
        help="ingest: against a bare Chroma loop and a quick-start; growth: against five times as many articles; "
        "search: against tantivy and Chroma with nothing around them; serve: answers, many at once, through /v1",
    )
    bench.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="files or folders of articles; serve: a .jsonl file of questions, asked of the collection",
    )
    bench.add_argument(
        "--passages",
        type=int,
        default=300_000,
        metavar="N",
        help="search: at least so many, by altered versions of the articles (300000)",
    )
    bench.add_argument("--keep", metavar="DIR", help="search: fill this folder, or use what is there from the last run")
    bench.add_argument("--profile", action="store_true", help="search: say where the time goes")
    bench.add_argument("--questions", type=int, default=3000, metavar="N", help="serve: how many are asked (3000)")
    bench.add_argument("--at-once", type=int, default=20, metavar="N", help="serve: how many at once (20)")
    bench.add_argument(
        "--against",
        metavar="PYTHON",
        help="serve: the Python of another installation of Byline, to be measured by turns",
    )
    _add_json(bench)


def _add_models(commands: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    models = commands.add_parser(
        "models",
        parents=[common],
        help="try the language model of the settings, and each GGUF file in the home folder's `models`, with one token",
    )
    _add_llm(models)
    _add_json(models)


def _add_keeping(commands: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    add = commands.add_parser("add", parents=[common], help="add articles: files, folders, web pages, feeds")
    add.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="a file, a folder, an http(s) address, or - for standard input"
    )
    _add_reading(add)

    sync = commands.add_parser(
        "sync", parents=[common], help="add what is in a folder and remove what has gone from it"
    )
    sync.add_argument("folder", metavar="DIR", help="the folder that the collection is to follow")
    _add_reading(sync)

    listing = commands.add_parser("list", parents=[common], help="list the articles")
    add_filters(listing)
    _add_json(listing)

    show = commands.add_parser("show", parents=[common], help="show one article")
    show.add_argument("id", metavar="ID", help="its id, or the beginning of it")
    show.add_argument("--raw", action="store_true", help="the file as it was read, page furniture included")
    _add_json(show)

    edit = commands.add_parser("edit", parents=[common], help="set right what is known of an article")
    edit.add_argument("id", metavar="ID", help="its id, or the beginning of it")
    for name in ("title", "outlet", "author", "url"):
        edit.add_argument(f"--{name}", metavar="TEXT", help=f'its {name}; "" for unknown')
    edit.add_argument(
        "--published", "--date", metavar="DATE", help='the day it was published, YYYY-MM-DD; "" for unknown'
    )
    edit.add_argument("--updated", metavar="DATE", help='the day it was last changed, YYYY-MM-DD; "" for unknown')

    remove = commands.add_parser("remove", parents=[common], help="remove articles")
    remove.add_argument("ids", nargs="+", metavar="ID", help="an id, or the beginning of it")

    rebuild = commands.add_parser("rebuild", parents=[common], help="build the search indexes anew from the catalogue")
    rebuild.add_argument(
        "--re-embed", action="store_true", help="compute all vectors anew, with the embedder of the settings"
    )

    _add_json(commands.add_parser("status", parents=[common], help="show the collection in figures"))
    collections.add_flags(commands.add_parser("collections", parents=[common], help="list the collections of the home"))


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="the column of a table for a field, such as text=body; may be given several times; sync keeps to it",
    )
    parser.add_argument(
        "--follow-links", action="store_true", help="read files outside of a folder that links in it lead to, too"
    )
    parser.add_argument(
        "--allow-private", action="store_true", help="fetch from this machine and from private networks too"
    )
    _add_json(parser)


def _add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host",
        metavar="HOST",
        help="address to listen on (127.0.0.1); any that others can reach needs keys in BYLINE_API_KEYS",
    )
    parser.add_argument("--port", metavar="PORT", help="port to listen on (7860)")
    parser.add_argument(
        "--root-path",
        metavar="PATH",
        help="the path of a reverse proxy that leads here, such as /byline; needs keys in BYLINE_API_KEYS",
    )


def _add_as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        help="answer as on this day, YYYY-MM-DD or in words; later articles are not seen (today)",
    )


def _add_llm(parser: argparse.ArgumentParser) -> None:
    forms = ", ".join(family.form for family in FAMILIES.values())
    parser.add_argument("--llm", metavar="SPEC", help=f"extractive (default), {forms}")


def _add_answering(parser: argparse.ArgumentParser) -> None:
    _add_llm(parser)
    _add_reranker(parser)
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


def _add_reranker(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reranker",
        metavar="SPEC",
        help="rank the best passages again: reader (default), none, a folder with an ONNX cross-encoder, "
        "http://HOST:PORT, or MODULE:CLASS",
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


if __name__ == "__main__":
    sys.exit(main())
