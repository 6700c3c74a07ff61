"""Where a sentence denies what its source says, says what that denies, or says the opposite."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.check.evidence import Evidence
from assistant.check.facts import Read
from assistant.check.opposites import are_opposite, opposites_of
from assistant.check.sources import ReadSource
from assistant.check.words import Word

_LIKE = 0.7  # share of a sentence from which the source's opposite word stands for its own


def contradictions(said: Read, found: Evidence, sources: Sequence[ReadSource]) -> list[int]:
    """The places of the sentence's words that say the contrary of the evidence."""
    return sorted({*_denials(said, found.sentences, sources), *_opposites(said, found.sentences, found.nearness)})


def _denials(said: Read, evidence: Sequence[Read], sources: Sequence[ReadSource]) -> Iterator[int]:
    """What one denies and the other tells: of the word that is denied, and of that with the one after it."""
    own_scopes = _scopes(said)
    source_scopes = [scope for read in evidence for _, scope in _scopes(read)]
    if not own_scopes and not source_scopes:
        return
    own, source = _told(said), frozenset[Term]().union(*map(_told, evidence))
    source_denied = {term for scope in source_scopes for term in scope}
    for at, scope in own_scopes:
        if scope and any(
            scope == other for source in sources for read in source.sentences for _, other in _scopes(read)
        ):
            continue
        if not scope and not source_scopes:
            yield at
        elif scope and source_denied.isdisjoint(scope) and not _opposed(scope, source):
            if any(read.vocabulary.has_like(scope[0][0]) for read in evidence):
                yield at
        elif scope and scope[-1] in source and scope[-1] not in source_denied:
            yield at
    own_denied = {term for _, scope in own_scopes for term in scope}
    for scope in source_scopes:
        told = [term for term in (*scope[:1], *scope[2:]) if term in own and term not in source]
        if told and own_denied.isdisjoint(scope) and not _opposed(scope, own):
            yield next(at for at, word in enumerate(said.words) if word.key == told[0][0])


Term = tuple[str, ...]
"""A key, or two that follow each other."""


def _scopes(read: Read) -> list[tuple[int, tuple[Term, ...]]]:
    """The place of each denial with the terms that it denies: its first word, its second, and both."""
    found = []
    for at, places in read.denials:
        keys = tuple(read.words[place].key for place in places)
        found.append((at, (*((key,) for key in keys), *([keys] if len(keys) > 1 else []))))
    return found


def _told(read: Read) -> frozenset[Term]:
    """The terms of a sentence that nothing denies."""
    hidden = {place for _, places in read.denials for place in places}
    content = [(at, word.key) for at, word in enumerate(read.words) if word.is_content]
    pairs = [(key, other) for (at, key), (_, other) in pairwise(content) if at not in hidden]
    return frozenset([*((key,) for at, key in content if at not in hidden), *pairs])


def _opposed(scope: Sequence[Term], told: frozenset[Term]) -> bool:
    keys = [term[0] for term in scope if len(term) == 1]
    return any(are_opposite(key, other[0]) for key in keys for other in told if len(other) == 1)


def _opposites(said: Read, evidence: Sequence[Read], nearness: float) -> Iterator[int]:
    own_denied = {place for _, scope in said.denials for place in scope}
    cues = {said.words[at].key for at, _ in said.denials}
    told = frozenset[str]().union(*(read.keys for read in evidence))
    for at, word in enumerate(said.words):
        against = opposites_of(word.key)
        if against.isdisjoint(told):
            continue
        around = _neighbours(said.words, at)
        in_source = [(read, place) for read in evidence for place, _ in enumerate(read.words)]
        same = [(read, place) for read, place in in_source if read.words[place].key == word.key]
        if any(_neighbours(read.words, place) & around for read, place in same):
            continue
        for read, place in in_source:
            other = read.words[place]
            if other.key not in against:
                continue
            in_place = bool(_neighbours(read.words, place) & around)
            is_alone = word.is_content and nearness >= _LIKE and other.key not in said.keys and not same
            denials = read.denials
            is_denied = any(place in scope for _, scope in denials)
            same_cues = cues == {read.words[cue].key for cue, _ in denials}
            if (in_place or is_alone) and ((at in own_denied) == is_denied or same_cues):
                yield at


def _neighbours(words: Sequence[Word], at: int) -> set[tuple[bool, str]]:
    before = next((word.key for word in reversed(words[:at]) if word.is_content), "")
    after = next((word.key for word in words[at + 1 :] if word.is_content), "")
    return {(True, before), (False, after)} - {(True, ""), (False, "")}
