"""The API as one web application; the chat is mounted into it."""

import contextlib
from collections.abc import AsyncIterator
from html import escape
from importlib.metadata import version

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from mcp.server.transport_security import TransportSecuritySettings

from assistant.assistant import Assistant
from index.collection import Collection
from index.errors import ArticleNotFound
from ui import page
from ui.api import completions
from ui.api.access import LARGEST
from ui.api.desk import Desks
from ui.api.errors import tell_errors
from ui.api.served_models import Models
from ui.api.tools import mcp_server
from ui.page import article_pane
from ui.reader_choice import Readers

# Who may ask is checked once, for the chat and all of the API, in `ui.api.access`.
_CHECKED_ELSEWHERE = TransportSecuritySettings(enable_dns_rebinding_protection=False)
_PAGE = """<!doctype html><html lang="en" style="scroll-padding-top: 20vh"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title>{head}
<body style="margin: 0"><main class="paper" style="padding: 24px 30px 48px">{body}</main></body></html>"""


def api(assistant: Assistant, readers: Readers | None = None) -> FastAPI:
    """`/v1`, `/mcp` and `/articles` over one assistant; `readers` are those that `/v1` offers beside its own."""
    desks = Desks()
    server = mcp_server(assistant, desks)
    mcp = server.streamable_http_app(
        stateless_http=True, transport_security=_CHECKED_ELSEWHERE, max_request_body_size=LARGEST
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
    tell_errors(application)
    application.include_router(completions.routes(Models(assistant, readers), desks))
    application.include_router(_article_pages(assistant.collection))
    application.router.routes.extend(mcp.routes)
    return application


def _article_pages(collection: Collection) -> APIRouter:
    """`/articles/ID?start=&end=`: the article with these characters marked, the first at `#clicked-quote`."""
    router = APIRouter()

    @router.get("/articles/{article_id}")
    def show(article_id: str, start: int = 0, end: int = 0) -> HTMLResponse:
        try:
            article = collection.article(article_id)
        except ArticleNotFound:
            return HTMLResponse(_page("Byline", article_pane.missing_article()), 404)
        span = max(0, start), max(0, end)
        opening = article_pane.Opening(article.id, span, article.text[slice(*span)])
        return HTMLResponse(_page(escape(article.heading), article_pane.article(article, opening)))

    return router


def _page(title: str, body: str) -> str:
    return _PAGE.format(title=title, head=page.head(), body=body)
