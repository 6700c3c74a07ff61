"""Serving the chat page: a port of its own, and no connection to anywhere else."""

import asyncio
import contextlib
import errno
import logging
import os
import signal
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.assistant import Assistant
from index.errors import SettingsError
from ui import page
from ui.api.access import LARGEST, Guard, Reach
from ui.api.bodies import Bodies
from ui.api.gradio_gate import gated
from ui.api.health import Health
from ui.api.root_path import under_root, without_root

if TYPE_CHECKING:  # these take seconds to import; a port in use is told before
    import uvicorn
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


@contextlib.contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Within it SIGTERM, by which service managers and containers stop a program, ends it as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def run_chat(
    assistant: Assistant,
    port: socket.socket,
    *,
    open_browser: bool,
    sample: bool,
    reach: Reach = Reach(),  # noqa: B008 it is frozen
    with_api: bool = False,
    readers: "Readers | None" = None,
) -> None:
    """Serve the chat, and the API beside it, on a listening socket until Ctrl-C, to those whom `reach` lets in.

    `readers` are those that the chat's menu and the API offer.
    """
    host, number = port.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{number}"
    sys.setswitchinterval(_SWITCH_SECONDS)
    with tempfile.TemporaryDirectory(prefix="byline-") as folder:
        os.environ["GRADIO_TEMP_DIR"] = folder  # else one that all who use this machine share
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_run(assistant, sample, port, address, open_browser, reach, with_api, readers))


def serve(
    chat: "Blocks",
    api: "FastAPI | None" = None,
    keys: Sequence[str] = (),
    *,
    hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
    root_path: str = "",
    not_ready: Callable[[], str | None] = lambda: None,
) -> "ASGIApp":
    """The chat as a web application that makes no connection and lets its page make none to elsewhere.

    With `api` it is mounted beside it. `keys` let others than this machine in, and are then asked of everyone; for
    `hosts` and `origins` see `Guard`, for `not_ready` `Health`. `root_path` is the path of a proxy that leads here.
    """
    import gradio as gr
    from fastapi import FastAPI
    from starlette.middleware.cors import CORSMiddleware
    from starlette.routing import Mount

    outer = api or FastAPI(docs_url=None, redoc_url=None, openapi_url=None, max_body_size=LARGEST)
    outer.add_middleware(CORSMiddleware)  # it allows nothing, but where there is one Gradio adds none of its own
    application = gr.mount_gradio_app(
        outer,
        chat,
        path="/",
        root_path=root_path,
        footer_links=[],
        run_history=False,
        favicon_path=str(page.FAVICON),
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        pwa=False,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        head=f'{page.head()}\n<link rel="icon" href="favicon.ico">',  # else it is looked for outside a root path
    )
    mounted = application.routes[-1]
    assert isinstance(mounted, Mount)
    assert isinstance(mounted.app, FastAPI)
    mounted.app = gated(mounted.app, chat)
    bounded = Bodies(under_root(_with_content_policy(application), root_path, hosts))
    guarded: ASGIApp = Guard(bounded, keys, hosts, origins)
    if origins:
        methods, told = ["GET", "POST", "DELETE"], ["mcp-session-id", "mcp-protocol-version"]
        guarded = CORSMiddleware(
            guarded, allow_origins=origins, allow_methods=methods, allow_headers=["*"], expose_headers=told
        )
    return without_root(Health(guarded, not_ready), root_path)


async def _run(
    assistant: Assistant,
    sample: bool,
    port: socket.socket,
    address: str,
    open_browser: bool,
    reach: Reach,
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
    chat = build_chat(assistant, sample=sample, readers=readers)
    application = serve(
        chat,
        api,
        reach.keys,
        hosts=reach.hosts,
        origins=reach.origins,
        root_path=reach.root_path,
        not_ready=assistant.collection.not_ready,
    )

    def announce() -> None:
        print(f"Byline answers at {address} (Ctrl-C ends it)", flush=True)
        if with_api:
            print(f"OpenAI clients: {address}/v1   MCP clients: {address}/mcp", flush=True)
        if open_browser:
            webbrowser.open(address)

    # Open pages hold connections for ever: at the end they get a second, and no one is told that they were cut.
    config = uvicorn.Config(
        application,
        http=hanging_up(),
        log_level="warning",
        timeout_graceful_shutdown=1,
        proxy_headers=False,  # who came through a proxy is told by `ui.api.access`, not by what he says of himself
    )
    server = _announced(announce)(config)
    logging.getLogger("uvicorn.error").addFilter(lambda record: not server.should_exit)
    await server.serve(sockets=[port])


def _announced(announce: Callable[[], None]) -> "type[uvicorn.Server]":
    """uvicorn's server, which calls `announce` when it answers.

    By then it minds SIGTERM itself. What is told to end before gets an exception, at whatever it does, and that is lost
    where it cannot be raised, in a finaliser for example.
    """
    import uvicorn

    class Announced(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            announce()

    return Announced


def hanging_up(after: float = 15.0) -> "type[asyncio.Protocol]":
    """uvicorn's protocol, but a connection that brings no whole request for so many seconds or twice that is closed.

    uvicorn itself waits for ever for the first headers, and for what is left of a body that nobody wants any more.
    """
    from uvicorn.protocols.http.auto import AutoHTTPProtocol

    class HangingUp(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(transport)
            self.loop.call_later(after, self._look, None)

        def _look(self, seen: object) -> None:
            if self.transport.is_closing() or self.transport.get_protocol() is not self:
                return
            idle = self.cycle is None or self.cycle.response_complete
            if idle and self.cycle is seen:
                self.transport.close()
            else:
                self.loop.call_later(after, self._look, self.cycle if idle else self)

    return HangingUp


def _with_content_policy(application: "ASGIApp") -> "ASGIApp":
    async def answer(scope: "Scope", receive: "Receive", send: "Send") -> None:
        async def send_with_policy(message: "Message") -> None:
            if message["type"] == "http.response.start":
                policy = (b"content-security-policy", _CONTENT_POLICY.encode())
                message = {**message, "headers": [*message.get("headers", ()), policy]}
            await send(message)

        await application(scope, receive, send_with_policy)

    return answer
