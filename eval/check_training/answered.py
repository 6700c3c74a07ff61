"""Sentences made of questions about who did something, with their answer and with another one of the same text.

"Who suspended the permits?" becomes "Canada suspended the permits.", and "Turkey suspended the permits.", where Turkey
answers another question about the same text, or is a name in it. The questions are people's own words, so what differs
is who did it, and seldom a word. After Demszky et al., "Transforming Question Answering Datasets Into Natural Language
Inference Datasets" (2018), of which only the questions for a subject are taken: there the answer stands in the place
of "who".
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from random import Random

from eval.check.falsified import names_in
from eval.datasets.paragraphs import Asked
from index.text.analysis import words_of

_WHO = re.compile(
    r"(?:who|which (?:country|company|team|party|city|state|group|organi[sz]ation|player|person))\s+(?=\w)", re.I
)
_AUXILIARY = r"is|are|was|were|has|have|had|will|would|can|could|should|may|might|must"
_OF_AN_OBJECT = re.compile(
    rf"(?:do|does|did)\b|(?:{_AUXILIARY}) (?:[A-Z]|(?:he|she|it|they|we|you|i|the|a|an|this|that)\b)"
)
_MOST = 6  # words of an answer


@dataclass(frozen=True, slots=True)
class Answered:
    """`sentence` begins with the answer, which is `said` characters long; `text` bears it out or does not."""

    sentence: str
    text: str
    said: int
    supported: bool


def answered(asked: Sequence[Asked], random: Random) -> Iterator[Answered]:
    """A true and a false sentence of each question for which both can be made."""
    by_text: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        if one.answers and _WHO.match(one.text):
            by_text[one.paragraph.text].append(one)
    for text, together in by_text.items():
        answers = [[text[a:b] for a, b in one.answers] for one in together]
        for one, right in zip(together, answers, strict=True):
            own = {word for answer in right for word in words_of(answer)}
            taken = own | set(words_of(one.text))
            others = ([answer for each in answers for answer in each], names_in(text))
            usable = next(filter(None, ([one for one in each if _fits(one, taken)] for each in others)), [])
            rest = _WHO.sub("", one.text, count=1).rstrip("? .")
            if usable and _fits(right[0], set()) and not _OF_AN_OBJECT.match(rest):
                for answer, supported in ((right[0], True), (random.choice(usable), False)):
                    yield Answered(f"{answer[0].upper()}{answer[1:]} {rest}.", text, len(answer), supported)


def _fits(answer: str, taken: Set[str]) -> bool:
    return 0 < len(answer.split()) <= _MOST and taken.isdisjoint(words_of(answer))
