"""Where the sentences of a line end, by the abbreviations of its language, which sentencex knows.

In English by sentencex alone. Elsewhere a point ends a sentence only where it would in English too, whose names and
initials are everybody's, and no small letter follows; nor behind a number that may be an ordinal.
"""

import re

from sentencex import get_sentence_boundaries

from index.english import lexicon
from index.text.languages import ENGLISH

_ORDINAL_POINT = lexicon("languages", __package__).words("ordinal_point")
_ORDINAL = re.compile(r"(?<![\w.,])(?:\d{1,2}|[IVX]{1,5})\.\s*\Z")


def sentence_ends(line: str, language: str) -> list[int]:
    """The characters of a line, which must be without lone surrogates, before which its sentences end; the last is its
    length."""
    ends = _by_sentencex(line, language or ENGLISH)
    if language not in ("", ENGLISH):
        others = set(_by_sentencex(line, ENGLISH))
        ends = [end for end in ends if end in others and not _goes_on(line, end, language)]
    return ends if ends and ends[-1] == len(line) else [*ends, len(line)]


def _by_sentencex(line: str, language: str) -> list[int]:
    return [found["end_index"] for found in get_sentence_boundaries(language, line)]


def _goes_on(line: str, end: int, language: str) -> bool:
    before, after = line[:end].rstrip(), line[end:].lstrip()[:1]
    if not after or not before.endswith("."):
        return False
    return after.islower() or (language in _ORDINAL_POINT and bool(_ORDINAL.search(before[-12:])))
