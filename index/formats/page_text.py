"""The text of a web page's article, one line for each paragraph, heading and list entry."""

import logging
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import groupby
from typing import Any, NamedTuple

from index.formats.page_boxes import column, is_read_closely, open_layout_tables, remove_boxes
from index.formats.page_head import one_line
from index.formats.page_lines import is_prose, without_page_lines
from index.formats.page_metadata import PageFacts
from index.furniture import without_furniture

_BLOCKS = frozenset(
    "p div center h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table tr section article main header body html "
    "form tbody thead tfoot fieldset details summary".split()
)
_SPACE = re.compile(r"[^\S\n]+")


class _Line(NamedTuple):
    text: str
    is_in_column: bool


def article_text(tree: Any, facts: PageFacts) -> str:
    """The article's text, its paragraphs as lines; empty where the page has none. The tree is changed."""
    body = tree.find("body")
    if body is None:
        body = tree
    remove_boxes(body)
    open_layout_tables(body)
    lines = list(_lines(body, column(body)))
    headings = {one_line(heading.text_content()) for heading in body.iter("h2", "h3", "h4")}
    text = _clean(_chosen(lines, headings, _main_text(tree)), facts)
    text = text or _clean([line.text for line in lines if is_prose(line.text)], facts)
    told = _clean([line for body in facts.bodies for line in _plain(body).splitlines()], facts)
    return told if len(text) < 0.5 * len(told) else text


def _chosen(lines: list[_Line], headings: set[str], main: str) -> list[str]:
    """The lines of the page that are in its main text, and sentences and headings between those.

    trafilatura knows where the article is, but at times gives it as one paragraph, or leaves a sentence out. What is
    no sentence is the article's only in the column of its text.
    """
    main = _condensed(main)
    inside = [bool(c := _condensed(line.text)) and c in main for line in lines]
    if True not in inside:
        return []
    first, last = inside.index(True), len(inside) - inside[::-1].index(True)
    chosen = [is_prose(line.text) or (i and line.is_in_column) for line, i in zip(lines, inside, strict=True)]
    below = [*chosen[1:], False]
    kept = range(first, last)
    return [lines[i].text for i in kept if chosen[i] or (lines[i].text in headings and below[i])]


def _condensed(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _main_text(tree: Any) -> str:
    """The text that trafilatura finds; empty where it finds none or the page is too large for it."""
    if not is_read_closely(tree):
        return ""
    from lxml import etree  # type: ignore[import-untyped]

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is reported by us
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            deepcopy(tree), include_comments=False, with_metadata=False, favor_recall=True
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return ""
    body = getattr(found, "body", None)
    return "" if body is None else "".join(body.itertext())


def _clean(lines: Iterable[str], facts: PageFacts) -> str:
    return "\n".join(without_page_lines(without_furniture("\n".join(lines)).splitlines(), facts))


def _lines(root: Any, column: Any) -> Iterator[_Line]:
    """The lines of a tree, by its blocks and line breaks, and whether they are in the column."""
    for is_in_column, pieces in groupby(_pieces(root, column), key=lambda piece: piece[1]):
        for line in "".join(text for text, _ in pieces).split("\n"):
            if said := _SPACE.sub(" ", line).strip(" |"):
                yield _Line(said, is_in_column)


def _pieces(root: Any, column: Any) -> Iterator[tuple[str, bool]]:
    """The texts of a tree in order, line ends between blocks; each is walked once, whatever its depth."""
    todo: list[tuple[Any, bool]] = [(root, True)]
    is_in_column = False
    while todo:
        element, entering = todo.pop()
        if not entering:
            is_in_column = is_in_column and element is not column
            yield ("\n" if element.tag in _BLOCKS else "") + (element.tail or "").replace("\n", " "), is_in_column
        elif not isinstance(element.tag, str):
            yield element.tail or "", is_in_column
        else:
            is_in_column = is_in_column or element is column
            yield _opening(element) + (element.text or "").replace("\n", " "), is_in_column
            todo.append((element, False))
            todo += [(child, True) for child in reversed(element)]


def _opening(element: Any) -> str:
    if element.tag in ("td", "th"):  # of a table of data: those that lay out a page are blocks by now
        return " | " if element.getprevious() is not None else ""
    return "\n" if element.tag in _BLOCKS or element.tag == "br" else ""


def _plain(body: str) -> str:
    """A JSON-LD text without the tags that some outlets leave in it."""
    text = re.sub(r"<(?:br|/p|p|/div|/h\d|/li)\b[^<>]{0,300}>", "\n", body, flags=re.IGNORECASE)
    return re.sub(r"<[a-zA-Z/][^<>]{0,300}>", "", text)
