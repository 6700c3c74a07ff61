"""Fit the weights of the quoting reader: `uv run --group fit python -m eval.fit_quoting NEWS SQUAD --keep FOLDER`.

NEWS and SQUAD are data as `eval.datasets` opens it; only the questions that the reader's model has not learnt from are
used. A sentence counts as right when it holds an answer's text, in SQuAD in the right paragraph. Sentences are fitted
by the listwise softmax loss (Cao et al. 2007, ListNet's top-one probability), answerability by logistic regression.
Prints figures on held-out folds (whole weeks of news; SQuAD by question), and what the threshold of refusal
does there, then fits on everything and writes the weights.
"""

import argparse
import zlib
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.assistant import READ_PASSAGES
from assistant.candidates import Candidate, candidates
from assistant.evidence import FEATURES, Evidence
from assistant.focus import focuses
from assistant.read_features import READ_FEATURES
from assistant.reading import readings_of
from assistant.weights import SUMMARY, WEIGHTS_FILE, Judge, Weights, save_weights, summarise
from eval.datasets import Dataset, Question, open_dataset
from eval.held_out import held_out
from eval.measured_collection import Names, Telling, measured_collection, none_opened, relevant
from index.collection import Collection
from index.rerankers import OWN
from index.settings import Settings

Floats = NDArray[np.float64]
_FOLDS = 5
_YEAR = 2022
_PATIENCE = 600.0  # seconds for the second stage, however slow the machine
_SQUAD_SHARE = 0.4  # of the weight of a news question: news is what Byline reads
_DECAY = 5.0
_THRESHOLD = 0.24  # of the chance that a question is answered, below which it is refused
_MARGIN = 6.0
# What speaks for a sentence may not count against it, and the other way round: many features say nearly the same,
# and free signs would set them against each other.
_SIGNS = {
    **dict.fromkeys(FEATURES, 1),
    "heaviest word missing in passage": -1,
    "heaviest word missing in sentence and neighbours": -1,
    "search: behind the best": -1,
    "kind not met": -1,
    "asks": -1,
    "no sentence": -1,
    "read: repeats the question": -1,
    "long": 0,
    "opens article": 0,
    "score of the best": 1,
    "certainty of the best": 1,
    "lead over the fourth": 0,
}


@dataclass(frozen=True)
class Asked:
    """A question over a collection, with the test that tells a right sentence."""

    text: str
    as_of: date
    answerable: bool
    fold: int
    is_right: Callable[[Candidate], bool]


@dataclass(frozen=True)
class Example:
    """The features of a question's candidate sentences, and which of them are right."""

    asked: Asked
    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    weight: float


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the weights of the quoting reader.")
    parser.add_argument("news", type=Path, help="a folder of news with questions")
    parser.add_argument("squad", type=Path, help="SQuAD 2.0, or a folder that holds it")
    parser.add_argument("--keep", type=Path, required=True, metavar="FOLDER", help="the collections, made when missing")
    arguments = parser.parse_args()
    news = _examples(arguments.news, arguments.keep / "news", 1.0)
    squad = _examples(arguments.squad, arguments.keep / "squad", _SQUAD_SHARE)
    right: list[float] = []
    hopeless: list[float] = []
    for fold in range(_FOLDS):
        fitted = fit([e for e in [*news, *squad] if e.asked.fold != fold])
        held = [e for e in news if e.asked.fold == fold]
        report(f"fold {fold} news", held, fitted)
        report(f"fold {fold} squad", [e for e in squad if e.asked.fold == fold], fitted)
        right += chances([e for e in held if _is_right(e, fitted)], fitted)
        hopeless += chances([e for e in held if not e.asked.answerable], fitted)
    lost, refused = (np.mean(np.array(part) < _THRESHOLD) for part in (right, hopeless))
    print(f"below {_THRESHOLD} {lost:.3f} of the right answers and {refused:.3f} of the unanswerable are refused")
    fitted = replace(fit([*news, *squad]), threshold=_THRESHOLD)
    report("all news, fitted on it", news, fitted)
    save_weights(fitted, WEIGHTS_FILE, f"fitted on {len(news)} news and {len(squad)} SQuAD 2.0 questions")


def fit(examples: Sequence[Example]) -> Weights:
    """Weights for these examples, which refuse nothing."""
    return Weights(_fit_judge(examples), _fit_judge([_unread(e) for e in examples]), 0.0, _MARGIN)


def chances(examples: Sequence[Example], weights: Weights) -> list[float]:
    """How sure the weights are of these questions."""
    return [weights.answerable(e.features) if len(e.features) else 0.0 for e in examples]


def report(name: str, examples: Sequence[Example], weights: Weights) -> None:
    answerable = [e for e in examples if e.asked.answerable]
    tops = [e.right[_top(weights.rank(e.features), k)].any() for k in (1, 3) for e in answerable]
    one, three = np.array(tops).reshape(2, -1).mean(1)
    print(f"{name}: right in best sentence {one:.3f}, in best three {three:.3f}", flush=True)


