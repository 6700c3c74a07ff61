"""What a question says of time: the words that say it, the days that they mean, and how strictly."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from index.times import Kind, TimeExpression, Window
from index.times.bounds import DayOf, Meant, around, bounded
from index.times.joining import joined, up_to_now
from index.times.named_events import named_events
from index.times.periods import Period, periods
from index.times.question_text import PlainText, plain

_NEWEST = re.compile(
    r"(?<!\bat )\b(?:the )?(?:latest|newest|most recent(?:ly)?)\b"
    r"|(?<!\bas )\brecently\b|\blately\b|\bcurrently\b|\bnowadays\b|\bthese days\b|\bat (?:the moment|present)\b"
    r"|\bso far\b(?! (?:from|away|as|apart|off|behind|ahead|back)\b)|\bup[ -]to[ -]date\b|\bto date\b"
    r"|\bin recent (?:days|weeks|months|times)\b|(?<!\bas )\brecent(?= [a-z])"
    r"|(?:\b(?:the|his|her|its|their|our|this|which|what|any)|'s) (?P<x>current)"
    r"(?= (?!in\b|of\b|is\b|was\b|from\b)[a-z])"
    r"|(?<!\bfrom )\b(?:right |just )?now\b(?!-| that\b| and then\b)"
)
_LONGEST = 110
_PREPOSITION = r"(?:in|on|from|of|since|for|dated|during|within|over|between|before|after|until|by|as of)"
_ARTICLES = (
    r"(?:articles?|news|headlines?|stories|reports|reporting|coverage|newspapers|editorials|columns|front pages?)"
)
_BEFORE = re.compile(
    rf"\b{_ARTICLES}(?: (?:that|which))?(?: (?:were|was|are))?(?: (?:reported|published|written|printed|posted))?"
    rf"(?: {_PREPOSITION})?(?: the)? \Z"
    rf"|\b{_ARTICLES} (?:[^ ?.!,]{{1,24}} ){{1,8}}(?:from|dated|since|published(?: {_PREPOSITION})?)(?: the)? \Z"
    r"|\b(?P<told>reported|published|written|printed|posted)(?: (?:about|on|of) (?:[^ ?.!,]{1,24} ){1,6}?)?"
    rf"(?: ?{_PREPOSITION})?(?: the)? \Z"
)
_AFTER = re.compile(
    rf"'s? (?:top |main |latest |biggest |morning |evening |lead )?(?:{_ARTICLES}|papers?|newspaper|press)\b"
)
_ANYWHERE = re.compile(
    r"\b(?:papers|newspapers|press|media|headlines|front pages)\b.{0,30}"
    r"\b(?:say|said|saying|report|reported|write|wrote|print|printed|carry|carried|cover|covered)\b"
    r"|\bin the (?:news|papers|newspapers|headlines|press)\b|\bon the front pages?\b"
    r"|\b(?:made|make|grabbed) (?:the )?headlines\b"
)
_OTHER_WORK = re.compile(
    r"\b(?:books?|novels?|memoirs?|study|studies|albums?|songs?|poems?|papers?|plays?|autobiography|biography|research"
    r"|letters?|bill|diary|data|figures|statistics|cases|deaths|infections|incidents|profits?|loss(?:es)?|revenues?"
    r"|earnings|sales|crimes|injuries)\b"
)


def time_in(question: str, as_of: date, day_of: DayOf | None = None) -> TimeExpression | None:
    """The time that a question asked on `as_of` is about, in English; of several, the narrowest.

    What lies wholly after `as_of` is none, nor is a duration, an age or what only looks like a time. `day_of` tells the
    day of an event ("the invasion of Norland") where the collection knows it: for what is before, after or since it.
    """
    text = plain(question)
    found = joined(periods(text, as_of), text, as_of)
    meant = _events(found, text, as_of, day_of) if day_of else []
    meant += [one for one in _dated(found, text, as_of) if not any(event.covers(one) for event in meant)]
    press = speaks_of_press(text)
    published = [one for one in meant if press or speaks_of_publication(text, one.start, one.end)]
    if best := min(published or meant, key=lambda one: (one.breadth, one.start), default=None):
        window = Window(best.first, best.last)
        return _expression(
            question, text.span(best.start, best.end), window, "within" if published or best.hard else "near"
        )
    words = newest(text)
    return _expression(question, text.span(*words), Window(None, as_of), "newest") if words else None


def _dated(found: Sequence[Period], text: PlainText, as_of: date) -> list[Meant]:
    meant = []
    for period in found:
        with suppress(ValueError, OverflowError):  # outside the calendar
            meant.append(bounded(up_to_now(period, text, as_of), text, as_of))
    return [one for one in meant if one]


def _events(found: Sequence[Period], text: PlainText, as_of: date, day_of: DayOf) -> list[Meant]:
    meant = []
    for event in named_events(text, found):
        if day := day_of(event.phrase):
            with suppress(ValueError, OverflowError):
                meant.append(around(event, day, text, as_of))
    return [one for one in meant if one]


def _expression(question: str, span: tuple[int, int], window: Window, kind: Kind) -> TimeExpression:
    return TimeExpression(question[slice(*span)], *span, window, kind)


def newest(text: PlainText) -> tuple[int, int] | None:
    """Where the first such words stand; a word with a capital of its own is a name."""
    for match in _NEWEST.finditer(text.small):
        if not text.is_named(match.start()):
            return match.span("x" if match["x"] else 0)
    return None


def speaks_of_press(text: PlainText) -> bool:
    """Whether the whole question is about what the papers said, whenever that was."""
    return bool(_ANYWHERE.search(text.small))


def speaks_of_publication(text: PlainText, start: int, end: int) -> bool:
    """For the words from `start` to `end`: "articles from last week", "yesterday's headlines", "published in 2020".

    A book that was published or cases that were reported then are what happened then.
    """
    small = text.small
    before = small[max(0, start - _LONGEST) : start]
    match = _BEFORE.search(before)
    if (
        match
        and not (match["told"] and _OTHER_WORK.search(before))
        and not _is_outlet(match, start - len(before), text)
    ):
        return True
    return bool(_AFTER.match(small, end))


def _is_outlet(match: re.Match[str], offset: int, text: PlainText) -> bool:
    """Fox News in 2019 is no news of 2019."""
    return match[0].startswith("news") and text.is_named(offset + match.start())
