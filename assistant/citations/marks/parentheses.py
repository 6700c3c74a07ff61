"""Which numbers in parentheses are marks: "(1)" may also be an age, a score, a clause or a point of a list."""

import re

from assistant.citations.marks.numbers import LIST, MARK, OPENING, expanded, mark

_ROUND = re.compile(rf"[ \t]?[(（]\s?({LIST})\s?[)）]", re.IGNORECASE)
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


def with_parentheses(text: str, passages: int) -> str:
    """The text, whose other marks have their one form, with those numbers in parentheses as marks that are some."""
    found = list(_ROUND.finditer(text))
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
