"""Which of several readings of the articles is the likeliest, where each may stand in several of them."""

import math
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

_AGREED, _ARTICLES = 0.7, 5  # log odds for each further article that agrees, up to so many


def totals(votes: Iterable[tuple[Key, str, float]]) -> Mapping[Key, float]:
    """The log odds of each reading, from votes of the reading, the article's id and log odds; an article counts once
    for a reading, by its best vote."""
    best: dict[Key, dict[str, float]] = {}
    for key, article, score in votes:
        own = best.setdefault(key, {})
        own[article] = max(own.get(article, score), score)
    return {
        key: math.log(sum(map(math.exp, own.values()))) + _AGREED * (min(len(own), _ARTICLES) - 1)
        for key, own in best.items()
    }
