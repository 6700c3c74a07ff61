"""The pool of workers: bounded, and left when no one waits."""

import asyncio
import contextlib
import threading
from collections.abc import Generator

import pytest

from tests import event_loop
from ui.api.worker_pool import Busy, WorkerPool


def test_what_is_made_in_a_thread_comes_in_order_and_errors_too() -> None:
    def work() -> Generator[int, None, None]:
        yield from range(3)
        raise ZeroDivisionError

    async def collect() -> list[int]:
        got: list[int] = []
        with contextlib.suppress(ZeroDivisionError):
            async for one in WorkerPool().stream(work):
                got.append(one)
            got.append(-1)
        return got

    assert event_loop.run(collect()) == [0, 1, 2]


def test_no_more_work_than_is_allowed_goes_on_at_once() -> None:
    at_work, most, guard = 0, 0, threading.Lock()
    gate = threading.Event()

    def work() -> int:
        nonlocal at_work, most
        with guard:
            at_work += 1
            most = max(most, at_work)
        gate.wait(5)
        with guard:
            at_work -= 1
        return 1

    async def run() -> list[int]:
        pool = WorkerPool(at_once=2, waiting=3)
        five = [asyncio.create_task(pool.do(work)) for _ in range(5)]
        while at_work < 2:
            await asyncio.sleep(0.01)
        with pytest.raises(Busy, match="ask again"):
            await pool.do(work)
        gate.set()
        return await asyncio.gather(*five)

    assert event_loop.run(run()) == [1] * 5
    assert most == 2


def test_work_that_no_one_waits_for_ends_at_its_next_result_and_keeps_its_place_till_then() -> None:
    ended, gate = threading.Event(), threading.Event()

    def work() -> Generator[int, None, None]:
        try:
            yield 1
            gate.wait(5)
            yield 2
            yield 3
        finally:
            ended.set()

    async def run() -> int:
        pool = WorkerPool(at_once=1, waiting=1)
        stream = pool.stream(work)
        assert await anext(stream) == 1
        await stream.aclose()
        after = asyncio.create_task(pool.do(lambda: 7))
        await asyncio.sleep(0.05)
        assert not after.done()
        assert not ended.is_set()
        gate.set()
        return await after

    assert event_loop.run(run()) == 7
    assert ended.is_set()


def test_whoever_leaves_while_waiting_gives_up_the_place_in_the_queue() -> None:
    gate = threading.Event()

    async def run() -> int:
        pool = WorkerPool(at_once=1, waiting=1)
        first = asyncio.create_task(pool.do(lambda: gate.wait(5)))
        await asyncio.sleep(0.02)
        waiting = asyncio.create_task(pool.do(lambda: 2))
        await asyncio.sleep(0.02)
        waiting.cancel()
        await asyncio.wait([waiting])
        third = asyncio.create_task(pool.do(lambda: 3))
        await asyncio.sleep(0.02)
        gate.set()
        await first
        return await third

    assert event_loop.run(run()) == 3
