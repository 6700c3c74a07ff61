"""Which of the ranked sentences are quoted together: none twice, the newest figure, and what the best leans on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.english.corrections import tells_an_earlier_version
from assistant.english.values import values_of
from assistant.extractive.candidates import Candidate
from assistant.extractive.read_features import outlet_of, spelled

_MOST_SENTENCES = 3
_SAME = 0.6  # share of common words from which two sentences say the same
_TIME = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|in \w+ ?\d*|on \w+(?: \w+)?|last \w+)(?: \w+)?"
_LEAD_IN = (
    rf"(?:(?:And|But|So|Then|Now|Yet|However|Instead|Later|Earlier|Still|Also|Meanwhile|{_TIME}|At \w+ \w+),?\s)?"
)
_POINTS = (
    r"(?:(?:he|she|they|his|her|their|its|those|these)\b"
    r"|(?:that|this)(?:\s(?:is|was|will|would|comes|came|has|had|means|meant|makes|made|includes|included)\b|['’]s\b)"
    r"|it\b(?!\s(?:is|was|will be|would be|seems|appears|remains)\s(?:\w+\s){1,2}(?:that|to|for|who|if|whether)\b"
    r"|\s(?:\w+\s)?(?:costs?|takes?|took|rain\w*|snow\w*)\b))"
)
_SHORTEST = 5  # words of a sentence that can tell what is meant
_LEANS = re.compile(rf"[\"“‘']?{_LEAD_IN}{_POINTS}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picked:
    """A sentence with its score, and the words of its best span, "" where it was not read."""

    candidate: Candidate
    score: float
    said: str


def picked_of(parts: Sequence[Sequence[Picked]]) -> list[Candidate]:
    """The best sentence of each part, what it leans on, then the best of all the others, without those that repeat."""
    first = _unlike([p for part in parts for p in part[:1]])
    rest = sorted((p for part in parts for p in part[1:]), key=lambda p: -p.score)
    picked = [p.candidate for p in _unlike([*first, *rest])]
    best, others = picked[: len(first)], picked[len(first) :]
    told_before = [one.before for one in best if one.before and leans_back(one.text, one.before.text)]
    for one in reversed(told_before):
        if one not in best:
            others = [one, *(other for other in others if other != one)]
    return [*best, *others][: max(_MOST_SENTENCES, len(best))]


def updated(one: Picked, ranked: Sequence[Picked]) -> Picked:
    """The newest sentence in which the same outlet tells the same with another figure, or the sentence itself."""
    later = [other for other in ranked if _updates(other.candidate, one.candidate)]
    return max(later, key=lambda other: other.candidate.found.article.published or date.min, default=one)


def in_reading_order(picked: Sequence[Candidate]) -> list[Candidate]:
    """The articles in the order in which they were first picked, each one's sentences as they stand in it."""
    articles = list(dict.fromkeys(c.found.article.id for c in picked))
    return sorted(picked, key=lambda c: (articles.index(c.found.article.id), c.start))


def _unlike(picked: Sequence[Picked]) -> list[Picked]:
    """Without those that repeat a better one, as reprints do, or would answer by the same words."""
    kept: list[Picked] = []
    for one in picked:
        if not any(_repeats(one, other) for other in kept):
            kept.append(one)
    return kept


def _repeats(one: Picked, other: Picked) -> bool:
    """Whether the first would answer by words that the second has, or says the same without another name or number."""
    there = spelled(other.candidate.text)
    if one.said and f" {spelled(one.said)} " in f" {there} ":
        return True
    return _says_the_same(one.candidate, other.candidate) and _facts(one.said) <= set(there.split())


def _facts(words: str) -> set[str]:
    """The names and numbers among them."""
    numbers = " ".join(value.text for value in values_of(words))
    names = " ".join(word for word in words.split() if word[0].isupper())
    return set(spelled(f"{names} {numbers}").split())


def _updates(one: Candidate, other: Candidate) -> bool:
    """Whether the first is a later word of the second's outlet with another figure, or puts the second right."""
    later, earlier = one.found.article.published, other.found.article.published
    is_later = bool(later and earlier and later > earlier)
    differs = bool(one.numbers) and one.numbers != other.numbers
    is_of_it = _says_the_same(one, other) or _corrects(one, other)
    return is_later and differs and outlet_of(one.found) == outlet_of(other.found) and is_of_it


def _corrects(one: Candidate, other: Candidate) -> bool:
    """Whether the sentence before the first says that an earlier version had the second's figure."""
    before = one.before
    return bool(before and tells_an_earlier_version(before.text) and before.numbers & other.numbers)


def _says_the_same(one: Candidate, other: Candidate) -> bool:
    return _overlap(one, other) >= _SAME


def _overlap(one: Candidate, other: Candidate) -> float:
    smaller = min(len(one.vocabulary), len(other.vocabulary)) or 1
    return len(one.vocabulary & other.vocabulary) / smaller


def leans_back(sentence: str, before: str) -> bool:
    """Whether it opens with a word that stands for something told before, by a sentence that can tell it."""
    return bool(_LEANS.match(sentence)) and len(before.split()) >= _SHORTEST and before[-1] in '.!?…"”’)'
