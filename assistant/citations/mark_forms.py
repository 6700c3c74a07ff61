"""Marks of citation, in whatever form language models write them, become one form: the numbers in private characters.

A text is scanned once for brackets, elements, superscripts and the like; then marks that stand side by side become one,
with what is wrapped around them; then numbers in parentheses are judged by what stands beside them; and phrases that
are there for a mark alone, "According to [2], …", go: a model's numbers are not those that the reader sees.
"""

import re
from collections.abc import Sequence

from index.english import lexicon

# One mark: OPENING, its numbers with commas, CLOSING.
OPENING, CLOSING = "\ue000", "\ue001"
MARK = rf"{OPENING}[0-9,]*{CLOSING}"

_WORDS = lexicon("citation_words")


def _any(*names: str) -> str:
    return _WORDS.pattern(*names).replace(r"\ ", r"\s")


NOUNS, _CUES = _any("nouns"), _any("cues")
_NOUN = rf"{NOUNS}(?:[\s_.:=]{{0,3}}{_any('number_signs')}[.:]?)?"
_NUMBER = r"\d{1,3}(?!\d)"
_ITEM = rf"(?:{_CUES}[\s:]{{1,3}})?(?:{_NOUN}[\s_.:=-]{{0,3}})?(?:[#№^\"']\s?)?(?:[PSDR](?=\d))?{_NUMBER}[\"'^]?"
_BETWEEN = rf"(?:\s{{0,3}}(?:[-–—,;/|&+、，；~]|\.\.|,\s?and|{_any('between', 'through')})\s{{0,3}}|\s{{1,3}})"
LIST = rf"{_ITEM}(?:{_BETWEEN}{_ITEM}){{0,30}}"  # "Passages 1, 3-5 and 7"
_RANGE = re.compile(
    rf"({_NUMBER})(?:\s*(?:[-–—~]|\.\.|\b{_any('through')}\b|至)\s*(?:{_NOUN}\s*)?({_NUMBER}))?", re.IGNORECASE
)
_LONGEST_RANGE = 100  # more passages than any prompt holds
# A list alone or before other words, where no number is a part of a word ("1a"), a decimal or a time of day; else one
# behind a name.
_INSIDE = re.compile(
    rf"({LIST})(?=\.?$|\s*[;:|†(·.–-](?!\s*\d)|\s*,(?=.*[^\W\d_]{{3}})|:\d+†)"
    rf"|[^\W\d][^\d,;:]{{1,60}}[,;:–—-]\s*({LIST})\.?$",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"(?:{_CUES}|{NOUNS})(?![^\W\d_])", re.IGNORECASE)

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_DIGITS = str.maketrans(f"{_RAISED}⁻", "0123456789-")
_TO_RAISED = str.maketrans("0123456789", _RAISED)
_ELEMENT = _any("elements")
_BRACKETS = r"\[\]【】［］〔〕⟦⟧{}"
_FORMS = re.compile(
    rf"""
    `(?P<code>[^`\n]{{1,300}})`  # where brackets are brackets, unless a model dressed up a mark as code
    |<(?P<name>{_ELEMENT})\b(?P<head>[^<>\n]{{0,100}})(?<!/)>(?P<content>[^<>]{{0,800}})  # <cite>2</cite>
        </(?P=name)\b(?P<element>[^<>\n]{{0,60}})>  # </co: 1,2>
    |</?{_ELEMENT}\b(?P<tag>[^<>\n]{{0,100}})>  # <passage number="2">
    |[\[【［]\s?(?P<opened>{LIST})(?:\s?[)）}}]|(?=\s*$|[.!?](?:\s|$)))  # [1) and [1.
    |[(（]\s?(?P<closed>{LIST})\s?[\]】］]  # (1]
    |\\?[\[【［〔⟦{{](?P<square>[^{_BRACKETS}\\\n]{{1,160}})\\?[\]】］〕⟧}})]
    |[(（](?P<round>[^()（）{_BRACKETS}\n]{{1,120}})[)）]  # a mark if it says so, as (Source 2) does
    |⁽?(?P<raised>[{_RAISED}]{{1,3}}(?:[,⁻⁾⁽˒–-]?[ ]?[{_RAISED}]{{1,3}}){{0,9}})⁾?
    |\^(?P<caret>[0-9]{{1,2}})(?!\w)
    """,
    re.MULTILINE | re.IGNORECASE | re.VERBOSE,
)
# What a form begins with: most of a text begins none.
_BEGINNINGS = re.compile(rf"[`<\\\[【［〔⟦{{(（⁽^{_RAISED}]")
# 1]
_UNOPENED = re.compile(rf"(?<=[\w\"”»] )({LIST})[\]】］](?=[\s.,;:!?]|$)", re.MULTILINE | re.IGNORECASE)
_ATTRIBUTE = re.compile(rf"(?:=\s?[\"']?|:\s?)({LIST})", re.IGNORECASE)
# What is squared, cubed or numbered by itself.
_UNIT = re.compile(r"(?:\b(?:[a-zA-Z]|[cmkdµ]m|mi|ft|in|yd|CO|mc)|[0-9])\Z")

