"""What a question asks for, read once: its kind, by which the assistant chooses a plan."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save_file

from assistant.question.asked_features import features, vectors, words_asked
from index.embedders import static_embedder
from index.text.languages import is_foreign

Kind = Literal[
    "fact",  # one thing that a sentence may tell; also what nothing else is
    "definition",  # who or what something is
    "yes/no",
    "says",  # what someone says
    "comparison",  # of two things, sides or days: which is more, came first, what differs, what is in common
    "sequence",  # what happened one after another, until now, in between, or what has changed
    "summary",  # of a subject, an article or all of them
    "list",  # all of a kind, or how many of them
    "arithmetic",  # a sum or a difference, also of days
    "collection",  # the articles themselves: how many, by whom, of when, on what
    "answer",  # the answer before: shorter, more plainly, whence
    "talk",  # greetings, thanks, help, and what asks for an opinion
]
KINDS: tuple[Kind, ...] = get_args(Kind)
WEIGHTS_FILE = Path(__file__).parent / "kind_weights.safetensors"

_LEAST = 0.35  # chance from which a question is taken for another kind than a fact

_ANY_LANGUAGE: tuple[Kind, ...] = ("fact", "answer", "talk")
_LIKELY = 0.02  # chance from which the plan for a kind is tried, if those of likelier ones have no answer

Floats = NDArray[np.float32]


def kind_asked(question: str) -> Kind:
    """What a question asks for, by a model that `eval/fitting/fit_kinds.py` fits; a fact where none is likely."""
    chances = kind_weights().chances(question)
    best = int(chances.argmax())
    return KINDS[best] if chances[best] >= _LEAST else "fact"


def likely_kinds(question: str) -> list[Kind]:
    """The kinds that a question may be of, the likeliest first; of one in another language than English those that its
    plans read."""
    chances = kind_weights().chances(question)
    likely = [KINDS[at] for at in np.argsort(-chances) if chances[at] >= _LIKELY]
    likely = likely if chances.max() >= _LEAST else ["fact", *(kind for kind in likely if kind != "fact")]
    return [kind for kind in likely if kind in _ANY_LANGUAGE] or ["fact"] if is_foreign(question) else likely


@dataclass(frozen=True)
class KindWeights:
    """A multinomial logistic regression of the kinds.

    `weights` has a row for each of the `names` (see `asked_features.features`), then those of the vectors and one for
    the constant, and a column for each kind. `known` are the words that count by themselves.
    """

    names: tuple[str, ...]
    known: frozenset[str]
    weights: Floats

    def chances(self, question: str) -> Floats:
        """The chance of each kind, shape (kinds,)."""
        words = words_asked(question)
        if not words:
            return np.array([kind == "fact" for kind in KINDS], np.float32)
        rows = [self._places[name] for name in features(words, self.known) if name in self._places]
        of_vectors = self.weights[len(self.names) : -1]
        odds: Floats = self.weights[rows].sum(axis=0) + vectors(words, static_embedder()) @ of_vectors
        odds += self.weights[-1]
        chances: Floats = np.exp(odds - odds.max())
        chances /= chances.sum()
        return chances

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self.names)}

    def save(self, file: Path) -> None:
        told = {"names": json.dumps(self.names), "known": json.dumps(sorted(self.known)), "kinds": json.dumps(KINDS)}
        save_file({"weights": self.weights.astype(np.float16)}, file, metadata=told)


def load_kind_weights(file: Path = WEIGHTS_FILE) -> KindWeights:
    with safe_open(file, "numpy") as opened:
        told = opened.metadata()
        weights: Floats = opened.get_tensor("weights").astype(np.float32)
    names: Sequence[str] = json.loads(told["names"])
    return KindWeights(tuple(names), frozenset(json.loads(told["known"])), weights)


kind_weights = cache(load_kind_weights)
