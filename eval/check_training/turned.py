"""Changes that leave a sentence's names and numbers and turn what it says of them: who did it, what, and how surely.

A network that only looks for words which its text lacks passes these. Verbs are those of the texts themselves.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random

from assistant.extractive.word_vectors import word_vectors
from eval.check.falsified import KINDS, Material

_DONE = re.compile(r"\b(?:[A-Z][\w’'-]*[a-z]|[Hh]e|[Ss]he|[Tt]hey|[Ii]t|who|which) (?:has |have |had )?([a-z]{3,}ed)\b")
_TO_DO = re.compile(
    r"\b(?:may|might|could|(?:plan|hope|want|intend|aim|threaten|offer|promise|vow)(?:s|ed|d|ned)?(?= to)"
    r"|(?:is|are|was|were) (?:expected|likely|set|due|asked|told)(?= to))(?: to)? ([a-z]{3,})\b"
)
_MAY = re.compile(r"\b(?:may|might|could)\b(?! (?:not|have|also have)\b)(?= [a-z])")
_FEWEST = 5  # times that a verb is met
_UNLIKE = 0.35  # cosine, from which another verb may mean the same
_TRIES = 6
_KINDS = ("two names exchanged", "speaker", "opposite")


class Verbs:
    """Verbs in the past that stand after a name or a pronoun in some texts, and the forms that they have after "to"."""

    def __init__(self, texts: Iterable[str]) -> None:
        texts = list(texts)
        counts = Counter(verb for text in texts for verb in _DONE.findall(text))
        self._verbs = [verb for verb, count in counts.items() if count >= _FEWEST]
        self._counts = [counts[verb] for verb in self._verbs]
        after_to = set(re.findall(r"\bto ([a-z]{3,})\b", " ".join(texts)))
        self.past: Mapping[str, str] = {
            base: verb for verb in self._verbs for base in (verb[:-3], verb[:-2], verb[:-1]) if base in after_to
        }

    def other(self, verb: str, random: Random) -> str:
        """Another one, which does not mean the same; "" where none was drawn."""
        if not self._verbs:
            return ""
        drawn = [one for one in random.choices(self._verbs, self._counts, k=_TRIES) if one != verb]
        vectors = word_vectors().of([verb, *drawn])
        return next((one for one, near in zip(drawn, vectors[1:] @ vectors[0], strict=True) if near < _UNLIKE), "")


def turned(sentence: str, material: Material, verbs: Verbs, random: Random) -> list[str]:
    """The sentence turned in each way that it allows, in random order; denied last, as nearly all can be."""
    ways: Sequence[Callable[[], str]] = [
        *(lambda kind=kind: KINDS[kind](sentence, material, random) for kind in _KINDS),
        lambda: _another_verb(sentence, verbs, random),
        lambda: _done(sentence, verbs),
        lambda: _MAY.sub("will", sentence, count=1),
    ]
    found = [way() for way in ways]
    random.shuffle(found)
    return [one for one in (*found, KINDS["negation"](sentence, material, random)) if one and one != sentence]


def _another_verb(sentence: str, verbs: Verbs, random: Random) -> str:
    places = list(_DONE.finditer(sentence))
    if not places:
        return ""
    place = random.choice(places)
    other = verbs.other(place[1], random)
    return sentence[: place.start(1)] + other + sentence[place.end(1) :] if other else ""


def _done(sentence: str, verbs: Verbs) -> str:
    """What is planned or may come is told as done."""
    for place in _TO_DO.finditer(sentence):
        if past := verbs.past.get(place[1]):
            return sentence[: place.start()] + past + sentence[place.end() :]
    return ""
