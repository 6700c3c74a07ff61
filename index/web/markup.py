"""The text of a piece of HTML, as feeds carry it."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote pre tr table section article figure hr dl dt dd".split()
)
_SILENT = frozenset("script style template figcaption".split())
_BLANK = re.compile(r"[ \t\r\f\v\n]+")


def text_of(markup: str) -> str:
    """The words, with an empty line between paragraphs; scripts, styles and captions left out."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    paragraphs = (_BLANK.sub(" ", "".join(paragraph)).strip() for paragraph in reader.paragraphs)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[list[str]] = [[]]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if tag in _BLOCKS:
            self.paragraphs.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if tag in _BLOCKS:
            self.paragraphs.append([])

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.paragraphs[-1].append(data)
