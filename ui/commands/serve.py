"""`byline chat`, `serve` and `mcp`: the commands that answer until they are ended."""

import argparse
import contextlib
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from index.errors import BylineError
from ui.commands import Commands, Parser, add_answering
from ui.terminal import tell

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.conversation.turn import Turn
    from assistant.readers import Readers
    from index.settings import Settings

_NEW, _LEAVE = "/new", "/quit"
_HELP = f"ask, and ask on; help tells what; {_NEW} begins anew, {_LEAVE} or Ctrl-D ends"


def add_to(commands: Commands) -> None:
    chat = commands.add("chat", _chat, "open the chat in the browser")
    _add_address(chat)
    chat.add_argument("--no-browser", action="store_true", help="do not open a browser")
    chat.add_argument("--terminal", action="store_true", help="ask and answer in the terminal, line by line")
    add_answering(chat)
    serve = commands.add("serve", _serve, "serve the chat, an OpenAI-compatible API and MCP tools, and open no browser")
    _add_address(serve)
    add_answering(serve)
    add_answering(commands.add("mcp", _mcp, "offer the MCP tools on stdin and stdout"))


def _add_address(parser: Parser) -> None:
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


def _chat(options: argparse.Namespace) -> int:
    return _in_terminal(options) if options.terminal else _served(options, open_browser=not options.no_browser)


def _serve(options: argparse.Namespace) -> int:
    return _served(options, with_api=True)


def _mcp(options: argparse.Namespace) -> int:
    from ui.api.mcp_tools import mcp_server
    from ui.api.worker_pool import WorkerPools
    from ui.opening import settings_of

    with _assistant(settings_of(options)) as (assistant, _):
        mcp_server(assistant, WorkerPools()).run("stdio")
    return 0


def _served(options: argparse.Namespace, *, open_browser: bool = False, with_api: bool = False) -> int:
    from index.settings import names_in
    from ui.api.access import Reach, keys_from
    from ui.opening import settings_of
    from ui.serving import ended_by_sigterm, listening, run_server

    settings = settings_of(options)
    reach = Reach(keys_from(), names_in(settings.hosts), names_in(settings.origins), settings.root_path)
    with ended_by_sigterm(), listening(settings.host, settings.port) as port:
        reach.check(port.getsockname()[0])
        with _assistant(settings) as (assistant, readers):
            run_server(assistant, readers, port, reach, open_browser=open_browser, with_api=with_api)
    return 0


def _in_terminal(options: argparse.Namespace) -> int:
    """Answer line after line of stdin until it ends; a line is a question, which may follow up on those before it."""
    from assistant.conversation.turn import REMEMBERED
    from assistant.english.parsing import load_ahead
    from ui.opening import settings_of

    with _assistant(settings_of(options)) as (assistant, _):
        tell(_HELP)
        load_ahead()
        history: tuple[Turn, ...] = ()
        for line in _lines():
            if line == _LEAVE:
                break
            if line == _NEW:
                history = ()
                tell("a new conversation")
            elif line:
                history = (*history, *_answered(assistant, line, history))[-REMEMBERED:]
    return 0


def _answered(assistant: "Assistant", question: str, history: "tuple[Turn, ...]") -> "Iterator[Turn]":
    """Print the answer; what goes wrong with a question is a line, and then comes the next."""
    from assistant.conversation.turn import Turn
    from assistant.events import Done, Notice
    from assistant.request import Request
    from index.text.decoding import printable
    from ui.printing import answer_lines

    try:
        for event in assistant.stream(Request.read(question, history)):
            if isinstance(event, Notice):
                tell(printable(event.text))
            elif isinstance(event, Done):
                print("\n".join(answer_lines(event.answer)), end="\n\n", flush=True)
                yield Turn.of(event.answer)
    except BylineError as error:
        tell(" ".join(str(error).split()))


def _lines() -> Iterator[str]:
    """Lines of stdin, with a prompt, and the keys of readline where Python has it, where somebody types."""
    if not sys.stdin.isatty():
        yield from map(str.strip, sys.stdin)
        return
    with contextlib.suppress(ImportError):
        import_module("readline")  # it changes `input`
    while True:
        try:
            yield input("› ").strip()
        except EOFError:
            print()
            return


@contextlib.contextmanager
def _assistant(settings: "Settings") -> "Iterator[tuple[Assistant, Readers]]":
    """The assistant of the settings, and the readers that it may answer by."""
    from assistant.assistant import Assistant
    from assistant.readers import Readers
    from ui.opening import opened

    with opened(settings) as collection, Readers(collection, settings) as readers:
        collection.second_stage()  # what is wrong with it shows before the first question
        yield Assistant(collection, readers.open(settings.llm), settings.unsupported), readers
