"""A follow-up question made standalone by a language model, and what is asked of its reply."""

import re
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from typing import Protocol

from assistant.answer import CANNOT_ANSWER
from assistant.citations.marks import visible_text
from assistant.conversation.turn import Turn
from assistant.generative.prompt import history_messages
from assistant.models.messages import Message
from index.errors import ModelError

SECONDS = 10.0  # for the reply
LONGEST = 300  # characters of a question
LONGEST_REPLY = 4000  # characters, thinking included

PROMPT = """\
Rewrite the last question of this conversation so that it can be understood without the conversation: put names and \
things in place of words like "it", "he", "there", and add what it leaves out. Change nothing else. Do not answer it. \
Reply with the rewritten question only, in its language.

{conversation}

Last question: {question}"""

_LABEL = re.compile(r"^(?:(?:rewritten|standalone|last)\s+)?question\s*:\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[.,’'-][^\W_]+)*[’']?")
_QUOTES = "\"'“”„«»` "


class Piece(Protocol):
    """A piece of a model's reply."""

    @property
    def text(self) -> str: ...


Stream = Callable[[Sequence[Message]], Generator[Piece, None, None]]
"""Asks a model, and gives its reply in pieces; closed, it ends the model's work. It may raise ModelError."""


def rewritten(stream: Stream, question: str, history: Sequence[Turn]) -> Generator[None, None, str]:
    """The model's standalone form of a question, or "" where it fails, is slow, or its reply cannot be trusted.

    It yields while it waits, so that it can be left at any moment. A failure is not told here: the same model is asked
    for the answer next, and tells it then.
    """
    conversation = "\n".join(f"{message.role}: {message.content}" for message in history_messages(history))
    prompt = PROMPT.format(conversation=conversation, question=question)
    until = time.monotonic() + SECONDS
    reply = ""
    try:
        with closing(stream((Message("user", prompt),))) as pieces:
            for piece in pieces:
                yield
                reply += piece.text
                if time.monotonic() > until or len(reply) > LONGEST_REPLY or len(visible_text(reply)) > LONGEST:
                    return ""
    except ModelError:
        return ""
    return trusted(visible_text(reply), question, history)


def trusted(reply: str, question: str, history: Sequence[Turn]) -> str:
    """The question in a model's reply; "" where it is empty, long, an answer, or has other names or numbers.

    It must keep the names and numbers of the question, and may add only those of the turns before.
    """
    lines = [line.strip() for line in reply.strip().splitlines() if line.strip()]
    made = _LABEL.sub("", lines[0].strip(_QUOTES)).strip(_QUOTES) if len(lines) == 1 else ""
    if not made or len(made) > LONGEST or CANNOT_ANSWER in made or (question.endswith("?") and not made.endswith("?")):
        return ""
    said = " ".join(text for turn in history for text in (turn.understood, turn.question, turn.answer, *turn.titles))
    known = _words(f"{said} {question}")
    kept = set(_particulars(question)) <= _words(made)
    return made if kept and set(_particulars(made)) <= known else ""


def _particulars(text: str) -> Iterable[str]:
    """The names and numbers of a question, in small letters: capitals say nothing of its first word."""
    for word in _WORD.finditer(text):
        if (word[0][0].isupper() and word.start() > 0) or any(letter.isdigit() for letter in word[0]):
            yield from _words(word[0])


def _words(text: str) -> set[str]:
    return {re.sub(r"[’']s?$", "", word) for word in _WORD.findall(text.lower())}
