"""The sources beside the conversation: a card for each article, with the words that it is cited for."""

from collections.abc import Iterable, Sequence

from assistant.answer import Answer, Citation
from index.article import Article
from index.search.result import Retrieved
from ui.page.html_pieces import Span, escaped, facts, link
from ui.wording import outlet_of, shown_citations


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
