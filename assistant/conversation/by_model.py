"""A follow-up question made standalone by a language model, and what is asked of its reply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.answer import CANNOT_ANSWER
from assistant.conversation.turn import Turn
from assistant.conversation.words import tokens_of
from assistant.marks import visible_text
from assistant.prompt import history_messages

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

SECONDS = 10.0  # for the reply; it may be tried twice
REPLY_TOKENS = 80
LONGEST = 300  # characters of a reply

PROMPT = """\
Rewrite the last question of this conversation so that it can be understood without the conversation: put names and \
things in place of words like "it", "he", "there", and add what it leaves out. Change nothing else. Do not answer it. \
Reply with the rewritten question only, in its language.

{conversation}

Last question: {question}"""

_LABEL = re.compile(r"^(?:(?:rewritten|standalone|last)\s+)?question\s*:\s*", re.IGNORECASE)
_QUOTES = "\"'“”„«»` "


def rewritten(llm: LLM, question: str, history: Sequence[Turn]) -> str:
    """The model's standalone form of a question, or "" where it fails or its reply cannot be trusted.

    A failure is not told here: the same model is asked for the answer next, and tells it then.
    """
    from llama_index.core.llms import ChatMessage

    conversation = "\n".join(f"{message.role}: {message.content}" for message in history_messages(history))
    prompt = PROMPT.format(conversation=conversation, question=question)
    try:
        response = llm.chat([ChatMessage(role="user", content=prompt)], max_tokens=REPLY_TOKENS, timeout=SECONDS)
        reply = visible_text(response.message.content or "")
    except Exception:  # noqa: BLE001 whatever a model raises, the rules' form stands in
        return ""
    return trusted(reply, question, history)


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
    """The names and numbers of a question, in small letters."""
    for token in tokens_of(text):
        is_name = token.kind in ("name", "own", "date") and token.text[0].isupper() and token.start > 0
        if is_name or any(letter.isdigit() for letter in token.text):
            yield from _words(token.text)


def _words(text: str) -> set[str]:
    return {re.sub(r"[’']s?$", "", word) for word in re.findall(r"[^\W_]+(?:[.,’'-][^\W_]+)*[’']?", text.lower())}
