"""The fitted weights of the quoting reader, and the linear models they stand for."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import FEATURES
from assistant.read_features import READ_FEATURES

WEIGHTS_FILE = Path(__file__).parent / "quoting_weights.json"
WORDS_SHARE = 0.4  # of the scores of the judge that does not read

# How likely an answer is must not hang on how old the archive is.
_TIMELESS = [i for i, name in enumerate(FEATURES) if name != "search: recency"]
_COVERAGE = (*range(12), *(FEATURES.index(name) for name in READ_FEATURES))
SUMMARY = (
    *(f"best sentence: {FEATURES[i]}" for i in _TIMELESS),
    "score of the best",
    "certainty of the best",
    "lead over the fourth",
    *(f"any sentence: {FEATURES[i]}" for i in _COVERAGE),
)

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Judge:
    """One linear model ranks sentences, another judges them: `sentence` has len(FEATURES) weights, `answer`
    len(SUMMARY) and a last one for the constant.
    """

    sentence: Floats
    answer: Floats

    def rank(self, features: Floats) -> Floats:
        """The score of each sentence, shape (sentences,): softmax over them is the chance to hold the answer."""
        return features @ self.sentence

    def log_odds(self, features: Floats) -> float:
        """That the sentences hold the answer."""
        return float(summarise(features, self.rank(features)) @ self.answer[:-1] + self.answer[-1])


@dataclass(frozen=True)
class Weights:
    """Two judges: one sees all features, one none of what the reader's model made of the passages.

    The second keeps the first from trusting the model where it is out of its depth, as for questions whose answer is a
    clause. They see the same, so together they are as good on news and better on what neither was fitted to.
    """

    reading: Judge
    words: Judge
    threshold: float = 0.0  # of the chance that the passages hold the answer, below which the reader refuses
    margin: float = 0.0  # of score, behind the best sentence, within which another is quoted too

    def rank(self, features: Floats) -> Floats:
        """The score of each sentence, shape (sentences,)."""
        return self.reading.rank(features) + WORDS_SHARE * self.words.rank(features)

    def answerable(self, features: Floats) -> float:
        """The chance, 0 to 1, that the sentences hold the answer: that of the mean of both judges' log odds."""
        logit = (self.reading.log_odds(features) + self.words.log_odds(features)) / 2
        return 1.0 / (1.0 + float(np.exp(-np.clip(logit, -50, 50))))


def summarise(features: Floats, scores: Floats) -> Floats:
    """What tells whether a question can be answered, shape (len(SUMMARY),), from at least one sentence."""
    order = np.argsort(-scores)
    best = order[0]
    certainty = -np.log(np.exp(scores - scores[best]).sum())
    lead = scores[best] - scores[order[min(3, len(order) - 1)]]
    return np.concatenate(
        [features[best, _TIMELESS], [scores[best], certainty, lead], features[:, list(_COVERAGE)].max(axis=0)]
    ).astype(np.float32)


@cache
def load_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """The weights that are shipped."""
    known = json.loads(path.read_text("utf-8"))
    return Weights(_judge(known["reading"]), _judge(known["words"]), known["threshold"], known["margin"])


def save_weights(weights: Weights, path: Path, note: str) -> None:
    """Write the weights by the names of their features."""
    known = {
        "note": note,
        "threshold": weights.threshold,
        "margin": weights.margin,
        "reading": _named(weights.reading),
        "words": _named(weights.words),
    }
    path.write_text(json.dumps(known, indent=1) + "\n", "utf-8")


def _judge(known: Mapping[str, Mapping[str, float]]) -> Judge:
    """A feature that is not named weighs nothing."""
    return Judge(_by_name(known["sentence"], FEATURES), _by_name(known["answer"], (*SUMMARY, "constant")))


def _named(judge: Judge) -> dict[str, Any]:
    return {
        "sentence": dict(zip(FEATURES, _rounded(judge.sentence), strict=True)),
        "answer": dict(zip((*SUMMARY, "constant"), _rounded(judge.answer), strict=True)),
    }


def _by_name(values: Mapping[str, float], names: Sequence[str]) -> Floats:
    return np.array([values.get(name, 0.0) for name in names], np.float32)


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), 4) for value in values]
