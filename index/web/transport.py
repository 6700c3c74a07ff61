"""The way to the network: which addresses may be asked, connections to them within a time, and bytes up to a limit.

The name is resolved here, once a connection, and the connection goes to the very address that was checked, so that
a name cannot turn into another address in between. The Host header and TLS still have the name. What can go wrong with
one request is a `Trouble`, of which `Fetcher` makes a SourceError, once:

    Trouble          what happened, as the end of a line that begins with the address
    ├── Refused      trying again will not help
    │   └── NotPublic    the address is on this machine or a private network
    └── Failed       it may work in a moment; `wait` is how many seconds the server asked for
"""

import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import httpcore
import httpx

from index.text.decoding import printable

Resolve = Callable[[str, int], list[str]]
"""A name and a port to IP addresses; raises OSError where there are none."""

# Ports of other services, which must not be sent an HTTP request by an address in a feed (fetch.spec.whatwg.org).
_NOT_WEB = frozenset(
    map(
        int,
        "0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 "
        "123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 "
        "990 993 995 1719 1720 1723 2049 3306 3659 4045 4190 5060 5061 5432 6000 6379 6566 6665 6666 6667 6668 6669 "
        "6679 6697 10080 11211 27017".split(),
    )
)
# All of the special-purpose registries of IPv4 and IPv6 at IANA (RFC 6890) as of 2025, the few that are marked there
# as globally reachable too: no news is there. Python's is_global follows them only by its version.
_SPECIAL_IPV4 = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24
192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4
240.0.0.0/4
"""
# Those inside 2000::/3, all that is given out of IPv6. Outside it are NAT64, mapped, unique local, link-local, ...
_SPECIAL_IPV6 = "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20"
_OF_A_CLOUD = "168.63.129.16/32"  # a public address that in Azure leads to the machine's own host
_NOT_PUBLIC = [ipaddress.ip_network(network) for network in f"{_SPECIAL_IPV4} {_SPECIAL_IPV6} {_OF_A_CLOUD}".split()]
_GIVEN_OUT = ipaddress.ip_network("2000::/3")
_USERINFO = re.compile(r"//[^/?#]*@")
_SPACE = re.compile(r"[\x00-\x20\x7f-\x9f]+")
_SHOWN = 300
_STEP = 65_536
_SLICE = 4_096  # zlib copies what it leaves over: of a long input, with each of its members, once more
_GZIP_OR_ZLIB = 47  # zlib's number for: 32 KB window, tell gzip and zlib apart by the header

T = TypeVar("T")


class Trouble(Exception):
    """A request came to nothing. `status` is the HTTP status where there was one, else 0.

    `reached`: whether there was a server at all to send it to.
    """

    def __init__(self, what: str, *, status: int = 0, reached: bool = True) -> None:
        super().__init__(what)
        self.status = status
        self.reached = reached
        self.hop = ""  # the address that a redirect led to, where it was not the one asked for


class Refused(Trouble):
    """Trying again will not help."""


class NotPublic(Refused):
    """The name leads to this machine or to a private network."""

    def __init__(self) -> None:
        super().__init__("is on this machine or a private network; add --allow-private if that is meant", reached=False)


class Failed(Trouble):
    """Trying again may help, after `wait` seconds where the server named a time."""

    def __init__(self, what: str, *, status: int = 0, reached: bool = True, wait: float | None = None) -> None:
        super().__init__(what, status=status, reached=reached)
        self.wait = wait


class TooLarge(Exception):
    """More bytes than were allowed; `begun` are those that came until then."""

    def __init__(self, begun: bytearray) -> None:
        super().__init__()
        self.begun = bytes(begun)


class Damaged(Exception):
    """The bytes are not what they are said to be, or end too early."""


def web_address(url: str) -> httpx.URL:
    """The address, without its fragment. Raises Refused where it is not a plain http or https address."""
    try:
        parsed = httpx.URL(url.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:  # ValueError: a port out of range
        raise Refused("is not a web address; write it as https://example.com/page") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise Refused("is not a web address; write it with https:// or http:// in front")
    if parsed.userinfo:
        raise Refused("has a user name or password in it, which is not sent; take out what stands before the @")
    if parsed.port is not None and (parsed.port in _NOT_WEB or not 0 < parsed.port < 65536):
        raise Refused(f"asks for port {parsed.port}, which is not one of a web server; check the address")
    return parsed


def shown(url: str) -> str:
    """The address as it may stand in a message: one line, no password, no control characters, not endless."""
    line = printable(_SPACE.sub("", _USERINFO.sub("//", url.strip())))
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


def is_public(address: str) -> bool:
    """Whether the IP address is one of the public internet, and neither of a special purpose nor another in disguise.

    IPv4-mapped, 6to4, Teredo and NAT64 addresses hold an IPv4 address, and are not taken as public.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6 and ip not in _GIVEN_OUT:
        return False
    return not any(ip in network for network in _NOT_PUBLIC)


def checked_addresses(host: str, port: int, resolve: Resolve, *, allow_private: bool, timeout: float) -> list[str]:
    """The IP addresses of a name, all of them looked at.

    Raises NotPublic where any of them is not public (unless allowed), Refused or Failed where there are none.
    """
    try:
        found = _within(timeout, lambda: resolve(host.strip("[]"), port))
    except TimeoutError as error:
        raise Failed(
            "cannot be reached (looking up its name took too long); check the network", reached=False
        ) from error
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise Failed(
                "cannot be reached (its name could not be looked up); check the network", reached=False
            ) from error
        raise Refused("cannot be reached (no such name); check the address", reached=False) from error
    except (OSError, UnicodeError) as error:
        raise Refused("cannot be reached (its name cannot be looked up); check the address", reached=False) from error
    if not found:
        raise Refused("cannot be reached (its name has no address); check the address", reached=False)
    if not allow_private and not all(map(is_public, found)):
        raise NotPublic
    return found


def system_resolve(host: str, port: int) -> list[str]:
    """What the operating system knows of the name; an address stands for itself.

    2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1, as they are for most programs that connect.
    """
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        pass
    try:
        return [socket.inet_ntoa(socket.inet_aton(host))]
    except (OSError, UnicodeError):
        pass
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _within(seconds: float, action: Callable[[], list[str]]) -> list[str]:
    """What `action` returns or raises; TimeoutError where it takes longer. getaddrinfo itself knows no time limit."""
    results: list[list[str]] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            results.append(action())
        except Exception as error:  # noqa: BLE001 - raised again below, in the thread that asked
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError
    return results[0]


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


def inflated(chunks: Iterator[bytes], limit: int) -> bytes:
    """All members of a gzip (or zlib) stream as one. Raises TooLarge above `limit` bytes, Damaged if it is broken."""
    whole = bytearray()
    member = zlib.decompressobj(_GZIP_OR_ZLIB)
    begun = False
    for waiting in _slices(chunks):
        while waiting:
            if member.eof:
                if not waiting.strip(b"\0"):
                    break  # padding after the last member
                member = zlib.decompressobj(_GZIP_OR_ZLIB)
            begun = True
            try:
                whole += member.decompress(waiting, _STEP)
            except zlib.error as error:
                raise Damaged from error
            if len(whole) > limit:
                raise TooLarge(whole)
            waiting = member.unused_data if member.eof else member.unconsumed_tail
    if begun and not member.eof:
        whole += member.flush()
        if not member.eof:
            raise Damaged
    return bytes(whole)


def collected(chunks: Iterator[bytes], limit: int) -> bytes:
    """The chunks as one. Raises TooLarge above `limit` bytes."""
    whole = bytearray()
    for chunk in chunks:
        whole += chunk
        if len(whole) > limit:
            raise TooLarge(whole)
    return bytes(whole)


def _slices(chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for at in range(0, len(chunk), _SLICE):
            yield chunk[at : at + _SLICE]
