"""One server for the chat, the API and MCP: the web application that they make, and the port that it answers at."""

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
from collections.abc import AsyncIterator, Callable, Iterator
from html import escape
from importlib.metadata import version
from typing import TYPE_CHECKING

from assistant.assistant import Assistant
from assistant.english.parsing import load_ahead
from index.collection import Collection
from index.errors import ArticleNotFound, SettingsError
from index.sample_articles import SAMPLE
from ui import chat as page
from ui.api.access import LARGEST, Guard, Reach
from ui.api.middleware import Bodies, Health, under_root, with_content_policy, without_root
from ui.chat import article_html

if TYPE_CHECKING:  # these take seconds to import; that a port is in use shows before
    import uvicorn
    from fastapi import APIRouter, FastAPI
    from gradio import Blocks
    from starlette.types import ASGIApp

    from assistant.readers import Readers

_SWITCH_SECONDS = 0.0005  # of Python's lock, by default ten times as long: the network waits for it after each passage
_PAGE = """<!doctype html><html lang="en" style="scroll-padding-top: 20vh"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title>{head}
<body style="margin: 0"><main class="paper" style="padding: 24px 30px 48px">{body}</main></body></html>"""


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


def run_server(
    assistant: Assistant,
    readers: "Readers",
    port: socket.socket,
    reach: Reach,
    *,
    open_browser: bool = False,
    with_api: bool = False,
) -> None:
    """Serve the chat, and the API beside it, on a listening socket until Ctrl-C, to those whom `reach` lets in.

    `readers` are those that the chat's menu and the API offer.
    """
    host, number = port.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{number}"

    def announce() -> None:
        print(f"Byline answers at {address} (Ctrl-C ends it)", flush=True)
        if with_api:
            print(f"OpenAI clients: {address}/v1   MCP clients: {address}/mcp", flush=True)
        if open_browser:
            webbrowser.open(address)
        load_ahead()  # the parser, which the first answer would wait for

    async def run() -> None:
        # The page is built in here, for without a running event loop Gradio makes its own and leaves them open.
        from ui.chat.gradio_page import build_chat

        api = build_api(assistant, readers) if with_api else None
        chat = build_chat(assistant, sample=assistant.collection.name == SAMPLE, readers=readers)
        await _serve(serve(chat, api, reach, assistant.collection.not_ready), port, announce)

    sys.setswitchinterval(_SWITCH_SECONDS)
    with tempfile.TemporaryDirectory(prefix="byline-") as folder:
        os.environ["GRADIO_TEMP_DIR"] = folder  # else one that all who use this machine share
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(run())


def serve(
    chat: "Blocks",
    api: "FastAPI | None" = None,
    reach: Reach = Reach(),  # noqa: B008 it is frozen
    not_ready: Callable[[], str | None] = lambda: None,
) -> "ASGIApp":
    """The chat as a web application that makes no connection and lets its page make none to elsewhere.

    With `api` it is mounted beside it. `reach` says who is let in, for `not_ready` see `Health`.
    """
    import gradio as gr
    from fastapi import FastAPI
    from starlette.middleware.cors import CORSMiddleware
    from starlette.routing import Mount

    from ui.api.gradio_api import gated

    outer = api or FastAPI(docs_url=None, redoc_url=None, openapi_url=None, max_body_size=LARGEST)
    outer.add_middleware(CORSMiddleware)  # it allows nothing, but where there is one Gradio adds none of its own
    application = gr.mount_gradio_app(
        outer,
        chat,
        path="/",
        root_path=reach.root_path,
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
    bounded = Bodies(under_root(with_content_policy(application), reach.root_path, reach.hosts))
    guarded: ASGIApp = Guard(bounded, reach)
    if reach.origins:
        methods, exposed = ["GET", "POST", "DELETE"], ["mcp-session-id", "mcp-protocol-version"]
        guarded = CORSMiddleware(
            guarded, allow_origins=reach.origins, allow_methods=methods, allow_headers=["*"], expose_headers=exposed
        )
    return without_root(Health(guarded, not_ready), reach.root_path)


def build_api(assistant: Assistant, readers: "Readers | None" = None) -> "FastAPI":
    """`/v1`, `/mcp` and `/articles` over one assistant; `readers` are those that `/v1` offers beside its own."""
    from fastapi import FastAPI
    from mcp.server.transport_security import TransportSecuritySettings

    from ui.api.completions import Models, routes
    from ui.api.error_replies import add_error_replies
    from ui.api.mcp_tools import mcp_server
    from ui.api.worker_pool import WorkerPools

    pools = WorkerPools()
    server = mcp_server(assistant, pools)
    mcp = server.streamable_http_app(
        stateless_http=True,
        # Who may ask is checked once, for the chat and all of the API, in `ui.api.access`.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        max_request_body_size=LARGEST,
    )

    @contextlib.asynccontextmanager
    async def lifespan(application: FastAPI) -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield

    application = FastAPI(
        title="Byline",
        version=version("byline"),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        max_body_size=LARGEST,
    )
    add_error_replies(application)
    application.include_router(routes(assistant, Models(assistant, readers), pools))
    application.include_router(_article_pages(assistant.collection))
    application.router.routes.extend(mcp.routes)
    return application


def _article_pages(collection: Collection) -> "APIRouter":
    """`/articles/ID?start=&end=`: the article with these characters marked, the first at `#clicked-quote`."""
    from fastapi import APIRouter
    from fastapi.responses import HTMLResponse

    router = APIRouter()

    @router.get("/articles/{article_id}")
    def show(article_id: str, start: int = 0, end: int = 0) -> HTMLResponse:
        try:
            article = collection.article(article_id)
        except ArticleNotFound:
            return HTMLResponse(_page("Byline", article_html.missing_article()), 404)
        span = max(0, start), max(0, end)
        opening = article_html.Opening(article.id, span, article.text[slice(*span)])
        return HTMLResponse(_page(escape(article.heading), article_html.article(article, opening)))

    return router


def _page(title: str, body: str) -> str:
    return _PAGE.format(title=title, head=page.head(), body=body)


async def _serve(application: "ASGIApp", port: socket.socket, announce: Callable[[], None]) -> None:
    import uvicorn

    # Open pages hold connections for ever: at the end they get a second, and no line says that they were cut.
    config = uvicorn.Config(
        application,
        http=hanging_up(),
        log_level="warning",
        timeout_graceful_shutdown=1,
        proxy_headers=False,  # `ui.api.access` finds out who came through a proxy, and believes no header
    )
    server = _announced(announce)(config)
    logging.getLogger("uvicorn.error").addFilter(lambda record: not server.should_exit)
    await server.serve(sockets=[port])


def _announced(announce: Callable[[], None]) -> "type[uvicorn.Server]":
    """uvicorn's server, which calls `announce` when it answers.

    By then it minds SIGTERM itself. What is to end before that gets an exception, at whatever it does, and that is lost
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