_GAP = r"[ \t]{0,3}"
RUN = rf"{MARK}(?:{_GAP}(?:[-–—,:;/|&、]|{_any('between', 'through')})?{_GAP}{MARK})*+"
_THROUGH = {"-", "–", "—", *_WORDS.words("through")}
_LINK = r"(?:\((?:#|https?:|/)?[^()\s]{0,300}\))?"
# With brackets, emphasis, a command of LaTeX or a link around them.
_WRAPPED = re.compile(
    rf"[\[(（{{\ue004\ue006]\s?(?:(?:{_CUES}|{NOUNS})[\s:]{{0,3}})?({RUN})\s?[\])）}}\ue005\ue007]{_LINK}"
    rf"|\$?\\?(?:cite[pt]?|textsuperscript|footnotemark|footnote)?\^?({RUN})\^?\$?{_LINK}",
    re.IGNORECASE,
)
_CITING_LINE = re.compile(
    r"(?:^|(?<=[.!?…。؟\"”»)])|(?=[ \t]{0,3}[-–—|]))[ \t]{0,3}[-–—|]?[ \t]{0,3}"
    rf"{NOUNS}[ \t]{{0,3}}[:：#]?[ \t]{{0,3}}(?:({LIST})|({MARK}))\.?[ \t]{{0,3}}$",
    re.MULTILINE | re.IGNORECASE,
)
_NAMED_IN_TEXT = re.compile(
    rf"\b{_any('plain_nouns')}\s(?:number\s|no\.\s|#)?(\d{{1,2}}(?!\d)"
    r"(?:(?:\s?[,–-]\s?|\sand\s|,\sand\s)\d{1,2}(?!\d)(?!\s?[%\w]))*)(?![\d.,]*\d)(?!\s?%)",
    re.IGNORECASE,
)

_THE = rf"(?:{_any('articles')}\s)?"
_SOURCE = rf"(?:{_THE}(?:{NOUNS}\s)?({MARK})|{_THE}{NOUNS}\s?({LIST}))"
_SAYS = _any("says")
_AS_REPORTED = rf"as\s(?:also\s)?{_any('reported')}\s(?:in|by|from)"
_BEGINS = r"((?:\A|\n|[.!?]\s)[ \t]{0,9}(?:[-*•–][ \t]{1,9}|\d{1,2}[.)][ \t]{1,9})?)"
_LEADING = re.compile(
    rf"{_BEGINS}(?:(?:{_any('lead_ins')}|{_AS_REPORTED})\s?{_SOURCE}\s?[,:，]\s*|as\s(?:both\s)?{_SOURCE}\s{_SAYS}\s?,\s*"
    rf"|(?:both\s)?{_SOURCE}\s(?:also\s)?{_SAYS}\sthat\s)([^\s{OPENING}]+)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf"\s?[,(]?\s?(?:according\sto|{_AS_REPORTED}|as\sper|per)\s{_SOURCE}\)?(?=\s?[.!?,;)]|\s*$)"
    rf"|,\s?as\s(?:both\s)?{_SOURCE}\s{_SAYS}(?=[.!?,;])\s?,?",
    re.IGNORECASE | re.MULTILINE,
)
_SUBJECT = re.compile(rf"{_BEGINS}(?:both\s)?({MARK})\s(?=(?:also\s)?{_SAYS}\s)", re.IGNORECASE)

