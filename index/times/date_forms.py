"""Dates, months, seasons, quarters and feasts as questions write them."""

import re
from datetime import date

from index.times.calendar import Days, Monthly, Yearly, month, one_day, quarter, season
from index.times.holidays import HOLIDAY, HOLIDAY_WORDS, NATIONAL, holiday
from index.times.meaning import Form, When, chosen, nothing
from index.times.plain_dates import parse_date
from index.times.question_text import PlainText
from index.times.time_words import (
    A_NUMBER,
    ANY_YEAR,
    LAST,
    MONTH,
    MONTH_NAME,
    MONTH_WORDS,
    NOT_INSIDE,
    ORDINAL,
    SEASON,
    SEASON_WORDS,
    STANDS_ALONE,
    WEEKDAY,
    YEAR,
    month_number,
    ordinal,
    year_number,
)

_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_DAY_OF_MONTH = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)(?!\w)"
_DAY_TO_DAY = r"(?P<first>[0-3]?[0-9])(?:st|nd|rd|th)?(?: ?- ?| to | and | until | till | through )(?:the )?" + _DAY
_DAY_OF_WEEK = rf"(?:(?:{WEEKDAY}|(?:mon|tues?|wed|thur?s?|fri|sat|sun)\.?),? )?"
_SHORT_YEAR = re.compile(r"([0-9]{1,2}/[0-9]{1,2}/)([0-9]{2})")
_NO_MORE_NUMBER = (
    r"(?![\w%:]|[.,][0-9]|-(?:[0-9]|year|day|month|week|hour|minute|member)| (?:million|billion|percent|people)\b)"
)
_BEFORE_MONTH = (
    r"(?P<before>in|during|since|until|till|throughout|early|mid|late|from|between|by|before|after|through|around|as of"
    rf"|(?:end|start|beginning|middle|month|half|weeks?|weekend|days?|rest|part|all|most|{WEEKDAY}) of|of)"
)
_BEFORE_SEASON = (
    r"(?P<before>in|during|since|over|by|before|after|until|till|early|mid|late|from|between|throughout"
    r"|(?:end|start|beginning|middle) of)"
)
_FIRM = {"in", "during", "since", "until", "till", "throughout", "early", "mid", "late", "last", "this past", "past"}
_ALSO_NAMES = {"january", "march", "april", "may", "june", "august"}  # or verbs
_VERB = re.compile(r" (?:\w+ed|is|was|has|have|had|said|took|won|lost|left|went|came|told|met|quit|made|will)\b")
_SHORT_FEASTS = {"christmas", "easter", "halloween", "hallowe'en", "thanksgiving", "juneteenth"}
_BEFORE_FEAST = set("on at over since before after until till by during from around of between and".split())
_AFTER_FEAST = re.compile(r"[,:]| (?:at|in|on) ")
_TO_MONTH_OF_YEAR = re.compile(rf"(?: ?- ?| (?:and|to|until|till|through) ){MONTH_NAME}(?:,| of| in)? {ANY_YEAR}")
_SEASONS = re.compile(r" (?:and|or) [a-z]+ (?:months|seasons)\b")
_NAMESAKES = frozenset(("may", "march", "year", "ash"))
_ENDS_OF_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_QUARTERS = frozenset(("quarter", "q"))


def _written(match: re.Match[str], text: PlainText, as_of: date) -> When:
    short = _SHORT_YEAR.fullmatch(match[0])
    day = parse_date(f"{short[1]}{year_number(short[2])}" if short else match[0])
    return one_day(day) if day else None


def _dated(match: re.Match[str], text: PlainText, as_of: date) -> When:
    """`5 October`, `October 5th, 2020`, `5-7 October`."""
    groups = match.groupdict()
    if match["month"] == "may" and not (match["year"] or text.is_capital(match.start("month"))):
        return None
    number, last = month_number(match["month"]), int(match["day"])
    first = int(groups.get("first") or last)

    def of(year: int) -> Days:
        if first > last:
            raise ValueError("backwards")
        return Days(date(year, number, first), date(year, number, last))

    return of(year_number(match["year"])) if match["year"] else chosen(Yearly(of), groups.get("which"), as_of)


