"""An answer as one text for programs: sentences with marks, a list of sources, and where in it which mark stands."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer, Citation
from index.article import Article
from ui.printing import origin

SOURCES = "Sources:"
NEAREST = "Nearest articles:"

Link = Callable[[Article, int, int], str]  # the address of characters start to end of an article


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation's mark: `text[start:end]` is `[n]`."""

    start: int
    end: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class CitedText:
    """The text, in pieces to be sent one after another, and its marks."""

    pieces: tuple[str, ...]
    marks: tuple[Mark, ...]

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def cited_text(answer: Answer, link: Link) -> CitedText:
    """The answer's `marked_text`, then its sources, or where it has none the nearest articles, a line each."""
    if not answer.answerable:
        return CitedText((answer.marked_text, _nearest(answer, link)), ())
    pieces: list[str] = []
    marks: list[Mark] = []
    length = 0
    for sentence in answer.sentences:
        piece = f"{' ' if pieces else ''}{sentence.text}{' ' if sentence.citations else ''}"
        for citation in sentence.citations:
            mark = f"[{citation.n}]"
            marks.append(Mark(length + len(piece), length + len(piece) + len(mark), citation))
            piece += mark
        pieces.append(piece)
        length += len(piece)
    return CitedText((*pieces, _sources(answer, link)), tuple(marks))


def annotations(text: CitedText, link: Link) -> list[dict[str, Any]]:
    """A `url_citation`, as OpenAI's API writes it, for each mark."""
    return [{"type": "url_citation", "url_citation": one} for one in _url_citations(text, link)]


def article_link(base: str) -> Link:
    """Links to the article's own address, or, where it is not known or none, to its page on the server at `base`."""

    def link(article: Article, start: int, end: int) -> str:
        if re.match(r"https?://", article.url, re.IGNORECASE):
            return article.url
        return f"{base.rstrip('/')}/articles/{article.id}?start={start}&end={end}#clicked-quote"

    return link


def article_name(article: Article, start: int, end: int) -> str:
    """The article's own address, or `byline:ID`, for those who look at it by the tool `get_article`."""
    return article.url if re.match(r"https?://", article.url, re.IGNORECASE) else f"byline:{article.id}"


def _url_citations(text: CitedText, link: Link) -> Iterator[dict[str, Any]]:
    for mark in text.marks:
        cited = mark.citation
        url = link(cited.article, cited.start, cited.end)
        yield {"start_index": mark.start, "end_index": mark.end, "title": cited.article.heading, "url": url}


def _sources(answer: Answer, link: Link) -> str:
    """A line for each address, with the numbers of all that is cited there."""
    marks: dict[str, str] = {}
    for cited in answer.citations:
        line = _source(cited.article, link(cited.article, cited.start, cited.end))
        marks[line] = f"{marks.get(line, '')}[{cited.n}]"
    return "\n".join([f"\n\n{SOURCES}", *(f"{mark} {line}" for line, mark in marks.items())]) if marks else ""


def _nearest(answer: Answer, link: Link) -> str:
    lines = [
        f"- {_source(found.article, link(found.article, found.passage.start, found.passage.end))}"
        for found in answer.nearest
    ]
    return "\n".join([f"\n\n{NEAREST}", *lines]) if lines else ""


def _source(article: Article, address: str) -> str:
    return f"{origin(article)}: {article.heading} ({article.id}) {address}"
