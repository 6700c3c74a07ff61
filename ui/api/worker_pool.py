"""Answering for an event loop: in threads, a bounded number at once, and stopped when no one waits for it."""

import asyncio
import contextlib
import os
import threading
from collections.abc import AsyncGenerator, Callable, Generator, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.events import Done, Event, Notice
from assistant.extractive.quoting import EXTRACTIVE
from assistant.request import Reader, Request
from index.errors import BylineError

T = TypeVar("T")

MODELS_AT_ONCE = 8
QUOTED_AT_ONCE = 2 * (os.cpu_count() or 1)  # what keeps the processor busy: more would only slow each other down
_WAITING = 64


class Busy(BylineError):
    """More is asked at once than is worked on or may wait."""


class WorkerPool:
    """Works on at most `at_once` things; `waiting` more wait for their turn, and any further is refused with Busy."""

    def __init__(self, at_once: int = QUOTED_AT_ONCE, waiting: int = _WAITING) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._waiting = 0
        self._most_waiting = waiting

    async def do(self, work: Callable[[], T]) -> T:
        """What `work` returns, or raises."""

        def once() -> Generator[T, None, None]:
            yield work()

        async with contextlib.aclosing(self.stream(once)) as results:
            return await anext(results)

    async def stream(self, work: Callable[[], Generator[T, None, None]]) -> AsyncGenerator[T, None]:
        """What the generator yields, made in a thread.

        Once this is closed or cancelled, the generator is closed as soon as it yields again; until then it keeps
        its place in the pool, for it still uses the machine.
        """
        await self._take_place()
        loop = asyncio.get_running_loop()
        made: asyncio.Queue[tuple[T] | Exception | None] = asyncio.Queue()
        left = threading.Event()

        def tell(what: tuple[T] | Exception | None) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(made.put_nowait, what)

        def run() -> None:
            try:
                with contextlib.closing(work()) as results:
                    for result in results:
                        if left.is_set():
                            return
                        tell((result,))
                tell(None)
            except Exception as error:  # noqa: BLE001 it is raised where it is waited for
                tell(error)
            finally:
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(self._free.release)

        threading.Thread(target=run, name="byline-worker", daemon=True).start()
        try:
            while (result := await made.get()) is not None:
                if isinstance(result, Exception):
                    raise result
                yield result[0]
        finally:
            left.set()

    async def _take_place(self) -> None:
        if self._free.locked() and self._waiting >= self._most_waiting:
            raise Busy("too many questions are being answered; ask again in a moment")
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1


@dataclass(frozen=True, slots=True)
class WorkerPools:
    """Two: what this machine works out by itself never waits for what a language model keeps waiting."""

    quoted: WorkerPool = field(default_factory=WorkerPool)
    models: WorkerPool = field(default_factory=lambda: WorkerPool(MODELS_AT_ONCE))

    def of(self, reader: Reader) -> WorkerPool:
        return self.quoted if reader.name == EXTRACTIVE else self.models


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with the lines that its reader should see."""

    answer: Answer
    notices: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The answer as `byline ask --json` prints it, and `notices`."""
        return {**self.answer.to_json(), "notices": list(self.notices)}


async def events_of(
    pool: WorkerPool, assistant: Assistant, request: Request, reader: Reader, pause: float
) -> AsyncGenerator[Event | None, None]:
    """The events of answering, and None whenever none has come for `pause` seconds.

    Closing this ends the reader's work at its next event.
    """
    async with contextlib.aclosing(pool.stream(lambda: assistant.stream(request, reader))) as events:
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


async def reply_to(pool: WorkerPool, assistant: Assistant, request: Request, reader: Reader | None = None) -> Reply:
    """The whole reply. Raises what the assistant raises, and Busy."""
    async with contextlib.aclosing(pool.stream(lambda: assistant.stream(request, reader))) as events:
        return _reply_of([event async for event in events])


def reply_at_once(assistant: Assistant, request: Request) -> Reply:
    """The same in this thread."""
    return _reply_of(assistant.stream(request))


def _reply_of(events: Iterable[Event]) -> Reply:
    *before, done = events
    assert isinstance(done, Done)
    return Reply(done.answer, tuple(event.text for event in before if isinstance(event, Notice)))
