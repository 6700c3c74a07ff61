"""One browser page's conversation: what it has asked, how it looks at this moment, and its filters as chips.

A chip is what narrowed an answer down; it is taken away by asking again without it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.answer import Answer
from assistant.conversation.turn import REMEMBERED, Turn
from assistant.events import Done, Event, Notice, Step, Token
from assistant.question.asked import Kind
from assistant.request import Request
from index.filters import Filters
from index.times import TimeExpression, Window
from ui.chat import answer_html, article_html
from ui.chat.article_html import attribute, escaped
from ui.wording import READING_STATUS, days_meant, days_of

_PLAIN = ("fact", "talk")  # kinds that there is nothing to take back of


@dataclass(frozen=True, slots=True)
class Chip:
    """What shaped an answer: what was taken to be asked, or one filter, one of several outlets, authors or articles."""

    kind: Literal["asked", "time", "days", "outlets", "authors", "articles"]
    label: str
    name: str = ""


@dataclass(slots=True)
class Draft:
    """The answer that is being made."""

    question: str
    request: Request | None = None  # None until it is known what the options say
    doing: str = READING_STATUS  # until there is text
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
        """The turns that a reader gets."""
        return tuple(self.turns[-REMEMBERED:])

    def begin(self, question: str, request: Request | None = None) -> None:
        """A new turn, without an answer yet; with a request, whatever the options say."""
        self.draft = Draft(question, request)
        self.past, self.live, self.sources = self.past + self.live, self._drafted(self.draft), article_html.no_sources()

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
                self.sources = article_html.sources(event.answer)
                self._end(answer_html.answer(event.answer), event.answer)
                return
            if isinstance(event, Token):
                draft.text += event.text
            elif isinstance(event, Notice):
                draft.notices.append(event.text)
            elif isinstance(event, Step):
                draft.doing = f"Asking: {event.question}"
            else:
                draft.time = event.results.time
                continue
            self.live = self._drafted(draft)
            yield
        self.fail("The answer ended before it was complete; ask again.")

    def fail(self, line: str) -> None:
        """The turn ends with an error line."""
        self._end(answer_html.failure(line))

    def stop(self) -> None:
        """The turn ends as far as it has come."""
        if self.draft:
            self._end(answer_html.stopped(self.draft.text))

    def clear(self) -> None:
        self.past = self.live = self.sources = ""
        self.turns, self.asked, self.draft = [], [], None

    def _end(self, html: str, answer: Answer | None = None) -> None:
        if self.draft:
            request = self.draft.request
            chips = chips_of(request, self.draft.time, answer.kind if answer else "fact") if request else []
            below = answer_html.understood(answer.standalone if answer else "") + chips_html(len(self.asked), chips)
            self.live = answer_html.turn(self.draft.question, html, self.draft.notices, below)
            self.asked.append((request, chips))
            self.draft = None

    @staticmethod
    def _drafted(draft: Draft) -> str:
        return answer_html.turn(draft.question, answer_html.draft(draft.text, draft.doing), draft.notices)


def chips_of(request: Request, time: TimeExpression | None, kind: Kind = "fact") -> list[Chip]:
    """What was taken to be asked, where that is not a fact, then the question's own words for time, then filters."""
    filters = request.filters
    found = [Chip("asked", kind)] if kind not in _PLAIN else []
    found += [Chip("time", f"{days_meant(time, request.day)} · “{time.text}”")] if time else []
    if days := days_of(Window(filters.since, filters.until)):
        found.append(Chip("days", days))
    found += [Chip("outlets", name, name) for name in filters.outlets]
    found += [Chip("authors", name, name) for name in filters.authors]
    found += [Chip("articles", f"article {name}", name) for name in filters.articles]
    return found


def without(request: Request, chip: Chip) -> Request:
    """The same request without that filter."""
    if chip.kind == "asked":
        return replace(request, kind="fact")
    if chip.kind == "time":
        return replace(request, any_time=True)
    filters = request.filters
    if chip.kind == "days":
        return replace(request, filters=replace(filters, since=None, until=None))
    names = {kind: getattr(filters, kind) for kind in ("outlets", "authors", "articles")}
    names[chip.kind] = tuple(name for name in names[chip.kind] if name != chip.name)
    return replace(request, filters=Filters(filters.since, filters.until, **names))


def chips_html(turn: int, chips: Sequence[Chip]) -> str:
    """A row of chips; `page.js` says which of which turn was clicked."""
    if not chips:
        return ""
    return (
        f'<ul class="chips" aria-label="Filters">{"".join(_one(turn, at, chip) for at, chip in enumerate(chips))}</ul>'
    )


def _one(turn: int, at: int, chip: Chip) -> str:
    label = attribute(f"Ask again without {chip.label}")
    button = f'<button type="button" data-chip="{turn}.{at}" aria-label="{label}" title="{label}">×</button>'
    return f'<li class="chip"><span>{escaped(chip.label)}</span>{button}</li>'
