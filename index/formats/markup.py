"""HTML in a cell of a table or an entry of a feed to plain paragraphs. Whole pages are read by index.formats.html."""

import html
import re

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*(?:\.(?:content|head|end))?)(?=[\s/>])[^<>]*>")
_SURE = re.compile(
    r"</?(?:p|br|div|a|em|strong|b|i|span|h[1-6]|ul|ol|li|blockquote|figure|img|section)(?:\s[^<>]*|/)?>", re.I
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
BLOCKS = frozenset(  # of HTML, and of the NITF that agencies write
    "p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr figure section article table tr header footer aside "
    "hl1 hl2 bq block body.content body.head body.end".split()
)
_UNSEEN = frozenset(["script", "style", "template", "figcaption", "media"])


def looks_like_html(text: str) -> bool:
    """Whether the text holds at least two of the tags that articles are written with."""
    tags = _SURE.finditer(text)
    return next(tags, None) is not None and next(tags, None) is not None


def plain_paragraphs(markup: str) -> str:
    """The text of the markup, an empty line between blocks; scripts, styles, comments and captions are left out.

    Its time grows with the length of the markup and no faster, which cannot be said of html.parser.
    """
    end = markup.rfind("-->") + len("-->")  # no comment ends behind it: looking for that would take minutes
    markup = _COMMENT.sub("", markup[:end]) + markup[end:]
    parts: list[str] = []
    end, unseen = 0, ""
    for tag in _TAG.finditer(markup):
        name = tag[2].lower()
        if not unseen:
            parts.append(" ".join(_spaced(markup[end : tag.start()])))
            parts.append("\n" if name == "br" else "\n\n" if name in BLOCKS else "")
            unseen = name if name in _UNSEEN and not tag[1] else ""
        elif tag[1] and name == unseen:
            unseen = ""
        end = tag.end()
    if not unseen:
        parts.append(" ".join(_spaced(markup[end:])))
    lines = (" ".join(line.split()) for line in html.unescape("".join(parts)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _spaced(text: str) -> list[str]:
    """Split so that joined by spaces again all white space is one space: line ends mean nothing in HTML."""
    return re.split(r"\s+", text)
