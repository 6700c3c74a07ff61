"""Where a clause of a sentence ends, and which of its words are finite verbs."""

import re
from itertools import pairwise

from assistant.short.words import past, words_in
from assistant.speech.lexicon import ACTS, BE, DETERMINERS, FINDS, HAVE, SAYING
from assistant.speech.quotations import quotations

Span = tuple[int, int]

_MODALS = frozenset("will would can could may might must shall should do does did".split())
_AUXILIARIES = (BE - {"be", "been", "being", "get"}) | (HAVE - {"have"}) | _MODALS
_PRESENT = frozenset(word for word in SAYING | ACTS | FINDS if word.endswith("s")) | {"say", "said", "told", "means"}
_BEFORE_PARTICIPLE = BE | HAVE | _MODALS | {"not", "n't", "by"}
_INSERTED = re.compile(r",[^,;:]{2,30},")  # because, they say, ...
_MARK = re.compile(r"[;:](?=\s)|\s[–—-]+\s|[–—]|,(?=[\s\"”])|[”»\"]|\s(?=according to\b)|[.!?…]+[\"”»)]*$")


def finite_verbs(text: str) -> list[Span]:
    """The verbs that tell something of a subject, as far as their forms tell, auxiliaries among them."""
    words = words_in(text)
    found = []
    for before, word in pairwise((None, *words)):
        assert word is not None
        small, last = word.low, before.low if before else ""
        if (
            small in _AUXILIARIES
            or small in _PRESENT
            or (past(word) and not word.text[0].isupper() and last not in DETERMINERS)
        ):
            found.append((word.start, word.end))
    return found


def main_verb(text: str, start: int, end: int) -> int:
    """Where, between these characters, the last verb begins that may tell of what the sentence opens with; else -1."""
    words = [word for word in words_in(text) if start <= word.start and word.end <= end]
    verbs = {verb[0] for verb in finite_verbs(text[:end])}
    places = [
        word.start for before, word in pairwise(words) if word.start in verbs and before.low not in _BEFORE_PARTICIPLE
    ]
    return places[-1] if len(places) > 1 or (places and len(verbs) > 1) else -1


def clause_end(text: str, start: int) -> int:
    """Where the clause ends that begins at `start`: at a comma that opens no further item of a list, a semicolon, a
    dash, the quotation's closing mark or the sentence's end. A quotation within the clause is part of it."""
    quoted = quotations(text)
    around = [(a, b) for a, b in quoted if a < start < b]
    stop = min((b for _, b in around), default=len(text))
    inserted = _INSERTED.match(text, start)
    for mark in _MARK.finditer(text, inserted.end() if inserted else start, stop):
        if any(start <= a and a <= mark.start() < b for a, b in quoted):
            continue
        if mark[0] != "," or not _lists_on(text, mark.end(), stop):
            return mark.start()
    return stop


def _lists_on(text: str, start: int, stop: int) -> bool:
    """Whether what follows a comma is a further item, and not another clause."""
    items = re.split(r",\s|;\s|\s[–—-]\s|[–—]", text[start:stop])
    for item in items[:3]:
        if finite_verbs(item):
            return False
        if re.search(r"(?:^|\s)(?:and|or)\s", item):
            return True
    return False
