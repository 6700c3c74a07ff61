"""A language model's Markdown as HTML: its blocks, emphasis and code. Its HTML, links and images stay text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

_OFF = ["html_block", "html_inline", "image", "link", "autolink", "reference", "entity", "lheading", "code", "hr"]
_HIGHEST, _LOWEST = 3, 6  # headings on the page: those above are the page's own


def markdown_html(text: str) -> str:
    """HTML whose only tags are those of blocks, emphasis and code, without line breaks between the blocks."""
    return str(_markdown().render(text)).replace("\n", " ").strip()


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable(_OFF)
    markdown.core.ruler.push("headings_below_the_page", _lowered)
    return markdown


def _lowered(state: StateCore) -> None:
    for token in state.tokens:
        if token.type.startswith("heading_"):
            token.tag = f"h{min(_LOWEST, max(_HIGHEST, int(token.tag[1:]) + 1))}"
