"""Where a fact stands in its sentence: the words that it goes with, whichever way the sentence is turned.

"Turkey accused Armenia" and "Armenia was accused by Turkey" give Turkey the same slot, before "accuse", and Armenia the
one after it.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.check.synonyms import synonyms
from assistant.check.words import Word

SAYING = frozenset(
    "say tell state add announc note explain report write accord claim argu insist warn declar confirm acknowledg"
    " respond repli remark suggest tweet describ reveal disclos maintain accus criticiz condemn urg praise".split()
)
_FARTHEST = 5  # words that are part of no fact
_PARTICIPLE = ("ed", "en", "wn", "ght", "lt", "de", "ld", "nt", "id", "t")
PREPOSITIONS = set("of in on at for to from by with against over under into about between among as than".split())
_BE = {"was", "were", "is", "are", "been", "being", "be"}


class Slot(NamedTuple):
    """`before` the word with this key, or after it, with the preposition between; who says something stands in one
    slot, whatever the order."""

    before: bool
    key: str
    preposition: str = ""


SPEAKER = Slot(True, " says")


def slots_of(words: Sequence[Word], first: int, last: int, filled: Collection[int]) -> frozenset[Slot]:
    """The slots of the words `first` to `last` (not included); `filled` are the places of all facts.

    What describes the very next word, as in "Turkish drones", has that one only.
    """
    right, is_next = _on_the_right(words, last, filled)
    left = None if is_next and right != SPEAKER else _on_the_left(words, first, filled)
    return frozenset(slot for slot in (right, left) if slot)


def _on_the_right(words: Sequence[Word], last: int, filled: Collection[int]) -> tuple[Slot | None, bool]:
    """The slot, and whether nothing stands between."""
    passive, preposition, passed = False, "", 0
    for at in range(last, len(words)):
        small = words[at].small
        if words[at - 1].ends or passed == _FARTHEST:
            break
        if at in filled:
            preposition = ""  # it was that one's: "Canada on Monday suspended"
            continue
        if words[at].is_content:
            if words[at].key in SAYING and not passive and not preposition:
                return SPEAKER, at == last
            is_before = not (passive and small.endswith(_PARTICIPLE))
            return Slot(is_before, one_of(words[at].key), preposition), at == last
        passed += 1
        passive = passive or small in _BE
        preposition = small if small in PREPOSITIONS else preposition
    return None, False


def _on_the_left(words: Sequence[Word], first: int, filled: Collection[int]) -> Slot | None:
    preposition, passed = "", 0
    for at in range(first - 1, -1, -1):
        small = words[at].small
        if words[at].ends or passed == _FARTHEST:
            break
        if at in filled:
            continue
        if words[at].is_content:
            if small == "according" or (words[at].key in SAYING and not passed and at and words[at - 1].ends):
                return SPEAKER
            by = preposition == "by"
            if by and words[at].key in SAYING:
                return SPEAKER
            return Slot(by, one_of(words[at].key), "" if by else preposition)
        passed += 1
        is_bound = words[at + 1].text in ("least", "most")  # at least 220
        preposition = preposition or (small if small in PREPOSITIONS and not is_bound else "")
    return None


@lru_cache(1 << 16)
def one_of(key: str) -> str:
    """The same for words that mean the same."""
    return min(synonyms(key) | {key})
