"""Answers, passages and articles as lines for the terminal."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.answer import Answer
from index.article import Article
from index.explaining import Explanation
from index.search_result import Retrieved
from ui.days import short_date
from ui.explained import explained_lines

_WIDTH = 100

_STATUSES = {"partly": "Supported in part only", "unsupported": "No source supports"}


def answer_lines(answer: Answer) -> Iterator[str]:
    """The short answer, the answer with its marks, then the sources; a refusal with the nearest articles."""
    if answer.answerable and answer.short_answer:
        yield from _wrapped(answer.short_answer)
        yield ""
    yield from _wrapped(answer.marked_text)
    if answer.answerable:
        for citation in answer.citations:
            yield ""
            yield f"[{citation.n}] {origin(citation.article)}: {citation.article.heading} ({citation.article.id})"
            yield from _wrapped(f"“{' '.join(citation.quote.split())}”", "    ")
            if citation.also_in:
                yield from _wrapped(f"also in {', '.join(map(origin, citation.also_in))}", "    ")
        for sentence in answer.sentences:
            if sentence.status in _STATUSES:
                yield ""
                doubts = f" ({'; '.join(sentence.doubts)})" if sentence.doubts else ""
                yield from _wrapped(f"{_STATUSES[sentence.status]}{doubts}: {sentence.text}")
    elif answer.nearest:
        yield ""
        yield "Nearest articles:"
        for found in answer.nearest:
            yield f"  {article_line(found.article)}"


def found_lines(found: Sequence[Retrieved], explanations: Sequence[Explanation] = ()) -> Iterator[str]:
    """Passages with their rank and the parts of their score; with an explanation for each, what these rest on."""
    for rank, one in enumerate(found, 1):
        parts = " + ".join(f"{name} {value:.2f}" for name, value in one.parts.items())
        yield f"{rank}. {origin(one.article)}: {one.article.heading} ({one.article.id})"
        yield f"   {one.score:.2f} = {parts}"
        for line in explained_lines(explanations[rank - 1]) if explanations else ():
            yield from textwrap.wrap(line, _WIDTH, initial_indent="     ", subsequent_indent="       ")
        yield from _wrapped(" ".join(one.passage.text.split()), "   ")
        yield ""


def article_line(article: Article) -> str:
    day = article.published.isoformat() if article.published else "undated"
    return f"{article.id}  {day:10}  {article.outlet or Path(article.source).name}  {article.heading}"


def plain_article(article: Article, origins: Mapping[str, str], left_out: Sequence[str]) -> str:
    """The whole article under a head of what is known about it, and from where, and of what was left out of it."""
    known = {
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published": article.published,
        "updated": article.updated,
        "url": article.url,
    }
    facts = [_fact(name, str(value), origins.get(name)) for name, value in known.items() if value]
    lines = [
        _fact("left out", textwrap.shorten(line, 80, placeholder=" …"), "recurs in this outlet's articles")
        for line in left_out
    ]
    return "\n".join([_fact("id", article.id), *facts, _fact("source", article.source), *lines, "", article.text])


def origin(article: Article) -> str:
    """Outlet and date, for example `Fernhill Wire, 5 Oct 2020`; the file's name where no outlet is known."""
    return f"{article.outlet or Path(article.source).name or 'unknown outlet'}, {short_date(article.published)}"


def _fact(name: str, value: str, where: str | None = None) -> str:
    return f"{name:9}  {value}  ({where})" if where else f"{name:9}  {value}"


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)
