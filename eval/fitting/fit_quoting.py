"""Fit the weights of the quoting reader: `uv run --group fit python -m eval.fitting.fit_quoting DATA --keep FOLDER`.

DATA is a folder as `eval.fitting.calibration_sets` reads it; the collections are kept in FOLDER. All sets count the
same, but for the news, which count double. Sentences that hold an answer are fitted by the listwise softmax loss (Cao
et al. 2007, ListNet's top-one probability), the chances that an answer and a short answer are right by logistic
regression.

Printed is, for each set, how the fit does on it that has not seen it, beside one that has seen four fifths of it. Then
all is fitted and the weights are written. With `--other-languages` those are fitted that rank sentences of another
language than English, on questions in four. What "careful", "balanced" and "eager" mean (`LEVELS`) is read off the
chances of sets that the fit has not seen.
"""

import argparse
import sys
import zlib
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.extractive.candidates import Candidate, candidates
from assistant.extractive.evidence import FEATURES, Evidence
from assistant.extractive.picking import picked_of
from assistant.extractive.quoting import part_of
from assistant.extractive.read_features import Readings, readings_of
from assistant.extractive.short_answer import short_answer
from assistant.extractive.weights import (
    ANSWER,
    BALANCED,
    CAREFUL,
    EAGER,
    OTHER_LANGUAGES_FILE,
    SHORT,
    SPAN,
    WEIGHTS_FILE,
    Least,
    Weights,
    known_of_short,
    save_weights,
)
from assistant.plans.tools import READ_PASSAGES
from assistant.question.focus import Focus, focuses
from eval.datasets.questions import Question
from eval.fitting.calibration_sets import MOST, CalibrationSet, calibration_sets, other_language_sets
from eval.runs.measured_collection import Names, Telling, measured_collection, none_opened, relevant
from index.collection import Collection
from index.errors import BylineError
from index.rerankers import OWN
from index.settings import Settings


@dataclass(frozen=True, slots=True)
class Level:
    """Of the answers that are given a share of `risk` may be wrong; but where that costs more, only `loss` of the right
    ones are refused. A short answer is shown from the chance `short`: at 0.4 a wrong one costs two thirds of what a
    right one is worth.
    """

    risk: float
    loss: float
    short: float


LEVELS = {CAREFUL: Level(0.1, 0.25, 0.6), BALANCED: Level(0.25, 0.07, 0.4), EAGER: Level(0.4, 0.03, 0.2)}

Floats = NDArray[np.float64]
_FOLDS = 5
_PATIENCE = 600.0  # seconds for the second stage, however slow the machine
_NEWS_SHARE = 2.0
_DECAY = 5.0
_MARGIN = 6.0
_EVEN = np.array([1.0, 8.0, 0.5], np.float32)  # weights of SPAN to begin with
# What speaks for a sentence may not count against it, and the other way round: many features say nearly the same,
# and free signs would set them against each other.
_AGAINST = (
    "heaviest word missing in all passages",
    "search: behind the best",
    "read: repeats the question",
)


@dataclass(frozen=True, eq=False)
class Example:
    """A question with its candidate sentences, and which of them are right. `importance` is its part in the fit."""

    set: CalibrationSet
    asked: Question
    part: Focus
    found: Sequence[Candidate]
    features: NDArray[np.float32]
    readings: Readings
    right: NDArray[np.bool_]
    importance: float

    @property
    def fold(self) -> int:
        return zlib.crc32(self.asked.text.encode()) % _FOLDS


@dataclass(frozen=True, eq=False)
class Judged:
    """What is known of the answer to an example, and whether its sentences hold one and its short answer is one.

    `short`, None where there is no short answer, has the span's log odds and its lead over others.
    """

    example: Example
    answer: NDArray[np.float32]
    held: bool
    short: tuple[float, float] | None
    said: bool

    def known_of_short(self, weights: Weights) -> NDArray[np.float32] | None:
        return known_of_short(weights.answer_chance(self.answer), *self.short) if self.short else None


def main() -> int:
    parser = argparse.ArgumentParser(description="Fit the weights of the quoting reader.")
    parser.add_argument("data", type=Path, help="the folder of all sets")
    parser.add_argument("--keep", type=Path, required=True, metavar="FOLDER", help="the collections, made when missing")
    parser.add_argument("--most", type=int, default=MOST, metavar="N", help=f"questions of a set ({MOST})")
    parser.add_argument("--other-languages", action="store_true", help="fit the weights for other languages")
    arguments = parser.parse_args()
    try:
        chosen = other_language_sets if arguments.other_languages else calibration_sets
        sets = chosen(arguments.data, arguments.most)
        for one in sets:  # what cannot be used is told before hours of reading
            with _collection(one, arguments.keep):
                pass
        examples = [example for one in sets for example in examples_of(one, arguments.keep)]
    except BylineError as error:
        print(error, file=sys.stderr)
        return 1
    fitted = fit_all(examples)
    file = OTHER_LANGUAGES_FILE if arguments.other_languages else WEIGHTS_FILE
    save_weights(fitted, file, f"fitted on {len(examples)} questions of {len(set_names(examples))} sets")
    return 0


