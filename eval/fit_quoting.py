"""Fit the weights of the quoting reader: `uv run --group fit python -m eval.fit_quoting NEWS_FOLDER SQUAD_FILE`.

NEWS_FOLDER holds `articles.jsonl.gz` (id, title, outlet, published, text) and `questions.jsonl` (question, asked,
answers, answerable); SQUAD_FILE is SQuAD 2.0 JSON. A sentence counts as right when it holds an answer's text,
in SQuAD at the annotated place. Sentences are fitted by the listwise softmax loss (Cao et al. 2007, ListNet's
top-one probability), answerability by logistic regression. Prints figures on held-out folds (whole weeks of
news; halves of SQuAD by question), then fits on everything and writes the weights.
"""

import argparse
import gzip
import json
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.assistant import READ_PASSAGES
from assistant.evidence import FEATURES, Candidate, Evidence, candidates
from assistant.focus import focuses
from assistant.weights import SUMMARY, WEIGHTS_FILE, Weights, save_weights, summarise
from index.article import Article
from index.collection import Collection
from index.reading import Reading

Floats = NDArray[np.float64]
_SQUAD_SHARE = 0.4  # of the weight of a news question: news is what Byline reads
_DECAY = 5.0
_KEPT = 0.92  # share of the rightly answered news questions that the threshold lets pass
_MARGIN = 2.0
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
    parser.add_argument("news", type=Path)
    parser.add_argument("squad", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        news = _examples(Path(folder, "news"), _news_articles(arguments.news), _news_questions(arguments.news), 1.0)
        squad = _examples(
            Path(folder, "squad"),
            _squad_articles(arguments.squad),
            _squad_questions(arguments.squad),
            _SQUAD_SHARE,
        )
    for fold in range(5):
        fitted = fit([e for e in [*news, *squad] if e.asked.fold != fold])
        for name, examples in (("news", news), ("squad", squad)):
            report(f"fold {fold} {name}", [e for e in examples if e.asked.fold == fold], fitted)
    fitted = fit([*news, *squad])
    report("all news, fitted on it", news, fitted)
    save_weights(fitted, WEIGHTS_FILE, f"fitted on {len(news)} news and {len(squad)} SQuAD 2.0 questions")


def fit(examples: Sequence[Example]) -> Weights:
    """Weights for these examples; the threshold keeps most of the news questions that are answered rightly."""
    rankable = [e for e in examples if e.right.any()]
    every = np.concatenate([e.features for e in rankable])
    mean, spread = every.mean(0), every.std(0) + 1e-6
    sentence = (_fit_ranking(rankable, mean, spread) / spread).astype(np.float32)
    readable = [e for e in examples if len(e.features)]
    summaries = np.array([summarise(e.features, e.features @ sentence) for e in readable], float)
    held = np.array([e.right[_top(e, sentence)].any() for e in readable], float)
    answer = _fit_logistic(summaries, held, np.array([e.weight for e in readable]))
    weights = Weights(sentence, answer.astype(np.float32), 0.0, _MARGIN)
    chances = [
        weights.answerable(e.features, weights.rank(e.features))
        for e, right in zip(readable, held, strict=True)
        if right and e.weight == 1.0
    ]
    return Weights(sentence, weights.answer, round(float(np.quantile(chances, 1 - _KEPT)), 3), _MARGIN)


def report(name: str, examples: Sequence[Example], weights: Weights) -> None:
    answerable = [e for e in examples if e.asked.answerable]
    tops = [e.right[_top(e, weights.sentence, k)].any() for k in (1, 3) for e in answerable]
    one, three = np.array(tops).reshape(2, -1).mean(1)
    passed = {
        flag: np.mean(
            [
                len(e.features) > 0 and weights.answerable(e.features, weights.rank(e.features)) >= weights.threshold
                for e in examples
                if e.asked.answerable == flag
            ]
        )
        for flag in (True, False)
    }
    print(
        f"{name}: right in best sentence {one:.3f}, in best three {three:.3f}; "
        f"answers {passed[True]:.2f} of the answerable, {passed[False]:.2f} of the unanswerable",
        flush=True,
    )


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


def _top(example: Example, sentence: NDArray[np.float32], k: int = 3) -> NDArray[np.intp]:
    order: NDArray[np.intp] = np.argsort(-(example.features @ sentence))
    return order[:k]


def _examples(folder: Path, articles: Iterator[Article], asked: Iterator[Asked], weight: float) -> list[Example]:
    with Collection(folder) as collection:
        for _ in collection.add(Reading(article, article.text) for article in articles):
            pass
        _, total = collection.catalogue.count()
        return [_example(collection, one, total, weight) for one in asked]


def _example(collection: Collection, asked: Asked, total: int, weight: float) -> Example:
    found = candidates(collection.search(asked.text, READ_PASSAGES, asked.as_of))
    whole = focuses(asked.text, collection.frequency, total, split=False)[0]
    features = Evidence(asked.text, found, collection.embedder).features(whole)
    return Example(asked, features, np.array([asked.is_right(c) for c in found], bool), weight)


def _news_articles(folder: Path) -> Iterator[Article]:
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            published = date.fromisoformat(row["published"]) if row["published"] else None
            yield Article(row["id"], row["text"], row["title"], row["outlet"], published=published)


def _news_questions(folder: Path) -> Iterator[Asked]:
    for line in (folder / "questions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        asked = date.fromisoformat(row["asked"])
        # Unanswerable questions were asked in another year. Asked in this one, their dates do not betray them.
        as_of = min(asked, asked.replace(year=2022))
        texts = [_plain(answer) for answer in row["answers"]] if row["answerable"] else []
        yield Asked(row["question"], as_of, row["answerable"], asked.isocalendar().week % 5, _holds(texts))


def _holds(texts: Sequence[str]) -> Callable[[Candidate], bool]:
    return lambda candidate: any(text in _plain(candidate.text) for text in texts)


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _squad_paragraphs(file: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for number, document in enumerate(json.loads(file.read_text("utf-8"))["data"]):
        for place, paragraph in enumerate(document["paragraphs"]):
            yield f"{number}-{place}", document["title"].replace("_", " "), paragraph


def _squad_articles(file: Path) -> Iterator[Article]:
    for name, title, paragraph in _squad_paragraphs(file):
        yield Article(name, paragraph["context"], title)


def _squad_questions(file: Path) -> Iterator[Asked]:
    for name, _, paragraph in _squad_paragraphs(file):
        for row in paragraph["qas"]:
            spans = [(a["answer_start"], a["answer_start"] + len(a["text"])) for a in row["answers"]]
            fold = zlib.crc32(row["question"].encode()) % 5
            yield Asked(row["question"], date.max, not row["is_impossible"], fold, _covers(name, spans))


def _covers(article_id: str, spans: Sequence[tuple[int, int]]) -> Callable[[Candidate], bool]:
    return lambda candidate: (
        candidate.found.article.id == article_id
        and any(candidate.start <= start and end <= candidate.end for start, end in spans)
    )


if __name__ == "__main__":
    main()
