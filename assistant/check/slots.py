"""Where a fact stands in its sentence: the words that it goes with, whichever way the sentence is turned.

"Turkey accused Armenia" and "Armenia was accused by Turkey" give Turkey the same slot, before "accuse", and Armenia the
one after it.
"""

from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from assistant.check.synonyms import synonyms
from assistant.check.words import Word

SAYING = frozenset(
    "say tell state add announc note explain report write accord claim argu insist warn declar confirm acknowledg"
    " respond repli remark suggest tweet describ reveal disclos maintain".split()
)
_FARTHEST = 5  # words that are part of no fact
_PARTICIPLE = ("ed", "en", "wn", "ght", "lt", "de", "ld", "nt", "id", "t")
_OF_WHOM = {"according"}
_TO_WHOM = {"told", "tells", "tell", "telling"}
_BE = {"was", "were", "is", "are", "been", "being", "be"}


class Slot(NamedTuple):
    """`before` the word with this key, or after it; who says something stands in one slot, whatever the order."""

    before: bool
    key: str


SPEAKER = Slot(True, " says")


def slots_of(words: Sequence[Word], first: int, last: int, filled: Collection[int]) -> frozenset[Slot]:
    """The slots of the words `first` to `last` (not included); `filled` are the places of all facts."""
    return frozenset([*_on_the_right(words, last, filled), *_on_the_left(words, first, filled)])


def _on_the_right(words: Sequence[Word], last: int, filled: Collection[int]) -> list[Slot]:
    passive = False
    left = _FARTHEST
    for at in range(last, len(words)):
        if words[at - 1].ends or not left:
            break
        if at in filled:
            continue
        left -= 1
        if words[at].is_content:
            if words[at].key in SAYING and not passive:
                return [SPEAKER]
            return [Slot(not (passive and words[at].text.endswith(_PARTICIPLE)), one_of(words[at].key))]
        passive = passive or words[at].text in _BE
    return []


def _on_the_left(words: Sequence[Word], first: int, filled: Collection[int]) -> list[Slot]:
    by = False
    between = 0
    for at in range(first - 1, -1, -1):
        if words[at].ends or between == _FARTHEST:
            break
        if at in filled:
            continue
        if words[at].is_content:
            if words[at].key in SAYING and (words[at].text in _OF_WHOM or (not between and words[at].text not in _TO_WHOM)):
                return [SPEAKER]
            return [Slot(by, one_of(words[at].key))]
        between += 1
        by = by or words[at].text == "by"
    return []


@cache
def one_of(key: str) -> str:
    """The same for words that mean the same."""
    return min(synonyms(key) | {key})
