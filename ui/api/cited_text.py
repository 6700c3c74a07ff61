"""A conversation with programs, in texts: an answer with its marks, notes and sources, and what comes back of it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer, Citation, markdown_words
from assistant.citations import without_marks
from assistant.conversation.followups import standalone
from assistant.conversation.turn import REMEMBERED, Turn
from assistant.generative.prompt import LONGEST_QUESTION
from assistant.layout import laid_out
from index.article import Article
from index.errors import SettingsError
from ui import wording
from ui.wording import is_web_address, origin

NOTES = "Notes:"
SOURCES = "Sources:"
NEAREST = "Nearest articles:"
_APPENDED = re.compile(rf"\n\n(?:{NOTES}\n- |{SOURCES}\n\[\d|{NEAREST}\n- ).*", re.DOTALL)
_SOURCE = re.compile(r" \(([0-9a-f]{12})\) \S+$")
_UNDERSTOOD = re.compile(rf"^- {wording.UNDERSTOOD_AS}: (.+)$", re.MULTILINE)
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
    between = "" if answer.answerable else answer.text
    if answer.answerable and answer.reply:
        between = f"{answer.reply}\n\n"
    if answer.answerable and answer.short_answer and answer.rests_on:
        writer.write(f"{between}**{answer.short_answer}** ", *answer.verdict_citations)
        between = "\n\n"
    for piece in laid_out([sentence.place for sentence in answer.sentences]) if answer.answerable else ():
        if isinstance(piece, str):
            between += piece
            continue
        sentence = answer.sentences[piece.sentence]
        words, cited = markdown_words(sentence, piece), sentence.cited_at(piece)
        writer.write(f"{between}{words}{' ' if words and cited else ''}", *cited)
        between = ""
    if between:
        writer.write(between)
    for place, line in enumerate(notes(answer)):
        writer.write("\n- " if place else f"\n\n{NOTES}\n- ", *line)
    writer.write(_sources(writer.marks, link) if answer.answerable else _nearest(answer, link))
    return CitedText(tuple(writer.pieces), tuple(writer.marks))


def annotations(text: CitedText, link: Link) -> list[dict[str, Any]]:
    """A `url_citation`, as OpenAI's API writes it, for each mark."""
    found = []
    for mark in text.marks:
        cited = mark.citation
        url = link(cited.article, cited.start, cited.end)
        place = {"start_index": mark.start, "end_index": mark.end, "title": cited.article.heading, "url": url}
        found.append({"type": "url_citation", "url_citation": place})
    return found


def article_link(base: str) -> Link:
    """Links to the article's own address, or, where it is not known or none, to its page on the server at `base`."""

    def link(article: Article, start: int, end: int) -> str:
        page = f"{base.rstrip('/')}/articles/{article.id}?start={start}&end={end}#clicked-quote"
        return article.url if is_web_address(article.url) else page

    return link


def article_name(article: Article, start: int, end: int) -> str:
    """The article's own address, or `byline:ID`, for those who look at it by the tool `get_article`."""
    return article.url if is_web_address(article.url) else f"byline:{article.id}"


def conversation(messages: Sequence[Mapping[str, str]]) -> tuple[str, tuple[Turn, ...]]:
    """The question and the last turns before it, of messages with `role` (user or assistant) and `content`.

    Raises SettingsError where the last one is not the user's.
    """
    exchanges: list[tuple[str, str]] = []
    asked: str | None = None
    for message in messages:
        if message["role"] == "user":
            if asked is not None:
                exchanges.append((asked, ""))
            asked = message["content"]
        elif asked is not None:
            exchanges.append((asked, message["content"]))
            asked = None
    if asked is None:
        raise SettingsError("the last message must be the user's question")
    return asked, turns_of(exchanges)


def turns_of(exchanges: Sequence[tuple[str, str]]) -> tuple[Turn, ...]:
    """The last turns of a conversation, of all its questions with the answers that came back."""
    turns: list[Turn] = []
    for question, answer in exchanges[-REMEMBERED:]:
        turns.append(_turn(question[:LONGEST_QUESTION], answer, turns))
    return tuple(turns)


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
        differing: list[str | Citation] = []
        for version in versions:
            before = "; " if differing else f"{wording.SOURCES_DIFFER}: "
            differing += [f"{before}{wording.version_words(version)} ", version.citation]
        yield differing
    if line := wording.failed(answer):
        yield [line]


def _turn(question: str, answer: str, before: Sequence[Turn]) -> Turn:
    """A turn with the answer as it was before its marks, notes and sources were added.

    These tell how the question was taken and what was cited. An answer without them was written by another, or was cut:
    then how the question was taken is worked out anew.
    """
    appended = match[0] if (match := _APPENDED.search(answer)) else ""
    titles = _cited(appended.partition(f"{SOURCES}\n")[2])
    noted = _UNDERSTOOD.search(appended)
    understood = "" if appended else standalone(question, before)
    return Turn(
        question,
        without_marks(_APPENDED.sub("", answer)).strip(),
        standalone=noted[1][:LONGEST_QUESTION] if noted else understood if understood != question else "",
        articles=tuple(titles),
        titles=tuple(titles.values()),
    )


def _cited(sources: str) -> dict[str, str]:
    """The titles of the articles in lines such as `[1][2] Marlow Post, 5 Oct 2020: Bridge shut (ID) ADDRESS`, by id."""
    lines = [(line, found) for line in sources.splitlines() if (found := _SOURCE.search(line))]
    return {found[1]: line[: found.start()].partition(": ")[2] for line, found in lines}
