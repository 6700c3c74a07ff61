"""Whether a question speaks of what was published then, not of what happened then."""

import re

from index.times.question_text import PlainText

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
