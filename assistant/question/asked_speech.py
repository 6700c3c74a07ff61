"""Questions about speech: what someone says, what is so according to someone, and who said or reported something."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.english.lexicon import PEOPLE
from assistant.english.roots import same_root
from assistant.english.states import state_of, stems_of
from index.text.analysis import STOP_WORDS

_SAY = (
    "say|said|think|tell|told|claim|argue|announce|write|state|believe|warn|promise|declare|insist|deny|suggest|answer"
    "|reply|respond|comment|explain|complain|demand|call for|tweet|report|stress|admit|add|make of|hold against"
    "|have against|object to"
)
_VIEW = (
    "view|views|opinion|position|stance|reaction|response|reply|answer|comments?|statement|argument|explanation|verdict"
    "|message|words|criticism|complaint|accusation"
)
_WORDS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bwhat\s+(?:else\s+)?(?:do|does|did|has|have|had)\s+(?P<who>.+?)\s+(?:{_SAY})\b(?!\s+(?:to|is|was)\s+be)",
        rf"\bwhat\s+(?:is|was|are|were)\s+(?P<who>[^?]+?)(?:['’]s|(?<=s)['’])\s+(?:\w+\s+)?(?:{_VIEW})\b",
        rf"\bwhat\s+(?:is|was|are|were)\s+the\s+(?:{_VIEW})\s+(?:of|from|by)\s+(?P<who>.+?)"
        r"(?=\s+(?:on|about|to|of)\b|[?,]|$)",
        r"\bhow\s+(?:do|does|did|has|have)\s+(?P<who>.+?)\s+(?:react|reacted|respond|responded|reply|replied|answer|comment"
        r"|describe|explain|justify|defend|see|view)\b",
    )
]
_CALLS = re.compile(
    r"\b(?:what|how)\s+(?:do|does|did|has|have|had|would)\s+(?P<who>.+?)\s+"
    r"(?:call|describe|label|brand|dub|term|name|denounce|condemn|hail|characteri[sz]e|accuse)d?\b"
    r"(?! (?:for|on|off)\b)",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\b(?:according to|in the (?:words|view|opinion) of)\s+(?P<who>[^,?]+)", re.IGNORECASE)
_TOLD = (
    "said|says|say|reported|reports|announced|announces|claimed|claims|warned|warns|argued|argues|denied|denies|accused"
    "|accuses|wrote|writes|told|tells|tweeted|stated|declared|called for|condemned|criticised|criticized|confirmed"
    "|revealed|disclosed|published|predicted|predicts|estimated|broke the (?:news|story)"
)
_OUTLETS = (
    r"(?:newspaper|paper|outlet|news (?:agency|outlet|site|organi[sz]ation)|agency|magazine|daily|weekly|broadcaster"
    r"|channel|medium|media|website|network|source)s?"
)
_OUTLET = re.compile(
    rf"\b(?:which|what)\s+(?:\w+\s+)?{_OUTLETS}\s+(?:first\s+|has\s+|had\s+)*(?:{_TOLD})\b", re.IGNORECASE
)
_TELLER = re.compile(
    rf"\bwho\s+(?:first\s+|has\s+|had\s+|have\s+)*(?:{_TOLD})\b|\bby whom (?:was|were|is)\b.*\b(?:reported|announced)\b"
    rf"|\b(?:which|what)\s+\w+(?:\s+\w+)?\s+(?:first\s+|has\s+|had\s+)*(?:said|says|reported|announced|warned|claimed)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 10

Kind = Literal["", "words", "source", "teller", "outlet"]


@dataclass(frozen=True, slots=True)
class AskedSpeech:
    """What a question asks about speech.

    `words`: what `speaker` says, or calls something. `source`: something by his account. `teller` and `outlet`: who
    says something, the latter among papers. "" is no such question.
    """

    kind: Kind = ""
    speaker: str = ""


NO_SPEECH = AskedSpeech()


def asked_speech(question: str) -> AskedSpeech:
    if (calls := _CALLS.search(question)) and (who := _name(calls["who"])):
        return AskedSpeech("words", who)
    for pattern in _WORDS:
        if (match := pattern.search(question)) and (who := _name(match["who"])):
            return AskedSpeech("words", who)
    if (match := _SOURCE.search(question)) and (who := _name(match["who"])):
        return AskedSpeech("source", who)
    if _OUTLET.search(question):
        return AskedSpeech("outlet")
    return AskedSpeech("teller") if _TELLER.search(question) else NO_SPEECH


def likeness(asked: str, speaker: str) -> float:
    """How far two namings can mean the same speaker, 0 to 1: Turkey's foreign ministry, the Turkish Foreign Ministry.

    The share of the shorter one's words that the other has, by their roots; an acronym has those that it stands for.
    A state is who speaks for it: its baker does not, and its capital does.
    """
    state = state_of(asked)
    if state and (state.is_own(asked) or state.speaks(speaker)):
        return float(state.speaks(speaker))
    one, other = stems_of(asked), stems_of(speaker)
    if not one or not other:
        return 0.0
    if _stands_for(asked, speaker) or _stands_for(speaker, asked):
        return 1.0
    if _are_apart(asked, speaker):
        return 0.0
    shorter, longer = sorted((one, other), key=len)
    shared = sum(any(same_root(stem, its) for its in longer) for stem in shorter)
    return shared / len(shorter)


def _name(who: str) -> str:
    who = re.sub(r"^(?:the|a|an)\s+", "", who.strip(), flags=re.IGNORECASE)
    words = who.lower().split()
    if not words or len(words) > _MOST_WORDS or all(word in STOP_WORDS for word in words):
        return ""
    return who


def _are_apart(asked: str, speaker: str) -> bool:
    """Whether each has a name that the other lacks, as the Greek and the Turkish foreign ministry have.

    A title may stand for a person whose name it does not give: Canada's foreign minister, Foreign Minister Champagne.
    """
    if set(map(str.lower, re.findall(r"\w+", asked))) & set(map(str.lower, re.findall(r"\w+", speaker))) & PEOPLE:
        return False
    one, other = _names(asked), _names(speaker)
    return _lacks(one, other) and _lacks(other, one)


def _lacks(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one has a name that the other has not."""
    return any(not any(same_root(a, b) for b in other) for a in one)


def _names(name: str) -> frozenset[str]:
    return frozenset(stem for word in re.findall(r"\w+", name) if word[0].isupper() for stem in stems_of(word))


def _stands_for(acronym: str, name: str) -> bool:
    letters = acronym.replace(".", "").removeprefix("the ")
    initials = "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())
    return len(letters) > 1 and letters.isupper() and letters == initials
