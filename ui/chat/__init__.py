"""The chat in the browser; only `gradio_page` imports Gradio.

Here stands what the page gets beside its HTML, from the folder `page`: how it looks (CSS) and what it does by itself
(JavaScript).
"""

from pathlib import Path

_FOLDER = Path(__file__).parent / "page"

FAVICON = _FOLDER / "favicon.svg"


def head() -> str:
    """What goes into the page's `<head>`: the style sheet and a description."""
    style = (_FOLDER / "style.css").read_text("utf-8")
    description = "Ask a collection of news articles; every sentence of the answer carries its source."
    return f'<meta name="description" content="{description}">\n<style>\n{style}\n</style>'


def script() -> str:
    """The body of a function of (element, server) that opens articles; `element` is the article pane."""
    return (_FOLDER / "page.js").read_text("utf-8")
