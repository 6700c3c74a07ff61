"""A page for each article, where a citation can lead that has no address of its own."""

from html import escape

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from index.collection import Collection
from index.errors import ArticleNotFound
from ui import page
from ui.page import render

_PAGE = """<!doctype html><html lang="en" style="scroll-padding-top: 20vh"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title>{head}
<body style="margin: 0"><main class="paper" style="padding: 24px 30px 48px">{body}</main></body></html>"""


def routes(collection: Collection) -> APIRouter:
    """`/articles/ID?start=&end=`: the article with these characters marked, the first at `#clicked-quote`."""
    router = APIRouter()

    @router.get("/articles/{article_id}")
    def show(article_id: str, start: int = 0, end: int = 0) -> HTMLResponse:
        try:
            article = collection.article(article_id)
        except ArticleNotFound:
            return HTMLResponse(_page("Byline", render.missing_article()), 404)
        span = max(0, start), max(0, end)
        opening = render.Opening(article.id, span, article.text[slice(*span)])
        return HTMLResponse(_page(escape(article.heading), render.article(article, opening)))

    return router


def _page(title: str, body: str) -> str:
    return _PAGE.format(title=title, head=page.head(), body=body)
