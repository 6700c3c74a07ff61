"""What shows the kind of a question: its words one after another, their classes, and their vectors."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import combinations, groupby

import numpy as np
from numpy.typing import NDArray

from index.embedders import StaticEmbedder
from index.english import lexicon

_WORD = re.compile(r"\d[\d.,]*|[^\W_]+(?:[’'][^\W_]+)?")
_ASKING = frozenset("who whose what when where why how which the a of in to and by for with #".split())
_OTHER = "_"  # any word, or several, of no class
_OPENING = 3  # words at the beginning that have a vector of their own
_SCALE = 2.0  # of the vectors, so that they count beside the words
_LONGEST = 400  # characters that are looked at

Floats = NDArray[np.float32]


def words_asked(question: str) -> list[str]:
    """The words of a question in small letters, each number as `#`."""
    found = _WORD.findall(question[:_LONGEST].lower().replace("’", "'"))
    return ["#" if word[0].isdigit() else word for word in found]


def features(words: Sequence[str], known: Collection[str]) -> set[str]:
    """The names of what a question has, of its words those alone that are `known`.

    These are single words, runs of two and of three, the same of the words' classes, and pairs of classes that stand
    apart; and how long it is.
    """
    told = _squeezed(word if word in known else _OTHER for word in words)
    classes = _squeezed(_classes(words))
    marked = [one for one in classes if one != _OTHER]
    found = {*told, *(f"class {one}" for one in marked), f"length {min(len(words), 12) // 2}"}
    found.update(_runs(told))
    found.update(f"class {run}" for run in _runs(classes))
    found.update(f"{one} .. {other}" for one, other in combinations(marked, 2) if _is_class(other))
    return found


def vectors(words: Sequence[str], embedder: StaticEmbedder) -> Floats:
    """The vectors of all words and of the first ones together, behind one another."""
    both = embedder.embed_passages([" ".join(words), " ".join(words[:_OPENING])])
    flat: Floats = _SCALE * both.ravel()
    return flat


def _squeezed(words: Iterator[str]) -> list[str]:
    """The words, several others in a row as one."""
    return [word for key, group in groupby(words) for word in ([key] if key == _OTHER else group)]


def _runs(words: Sequence[str]) -> Iterator[str]:
    marked = ["^", *words, "$"]
    for length in (2, 3):
        for at in range(len(marked) - length + 1):
            yield " ".join(marked[at : at + length])


def _is_class(name: str) -> bool:
    return name.startswith("<")


def _classes(words: Sequence[str]) -> Iterator[str]:
    """The class of each word or phrase, the longest phrase first; a question word stands for itself."""
    known = _phrases()
    longest = max(map(len, known))
    at = 0
    while at < len(words):
        length = next((n for n in range(longest, 0, -1) if tuple(words[at : at + n]) in known), 0)
        if length:
            yield f"<{known[tuple(words[at : at + length])]}>"
        else:
            yield words[at] if words[at] in _ASKING else _OTHER
        at += length or 1


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    """The class of each phrase; of several the one that stands first in the file."""
    lists = lexicon("kinds")
    found: dict[tuple[str, ...], str] = {}
    for name in lists.names:
        for phrase in lists.listed(name):
            found.setdefault(tuple(words_asked(phrase)), name)
    return found
