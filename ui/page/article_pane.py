"""The article beside the conversation: its text with the cited words marked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.article import Article
from ui.days import short_date
from ui.page.html_pieces import Span, attribute, escaped
from ui.wording import outlet_of

# Where an article opens; `page.js` fills it.
PANE = (
    '<section class="pane" aria-label="Article" tabindex="-1"><div class="bar">'
    '<button type="button" class="close">Close article</button></div><div class="paper"></div></section>'
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What was clicked: the cited words of an article, and the spans of its other citations in the answer."""

    article_id: str
    span: Span
    quote: str
    others: tuple[Span, ...] = ()

    @classmethod
    def from_json(cls, request: Mapping[str, Any]) -> "Opening":
        """From what `page.js` sends."""
        (start, end), others = request["span"], request["others"]
        spans = tuple((int(first), int(last)) for first, last in others)
        return cls(str(request["article_id"]), (int(start), int(end)), str(request["quote"]), spans)


def article(article: Article, opening: Opening) -> str:
    """The whole article: all cited words lightly marked, those that were clicked strongly.

    Where the article has changed since it was cited, the words are looked for elsewhere in it.
    """
    span = _find(article.text, opening)
    changed = "" if span else '<p class="notice">This article has changed since it was cited; the words are gone.</p>'
    body = marked_text(article.text, span, opening.others if span == opening.span else ())
    facts = " · ".join(
        escaped(fact) for fact in (outlet_of(article), article.author, short_date(article.published)) if fact
    )
    heading = f"<h2>{escaped(article.heading)}</h2>"
    header = f'<header><p class="facts">{facts}</p>{heading}{_original(article.url)}</header>'
    return f'{header}{changed}<div class="body">{body}</div>'


def missing_article() -> str:
    return '<p class="gone">This article is no longer in the collection.</p>'


def marked_text(text: str, clicked: Span | None, others: Sequence[Span] = ()) -> str:
    """The text as one paragraph a line, without blank lines and with two kinds of marks.

    What `clicked` spans is in `<mark class="clicked">`, what `others` span in `<mark>`. Spans are (start, end)
    in characters; they may overlap, run over paragraphs or lie outside the text. The first piece of `clicked`
    has the id `clicked-quote`. A line that follows another without a blank line between them has the class
    `next-line`.
    """
    strength = bytearray(len(text))
    for level, spans in ((1, others), (2, (clicked,) if clicked else ())):
        for start, end in spans:
            start = min(max(0, start), len(text))
            end = min(max(start, end), len(text))
            strength[start:end] = bytes([level]) * (end - start)
    paragraphs, after_gap = [], True
    for line in re.finditer(r"[^\n]+|(?<=\n)(?=\n)", text):
        blank = not line[0].strip()
        if not blank:
            kind = "" if after_gap else ' class="next-line"'
            paragraphs.append(f"<p{kind}>{_marked_line(text, line.start(), line.end(), strength)}</p>")
        after_gap = blank
    html = "".join(paragraphs)
    return html.replace('<mark class="clicked">', '<mark class="clicked" id="clicked-quote" tabindex="-1">', 1)


def _marked_line(text: str, start: int, end: int, strength: bytearray) -> str:
    pieces = []
    for run in re.finditer(rb"\x00+|\x01+|\x02+", strength[start:end]):
        piece = escaped(text[start + run.start() : start + run.end()])
        opening = ("", "<mark>", '<mark class="clicked">')[run[0][0]]
        pieces.append(f"{opening}{piece}</mark>" if opening else piece)
    return "".join(pieces)


def _find(text: str, opening: Opening) -> Span | None:
    start, end = opening.span
    if text[start:end].split() == opening.quote.split():
        return opening.span
    at = text.find(opening.quote) if opening.quote else -1
    return (at, at + len(opening.quote)) if at >= 0 else None


def _original(url: str) -> str:
    if not re.match(r"https?://", url, re.IGNORECASE):
        return ""
    link = f'<a href="{attribute(url)}" target="_blank" rel="noopener noreferrer">{escaped(url)}</a>'
    return f'<p class="original">{link}</p>'
