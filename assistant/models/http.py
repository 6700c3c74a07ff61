"""HTTP as all models are called: the named address only, and a call that can be cut off from another thread."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from index.settings import is_loopback

if TYPE_CHECKING:
    from assistant.models import Limits

T = TypeVar("T")

CONNECT_SECONDS = 5.0


def client_options(http: ModuleType, url: str, limits: Limits) -> dict[str, Any]:
    """The options of a client of `http`, which is httpx or its successor httpx2, that calls `url` alone."""
    return {
        "timeout": http.Timeout(limits.seconds, connect=CONNECT_SECONDS),
        # A redirect could send the articles elsewhere, and a proxy cannot reach this machine's own addresses.
        "follow_redirects": False,
        "trust_env": not is_loopback(url),
        # A connection of its own for each call: what is cut off is never another call's.
        "limits": http.Limits(max_keepalive_connections=0),
        "event_hooks": {"request": [_note_connections], "response": [_note_response]},
    }


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` returns or raises. Raises TimeoutError when the time is over; the calls that it makes are cut then.

    A client's own timeout begins anew with each byte that comes.
    """
    connections = Connections()
    done: Future[T] = Future()

    def run() -> None:
        try:
            with connections.noted():
                done.set_result(work())
        except Exception as error:  # noqa: BLE001 raised again in the thread that waits
            done.set_exception(error)

    threading.Thread(target=run, name="language model", daemon=True).start()
    try:
        return done.result(timeout=seconds)
    finally:
        connections.cut()


class Connections:
    """The connections that one thread opens, to be cut by another.

    Closing a response does not wake a thread that waits for it, and before the first piece there is none to close:
    only the socket's own shutdown ends the wait, and tells the server to stop its work.
    """

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self._responses: list[Any] = []
        self._cut = False
        self._lock = threading.Lock()

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Within this, connections that the calling thread opens are noted; at its end they are closed.

        The openai package's stream holds itself in a cycle: what is left half-read it would close when garbage is
        collected, and where that comes while httpcore holds the lock of its pool, the thread waits for itself.
        """
        before = _opening.set(self)
        try:
            yield
        finally:
            _opening.reset(before)
            for response in self._responses:
                with suppress(OSError):
                    response.close()
            for opened in self._sockets:
                opened.close()

    def add(self, opened: socket.socket) -> None:
        with self._lock:
            self._sockets.append(opened)
            if self._cut:
                _shut(opened)

    def add_response(self, response: Any) -> None:
        self._responses.append(response)

    def cut(self) -> None:
        """End them all, and any that is opened from here on."""
        with self._lock:
            self._cut = True
            for opened in self._sockets:
                _shut(opened)


_opening: ContextVar[Connections | None] = ContextVar("_opening", default=None)


def _note_connections(request: Any) -> None:
    connections = _opening.get()
    if connections is None:
        return

    def trace(event: str, info: dict[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            connections.add(info["return_value"].get_extra_info("socket"))

    request.extensions["trace"] = trace


def _note_response(response: Any) -> None:
    if connections := _opening.get():
        connections.add_response(response)


def _shut(opened: socket.socket) -> None:
    with suppress(OSError):  # it has ended already
        socket.socket.shutdown(opened, socket.SHUT_RDWR)  # not SSLSocket's, which another thread may be reading
