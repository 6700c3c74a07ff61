"""Where a sentence states what its source leaves open: "whether", "may", "alleged"."""

from collections.abc import Iterator, Sequence

from assistant.check.facts import Read
from assistant.check.slots import SAYING
from assistant.check.words import Word

_OPEN_CLAUSE = {"whether", "if"}
_OPEN_WORD = {
    "may",
    "might",
    "could",
    "alleged",
    "allegedly",
    "reportedly",
    "possible",
    "possibly",
    "perhaps",
    "potentially",
}
_OPEN = _OPEN_CLAUSE | _OPEN_WORD
_LEAVES_OPEN = _OPEN | {"likely", "would", "can", "should", "probably", "unclear", "claims", "claim"}
_SAYS_SO = SAYING | {"accord", "accus", "believ", "think", "suspect", "expect", "fear", "investig", "ask", "question"}
_CLAUSE = 4  # words after "whether" that are more than function words
_FARTHEST = 12


def overstated(said: Read, evidence: Sequence[Read]) -> Iterator[int]:
    """The places of the words that the evidence leaves open and the sentence does not."""
    if any(word.small in _LEAVES_OPEN or word.key in _SAYS_SO for word in said.words):
        return
    opening = [
        (read, at)
        for read in evidence
        for at, word in enumerate(read.words)
        if word.small in _OPEN and not (word.small == "may" and word.is_capital)
    ]
    if not opening:
        return
    told = {
        word.key
        for read in evidence
        for scope in [_all_open(read)]
        for at, word in enumerate(read.words)
        if at not in scope
    }
    for read, at in opening:
        scope = _scope(read.words, at)
        shared = [key for key in scope if key in said.keys and key not in told]
        if shared and len(shared) >= min(2, len(scope)):
            yield next(place for place, own in enumerate(said.words) if own.key == shared[0])


def _all_open(read: Read) -> set[int]:
    return {place for at, word in enumerate(read.words) if word.small in _OPEN for place in _places(read.words, at)}


def _scope(words: Sequence[Word], at: int) -> list[str]:
    return [words[place].key for place in _places(words, at)]


def _places(words: Sequence[Word], at: int) -> list[int]:
    most = _CLAUSE if words[at].small in _OPEN_CLAUSE else 1
    found: list[int] = []
    for place in range(at + 1, min(at + _FARTHEST, len(words))):
        if words[place - 1].ends or len(found) == most:
            break
        if words[place].is_content and not words[place].text.endswith("ly"):
            found.append(place)
    return found
