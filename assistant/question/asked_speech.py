"""Questions about speech: what someone says, what is so according to someone, and who said or reported something."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.english.states import same_root, state_of, stems_of
from index.english import lexicon
from index.text.analysis import STOP_WORDS

_ASKED = lexicon("questions")
_PEOPLE = lexicon("speakers").words("people")
_DOES = r"(?:do|does|did|has|have|had)"
_WORDS = re.compile(
    rf"\b(?:what|how)\s+(?:{_DOES}|would)\s+(?P<calls>.+?)\s+{_ASKED.pattern('call')}\b(?! (?:for|on|off)\b)"
    rf"|\bwhat\s+(?:else\s+)?{_DOES}\s+(?P<says>.+?)\s+{_ASKED.pattern('say')}\b(?!\s+(?:to|is|was)\s+be)"
    rf"|\bwhat\s+(?:is|was|are|were)\s+(?P<has>[^?]+?)(?:['’]s|(?<=s)['’])\s+(?:\w+\s+)?{_ASKED.pattern('view')}\b"
    rf"|\bwhat\s+(?:is|was|are|were)\s+the\s+{_ASKED.pattern('view')}\s+(?:of|from|by)\s+(?P<of>.+?)"
    r"(?=\s+(?:on|about|to|of)\b|[?,]|$)"
    rf"|\bhow\s+{_DOES}\s+(?P<reacts>.+?)\s+{_ASKED.pattern('react')}\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\b(?:according to|in the (?:words|view|opinion) of)\s+(?P<who>[^,?]+)", re.IGNORECASE)
_ADVERBS = r"\s+(?:first\s+|has\s+|had\s+|have\s+)*"
_OUTLET = re.compile(
    rf"\b(?:which|what)\s+(?:\w+\s+)?{_ASKED.pattern('outlet')}s?{_ADVERBS}{_ASKED.pattern('said')}\b", re.IGNORECASE
)
_TELLER = re.compile(
    rf"\bwho{_ADVERBS}{_ASKED.pattern('said')}\b|\bby whom (?:was|were|is)\b.*\b(?:reported|announced)\b"
    rf"|\b(?:which|what)\s+\w+(?:\s+\w+)?{_ADVERBS}(?:said|says|reported|announced|warned|claimed)\b",
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
    for words in _WORDS.finditer(question):
        if who := _name(words[words.lastgroup or 0]):
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
    if set(map(str.lower, re.findall(r"\w+", asked))) & set(map(str.lower, re.findall(r"\w+", speaker))) & _PEOPLE:
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
