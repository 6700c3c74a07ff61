"""Sentences that the check learns from, each made by a rule from what people wrote: three kinds.

- turned: a sentence keeps its names and numbers, and what it says of them is turned: who did it, what, and how surely.
  A network that only looks for words which its text lacks passes these. Verbs are those of the texts themselves.
- answered: "Who suspended the permits?" becomes "Canada suspended the permits.", and "Turkey suspended the permits.",
  where Turkey answers another question about the same text, or is a name in it. The questions are people's own words,
  so what differs is who did it, and seldom a word. After Demszky et al., "Transforming Question Answering Datasets Into
  Natural Language Inference Datasets" (2018), of which only the questions for a subject are taken: there the answer
  stands in the place of "who".
- published: a model that quotes an article says "The Herald reported that …", which only what stands over an article
  bears out. So texts get a heading made of names that other texts have, and their clauses are said to be published by
  that outlet, or by another one, by another author, on another day.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from assistant.check import Source
from assistant.extractive.word_vectors import word_vectors
from eval.check.falsified import KINDS, Material, names_in
from eval.datasets.paragraphs import Asked
from index.english import lexicon
from index.text.analysis import words_of

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


# Answered

_WHO = re.compile(
    r"(?:who|which (?:country|company|team|party|city|state|group|organi[sz]ation|player|person))\s+(?=\w)", re.I
)
_AUXILIARIES = r"is|are|was|were|has|have|had|will|would|can|could|should|may|might|must"
_OF_AN_OBJECT = re.compile(
    rf"(?:do|does|did)\b|(?:{_AUXILIARIES}) (?:[A-Z]|(?:he|she|it|they|we|you|i|the|a|an|this|that)\b)"
)
_LONGEST_ANSWER = 6  # words of an answer


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
    return 0 < len(answer.split()) <= _LONGEST_ANSWER and taken.isdisjoint(words_of(answer))


# Published

_FIRST, _DAYS, _NEAR = date(2015, 1, 1), 4000, 60
_AUTHORED, _DATED, _TOLD = 0.6, 0.9, 0.3  # shares of the headings with an author and a day, and of the forms with one
_NAMED = range(2, 5)  # words of a name
_BY_OUTLET, _BY_AUTHOR = map(lexicon("published", __package__).listed, ("outlet", "author"))


class Names:
    """Organisations and persons of the texts before, of which headings are made."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {"ORG": [], "PERSON": []}

    def learn(self, document: Any) -> None:
        """Takes the names of a parsed text."""
        for one in document.ents:
            words = one.text.split()
            if one.label_ in self._names and len(words) in _NAMED and "".join(words).isalpha():
                self._names[one.label_].append(" ".join(words))

    def source(self, text: str, random: Random) -> Source:
        """The text under a heading with an outlet, mostly with a day and an author."""
        day = _FIRST + timedelta(random.randrange(_DAYS)) if random.random() < _DATED else None
        author = self._other("PERSON", text, random) if random.random() < _AUTHORED else ""
        return Source(text, day, outlet=self._other("ORG", text, random), author=author)

    def published(self, clause: str, supported: bool, source: Source, random: Random) -> Iterator[tuple[str, bool]]:
        """The clause, said to be published as the heading has it; one that is borne out as it has not, too."""
        if not source.outlet:
            return
        form = random.choice((*_BY_OUTLET, *_BY_AUTHOR) if source.author else _BY_OUTLET)
        told = source if "{day}" in form and random.random() < _TOLD else replace(source, published=None)
        yield _in_form(form, clause, told), supported
        seen = f"{source.text} {source.heading}"
        others = [replace(told, outlet=self._other("ORG", seen, random))]
        if form in _BY_AUTHOR:
            others.append(replace(told, author=self._other("PERSON", seen, random)))
        if told.published:
            others.append(replace(told, published=told.published + timedelta(random.randrange(1, _NEAR))))
        other = random.choice(others)
        if supported and other.outlet and (other.author or form not in _BY_AUTHOR):
            yield _in_form(form, clause, other), False

    def _other(self, kind: str, text: str, random: Random) -> str:
        """A name that the text has no word of; "" where none was drawn."""
        words = set(text.split())
        drawn = random.sample(self._names[kind], min(_TRIES, len(self._names[kind])))
        return next((name for name in drawn if words.isdisjoint(name.split())), "")


def _in_form(form: str, clause: str, told: Source) -> str:
    day = f" on {told.published.day} {told.published:%B %Y}" if told.published else ""
    sentence = form.format(outlet=told.outlet, author=told.author, day=day, clause=clause)
    return f"{sentence[0].upper()}{sentence[1:]}"
