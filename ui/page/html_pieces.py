"""The pieces that the page's HTML is made of. Text that comes from outside passes `escaped` or `attribute`.

A citation is a link `#cite-ARTICLE-START-END` with the cited words in `data-quote`: all that is needed to open
the article is in the link, so that the citations of older answers go on working.
"""

from html import escape

from assistant.answer import Citation
from index.article import Article
from ui.days import short_date
from ui.wording import outlet_of

Span = tuple[int, int]


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
