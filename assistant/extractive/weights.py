"""The fitted weights of the quoting reader: what ranks sentences, and how likely an answer is right.

`eval/fitting/fit_quoting.py` fits them, on several sets of questions at once.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.extractive.evidence import FEATURES

WEIGHTS_FILE = Path(__file__).parent / "quoting_weights.json"
OTHER_LANGUAGES_FILE = Path(__file__).parent / "other_languages_weights.json"
"""For sentences of another language than English, of which the reader's network makes less."""
CAREFUL, BALANCED, EAGER = "careful", "balanced", "eager"

_BEST = (
    "read: passage answers",
    "read: share of the answer",
    "search: vectors",
    "search: words",
    "names in passage or title",
    "near words in sentence",
    "heaviest word missing in all passages",
    "new words",
)
_MOST = "read: share of the answer"
SPAN = ("span", "search's score of its passage", "score of its sentence")
"""What tells the likeliest span of several sentences: its log odds and these scores."""
ANSWER = (*_BEST, "likeliest share of the answer")
"""What is known of an answer: features of its best sentence, and the greatest of any sentence."""
SHORT = ("sentences hold the answer", "span", "lead over the next")
"""What is known of a short answer, all log odds."""

Floats = NDArray[np.float32]
_PLACES = [FEATURES.index(name) for name in _BEST]


@dataclass(frozen=True, slots=True)
class Least:
    """The chances of being right below which no answer, and no short answer, is given."""

    answer: float = 0.0
    short: float = 0.0


@dataclass(frozen=True)
class Weights:
    """`sentence` has a weight for each of FEATURES, `span` of SPAN, `answer` of ANSWER and `short` of SHORT, these two
    a last one for the constant. `least` has what "careful", "balanced" and "eager" mean.
    """

    sentence: Floats
    span: Floats
    answer: Floats
    short: Floats
    least: Mapping[str, Least] = field(default_factory=dict)
    margin: float = 0.0  # of score, behind the best sentence, within which another is quoted too

    def rank(self, features: Floats) -> Floats:
        """The score of each sentence, shape (sentences,): softmax over them is the chance to hold the answer."""
        return features @ self.sentence

    def answer_chance(self, known: Floats) -> float:
        """The chance that the sentences hold the answer, from `known_of_answer`."""
        return _chance(known, self.answer)

    def short_chance(self, known: Floats) -> float:
        """The chance that the short answer is right, from what SHORT names."""
        return _chance(known, self.short)


def known_of_answer(features: Floats, scores: Floats) -> Floats:
    """What ANSWER names, from at least one sentence: features, shape (sentences, len(FEATURES)), and their scores."""
    best = features[scores.argmax()]
    return np.array([*best[_PLACES], features[:, FEATURES.index(_MOST)].max()], np.float32)


def known_of_short(chance: float, logit: float, lead: float) -> Floats:
    """What SHORT names: from the `chance` that the sentences hold the answer, the log odds of its span, and how far
    these are above the best of a span with other words."""
    likely = np.clip(chance, 1e-4, 1 - 1e-4)
    return np.array([np.log(likely / (1 - likely)), np.clip(logit, -10, 10), np.clip(lead, -5, 5)], np.float32)


@cache
def load_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """The weights that are shipped."""
    known = json.loads(path.read_text("utf-8"))
    return Weights(
        _by_name(known["sentence"], FEATURES),
        _by_name(known["span"], SPAN),
        _by_name(known["answer"], (*ANSWER, "constant")),
        _by_name(known["short"], (*SHORT, "constant")),
        {name: Least(**least) for name, least in known["least"].items()},
        known["margin"],
    )


def save_weights(weights: Weights, path: Path, note: str) -> None:
    """Write the weights by the names of their features."""
    known = {
        "note": note,
        "margin": weights.margin,
        "least": {name: asdict(least) for name, least in weights.least.items()},
        "sentence": _named(weights.sentence, FEATURES),
        "span": _named(weights.span, SPAN),
        "answer": _named(weights.answer, (*ANSWER, "constant")),
        "short": _named(weights.short, (*SHORT, "constant")),
    }
    path.write_text(json.dumps(known, indent=1) + "\n", "utf-8")


def _chance(known: Floats, weights: Floats) -> float:
    logit = float(known @ weights[:-1] + weights[-1])
    return 1.0 / (1.0 + float(np.exp(-np.clip(logit, -50, 50))))


def _by_name(values: Mapping[str, float], names: Sequence[str]) -> Floats:
    """A feature that is not named weighs nothing."""
    return np.array([values.get(name, 0.0) for name in names], np.float32)


def _named(values: Floats, names: Sequence[str]) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}
