"""Whether texts of several sets are one: the same news, or page, stands in several, spelled otherwise or cut off."""

import re
from collections.abc import Iterable

_SHINGLE, _ALIKE = 8, 0.1  # words, and the share of a text's shingles from which it counts as another's


class Known:
    """Texts that others are compared with, by their runs of eight words (Broder 1997: shingles)."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._shingles = frozenset[int]().union(*map(_shingles, texts))

    def has(self, texts: Iterable[str]) -> bool:
        """Whether these texts together share a tenth of their runs with those that are known."""
        own = frozenset[int]().union(*map(_shingles, texts))
        return len(own & self._shingles) >= _ALIKE * max(1, len(own))


def _shingles(text: str) -> frozenset[int]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return frozenset(hash(tuple(words[at : at + _SHINGLE])) for at in range(len(words) - _SHINGLE + 1))
