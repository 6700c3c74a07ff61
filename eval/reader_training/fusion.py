"""Ways to mix the first stage's score with the model's, each with numbers that are chosen on some questions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
import torch
from numpy.typing import NDArray

from eval.reader_training.measures import SCORES, Reading, Row, orders, successes

WEIGHTS = (0.0, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0, 1.4, 2.0, 3.0, 5.0)

Readings = Sequence[Sequence[Reading]]
Orders = list[NDArray[np.intp]]


@dataclass(frozen=True, slots=True)
class Fusion:
    """Chosen on some questions; `order` orders the passages of any."""

    name: str
    order: Callable[[Sequence[Row], Readings], Orders]


def fusions(rows: Sequence[Row], readings: Readings) -> list[Fusion]:
    """The first stage alone, each score with the weight that is best on these questions, and a linear model."""
    found = [Fusion("first stage", lambda some, got: orders(some, got, SCORES["span"], 0.0))]
    found += [_weighed(name, rows, readings) for name in SCORES]
    return [*found, _linear(rows, readings)]


def _weighed(name: str, rows: Sequence[Row], readings: Readings) -> Fusion:
    def worth(weight: float) -> float:
        ordered = orders(rows, readings, SCORES[name], weight)
        found = successes(rows, ordered, "answer")
        supported = successes(rows, ordered, "support")
        return fmean([found["1"], found["5"], supported.get("1", 0.0), supported.get("5", 0.0)])

    best = max(WEIGHTS, key=worth)
    return Fusion(f"{name}, weight {best:g}", lambda some, got: orders(some, got, SCORES[name], best))


def _linear(rows: Sequence[Row], readings: Readings) -> Fusion:
    """A softmax over a question's passages of a weighted sum, fitted to those that hold the answer."""
    features = [_features(*pair) for pair in zip(rows, readings, strict=True)]
    right = [torch.tensor([_right(one, row) for one in row["passages"]]) for row in rows]
    usable = [(f, r) for f, r in zip(features, right, strict=True) if r.any()]
    weights = torch.zeros(features[0].shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=60, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        sums = [(f @ weights, r) for f, r in usable]
        loss = torch.stack([s.logsumexp(0) - s[r].logsumexp(0) for s, r in sums]).mean() + 1e-3 * weights.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    fitted = weights.detach()
    told = ", ".join(f"{one:.2f}" for one in fitted.tolist())

    def order(some: Sequence[Row], got: Readings) -> Orders:
        return [np.argsort(-(_features(*pair) @ fitted).numpy(), kind="stable") for pair in zip(some, got, strict=True)]

    return Fusion(f"linear (first stage, relevance, span, spans: {told})", order)


def _right(passage: Row, row: Row) -> bool:
    """The supporting article's passage with the answer; any with the answer, where no article is known."""
    return bool(passage["answer"] and (passage["support"] or not row["supported"]))


def _features(row: Row, got: Sequence[Reading]) -> torch.Tensor:
    first = [4 * one["score"] for one in row["passages"]]
    return torch.tensor(
        [[a, one.relevance, one.span, one.spans] for a, one in zip(first, got, strict=True)], dtype=torch.float64
    )
