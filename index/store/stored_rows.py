"""Rows of the catalogue's articles as Article."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from index.article import Article

FACTS = "a.id, a.title, a.outlet, a.author, a.url, a.published, a.updated, a.source, a.opening"


def article_of_row(row: Sequence[Any], text: str = "") -> Article:
    """The article of a row that begins with FACTS."""
    article_id, title, outlet, author, url, published, updated, source, opening = row[:9]
    days = {"published": _day(published), "updated": _day(updated)}
    return Article(article_id, text, title, outlet, author, url, source=source, opening="" if text else opening, **days)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
