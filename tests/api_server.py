"""A real Byline server on this machine, in a thread of its own."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn

KEY = "a-key-of-the-tests-1"


@contextlib.contextmanager
def serving(application: Callable[[], Any], host: str = "127.0.0.1", **options: Any) -> Iterator[int]:
    """Serve what `application` makes, and give the port. Made in the loop, for Gradio leaves loops of its own open.

    The options are uvicorn's.
    """
    with socket.create_server((host, 0)) as listening:
        stop = threading.Event()
        thread = threading.Thread(target=asyncio.run, args=[_serve(application, listening, stop, options)])
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            stop.set()
            thread.join(20)


async def _serve(
    application: Callable[[], Any], listening: socket.socket, stop: threading.Event, options: dict[str, Any]
) -> None:
    server = uvicorn.Server(uvicorn.Config(application(), log_level="error", timeout_graceful_shutdown=1, **options))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not stop.is_set() and not serving.done():
        await asyncio.sleep(0.02)
    server.should_exit = True
    await serving
