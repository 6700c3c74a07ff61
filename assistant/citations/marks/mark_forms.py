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
_ROUND_LIST = re.compile(rf"[ \t]?[(（]\s?({LIST})\s?[)）]", re.IGNORECASE)
_CONJUNCTION = re.compile(
    r"\s+(?:and|but|or|while|whereas|which|who|because|although|though|after|before|und|aber|et|y)\b"
)
_ENDING = re.compile(r"\s*(?:[.!?,;:。．！？，；、؟،\"”»'*)]|$|\n|[(（]\s?\d|" + OPENING + ")")
_SENTENCE_END = re.compile(r"(?:[.!?。！？؟]|[.!?][\"”»'])\s*$")
_NAME = re.compile(r"[A-ZÀ-Þ][\w.'-]*$")
_NAMES = re.compile(r"[A-ZÀ-Þ][\w.'-]*\s+[A-ZÀ-Þ][\w.'-]*$")
_TOUCHES_NO_WORD = re.compile(r"(?:\d|\b\w)$")  # 5(2), F(1)
_SCORE = re.compile(r"(\d+)\s?[-–:]\s?(\d+)$")
_WORD_AFTER = re.compile(r"\s*[^\W\d_]")


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


def with_parentheses(text: str, passages: int) -> str:
    """The text, whose other marks have their one form, with those numbers in parentheses as marks that are some."""
    found = list(_ROUND_LIST.finditer(text))
    points = _points(found)
    plain = [one for one in found if one.start() not in points and not _is_other(text, one)]
    bracketed = OPENING in text
    sure = [one for one in plain if _ends_clause(text, one, passages, bracketed)]
    if sure and not bracketed:  # the model writes its marks so, in mid-clause too
        rest = [one for one in plain if _in_range(one, passages) and not _NAME.search(_left(text, one))]
        sure = sorted({one.start(): one for one in [*sure, *rest]}.values(), key=re.Match.start)
    return _replaced(text, sure)


def _points(found: list[re.Match[str]]) -> set[int]:
    """Where the points of a list "(1) … (2) …" stand: numbers from 1 on, each before words of its own."""
    points: set[int] = set()
    run: list[int] = []
    for one in found:
        following = one.string[one.end() : one.end() + 12]
        number = expanded(one.group(1))
        if len(number) != 1 or not _WORD_AFTER.match(following) or _CONJUNCTION.match(following):
            continue
        if number[0] == 1:
            run = []
        if number[0] == len(run) + 1 and "\n" not in following[:1]:
            run.append(one.start())
            points |= set(run) if len(run) > 1 else set()
    return points


def _is_other(text: str, one: re.Match[str]) -> bool:
    """Whether it is a score, a function's argument or a clause of a law."""
    score = _SCORE.match(one.group(1))
    touching = one.group()[0] in "(（"
    return bool(score and int(score[1]) >= int(score[2])) or (
        touching and bool(_TOUCHES_NO_WORD.search(_left(text, one)))
    )


def _ends_clause(text: str, one: re.Match[str], passages: int, bracketed: bool) -> bool:
    left, right = _left(text, one), text[one.end() : one.end() + 40]
    if _SENTENCE_END.search(left):
        return True
    if not _ENDING.match(right) and not _CONJUNCTION.match(right):
        return False
    numbers = expanded(one.group(1))
    if right.lstrip()[:1] == "," and _NAMES.search(left):
        return False  # Mia Holt (7), of Arvik
    if _NAME.search(left) and min(numbers) > max(passages, 9):
        return False  # Per Dahl (58).
    return not bracketed or (_in_range(one, passages) and not _NAME.search(left) and not _marked_beside(text, one))


def _marked_beside(text: str, one: re.Match[str]) -> bool:
    """Whether the sentence has a mark of another form."""
    start = max(text.rfind(end, 0, one.start()) for end in (". ", "\n", "! ", "? ")) + 1
    after = re.compile(rf"[^.!?\n]*[.!?]*\s*(?:{MARK})?").match(text, one.end())
    return OPENING in text[start : after.end() if after else one.end()]


def _in_range(one: re.Match[str], passages: int) -> bool:
    return all(1 <= number <= passages for number in expanded(one.group(1)))


def _left(text: str, one: re.Match[str]) -> str:
    return text[max(0, one.start() - 60) : one.start()]


def _replaced(text: str, marks: list[re.Match[str]]) -> str:
    pieces, copied = [], 0
    for one in marks:
        pieces += [text[copied : one.start()], " ", mark(expanded(one.group(1)))]
        copied = one.end()
    return "".join([*pieces, text[copied:]])
