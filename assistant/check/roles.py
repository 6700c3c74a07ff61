"""Two names of a sentence that have exchanged their places."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.check.facts import Fact, Read
from assistant.check.names import Name

_EVEN = {"with", "both", "between", "meet", "marri"}  # names on either side may change places
_LIST = {"and", "or", "the", "a", "'s"}  # and where nothing else stands between


def exchanged(said: Read, evidence: Sequence[Read]) -> set[Fact]:
    """The names with the same words between them as in the evidence, the other way round."""
    found: set[Fact] = set()
    told = [pair for read in evidence for pair in _pairs(read)]
    for one, other, between in _pairs(said):
        for first, second, words in told:
            if words != between or one.agrees(first) or other.agrees(second):
                continue
            if one.agrees(second) and other.agrees(first):
                found |= {one, other}
    return found


def _pairs(read: Read) -> Iterator[tuple[Fact, Fact, frozenset[str]]]:
    """Neighbouring names, and those with one name between, with the keys of all words between."""
    names = [fact for fact in read.facts if isinstance(fact.value, Name)]
    for one, other in [*pairwise(names), *zip(names, names[2:], strict=False)]:
        between = frozenset(word.key for word in read.words[one.last : other.first])
        if not between <= _LIST and between.isdisjoint(_EVEN):
            yield one, other, between
