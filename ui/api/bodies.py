"""The bodies of requests, bounded in bytes and in seconds, and whole before anything of them is worked on.

A client that promises a body and sends none, or sends it a byte at a time, would otherwise keep a place for ever.
"""

import asyncio
from typing import TYPE_CHECKING

from ui.api.access import LARGEST
from ui.api.errors import error_json

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS = 20.0  # for the whole body: 50 kB a second at the largest


class Bodies:
    """An ASGI application that gives another each request with its whole body, and answers 408 or 413 where it cannot.

    What is promised to be larger, by a Content-Length header, `ui.api.access.Guard` has refused before.
    """

    def __init__(self, application: "ASGIApp", largest: int = LARGEST, seconds: float = SECONDS) -> None:
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


async def _refuse(status: int, line: str, code: str, scope: "Scope", receive: "Receive", send: "Send") -> None:
    from starlette.responses import JSONResponse

    # What comes late is not to be taken for a request. A body that is still coming, too large, is let come, lest its
    # sender see a broken connection in place of the answer; `ui.serving` hangs up in the end.
    headers = {"connection": "close"} if status == 408 else None
    body = error_json(line, "invalid_request_error", code)
    await JSONResponse(body, status, headers)(scope, receive, send)


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
