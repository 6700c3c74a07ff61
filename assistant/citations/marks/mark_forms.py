"""Every form of mark becomes one: brackets, tags, superscripts, links and "Source 2"."""

import re
from collections.abc import Callable

from assistant.citations.marks.numbers import (
    CLOSING,
    CUES,
    LIST,
    MARK,
    NOUNS,
    OPENING,
    expanded,
    is_labelled,
    mark,
    numbers_in,
)
from assistant.citations.marks.parentheses import with_parentheses

_CODE = re.compile(r"`([^`\n]{1,300})`")
_SQUARE = re.compile(r"\\?[\[【［〔⟦{]([^\[\]【】［］〔〕⟦⟧{}\\\n]{1,160})\\?[\]】］〕⟧})]")
_ROUND = re.compile(r"[(（]([^()（）\n]{1,120})[)）]")
_MISMATCHED = re.compile(rf"(?:[\[【［]\s?({LIST})\s?[)）}}]|[(（]\s?({LIST})\s?[\]】］])", re.IGNORECASE)
_UNCLOSED = re.compile(rf"[\[【［]\s?({LIST})(?=\s*$|[.!?](?:\s|$))", re.MULTILINE | re.IGNORECASE)
_UNOPENED = re.compile(rf"(?<=[\w\"”»] )({LIST})[\]】］](?=[\s.,;:!?]|$)", re.MULTILINE | re.IGNORECASE)
_TAG_NAME = r"(cite|ref|source|sources|citation|passage|doc|document|footnote|fn|co|sup)"
_ELEMENT = re.compile(rf"<{_TAG_NAME}\b([^<>\n]{{0,100}})(?<!/)>([^<>]{{0,800}})</\1\b[^<>\n]{{0,60}}>", re.IGNORECASE)
_EMPTY_TAG = re.compile(rf"</?{_TAG_NAME}\b([^<>\n]{{0,100}})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rf"(?:=\s?[\"']?|:\s?)({LIST})", re.IGNORECASE)
_UNIT = r"(?:\b(?:[a-zA-Z]|[cmkdµ]m|mi|ft|in|yd|CO|mc)|\d)"  # what is squared, cubed or numbered by itself
_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPT = re.compile(
    rf"(?:{_UNIT}[{_DIGITS}]+(?![{_DIGITS}]))|⁽?[{_DIGITS}]{{1,3}}(?:[,⁻⁾⁽˒–-]? ?[{_DIGITS}]{{1,3}}){{0,9}}⁾?"
)
_CARET = re.compile(rf"({_UNIT})\^\d+|\^(\d{{1,2}})(?!\w)")
_OF_UNIT = re.compile(rf"{_UNIT}$")
_JOINED = rf"{MARK}(?:\s{{0,3}}(?:[,;/|&]|and|und|und|y|et|和|、)?\s{{0,3}}{MARK})*+"
_WRAPPED = re.compile(
    rf"[\[(（{{]\s?(?:(?:{CUES}|{NOUNS})[\s:]{{0,3}})?({_JOINED})\s?[\])）}}]"
    rf"|\$?\\?(?:cite[pt]?|textsuperscript|footnotemark|footnote)?\^?({_JOINED})\^?\$?",
    re.IGNORECASE,
)
_LINKED = re.compile(rf"({MARK})\((?:#|https?:|/)?[^()\s]{{0,300}}\)")
_SPANNED = re.compile(rf"({MARK})\s{{0,3}}(?:[-–—]|to|through|bis|至)\s{{0,3}}(?={MARK})")
_CITING_LINE = re.compile(
    r"(?:^|(?<=[.!?…。؟\"”»)])|(?=[ \t]{0,3}[-–—|]))[ \t]{0,3}[-–—|]?[ \t]{0,3}"
    rf"{NOUNS}[ \t]{{0,3}}[:：#]?[ \t]{{0,3}}"
    rf"(?:({LIST})|({MARK}(?:[ ,]{{0,3}}{MARK})*+))\.?[ \t]{{0,3}}$",
    re.MULTILINE | re.IGNORECASE,
)
_NAMED_IN_TEXT = re.compile(
    r"\b(?:passages?|sources?|documents?|docs?|excerpts?|snippets?)\s(?:number\s|no\.\s|#)?(\d{1,2}(?!\d)"
    r"(?:(?:\s?[,–-]\s?|\sand\s|,\sand\s)\d{1,2}(?!\d)(?!\s?[%\w]))*)(?![\d.,]*\d)(?!\s?%)",
    re.IGNORECASE,
)


def with_one_form(text: str, passages: int) -> str:
    """The text with each mark in the form of `numbers.mark`; text in brackets that is no mark stays."""
    pieces = _CODE.split(text)  # every second one is code, where brackets are brackets
    pieces[::2] = [_formed(piece, passages) for piece in pieces[::2]]
    pieces[1::2] = [_code(piece) for piece in pieces[1::2]]
    return _wrapped(with_parentheses(_wrapped("".join(pieces)), passages))


def with_named_passages(text: str, passages: int) -> str:
    """The text with a mark after each "passage 2" in its words."""

    def marked(found: re.Match[str]) -> str:
        numbers = expanded(found.group(1))
        return found.group() + (mark(numbers) if all(1 <= n <= passages for n in numbers) else "")

    return _NAMED_IN_TEXT.sub(marked, text)


def _formed(text: str, passages: int) -> str:
    text = _ELEMENT.sub(_element, text)
    text = _EMPTY_TAG.sub(lambda found: _attribute_mark(found.group(2)), text)
    text = _MISMATCHED.sub(lambda found: mark(expanded(found.group(1) or found.group(2))), text)
    text = _LINKED.sub(r"\1", _SQUARE.sub(_if_numbers(numbers_in), text))
    text = _ROUND.sub(_if_numbers(lambda content: numbers_in(content) if is_labelled(content) else None), text)
    text = _UNCLOSED.sub(lambda found: mark(expanded(found.group(1))), text)
    text = _UNOPENED.sub(lambda found: mark(expanded(found.group(1))), text)
    text = _SUPERSCRIPT.sub(lambda found: _superscript(found.group(), passages), text)
    text = _CARET.sub(lambda found: found.group() if found.group(1) else mark([int(found.group(2))]), text)
    return _CITING_LINE.sub(lambda found: found.group(2) or mark(expanded(found.group(1))), text)


def _code(content: str) -> str:
    """Code as it is, unless it is a mark that a model dressed up as code."""
    numbers = numbers_in(content.strip("[]")) if content.startswith("[") else None
    return mark(numbers) if numbers else f"`{content}`"


def _wrapped(text: str) -> str:
    """Marks without the brackets, links and commands around them, and `[1]-[3]` as one."""
    for _ in range(2):  # [[1]](url) is a bracket, a bracket and a link
        text = _LINKED.sub(r"\1", text)
        text = _SPANNED.sub(_span, text)
        text = _WRAPPED.sub(lambda found: found.group(1) or found.group(2), text)
    return _LINKED.sub(r"\1", text)


def _span(found: re.Match[str]) -> str:
    following = re.compile(rf"{OPENING}([0-9]+)").match(found.string, found.end())
    first = found.group(1).strip(OPENING + CLOSING).split(",")[-1]
    if not following or not first or int(following.group(1)) < int(first):
        return found.group(1)
    return found.group(1) + mark(expanded(f"{first}-{following.group(1)}")[1:-1])


def _element(found: re.Match[str]) -> str:
    name, attributes, content = found.groups()
    numbers = numbers_in(content.strip("[](){} "))
    if name.lower() == "sup" and _OF_UNIT.search(found.string, max(0, found.start() - 3), found.start()):
        return content.translate(str.maketrans("0123456789", _DIGITS))
    return mark(numbers) if numbers else content + _attribute_mark(attributes or found.group()[-60:])


def _attribute_mark(attributes: str) -> str:
    numbers = [n for found in _ATTRIBUTE.finditer(attributes) for n in expanded(found.group(1))]
    return mark(numbers) if numbers else ""


def _if_numbers(read: Callable[[str], list[int] | None]) -> Callable[[re.Match[str]], str]:
    def marked(found: re.Match[str]) -> str:
        numbers = read(found.group(1))
        return mark(numbers) if numbers else found.group()

    return marked


def _superscript(found: str, passages: int) -> str:
    if found[0] not in f"⁽{_DIGITS}":
        return found  # 5 km², mc²
    numbers: list[int] = []
    for digits in re.findall(rf"[{_DIGITS}]+", found):
        whole = int("".join(str(_DIGITS.index(digit)) for digit in digits))
        numbers += [whole] if whole <= passages or len(digits) == 1 else [_DIGITS.index(digit) for digit in digits]
    if "⁻" in found and len(numbers) == 2:
        numbers = list(range(min(numbers), max(numbers) + 1))
    return mark(numbers)
