"""Small stand-ins at our own seams."""

import threading
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence

from assistant.answer import Answer, Citation, Sentence, nearest_articles
from assistant.events import Done, Event, Token
from assistant.request import Question, Reader
from index.search.result import Retrieved

Reply = Callable[[Question, Sequence[Retrieved]], Iterable[Event | Exception]]


def quoting(question: Question, passages: Sequence[Retrieved]) -> list[Event]:
    """An answer of the first sentence of each of the three best passages, streamed word by word."""
    sentences = []
    for n, found in enumerate(passages[:3], 1):
        quote = found.passage.text.split(". ")[0].rstrip(".")
        start = found.passage.start
        citation = Citation(n, found.article, start, start + len(quote), quote)
        sentences.append(Sentence(f"{quote}.", "supported", (citation,)))
    answer = Answer(question.text, question.as_of, answerable=True, sentences=tuple(sentences))
    return [*(Token(f"{word} ") for word in answer.marked_text.split()), Done(answer)]


def refusing(question: Question, passages: Sequence[Retrieved]) -> list[Event]:
    """No answer, the nearest articles instead."""
    nearest = nearest_articles(passages)
    return [Done(Answer(question.text, question.as_of, answerable=False, sentences=(), nearest=nearest))]


class ReplayReader:
    """A reader that gives one reply to each question, an event every `delay` seconds.

    A reply is a sequence of events or a function that makes them; an exception among them is raised. Without
    a reply left it replies with `quoting`. `asked` holds the questions; `broken_off` is set when a reply was
    not heard to its end.
    """

    def __init__(self, *replies: Reply | Iterable[Event | Exception], delay: float = 0.0, name: str = "replay") -> None:
        self.name = name
        self.replies = list(replies)
        self.delay = delay
        self.asked: list[Question] = []
        self.broken_off = threading.Event()

    def read(self, question: Question, passages: Sequence[Retrieved]) -> Generator[Event, None, None]:
        self.asked.append(question)
        reply = self.replies.pop(0) if self.replies else quoting
        try:
            for event in reply(question, passages) if callable(reply) else reply:
                time.sleep(self.delay)
                if isinstance(event, Exception):
                    raise event
                yield event
        except GeneratorExit:
            self.broken_off.set()
            raise


class FakeReaders:
    """Readers to choose from in the chat, opened once `open_now` is set; an exception in place of one is raised.

    `opened` holds the specs that were opened, in order.
    """

    def __init__(self, readers: Mapping[str, Reader | Exception]) -> None:
        self.readers = dict(readers)
        self.opened: list[str] = []
        self.open_now = threading.Event()
        self.open_now.set()

    def specs(self) -> list[str]:
        return list(self.readers)

    def open(self, spec: str) -> Reader:
        self.opened.append(spec)
        self.open_now.wait(20)
        reader = self.readers[spec]
        if isinstance(reader, Exception):
            raise reader
        return reader
