"""What may be called of Gradio: the chat's one endpoint for programs, and the routes that its page needs.

Gradio's other routes take files, fetch and write. A route that is to be opened is named here, and nowhere else.
`/gradio_api/upload` wants more than that: a limit of its own in `ui.api.middleware.Bodies` for the bytes and the
seconds, `max_file_size` where the chat is mounted, a count, and `delete_cache` for the folder that `ui.serving` gives
Gradio and removes at the end.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assistant.assistant import Assistant
from assistant.conversation.turn import Turn
from assistant.request import Request
from index.errors import BylineError, SettingsError
from ui.api.cited_text import article_name, cited_text, conversation
from ui.api.error_replies import line_of, what_is_invalid
from ui.api.middleware import replayed
from ui.api.protocol import ChatMessage, spoken
from ui.api.worker_pool import reply_at_once

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi import Request as HttpRequest
    from gradio import Blocks
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

_API = "/gradio_api"
_READ = frozenset(
    ["/", "/config", "/theme.css", "/favicon.ico", "/robots.txt", "/manifest.json", "/pwa_icon"]
    + [f"{_API}/{name}" for name in ("info", "app_id", "startup-events", "queue/data")]
)
_READ_BELOW = ("/assets/", "/static/", f"{_API}/heartbeat/", f"{_API}/call/ask/")
_JOIN, _SERVER = f"{_API}/queue/join", f"{_API}/component_server"
_AT_ONCE = (f"{_API}/run/predict", f"{_API}/api/predict")
_NAMED = f"{_API}/call/ask"
_CALLED = frozenset([_JOIN, _SERVER, *_AT_ONCE, _NAMED, f"{_API}/cancel", f"{_API}/reset"])


def offer_ask(assistant: Assistant) -> None:
    """Add `/ask`, for gradio_client, to the Blocks that is being laid out."""
    import gradio as gr
    from gradio.events import api

    def ask(
        question: str,
        history: list[dict] = [],  # type: ignore[type-arg]  # noqa: B006 Gradio reads these annotations
        as_of: str = "",
        since: str = "",
        until: str = "",
        outlets: list[str] = [],  # noqa: B006
        authors: list[str] = [],  # noqa: B006
        articles: list[str] = [],  # noqa: B006
        any_time: bool = False,
        kind: str = "",
    ) -> tuple[str, dict]:  # type: ignore[type-arg]
        """The answer with its marks and sources, and the same as data. `history` holds messages in OpenAI's form."""
        try:
            request = Request.read(
                *_conversation(question, history),
                as_of=as_of,
                since=since,
                until=until,
                outlets=outlets,
                authors=authors,
                articles=articles,
                any_time=any_time,
                kind=kind,
            )
            reply = reply_at_once(assistant, request)
        except BylineError as error:
            raise gr.Error(line_of(error), print_exception=False) from error
        return cited_text(reply.answer, article_name).text, reply.to_json()

    api(ask, api_name="ask")


def gated(application: "FastAPI", chat: "Blocks") -> "ASGIApp":
    """Gradio's application without the routes that the chat does not need: 404 for them, and one line.

    Bad calls, as of a function that is not there, are answered by 400 and a line.
    """
    from fastapi.exceptions import RequestValidationError

    application.add_exception_handler(RequestValidationError, _invalid)

    async def gate(scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        from starlette.responses import JSONResponse

        path = scope["path"].removeprefix(scope.get("root_path", "")).rstrip("/") or "/"
        if not _is_open(scope["method"], path):
            line = f"{scope['method']} {path}: not served here"
            await JSONResponse({"detail": line}, 404)(scope, receive, send)
            return
        if path in _CALLED:
            body = (await receive()).get("body", b"")  # whole, see `Bodies`
            receive = replayed(body, receive)
            fault = _fault(path, body, chat) or _form(scope)
            if fault:
                await JSONResponse({"detail": fault}, 400)(scope, receive, send)
                return
        await application(scope, receive, send)

    return gate


async def _invalid(request: "HttpRequest", error: Exception) -> "Response":
    from fastapi.exceptions import RequestValidationError
    from starlette.responses import JSONResponse

    assert isinstance(error, RequestValidationError)
    return JSONResponse({"detail": what_is_invalid(error)[0]}, 400)


def _is_open(method: str, path: str) -> bool:
    if method == "POST":
        return path in _CALLED
    return method in ("GET", "HEAD", "OPTIONS") and (path in _READ or path.startswith(_READ_BELOW))


def _fault(path: str, body: bytes, chat: "Blocks") -> str | None:
    """What is wrong with a call that Gradio would not see; None for what it sees itself, as a body that is no JSON."""
    try:
        call = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(call, dict):
        return None
    if path == _SERVER:
        component = call.get("component_id")
        return None if _is_known(component, chat.blocks) else f"component_id: there is no component {component!r}"
    if path == _JOIN or path in _AT_ONCE:
        index = call.get("fn_index")
        if not _is_known(index, chat.fns):
            return f"fn_index: there is no function {index!r}"
        assert isinstance(index, int)
        return _wrong_data(call, chat.fns[index])
    if path == _NAMED:
        return _wrong_data(call, next(fn for fn in chat.fns.values() if fn.api_name == "ask"))
    return None


def _form(scope: "Scope") -> str | None:
    """Why a body as forms send it is not taken: it may hold files."""
    kinds = [value for name, value in scope["headers"] if name == b"content-type"]
    return "send the call as JSON, not as a form" if any(kind.startswith(b"multipart/") for kind in kinds) else None


def _is_known(index: object, known: Mapping[int, Any]) -> bool:
    return isinstance(index, int) and index in known


def _wrong_data(call: Mapping[str, Any], function: Any) -> str | None:
    data, wanted = call.get("data"), len(function.inputs)
    if not isinstance(data, list) or function.cancels or len(data) == wanted:
        return None
    return f"data: {len(data)} values for {wanted} inputs"


def _conversation(question: str, history: list[dict[str, Any]]) -> tuple[str, tuple[Turn, ...]]:
    try:
        before = [ChatMessage.model_validate(message) for message in history]
    except ValidationError as error:
        raise SettingsError("history must hold messages with a role, user or assistant, and a content") from error
    return conversation([*spoken(before), {"role": "user", "content": question}])
