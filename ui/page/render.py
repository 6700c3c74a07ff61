"""Answers and articles as HTML. Every text that comes from outside is escaped here and nowhere else.

A citation is a link `#cite-ARTICLE-START-END` with the cited words in `data-quote`: all that is needed to open
the article is in the link, so that the citations of older answers go on working.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from assistant.answer import CANNOT_ANSWER, Answer, Citation, Sentence
from index.article import Article
from index.collection import Status
from index.search_result import Retrieved
from ui.days import short_date

Span = tuple[int, int]

_NO_SOURCE = "no source found"

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


# The conversation


def turn(question: str, answer: str, notices: Iterable[str] = (), chips: str = "") -> str:
    """One question with the HTML of what answers it, and of the chips between the two."""
    lines = "".join(f'<p class="notice">{_text(notice)}</p>' for notice in notices)
    return f'<article class="turn"><h2 class="question">{_text(question)}</h2>{chips}{answer}{lines}</article>'


def draft(text: str) -> str:
    """An answer that is still being made."""
    if not text:
        return '<p class="answer searching">Reading the articles<span class="dots" aria-hidden="true"></span></p>'
    return f'<p class="answer draft">{_text(text)}</p>'


def answer(answer: Answer) -> str:
    """A finished answer; where there is none, the nearest articles instead."""
    if answer.answerable:
        short = f'<p class="short-answer">{_text(answer.short_answer)}</p>' if answer.short_answer else ""
        return f'{short}<p class="answer">{" ".join(_sentence(sentence) for sentence in answer.sentences)}</p>'
    refusal = f'<p class="answer refusal">{_text(CANNOT_ANSWER)}</p>'
    if not answer.nearest:
        return refusal
    items = "".join(f"<li>{_nearest_link(found)}</li>" for found in answer.nearest)
    return f'{refusal}<div class="nearest"><p>Nearest articles:</p><ul>{items}</ul></div>'


def stopped(text: str) -> str:
    """What there was of an answer when it was stopped."""
    beginning = f'<p class="answer unfinished">{_text(text)}</p>' if text else ""
    return beginning + '<p class="notice">Stopped.</p>'


def failure(line: str) -> str:
    """A failure, as one line for a person."""
    return f'<p class="failure" role="alert">{_text(line)}</p>'


# The page around it


def masthead(status: Status) -> str:
    """The name of the paper, as it were, and what is in it."""
    return (
        '<div class="masthead"><h1>Byline</h1>'
        '<p class="motto">Ask the articles. Every sentence carries its source.</p>'
        f'<p class="extent">{_extent(status)}</p></div>'
    )


def sample_notice() -> str:
    command = "<code>byline add FOLDER</code>"
    return f'<p class="sample">This is the sample collection. Add your own articles: {command}</p>'


def welcome(status: Status) -> str:
    """What stands where the conversation will be."""
    if not status.articles:
        command = "<code>byline add FOLDER</code>"
        return f'<div class="welcome"><h2>No articles yet</h2><p>Add some: {command}</p></div>'
    return (
        '<div class="welcome"><h2>What would you like to know?</h2>'
        "<p>The answer is drawn from the articles of this collection alone. "
        "Click a number to read the very words it rests on.</p></div>"
    )


# The sources beside the conversation


def newest(articles: Iterable[Article]) -> str:
    """The headlines that stand beside an empty conversation; each opens its article."""
    items = "".join(
        f'<li><a class="cite" {_link(article.id, (0, 0), "")}>{_text(article.heading)}</a>'
        f"<span>{_facts(article)}</span></li>"
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
    if answer.citations:
        by_article: dict[str, list[Citation]] = {}
        for citation in answer.citations:
            by_article.setdefault(citation.article.id, []).append(citation)
        cards, title = [_cited_card(group) for group in by_article.values()], "Sources"
    elif answer.nearest:
        cards, title = [_nearest_card(found) for found in answer.nearest], "Nearest articles"
    else:
        return no_sources()
    return f'<section class="sources" aria-label="{title}"><h2>{title}</h2>{"".join(cards)}</section>'


# The article


def article(article: Article, opening: Opening) -> str:
    """The whole article: all cited words lightly marked, those that were clicked strongly.

    Where the article has changed since it was cited, the words are looked for elsewhere in it.
    """
    span = _find(article.text, opening)
    changed = "" if span else '<p class="notice">This article has changed since it was cited; the words are gone.</p>'
    body = marked_text(article.text, span, opening.others if span == opening.span else ())
    facts = " · ".join(
        _text(fact) for fact in (_outlet(article), article.author, short_date(article.published)) if fact
    )
    heading = f"<h2>{_text(article.heading)}</h2>"
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
        piece = _text(text[start + run.start() : start + run.end()])
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
    link = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{_text(url)}</a>'
    return f'<p class="original">{link}</p>'


# Pieces


def _sentence(sentence: Sentence) -> str:
    words = _text(sentence.text)
    if sentence.status == "unsupported":
        hidden = f'<span class="only-spoken"> ({_NO_SOURCE})</span>'
        words = f'<span class="unsupported" title="{_NO_SOURCE}">{words}{hidden}</span>'
    return words + "".join(map(_mark, sentence.citations))


def _mark(citation: Citation) -> str:
    label = f"Source {citation.n}: {citation.article.heading}"
    link = _link(citation.article.id, (citation.start, citation.end), citation.quote)
    return f'<a class="cite mark" {link} aria-label="{escape(label)}">[{citation.n}]</a>'


def _nearest_link(found: Retrieved) -> str:
    passage = found.passage
    link = _link(found.article.id, (passage.start, passage.end), passage.text)
    return f'<a class="cite" {link}>{_text(found.article.heading)}</a> <span>{_facts(found.article)}</span>'


def _cited_card(group: Sequence[Citation]) -> str:
    quotes = "".join(
        f'<li><a class="cite quote" {_link(c.article.id, (c.start, c.end), c.quote)}>'
        f"<b>{c.n}</b><q>{_text(c.quote)}</q></a></li>"
        for c in group
    )
    first = group[0]
    reprints = {article.id: article for citation in group for article in citation.also_in}
    return _card(first.article, (first.start, first.end), first.quote, quotes, _also_in(reprints.values()))


def _also_in(articles: Iterable[Article]) -> str:
    names = ", ".join(_text(_outlet(article)) for article in articles)
    return f'<p class="notice">Also in {names}</p>' if names else ""


def _nearest_card(found: Retrieved) -> str:
    passage = found.passage
    span = (passage.start, passage.end)
    link = _link(found.article.id, span, passage.text)
    quote = f'<li><a class="cite quote" {link}><q>{_text(passage.text)}</q></a></li>'
    return _card(found.article, span, passage.text, quote)


def _card(article: Article, span: Span, quote: str, quotes: str, also_in: str = "") -> str:
    title = f'<a class="cite" {_link(article.id, span, quote)}>{_text(article.heading)}</a>'
    return (
        f'<article class="card"><p class="facts">{_facts(article)}</p><h3>{title}</h3>'
        f'<ul class="quotes">{quotes}</ul>{also_in}</article>'
    )


def _link(article_id: str, span: Span, quote: str) -> str:
    return f'href="#cite-{escape(article_id)}-{span[0]}-{span[1]}" data-quote="{escape(quote)}"'


def _facts(article: Article) -> str:
    return f"{_text(_outlet(article))} · {short_date(article.published)}"


def _outlet(article: Article) -> str:
    return article.outlet or Path(article.source).name or "unknown source"


def _extent(status: Status) -> str:
    count = "article" if status.articles == 1 else "articles"
    days = sorted({day for day in (status.first, status.last) if day})
    between = f" · {' – '.join(short_date(day) for day in days)}" if days else ""
    return f"{status.articles:,} {count}{between}"


def _text(text: str) -> str:
    return escape(text, quote=False)
