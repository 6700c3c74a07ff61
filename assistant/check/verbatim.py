"""Where a sentence stands in a text word for word."""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.text.sentences import Span, sentence_spans

# Words, numbers, and signs that are no punctuation: 5 % is not 5 $.
_WORD = re.compile(r"\w+|[^\w\s.,;:!?…'’‘`\"“”„«»()\[\]‐‑‒–—―-]")


def stands_in(sentence: str, text: str) -> Span | None:
    """The characters of a whole sentence of the text, or of several that follow each other, with just these words.

    Capitals and punctuation make no difference. Part of a sentence does not count: "the mill burned down" may stand
    behind "the mayor denied that".
    """
    words = [one[0].casefold() for one in _WORD.finditer(sentence)]
    if not words:
        return None
    said, read = f" {' '.join(words)} ", _read(text)
    at = read.joined.find(said)
    while at >= 0:
        first = read.joined.count(" ", 0, at)
        start, end = read.begins.get(first), read.ends.get(first + len(words))
        if start is not None and end is not None:
            return start, end
        at = read.joined.find(said, at + 1)
    return None


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text between single spaces; the characters at which sentences begin, by the number of their first
    word, and end, by the number of the word behind their last."""

    joined: str
    begins: dict[int, int]
    ends: dict[int, int]


@lru_cache(maxsize=256)
def _read(text: str) -> _Words:
    words: list[str] = []
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    for start, end in sentence_spans(text):
        begins.setdefault(len(words), start)
        words += [one[0].casefold() for one in _WORD.finditer(text, start, end)]
        ends[len(words)] = end
    return _Words(f" {' '.join(words)} ", begins, ends)
