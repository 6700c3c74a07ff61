"""What was told before and has been put right since: a figure that a later article says replaces it."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product

from assistant.english.corrections import is_correction
from assistant.english.values import values_of
from assistant.extractive.candidates import Candidate, candidates
from index.collection import Collection
from index.search.result import Retrieved

ABOUT_THE_SAME = 0.4  # cosine of what a correction tells and what it puts right

Place = tuple[str, int]
"""A sentence by its article's id and first character."""


def place_of(one: Candidate) -> Place:
    return one.found.article.id, one.start


def corrections_of(sentences: Sequence[Candidate]) -> Mapping[Place, Candidate]:
    """For each sentence behind which stands one that says that this puts right what was told before, that one."""
    return {place_of(one.before): one for one in sentences if one.before and is_correction(one.text)}


def is_put_right(old: Candidate, new: Candidate) -> bool:
    """Whether an earlier article tells another number, or day, than a correction does of the same thing."""
    here, there = old.found.article, new.found.article
    if here.id == there.id or (here.published or date.max) > (there.published or date.min):
        return False
    pairs = product(values_of(old.text), values_of(new.text))
    return any(one.is_of(other) and not one.agrees(other) for one, other in pairs)


def superseded(passages: Sequence[Retrieved], collection: Collection) -> frozenset[Place]:
    """The sentences of these passages that others of them put right."""
    found = candidates(passages)
    behind = corrections_of(found)
    right = [one for one in found if place_of(one) in behind]
    pairs = [(old, new) for new in right for old in found if is_put_right(old, new)]
    if not pairs:
        return frozenset()
    olds, news = (collection.embedder.embed_passages([pair[at].text for pair in pairs]) for at in (0, 1))
    alike = (olds * news).sum(axis=1) >= ABOUT_THE_SAME
    return frozenset(place_of(old) for (old, _), same in zip(pairs, alike, strict=True) if same)
