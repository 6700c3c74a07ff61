"""Questions that their paragraph no longer answers: a name, a number or a word in the question is exchanged.

After the kinds of unanswerable questions that people wrote for SQuAD 2.0 (Rajpurkar et al. 2018: entity swap, antonym,
negation, mutual exclusion).
"""

import random
import re

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
_THING, _OPPOSED = "name or number", "opposite"
_SHARES = {_THING: 0.7, _OPPOSED: 0.3}  # of the questions that are changed, where each is possible
_NEGATED = 0.15  # share of the questions without anything to exchange that are negated


def swapped(question: str, text: str, elsewhere: str, answers: list[str], chance: random.Random) -> str | None:
    """The question with one thing exchanged for another of its kind; None where nothing can be exchanged.

    A name or a number is exchanged for one of the text, or else of `elsewhere`; a word for its opposite.
    """
    ways = {
        _THING: [
            way for pattern in (_NAME, _NUMBER) for way in _exchanges(pattern, question, text, elsewhere, answers)
        ],
        _OPPOSED: [_put(question, match, _OTHER[match[0]]) for match in _OPPOSITE.finditer(question)],
    }
    possible = [kind for kind, found in ways.items() if found]
    if possible:
        (kind,) = chance.choices(possible, [_SHARES[kind] for kind in possible])
        return chance.choice(ways[kind])
    verb = _VERB.search(question)
    if verb and " not " not in question and chance.random() < _NEGATED:
        return question[: verb.end()] + " not" + question[verb.end() :]
    return None


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
