"""The way to the network: connects only to an address that was looked at, and keeps to a time by the clock.

The name is resolved here, once a connection, and the connection goes to the very address that was checked, so that
a name cannot turn into another address in between. The Host header and TLS still have the name.
"""

import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import httpcore
import httpx

from index.web.addresses import Resolve, checked_addresses
from index.web.trouble import Failed, Refused

T = TypeVar("T")


class Deadline:
    """So many seconds by the clock, counted while `running`; after them nothing is waited for."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._spent = 0.0
        self._begun = time.monotonic()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Counts the time of one request; that between two, when manners make us wait, is not counted."""
        self._begun = time.monotonic()
        try:
            yield
        finally:
            self._spent += time.monotonic() - self._begun

    def cut(self, timeout: float | None) -> float:
        """The seconds that may be waited, at most `timeout`. Raises Refused where none are left."""
        left = self._seconds - self._spent - (time.monotonic() - self._begun)
        if left <= 0:
            raise Refused(f"took longer than {self._seconds:g} seconds; try again later")
        return left if timeout is None else min(timeout, left)


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves, checks and connects; `below` makes the connection itself."""

    def __init__(
        self, resolve: Resolve, deadline: Deadline, *, allow_private: bool, below: httpcore.NetworkBackend | None = None
    ) -> None:
        self._resolve = resolve
        self._deadline = deadline
        self._allow_private = allow_private
        self._below = below or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        seconds = self._deadline.cut(timeout)
        addresses = checked_addresses(host, port, self._resolve, allow_private=self._allow_private, timeout=2 * seconds)
        for place, address in enumerate(addresses, start=1):
            seconds = self._deadline.cut(timeout)
            try:
                stream = self._below.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(addresses):
                    raise
            else:
                return _TimedStream(stream, self._deadline)
        raise httpcore.ConnectError("no address")  # not reached: there is always one address


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every read and write also keeps to the deadline: a server that drips cannot stretch it."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._timed(lambda seconds: self._stream.read(max_bytes, seconds), timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._timed(lambda seconds: self._stream.write(buffer, seconds), timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            secure = self._timed(lambda seconds: self._stream.start_tls(ssl_context, server_hostname, seconds), timeout)
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError):  # the pool would drop the cause
                raise Refused(
                    "has a certificate or an encryption that cannot be trusted; look at it in a browser", reached=False
                ) from error
            raise
        return _TimedStream(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _timed(self, action: Callable[[float], T], timeout: float | None) -> T:
        try:
            return action(self._deadline.cut(timeout))
        except httpcore.TimeoutException:
            self._deadline.cut(timeout)  # raises where it was the deadline that ended the wait
            raise


class CheckedTransport(httpx.BaseTransport):
    """httpx's way out through a CheckedBackend. No proxies, no settings from the environment, no connection kept."""

    def __init__(self, backend: CheckedBackend, certificates: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=certificates, max_keepalive_connections=0, network_backend=backend
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        with _translated():
            answer = self._pool.handle_request(
                httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
            )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _translated():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except httpcore.ConnectError as error:
        raise Failed(
            "cannot be reached (no connection); check the address, or try again later", reached=False
        ) from error
    except httpcore.ConnectTimeout as error:
        raise Failed("did not answer in time; try again later", reached=False) from error
    except httpcore.TimeoutException as error:
        raise Failed("did not answer in time; try again later") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise Failed("broke off in the middle of its answer, or is no web server; try again later") from error
    except httpcore.UnsupportedProtocol as error:
        raise Refused("is not a web address; write it with https:// or http:// in front") from error
