"""The lines of a web page: one for each paragraph, heading, list entry and table row, in the page's order."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

BLOCKS = frozenset(
    "p div center h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table tr caption section article main header body "
    "html form tbody thead tfoot fieldset legend details summary nav aside footer figure figcaption button label "
    "address hr dialog menu noscript iframe object video audio".split()
)
_UNSEEN = frozenset(
    "script style template svg math canvas head title link meta select option datalist textarea input".split()
)
_BESIDE = ("form", "fieldset", "aside", "nav", "footer", "dialog", "menu", "button", "label")  # the article, as a rule
_PROSE = 80  # characters of a paragraph
_LONGEST_CELL = 300  # characters; a longer one is no data
_INVISIBLE = re.compile("[\u00ad\u200b]")  # where a word or a line may be broken
_LETTERS = re.compile(r"[\W_]+")
_SURE = 25  # letters of a line that hardly stand twice in a text
_NEAR = 200  # letters within which a short line must follow the line before it


class PageLine(NamedTuple):
    """A line, the innermost block that it stands in, how many of its characters are in links, and its letters."""

    text: str
    block: Any
    in_links: int
    letters: str


def page_lines(body: Any) -> list[PageLine]:
    """The lines of a page's body, by its blocks and line breaks; each element is walked once, whatever its depth.

    Marks of where a word may be broken, which no reader sees, are left out. A table that lays out the page is read as
    blocks, one of data row by row. What holds the article's heading and text is a plain block too, be it a form. The
    tree is changed.
    """
    _open_layout_tables(body)
    _open_wrappers(body)
    return list(_Walk(body).lines())


def page_body(tree: Any) -> Any:
    """A page's body, or the whole of a page without one."""
    body = tree.find("body")
    return tree if body is None else body


def letters(text: str) -> str:
    """The letters and digits of a text, by which the same line is known wherever it stands."""
    return _LETTERS.sub("", text.casefold())


def aligned(lines: Sequence[PageLine], text: str) -> list[bool]:
    """Which lines stand in a text that was made of the same page, in the same order.

    Long lines are found first, and of those the longest run that is in order stays (by patience sorting). A short line
    may stand anywhere by chance, so it is only looked for behind the line before it.
    """
    whole = letters(text)
    places = [(number, whole.find(line.letters)) for number, line in enumerate(lines) if len(line.letters) >= _SURE]
    sure = _in_order([(number, start) for number, start in places if start >= 0])
    found = [False] * len(lines)
    marks = [*sure, (len(lines), len(whole))]
    number, start = -1, 0
    for next_number, next_start in marks:
        for between in range(number + 1, next_number):
            said = lines[between].letters
            at = whole.find(said, start, next_start) if said else -1
            if at >= 0 and (len(said) >= _SURE or at - start <= _NEAR):
                found[between], start = True, at + len(said)
        if next_number < len(lines):
            found[next_number], number = True, next_number
            start = next_start + len(lines[number].letters)
    return found


def _in_order(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most places whose starts rise."""
    tops: list[int] = []
    last: list[int] = []  # the place that ends the best run of each length
    before: list[int] = []
    for index, (_, start) in enumerate(places):
        length = bisect_left(tops, start)
        tops[length : length + 1] = [start]
        last[length : length + 1] = [index]
        before.append(last[length - 1] if length else -1)
    kept = []
    index = last[-1] if last else -1
    while index >= 0:
        kept.append(places[index])
        index = before[index]
    return kept[::-1]


def _open_layout_tables(body: Any) -> None:
    """Turns a table that lays out a page into plain blocks: trafilatura would read its cells as data."""
    for table in list(body.iter("table")):
        cells = [len(" ".join(cell.text_content().split())) for cell in table.iter("td")]
        if (
            max(cells, default=0) > _LONGEST_CELL
            or table.find(".//p") is not None
            or table.find(".//table") is not None
        ):
            for element in table.iter("table", "tbody", "tr", "td", "th", "thead", "center"):
                element.tag = "div"


def _open_wrappers(body: Any) -> None:
    """Turns what holds a heading and prose into a plain block: trafilatura would drop it whole for its tag."""
    for heading in list(body.iter("h1")):
        for around in heading.iterancestors(*_BESIDE):
            if any(len(paragraph.text_content()) > _PROSE for paragraph in around.iter("p")):
                around.tag = "div"


class _Walk:
    """One walk over a tree, and the line that is being gathered."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.pieces: list[str] = []
        self.in_links = 0
        self.links = 0  # around the place where the walk is

    def lines(self) -> Iterator[PageLine]:
        blocks = [self.root]
        todo: list[tuple[Any, bool]] = [(self.root, True)]
        while todo:
            element, entering = todo.pop()
            if not entering:
                if element.tag in BLOCKS:
                    if self.pieces:
                        yield from self._line(element)
                    blocks.pop()
                self.links -= element.tag == "a"
                self._add(element.tail if element is not self.root else None)
                continue
            if not isinstance(element.tag, str) or element.tag in _UNSEEN:
                self._add(element.tail)
                continue
            if self.pieces and (element.tag in BLOCKS or element.tag == "br"):
                yield from self._line(blocks[-1])
            if element.tag in BLOCKS:
                blocks.append(element)
            elif element.tag in ("td", "th") and element.getprevious() is not None:
                self.pieces.append(" | ")
            self.links += element.tag == "a"
            self._add(element.text)
            todo.append((element, False))
            todo += [(child, True) for child in reversed(element)]
        yield from self._line(self.root)

    def _add(self, text: str | None) -> None:
        if text and (self.pieces or not text.isspace()):
            self.pieces.append(text)
            self.in_links += len(text.strip()) if self.links else 0

    def _line(self, block: Any) -> Iterator[PageLine]:
        text = " ".join(_INVISIBLE.sub("", "".join(self.pieces)).split()).strip(" |")
        in_links, self.in_links = self.in_links, 0
        self.pieces.clear()
        if text:
            yield PageLine(text, block, min(in_links, len(text)), letters(text))
