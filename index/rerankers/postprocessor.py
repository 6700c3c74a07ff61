"""Any LlamaIndex node postprocessor as a reranker. LlamaIndex is imported when one is opened, which takes seconds."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from index.errors import ModelError, foreign
from index.plugins import ClassSpec
from index.search.result import Retrieved

_BASE = "llama_index.core.postprocessor.types:BaseNodePostprocessor"


class PostprocessorReranker:
    """A LlamaIndex `BaseNodePostprocessor`, named by a spec `MODULE:CLASS?key=value&key=value`, one of the
    `forms` that a message tells where it is none.

    It gets the nodes that `BylineRetriever` makes, with the first stage's scores. Where its own scores fall from node
    to node they count, else the order that it returns. What it drops comes after all that it keeps, by the whole range
    of their scores.

    Raises:
        SettingsError: the spec is malformed, or names no LlamaIndex node postprocessor.
        ModelError: the package is not installed, or the postprocessor fails; one line that names the spec.
    """

    def __init__(self, spec: str, forms: str) -> None:
        self._spec = ClassSpec(spec, "reranker", forms)
        self.name = self._spec.name
        self._postprocessor: Any = self._spec.make(_BASE, "LlamaIndex node postprocessor")

    def scores(self, query: str, passages: Sequence[Retrieved]) -> list[float]:
        """One score for each passage."""
        from index.search.result import scored_node

        nodes = [scored_node(one) for one in passages]
        ids = [node.node_id for node in nodes]
        told, hint = f"reranker '{self.name}' failed", "check its settings and that its server runs"
        with foreign(lambda error: ModelError(f"{told} ({self._spec.reason(error)}); {hint}")):
            returned = self._postprocessor.postprocess_nodes(nodes, query_str=query)
            kept = _first_of_each([(one.node_id, one.score) for one in returned if one.node_id in set(ids)])
            scores = dict(zip(kept, _falling(list(kept.values())), strict=True))
        dropped = _below(list(scores.values()))
        return [scores.get(key, dropped) for key in ids]


def _first_of_each(nodes: Sequence[tuple[str, float | None]]) -> dict[str, float | None]:
    kept: dict[str, float | None] = {}
    for key, score in nodes:
        kept.setdefault(key, score)
    return kept


def _falling(scores: Sequence[float | None]) -> list[float]:
    """The scores themselves where they fall, else numbers that fall by one from place to place."""
    known = [float(score) for score in scores if score is not None]
    if not all(map(math.isfinite, known)):
        raise ValueError("a score that is no finite number")
    falls = all(one >= other for one, other in pairwise(known)) and known[:1] > known[-1:]
    return known if falls and len(known) == len(scores) else [float(-place) for place in range(len(scores))]


def _below(scores: Sequence[float]) -> float:
    return min(scores) - ((max(scores) - min(scores)) or 1.0) if scores else 0.0
