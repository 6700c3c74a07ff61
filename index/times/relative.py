"""Days told from the day of asking: today, last week, three months ago, on Monday."""

import re
from datetime import date, timedelta

from index.times.calendar import WEEKDAYS, Days, Weekly, days_before, one_day, unit_around
from index.times.meaning import Form, When, chosen, nothing
from index.times.question_text import PlainText
from index.times.time_words import LAST, NUMBER, WEEKDAY, WEEKDAY_WORDS, number

_WHOSE = r"(?P<whose>(?:\b(?:my|your|his|her|its|our|their)|'s) )?"
_PART_OF_DAY = r"(?: (?:morning|afternoon|evening|night))?"
_BEFORE_DAY_IN_NAME = set("on since until till by before after from late early and".split())
_NO_DAY_AFTER = set(
    "a an one every each any some per most all next following coming upcoming that another alternate of black cyber"
    " super bloody palm giving fat shrove holy maundy sheffield manic ruby casual freaky girl man joe in called named"
    " many few first second third fourth last".split()
)
_PAPER = re.compile(r" (?:times|mail|telegraph|express|mirror|post|herald|sun|world|night (?:live|football|lights))\b")


def _day(match: re.Match[str], text: PlainText, as_of: date) -> When:
    """`today`, `yesterday evening`, `tomorrow`."""
    name = match["x"]
    if text.is_named(match.start("x")) and name in ("today", "yesterday", "tonight", "tomorrow"):
        return None
    if "tomorrow" in name:
        return one_day(as_of + timedelta(days=1))
    if "yesterday" in name or name.startswith("last"):
        return one_day(as_of - timedelta(days=2 if "before" in name else 1))
    return one_day(as_of)


def _weekend(match: re.Match[str], text: PlainText, as_of: date) -> When:
    this, last = unit_around(as_of, "weekend"), unit_around(as_of - timedelta(days=7), "weekend")
    match match["which"]:
        case "this":
            return this
        case "last":
            return last
        case "next":
            return unit_around(as_of + timedelta(days=7), "weekend")
    return this if this.first <= as_of else last


def _neighbour(match: re.Match[str], text: PlainText, as_of: date) -> When:
    """`last week`, `this year`, `next month`."""
    unit, which = match["unit"], match["which"]
    if match["later"] or (match["whose"] and which != "this"):
        return None
    this = unit_around(as_of, unit)
    if which == "this":
        return this
    return unit_around(this.last + timedelta(days=1) if which == "next" else this.first - timedelta(days=1), unit)


def _before_last(match: re.Match[str], text: PlainText, as_of: date) -> When:
    last = unit_around(unit_around(as_of, match["unit"]).first - timedelta(days=1), match["unit"])
    return unit_around(last.first - timedelta(days=1), match["unit"])


def _this(match: re.Match[str], text: PlainText, as_of: date) -> When:
    return unit_around(as_of, match["unit"])


