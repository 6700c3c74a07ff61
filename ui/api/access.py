"""What may reach the server: with BYLINE_API_KEYS whoever sends one of them, without it this machine alone.

Without keys a reverse proxy on this machine would make each of its visitors look like this machine. So none is let in
whose request shows that it came through one, a server under a root path, which only a proxy gives it, does not start
without keys, and neither does one that others reach directly.
"""

import base64
import binascii
import hmac
import ipaddress
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import SettingsError
from index.settings import is_loopback

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.types import ASGIApp, Receive, Scope, Send

KEYS_VARIABLE = "BYLINE_API_KEYS"

LARGEST = 1 << 20  # bytes of a request: some 200 pages of conversation

_SHORTEST = 12
_MAKE_ONE = "make one with `python3 -c 'import secrets; print(secrets.token_urlsafe())'`"
_SET_KEYS = f"set {KEYS_VARIABLE} on the server to let others in"
# A request that carries one of these came through a proxy: its peer says nothing of who asks.
_PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_PROGRAMS = ("/v1", "/mcp")
_KINDS = {  # of an error, and its code
    401: ("authentication_error", "invalid_api_key"),
    403: ("permission_error", "forbidden"),
    413: ("invalid_request_error", "too_large"),
}


def keys_from(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The keys in BYLINE_API_KEYS, separated by commas; none where it is not set.

    Raises SettingsError, which never holds a key, for one that is short or cannot stand in a header.
    """
    given = environment.get(KEYS_VARIABLE, "")
    keys = tuple(key.strip() for key in given.split(",") if key.strip())
    if given and not keys:
        raise SettingsError(f"{KEYS_VARIABLE} is set but holds no key; {_MAKE_ONE}, or unset it")
    for place, key in enumerate(keys, 1):
        if len(key) < _SHORTEST:
            raise SettingsError(f"{KEYS_VARIABLE}: key {place} is shorter than {_SHORTEST} characters; {_MAKE_ONE}")
        if not (key.isascii() and key.isprintable()) or " " in key or ":" in key:
            raise SettingsError(
                f"{KEYS_VARIABLE}: key {place} has a space, a colon or a special character; {_MAKE_ONE}"
            )
    return keys


def is_listed(host: str, names: Sequence[str]) -> bool:
    """Whether a host, with or without a port, is one of these names, which may begin with `*.`; not for `*` alone."""
    name = host.lower().partition(":")[0].rstrip(".")
    return any(name == known or (known.startswith("*.") and name.endswith(known[1:])) for known in names)


@dataclass(frozen=True, slots=True)
class Reach:
    """Who may reach the server, and where.

    With `keys` whoever sends one of them, without any this machine alone. `hosts` are the names that a Host header may
    give beside this machine's own, such as `news.example` and `*.news.example`; with keys, and without such a list, any
    will do. Pages of `origins` may ask as the server's own. `root_path` is the path of a proxy that leads here.
    """

    keys: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    root_path: str = ""

    def check(self, address: str) -> None:
        """Raises SettingsError where others than this machine could reach the server, and no key keeps them out.

        That is at an IP address of others' networks, under a root path, which a proxy before it gives it, and where it
        goes by any name or pages of any site may ask.
        """
        if self.keys:
            return
        if self.root_path:
            raise SettingsError(
                f"root_path is {self.root_path}, so others may come through a proxy, and no key is set; "
                f"set {KEYS_VARIABLE}"
            )
        for name, values in (("hosts", self.hosts), ("origins", self.origins)):
            if "*" in values:
                raise SettingsError(f"{name} is *, so any site's page may ask, and no key is set; set {KEYS_VARIABLE}")
        if not _is_loopback(address):
            raise SettingsError(
                f"--host {address} can be reached from other machines and no key is set; "
                f"set {KEYS_VARIABLE}, or leave --host at 127.0.0.1"
            )


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not let in; `line` is for whoever sent it."""

    status: int
    line: str


class Guard:
    """An ASGI application that lets through to another what may reach it."""

    def __init__(self, application: "ASGIApp", reach: Reach = Reach()) -> None:
        self._application = application
        self._keys = tuple(key.encode() for key in reach.keys)
        self._hosts = tuple(host.lower() for host in reach.hosts)
        self._origins = frozenset(origin.lower() for origin in reach.origins)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        refusal = None if scope["type"] == "lifespan" else self.refusal(scope)
        if refusal is None:
            await self._application(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            await _respond(refusal, scope, receive, send)

    def refusal(self, scope: "Scope") -> Refusal | None:
        """Why the request is refused, None where it is not."""
        from starlette.datastructures import Headers

        headers = Headers(scope=scope)
        refusal = self._without_key(headers) if self._keys else self._from_elsewhere(scope, headers)
        length = headers.get("content-length", "")
        if refusal is None and length.isdecimal() and (len(length) > 12 or int(length) > LARGEST):
            return Refusal(413, f"the request has more than {LARGEST} bytes; send less of the conversation")
        return refusal

    def _without_key(self, headers: "Headers") -> Refusal | None:
        if self._hosts and not self._is_named(headers.get("host", "")):
            return Refusal(403, "the Host header does not name this server; its names are in the setting hosts")
        scheme, key = _presented(headers.get("authorization", ""))
        if not key:
            return Refusal(401, "this server wants a key: send the header `Authorization: Bearer KEY`")
        if not sum(
            hmac.compare_digest(key, known) for known in self._keys
        ):  # each is compared, whatever the first says
            return Refusal(401, "the key that was sent is none of this server's")
        # A browser adds a password by itself, also to what another site's page asks for.
        return self._from_another_site(headers) if scheme == "basic" else None

    def _from_elsewhere(self, scope: "Scope", headers: "Headers") -> Refusal | None:
        peer = scope.get("client")
        if not peer or not _is_loopback(peer[0]):
            return Refusal(403, f"only the machine that Byline runs on may ask; {_SET_KEYS}")
        if any(name in headers for name in _PROXIED):
            return Refusal(403, f"requests through a proxy need a key; {_SET_KEYS}")
        # Another site's name can be made to lead here (DNS rebinding), but then it stands in the Host header.
        if not self._is_named(headers.get("host", "")):
            return Refusal(403, f"the Host header does not name this machine; use 127.0.0.1, or {_SET_KEYS}")
        return self._from_another_site(headers)

    def _from_another_site(self, headers: "Headers") -> Refusal | None:
        origin = headers.get("origin", "").lower()
        place = origin.partition("://")[2]
        if "origin" not in headers or place == headers.get("host", "").lower():
            return None
        if origin in self._origins or "*" in self._origins:
            return None
        if self._keys and is_listed(place, self._hosts):
            return None  # a page of this server, whose proxy did not pass the Host header on
        return Refusal(403, "another site's page may not ask; the Origin header is not this server's")

    def _is_named(self, host: str) -> bool:
        return _names_this_machine(host) or "*" in self._hosts or is_listed(host, self._hosts)


def _presented(header: str) -> tuple[str, bytes]:
    """The scheme, in small letters, and the key of an Authorization header; no key where there is none to read."""
    scheme, _, rest = header.partition(" ")
    scheme, rest = scheme.lower(), rest.strip()
    if scheme == "bearer":
        return scheme, rest.encode("utf-8", "replace")
    if scheme == "basic":  # a browser's login; any user name does
        try:
            return scheme, base64.b64decode(rest, validate=True).partition(b":")[2]
        except (binascii.Error, ValueError):
            return scheme, b""
    return scheme, b""


def _names_this_machine(host: str) -> bool:
    try:
        return is_loopback(f"//{host}")
    except ValueError:  # half an IPv6 address
        return False


def _is_loopback(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(ip, "ipv4_mapped", None)
    return (mapped or ip).is_loopback


async def _respond(refusal: Refusal, scope: "Scope", receive: "Receive", send: "Send") -> None:
    from starlette.responses import JSONResponse

    from ui.api.error_replies import error_json

    headers = {}
    if refusal.status == 401:
        program = scope["path"].startswith(_PROGRAMS)
        headers["www-authenticate"] = "Bearer" if program else 'Basic realm="Byline: any user name, a key as password"'
    body = error_json(refusal.line, *_KINDS[refusal.status])
    await JSONResponse(body, refusal.status, headers)(scope, receive, send)