def _fit_judge(examples: Sequence[Example]) -> Judge:
    rankable = [e for e in examples if e.right.any()]
    every = np.concatenate([e.features for e in rankable])
    mean, spread = every.mean(0), every.std(0) + 1e-6
    sentence = (_fit_ranking(rankable, mean, spread) / spread).astype(np.float32)
    readable = [e for e in examples if len(e.features)]
    scores = [e.features @ sentence for e in readable]
    summaries = np.array([summarise(e.features, s) for e, s in zip(readable, scores, strict=True)], float)
    held = np.array([e.right[_top(s)].any() for e, s in zip(readable, scores, strict=True)], float)
    answer = _fit_logistic(summaries, held, np.array([e.weight for e in readable]))
    return Judge(sentence, answer.astype(np.float32))


def _unread(example: Example) -> Example:
    """Without what the reader's model made of the passages: columns of zeros, which get no weight."""
    seen = np.array([name not in READ_FEATURES for name in FEATURES], np.float32)
    return replace(example, features=example.features * seen)


def _fit_ranking(examples: Sequence[Example], mean: Floats, spread: Floats) -> Floats:
    features = np.concatenate([(e.features - mean) / spread for e in examples])
    right = np.concatenate([e.right for e in examples])
    sizes = [len(e.right) for e in examples]
    starts = np.cumsum([0, *sizes])[:-1]
    importance = np.array([e.weight for e in examples])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = features @ weights
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        total, good = np.add.reduceat(scores, starts), np.add.reduceat(scores * right, starts)
        value = -(np.log(good / total) * importance).sum() + _DECAY * (weights @ weights) / 2
        pull = scores / np.repeat(total, sizes) - scores * right / np.repeat(good, sizes)
        return value, features.T @ (pull * np.repeat(importance, sizes)) + _DECAY * weights

    return _minimise(loss, [_SIGNS.get(name, 0) for name in FEATURES])


def _fit_logistic(summaries: Floats, held: Floats, importance: Floats) -> Floats:
    mean, spread = summaries.mean(0), summaries.std(0) + 1e-6
    scaled = np.c_[(summaries - mean) / spread, np.ones(len(summaries))]
    decay = np.r_[np.full(len(SUMMARY), _DECAY), 0.0]

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = scaled @ weights
        value = (importance * (np.logaddexp(0, logits) - held * logits)).sum() + decay @ weights**2 / 2
        return value, scaled.T @ (importance * (1 / (1 + np.exp(-logits)) - held)) + decay * weights

    signs = [_SIGNS.get(name.removeprefix("best sentence: ").removeprefix("any sentence: "), 0) for name in SUMMARY]
    weights = _minimise(loss, [*signs, 0])
    plain: Floats = weights[:-1] / spread
    with_constant: Floats = np.append(plain, weights[-1] - plain @ mean)
    return with_constant


def _minimise(loss: Callable[[Floats], tuple[float, Floats]], signs: Sequence[int]) -> Floats:
    from scipy.optimize import minimize

    bounds = [(0 if sign > 0 else None, 0 if sign < 0 else None) for sign in signs]
    found: Floats = minimize(loss, np.zeros(len(signs)), jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def _is_right(example: Example, weights: Weights) -> bool:
    return len(example.features) > 0 and bool(example.right[_top(weights.rank(example.features))].any())


def _top(scores: NDArray[np.float32], k: int = 3) -> NDArray[np.intp]:
    order: NDArray[np.intp] = np.argsort(-scores)
    return order[:k]


def _examples(path: Path, keep: Path, weight: float) -> list[Example]:
    """Of the questions that the reader's model has not learnt from: of others it would know too much."""
    data = held_out(open_dataset(path))
    settings = Settings(keep, reranker=OWN, rerank_seconds=_PATIENCE)
    with measured_collection(data, settings, none_opened(), keep, Telling(print)) as (collection, names):
        _, total = collection.catalogue.count()
        return [_example(collection, _asked(one, data, names), total, weight) for one in data.questions]


def _asked(question: Question, data: Dataset, names: Names) -> Asked:
    texts = [_plain(answer) for answer in question.answers] if question.answerable else []
    if data.layout == "squad":
        fold = zlib.crc32(question.text.encode()) % _FOLDS
        return Asked(question.text, date.max, question.answerable, fold, _holds(texts, relevant(question, names)))
    day = question.as_of or date.max
    # Unanswerable questions were asked in another year. Asked in this one, their dates do not betray them.
    as_of = min(day, day.replace(year=_YEAR))
    return Asked(question.text, as_of, question.answerable, day.isocalendar().week // 2 % _FOLDS, _holds(texts))


def _example(collection: Collection, asked: Asked, total: int, weight: float) -> Example:
    passages = collection.search(asked.text, READ_PASSAGES, asked.as_of)
    found = candidates(passages)
    whole = focuses(asked.text, collection.frequency, total, split=False)[0]
    features = Evidence(asked.text, found, collection.embedder, readings_of(asked.text, passages)).features(whole)
    return Example(asked, features, np.array([asked.is_right(c) for c in found], bool), weight)


def _holds(texts: Sequence[str], articles: Container[str] | None = None) -> Callable[[Candidate], bool]:
    """Whether a sentence, of one of these articles, holds one of the texts."""
    return lambda candidate: (
        (articles is None or candidate.found.article.id in articles)
        and any(text in _plain(candidate.text) for text in texts)
    )


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


if __name__ == "__main__":
    main()
