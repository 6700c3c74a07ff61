"""The words of a sentence, and which of them are written as past forms of verbs are."""

import re
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|[^\W\d_]+|\d[\d.,:]*")
_NO_PAST = frozenset("hundred need indeed speed feed seed breed united exceed proceed".split())


class Word(NamedTuple):
    """A word at `start` to `end` of its sentence; `low` is the word in small letters, with a straight apostrophe."""

    text: str
    start: int
    end: int
    low: str


def words_in(sentence: str) -> list[Word]:
    """All words and numbers, what is contracted apart: "is" and "n't"."""
    return [Word(one[0], *one.span(), one[0].lower().replace("’", "'")) for one in _WORD.finditer(sentence)]


def past(word: Word) -> bool:
    """Whether it is written as a past form or participle is."""
    return word.low in _IRREGULAR or (word.low.endswith("ed") and len(word.low) > 3 and word.low not in _NO_PAST)


_IRREGULAR = frozenset(
    "went gone began begun won lost rose risen fell fallen gave given took taken made came saw seen got left met held"
    " kept led paid sold bought brought built sent spent found became broke broken chose chosen froze frozen grew"
    " grown knew known wrote written spoke spoken stood struck taught thought threw thrown stole stolen fought caught"
    " drew drawn drove driven flew flown felt ran shot sought hid hidden meant wore worn swore sworn sank sunk shut"
    " cut hit hurt set put quit sprang sang sung swam swum dealt fled fed bled slept swept wept lent bent burnt bet"
    " beat beaten bit bitten blew blown ate eaten forgot forgotten forgave forgiven hung laid lit lay mistook"
    " overthrew overthrown overtook read rode ridden rang shook shaken shone shrank shrunk slid spun split spread"
    " stuck stung swung tore torn told understood upheld withdrew withdrawn withheld withstood woke bound burst cost"
    " dug drank drunk".split()
)
