"""The API as one web application; the chat is mounted into it."""

import contextlib
from collections.abc import AsyncIterator
from importlib.metadata import version

from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings

from assistant.assistant import Assistant
from ui.api import articles, completions
from ui.api.access import LARGEST
from ui.api.desk import Desks
from ui.api.errors import tell_errors
from ui.api.models import Models
from ui.api.tools import mcp_server
from ui.reader_choice import Readers

# Who may ask is checked once, for the chat and all of the API, in `ui.api.access`.
_CHECKED_ELSEWHERE = TransportSecuritySettings(enable_dns_rebinding_protection=False)


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
    application.include_router(articles.routes(assistant.collection))
    application.router.routes.extend(mcp.routes)
    return application