_ROUND_LIST = re.compile(rf"[ \t]?[(（]\s?({LIST})\s?[)）]", re.IGNORECASE)
_CONJUNCTIONS = _WORDS.words("conjunctions")
_ENDINGS = ".!?,;:。．！？，；、؟،\"”»'*)" + OPENING
_BESIDE = 60  # characters beside a number in parentheses that are looked at
_LONGEST_SENTENCE = 1000


def with_one_form(text: str, passages: int) -> str:
    """The text with each mark in its one form; text in brackets that is no mark stays."""
    text = _united(_scanned(text, passages))
    text = _CITING_LINE.sub(lambda found: _source(found.groups()), text)
    return _united(_with_parentheses(text, passages))


def with_named_passages(text: str, passages: int) -> str:
    """The text with a mark after each "passage 2" in its words."""

    def marked(found: re.Match[str]) -> str:
        numbers = expanded(found.group(1))
        return found.group() + (mark(numbers) if all(1 <= n <= passages for n in numbers) else "")

    return _NAMED_IN_TEXT.sub(marked, text)


def without_phrases(text: str) -> str:
    """The text, whose marks have their one form, with the marks of such phrases in place of the phrases."""

    def leading(found: re.Match[str]) -> str:
        """The marks behind the first word of what is said, so that they are in its sentence."""
        before, *sources, first = found.groups()
        return f"{before}{first[:1].upper()}{first[1:]} {_source(sources)}"

    def subject(found: re.Match[str]) -> str:
        one = len(set(numbers_of(found.group(2)))) == 1
        return f"{found.group(1)}{'A source' if one else 'Sources'} {found.group(2)} "

    text = _TRAILING.sub(lambda found: _source(found.groups()), _LEADING.sub(leading, text))
    return _SUBJECT.sub(subject, text)


def mark(numbers: list[int]) -> str:
    """The one form of mark that all others become."""
    return f"{OPENING}{','.join(map(str, numbers))}{CLOSING}"


def numbers_of(marks: str) -> list[int]:
    """The numbers of a run of marks in that one form; `[1]-[3]` has 2, too."""
    numbers: list[int] = []
    joint = ""
    for one in marks.split(OPENING)[1:]:
        listed, _, following = one.partition(CLOSING)
        new = [int(number) for number in listed.split(",") if number]
        if joint in _THROUGH and numbers and new and new[0] >= numbers[-1]:
            numbers += expanded(f"{numbers[-1]}-{new[0]}")[1:-1]
        numbers += new
        joint = following.strip().lower()
    return numbers


def numbers_in(content: str) -> list[int] | None:
    """The numbers that the inside of a bracket cites; None where it is no mark but text, such as `sic` or `2019`."""
    found = _INSIDE.match(content.translate(_TO_DIGITS).strip(" \t*_^\\"))
    return expanded(found.group(1) or found.group(2)) if found else None


def expanded(numbers: str) -> list[int]:
    """`1, 3-5` as 1, 3, 4, 5."""
    listed: list[int] = []
    for first, last in _RANGE.findall(numbers):
        low, high = sorted((int(first), int(last or first)))
        listed += range(low, high + 1) if high - low < _LONGEST_RANGE else (low, high)
    return listed