def _up_to_now(match: re.Match[str], text: PlainText, as_of: date) -> When:
    """`the last 3 weeks`, `the past year`."""
    unit = match["unit"]
    if match["whose"] or match["lasting"] or not (match["n"] or (match["the"] and unit not in ("minute", "quarter"))):
        return None
    count = number(match["n"] or ("few" if match["many"] else "one"))
    if unit in ("minute", "hour"):
        count, unit = (-(-count // 24) if unit == "hour" else 0), "day"
    return Days(days_before(as_of, count, unit), as_of)


def _ago(match: re.Match[str], text: PlainText, as_of: date) -> When:
    count, unit = number(match["n"]), match["unit"]
    if unit in ("minute", "hour"):
        count, unit = (count // 24 if unit == "hour" else 0), "day"
    return unit_around(days_before(as_of, count, unit), "year" if unit == "decade" else unit)


def _last_weekday(match: re.Match[str], text: PlainText, as_of: date) -> When:
    return chosen(Weekly(WEEKDAYS.index(match["weekday"])), match["which"], as_of)


def _weekday(match: re.Match[str], text: PlainText, as_of: date) -> When:
    at, end = match.span()
    before = text.word_before(at)
    if before in _NO_DAY_AFTER:
        return None
    if text.small[end : end + 1] == " " and text.is_capital(end + 1) and not text.shouted:  # a name, perhaps
        if before not in _BEFORE_DAY_IN_NAME and not text.begins_sentence(at):
            return None
        if text.begins_sentence(at) or _PAPER.match(text.small, end):
            return None
    elif _PAPER.match(text.small, end):
        return None
    return Weekly(WEEKDAYS.index(match["weekday"]))


_UNIT = "day|week|fortnight|month|quarter|year|decade"
_UNITS = frozenset(f"{unit}{s}" for unit in f"minute|hour|{_UNIT}".split("|") for s in ("", "s"))
_PARTS = frozenset("end start beginning middle half quarter rest".split())
_LAST = frozenset(("last", "past", "this", "next"))
_DAYS = frozenset("today tonight yesterday tomorrow morning afternoon evening night".split())
_NAMESAKES = frozenset(("today", "lights", "football"))
FORMS: list[Form] = [
    (
        r"\busa today\b|\b(?:friday night lights|(?:monday|sunday|thursday) night football)\b",
        nothing,
        (_NAMESAKES,),
    ),
    (
        r"\b(?:earlier |late |later )?(?P<x>the day before yesterday|the day after tomorrow|tomorrow|tonight|today"
        rf"|yesterday{_PART_OF_DAY}|this (?:morning|afternoon|evening)|last (?:night|evening))\b",
        _day,
        (_DAYS,),
    ),
    (
        r"\b(?:(?:(?:the|this) )?(?:(?P<which>this|last|next)|past|previous)"
        r"|(?:(?<=over )|(?<=at )|(?<=on )|(?<=since )|(?<=before )|(?<=after )|(?<=until )|(?<=by ))the) weekend\b"
        r"(?! (?:of|after|before|in|beginning|starting)\b)",
        _weekend,
        (frozenset(["weekend"]),),
    ),
    (r"\bthe (?P<unit>week|month|year) before last\b", _before_last, (frozenset(["before"]), _UNITS)),
    (
        rf"{_WHOSE}(?P<x>(?:\b(?:earlier|(?P<later>later)) )?(?<!\bthe )(?<!\bthis )\b(?P<which>last|this|next)"
        r" (?P<unit>week|month|quarter|year|decade)\b)(?! of\b)",
        _neighbour,
        (_LAST, _UNITS),
    ),
    (
        r"\b(?:end|start|beginning|middle|half|quarter|rest) of (?P<x>the (?P<unit>week|month|quarter|year)\b)"
        r"(?! (?:of|before|after|when|that|in)\b)",
        _this,
        (_PARTS, _UNITS),
    ),
    (
        rf"{_WHOSE}(?P<lasting>\bfor )?(?P<x>\b(?P<the>(?:the|these|this) )?(?:last|past) (?:(?P<n>{NUMBER}) )?"
        rf"(?P<unit>minute|hour|{_UNIT})(?P<many>s)?\b)(?! (?:of|on)\b)",
        _up_to_now,
        (_LAST, _UNITS),
    ),
    (rf"\b(?P<n>{NUMBER}) (?P<unit>minute|hour|{_UNIT})s? ago\b(?: today\b)?", _ago, (frozenset(["ago"]),)),
    (
        rf"\b{LAST}(?P<weekday>{WEEKDAY})\b{_PART_OF_DAY}(?! (?:of|in) (?!last\b|this\b))",
        _last_weekday,
        (_LAST, WEEKDAY_WORDS),
    ),
    (
        rf"\b(?P<weekday>{WEEKDAY})\b{_PART_OF_DAY}\b(?! (?:mornings|afternoons|evenings|nights)\b)",
        _weekday,
        (WEEKDAY_WORDS,),
    ),
]
