"""The lines of a web page, and what speaks for and against each being its article's.

A line is a paragraph, heading, list entry or table row, in the page's order. The features of a fitted linear model tell
of the line (its length, how much of it is a link), its tag and those around it, its place (before the heading, how far
up the tree it parts from it), what is like it (lines in blocks of the same class), and whether others take it for the
article: trafilatura, the page's JSON-LD and its description. No feature is a word of a class or an id.
"""

import json
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.english import lexicon
from index.formats.readings import ends_sentence, letters

Floats = NDArray[np.float64]

_BLOCKS, _UNREAD = (lexicon("html", __package__).words(name) for name in ("blocks", "unread_in_pages"))
_BESIDE = ("form", "fieldset", "aside", "nav", "footer", "dialog", "menu", "button", "label")  # the article, as a rule
_PROSE = 80  # characters of a paragraph
_LONGEST_CELL = 300  # characters; a longer one is no data
_SURE = 25  # letters of a line that hardly stand twice in a text
_NEAR = 200  # letters within which a short line must follow the line before it

_TAGS = ("p", "li", "h1", "h2", "h3", "div", "figcaption")
_SMALL_HEADINGS = ("h4", "h5", "h6")
_HEADINGS = ("h2", "h3", *_SMALL_HEADINGS)
_AROUND = ("figure", "aside", "nav", "footer", "header", "form", "article", "main", "table", "noscript")
WEIGHTS_FILE = Path(__file__).parent / "page_weights.json"
MODEL: Mapping[str, Any] = json.loads(WEIGHTS_FILE.read_text("utf-8"))
FEATURES = tuple(MODEL["weights"])  # the columns; a new one is written there with a weight of 0, and then fitted

_SENTENCE_ENDS = ".!?…。؟։:;"
_WITHIN = (". ", "! ", "? ", "。 ", "؟ ")
_COMMAS = ",，،、"
_LONG = 60
_SURE_TITLE = 8  # letters
_TEASER = 200  # characters
_BELOW = 6  # lines below the heading
_PRIOR = 20  # characters that stand for what a share does not know


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


@dataclass(frozen=True, slots=True)
class Known:
    """What a page and others say of its article; `main` is the text that trafilatura finds."""

    main: str
    title: str
    description: str
    authors: Sequence[str]
    outlet: str
    bodies: Sequence[str]


def features(body: Any, lines: Sequence[PageLine], known: Known) -> Floats:
    """One row for each line, one column for each of FEATURES."""
    if not lines:
        return np.zeros((0, len(FEATURES)))
    rows = _Page(body, lines, known).rows()
    return np.array([[row[name] for name in FEATURES] for row in rows], dtype=np.float64)


# Lines


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
                if element.tag in _BLOCKS:
                    if self.pieces:
                        yield from self._line(element)
                    blocks.pop()
                self.links -= element.tag == "a"
                self._add(element.tail if element is not self.root else None)
                continue
            if not isinstance(element.tag, str) or element.tag in _UNREAD:
                self._add(element.tail)
                continue
            if self.pieces and (element.tag in _BLOCKS or element.tag == "br"):
                yield from self._line(blocks[-1])
            if element.tag in _BLOCKS:
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
        text = " ".join("".join(self.pieces).replace("\u00ad", "").replace("\u200b", "").split()).strip(" |")
        in_links, self.in_links = self.in_links, 0
        self.pieces.clear()
        if text:
            yield PageLine(text, block, min(in_links, len(text)), letters(text))


# Features