def _day_of_month(match: re.Match[str], text: PlainText, as_of: date) -> When:
    """`the 14th`, unless it is that of something else, as of floors."""
    if not 1 <= int(match["day"]) <= 31 or not STANDS_ALONE.match(text.small, match.end()):
        return None
    return Monthly(int(match["day"]))


def _month_of_year(match: re.Match[str], text: PlainText, as_of: date) -> When:
    return month(year_number(match["year"]), month_number(match["month"]))


def _month(match: re.Match[str], text: PlainText, as_of: date) -> When:
    which = match.groupdict().get("which")
    if match["month"] in _ALSO_NAMES and not _is_month(match, text):
        return None
    number = month_number(match["month"])
    return chosen(Yearly(lambda year: month(year, number)), which, as_of)


def _is_month(match: re.Match[str], text: PlainText) -> bool:
    """Whether "March" is no verb and "May" no minister."""
    before = match.groupdict().get("before") or match.groupdict().get("which")
    small, end = text.small, match.end()
    if before == "of":  # a friend of May
        return False
    if before in ("between", "from") and _TO_MONTH_OF_YEAR.match(small, end):
        return True
    if before not in _FIRM:
        return (
            text.is_capital(match.start("month"))
            and bool(STANDS_ALONE.match(small, end))
            and not _VERB.match(small, end)
        )
    return before in ("in", "early", "mid", "late") or not _VERB.match(small, end)


def _month_in_pair(match: re.Match[str], text: PlainText, as_of: date) -> When:
    if match["month"] in _ALSO_NAMES and not text.is_capital(match.start("month")):
        return None
    number = month_number(match["month"])
    return Yearly(lambda year: month(year, number))


def _season_of_year(match: re.Match[str], text: PlainText, as_of: date) -> When:
    return season(year_number(match["year"]), match["season"])


def _season(match: re.Match[str], text: PlainText, as_of: date) -> When:
    name, groups = match["season"], match.groupdict()
    before = groups.get("before")
    if before and (not STANDS_ALONE.match(text.small, match.end()) or _SEASONS.match(text.small, match.end())):
        return None
    if name == "fall" and before not in (None, "in", "during", "since", "over", "early", "mid", "late", "throughout"):
        return None
    return chosen(Yearly(lambda year: season(year, name)), groups.get("which"), as_of)


def _quarter(match: re.Match[str], text: PlainText, as_of: date) -> When:
    which = int(match["q"]) if match["q"] else ordinal(match["ordinal"], 4)
    return quarter(year_number(match["year"]), which) if match["year"] else Yearly(lambda year: quarter(year, which))


def _feast(match: re.Match[str], text: PlainText, as_of: date) -> When:
    name, before = match["name"], text.word_before(match.start())
    at = match.start() - len(before) - 1
    if NATIONAL.match(name) and (before.endswith("'s") or (before not in ("", "the") and text.is_named(at))):
        return None
    if match["year"]:
        return holiday(name).of(year_number(match["year"]))
    alone = before in _BEFORE_FEAST and STANDS_ALONE.match(text.small, match.end())
    opening = text.begins_sentence(match.start()) and bool(_AFTER_FEAST.match(text.small, match.end()))
    if name in _SHORT_FEASTS and not match["which"] and not alone and not opening:
        return None
    return chosen(holiday(name), match["which"], as_of)


