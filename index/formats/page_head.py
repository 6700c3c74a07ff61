"""Where a page's article begins: its heading, the lines and bylines around it, and what stands beside the article."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from index.english import lexicon
from index.formats.bylines import (
    LONGEST_BYLINE,
    are_names,
    begins_byline,
    byline_and_rest,
    cut_names,
    is_role,
    without_label,
)
from index.formats.readings import name_key, same_name

_MARKS = lexicon("page_marks", __package__)
_KINDS = {kind: _MARKS.words(kind) for kind in ("beside", "masthead", "header", "caption", "byline", "beside_byline")}
_BESIDE_BEGINNINGS = _MARKS.listed("beside_beginnings")
_BLOCKS = lexicon("html", __package__).words("blocks")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")
_HEADLINE_TAGS = ("h2", "h3", "h4", "b", "strong", "font", "div", "span", "td", "p", "center", "big")
_LINE_TAGS = ("b", "i", "font", "p", "span", "small", "time", "h2", "h3", "h4", "h5", "h6", "br", "hr")
_MOST_HEADLINES = 5_000
_MOST_IN_HEAD = 300
_SHORTEST_HEADLINE = 12  # letters; one of Chinese, Japanese or Korean counts as two
_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:(?:index|default|home)\.\w{3,5})?")
_SEPARATOR = re.compile(r"\s+(?:[|–—·•»«›▸/:]|::|-{1,2})\s+|\s*[|｜_]\s*")
_COLON = re.compile(r"[:：]\s+")
_PARTS = re.compile(r"\s+[|·•]\s+|\s+(?=来源|來源|出处)")
_SPACE_BEFORE_MARK = re.compile(r"\s+([,.;:!?)])")


@dataclass(frozen=True)
class Head:
    """The part of the page in which an article's byline and dates stand; `heading` is None where none was found."""

    heading: Any
    elements: list[Any]

    @cached_property
    def title(self) -> str:
        return "" if self.heading is None else one_line(self.heading.text_content())

    @cached_property
    def lines(self) -> list[str]:
        """The short lines in the head, those of an element after those of the element around it."""
        whole = [line for element in self.elements for line in [*_labels(element), *lines_within(element)]]
        parts = [part for line in whole for part in _PARTS.split(line) if part]
        return list(dict.fromkeys([*whole, *parts]))


def find_head(tree: Any, titles: Iterable[str]) -> Head:
    """The head of the page's article; `titles` are what the page calls the article, for pages without an h1."""
    known = {one for title in titles for one in _headlines(title)}
    heading = _main_heading(tree, known)
    if heading is None or name_key(heading.text_content()) not in known:
        unmarked = _unmarked_heading(tree, known)
        heading = heading if unmarked is None else unmarked
    start = heading if heading is not None else next(tree.iter("article"), None)
    return Head(heading, [] if start is None else _elements(tree, start))


def bylines(head: Head, outlet: str) -> Iterator[str]:
    """The names that the article's head gives, from the surest place down: marked elements, lines that say so."""
    yield from _marked_bylines(head)
    for line in head.lines:
        if names := byline_and_rest(line)[0] if len(line) < LONGEST_BYLINE else "":
            yield names


def is_beside(element: Any) -> bool:
    """Whether an element stands in a box beside the article: related stories, comments, a sidebar, the page's foot.

    A box around a heading and most of the page's paragraphs is none, whatever it is called: "with-sidebar".
    """
    for up in [element, *element.iterancestors()]:
        if up.tag in ("aside", "footer", "nav"):
            return True
        if up.tag not in ("body", "html") and "beside" in _kinds(up) and not _holds_the_page()(up):
            return True
    return False


def is_caption(element: Any) -> bool:
    """Whether an element is a picture's words, which have dates and names of their own."""
    return element.tag in ("figure", "figcaption") or "caption" in _kinds(element)


@lru_cache(maxsize=1)
def _holds_the_page() -> Any:
    from lxml import etree  # type: ignore[import-untyped]

    return etree.XPath("boolean(.//h1) and count(.//p) > count(//p) div 2")


def _kinds(element: Any) -> frozenset[str]:
    """What the class and the id of an element call it, by the lists of page_marks.toml."""
    return _kinds_of(f"{element.get('class') or ''} {element.get('id') or ''}")


