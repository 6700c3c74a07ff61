"""One browser page's conversation: what it has asked, and how it looks at this moment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assistant.assistant import Turn
from assistant.events import Done, Event, Notice, Token
from ui.page import render

_REMEMBERED_TURNS = 6


@dataclass(slots=True)
class Draft:
    """The answer that is being made."""

    question: str
    text: str = ""
    notices: list[str] = field(default_factory=list)
    followed: bool = False


@dataclass(slots=True)
class Conversation:
    """The HTML of the earlier turns (`past`), of the last one (`live`) and of its `sources`.

    `turns` holds those that were answered; `draft` is there while one is being answered.
    """

    past: str = ""
    live: str = ""
    sources: str = ""
    turns: list[Turn] = field(default_factory=list)
    draft: Draft | None = None

    @property
    def history(self) -> tuple[Turn, ...]:
        """The turns that a reader is told of."""
        return tuple(self.turns[-_REMEMBERED_TURNS:])

    def begin(self, question: str) -> None:
        """A new turn, without an answer yet."""
        self.draft = Draft(question)
        self.past, self.live, self.sources = self.past + self.live, self._drafted(self.draft), render.no_sources()

    def follow(self, events: Iterable[Event]) -> Iterator[None]:
        """Take in the events of the turn that has begun; yields whenever there is something new to see."""
        draft = self.draft
        for event in events:
            if draft is None or self.draft is not draft:
                return  # stopped
            if isinstance(event, Done):
                self.turns.append(Turn(draft.question, event.answer.text))
                self.sources = render.sources(event.answer)
                self._end(render.answer(event.answer))
                return
            if isinstance(event, Token):
                draft.text += event.text
            elif isinstance(event, Notice):
                draft.notices.append(event.text)
            else:
                continue
            self.live = self._drafted(draft)
            yield
        self.fail("The answer ended before it was complete; ask again.")

    def fail(self, line: str) -> None:
        """The turn ends with an error line."""
        self._end(render.failure(line))

    def stop(self) -> None:
        """The turn ends as far as it has come."""
        if self.draft:
            self._end(render.stopped(self.draft.text))

    def clear(self) -> None:
        self.past = self.live = self.sources = ""
        self.turns, self.draft = [], None

    def _end(self, answer: str) -> None:
        if self.draft:
            self.live = render.turn(self.draft.question, answer, self.draft.notices)
            self.draft = None

    @staticmethod
    def _drafted(draft: Draft) -> str:
        return render.turn(draft.question, render.draft(draft.text), draft.notices)
