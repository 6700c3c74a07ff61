"""One browser page's conversation: what it has asked, and how it looks at this moment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assistant.conversation.turn import REMEMBERED, Turn
from assistant.events import Done, Event, Notice, Token
from assistant.request import Request
from index.times import TimeExpression
from ui.page import render, source_cards
from ui.page.chips import Chip, chips_html, chips_of
from ui.wording import READING


@dataclass(slots=True)
class Draft:
    """The answer that is being made."""

    question: str
    request: Request | None = None  # None until it is known what the options say
    doing: str = READING  # until there is text
    text: str = ""
    notices: list[str] = field(default_factory=list)
    time: TimeExpression | None = None
    followed: bool = False


@dataclass(slots=True)
class Conversation:
    """The HTML of the earlier turns (`past`), of the last one (`live`) and of its `sources`.

    `turns` holds those that were answered; `draft` is there while one is being answered. `asked` holds, for every turn
    that has ended, what was asked and the chips that stand under it.
    """

    past: str = ""
    live: str = ""
    sources: str = ""
    turns: list[Turn] = field(default_factory=list)
    asked: list[tuple[Request | None, list[Chip]]] = field(default_factory=list)
    draft: Draft | None = None

    @property
    def history(self) -> tuple[Turn, ...]:
        """The turns that a reader is told of."""
        return tuple(self.turns[-REMEMBERED:])

    def begin(self, question: str, request: Request | None = None) -> None:
        """A new turn, without an answer yet; with a request, whatever the options say."""
        self.draft = Draft(question, request)
        self.past, self.live, self.sources = self.past + self.live, self._drafted(self.draft), source_cards.no_sources()

    def chip(self, place: str) -> tuple[Request, Chip] | None:
        """A chip and what it stands under, by the place that its HTML tells; None where it is gone."""
        turn, dot, at = place.partition(".")
        if dot and turn.isdecimal() and at.isdecimal() and int(turn) < len(self.asked):
            request, chips = self.asked[int(turn)]
            if request and int(at) < len(chips):
                return request, chips[int(at)]
        return None

    def wait(self, doing: str) -> None:
        """The turn that has begun waits for what is being done."""
        if self.draft:
            self.draft.doing = doing
            self.live = self._drafted(self.draft)

    def follow(self, events: Iterable[Event]) -> Iterator[None]:
        """Take in the events of the turn that has begun; yields whenever there is something new to see."""
        draft = self.draft
        for event in events:
            if draft is None or self.draft is not draft:
                return  # stopped
            if isinstance(event, Done):
                self.turns.append(Turn.of(event.answer))
                self.sources = source_cards.sources(event.answer)
                self._end(render.answer(event.answer), event.answer.standalone)
                return
            if isinstance(event, Token):
                draft.text += event.text
            elif isinstance(event, Notice):
                draft.notices.append(event.text)
            else:
                draft.time = event.results.time
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
        self.turns, self.asked, self.draft = [], [], None

    def _end(self, answer: str, standalone: str = "") -> None:
        if self.draft:
            request = self.draft.request
            chips = chips_of(request, self.draft.time) if request else []
            below = render.understood(standalone) + chips_html(len(self.asked), chips)
            self.live = render.turn(self.draft.question, answer, self.draft.notices, below)
            self.asked.append((request, chips))
            self.draft = None

    @staticmethod
    def _drafted(draft: Draft) -> str:
        return render.turn(draft.question, render.draft(draft.text, draft.doing), draft.notices)