def fit_all(examples: Sequence[Example]) -> Weights:
    """The weights, with their thresholds; prints what they come to on what was not seen."""
    held_out = {fold: fit([e for e in examples if e.fold != fold]) for fold in range(_FOLDS)}
    within = [given_of(e, held_out[e.fold]) for e in examples if len(e.found)]
    without = []
    for name in set_names(examples):
        weights = fit([e for e in examples if e.set.name != name])
        without += [given_of(e, weights) for e in examples if len(e.found) and e.set.name == name]
    least = {name: _least(without, level) for name, level in LEVELS.items()}  # a user's collection is one more set
    for mode, at in least.items():
        report(mode, within, without, at)
    return replace(fit(examples), least=least)


def fit(examples: Sequence[Example]) -> Weights:
    """Weights for these examples, which refuse nothing."""
    rankable = [e for e in examples if e.right.any()]
    sentence = _fit_ranking(FEATURES, [(e.features, e.right, e.importance) for e in rankable])
    weights = Weights(sentence, _EVEN, _nothing(ANSWER), _nothing(SHORT), margin=_MARGIN)
    told = [row for e in examples if len(e.found) and e.asked.answerable and (row := _spans(e, weights))]
    weights = replace(weights, span=_fit_ranking(SPAN, told))
    rows = [judged(e, weights) for e in examples if len(e.found)]
    weights = replace(weights, answer=_fit_answer(rows))
    return replace(weights, short=_fit_short(rows, weights))


def judged(example: Example, weights: Weights) -> Judged:
    part = part_of(example.part, example.features, example.found, example.readings, weights)
    picked = picked_of([part.sentences])
    short = part.short(picked)
    held = example.set.holds(example.asked, " ".join(one.text for one in picked))
    said = bool(short.words) and example.set.says(example.asked, short.words)
    known = (float(short.known[1]), float(short.known[2])) if short.words and short.known is not None else None
    return Judged(example, part.known, held, known, said)


# What is given


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with its chances; `said` is None where there is no short answer."""

    set: str
    importance: float
    chance: float
    held: bool
    short: float
    said: bool | None

    def is_right(self, at: Least) -> bool:
        """Of an answer with a short one that this is right, of any other that the sentences hold one."""
        return self.said if self.said is not None and self.short >= at.short else self.held


def given_of(example: Example, weights: Weights) -> Given:
    one = judged(example, weights)
    known = one.known_of_short(weights)
    short, said = (weights.short_chance(known), one.said) if known is not None else (0.0, None)
    return Given(example.set.name, example.importance, weights.answer_chance(one.answer), one.held, short, said)


def risk_and_loss(given: Sequence[Given], at: Least) -> tuple[float, float]:
    """Of the answers that are given the share that is wrong, of the right ones the share that is refused."""
    shown = np.array([one.chance >= at.answer for one in given])
    right = np.array([one.is_right(at) for one in given])
    importance = np.array([one.importance for one in given])
    wrong = (importance * (shown & ~right)).sum() / max((importance * shown).sum(), 1e-9)
    lost = (importance * (right & ~shown)).sum() / max((importance * right).sum(), 1e-9)
    return float(wrong), float(lost)


def report(mode: str, within: Sequence[Given], without: Sequence[Given], at: Least) -> None:
    print(f"{mode}: from a chance of {at.answer:.2f}, short answers from {at.short:.2f}; wrong of those given, refused")
    for name in [*dict.fromkeys(one.set for one in within), ""]:
        told = [risk_and_loss([one for one in part if name in ("", one.set)], at) for part in (within, without)]
        seen, unseen = (f"{wrong:.3f} {lost:.3f}" for wrong, lost in told)
        print(f"  {name or 'all':20} seen {seen}   left out {unseen}", flush=True)


def _least(given: Sequence[Given], level: Level) -> Least:
    """The lowest chance with no more risk than the level's, or the highest with no more loss where that is lower."""
    steps = [Least(step / 100, level.short) for step in range(100)]
    told = [risk_and_loss(given, at) for at in steps]
    sure = next((at for at, (risk, _) in zip(steps, told, strict=True) if risk <= level.risk), steps[-1])
    kept = [at for at, (_, loss) in zip(steps, told, strict=True) if loss <= level.loss][-1]
    return min(sure, kept, key=lambda at: at.answer)


# Fitting


def _fit_answer(rows: Sequence[Judged]) -> NDArray[np.float32]:
    return _fit_logistic(
        ANSWER, [row.answer for row in rows], [row.held for row in rows], [row.example.importance for row in rows]
    )


def _fit_short(rows: Sequence[Judged], weights: Weights) -> NDArray[np.float32]:
    known = [(row.known_of_short(weights), row) for row in rows]
    told = [(one, row.said, row.example.importance) for one, row in known if one is not None]
    if not told:  # of other languages there are no short answers
        return _nothing(SHORT)
    features, said, importance = (list(column) for column in zip(*told, strict=True))
    return _fit_logistic(SHORT, features, said, importance)


