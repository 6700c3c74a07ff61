"""Passages as the first stage of search gives them."""

from collections.abc import Sequence
from datetime import date

from index.article import Article
from index.passages import Passage
from index.search_result import Retrieved


def retrieved(text: str, score: float = 0.5, title: str = "") -> Retrieved:
    """A passage that is an article of its own, named by its text."""
    article = Article(f"id-{text}", "", title, published=date(2026, 5, 1))
    return Retrieved(Passage(article.id, 0, len(text), text), article, score, {"words": score})


def ranked(texts: Sequence[str], top: float = 0.9, step: float = 0.01) -> tuple[Retrieved, ...]:
    """One passage for each text, in falling order."""
    return tuple(retrieved(text, top - step * place) for place, text in enumerate(texts))
