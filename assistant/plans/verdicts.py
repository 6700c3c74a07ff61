"""Whether passages bear out a claim: yes, no or not told, by chances that are fitted.

`eval/fitting/fit_yes_no.py` fits a logistic regression for each of the two verdicts, and the chances below which none
is given.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.plans.claims import Claim
from assistant.plans.contrasts import Contrast, excludes
from assistant.plans.holding import HELD_PASSAGES, Held, held
from index.search.result import Retrieved

WEIGHTS_FILE = Path(__file__).parent / "yes_no_weights.json"
KNOWN = (
    "claim borne out",
    "denial borne out better",
    "passage answers",
    "most relevant passage answers",
    "claim there",
    "claim's words there",
    "words unknown",
    "names and numbers lacking",
    "another name or number borne out better",
    "denied in the nearest sentence",
)
"""What is known of a claim: log odds, shares and counts, of the passage that bears it out best; by `known_of`."""

VERDICTS = ("yes", "no", "other", "told")
"""What has a chance: that the claim is true, that it is false, that it is so of something else, that either is told."""

Floats = NDArray[np.float64]
_NEARLY = 2.0  # log odds less, with which another name is borne out nearly as well
_SURELY = 0.0  # log odds from which a passage speaks for the claim or for its denial
_MOST = 8.0  # of log odds, above which more makes no difference


@dataclass(frozen=True, slots=True)
class Judged:
    """The chances of VERDICTS, and what they rest on.

    `best` is the passage that bears the claim out best, `against` the one that bears out its denial or, where none
    does, is nearest to the question; `other` is what the passage tells in the place of one of the claim's words.
    """

    yes: float
    no: float
    otherwise: float
    told: float
    known: Floats
    best: Held
    against: Held
    other: Contrast | None


@dataclass(frozen=True, slots=True)
class VerdictWeights:
    """For each of VERDICTS the weights of KNOWN and a constant, and the chance from which it is given."""

    weights: Mapping[str, Floats]
    least: Mapping[str, float]

    def chance(self, verdict: str, known: Floats) -> float:
        weights = self.weights[verdict]
        logit = float(known @ weights[:-1] + weights[-1])
        return 1.0 / (1.0 + float(np.exp(-np.clip(logit, -50, 50))))


@cache
def load_weights(path: Path = WEIGHTS_FILE) -> VerdictWeights:
    """The weights that are shipped."""
    read = json.loads(path.read_text("utf-8"))
    weights = {name: np.array([of[one] for one in (*KNOWN, "constant")]) for name, of in read["weights"].items()}
    return VerdictWeights(weights, read["least"])


def judged(question: str, claim: Claim, passages: Sequence[Retrieved]) -> Judged | None:
    """The claim that a question asks about, judged by the best of the passages; None without passages.

    Raises ModelError where a model's files are missing.
    """
    rows = standing(held(question, claim, passages[:HELD_PASSAGES]))
    if not rows:
        return None
    best, against = best_of(rows), against_of(rows)
    other = best.contrast(claim.text)
    known = known_of(claim.text, rows, other)
    weights = load_weights()
    yes, no, otherwise, told = (weights.chance(verdict, known) for verdict in VERDICTS)
    return Judged(yes, no, otherwise, told, known, best, against, other)


def standing(rows: Sequence[Held]) -> Sequence[Held]:
    """The passages that no later one speaks against: what an article told first may not be so any more."""
    sure = [row for row in rows if max(row.claimed, row.denied) > _SURELY and row.found.article.published]
    newest = max(sure, key=lambda row: str(row.found.article.published), default=None)
    return [row for row in rows if not newest or row not in sure or row.is_for == newest.is_for]


def best_of(rows: Sequence[Held]) -> Held:
    """The passage that bears out the claim best; of several that which answers the question."""
    return max(rows, key=lambda row: row.claimed + row.relevance / 2 - len(row.lacking))


def against_of(rows: Sequence[Held]) -> Held:
    """The passage that speaks against the claim most."""
    return max(rows, key=lambda row: max(row.denied, 0.0) + row.relevance - max(row.claimed, 0.0))


def known_of(claim: str, rows: Sequence[Held], other: Contrast | None) -> Floats:
    """What KNOWN names, shape (len(KNOWN),), of a claim held against at least one passage.

    Where one name alone can stand in the claim, another that is borne out nearly as well speaks against it.
    """
    best, nearest = best_of(rows), max(rows, key=lambda row: row.relevance)
    lead = other.odds - best.claimed + _NEARLY * excludes(claim, other) if other and other.odds > 0 else 0.0
    known = (
        best.claimed,
        max(0.0, max(row.denied for row in rows) - max(0.0, best.claimed)),
        best.relevance,
        nearest.relevance,
        nearest.claimed,
        best.covered,
        min(best.unknown, 4),
        min(len(best.lacking), 3),
        max(0.0, lead),
        float(best.denying),
    )
    return np.clip(np.array(known, np.float64), -_MOST, _MOST)
