"""Which names, numbers and days of a sentence its source does not bear out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.check.days import Day
from assistant.check.evidence import Evidence
from assistant.check.facts import Fact, Read
from assistant.check.names import Name
from assistant.check.numbers import Amount
from assistant.check.roles import exchanged
from assistant.check.slots import SAYING, SPEAKER, Slot, one_of
from assistant.check.sources import ReadSource

_MOST = 4  # sentences of evidence
_BEFORE = 3  # sentences in which the one may be named who is "she" in the evidence
_DEFINITE = {"the", "his", "her", "their", "its", "this", "that", "these", "those"}
_PRONOUNS = {"him", "them", "it", "me", "us", "you", "whom", "which"}


def doubtful_facts(
    said: Read, found: Evidence, sources: Sequence[ReadSource], published: date | None
) -> Iterator[Fact]:
    """The facts that stand in another's place in the evidence, or that are not told.

    A number or a day must stand in the evidence. A name may stand shortly before it, where the evidence says "she".
    """
    beside = [fact for read in found.sentences for fact in read.facts]
    inverted = exchanged(said, found.sentences)
    for fact in said.facts:
        agreeing = [other for other in beside if fact.agrees(other)]
        in_place = any(fact.shares_place(other) for other in agreeing)
        rivals = [other for other in beside if fact.rivals(other)]
        framed = any(map(fact.shares_frame, rivals)) and not any(map(fact.shares_side, agreeing))
        if fact in inverted or framed or (rivals and not in_place):
            yield fact
        elif isinstance(fact.value, Name):
            if not _is_known(fact.value, found, sources) or (not agreeing and _stands_for_noun(fact, found)):
                yield fact
        elif not agreeing and not _is_told_nearby(fact, beside, sources, published):
            yield fact


def with_facts(said: Read, found: Evidence, sources: Sequence[ReadSource]) -> Evidence:
    """The evidence with the sentences that tell a fact it lacks, in the place where the sentence tells it.

    The words of a fact that the evidence tells in other words, such as a date by its weekday, are held.
    """
    held = found.held.copy()
    for fact in said.facts:
        if not any(fact.agrees(other) for read in found.sentences for other in read.facts):
            telling = _telling(fact, sources)
            if not telling or len(found.places) == _MOST:
                continue
            i, j = telling
            found = replace(
                found, places=(*found.places, (i, j)), sentences=(*found.sentences, sources[i].sentences[j])
            )
        if not isinstance(fact.value, Name):
            held[fact.first : fact.last] = 1
    return replace(found, held=held)


def _telling(fact: Fact, sources: Sequence[ReadSource]) -> tuple[int, int] | None:
    """The source and the sentence that tell a fact in its place."""
    for i, source in enumerate(sources):
        for j, read in enumerate(source.sentences):
            if read.may_tell(fact) and any(fact.shares_place(other) and fact.agrees(other) for other in read.facts):
                return i, j
    return None


def _is_known(name: Name, found: Evidence, sources: Sequence[ReadSource]) -> bool:
    """Whether its words stand in the evidence, shortly before it or in the title and the like; several together."""
    near = [
        read.keys for source, at in found.places for read in sources[source].sentences[max(0, at - _BEFORE) : at + 1]
    ]
    near += [source.about for source in sources]
    around = frozenset[str]().union(*near)
    if name.is_all_in(around):
        together = [read.keys for source in sources for read in source.sentences]
        together += [source.about for source in sources]
        return len(name.keys) == 1 or any(map(name.is_all_in, together))
    return len(name.keys) == 1 and any(
        isinstance(other.value, Name) and name.agrees(other.value) for other in _all(sources)
    )


def _stands_for_noun(fact: Fact, found: Evidence) -> bool:
    """Whether the evidence has a common noun in the place of a name, and not one that may mean it: "experts said"."""
    return any(
        _has_noun_before(read, slot) if slot.before else _has_noun_after(read, slot)
        for slot in fact.slots
        for read in found.sentences
    )


def _has_noun_before(read: Read, slot: Slot) -> bool:
    for at, word in enumerate(read.words[1:], 1):
        is_there = one_of(word.key) == slot.key or (slot == SPEAKER and word.key in SAYING)
        noun = read.words[at - 1]
        is_common = noun.is_content and not noun.text.endswith("ly") and at - 1 not in read.of_facts
        is_definite = at > 1 and read.words[at - 2].small in _DEFINITE
        if is_there and is_common and not is_definite and not noun.ends:
            return True
    return False


def _has_noun_after(read: Read, slot: Slot) -> bool:
    """Of a slot with a preposition: "a friend of one of them"."""
    for at, word in enumerate(read.words[:-2] if slot.preposition else ()):
        if one_of(word.key) == slot.key and read.words[at + 1].text == slot.preposition:
            following = read.words[at + 2]
            if not following.is_capital and following.text not in _DEFINITE | _PRONOUNS:
                return True
    return False


def _is_told_nearby(fact: Fact, beside: Sequence[Fact], sources: Sequence[ReadSource], published: date | None) -> bool:
    """Whether the source tells it elsewhere, and the evidence nothing of the kind; or a day is that of publication."""
    if isinstance(fact.value, Amount) and fact.value.unit == "ordinal":
        return not any(isinstance(other.value, Amount) and other.value.unit == "ordinal" for other in beside)
    if any(type(other.value) is type(fact.value) for other in beside):
        return False
    if not isinstance(fact.value, Day):
        return False
    is_of_all = published and any(days.first <= published <= days.last for days in fact.value.may_be)
    return bool(is_of_all) or any(fact.agrees(other) for other in _all(sources))


def _all(sources: Sequence[ReadSource]) -> Iterator[Fact]:
    return (fact for source in sources for read in source.sentences for fact in read.facts)
