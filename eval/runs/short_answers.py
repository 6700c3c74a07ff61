"""Exact match and F1 of short answers, as SQuAD's evaluation defines them (Rajpurkar et al. 2016)."""

from collections import Counter
from collections.abc import Sequence

from eval.runs.containment import normalised


def exact(given: str | None, answers: Sequence[str]) -> float:
    """1.0 where it equals any of the answers, normalised; 0.0 where it does not, or nothing was given."""
    return float(given is not None and any(normalised(given) == normalised(answer) for answer in answers))


def f1(given: str | None, answers: Sequence[str]) -> float:
    """The harmonic mean of precision and recall of its words, the best over the answers; 0.0 for nothing given."""
    if given is None:
        return 0.0
    return max((_f1(normalised(given).split(), normalised(answer).split()) for answer in answers), default=0.0)


def _f1(given: list[str], answer: list[str]) -> float:
    common = (Counter(given) & Counter(answer)).total()
    return 2 * common / (len(given) + len(answer)) if common else float(given == answer)
