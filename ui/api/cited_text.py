"""An answer as one text for programs: sentences with marks, notes, sources, and where in it which mark stands."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer, Citation, markdown_words
from assistant.layout import laid_out
from index.article import Article
from ui import wording
from ui.wording import origin

NOTES = "Notes:"
SOURCES = "Sources:"
NEAREST = "Nearest articles:"
Link = Callable[[Article, int, int], str]  # the address of characters start to end of an article
Line = Sequence[str | Citation]


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
    """The answer's `marked_text`; then notes; then its sources, or where it has none the nearest articles."""
    writer = _Writer()
    between = ""
    for piece in laid_out([sentence.place for sentence in answer.sentences]) if answer.answerable else ():
        if isinstance(piece, str):
            between += piece
            continue
        sentence = answer.sentences[piece.sentence]
        words, cited = markdown_words(sentence, piece), sentence.citations if piece.ends else ()
        writer.write(f"{between}{words}{' ' if words and cited else ''}", *cited)
        between = ""
    if between:
        writer.write(between)
    if not answer.answerable:
        writer.write(answer.text)
    for place, line in enumerate(notes(answer)):
        writer.write("\n- " if place else f"\n\n{NOTES}\n- ", *line)
    writer.write(_sources(writer.marks, link) if answer.answerable else _nearest(answer, link))
    return CitedText(tuple(writer.pieces), tuple(writer.marks))


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


class _Writer:
    """Pieces of a text and the marks in it, as they are written."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.marks: list[Mark] = []
        self._length = 0

    def write(self, *parts: str | Citation) -> None:
        """Add a piece; a citation in it becomes a mark."""
        piece = ""
        for part in parts:
            if isinstance(part, str):
                piece += part
                continue
            start = self._length + len(piece)
            piece += f"[{part.n}]"
            self.marks.append(Mark(start, self._length + len(piece), part))
        self._length += len(piece)
        self.pieces.append(piece)


def _url_citations(text: CitedText, link: Link) -> Iterator[dict[str, Any]]:
    for mark in text.marks:
        cited = mark.citation
        url = link(cited.article, cited.start, cited.end)
        yield {"start_index": mark.start, "end_index": mark.end, "title": cited.article.heading, "url": url}


def _sources(marks: Sequence[Mark], link: Link) -> str:
    """A line for each address, with the numbers of all that is cited there."""
    cited = {mark.citation.n: mark.citation for mark in marks}
    numbers: dict[str, str] = {}
    for n in sorted(cited):
        line = _source(cited[n].article, link(cited[n].article, cited[n].start, cited[n].end))
        numbers[line] = f"{numbers.get(line, '')}[{n}]"
    return "\n".join([f"\n\n{SOURCES}", *(f"{mark} {line}" for line, mark in numbers.items())]) if numbers else ""


def _nearest(answer: Answer, link: Link) -> str:
    lines = [
        f"- {_source(found.article, link(found.article, found.passage.start, found.passage.end))}"
        for found in answer.nearest
    ]
    return "\n".join([f"\n\n{NEAREST}", *lines]) if lines else ""


def _source(article: Article, address: str) -> str:
    return f"{origin(article)}: {article.heading} ({article.id}) {address}"


def notes(answer: Answer) -> Iterator[Line]:
    """How the question was understood, what is doubtful or open, on what sources differ, and whether a model failed."""
    if answer.standalone:
        yield [f"{wording.UNDERSTOOD_AS}: {answer.standalone}"]
    if answer.answerable:
        yield from ([f"“{one.text}”: {doubt}"] for one in answer.sentences if (doubt := wording.doubt(one)))
        if parts := wording.uncovered(answer):
            yield [f"{wording.NOT_COVERED}: {parts}"]
    for versions in answer.disagreements:
        told: list[str | Citation] = [f"{wording.SOURCES_DIFFER}: "]
        for version in versions:
            told += [*([] if len(told) == 1 else ["; "]), f"{wording.value_told(version)} ", version.citation]
        yield told
    if line := wording.failed(answer):
        yield [line]
