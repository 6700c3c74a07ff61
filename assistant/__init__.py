"""A question goes in, a cited answer comes out. What stands in `__all__` is the public face.

>>> from pathlib import Path
>>> from assistant import Assistant, QuotingReader, Request
>>> from index import Collection
>>> with Collection(Path("my-news"), reranker="reader") as collection:  # doctest: +SKIP
...     assistant = Assistant(collection, QuotingReader(collection))
...     answer = assistant.ask(Request.read("Why did Canada suspend the permits?", since="last week"))
...     print(answer.short_answer, answer.marked_text)

`open_reader` makes a reader of a language model; any object with the methods of `Reader` is one. Names are imported
when they are first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation, Sentence
    from assistant.assistant import Assistant
    from assistant.conversation.turn import Turn
    from assistant.events import Done, Event, Found, Notice, Token
    from assistant.extractive.quoting import QuotingReader
    from assistant.readers import open_reader
    from assistant.request import Question, Reader, Request, Rewriter

__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "Done",
    "Event",
    "Found",
    "Notice",
    "Question",
    "QuotingReader",
    "Reader",
    "Request",
    "Rewriter",
    "Sentence",
    "Token",
    "Turn",
    "open_reader",
]

_PLACES = {
    "Answer": "answer",
    "Assistant": "assistant",
    "Citation": "answer",
    "Done": "events",
    "Event": "events",
    "Found": "events",
    "Notice": "events",
    "Question": "request",
    "QuotingReader": "extractive.quoting",
    "Reader": "request",
    "Request": "request",
    "Rewriter": "request",
    "Sentence": "answer",
    "Token": "events",
    "Turn": "conversation.turn",
    "open_reader": "readers",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
