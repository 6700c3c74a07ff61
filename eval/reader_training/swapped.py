"""Questions that their paragraph no longer answers: a name, a number or a word in the question is exchanged.

After the kinds of unanswerable questions that people wrote for SQuAD 2.0 (Rajpurkar et al. 2018: entity swap, antonym,
negation, mutual exclusion).
"""

import random
import re
from collections.abc import Callable, Sequence

Like = Callable[[str], Sequence[str]]
"""Gives words of a word's kind that mean something else."""

_NAME = re.compile(r"(?<![.!?]\s)(?!\A)\b[A-Z][\w’'-]+(?:\s(?:of\s|the\s|de\s)?[A-Z][\w’'-]+)*")
_NUMBER = re.compile(r"\b\d(?:[\d,.]*\d)?\b")
_OPPOSITES = [
    ("first", "last"), ("most", "least"), ("more", "less"), ("before", "after"), ("highest", "lowest"),
    ("largest", "smallest"), ("oldest", "youngest"), ("best", "worst"), ("biggest", "smallest"), ("good", "bad"),
    ("increase", "decrease"), ("increased", "decreased"), ("early", "late"), ("longest", "shortest"),
    ("beginning", "end"), ("north", "south"), ("east", "west"), ("northern", "southern"), ("eastern", "western"),
    ("win", "lose"), ("won", "lost"), ("open", "close"), ("opened", "closed"), ("above", "below"), ("buy", "sell"),
    ("gained", "lost"), ("old", "new"), ("always", "never"), ("male", "female"),
    ("under", "over"), ("higher", "lower"), ("larger", "smaller"), ("positive", "negative"),
]  # fmt: skip
_OTHER = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])}
_OPPOSITE = re.compile(rf"\b(?:{'|'.join(_OTHER)})\b")
_VERB = re.compile(r"\b(?:is|are|was|were|did|does|do|can|could|will|would|should|has|have|had)\b")
_LOWER = re.compile(r"\b[a-z]{3,}\b")
_THING, _OPPOSED, _LIKE = "name or number", "opposite", "like word"
_SHARES = {_THING: 0.45, _OPPOSED: 0.2, _LIKE: 0.35}  # of the questions that are changed, where each is possible
_NEGATED = 0.15  # share of the questions without anything to exchange that are negated


def swapped(
    question: str, text: str, elsewhere: str, answers: list[str], siblings: Like, chance: random.Random
) -> str | None:
    """The question with one thing exchanged for another of its kind; None where nothing can be exchanged.

    A name or a number is exchanged for one of the text, or else of `elsewhere`; a word that stands in the text for its
    opposite, or for one like it.
    """
    ways = {
        _THING: [
            way for pattern in (_NAME, _NUMBER) for way in _exchanges(pattern, question, text, elsewhere, answers)
        ],
        _OPPOSED: [_put(question, match, _OTHER[match[0]]) for match in _OPPOSITE.finditer(question)],
        _LIKE: _likes(question, text, answers, siblings, chance),
    }
    possible = [kind for kind, found in ways.items() if found]
    if possible:
        (kind,) = chance.choices(possible, [_SHARES[kind] for kind in possible])
        return chance.choice(ways[kind])
    verb = _VERB.search(question)
    if verb and " not " not in question and chance.random() < _NEGATED:
        return question[: verb.end()] + " not" + question[verb.end() :]
    return None


def _likes(question: str, text: str, answers: list[str], siblings: Like, chance: random.Random) -> list[str]:
    """The question with each word that it shares with the text exchanged for another, of the text if it can be."""
    said, told = _words(question), _words(text)
    answered = {word for answer in answers for word in _words(answer)}
    found = []
    for match in _LOWER.finditer(question):
        others = [one for one in siblings(match[0]) if one not in said | answered] if match[0] in told else []
        if others:
            near = [one for one in others if one in told]
            found.append(_put(question, match, chance.choice(near or others)))
    return found


def _put(question: str, match: re.Match[str], other: str) -> str:
    return question[: match.start()] + other + question[match.end() :]


def _exchanges(pattern: re.Pattern[str], question: str, text: str, elsewhere: str, answers: list[str]) -> list[str]:
    said = question.lower()
    found = []
    for match in pattern.finditer(question):
        kind = _kind(match[0])
        for source in (text, elsewhere):
            others = dict.fromkeys(one for one in pattern.findall(source) if _kind(one) == kind)
            usable = [one for one in others if not _shares(one, said) and not any(_shares(one, a) for a in answers)]
            if usable:
                found += [_put(question, match, one) for one in usable]
                break
    return found


def _kind(thing: str) -> tuple[bool, int]:
    """Numbers: how long. Names: one word, or several."""
    number = thing[0].isdigit()
    return number, len(thing) if number else min(len(thing.split()), 2)


def _shares(thing: str, text: str) -> bool:
    return not _words(thing).isdisjoint(_words(text))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
