"""Exact match and F1 of short answers, as SQuAD's evaluation defines them (Rajpurkar et al. 2016)."""

import re
import string
from collections import Counter
from collections.abc import Sequence

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


def exact(given: str, answers: Sequence[str]) -> float:
    return float(any(_words(given) == _words(answer) for answer in answers))


def f1(given: str, answers: Sequence[str]) -> float:
    """The best over the answers."""
    return max((_f1(_words(given), _words(answer)) for answer in answers), default=0.0)


def _f1(given: list[str], answer: list[str]) -> float:
    common = (Counter(given) & Counter(answer)).total()
    return 2 * common / (len(given) + len(answer)) if common else float(given == answer)


def _words(text: str) -> list[str]:
    return _ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split()
