"""Events that stand for their day: "after the election", "since the invasion of Norland", "before Brexit"."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from index.times.periods import Period
from index.times.question_text import HIDDEN, PlainText
from index.times.time_words import OFFSET

_BEFORE = re.compile(
    rf"\b(?:(?P<offset>{OFFSET}) )?(?P<word>(?:ever )?since|after|before|during|following|ahead of|prior to|until|till"
    r"|as of|(?:on )?the day of) (?P<determiner>(?:the|his|her|their|its) )?(?=\w)"
)
_ASKED = 3  # phrases at most: each may take a search
_LONGEST = 140  # characters of a phrase
_WORDS = 7  # in one, after its determiner
_WORD = re.compile(rf"[^\s,;:?!()\"{HIDDEN}]+")
_ENDS = set(
    "what which who whom whose when where why how but while because if though although as due amid despite".split()
) | set("before after since during until till following that".split())
_AUXILIARIES = set(
    "is are was were be been has have had do does did will would shall should can could may might must".split()
)
_PAST = set(
    "won lost died left went came began quit fell broke took gave said told made found sank struck met ran rose spoke"
    " fled stood sent became got paid held kept led saw wrote drew threw flew grew knew felt sold bought brought caught"
    " taught thought built spent chose drove forgot froze hid rode sang shook stole swore tore woke wore hit says say"
    " resigns wins loses quits leaves dies announces becomes makes takes not".split()
)
_NOT_PAST = {"united", "red", "bed", "shed", "speed", "need", "feed", "seed", "breed", "wed", "sled", "deed", "greed"}
_INSIDE = set(
    "of in on at to by against for between with over near from into the a an his her their its and de".split()
)
_NO_EVENT = set(
    "day days week weekend month year years decade century time night morning afternoon evening age same next last past"
    " previous following end start beginning rest moment first second most latest future present then now"
    " fact way".split()
)


@dataclass(frozen=True, slots=True)
class Event:
    """`phrase` of a plain text's `start` to `end`, and the words that place the story before, at or after it."""

    word: str
    offset: str | None
    phrase: str
    start: int
    end: int


def named_events(text: PlainText, found: Sequence[Period]) -> list[Event]:
    """The first few; what is a date already is none, nor is a clause such as "after the minister resigned"."""
    events: list[Event] = []
    for match in _BEFORE.finditer(text.small):
        start = match.end() - len(match["determiner"] or "")
        if not match["determiner"] and not text.is_named(match.end()):
            continue
        if any(period.start <= start < period.end for period in _near(found, start)):
            continue
        end = _phrase_end(text, match.end(), bool(match["determiner"]), text.begins_sentence(match.start()))
        if end is None:
            continue
        inside = next((p for p in _near(found, start) if match.end() <= p.start < end), None)
        if inside and inside.start == match.end() and inside.end >= end:
            continue  # the summer of 2019
        phrase = text.cased[start : inside.start if inside and inside.start > match.end() else end]
        phrase = re.sub(r"(?: (?:in|on|of|at|the|,))+\Z", "", phrase.rstrip(" ,"))
        events.append(
            Event(match["word"], match["offset"], phrase, match.start(), max(end, inside.end if inside else end))
        )
        if len(events) == _ASKED:
            break
    return events


def _near(found: Sequence[Period], at: int) -> Iterator[Period]:
    first = bisect_right(found, at, key=lambda period: period.end)
    return takewhile(lambda period: period.start < at + _LONGEST, found[first : first + _LONGEST])


def _phrase_end(text: PlainText, start: int, determined: bool, opening: bool) -> int | None:
    """Where the noun phrase from `start` ends, None for a clause. `opening`: it opens the sentence, so a verb after
    it is that of the question ("After the vote did prices rise?")."""
    ends: list[int] = []
    words: list[str] = []
    for match in _WORD.finditer(text.small, start, start + _LONGEST):
        word = match[0].rstrip(".").removesuffix("'s")
        if (ends and match.start() != ends[-1] + 1) or word in _ENDS or not word:
            break
        if _is_verb(word, len(words) if determined else len(words) + 1):
            if opening and words:
                break
            return None
        small_in_name = not determined and words and not text.is_capital(match.start()) and not word[0].isdigit()
        if small_in_name and word not in ("of", "the"):
            if word in _INSIDE:
                break
            return None
        words.append(word)
        determined = determined or match[0].endswith("'s")
        ends.append(match.start() + len(match[0].rstrip(".")))
        if match[0].endswith("."):
            break
    while words and words[-1] in _INSIDE:
        words.pop()
        ends.pop()
    if not words or words[0] in _NO_EVENT or len(words) > _WORDS:
        return None
    return ends[-1]


def _is_verb(word: str, place: int) -> bool:
    """`the attempted coup` has none, `the minister resigned` has."""
    if word in _AUXILIARIES or word in _PAST:
        return True
    return place > 0 and len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST
