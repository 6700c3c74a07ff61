"""Serving the chat page: a port of its own, and no connection to anywhere else."""

import asyncio
import contextlib
import errno
import logging
import socket
import sys
import webbrowser
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.assistant import Assistant
from index.errors import SettingsError
from ui import page
from ui.api.access import LARGEST, Guard

if TYPE_CHECKING:  # these take seconds to import; a port in use is told before
    from fastapi import FastAPI
    from gradio import Blocks
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from ui.reader_choice import Readers

_SWITCH_SECONDS = 0.0005  # of Python's lock, by default ten times as long: the network waits for it after each passage
# The browser itself is told to fetch nothing from elsewhere. Gradio's page needs inline scripts and eval.
_CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)


@contextlib.contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A listening socket; from here on no one else can take the port. Raises SettingsError where it cannot be had."""
    try:
        family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.create_server(where[:2], family=family, backlog=128)
    except socket.gaierror as error:
        raise SettingsError(f"{host} is not an address of this machine; give another with --host") from error
    except OSError as error:
        why = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        raise SettingsError(f"port {port} on {host} {why}; give another with --port") from error
    with found:
        yield found


def run_chat(
    assistant: Assistant,
    port: socket.socket,
    *,
    open_browser: bool,
    sample: bool,
    keys: Sequence[str] = (),
    with_api: bool = False,
    readers: "Readers | None" = None,
) -> None:
    """Serve the chat, and the API beside it, on a listening socket until Ctrl-C, to those that have one of the keys.

    `readers` are those that the chat's menu and the API offer.
    """
    host, number = port.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{number}"
    sys.setswitchinterval(_SWITCH_SECONDS)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(assistant, sample, port, address, open_browser, keys, with_api, readers))


def serve(chat: "Blocks", api: "FastAPI | None" = None, keys: Sequence[str] = ()) -> "ASGIApp":
    """The chat as a web application that makes no connection and lets its page make none to elsewhere.

    With `api` it is mounted beside it. `keys` let others than this machine in, and are then asked of everyone.
    """
    import gradio as gr
    from fastapi import FastAPI

    application = gr.mount_gradio_app(
        api or FastAPI(docs_url=None, redoc_url=None, openapi_url=None, max_body_size=LARGEST),
        chat,
        path="/",
        footer_links=[],
        run_history=False,
        favicon_path=str(page.FAVICON),
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        pwa=False,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        head=page.head(),
    )
    return Guard(_with_content_policy(application), keys)


async def _run(
    assistant: Assistant,
    sample: bool,
    port: socket.socket,
    address: str,
    open_browser: bool,
    keys: Sequence[str],
    with_api: bool,
    readers: "Readers | None",
) -> None:
    import uvicorn

    from ui.chat import build_chat

    api = None
    if with_api:
        from ui.api.application import api as build_api

        api = build_api(assistant, readers)
    # The page is built in here, for without a running event loop Gradio makes its own and leaves them open.
    application = serve(build_chat(assistant, sample=sample, readers=readers), api, keys)
    print(f"Byline answers at {address} (Ctrl-C ends it)", flush=True)
    if with_api:
        print(f"OpenAI clients: {address}/v1   MCP clients: {address}/mcp", flush=True)
    if open_browser:
        webbrowser.open(address)
    # Open pages hold connections for ever: at the end they get a second, and no one is told that they were cut.
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", timeout_graceful_shutdown=1))
    logging.getLogger("uvicorn.error").addFilter(lambda record: not server.should_exit)
    await server.serve(sockets=[port])


def _with_content_policy(application: "ASGIApp") -> "ASGIApp":
    async def answer(scope: "Scope", receive: "Receive", send: "Send") -> None:
        async def send_with_policy(message: "Message") -> None:
            if message["type"] == "http.response.start":
                policy = (b"content-security-policy", _CONTENT_POLICY.encode())
                message = {**message, "headers": [*message.get("headers", ()), policy]}
            await send(message)

        await application(scope, receive, send_with_policy)

    return answer
