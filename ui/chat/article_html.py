"""What stands beside the conversation as HTML: the sources, a card for each article, and an article, its words marked.

Text that comes from outside passes `escaped` or `attribute`. A citation is a link `#cite-ARTICLE-START-END` with the
cited words in `data-quote`: all that is needed to open the article is in the link, so that the citations of older
answers go on working.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from assistant.answer import Answer, Citation
from index.article import Article
from index.search.result import Retrieved
from ui.wording import is_web_address, outlet_of, short_date, shown_citations

Span = tuple[int, int]  # start and end, in characters of an article's text

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
    known = (outlet_of(article), article.author, short_date(article.published))
    facts = " · ".join(escaped(fact) for fact in known if fact)
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


def newest(articles: Iterable[Article]) -> str:
    """The headlines that stand beside an empty conversation; each opens its article."""
    items = "".join(
        f'<li><a class="cite" {link(article.id, (0, 0), "")}>{escaped(article.heading)}</a>'
        f"<span>{facts(article)}</span></li>"
        for article in articles
    )
    if not items:
        return no_sources()
    title = "Newest articles"
    return f'<section class="sources contents" aria-label="{title}"><h2>{title}</h2><ul>{items}</ul></section>'


def no_sources() -> str:
    return (
        '<section class="sources empty" aria-label="Sources"><h2>Sources</h2>'
        "<p>The articles that the answer rests on will stand here.</p></section>"
    )


def sources(answer: Answer) -> str:
    """One card for each article that the answer cites, or that comes nearest to the question."""
    if citations := shown_citations(answer):
        by_article: dict[str, list[Citation]] = {}
        for citation in citations:
            by_article.setdefault(citation.article.id, []).append(citation)
        cards, title = [_cited_card(group) for group in by_article.values()], "Sources"
    elif answer.nearest:
        cards, title = [_nearest_card(found) for found in answer.nearest], "Nearest articles"
    else:
        return no_sources()
    return f'<section class="sources" aria-label="{title}"><h2>{title}</h2>{"".join(cards)}</section>'


def escaped(words: str) -> str:
    """The words as HTML text."""
    return escape(words, quote=False)


def attribute(words: str) -> str:
    """The words as an attribute's value between double quotes."""
    return escape(words)


def link(article_id: str, span: Span, quote: str) -> str:
    """The attributes of a link that opens an article at the cited words; `page.js` sees to it."""
    return f'href="#cite-{attribute(article_id)}-{span[0]}-{span[1]}" data-quote="{attribute(quote)}"'


def mark(citation: Citation) -> str:
    """The number of a citation, as a link to its words."""
    label = f"Source {citation.n}: {citation.article.heading}"
    target = link(citation.article.id, (citation.start, citation.end), citation.quote)
    return f'<a class="cite mark" {target} aria-label="{attribute(label)}">[{citation.n}]</a>'


def facts(article: Article) -> str:
    """Outlet and date."""
    return f"{escaped(outlet_of(article))} · {short_date(article.published)}"


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
    if not is_web_address(url):
        return ""
    link = f'<a href="{attribute(url)}" target="_blank" rel="noopener noreferrer">{escaped(url)}</a>'
    return f'<p class="original">{link}</p>'


def _cited_card(group: Sequence[Citation]) -> str:
    quotes = "".join(
        f'<li><a class="cite quote" {link(c.article.id, (c.start, c.end), c.quote)}>'
        f"<b>{c.n}</b><q>{escaped(c.quote)}</q></a></li>"
        for c in group
    )
    first = group[0]
    reprints = {article.id: article for citation in group for article in citation.also_in}
    return _card(first.article, (first.start, first.end), first.quote, quotes, _also_in(reprints.values()))


def _also_in(articles: Iterable[Article]) -> str:
    names = ", ".join(escaped(outlet_of(article)) for article in articles)
    return f'<p class="notice">Also in {names}</p>' if names else ""


def _nearest_card(found: Retrieved) -> str:
    passage = found.passage
    span = (passage.start, passage.end)
    target = link(found.article.id, span, passage.text)
    quote = f'<li><a class="cite quote" {target}><q>{escaped(passage.text)}</q></a></li>'
    return _card(found.article, span, passage.text, quote)


def _card(article: Article, span: Span, quote: str, quotes: str, also_in: str = "") -> str:
    title = f'<a class="cite" {link(article.id, span, quote)}>{escaped(article.heading)}</a>'
    return (
        f'<article class="card"><p class="facts">{facts(article)}</p><h3>{title}</h3>'
        f'<ul class="quotes">{quotes}</ul>{also_in}</article>'
    )