@dataclass(slots=True)
class _Sums:
    """Characters of the lines within an element: of all, in links, of prose, in the main text; its linked headings."""

    all: int = 0
    in_links: int = 0
    prose: int = 0
    main: int = 0
    linked_headings: int = 0

    @property
    def teasers(self) -> float:
        """The share of an element that teasers take up, if each is a heading that is a link, and a little text."""
        return min(1.0, _TEASER * self.linked_headings / self.all)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an element stands: the tags around it, how deep it parts from the way to the heading, how deep it is."""

    around: frozenset[str]
    parts_at: int
    depth: int


class _Page:
    def __init__(self, body: Any, lines: Sequence[PageLine], known: Known) -> None:
        self.lines = lines
        self.known = known
        self.main = aligned(lines, known.main)
        told = aligned(lines, "\n".join(known.bodies))
        self.told = told if any(told) else None
        self.title, self.description = letters(known.title), letters(known.description)
        self.authors, self.outlet = [a for a in map(letters, known.authors) if a], letters(known.outlet)
        self.counts = Counter(line.letters for line in lines)
        self.ends = [ends_sentence(line.text, _SENTENCE_ENDS) for line in lines]
        self.linked = [line.in_links / len(line.text) for line in lines]
        self.heading = self._heading()
        self.sums = self._sums(body)
        self.places = self._places(body)
        self.alike, self.alike_main = self._alike()
        inside = [number for number, is_in in enumerate(self.main) if is_in]
        self.first, self.last = (inside[0], inside[-1]) if inside else (-1, len(lines))

    def rows(self) -> Iterator[dict[str, float]]:
        """Each line's features by name."""
        page = self.sums_of_page
        before = 0
        for number, line in enumerate(self.lines):
            yield {
                **self._by_others(number, line),
                **self._of_the_line(number, line),
                **self._of_its_box(number, line),
                **self._of_its_place(number, line),
                "share of the page before it": before / page.all,
                "share of the lines before it": number / len(self.lines),
                "share of the page in the main text": page.main / page.all,
                "length of the main text": math.log1p(page.main),
            }
            before += len(line.text)

    def _by_others(self, number: int, line: PageLine) -> dict[str, float]:
        size, is_main = len(line.text), self.main[number]
        own, prior = size * is_main, _PRIOR * is_main
        box, like = self.sums[_box(line)], _like(line)
        is_description = len(self.description) > _PRIOR and (
            line.letters == self.description
            or (len(line.letters) > 30 and self.description.startswith(line.letters[:40]))
        )
        is_title = line.letters == self.title or (len(line.letters) > 15 and line.letters in self.title)
        return {
            "in the main text": is_main,
            "the line before is in the main text": number > 0 and self.main[number - 1],
            "the line after is in the main text": number + 1 < len(self.main) and self.main[number + 1],
            "share of its box in the main text": (box.main - own + prior) / (box.all - size + _PRIOR),
            "share of lines like it in the main text": (self.alike_main[like] - own + prior)
            / (self.alike[like] - size + _PRIOR),
            "before the main text": number < self.first,
            "after the main text": number > self.last,
            "in the article by JSON-LD": self.told is not None and self.told[number],
            "not in the article by JSON-LD": self.told is not None and not self.told[number],
            "the page's description": is_description,
            "the title": bool(self.title) and is_title,
            "names an author": size < _LONG and any(author in line.letters for author in self.authors),
            "the outlet": bool(self.outlet) and line.letters == self.outlet,
        }

    def _of_the_line(self, number: int, line: PageLine) -> dict[str, float]:
        text, size, linked = line.text, len(line.text), self.linked[number]
        tag = line.block.tag
        around = self.places[line.block].around
        return {
            "length": math.log(size),
            "share in links": linked,
            "all a link": linked > 0.9,
            "ends as a sentence": self.ends[number],
            "long and ends as a sentence": self.ends[number] and size > _LONG,
            "sentences": min(5, sum(map(text.count, _WITHIN))),
            "commas": min(5, sum(map(text.count, _COMMAS))),
            "digits": sum(map(str.isdigit, text)) / size,
            "capitals": sum(map(str.isupper, text)) / (sum(map(str.isalpha, text)) or 1),
            "stands twice": self.counts[line.letters] > 1,
            "shorter than 20": size < 20,
            "ends with a colon": text.endswith((":", "：")),
            "is cut off": text.endswith(("…", "...")),
            **{f"is {one}": tag == one for one in _TAGS},
            "is a small heading": tag in _SMALL_HEADINGS,
            **{f"in {one}": one in around for one in _AROUND},
        }

    def _of_its_box(self, number: int, line: PageLine) -> dict[str, float]:
        block, box = self.sums[line.block], self.sums[_box(line)]
        has_next = number + 1 < len(self.lines)
        return {
            "share of its block in links": block.in_links / block.all,
            "share of its box in links": box.in_links / box.all,
            "share of prose in its block": block.prose / block.all,
            "share of prose in its box": box.prose / box.all,
            "share of the page in its box": box.all / self.sums_of_page.all,
            "length of its block": math.log(block.all),
            "length of its box": math.log(box.all),
            "length of lines like it": math.log(self.alike[_like(line)]),
            "share of the line before in links": self.linked[number - 1] if number else 1,
            "share of the line after in links": self.linked[number + 1] if has_next else 1,
            "the line after ends as a sentence": has_next and self.ends[number + 1],
            "headings that are links in its box": box.teasers,
            "headings that are links around its box": self.sums[_around(_box(line))].teasers,
        }

    def _of_its_place(self, number: int, line: PageLine) -> dict[str, float]:
        place = self.places[line.block]
        heading = self.heading
        depth = self.places[self.lines[heading].block].depth if heading is not None else 0
        return {
            "before the heading": heading is not None and number < heading,
            "no heading": heading is None,
            "right below the heading": heading is not None and 0 < number - heading <= _BELOW,
            "depth at which it parts from the heading": place.parts_at / max(1, depth),
            "elements up to there": min(10, place.depth - place.parts_at),
        }

    def _heading(self) -> int | None:
        """The line of the article's heading: an h1 that is in the title or has it, the title elsewhere, any h1."""
        h1s = [n for n, line in enumerate(self.lines) if line.block.tag == "h1"]
        if len(self.title) > _SURE_TITLE:
            same = [n for n in h1s if _holds(self.title, self.lines[n].letters)]
            same += [n for n, line in enumerate(self.lines) if line.letters == self.title]
            h1s = same + h1s
        return h1s[0] if h1s else None

    def _sums(self, body: Any) -> dict[Any, _Sums]:
        sums = {element: _Sums() for element in body.iter() if isinstance(element.tag, str)}
        for number, line in enumerate(self.lines):
            size, one = len(line.text), sums[line.block]
            one.all += size
            one.in_links += line.in_links
            one.prose += size if size > _PROSE and self.ends[number] and self.linked[number] < 0.5 else 0
            one.main += size if self.main[number] else 0
            one.linked_headings += line.block.tag in _HEADINGS and self.linked[number] > 0.9
        for element in reversed(list(sums)):
            if element is not body:
                one, around = sums[element], sums[element.getparent()]
                around.all += one.all
                around.in_links += one.in_links
                around.prose += one.prose
                around.main += one.main
                around.linked_headings += one.linked_headings
        self.sums_of_page = sums[body]
        return sums

    def _places(self, body: Any) -> dict[Any, _Place]:
        heading = None if self.heading is None else self.lines[self.heading].block
        way = set() if heading is None else {heading, *heading.iterancestors()}
        places: dict[Any, _Place] = {}
        for element in self.sums:
            around = places.get(element.getparent(), _Place(frozenset(), 0, -1))
            depth = around.depth + 1
            tags = around.around | {element.tag} if element.tag in _AROUND else around.around
            places[element] = _Place(tags, depth if element in way else around.parts_at, depth)
        return places

    def _alike(self) -> tuple[Counter[Any], Counter[Any]]:
        alike: Counter[Any] = Counter()
        main: Counter[Any] = Counter()
        for number, line in enumerate(self.lines):
            like = _like(line)
            alike[like] += len(line.text)
            main[like] += len(line.text) if self.main[number] else 0
        return alike, main


def _box(line: PageLine) -> Any:
    """The element around a line's block; that of the page is the block itself."""
    return _around(line.block)


def _around(element: Any) -> Any:
    around = element.getparent()
    return element if around is None or element.tag == "body" else around


def _like(line: PageLine) -> tuple[object, ...]:
    """What lines have in common that a template makes alike: tag and class of their blocks and of what is around."""
    block, around = line.block, _box(line)
    return block.tag, block.get("class"), around.tag, around.get("class")


def _holds(title: str, heading: str) -> bool:
    return len(heading) > _SURE_TITLE and (heading in title or title in heading)
