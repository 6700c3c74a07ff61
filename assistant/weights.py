"""The fitted weights of the quoting reader, and the two linear models they stand for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import FEATURES

WEIGHTS_FILE = Path(__file__).parent / "quoting_weights.json"

# How likely an answer is must not hang on how old the archive is.
_TIMELESS = [i for i, name in enumerate(FEATURES) if name != "search: recency"]
_COVERAGE = range(12)
SUMMARY = (
    *(f"best sentence: {FEATURES[i]}" for i in _TIMELESS),
    "score of the best",
    "certainty of the best",
    "lead over the fourth",
    *(f"any sentence: {FEATURES[i]}" for i in _COVERAGE),
)

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """`sentence` has len(FEATURES) weights, `answer` len(SUMMARY) and a last one for the constant."""

    sentence: Floats
    answer: Floats
    threshold: float  # of the chance that the passages hold the answer, below which the reader refuses
    margin: float  # of score, behind the best sentence, within which another is quoted too

    def rank(self, features: Floats) -> Floats:
        """The score of each sentence, shape (sentences,): softmax over them is the chance to hold the answer."""
        return features @ self.sentence

    def answerable(self, features: Floats, scores: Floats) -> float:
        """The chance, 0 to 1, that the sentences hold the answer."""
        logit = float(summarise(features, scores) @ self.answer[:-1] + self.answer[-1])
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
    sentence = _by_name(known["sentence"], FEATURES)
    answer = _by_name(known["answer"], (*SUMMARY, "constant"))
    return Weights(sentence, answer, known["threshold"], known["margin"])


def save_weights(weights: Weights, path: Path, note: str) -> None:
    """Write the weights by the names of their features."""
    known = {
        "note": note,
        "threshold": weights.threshold,
        "margin": weights.margin,
        "sentence": dict(zip(FEATURES, _rounded(weights.sentence), strict=True)),
        "answer": dict(zip((*SUMMARY, "constant"), _rounded(weights.answer), strict=True)),
    }
    path.write_text(json.dumps(known, indent=1) + "\n", "utf-8")


def _by_name(values: dict[str, float], names: Sequence[str]) -> Floats:
    return np.array([values[name] for name in names], np.float32)


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), 4) for value in values]