@lru_cache(maxsize=4096)
def _kinds_of(marks: str) -> frozenset[str]:
    words = _WORD.findall(_HUMP.sub("-", marks).lower()) if len(marks) > 2 else []
    known = {*words, *map("".join, pairwise(words))}
    kinds = {kind for kind, listed in _KINDS.items() if not known.isdisjoint(listed)}
    return frozenset(kinds | {"beside"} if any(word.startswith(_BESIDE_BEGINNINGS) for word in words) else kinds)


def one_line(value: object) -> str:
    """A text as one line, its entities decoded (some pages encode them twice)."""
    text = value if isinstance(value, str) else ""
    return " ".join(html.unescape(html.unescape(text)).replace("\u200b", "").split())


def title_parts(title: str) -> list[str]:
    """What the separators of a title such as "Mill sold | Local | The Post" part."""
    return [part.strip() for part in _SEPARATOR.split(title) if part and part.strip()]


def title_cuts(title: str, *, at_colons: bool = False) -> list[tuple[str, str]]:
    """The title before and after each of its separators; a colon may be one, but most are part of a headline."""
    cuts = [*_SEPARATOR.finditer(title), *(_COLON.finditer(title) if at_colons else [])]
    return [(title[: m.start()].strip(), title[m.end() :].strip()) for m in cuts]


def is_masthead(element: Any) -> bool:
    """Whether an element is where outlets put their name: a logo, or a link to the front page."""
    if element.tag == "a":
        rel = (element.get("rel") or "").lower().split()
        href = element.get("href")
        return "home" in rel or (href is not None and _HOME.fullmatch(href.strip()) is not None)
    return "masthead" in _kinds(element) and not is_beside(element)


def is_header(element: Any) -> bool:
    """Whether an element is the page's header, by its tag or its class."""
    return element.tag == "header" or ("header" in _kinds(element) and not is_beside(element))


def lines_within(element: Any, longest: int = 120) -> Iterator[str]:
    """The lines of an element up to its first block: its line breaks end them, a space joins its inline parts."""
    pieces: list[str] = []
    length = 0
    todo: list[tuple[Any, bool]] = [(element, True)]
    while todo and length < 600:
        one, entering = todo.pop()
        if not entering:
            pieces.append(" " + (one.tail or ""))
        elif not isinstance(one.tag, str) or one.tag in ("script", "style", "template"):
            pieces.append(one.tail or "")
        elif one is not element and one.tag in _BLOCKS:
            break
        else:
            pieces.append(("\n" if one.tag == "br" else " ") + " ".join((one.text or "").split("\n")))
            todo += [(one, False)] if one is not element else []
            todo += [(child, True) for child in reversed(one)]
        length += len(pieces[-1])
    for line in "".join(pieces).split("\n"):
        said = _SPACE_BEFORE_MARK.sub(r"\1", one_line(line))
        if said and len(said) <= longest:
            yield said


def _headlines(title: str) -> set[str]:
    """The letters of what in a title is long enough for its headline: not those of a section or an outlet."""
    pieces = [piece for part in title_parts(title) for piece in _COLON.split(part)]
    longest = max(map(_width, pieces), default=0)
    cuts = title_cuts(title, at_colons=True)
    parts = [title, *title_parts(title), *(part for cut in cuts for part in cut)]
    return {name_key(part) for part in parts if _width(part) >= max(_SHORTEST_HEADLINE, 0.8 * longest)}


def _width(text: str) -> int:
    return sum(2 if "\u2e80" <= c <= "\ud7ff" else 1 for c in name_key(text))


def _main_heading(tree: Any, known: set[str]) -> Any:
    """The h1 that a title of the page names, or else the first."""
    headings = [h for h in tree.iter("h1") if one_line(h.text_content()) and not is_beside(h) and not _is_name(h)]
    inside = [h for h in headings if any(up.tag in ("article", "main") for up in h.iterancestors())]
    named = [h for h in headings if name_key(h.text_content()) in known]
    return (named or inside or headings or [None])[0]


def _is_name(h1: Any) -> bool:
    """Whether an h1 is the outlet's name and no headline."""
    links = h1.findall(".//a")
    is_link = len(links) == 1 and same_name(links[0].text_content(), h1.text_content())
    return is_masthead(h1) or (is_link and is_masthead(links[0]))


