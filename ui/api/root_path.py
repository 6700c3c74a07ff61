"""Under a path of another server, such as `/byline`: what a reverse proxy there passes on, and where links lead.

The proxy may strip the path or leave it. Between `without_root` and `under_root` a request's path is the bare one.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.api.access import is_listed

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

# Gradio believes these of anybody, and has its page's links lead there.
_UNTRUSTED = (b"x-forwarded-host", b"x-gradio-server")


def without_root(application: "ASGIApp", root_path: str) -> "ASGIApp":
    """The application, reached with or without the root path before each path."""
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


def under_root(application: "ASGIApp", root_path: str, hosts: Sequence[str] = ()) -> "ASGIApp":
    """The application, told its root path as ASGI has it, and the name and scheme by which its visitor came to it.

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