def _source(groups: Sequence[str | None]) -> str:
    """The mark of what was found as a mark or as a list of numbers."""
    found = next(filter(None, groups))
    return found if found[0] == OPENING else mark(expanded(found))


def _scanned(text: str, passages: int) -> str:
    """The text with its marks of all forms but numbers in parentheses, each as it is found from the left."""
    pieces, copied = [], 0
    for beginning in _BEGINNINGS.finditer(text):
        at = beginning.start()
        if at < copied or not (found := _FORMS.match(text, at)):
            continue
        squares = bool(_UNIT.search(text, max(copied, at - 3), at))
        formed = _formed(found, squares, passages)
        if formed is not None:
            pieces += [text[copied:at], formed]
            copied = found.end()
    text = "".join([*pieces, text[copied:]])
    return _UNOPENED.sub(lambda found: mark(expanded(found.group(1))), text) if "]" in text else text


def _formed(found: re.Match[str], squares: bool, passages: int) -> str | None:
    """What stands in the place of one form, which is no mark where it `squares` a unit; None where it may hold some."""
    kind = found.lastgroup or ""
    if kind == "element":
        return _element(found, squares, passages)
    if kind == "tag":
        return _attributes(found["tag"])
    if squares and kind in ("raised", "caret"):
        return found.group()  # 5 km², mc²
    inside = found[kind]
    if kind == "raised":
        return mark(_lowered(inside, passages))
    if kind == "code" and not inside.startswith("["):
        return found.group()
    if kind in ("code", "square") or (kind == "round" and _LABELLED.search(inside)):
        numbers = numbers_in(inside.strip("[]"))
    else:
        numbers = None if kind == "round" else expanded(inside)
    if numbers:
        return mark(numbers)
    return found.group() if kind == "code" else None


def _element(found: re.Match[str], squares: bool, passages: int) -> str:
    content = found["content"]
    numbers = numbers_in(content.strip("[](){} "))
    if squares and found["name"].lower() == "sup":
        return content.translate(_TO_RAISED)
    return mark(numbers) if numbers else _scanned(content, passages) + _attributes(found["head"] or found["element"])


def _attributes(attributes: str) -> str:
    numbers = [n for found in _ATTRIBUTE.findall(attributes) for n in expanded(found)]
    return mark(numbers) if numbers else ""


def _lowered(raised: str, passages: int) -> list[int]:
    """The numbers of a superscript; ¹² is 1 and 2 where there is no passage 12."""
    lowered = raised.translate(_TO_DIGITS)
    numbers: list[int] = []
    for digits in "".join(one if one.isdigit() else " " for one in lowered).split():
        numbers += [int(digits)] if int(digits) <= passages or len(digits) == 1 else map(int, digits)
    if "-" in lowered and len(numbers) == 2:
        return list(range(min(numbers), max(numbers) + 1))
    return numbers


def _united(text: str) -> str:
    """The text with marks that stand side by side as one, `[1]-[3]` too, without what is wrapped around them."""
    for _ in range(3):  # [[1]](url) is a bracket, a bracket and a link
        text = _WRAPPED.sub(lambda found: mark(numbers_of(found.group(1) or found.group(2))), text)
    return text


def _with_parentheses(text: str, passages: int) -> str:
    """The text, whose other marks have their one form, with those numbers in parentheses as marks that are some."""
    found = list(_ROUND_LIST.finditer(text))
    points = _points(found)
    plain = [one for one in found if one.start() not in points and not _is_other(one)]
    bracketed = OPENING in text
    sure = {one.start() for one in plain if _ends_clause(one, passages, bracketed)}
    if sure and not bracketed:  # the model writes its marks so, in mid-clause too
        sure |= {one.start() for one in plain if _in_range(one, passages) and not _is_name(_left(one))}
    pieces, copied = [], 0
    for one in plain:
        if one.start() in sure:
            pieces += [text[copied : one.start()], " ", mark(expanded(one.group(1)))]
            copied = one.end()
    return "".join([*pieces, text[copied:]])