def _labels(element: Any) -> Iterator[str]:
    """What an element says in attributes instead of its text."""
    for name, value in element.attrib.items():
        if name == "aria-label":
            yield from _PARTS.split(one_line(value)[:200])


def _unmarked_heading(tree: Any, known: set[str]) -> Any:
    """The element whose whole text is a title of the page or the longest part of one."""
    body = tree.find("body")
    found, longest = None, 0
    for number, element in enumerate([] if body is None or not known else body.iter(*_HEADLINE_TAGS)):
        if number > _MOST_HEADLINES:
            break
        if len(element) > 3:
            continue
        said = element.text_content()
        length = len(name_key(said)) if len(said) < 400 else 0
        if length > longest and name_key(said) in known and not is_beside(element):
            found, longest = element, length
    return found


def _elements(tree: Any, start: Any) -> list[Any]:
    """The elements around and after a heading, down to the third paragraph below it."""
    first = _surrounding(start)
    found: list[Any] = [] if first is not None else _just_above(start)
    around = {start, *start.iterancestors()}
    paragraphs, begun, reached = 0, False, False
    for element in tree.iter():
        begun = begun or element is first or element is start
        reached = reached or element is start
        if not begun or element is start or not isinstance(element.tag, str):
            continue
        if element.tag in ("script", "style", "aside", "nav", "footer") or is_beside(element):
            continue
        if any(is_caption(up) for up in [element, *element.iterancestors()] if up not in around):
            continue
        found.append(element)
        if reached and element.tag == "p" and len(element.text_content()) > 80:
            paragraphs += 1
        if paragraphs == 3 or len(found) > _MOST_IN_HEAD:
            break
    return found


def _just_above(start: Any) -> list[Any]:
    """The lines right above a heading that stands in the page itself: neither boxes nor lists."""
    found: list[Any] = []
    for element in start.itersiblings(preceding=True):
        if element.tag not in _LINE_TAGS:
            break
        found.append(element)
    return found[:4]


def _surrounding(start: Any) -> Any:
    """The element around the heading that has the article's first sentences too, or the outermost of a short page."""
    shortest = len(start.text_content()) + 200
    around = None
    for up in start.iterancestors():
        if up.tag in ("body", "html"):
            break
        around = up
        if len(up.text_content()) >= shortest:
            break
    return around


def _marked_bylines(head: Head) -> Iterator[str]:
    """The lines, or the names together, of the elements that are marked as the byline."""
    around = set() if head.heading is None else set(map(id, head.heading.iterancestors()))
    marked = {id(e): e for e in head.elements if id(e) not in around and _is_marked(e)}
    outermost = [e for e in marked.values() if not any(id(up) in marked for up in e.iterancestors())]
    for element in outermost:
        lines = [line for line in _rows(element) if name_key(line) and len(line) < 2 * LONGEST_BYLINE]
        first = next((line for line in lines if name_key(cut_names(line))), "")
        inside = [said for said in (one_line(child.text_content()) for child in element) if said]
        if len(inside) == 2 and is_role(inside[1]) and are_names(inside[0]):
            yield inside[0]
        names = cut_names(first)
        leaves = [e for e in element.iterdescendants() if id(e) in marked and _is_leaf(e, marked)]
        inner = [one_line(" ".join(leaf.itertext())) for leaf in leaves]
        people = [name for name in inner if are_names(cut_names(name))]
        if begins_byline(first) and are_names(names) and len(names) < LONGEST_BYLINE:
            yield names
        elif people:
            yield ", ".join(map(cut_names, people))
        elif len(first) < LONGEST_BYLINE and name_key(without_label(names)):
            yield names


def _rows(element: Any) -> list[str]:
    """The lines of an element, or those of the blocks in it."""
    rows = list(lines_within(element, 2 * LONGEST_BYLINE))
    return rows or [line for child in element for line in lines_within(child, 2 * LONGEST_BYLINE)]


def _is_marked(element: Any) -> bool:
    if "author" in (element.get("rel") or "").lower().split():
        return not is_beside(element)
    kinds = _kinds(element)
    return "byline" in kinds and "beside_byline" not in kinds


def _is_leaf(element: Any, marked: Mapping[int, Any]) -> bool:
    return not any(id(below) in marked for below in element.iterdescendants())
