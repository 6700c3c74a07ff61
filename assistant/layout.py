"""How an answer is laid out: paragraphs, lists and tables under headings, each sentence at its place in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

# Private characters of a text whose structure is being read: before a table's row, and before a heading, as many as
# it has levels.
ROW, HEADING = "\ue002", "\ue003"

_HASHES = "##"  # before the outermost heading
_DEEPEST = 6
_BULLETS = re.compile(r"^([ \t]*)[•–—‣◦▪](?=[ \t])", re.MULTILINE)
_HEADING_LINE = re.compile(rf"({HEADING}+)(.*)")
_NUMBER = re.compile(r"([0-9]{1,9})[.)]\s+(?=\S)")


class Item(NamedTuple):
    """An item of a list: its number, which in a list without numbers is its place."""

    number: int
    ordered: bool

    @property
    def marker(self) -> str:
        return f"{self.number}. " if self.ordered else "- "


class Emphasis(NamedTuple):
    """The characters `start` to `end` of a sentence's text are emphasised."""

    start: int
    end: int
    kind: Literal["strong", "em"]


class Row(NamedTuple):
    """A row of a table, with the names of its columns.

    `cited` has for each cell the places, among the citations of the row, of those that it rests on; where it is empty
    the citations are the whole row's.
    """

    header: tuple[str, ...]
    cells: tuple[str, ...]
    cited: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands. Those of one `block`, a paragraph or a row, stand in it one after another.

    `headings` are those above it, the outermost first; `items` are those of the lists that it is in, the outermost
    first. A `row` of a table is one sentence.
    """

    block: int = 0
    headings: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    row: Row | None = None


class Said(NamedTuple):
    """In a text that is laid out, the place of a sentence's words, by the sentence's number; of a row, of one cell's.

    The sentence, or the row, `ends` there; what is `marked` has marks of citations behind it.
    """

    sentence: int
    cell: int | None = None
    ends: bool = True
    marked: bool = True


def places_of(text: str, rows: Sequence[Row]) -> dict[int, Place]:
    """The place of each line, by its number from 0, of a text with Markdown's lists and paragraphs.

    Lines of `rows`, and of headings, begin with their private characters; the latter have no place.
    """
    places: dict[int, Place] = {}
    lines, rest = text.split("\n"), iter(rows)
    headings: list[tuple[int, str]] = []
    lists: list[Item] = []
    block = 0
    for token in _lists().parse(_BULLETS.sub(r"\1-", text.replace("\r", " "))):  # which ends a line there, not here
        if token.type.endswith("list_open"):
            lists.append(Item(0, token.type.startswith("ordered")))
        elif token.type.endswith("list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = int(token.info) if lists[-1].ordered else lists[-1].number + 1
            lists[-1] = Item(number, lists[-1].ordered)
        elif token.type == "paragraph_open" and token.map:
            first = lines[token.map[0]].lstrip()
            if heading := _HEADING_LINE.match(first):
                level = len(heading[1])
                headings = [(above, title) for above, title in headings if above < level] + [(level, heading[2])]
                continue
            row = next(rest, None) if first.startswith(ROW) else None
            place = Place(block, tuple(title for _, title in headings), tuple(lists), row)
            places |= dict.fromkeys(range(*token.map), place)
            block += 1
    return places


def number_length(text: str, place: Place) -> int:
    """How many characters of a sentence are the number of the item that it begins."""
    found = _NUMBER.match(text)
    item = place.items[-1] if place.items else None
    return found.end() if found and item and item.ordered and item.number == int(found[1]) else 0


def laid_out(places: Sequence[Place]) -> Iterator[str | Said]:
    """The sentences of these places as Markdown: what stands between them, and where they stand."""
    before: Place | None = None
    for at, place in enumerate(places):
        yield from laid_behind(before, place, at)
        before = place


def laid_behind(before: Place | None, place: Place, at: int = 0) -> Iterator[str | Said]:
    """The same of one sentence, of the number `at`, behind one that stands at `before`."""
    yield _between(before, place)
    if not place.row:
        yield Said(at)
        return
    last = len(place.row.cells) - 1
    for cell in range(last + 1):
        yield "| "
        yield Said(at, cell, ends=cell == last, marked=bool(place.row.cited) or cell == last)
        yield " "
    yield "|"


def emphasised(text: str, emphasis: Sequence[Emphasis]) -> str:
    """A sentence's text as Markdown."""
    for start, end, kind in sorted(emphasis, reverse=True):
        sign = "**" if kind == "strong" else "*"
        text = f"{text[:start]}{sign}{text[start:end]}{sign}{text[end:]}"
    return text


def _between(before: Place | None, place: Place) -> str:
    if before and before.block == place.block and not place.row:
        return " "
    under = before.headings if before else ()
    if place.headings != under:
        gap = "\n\n" if before else ""
        return gap + _headings(under, place.headings) + _beginning(None, place)
    if not before:
        return _beginning(None, place)
    near = (before.items and place.items and before.items != place.items) or (before.row and _same_table(before, place))
    return ("\n" if near else "\n\n") + _beginning(before, place)


def _headings(before: Sequence[str], now: Sequence[str]) -> str:
    same = _shared(before, now)
    same = min(same, len(now) - 1) if now else 0  # the one above a shorter path is told anew
    hashes = [(_HASHES + "#" * depth)[:_DEEPEST] for depth in range(len(now))]
    return "".join(f"{hashes[depth]} {now[depth]}\n\n" for depth in range(same, len(now)))


def _beginning(before: Place | None, place: Place) -> str:
    """What stands before the first words of a block in its line, and of a table's first row the lines above it."""
    if place.row:
        return "" if before and _same_table(before, place) else _table_head(place.row)
    same = _shared(before.items if before else (), place.items)
    if before and place.items and same == len(place.items):  # a further paragraph of the item
        return _indent(place.items)
    return _indent(place.items[:same]) + (place.items[-1].marker if place.items else "")


def _table_head(row: Row) -> str:
    names = [*row.header, *[""] * (len(row.cells) - len(row.header))]
    return f"| {' | '.join(names)} |\n|{' --- |' * len(names)}\n"


def _same_table(before: Place, place: Place) -> bool:
    return bool(before.row and place.row and before.row.header == place.row.header)


def _indent(items: Sequence[Item]) -> str:
    return " " * sum(len(item.marker) for item in items)


def _shared(one: Sequence[object], other: Sequence[object]) -> int:
    """How many of their first things are the same."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return same


@cache
def _lists() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("zero").enable("list")
