"""What one article says of an event: that it happened, and on which day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from index.text.analysis import words_of
from index.text.sentences import sentence_spans
from index.times.event_nouns import mentions
from index.times.time_in import time_in

LEAD = 900  # characters of the text that are read
_NEWS = timedelta(days=10)  # older than this a thing is told again
_FRESH = timedelta(days=4)  # a "Sunday" further back is more likely the next one
_IN_LEAD, _IN_OPENING, _IN_TITLE = 1.0, 1.5, 2.0
_CLAUSE = re.compile(r"[,;:.?!–—](?= |\Z)|(?<=\w) - (?=\w)")
_AHEAD = re.compile(
    r"\b(?:will|would|shall|could|may(?! [0-9])|might|due|ahead of|upcoming|coming|next|expected|planned|plans?"
    r"|planning|scheduled|set (?:to|for)|to be held|calls? (?:for|off)|called (?:for|off)|threat\w*|warn\w*|feared"
    r"|possible|cancel\w*|postpone\w*|candidates?|prepar\w+|proposed?|if|unless|tomorrow|looms?|nears?|previews?"
    r"|how to watch|gear(?:s|ing) up|potential|forecast|scrub\w*|scuttl\w*|abort\w*|delay\w*|approach\w*)\b"
)
_TOLD_AGAIN = re.compile(
    r"(?<!-)\b(?:before|after|since|following|ahead of|until|anniversary of|wake of|aftermath of|victims of"
    r"|survivors of|(?:inquiry|investigation|probe|report) (?:into|on)|during|because of|lost in|killed in|memory of"
    r"|history of|(?:votes?|voted|voting|ballots?) (?:on|over) (?:an? )?"
    r"|(?:considers?|mulls?|weighs?|demands?|urges?|seeks?|wants?) "
    r"|(?:ends?|ended|ending|averts?|averted|avoids?|stops?|stopped|prevents?|delays?) (?:of |to )?"
    r"|(?:last|previous|earlier|former|past) (?:\w+'s )?)(?: ?[\w'-]+){0,4} ?\Z"
)
_OVER = re.compile(
    r" (?:(?:is|was|has|have|had|been) ){0,2}(?:ends?|ended|over(?= *(?:\Z|[.,;:]))|continues?|drags|goes on|went on"
    r"|averted|suspended)\b"
)


@dataclass(frozen=True, slots=True)
class Sought:
    """An event: its noun (see `event_noun`) and the stems of the words that tell it from others of its kind."""

    noun: str
    others: frozenset[str]


@dataclass(frozen=True, slots=True)
class Report:
    """That it happened on `day`, which the report names (`named`) or else was published on.

    `weight` is greater the more the report is about it.
    """

    day: date
    published: date
    weight: float
    named: bool


def report_of(sought: Sought, title: str, lead: str, published: date) -> Report | None:
    """None where the article is not about the event, or speaks of it as to come or as long past."""
    sentences = [lead[start:end] for start, end in sentence_spans(lead)]
    about = [one for one in (title, *sentences) if mentions(sought.noun).search(one.lower())]
    if not about or _is_ahead(sought.noun, about[0]) or _is_told_again(sought.noun, about[0]):
        return None
    if not sought.others <= set(words_of(" ".join((title, *sentences[:1], about[0])))):
        return None
    if any(_is_old(one, published) for one in (about[0], *sentences[:1])):
        return None
    weight = _IN_TITLE if about[0] is title else _IN_OPENING if about[0] is sentences[0] else _IN_LEAD
    day = next(filter(None, (_day_named(one, published) for one in (*about, *sentences[:2]))), None)
    return Report(day or published, published, weight, day is not None)


def _is_ahead(noun: str, sentence: str) -> bool:
    """Whether every mention is in a clause about what is to come."""
    small = sentence.lower()
    return all(_AHEAD.search(_clause(small, match.start(), match.end())) for match in mentions(noun).finditer(small))


def _is_told_again(noun: str, sentence: str) -> bool:
    """Whether every mention is of what was before: after the storm, the end of the strike."""
    small = sentence.lower().replace("’", "'")
    return all(
        _TOLD_AGAIN.search(small[max(0, match.start() - 60) : match.start()]) or _OVER.match(small, match.end())
        for match in mentions(noun).finditer(small)
    )


def _is_old(sentence: str, published: date) -> bool:
    time = time_in(sentence, published)
    return bool(time and time.kind == "near" and time.window.last and published - time.window.last > _NEWS)


def _day_named(sentence: str, published: date) -> date | None:
    time = time_in(sentence, published)
    if not time or time.kind != "near" or time.window.first != time.window.last or not time.window.last:
        return None
    return time.window.last if published - time.window.last <= _FRESH else None


def _clause(text: str, start: int, end: int) -> str:
    before = [match.end() for match in _CLAUSE.finditer(text, 0, start)]
    after = _CLAUSE.search(text, end)
    return text[before[-1] if before else 0 : after.start() if after else len(text)]
