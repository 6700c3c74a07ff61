"""Asking at the desk: the assistant's events as they come, and the whole reply."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.events import Done, Event, Notice
from assistant.request import Request
from ui.api.desk import Desk


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with the lines that its reader should see."""

    answer: Answer
    notices: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The answer as `byline ask --json` prints it, and `notices`."""
        return {**self.answer.to_json(), "notices": list(self.notices)}


async def events_of(
    desk: Desk, assistant: Assistant, request: Request, pause: float
) -> AsyncGenerator[Event | None, None]:
    """The events of answering, and None whenever none has come for `pause` seconds.

    Closing this ends the reader's work at its next event.
    """
    async with contextlib.aclosing(desk.stream(lambda: assistant.stream(request))) as events:
        coming: asyncio.Future[Event | None] | None = None
        try:
            while True:
                coming = coming or asyncio.ensure_future(anext(events, None))
                if not (await asyncio.wait({coming}, timeout=pause))[0]:
                    yield None
                    continue
                event, coming = coming.result(), None
                if event is None:
                    return
                yield event
        finally:
            if coming:
                coming.cancel()
                await asyncio.wait({coming})


async def reply_to(desk: Desk, assistant: Assistant, request: Request) -> Reply:
    """The whole reply. Raises what the assistant raises, and Busy."""
    async with contextlib.aclosing(desk.stream(lambda: _replies(assistant, request))) as replies:
        return await anext(reply async for reply in replies if reply)


def reply_at_once(assistant: Assistant, request: Request) -> Reply:
    """The same in this thread."""
    return next(filter(None, _replies(assistant, request)))


def _replies(assistant: Assistant, request: Request) -> Generator[Reply | None, None, None]:
    """The reply, and None at each event before, so that whoever waits may leave there."""
    notices: list[str] = []
    with contextlib.closing(assistant.stream(request)) as events:
        for event in events:
            if isinstance(event, Notice):
                notices.append(event.text)
            yield Reply(event.answer, tuple(notices)) if isinstance(event, Done) else None
