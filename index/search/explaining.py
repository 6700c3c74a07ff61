"""Why search found a passage: its score, part by part, and its words, one by one."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from index.search.result import Retrieved
from index.text.analysis import words_of
from index.text.decoding import storable
from index.times import TimeExpression

_SATURATION = 1.2  # BM25's k1
_WORD = re.compile(r"\w+")
_AROUND = re.compile(r"\A[\W_]+|[\W_]+\Z")


@dataclass(frozen=True, slots=True)
class MatchedWord:
    """A word of the query as it was asked, its forms in the passage or its title, and its share of the words' part."""

    asked: str
    forms: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """A passage's score as the sum of its `parts`, and what they rest on.

    The shares of `words` and `unexplained` add up to the words' part: it is unexplained where the passage has no word
    of the query, but one that stands for it. `missing` are the query's words that the passage does not have. `days`
    are those from publication to the day of asking. What is unknown is None.
    """

    score: float
    parts: Mapping[str, float]
    words: tuple[MatchedWord, ...]
    unexplained: float
    missing: tuple[str, ...]
    cosine: float | None
    days: int | None
    time: TimeExpression | None

    def to_json(self) -> dict[str, Any]:
        """As plain data, the field `explain` of `byline search --json --explain`; score and parts stand beside it."""
        return {
            "words": [{"asked": one.asked, "forms": list(one.forms), "share": one.share} for one in self.words],
            "unexplained": self.unexplained,
            "missing": list(self.missing),
            "cosine": self.cosine,
            "days": self.days,
            "time": _time_json(self.time) if self.time else None,
        }


def explain(
    query: str,
    found: Sequence[Retrieved],
    frequencies: Mapping[str, int],
    total: int,
    as_of: date,
    time: TimeExpression | None = None,
) -> list[Explanation]:
    """One explanation for each passage found. `frequencies` are of the query's stems among the `total` passages.

    The word index tells one sum for all words; it is divided among those that the passage has as BM25 weighs them,
    but for the length of the passage:

        share ~ ln(1 + (total - n + 0.5) / (n + 0.5)) · 2.2 · f / (f + 1.2)

    where n passages have the word, and this one f times.
    """
    query = storable(query)
    asked = {stem: forms[0] for stem, forms in _forms(query).items()}
    rarities = {stem: _rarity(frequencies.get(stem, 0), total) for stem in asked}
    return [_explained(one, asked, rarities, as_of, time) for one in found]


def explain_merged(
    shown: Sequence[Retrieved], found: Sequence[Retrieved], explanations: Sequence[Explanation]
) -> list[Explanation]:
    """For each merged passage the explanation of the best in it, whose score it has; only what all miss is missing."""
    by_article: dict[str, list[tuple[Retrieved, Explanation]]] = {}
    for one, explanation in zip(found, explanations, strict=True):
        by_article.setdefault(one.passage.article_id, []).append((one, explanation))
    return [_of_merged(one, by_article[one.passage.article_id]) for one in shown]


def _of_merged(shown: Retrieved, of_article: Sequence[tuple[Retrieved, Explanation]]) -> Explanation:
    start, end = shown.passage.start, shown.passage.end
    inside = [why for one, why in of_article if start <= one.passage.start and one.passage.end <= end]
    best = inside[0]
    return replace(best, missing=tuple(word for word in best.missing if all(word in why.missing for why in inside)))


def _explained(
    one: Retrieved,
    asked: Mapping[str, str],
    rarities: Mapping[str, float],
    as_of: date,
    time: TimeExpression | None,
) -> Explanation:
    text = f"{one.article.title}\n{one.passage.text}"  # as it is indexed
    counts, forms = Counter(words_of(text)), _forms(text)
    weights = {
        stem: rarities[stem] * (_SATURATION + 1) * counts[stem] / (counts[stem] + _SATURATION)
        for stem in asked
        if stem in forms
    }
    whole, part = sum(weights.values()), one.parts.get("words", 0.0)
    words = [MatchedWord(asked[stem], forms[stem], part * weight / whole) for stem, weight in weights.items()]
    published = one.article.published
    return Explanation(
        score=one.score,
        parts=one.parts,
        words=tuple(sorted(words, key=lambda word: -word.share)),
        unexplained=0.0 if words else part,
        missing=tuple(word for stem, word in asked.items() if stem not in forms),
        cosine=one.signals.cosine if "vectors" in one.parts else None,
        days=(as_of - published).days if published else None,
        time=time,
    )


def _rarity(count: int, total: int) -> float:
    return max(0.01, math.log(1 + max(0.0, total - count + 0.5) / (count + 0.5)))


def _forms(text: str) -> dict[str, tuple[str, ...]]:
    """For each stem of a text the forms in which it is written there, each once whatever its capitals."""
    stems = dict.fromkeys(words_of(text))
    forms: dict[str, dict[str, str]] = {stem: {} for stem in stems}
    for stem, written in _written(text):
        if stem in forms:  # what is a word alone may be none where it stands
            forms[stem].setdefault(written.casefold(), written)
    return {stem: tuple(found.values()) or (stem,) for stem, found in forms.items()}


def _written(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of a stem and the word it is of: a part of "drone-export", but the whole of "U.S." if that is one word."""
    for token in text.split():
        stems = words_of(token)
        parts = [(stem, part) for part in _WORD.findall(token) for stem in words_of(part)]
        if [stem for stem, _ in parts] == stems:
            yield from parts
        else:
            bare = _AROUND.sub("", token)
            # A letter that this Python's tables do not know yet is cut off with the marks.
            yield from ((stem, bare if words_of(bare) == stems else token) for stem in stems)


def _time_json(time: TimeExpression) -> dict[str, Any]:
    first, last = time.window.first, time.window.last
    return {
        "text": time.text,
        "kind": time.kind,
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
    }
