"""From what a program sends to a question: messages, and what narrows down the articles."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.assistant import Turn
from assistant.marks import without_marks
from index.collection import LONGEST
from index.errors import SettingsError
from index.filters import Filters
from ui.api.cited_text import NEAREST, NOTES, SOURCES
from ui.filtering import day_of
from ui.page.chips import Asked

_REMEMBERED_TURNS = 6  # as many as the chat tells a reader of

_APPENDED = re.compile(rf"\n\n(?:{NOTES}\n- |{SOURCES}\n\[\d|{NEAREST}\n- ).*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What narrows down the articles, as every interface takes it; days are written YYYY-MM-DD, "" for none."""

    as_of: str | None = None
    since: str | None = None
    until: str | None = None
    outlets: str | Sequence[str] | None = None
    authors: str | Sequence[str] | None = None
    articles: str | Sequence[str] | None = None
    any_time: bool = False

    def asked(self, question: str, history: Sequence[Turn] = ()) -> Asked:
        """The question with it. Raises SettingsError."""
        text = " ".join(question.split())
        if not text:
            raise SettingsError("the question is empty")
        if len(text) > LONGEST:
            raise SettingsError(f"the question has {len(text)} characters; at most {LONGEST} are read")
        as_of, since, until = (day_of(name, getattr(self, name) or None) for name in ("as_of", "since", "until"))
        if since and until and since > until:
            raise SettingsError(f"since {since} is after until {until}; no day lies between")
        filters = Filters(since, until, _names(self.outlets), _names(self.authors), _names(self.articles))
        return Asked(text, tuple(history[-_REMEMBERED_TURNS:]), as_of, filters, self.any_time)


def conversation(messages: Sequence[Mapping[str, str]]) -> tuple[str, tuple[Turn, ...]]:
    """The question and the turns before it, of messages with `role` (user or assistant) and `content`.

    Raises SettingsError where the last one is not the user's.
    """
    turns: list[Turn] = []
    asked: str | None = None
    for message in messages:
        if message["role"] == "user":
            if asked is not None:
                turns.append(Turn(asked, ""))
            asked = message["content"]
        elif asked is not None:
            turns.append(earlier(asked, message["content"]))
            asked = None
    if asked is None:
        raise SettingsError("the last message must be the user's question")
    return asked, tuple(turns)


def earlier(question: str, answer: str) -> Turn:
    """A turn with the answer as it was before its marks, notes and sources were added."""
    return Turn(question, without_marks(_APPENDED.sub("", answer)).strip())


def _names(given: str | Sequence[str] | None) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) and given else tuple(given or ())
