"""Who wrote an article, as its byline says."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.formats.page_head import Head, is_beside, letters, lines_within, marks, one_line, same
from index.formats.page_json_ld import is_link
from index.written_dates import before_date

_PREFIX = (
    r"by|written\s+by|reported\s+by|posted\s+by|submitted\s+by|published\s+by|story\s+by|words\s+by|(?:words|text)\s*:"
    r"|geschreven\s+door|von|par|por|di|door|av|yazan|haber|автор(?:ы)?|автори|հեղինակ|記者|文責|文|取材|بقلم|كتب|كتبت"
)
_BY = re.compile(rf"\A\s*(?:{_PREFIX})(?:\s*[:：՝]\s*|[\s　]+)", re.IGNORECASE)
_WITH = re.compile(r"\A\s*(?:with|mit|avec|con)\s+", re.IGNORECASE)
_MARKS = frozenset(
    "byline bylines byl by author authors writer writers reporter reporters contributor contributors "
    "autor autores auteur auteurs autore yazar username submitted sig signature".split()
)
_OTHER_MARKS = frozenset(
    "image images avatar photo picture bio about box card description role title job follow count social email "
    "date time links related prefix page more".split()
)
_ROLE = re.compile(
    r"(?:.*\s)?(?:writer|reporter|correspondent|editor|columnist|contributor|photographer|bureau|desk|staff|newsroom"
    r"|agencies|redaktion|redacción|rédaction)s?",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"(?:super\s*user|admin\w*|webmaster|editor|root|guest|user|staff|author|default)", re.IGNORECASE)
_TITLE_AFTER = re.compile(r"\s+(?:기자|특파원|記者|记者|muhabiri)\Z")
_AND = re.compile(r"\s+(?:and|&|und|et|ve|y|e|og|och|en|и|և)\s+", re.IGNORECASE)
_NO_LONGER_NAMES = re.compile(
    r"\s*[|·•–—]\s*|\s+\S+@\S+|\s+/\s+|,?\s+(?:(?:published|posted|updated|last\s+updated)\b|(?:in|from)\s+(?=[A-Z]))"
    r"|\s+for\s+the\s",
    re.IGNORECASE,
)
_LONGEST_BYLINE = 80


def bylines(head: Head, outlet: str) -> Iterator[str]:
    """The names that the article's head gives, from the surest place down."""
    yield from _marked(head)
    for line in head.lines:
        if len(line) < _LONGEST_BYLINE and _BY.match(line) and _are_names(_cut(line)):
            yield _cut(line)
    for line in head.lines:
        name, comma, rest = line.rpartition(",")
        if comma and same(rest, outlet) and _are_names(name):
            yield name


def after_names(line: str) -> str:
    """What follows the names at a line's start, such as the date in "By Ann Lee, 6 October 2020"."""
    names = _cut(line)
    return line[len(names) :].strip(" ,|·•–—-") if _are_names(names) else ""


def names_in(raw: str, outlet: str = "") -> str:
    """Names of people, joined with a comma; links, roles, the outlet and "By" are left out."""
    names: list[str] = []
    for part in re.split(r"\s*[,;，、]\s*", _unprefixed(raw)):
        name = _TITLE_AFTER.sub("", _unprefixed(part).strip(" .|–—-"))
        if name and not is_link(name) and len(name) < 100:
            both = _AND.split(name)
            names += both if all(" " in one.strip() or _ROLE.fullmatch(one) for one in both) else [name]
    people = [name for name in names if not same(name, outlet) and not _ACCOUNT.fullmatch(name)]
    return ", ".join(dict.fromkeys([name for name in people if not _ROLE.fullmatch(name)] or people))


def is_role(line: str) -> bool:
    """Whether a line says what a writer is, such as "Gazette Staff Writer"."""
    return len(line) < _LONGEST_BYLINE // 2 and _ROLE.fullmatch(line) is not None


def _marked(head: Head) -> Iterator[str]:
    """The lines, or the names together, of the elements that are marked as the byline."""
    around = set() if head.heading is None else set(map(id, head.heading.iterancestors()))
    marked = {id(e): e for e in head.elements if id(e) not in around and _is_marked(e)}
    outermost = [e for e in marked.values() if not any(id(up) in marked for up in e.iterancestors())]
    for element in outermost:
        lines = [line for line in _rows(element) if letters(line)]
        first = next((line for line in lines if len(line) < 2 * _LONGEST_BYLINE and letters(_cut(line))), "")
        if name := _name_and_role(element):
            yield name
        leaves = [e for e in element.iterdescendants() if id(e) in marked and _is_leaf(e, marked)]
        inner = [one_line(" ".join(leaf.itertext())) for leaf in leaves]
        people = [name for name in inner if not _BY.fullmatch(name + " ") and _are_names(_cut(name))]
        if _BY.match(first) and _are_names(_cut(first)) and len(_cut(first)) < _LONGEST_BYLINE:
            yield _cut(first)
        elif people:
            yield ", ".join(map(_cut, people))
        elif len(first) < _LONGEST_BYLINE and letters(_unprefixed(_cut(first))):
            yield _cut(first)
    names = [name for e in outermost if len(name := one_line(e.text_content())) < _LONGEST_BYLINE]
    yield ", ".join(names[:1])


def _name_and_role(element: Any) -> str:
    """The name in an element that has a name and a role in it, each in a tag of its own."""
    said = [one for one in (one_line(child.text_content()) for child in element) if one]
    return said[0] if len(said) == 2 and is_role(said[1]) and _are_names(said[0]) else ""


def _rows(element: Any) -> list[str]:
    """The lines of an element, or those of the blocks in it."""
    rows = list(lines_within(element, 2 * _LONGEST_BYLINE))
    return rows or [line for child in element for line in lines_within(child, 2 * _LONGEST_BYLINE)]


def _is_marked(element: Any) -> bool:
    if "author" in (element.get("rel") or "").lower().split():
        return not is_beside(element)
    tokens = {part for part in re.split(r"[\s_-]+", marks(element).lower()) if part}
    return bool(tokens & _MARKS) and not tokens & _OTHER_MARKS


def _is_leaf(element: Any, marked: Mapping[int, Any]) -> bool:
    return not any(id(below) in marked for below in element.iterdescendants())


def _unprefixed(text: str) -> str:
    return _WITH.sub("", _BY.sub("", text))


def _cut(line: str) -> str:
    """A byline up to the bar, bullet, date, or place that follows the names."""
    return _NO_LONGER_NAMES.split(before_date(line).strip(" |·•–—"), maxsplit=1)[0]


def _are_names(line: str) -> bool:
    """Whether a line is what names look like: few words, none of them in small letters only, no digits."""
    said = _unprefixed(line).strip(" .,|")
    people = [name for part in re.split(r"[,;，、]", said) for name in _AND.split(part) if name.strip()]
    return bool(people) and not re.search(r"[\d?!…]", said) and all(_is_name(name.split()) for name in people)


def _is_name(words: list[str]) -> bool:
    particles = {"de", "da", "di", "du", "del", "der", "den", "van", "von", "la", "le", "al", "el", "bin", "ibn", "dos"}
    capital = [word for word in words if word.lower() not in particles]
    return 0 < len(words) <= 6 and bool(capital) and not any(word[0].islower() for word in capital)
