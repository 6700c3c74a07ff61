"""From the messages that a program sends to a question and the turns before it."""

import re
from collections.abc import Mapping, Sequence

from assistant.citations.marks import without_marks
from assistant.conversation.followups import standalone
from assistant.conversation.turn import REMEMBERED, Turn
from assistant.generative.prompt import LONGEST_QUESTION
from index.errors import SettingsError
from ui.api.cited_text import NEAREST, NOTES, SOURCES
from ui.wording import UNDERSTOOD_AS

_APPENDED = re.compile(rf"\n\n(?:{NOTES}\n- |{SOURCES}\n\[\d|{NEAREST}\n- ).*", re.DOTALL)
_SOURCE = re.compile(r" \(([0-9a-f]{12})\) \S+$")
_UNDERSTOOD = re.compile(rf"^- {UNDERSTOOD_AS}: (.+)$", re.MULTILINE)


def conversation(messages: Sequence[Mapping[str, str]]) -> tuple[str, tuple[Turn, ...]]:
    """The question and the last turns before it, of messages with `role` (user or assistant) and `content`.

    Raises SettingsError where the last one is not the user's.
    """
    said: list[tuple[str, str]] = []
    asked: str | None = None
    for message in messages:
        if message["role"] == "user":
            if asked is not None:
                said.append((asked, ""))
            asked = message["content"]
        elif asked is not None:
            said.append((asked, message["content"]))
            asked = None
    if asked is None:
        raise SettingsError("the last message must be the user's question")
    return asked, turns_of(said)


def turns_of(said: Sequence[tuple[str, str]]) -> tuple[Turn, ...]:
    """The last turns of a conversation, of all its questions with the answers that came back."""
    turns: list[Turn] = []
    for question, answer in said[-REMEMBERED:]:
        turns.append(_turn(question[:LONGEST_QUESTION], answer, turns))
    return tuple(turns)


def _turn(question: str, answer: str, before: Sequence[Turn]) -> Turn:
    """A turn with the answer as it was before its marks, notes and sources were added.

    These tell how the question was taken and what was cited. An answer without them was written by another, or was cut:
    then how the question was taken is worked out anew.
    """
    appended = match[0] if (match := _APPENDED.search(answer)) else ""
    titles = _cited(appended.partition(f"{SOURCES}\n")[2])
    noted = _UNDERSTOOD.search(appended)
    understood = "" if appended else standalone(question, before)
    return Turn(
        question,
        without_marks(_APPENDED.sub("", answer)).strip(),
        standalone=noted[1][:LONGEST_QUESTION] if noted else understood if understood != question else "",
        articles=tuple(titles),
        titles=tuple(titles.values()),
    )


def _cited(sources: str) -> dict[str, str]:
    """The titles of the articles in lines such as `[1][2] Marlow Post, 5 Oct 2020: Bridge shut (ID) ADDRESS`, by id."""
    lines = [(line, found) for line in sources.splitlines() if (found := _SOURCE.search(line))]
    return {found[1]: line[: found.start()].partition(": ")[2] for line, found in lines}