_Group = tuple[NDArray[np.float32], NDArray[np.bool_], float]
"""What is ranked for a question: features, which are right, and its importance."""


def _spans(example: Example, weights: Weights) -> _Group | None:
    """What SPAN names of each span of an example, and which of them say what an answer does; None where none does."""
    part = part_of(example.part, example.features, example.found, example.readings, weights)
    scores = dict(zip(map(id, example.found), weights.rank(example.features), strict=True))
    rows = [(one.span.logit, one.candidate.found.score, scores[id(one.candidate)]) for one in part.told]
    right = [example.set.says(example.asked, short_answer(part.asked, [one], part.readings)) for one in part.told]
    return (np.array(rows, np.float32), np.array(right), example.importance) if any(right) else None


def _fit_ranking(names: Sequence[str], groups: Sequence[_Group]) -> NDArray[np.float32]:
    every = np.concatenate([features for features, _, _ in groups])
    mean, spread = every.mean(0), every.std(0) + 1e-6
    features = (every - mean) / spread
    right = np.concatenate([right for _, right, _ in groups])
    sizes = [len(right) for _, right, _ in groups]
    starts = np.cumsum([0, *sizes])[:-1]
    importance = np.array([share for _, _, share in groups])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = features @ weights
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        total, good = np.add.reduceat(scores, starts), np.add.reduceat(scores * right, starts)
        value = -(np.log(good / total) * importance).sum() + _DECAY * (weights @ weights) / 2
        pull = scores / np.repeat(total, sizes) - scores * right / np.repeat(good, sizes)
        return value, features.T @ (pull * np.repeat(importance, sizes)) + _DECAY * weights

    found: NDArray[np.float32] = (_minimise(loss, names) / spread).astype(np.float32)
    return found


def _fit_logistic(
    names: Sequence[str], known: Sequence[NDArray[np.float32]], right: Sequence[bool], importance: Sequence[float]
) -> NDArray[np.float32]:
    features, held, counts = np.array(known, float), np.array(right, float), np.array(importance)
    mean, spread = features.mean(0), features.std(0) + 1e-6
    scaled = np.c_[(features - mean) / spread, np.ones(len(features))]
    decay = np.r_[np.full(len(names), _DECAY), 0.0]

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = scaled @ weights
        value = (counts * (np.logaddexp(0, logits) - held * logits)).sum() + decay @ weights**2 / 2
        return value, scaled.T @ (counts * (1 / (1 + np.exp(-logits)) - held)) + decay * weights

    weights = _minimise(loss, [*names, ""])
    plain: Floats = weights[:-1] / spread
    return np.append(plain, weights[-1] - plain @ mean).astype(np.float32)


def _minimise(loss: Callable[[Floats], tuple[float, Floats]], names: Sequence[str]) -> Floats:
    """The weights of the named features; what has no name is the constant."""
    from scipy.optimize import minimize

    bounds = [(None, None) if not name else (None, 0) if name in _AGAINST else (0, None) for name in names]
    found: Floats = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def _nothing(names: Sequence[str]) -> NDArray[np.float32]:
    return np.zeros(len(names) + 1, np.float32)


# The sets


def set_names(examples: Sequence[Example]) -> list[str]:
    return list(dict.fromkeys(e.set.name for e in examples))


@contextmanager
def _collection(one: CalibrationSet, keep: Path) -> Generator[tuple[Collection, Names], None, None]:
    home = keep / one.name
    settings = Settings(home, reranker=OWN, rerank_seconds=_PATIENCE)
    with measured_collection(one.data, settings, none_opened(), home, Telling(print)) as measured:
        yield measured


def examples_of(one: CalibrationSet, keep: Path) -> list[Example]:
    """The questions of a set that are of one part and ask nothing about speech."""
    with _collection(one, keep) as (collection, names):
        _, total = collection.catalogue.count()
        share = (_NEWS_SHARE if one.name == "realtimeqa" else 1.0) * MOST / len(one.questions)
        found = [_example(one, asked, collection, total, names, share) for asked in one.questions]
        return [example for example in found if example]


def _example(
    one: CalibrationSet,
    asked: Question,
    collection: Collection,
    total: int,
    names: Names,
    share: float,
) -> Example | None:
    parts = focuses(asked.text, collection.frequency, total)
    if len(parts) > 1 or parts[0].speech.kind:
        return None
    passages = collection.search(asked.text, READ_PASSAGES, asked.as_of or date.max)
    found, readings = candidates(passages), readings_of(asked.text, passages)
    features = Evidence(asked.text, found, readings).features(parts[0])
    right = [one.holds(asked, each.text) and _is_there(one, asked, names, each) for each in found]
    return Example(one, asked, parts[0], found, features, readings, np.array(right, bool), share)


def _is_there(one: CalibrationSet, asked: Question, names: Names, each: Candidate) -> bool:
    """Whether a sentence stands in the article that answers; of news many tell the same."""
    return bool(one.data.files and one.data.layout == "news") or each.found.article.id in relevant(asked, names)


if __name__ == "__main__":
    sys.exit(main())
