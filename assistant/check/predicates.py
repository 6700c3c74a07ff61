"""What a sentence says of its subject: its verbs, participles and predicate adjectives, which its source must tell too.

Names and nouns of a sentence may all stand in a source that tells something quite different of them.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.check.evidence import Evidence
from assistant.check.facts import Read
from assistant.check.nearness import cosines
from assistant.check.opposites import are_opposite
from assistant.check.slots import PREPOSITIONS
from assistant.check.sources import ReadSource
from assistant.check.verbs import LIGHT, forms, own_forms, past, phrasal
from assistant.check.words import Word

_NEAR = 0.3  # cosine of words for one deed
_BE = frozenset("is are was were be been being get gets got isn wasn aren weren".split())
_HAVE = frozenset("has have had having 've hasn haven hadn".split())
_MODAL = frozenset("will would can could may might must shall should do does did 'll 'd not n't cannot never".split())
_OPENS_NOUN = frozenset("the a an this these that those its his her their our my your no any some all both".split())
_AUXILIARIES = _BE | _HAVE | _MODAL
_BEFORE_MODIFIER = _OPENS_NOUN | PREPOSITIONS - {"to"}
_SUBJECTS = frozenset("it he she they we i you who which that".split())
_BEFORE_PARTICIPLE = (_OPENS_NOUN | PREPOSITIONS - {"by", "as", "than", "to"} | {"'s"}) - _SUBJECTS
_NOUN_LIKE = ("ion", "ions", "ment", "ments", "al", "als", "ance", "ence", "ure", "ures", "ing", "ings", "th", "sis")
_FARTHEST = 4  # words from an auxiliary to its verb


@dataclass(frozen=True, slots=True)
class Predicates:
    """The places of a sentence's predicates that the evidence tells, in whichever words, and of those that it does not;
    among these the agents of passives. Light verbs, as in "take a walk", are in neither."""

    told: tuple[int, ...]
    untold: tuple[int, ...]


def compared(said: Read, found: Evidence, sources: Sequence[ReadSource]) -> Predicates:
    evidence = _Told(found.sentences, [sources[source].about for source, _ in found.places])
    keys = {at: phrasal(said.words, at) for at in predicates(said)}
    has = {at: evidence.has(said.words[at], key) for at, key in keys.items() if key not in LIGHT}
    agents = [at for at in _agents(said) if not evidence.has_noun(said.words[at])]
    return Predicates(
        tuple(at for at, is_told in has.items() if is_told),
        (*(at for at, is_told in has.items() if not is_told), *agents),
    )


def predicates(read: Read) -> list[int]:
    """The places of the verbs, participles and predicate adjectives, as far as their forms and their places tell."""
    words = read.words
    found = {at for at, word in enumerate(words) if past(word) and _is_plain(read, at) and not _describes(words, at)}
    for at, word in enumerate(words):
        if (verb := _governed(read, at, word.small)) is not None:
            found.add(verb)
    if not found:
        found.update(at for at in range(1, len(words)) if _is_plain(read, at) and _is_present(read, at))
    return sorted(found)


class _Told:
    """The words of the evidence, to look a predicate up in; what few are looked up in is made when it is needed."""

    def __init__(self, evidence: Sequence[Read], about: Sequence[frozenset[str]]) -> None:
        self._evidence = evidence
        self._about = about

    def has(self, word: Word, key: str) -> bool:
        """Whether the deed is told: by the same root, by a word for the same deed, or by one near in meaning."""
        if any(read.vocabulary.has(key) for read in self._evidence) or not self._heads.isdisjoint(forms(key)):
            return True
        if not self._written.isdisjoint(own_forms(key)):
            return True
        near = cosines(word.text, [deed.text for deed in self._deeds])
        return any(
            cosine >= _NEAR and not are_opposite(word.key, deed.key)
            for cosine, deed in zip(near, self._deeds, strict=True)
        )

    def has_noun(self, word: Word) -> bool:
        return any(read.vocabulary.nearness([word])[0] > 0 for read in self._evidence)

    @cached_property
    def _written(self) -> frozenset[str]:
        return _own_forms(frozenset[str]().union(*(read.keys for read in self._evidence), *self._about))

    @cached_property
    def _heads(self) -> frozenset[str]:
        """Of the words that do not only describe another, and of verbs with their particles."""
        places = [(read, at) for read in self._evidence for at in range(len(read.words))]
        joined = {key for read, at in places if (key := phrasal(read.words, at)) != read.words[at].key}
        return _own_forms(joined.union(read.words[at].key for read, at in places if not _is_modifier(read.words, at)))

    @cached_property
    def _deeds(self) -> list[Word]:
        """The words that may tell a deed: predicates, and nouns made of verbs."""
        places = [(read, frozenset(predicates(read))) for read in self._evidence]
        return [
            word
            for read, found in places
            for at, word in enumerate(read.words)
            if at in found or (word.is_content and word.small.endswith(_NOUN_LIKE))
        ]


def _own_forms(keys: Collection[str]) -> frozenset[str]:
    return frozenset(form for key in keys for form in own_forms(key))


def _is_modifier(words: Sequence[Word], at: int) -> bool:
    """Whether a word only describes the noun after it: no fire is told of by "the fire brigade"."""
    word, following = words[at], words[at + 1] if at + 1 < len(words) else None
    if following is None or word.ends or past(word) or past(following):
        return False
    if not following.is_content or following.is_capital or following.text.endswith("ly"):
        return False
    before = at - 1
    while before >= 0 and words[before].is_content and not words[before].ends:
        before -= 1
    return before < 0 or words[before].ends or words[before].small in _BEFORE_MODIFIER


def _is_plain(read: Read, at: int) -> bool:
    """Whether it may be a verb: no name, number or adverb, and no part of a compound."""
    word = read.words[at]
    if not word.is_content or at in read.of_facts or word.small.endswith("ly") or (word.is_capital and at):
        return False
    return "-" not in (read.text[word.start - 1 : word.start], read.text[word.end : word.end + 1])


def _describes(words: Sequence[Word], at: int) -> bool:
    """Whether a participle stands before its noun: "the alleged use", "in newly opened halls"."""
    before = at - 1
    while before >= 0 and words[before].is_content and words[before].text.endswith("ly"):
        before -= 1
    if before < 0 or words[before].ends:
        return before < 0
    return words[before].small in _BEFORE_PARTICIPLE


def _governed(read: Read, at: int, small: str) -> int | None:
    """The place of the word that an auxiliary, a copula or "to" governs."""
    words = read.words
    if small not in _AUXILIARIES and small != "to":
        return None
    for place in range(at + 1, min(at + 1 + _FARTHEST, len(words))):
        if words[place - 1].ends and place > at + 1:
            return None
        low = words[place].small
        if words[place].is_content and low.endswith("ly"):
            continue
        if words[place].is_content:
            return place if _is_plain(read, place) and _fits(words, place, small) else None
        if low in _OPENS_NOUN or low in PREPOSITIONS or low in _AUXILIARIES:
            return None  # what follows another auxiliary is found there
    return None


def _fits(words: Sequence[Word], at: int, governor: str) -> bool:
    if governor in _HAVE:
        return past(words[at])
    if governor == "to":
        return not words[at].text.endswith("s") and _opens_object(words, at + 1)
    return True


def _is_present(read: Read, at: int) -> bool:
    """Whether a word looks like a verb of the present: "the ministry violates the", "experts fear the"."""
    words = read.words
    before, small = words[at - 1], words[at].small
    if before.ends or not (before.is_content or before.small in _SUBJECTS):
        return False
    if small.endswith("s") and not small.endswith(("ss", "us", "is")):
        return not before.text.endswith("s") and _opens_object(words, at + 1)
    return before.text.endswith("s") and at + 1 < len(words) and words[at + 1].small in _OPENS_NOUN


def _opens_object(words: Sequence[Word], at: int) -> bool:
    """Whether an object, an adverbial or nothing begins here."""
    if at >= len(words) or words[at - 1].ends:
        return True
    return not words[at].is_content or words[at].is_capital or words[at].text[0].isdigit()


def _agents(said: Read) -> Iterator[int]:
    """The nouns for who did it: by the "king"."""
    words = said.words
    for at, word in enumerate(words[:-1]):
        if word.small != "by" or not at or not past(words[at - 1]):
            continue
        noun = None
        for place in range(at + 1, len(words)):
            if place > at + 1 and (words[place - 1].ends or not (words[place].is_content or noun is None)):
                break
            if words[place].is_content:
                noun = place
        if noun is not None and _is_plain(said, noun) and not words[noun].text.endswith("ing"):
            yield noun
