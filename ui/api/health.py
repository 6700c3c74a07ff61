"""`/health` and `/ready`, for whatever starts and watches servers: open to all, and telling nothing private."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_PATIENCE = 5.0  # seconds for the collection to say whether it can answer
_FRESH = 1.0  # seconds for which that holds: anybody may ask, as often as he likes


class Health:
    """An ASGI application that answers these two by itself, before anything asks for a key, and leaves all else.

    `/health` says that the process serves. `/ready` says 200, or 503 with a reason, as `not_ready` does: None where
    questions can be answered, else why not, in words that tell nothing of the collection.
    """

    def __init__(self, application: "ASGIApp", not_ready: Callable[[], str | None]) -> None:
        self._application = application
        self._not_ready = not_ready
        self._asking = asyncio.Lock()
        self._said: tuple[float, str | None] | None = None

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
            if self._said is None or time.monotonic() - self._said[0] > _FRESH:
                self._said = time.monotonic(), await self._ask()
            return self._said[1]

    async def _ask(self) -> str | None:
        try:
            return await asyncio.wait_for(asyncio.to_thread(self._not_ready), _PATIENCE)
        except TimeoutError:
            return f"the collection has not answered in {_PATIENCE:g} seconds"
