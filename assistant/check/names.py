"""The names of a sentence: runs of words with a capital that their place does not explain."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.check.words import Word
from assistant.roots import root
from assistant.states import state_by_stem
from index.word_rank import word_rank

_TITLES = frozenset(
    "mr mrs ms miss pm dr sir dame lord lady president vice prime minister secretary senator sen rep representative gov"
    " governor mayor judge justice general gen colonel captain professor prof king queen prince princess chancellor"
    " chairman chairwoman chief ceo director spokesman spokeswoman spokesperson former foreign deputy inc ltd corp co"
    " company llc plc jr st the a an".split()
)
_RARE = 600  # rank from which on a word is taken for a name that opens sentences and is nowhere written small
_NO_NAME = ("ly", "ing", "ed", "ers", "ists", "ions", "ments", "less", "ful", "ous")


@dataclass(frozen=True, slots=True)
class Name:
    """The keys of a name's words, titles left out."""

    keys: tuple[str, ...]

    def agrees(self, source: "Name") -> bool:
        """Whether they share a word, as Trudeau and Justin Trudeau do, or one is the initials of the other."""
        if not _senses_of_all(self.keys).isdisjoint(_senses_of_all(source.keys)):
            return True
        return self._initials(source) or source._initials(self)

    def is_all_in(self, keys: Collection[str]) -> bool:
        """Whether each of its words is named by one of the keys."""
        return all(key in keys or not all(map(_senses(key).isdisjoint, map(_senses, keys))) for key in self.keys)

    def _initials(self, other: "Name") -> bool:
        return len(self.keys) == 1 and len(other.keys) > 1 and self.keys[0] == "".join(key[0] for key in other.keys)


@lru_cache(maxsize=50_000)
def _senses(key: str) -> frozenset[str]:
    """What a key may name; two that share a sense name the same: a country, its people and its capital are one."""
    return frozenset([state_by_stem().get(key, key), *([f"root {root(key)}"] if len(key) >= 4 else [])])


@lru_cache(maxsize=10_000)
def _senses_of_all(keys: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*map(_senses, keys))


def names_in(words: Sequence[Word], taken: Collection[int], known: Collection[str]) -> list[tuple[Name, int, int]]:
    """The names outside of what is `taken`, each with its first word and the one after its last."""
    found: list[tuple[Name, int, int]] = []
    first = None
    for at in range(len(words) + 1):
        named = at < len(words) and at not in taken and _is_named(words, at, known)
        if named and first is None:
            first = at
        if first is not None and (not named or (words[at - 1].ends and at > first)):
            keys = tuple(word.key for word in words[first:at] if word.key and word.small.rstrip(".") not in _TITLES)
            if keys:
                found.append((Name(keys), first, at))
            first = at if named else None
    return found


def inside_names(words: Iterable[Word]) -> frozenset[str]:
    """The keys of the words that have a capital where no sentence begins."""
    return frozenset(word.key for word in words if word.is_capital and word.is_content and not word.opens)


def opening_names(words: Iterable[Word], small: Collection[str]) -> frozenset[str]:
    """The keys of words that open a sentence and may be names; none of those that are written `small` elsewhere."""
    return frozenset(word.key for word in words if word.opens and word.key not in small and _looks_like_one(word))


def _looks_like_one(word: Word) -> bool:
    return word.is_capital and word.is_content and word_rank(word.text) > _RARE and not word.text.endswith(_NO_NAME)


def _is_named(words: Sequence[Word], at: int, known: Collection[str]) -> bool:
    word = words[at]
    if not word.key:  # the second of United States
        return True
    if not word.is_capital or not word.is_content or word.text == "I":
        return False
    if not word.opens or word.key in known or (len(word.text) > 1 and word.text.isupper()):
        return True
    return at + 1 < len(words) and words[at + 1].is_capital and words[at + 1].is_content and not word.ends
