"""Where a page's article begins: its heading, the lines around it, and what stands beside the article."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:related\w*|recommend\w*|recirc\w*|comments?|comment-?list|kommentare?|commentaires?|comentarios?"
    r"|yorumlar|disqus\w*|relacionad\w*|ilgili\w*|correlat[ei]|sidebar|side-bar|teasers?|promos?"
    r"|most-?read|most-?popular|popular|trending|read-?more|more-?stories|more-?from|also-?(?:read|from)|outbrain|taboola"
    r"|up-?next|see-?also)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HEADLINE_TAGS = ("h2", "h3", "h4", "b", "strong", "font", "div", "span", "td", "p", "center", "big")
_MOST_HEADLINES = 5_000
_MOST_IN_HEAD = 300
_STARTS_A_BLOCK = frozenset(
    "p div section article main header ul ol table h1 h2 h3 h4 h5 h6 figure aside footer nav form blockquote hr".split()
)
_SEPARATOR = re.compile(r"\s+(?:[|–—·•»«›▸/:]|::|-{1,2})\s+|\s*[|｜]\s*")


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
        return list(dict.fromkeys(line for element in self.elements for line in lines_within(element)))


def find_head(tree: Any, titles: Iterable[str]) -> Head:
    """The head of the page's article; `titles` are what the page calls the article, for pages without an h1."""
    heading = _main_heading(tree)
    if heading is None:
        heading = _unmarked_heading(tree, [title for title in titles if title])
    start = heading if heading is not None else next(tree.iter("article"), None)
    return Head(heading, [] if start is None else _elements(tree, start))


def is_beside(element: Any) -> bool:
    """Whether an element stands in a box beside the article: related stories, comments, a sidebar, the page's foot."""
    for up in [element, *element.iterancestors()]:
        if up.tag in ("aside", "footer", "nav"):
            return True
        if up.tag not in ("body", "html") and names_beside(marks(up)):
            return True
    return False


def names_beside(said: str) -> bool:
    """Whether the marks of an element name a box beside the article."""
    return len(said) > 2 and _BESIDE.search(said) is not None


def marks(element: Any) -> str:
    """An element's class and id, "relatedStories" as "related-Stories"."""
    return _HUMP.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}")


def one_line(value: object) -> str:
    """A text as one line, its entities decoded (some pages encode them twice)."""
    text = value if isinstance(value, str) else ""
    return " ".join(html.unescape(html.unescape(text)).replace("\u200b", "").split())


def same(one: str, other: str) -> bool:
    """Whether two names or titles have the same letters, whatever their case and punctuation."""
    return bool(letters(one)) and letters(one) == letters(other)


def letters(text: str) -> str:
    return re.sub(r"\W|_", "", text.casefold()).removeprefix("the")


def title_parts(title: str) -> list[str]:
    """What the separators of a title such as "Mill sold | Local | The Post" part."""
    return [part.strip() for part in _SEPARATOR.split(title) if part and part.strip()]


def title_cuts(title: str) -> list[tuple[str, str]]:
    """The title before and after each of its separators."""
    return [(title[: m.start()].strip(), title[m.end() :].strip()) for m in _SEPARATOR.finditer(title)]


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
        elif one is not element and one.tag in _STARTS_A_BLOCK:
            break
        else:
            pieces.append(("\n" if one.tag == "br" else " ") + " ".join((one.text or "").split("\n")))
            todo += [(one, False)] if one is not element else []
            todo += [(child, True) for child in reversed(one)]
        length += len(pieces[-1])
    for line in "".join(pieces).split("\n"):
        said = re.sub(r"\s+([,.;:!?)])", r"\1", one_line(line))
        if said and len(said) <= longest:
            yield said


def _main_heading(tree: Any) -> Any:
    headings = [h for h in tree.iter("h1") if one_line(h.text_content()) and not is_beside(h)]
    inside = [h for h in headings if any(up.tag in ("article", "main") for up in h.iterancestors())]
    return (inside or headings or [None])[0]


def _unmarked_heading(tree: Any, titles: list[str]) -> Any:
    """The element whose whole text is a title of the page or the longest part of one."""
    known = {letters(part) for title in titles for part in [title, *title_parts(title), *sum(title_cuts(title), ())]}
    known = {one for one in known if len(one) >= 12}
    body = tree.find("body")
    found, longest = None, 0
    for number, element in enumerate([] if body is None or not known else body.iter(*_HEADLINE_TAGS)):
        if number > _MOST_HEADLINES:
            break
        if len(element) > 3:
            continue
        said = element.text_content()
        length = len(letters(said)) if len(said) < 400 else 0
        if length > longest and letters(said) in known and not is_beside(element):
            found, longest = element, length
    return found


def _elements(tree: Any, start: Any) -> list[Any]:
    """The elements around and after a heading, down to the third paragraph below it."""
    first = _surrounding(start)
    found: list[Any] = []
    paragraphs, begun, reached = 0, False, False
    for element in tree.iter():
        begun = begun or element is first or element is start
        reached = reached or element is start
        if not begun or element is start or not isinstance(element.tag, str):
            continue
        if element.tag in ("script", "style", "aside", "nav", "footer") or is_beside(element):
            continue
        found.append(element)
        if reached and element.tag == "p" and len(element.text_content()) > 80:
            paragraphs += 1
        if paragraphs == 3 or len(found) > _MOST_IN_HEAD:
            break
    return found


def _surrounding(start: Any) -> Any:
    """The element around the heading that has the article's first sentences too."""
    shortest = len(start.text_content()) + 200
    for up in start.iterancestors():
        if up.tag in ("body", "html"):
            return None
        if len(up.text_content()) >= shortest:
            return up
    return None
