"""Quotations: what a sentence puts in quotation marks must stand word for word in its source."""

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.check.words import straight

_QUOTED = re.compile(r'(?:^|(?<=[\s(\[-]))"(?P<words>[^"]+?)(?:"|$)')
_LEFT_OUT = re.compile(r"\.\.\.|…|\[[^\]]*\]")
_WORD = re.compile(r"\w+(?:'\w+)*")
_NOT = re.compile(r"n't\b")


def unlike_source(sentence: str, sources: Iterable[str]) -> list[str]:
    """The quotations of a sentence that none of the texts holds; what is left out of one may be marked … or [ ]."""
    quoted = [match["words"] for match in _QUOTED.finditer(straight(sentence))]
    if not quoted:
        return []
    plain = [_plain(source) for source in sources]
    return [words for words in quoted if not any(_stands(words, source) for source in plain)]


def _stands(words: str, source: str) -> bool:
    pieces = [_plain(piece) for piece in _LEFT_OUT.split(words)]
    return all(piece in source for piece in pieces)


@lru_cache(maxsize=256)
def _plain(text: str) -> str:
    """The words between single spaces, one at either end, without punctuation and capitals."""
    small = _NOT.sub(" not", straight(text).casefold()).replace("ca not ", "can not ").replace("cannot", "can not")
    return f" {' '.join(_WORD.findall(small))} "
