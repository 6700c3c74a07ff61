"""What every request passes on its way to the server's work: ASGI applications around another, each for one thing.

From the outside in: `without_root` takes a proxy's path off, `Health` answers whoever watches the server,
`ui.api.access.Guard` lets in who may ask, `Bodies` bounds what is sent, `under_root` says where links lead, and
`with_content_policy` tells the browser to fetch nothing from elsewhere.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ui.api.access import LARGEST, is_listed
from ui.api.error_replies import error_json

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_BODY_SECONDS = 20.0  # for the whole body: 50 kB a second at the largest
_PATIENCE = 5.0  # seconds for the collection to say whether it can answer
_FRESH = 1.0  # seconds for which that holds: anybody may ask, as often as he likes
# Gradio believes these of anybody, and has its page's links lead there.
_UNTRUSTED = (b"x-forwarded-host", b"x-gradio-server")
# The browser itself is made to fetch nothing from elsewhere. Gradio's page needs inline scripts and eval.
_CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)


def without_root(application: "ASGIApp", root_path: str) -> "ASGIApp":
    """The application, reached with or without the root path before each path.

    That is the path of another server, such as `/byline`, from which a reverse proxy leads here; it may strip it or
    leave it. Between here and `under_root` a request's path is the bare one.
    """
    from starlette.responses import RedirectResponse

    async def stripped(scope: "Scope", receive: "Receive", send: "Send") -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and root_path and path == root_path:  # the page's own links are relative
            await RedirectResponse(f"{root_path}/", 308)(scope, receive, send)
            return
        if root_path and path.startswith(f"{root_path}/"):
            scope = {**scope, "path": path[len(root_path) :]}
        await application(scope, receive, send)

    return stripped


class Health:
    """An ASGI application that answers `/health` and `/ready` itself, before a key is asked for, and leaves all else.

    `/health` says that the process serves. `/ready` says 200, or 503 with a reason, as `not_ready` does: None where
    questions can be answered, else why not, in words that tell nothing of the collection.
    """

    def __init__(self, application: "ASGIApp", not_ready: Callable[[], str | None]) -> None:
        self._application = application
        self._not_ready = not_ready
        self._asking = asyncio.Lock()
        self._last: tuple[float, str | None] | None = None

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        from starlette.responses import JSONResponse

        if scope["type"] != "http" or scope["path"] not in ("/health", "/ready"):
            await self._application(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD"):
            response = JSONResponse({"status": "GET only"}, 405, {"allow": "GET, HEAD"})
        elif scope["path"] == "/health":
            response = JSONResponse({"status": "ok"})
        elif reason := await self._reason():
            response = JSONResponse({"status": "not ready", "reason": reason}, 503, {"retry-after": "5"})
        else:
            response = JSONResponse({"status": "ready"})
        response.headers["cache-control"] = "no-store"
        await response(scope, receive, send)

    async def _reason(self) -> str | None:
        async with self._asking:
            if self._last is None or time.monotonic() - self._last[0] > _FRESH:
                self._last = time.monotonic(), await self._ask()
            return self._last[1]

    async def _ask(self) -> str | None:
        try:
            return await asyncio.wait_for(asyncio.to_thread(self._not_ready), _PATIENCE)
        except TimeoutError:
            return f"the collection has not answered in {_PATIENCE:g} seconds"


class Bodies:
    """An ASGI application that gives another each request with its whole body, and answers 408 or 413 where it cannot.

    A client that promises a body and sends none, or sends it a byte at a time, would otherwise keep a place for ever.
    What is promised to be larger, by a Content-Length header, `ui.api.access.Guard` has refused before.
    """

    def __init__(self, application: "ASGIApp", largest: int = LARGEST, seconds: float = _BODY_SECONDS) -> None:
        self._application = application
        self._largest = largest
        self._seconds = seconds

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        try:
            body = await asyncio.wait_for(self._whole(receive), self._seconds)
        except TimeoutError:
            line = f"the request's body did not come within {self._seconds:g} seconds; send it again"
            await _refuse(408, line, "timeout", scope, receive, send)
            return
        if body is None:
            return  # whoever was sending it has left
        if len(body) > self._largest:
            line = f"the request has more than {self._largest} bytes; send less of the conversation"
            await _refuse(413, line, "too_large", scope, receive, send)
            return
        await self._application(scope, replayed(body, receive), send)

    async def _whole(self, receive: "Receive") -> bytes | None:
        """The body; where it is too large, the beginning that shows it; None where the client leaves before its end."""
        body = bytearray()
        while len(body) <= self._largest:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if not message.get("more_body", False):
                break
        return bytes(body)


def replayed(body: bytes, receive: "Receive") -> "Receive":
    """What gives the body again that was read, and then what `receive` gives: that the client has left."""
    given = False

    async def next_message() -> "Message":
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return next_message


async def _refuse(status: int, line: str, code: str, scope: "Scope", receive: "Receive", send: "Send") -> None:
    from starlette.responses import JSONResponse

    # What comes late is not to be taken for a request. A body that is still coming, too large, is let come, lest its
    # sender see a broken connection in place of the answer; `ui.serving` hangs up in the end.
    headers = {"connection": "close"} if status == 408 else None
    body = error_json(line, "invalid_request_error", code)
    await JSONResponse(body, status, headers)(scope, receive, send)


def under_root(application: "ASGIApp", root_path: str, hosts: Sequence[str] = ()) -> "ASGIApp":
    """The application, given its root path as ASGI has it, and the name and scheme by which its visitor came to it.

    X-Forwarded-Proto is taken from whoever was let in: the links of his own answer hang on it, and nothing else.
    X-Forwarded-Host is the Host where it is one of `hosts`. X-Forwarded-For is not read at all.
    """

    async def rooted(scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] in ("http", "websocket"):
            headers = [(name, value) for name, value in scope["headers"] if name not in _UNTRUSTED]
            named = dict(scope["headers"]).get(b"x-forwarded-host", b"").split(b",")[0].strip()
            if is_listed(named.decode("latin-1"), hosts):
                headers = [(name, named if name == b"host" else value) for name, value in headers]
            scope = {**scope, "headers": headers, "root_path": root_path, "path": root_path + scope["path"]}
            scope.pop("raw_path", None)  # nobody here reads it, and it would tell another path
            proto = next((value for name, value in headers if name == b"x-forwarded-proto"), b"")
            if scope["type"] == "http" and proto.split(b",")[0].strip().lower() == b"https":
                scope["scheme"] = "https"
        await application(scope, receive, send)

    return rooted


def with_content_policy(application: "ASGIApp") -> "ASGIApp":
    async def answer(scope: "Scope", receive: "Receive", send: "Send") -> None:
        async def send_with_policy(message: "Message") -> None:
            if message["type"] == "http.response.start":
                policy = (b"content-security-policy", _CONTENT_POLICY.encode())
                message = {**message, "headers": [*message.get("headers", ()), policy]}
            await send(message)

        await application(scope, receive, send_with_policy)

    return answer