def _points(found: list[re.Match[str]]) -> set[int]:
    """Where the points of a list "(1) … (2) …" stand: numbers from 1 on, each before words of its own."""
    points: set[int] = set()
    run: list[int] = []
    for one in found:
        following = one.string[one.end() : one.end() + 12]
        number = expanded(one.group(1))
        if len(number) != 1 or not following.lstrip()[:1].isalpha() or _begins_clause(following):
            continue
        if number[0] == 1:
            run = []
        if number[0] == len(run) + 1 and not following.startswith("\n"):
            run.append(one.start())
            points |= set(run) if len(run) > 1 else set()
    return points


def _is_other(one: re.Match[str]) -> bool:
    """Whether it is a score, a function's argument, F(1), or a clause of a law, 5(2)."""
    first, _, last = one.group(1).replace("–", "-").replace(":", "-").partition("-")
    if first.strip().isdecimal() and last.strip().isdecimal() and int(first) >= int(last):
        return True
    left = _left(one)[-2:]
    letter = left[-1:].isalnum() and not left[:-1].isalnum()
    return one.group()[0] in "(（" and (left[-1:].isdecimal() or letter)


def _ends_clause(one: re.Match[str], passages: int, bracketed: bool) -> bool:
    left, right = _left(one), one.string[one.end() : one.end() + _BESIDE]
    ended = left.rstrip()
    if ended.endswith((*".!?。！？؟",)) or (ended.endswith((*"\"”»'",)) and ended[:-1].endswith((*".!?",))):
        return True
    if not _is_ending(right) and not _begins_clause(right):
        return False
    *before, last = ("", *left.rsplit(None, 2)[-2:]) if left[-1:].strip() else ("", "")
    if right.lstrip().startswith(",") and _is_name(last) and _is_name(before[-1]):
        return False  # Mia Holt (7), of Arvik
    if _is_name(left) and min(expanded(one.group(1))) > max(passages, 9):
        return False  # Per Dahl (58).
    return not bracketed or (_in_range(one, passages) and not _is_name(left) and not _is_marked_beside(one))


def _is_ending(right: str) -> bool:
    following = right.lstrip()
    begun = following[1:].lstrip()[:1] if following[:1] in ("(", "（") else ""
    return not following or following[0] in _ENDINGS or begun.isdecimal() or "\n" in right[: -len(following)]


def _begins_clause(right: str) -> bool:
    """Whether a conjunction follows, after a space."""
    words = right.split(None, 1)
    return bool(words) and right[0].isspace() and words[0].rstrip(".,;:!?") in _CONJUNCTIONS


def _is_name(left: str) -> bool:
    """Whether a text ends in a word with a capital letter."""
    word = left.rsplit(None, 1)[-1] if left[-1:].strip() else ""
    first = word.lstrip("\"'“‘«([*")[:1]
    return ("A" <= first <= "Z" or "À" <= first <= "Þ") and (word[-1].isalnum() or word[-1] in "_.'-")


def _is_marked_beside(one: re.Match[str]) -> bool:
    """Whether the sentence has a mark of another form."""
    text = one.string
    start = max(text.rfind(end, 0, one.start()) for end in (". ", "\n", "! ", "? ")) + 1
    after = text[one.end() : one.end() + _LONGEST_SENTENCE]
    ends = [at for at in map(after.find, ".!?\n") if at >= 0]
    end = min(ends, default=len(after))
    return OPENING in text[start : one.start()] + after[:end] or after[end:].lstrip(".!? \n\t").startswith(OPENING)


def _in_range(one: re.Match[str], passages: int) -> bool:
    return all(1 <= number <= passages for number in expanded(one.group(1)))


def _left(one: re.Match[str]) -> str:
    return one.string[max(0, one.start() - _BESIDE) : one.start()]
