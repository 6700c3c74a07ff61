"""Decades and years as questions write them."""

import re
from datetime import date

from index.times.calendar import decade, years
from index.times.meaning import Form, When
from index.times.question_text import PlainText
from index.times.time_words import A_NUMBER, A_YEAR, ANY_YEAR, NOT_INSIDE, STANDS_ALONE, YEAR, year_number

_TENS = "twenties thirties forties fifties sixties seventies eighties nineties".split()
_MEASURED = re.compile(
    r" (?:people|persons?|men|women|children|soldiers|troops|jobs|workers|employees|cases|deaths|homes|houses|villages"
    r"|schools|votes|seats|points|dollars|pounds|euros|miles|km|kilomet\w+|met(?:re|er)s?|feet|ft|acres|hectares|tons"
    r"|tonnes|kg|calories|mph|hours|hrs?|gmt|utc|bst|est|a\.?m|p\.?m|minutes|seconds|days|weeks|months|years|times"
    r"|percent|per|%|members|students|pages|copies|million|billion|more|others|vision)(?!\w)"
)
_PLURAL = re.compile(r" [a-z][\w-]{1,20}s\b")
_NO_YEAR_AFTER = set(
    "flight room page number no no. route model boeing airbus highway form section article resolution bus channel"
    " windows about over nearly almost approximately roughly exceeding some another all only least most up under"
    " chapter area size version firmware code hour".split()
)
_YEAR_AFTER = set(
    "in of during since until till before after by from between and through throughout for year early mid late around"
    " circa than cup olympics games expo election elections awards championship championships euro oscars"
    " bowl final finals prix open festival marathon summit season".split()
)
_BEFORE_NAMED_YEAR = {"his", "her", "its", "their", "our", "my", "this"}
_ENDS_OF_DECADES = frozenset(("s", *_TENS))


def _decade(match: re.Match[str], text: PlainText, as_of: date) -> When:
    if match["full"]:
        first = int(match["full"])
        return years(first, first + 99) if first % 100 == 0 and first < 2000 else decade(first)
    if "temperature" in text.small or "degrees" in text.small:
        return None
    tens = int(match["tens"]) if match["tens"] else 20 + 10 * _TENS.index(match["word"])
    first = as_of.year // 100 * 100 + tens
    return decade(first if first <= as_of.year else first - 100)


def _years(match: re.Match[str], text: PlainText, as_of: date) -> When:
    first, last = year_number(match["year"]), match["to"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return years(first, end) if 0 < end - first <= 100 else None


def _year(match: re.Match[str], text: PlainText, as_of: date) -> When:
    return years(int(match[0]), int(match[0])) if _is_year(match.start(), match.end(), text) else None


def _is_year(start: int, end: int, text: PlainText) -> bool:
    """Whether four digits are a year, and no number of people or part of a name."""
    before, small = text.word_before(start), text.small
    if before == "the":
        return True
    if _MEASURED.match(small, end) or before in _NO_YEAR_AFTER:
        return False
    if before == "than" and re.search(
        r"\b(?:more|fewer|less|greater|larger) than $", small[max(0, start - 20) : start]
    ):
        return False
    if before == "to":
        return bool(re.search(r"\b(?:back|dat\w+|from .{3,20}) to $", small[max(0, start - 40) : start]))
    if before in _YEAR_AFTER or before in _BEFORE_NAMED_YEAR or before.endswith("'s"):
        return True
    if before and text.is_named(start - len(before) - 1):
        return False
    if STANDS_ALONE.match(small, end) or text.is_named(end + 1):
        return True
    return not before and not _PLURAL.match(small, end)


FORMS: list[Form] = [
    (
        r"\b(?:the )?(?P<full>(?:1[5-9]|20)[0-9]0)'?s\b"
        rf"|\bthe (?:(?:early|mid|late)[ -])?(?P<x>'?(?P<tens>[0-9]0)'?s|(?P<word>{'|'.join(_TENS)}))\b",
        _decade,
        (_ENDS_OF_DECADES,),
    ),
    (rf"{NOT_INSIDE}{YEAR} ?[-/] ?(?P<to>[0-9]{{4}}|[0-9]{{2}})(?![\w/-]|[.,][0-9])", _years, (A_NUMBER,)),
    (rf"(?:{NOT_INSIDE}|(?<=\bmid-)|(?<=\0-)){ANY_YEAR}(?![%°/]|-[a-z])(?!\w)", _year, (A_YEAR,)),
]
