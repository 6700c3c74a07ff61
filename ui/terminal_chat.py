"""The chat in the terminal: a line is a question, and may lean on those before it."""

import contextlib
import sys
from collections.abc import Iterator
from importlib import import_module

from assistant.assistant import Assistant
from assistant.conversation.turn import REMEMBERED, Turn
from assistant.events import Done, Notice
from assistant.request import Request
from index.errors import BylineError
from index.text.decoding import printable
from ui.common import tell
from ui.printing import answer_lines

_NEW, _LEAVE = "/new", "/quit"
_HELP = f"ask, and ask on; {_NEW} begins anew, {_LEAVE} or Ctrl-D ends"


def converse(assistant: Assistant) -> None:
    """Answers line after line of stdin until it ends. What goes wrong with a question is told; then comes the next."""
    tell(_HELP)
    history: tuple[Turn, ...] = ()
    for line in _lines():
        if line == _LEAVE:
            return
        if line == _NEW:
            history = ()
            tell("a new conversation")
        elif line:
            history = (*history, *_answered(assistant, line, history))[-REMEMBERED:]


def _answered(assistant: Assistant, question: str, history: tuple[Turn, ...]) -> Iterator[Turn]:
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
    """With a prompt, and the keys of readline where Python has it, where somebody types."""
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