FORMS: list[Form] = [
    (
        r"\bmay day\b|\bmarch (?:madness|on|for)\b|\b(?:chinese|lunar) new year\S*|\bash wednesday\b",
        nothing,
        (_NAMESAKES,),
    ),
    (
        r"\b(?:every|each|any|per|most|next|coming|upcoming|following|same|that|all) (?:few |single )?"
        rf"(?:{SEASON}|{MONTH_NAME}|{HOLIDAY})(?!\w)",
        nothing,
        (MONTH_WORDS | SEASON_WORDS | HOLIDAY_WORDS,),
    ),
    (
        r"(?<![\w/.-])(?:[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\2[0-9]{4}"
        r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2})"
        r"(?![\w/-]|\.[0-9])",
        _written,
        (A_NUMBER,),
    ),
    (
        rf"(?:\b(?:from|between) )?(?:\bthe )?{NOT_INSIDE}{_DAY_TO_DAY}(?: of)? {MONTH}(?!\w)(?:,? {YEAR})?",
        _dated,
        (A_NUMBER, MONTH_WORDS),
    ),
    (
        rf"(?:\b(?:from|between) )?\b{MONTH} {_DAY_TO_DAY}{_NO_MORE_NUMBER}(?! (?:of )?{MONTH_NAME})(?:,? {YEAR})?",
        _dated,
        (A_NUMBER, MONTH_WORDS),
    ),
    (
        rf"\b{_DAY_OF_WEEK}(?:the (?=[0-9]{{1,2}}[a-z]))?{NOT_INSIDE}{_DAY}(?: of)? {MONTH}(?!\w)(?:,? {YEAR})?",
        _dated,
        (A_NUMBER, MONTH_WORDS),
    ),
    (
        rf"\b{_DAY_OF_WEEK}(?:{LAST})?{MONTH} (?:the )?{_DAY}{_NO_MORE_NUMBER}(?:,? {YEAR})?",
        _dated,
        (A_NUMBER, MONTH_WORDS),
    ),
    (rf"(?:(?<=\bon )|(?<=\bsince )|(?<=\buntil ))the {_DAY_OF_MONTH}", _day_of_month, (_ENDS_OF_ORDINALS,)),
    (rf"\b(?:{LAST})?(?P<name>{HOLIDAY})(?:,? (?:of |in )?{YEAR})?(?!\w)", _feast, (HOLIDAY_WORDS,)),
    (rf"\b{MONTH}(?:,| of| in)? {YEAR}", _month_of_year, (A_NUMBER, MONTH_WORDS)),
    (rf"\b{LAST}{MONTH}(?!\w)", _month, (MONTH_WORDS,)),
    (rf"\b{_BEFORE_MONTH}[ -](?P<x>{MONTH})(?!\w)", _month, (MONTH_WORDS,)),
    (
        rf"\b{MONTH}(?=(?: ?- ?|,? (?:and|or) | (?:to|until|through) )(?:{MONTH_NAME}|\0)| (?:last|this) year\b)",
        _month_in_pair,
        (MONTH_WORDS,),
    ),
    (
        rf"(?<=\0)(?: ?- ?|,? (?:and|or) | (?:to|until|through) )(?P<x>{MONTH})(?!\w)",
        _month_in_pair,
        (MONTH_WORDS,),
    ),
    (
        rf"\b(?P<season>{SEASON})(?: of|,| in)?(?: the year)? {YEAR}(?:[-/](?:[0-9]{{4}}|[0-9]{{2}})(?!\w))?",
        _season_of_year,
        (A_NUMBER, SEASON_WORDS),
    ),
    (rf"\b{LAST}(?P<season>{SEASON})\b", _season, (SEASON_WORDS,)),
    (rf"\b{_BEFORE_SEASON}[ -](?:the )?(?P<x>(?P<season>{SEASON}))\b", _season, (SEASON_WORDS,)),
    (
        r"(?:\bq(?P<q>[1-4])|(?:(?<=\bin )|(?<=\bduring )|(?<=\bsince )|(?<=\bfor ))(?:the )?"
        rf"(?P<ordinal>{ORDINAL}) quarter)\b"
        rf"(?! (?:of|last|this)\b(?! {ANY_YEAR}))(?:(?: of)? {YEAR})?",
        _quarter,
        (_QUARTERS,),
    ),
]
