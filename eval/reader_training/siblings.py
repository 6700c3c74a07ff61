"""Words of one kind that mean something else: "coal" and "gas", "museum" and "zoo".

Neighbours among the base model's vectors of words, less those that are near enough to be the same word or a synonym,
and those of another form.
"""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

_LEAST, _MOST = 0.26, 0.42  # cosine
_COUNT = 24
_COMMON = 2350  # the first pieces of the vocabulary are signs, and words that most sentences have
_ENDINGS = ("ing", "ed", "est", "ly", "s")
_STEM = 4  # letters that two forms of one word share


class Siblings:
    """Looks words up in the base model's vocabulary."""

    def __init__(self, base: Path) -> None:
        vocabulary = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
        usable = [word for word, place in vocabulary.items() if place >= _COMMON and word.isascii() and word.isalpha()]
        self._words = [word for word in usable if len(word) > 2]
        vectors = load_file(base / "model.safetensors")["embeddings.word_embeddings.weight"].astype(np.float32)
        vectors = vectors[[vocabulary[word] for word in self._words]]
        vectors -= vectors.mean(axis=0)
        self._vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        self._places = {word: place for place, word in enumerate(self._words)}
        self._known: dict[str, list[str]] = {}

    def of(self, word: str) -> list[str]:
        """Up to 24, nearest first; none for a word that the vocabulary lacks."""
        if word not in self._known:
            self._known[word] = self._found(word) if word in self._places else []
        return self._known[word]

    def _found(self, word: str) -> list[str]:
        nearness = self._vectors @ self._vectors[self._places[word]]
        order = np.argsort(-nearness, kind="stable")
        near = (self._words[place] for place in order if _LEAST <= nearness[place] <= _MOST)
        return [one for one in near if _is_other(one, word)][:_COUNT]


def _is_other(one: str, word: str) -> bool:
    return one[:_STEM] != word[:_STEM] and _ending(one) == _ending(word)


def _ending(word: str) -> str:
    return next((ending for ending in _ENDINGS if word.endswith(ending)), "")
