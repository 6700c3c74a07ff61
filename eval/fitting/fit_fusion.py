"""Fit the weights of search's ranking: `uv run python -m eval.fitting.fit_fusion NEWS SQUAD [KEPT_NEWS KEPT_SQUAD]`.

The data is in the layouts of `byline eval retrieval`, and KEPT_NEWS and KEPT_SQUAD are folders as its `--keep` makes
them. The candidates of each question are taken once, then ranked with every setting of a grid. What is wanted is the
mean, over both data, of Success@1, 5 and 10 by answer and Success@1 and 5 by right article. The settings are chosen on
all folds but one and judged on that one (five folds, of news by whole weeks), which tells what the choice itself is
worth; the setting that is best on all is printed last. Words weigh 0.6 throughout, for only the ratios matter.
"""

import argparse
import contextlib
import itertools
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.datasets.questions import Dataset, Question, open_dataset
from eval.runs.judging import contains
from eval.runs.measured_collection import Names, measured_collection, relevant
from index.collection import Collection
from index.filters import ALL
from index.search.engine import candidates, moment_of
from index.search.ranking import WEIGHTS, Candidate, Moment, Weights, rank
from index.settings import Settings
from index.store.selection import Selection

_GRID = {
    "vectors": (0.15, 0.2, 0.3),
    "recency": (0.2, 0.25, 0.3),
    "recency_days": (20.0, 30.0),
    "near": (0.06, 0.12),
    "repeated": (0.0, 0.03, 0.06, 0.1),
}
_FOLDS = 5
_DEPTH = 60
_MEASURES = ("answer@1", "answer@5", "answer@10", "article@1", "article@5")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A question with its candidates, and which of them, by article id and place, are right."""

    candidates: tuple[Candidate, ...]
    moment: Moment
    answering: frozenset[tuple[str, int]]
    articles: frozenset[str]
    fold: int


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the weights of search's ranking.")
    for name in ("news", "squad"):
        parser.add_argument(name, type=Path)
    parser.add_argument("kept", type=Path, nargs="*", default=[], help="kept collections of both")
    arguments = parser.parse_args()
    kept = [*arguments.kept, None, None][:2]
    paths = (arguments.news, arguments.squad)
    data = {path.name: list(_examples(path, keep)) for path, keep in zip(paths, kept, strict=True)}
    settings = list(_settings())
    values = {name: np.stack([_values(one, examples) for one in settings]) for name, examples in data.items()}
    folds = {name: np.array([example.fold for example in examples]) for name, examples in data.items()}
    _print("as it is", {name: np.nanmean(_values(WEIGHTS, examples), 0) for name, examples in data.items()})
    held = {name: np.empty(found.shape[1:]) for name, found in values.items()}
    for fold in range(_FOLDS):
        best = _best({name: found[:, folds[name] != fold] for name, found in values.items()})
        for name, found in values.items():
            held[name][folds[name] == fold] = found[best][folds[name] == fold]
    _print("chosen on other folds", {name: np.nanmean(found, 0) for name, found in held.items()})
    best = _best(values)
    _print("best on all", {name: np.nanmean(found[best], 0) for name, found in values.items()})
    print(settings[best])


def _settings() -> Iterator[Weights]:
    for chosen in itertools.product(*_GRID.values()):
        changes: dict[str, Any] = dict(zip(_GRID, chosen, strict=True))
        yield replace(WEIGHTS, **changes)


def _examples(path: Path, keep: Path | None) -> Iterator[Example]:
    data = open_dataset(path)
    with measured_collection(data, Settings(Path()), contextlib.nullcontext(), keep) as (collection, names):  # type: ignore[arg-type] # the data has a collection of its own
        for question in data.questions:
            if question.answerable:
                yield _example(data, question, collection, names)


def _example(data: Dataset, question: Question, collection: Collection, names: Names) -> Example:
    as_of = question.as_of or date.today()
    indexes = collection.indexes()
    moment = moment_of(indexes, question.text, as_of)
    found = candidates(indexes, question.text, _DEPTH, Selection(ALL.window(as_of)), moment)
    texts = collection.catalogue.passages.with_texts([one.stored.passage for one in found])
    answering = frozenset(
        (one.stored.article.id, passage.start)
        for one, passage in zip(found, texts, strict=True)
        if contains(one.stored.article.title, passage.text, question.answers)
    )
    key = question.id[:8] if data.layout == "news" else question.place  # the week, the paragraph
    return Example(tuple(found), moment, answering, relevant(question, names), zlib.crc32(key.encode()) % _FOLDS)


def _values(weights: Weights, examples: Sequence[Example]) -> Floats:
    """What each question adds to each measure, shape (questions, measures); NaN where no right article is known."""
    return np.array([_value(weights, example) for example in examples])


def _value(weights: Weights, example: Example) -> list[float]:
    found = rank(example.candidates, example.moment, weights)[:10]
    answering = [(one.article.id, one.passage.start) in example.answering for one in found]
    right = [one.article.id in example.articles for one in found]
    by_article = [float(any(right[:k])) if example.articles else np.nan for k in (1, 5)]
    return [*(float(any(answering[:k])) for k in (1, 5, 10)), *by_article]


def _best(values: dict[str, Floats]) -> int:
    wanted = sum(np.nanmean(found, axis=1).mean(axis=1) for found in values.values())
    return int(np.argmax(wanted))


def _print(what: str, figures: dict[str, Floats]) -> None:
    for name, measures in figures.items():
        shown = "  ".join(f"{label} {value:.3f}" for label, value in zip(_MEASURES, measures, strict=True))
        print(f"{what:22} {name:18} {shown}", flush=True)


if __name__ == "__main__":
    main()
