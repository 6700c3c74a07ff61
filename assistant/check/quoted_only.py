"""Where a sentence tells as a fact what its source has within quotation marks only: somebody's words."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.check.evidence import Evidence
from assistant.check.facts import Read
from assistant.check.slots import SAYING
from assistant.check.sources import ReadSource, Source
from assistant.check.words import straight
from assistant.speech.lexicon import ACTS, PARTICIPLES
from assistant.speech.lexicon import SAYING as SAYS
from assistant.speech.quotations import Span, quotations
from assistant.speech.speakers import speaker_of

_MOST = 0.6  # share of the words it has from the source, by weight, that only a quotation has
_ATTRIBUTES = (ACTS - {"put", "puts"}) | PARTICIPLES | SAYS | {"according"}
_SAYS_SOMETHING = re.compile(r"(?:\w+\W+){4}")  # fewer words are a title or a manner of speaking


def only_quoted(said: Read, found: Evidence, sources: Sequence[Source], sources_read: Sequence[ReadSource]) -> str:
    """In whose words alone the source has it, for example "except in words of Ida Brandt"; "" where it is not so.

    A sentence that names a speaker, or quotes, says itself that it is somebody's.
    """
    words = {word.small for word in said.words}
    if '"' in straight(said.text) or not words.isdisjoint(_ATTRIBUTES) or not said.keys.isdisjoint(SAYING):
        return ""
    inside = [_quotations_in(sources[source].text, sources_read[source].spans[at]) for source, at in found.places]
    if not any(inside):
        return ""
    own, quoted = set[str](), set[str]()
    for (source, at), quotations_there in zip(found.places, inside, strict=True):
        start = sources_read[source].spans[at][0]
        for word in sources_read[source].sentences[at].words:
            is_quoted = any(first <= start + word.start < last for first, last in quotations_there)
            (quoted if is_quoted else own).add(word.key)
    weights = found.held * found.weights
    in_quotation = [word.key in quoted - own for word in said.words]
    if not weights.any() or weights @ in_quotation < _MOST * weights.sum():
        return ""
    source, at = next(place for place, quotations_there in zip(found.places, inside, strict=True) if quotations_there)
    name = speaker_of(sources[source].text, *sources_read[source].spans[at]).name
    return f"except in words of {name}" if name else "except in a quotation"


def _quotations_in(text: str, sentence: Span) -> list[Span]:
    start, end = sentence
    return [one for one in _quotations(text) if one[0] < end and start < one[1]]


@lru_cache(maxsize=256)
def _quotations(text: str) -> tuple[Span, ...]:
    return tuple(span for span in quotations(text) if _SAYS_SOMETHING.search(text[slice(*span)]))
