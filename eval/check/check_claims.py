"""How well the check tells true claims from false ones: the measuring of `byline eval check`.

A claim is flagged when the check does not call it "supported". Its score, the log odds that it is borne out, orders
claims: from it come the area under the ROC curve and what is flagged where a tenth of the true ones are.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.check import Source, check
from assistant.check.network import CheckNetwork
from eval.check.made_sentences import made_sentences
from eval.datasets import Claim, Half, learnt_from, of_half, open_dataset, read_claims
from eval.runs.bootstrap import Figure, Floats, cell, intervals, known, shares
from index.formats.article_files import Reading

MEASURES = ("balanced_accuracy", "auc", "flagged_true", "flagged_false", "false_flagged_at_10", "best_threshold")
_OF_TRUE = 0.1  # share of the true claims flagged, at which the false ones are counted
_STEPS = 500  # different scores told apart in the draws; with more, an interval takes minutes
_ALL = "all"
_MADE, _SEED, _OF_EACH = "made by rule", 1, 110
_HALVES: Mapping[Half, slice] = {"training": slice(1, None, 2), "kept": slice(0, None, 2), "all": slice(None)}


@dataclass(frozen=True, slots=True)
class Judged:
    """What was made of a claim: whether it is flagged, and its score, the higher the surer that it is true."""

    flagged: bool
    score: float


Judge = Callable[[Claim], Judged]


def by_check(network: CheckNetwork | None = None) -> Judge:
    """The product's own check, with its own network or another."""

    def judge(claim: Claim) -> Judged:
        found = check(claim.text, list(map(Source, claim.texts)), network)
        return Judged(found.status != "supported", found.odds)

    return judge


def claims_of(path: Path, half: Half) -> list[Claim]:
    """The claims that are measured: those of files of claims, or ones that are made by rule from a folder of news.

    Raises SourceError where there are none or one is not as it should be.
    """
    if path.is_dir() and any(path.glob("articles.jsonl*")):
        return made_claims(path, half)
    if half == "training":
        return learnt_from(list(read_claims(path)))
    return list(of_half(read_claims(path), half))


def made_claims(path: Path, half: Half) -> list[Claim]:
    """True and false sentences made by rule from news, each beside the passage that it is cited to.

    Every second article is learnt from; the others are kept.
    """
    articles = [reading.article for _, reading in open_dataset(path).readings() if isinstance(reading, Reading)]
    made = made_sentences(articles[_HALVES[half]], _SEED, _OF_EACH)
    return [Claim(_MADE, one.article.id, (one.passage.text,), one.text, one.true, one.kind) for one in made]


@dataclass(frozen=True, slots=True)
class Kind:
    """The claims of one kind, the share flagged, and that flagged where a tenth of the set's true ones are."""

    kind: str
    true: bool
    claims: int
    flagged: Figure
    flagged_at_10: Figure


@dataclass(frozen=True, slots=True)
class SetFigures:
    """What was found on a set, or on all together: `figures` has each of MEASURES.

    "best_threshold" is the balanced accuracy at the threshold of the score that is best on this very set.
    """

    name: str
    sources: int
    true: int
    false: int
    figures: Mapping[str, Figure]
    kinds: tuple[Kind, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            **{name: known(one.value) for name, one in self.figures.items()},
            "sources": self.sources,
            "true": self.true,
            "false": self.false,
            "intervals": {name: one.to_json() for name, one in self.figures.items()},
            "kinds": [
                {
                    "kind": one.kind,
                    "supported": one.true,
                    "claims": one.claims,
                    "flagged": known(one.flagged.value),
                    "interval": one.flagged.to_json(),
                    "flagged_at_10": known(one.flagged_at_10.value),
                }
                for one in self.kinds
            ],
        }


@dataclass(frozen=True, slots=True)
class CheckRun:
    """The figures of one judge over all claims, and over each set where there are several; milliseconds for a claim."""

    judge: str
    all: SetFigures
    sets: tuple[SetFigures, ...]
    median_ms: float
    p95_ms: float

    def to_json(self) -> dict[str, Any]:
        sets = {one.name: one.to_json() for one in self.sets}
        times = {"p50": self.median_ms, "p95": self.p95_ms}
        return {"judge": self.judge, **self.all.to_json(), "sets": sets, "milliseconds": times}


def measure(
    claims: Sequence[Claim], name: str, judge: Judge | None = None, told: Callable[[int, int], None] | None = None
) -> CheckRun:
    """Judge each claim, and count. `told` hears how many of how many are done."""
    judge = judge or by_check()
    judge(Claim("", "", ("A model is loaded.",), "A first one loads the model.", False))
    judged, taken = [], []
    for number, claim in enumerate(claims, 1):
        began = time.perf_counter()
        judged.append(judge(claim))
        taken.append(1000 * (time.perf_counter() - began))
        if told:
            told(number, len(claims))
    by_set: dict[str, list[int]] = defaultdict(list)
    for at, claim in enumerate(claims):
        by_set[claim.set].append(at)
    sets = tuple(_of_set(one, [claims[at] for at in ats], [judged[at] for at in ats]) for one, ats in by_set.items())
    together = sets[0] if len(sets) == 1 else _of_set(_ALL, claims, judged)
    p95 = statistics.quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
    return CheckRun(name, together, sets, statistics.median(taken), p95)


def run_lines(run: CheckRun) -> Iterator[str]:
    """For each set its figures with their intervals, then what was flagged of each kind."""
    yield f"by {run.judge}"
    yield f"{'':24}{'true':>6}{'false':>7}" + "".join(f"{_HEADS[name]:>20}" for name in MEASURES)
    shown = run.sets if len(run.sets) == 1 else (*run.sets, run.all)
    for one in shown:
        cells = "".join(cell(one.figures[name]) for name in MEASURES)
        yield f"  {one.name[:21]:22}{one.true:>6}{one.false:>7}{cells}"
    for one in run.sets:
        yield ""
        yield f"{one.name[:48]:50}{'claims':>8}{'flagged':>20}{'at .1 of the true':>20}"
        for kind in one.kinds:
            name = f"{'true' if kind.true else 'false'}{', ' if kind.kind else ''}{kind.kind}"
            yield f"  {name[:46]:48}{kind.claims:>8}{cell(kind.flagged)}{cell(kind.flagged_at_10)}"
    yield ""
    yield f"milliseconds a claim: median {run.median_ms:.1f}, p95 {run.p95_ms:.1f}"


_HEADS = {
    "balanced_accuracy": "balanced accuracy",
    "auc": "under the ROC",
    "flagged_true": "true flagged",
    "flagged_false": "false flagged",
    "false_flagged_at_10": "at .1 of the true",
    "best_threshold": "best threshold",
}


# Figures


def _of_set(name: str, claims: Sequence[Claim], judged: Sequence[Judged]) -> SetFigures:
    true = np.array([one.supported for one in claims])
    flagged = np.array([one.flagged for one in judged])
    scores = np.array([one.score for one in judged])
    places = {source: at for at, source in enumerate(dict.fromkeys(one.source for one in claims))}
    source = np.array([places[one.source] for one in claims])
    exact = _Counts.of(np.zeros(len(claims), np.int64), _steps(scores, len(claims)), true, flagged)
    values = exact.figures(np.ones((1, 1)))[0]
    drawn = _Counts.of(source, _steps(scores, _STEPS), true, flagged)
    defined = ~np.isnan(values)

    def figures(draws: Any) -> Floats:
        times = np.apply_along_axis(np.bincount, 1, draws, None, len(places)).astype(np.float64)
        return drawn.figures(times)[:, defined]

    lows, highs = values.copy(), values.copy()
    lows[defined], highs[defined] = intervals(len(places), figures)
    found = {
        measure: Figure(float(value), float(low), float(high))
        for measure, value, low, high in zip(MEASURES, values, lows, highs, strict=True)
    }
    kinds = tuple(_kinds(claims, source, flagged, _flagged_at_10(scores, true)))
    return SetFigures(name, len(places), int(true.sum()), int((~true).sum()), found, kinds)


def _steps(scores: Floats, most: int) -> Any:
    """Each score's rank among the different ones, or the part of `most` equal ones that it falls into."""
    ranks = np.unique(scores, return_inverse=True)[1]
    if ranks.max() < most:
        return ranks
    edges = np.unique(np.quantile(scores, np.linspace(0, 1, most + 1)[1:-1]))
    return np.searchsorted(edges, scores, side="right")


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many claims of each source have each score, (sources, scores), and are flagged, (sources,)."""

    true: Floats
    false: Floats
    flagged_true: Floats
    flagged_false: Floats

    @classmethod
    def of(cls, source: Any, step: Any, true: Any, flagged: Any) -> "_Counts":
        shape = (int(source.max()) + 1, int(step.max()) + 1)
        by_truth = []
        for truth in (true, ~true):
            counts = np.zeros(shape)
            np.add.at(counts, (source[truth], step[truth]), 1.0)
            by_truth.append(counts)
        flags = [np.bincount(source[of & flagged], minlength=shape[0]).astype(np.float64) for of in (true, ~true)]
        return cls(by_truth[0], by_truth[1], flags[0], flags[1])

    def figures(self, times: Floats) -> Floats:
        """MEASURES, (draws, measures), where each source is counted so many times, (draws, sources)."""
        with np.errstate(invalid="ignore", divide="ignore"):
            true, false = times @ self.true, times @ self.false
            all_true, all_false = true.sum(1), false.sum(1)
            flagged_true, flagged_false = times @ self.flagged_true / all_true, times @ self.flagged_false / all_false
            below_true = np.cumsum(true, 1) / all_true[:, None]  # share with this score or a lower one
            below_false = np.cumsum(false, 1) / all_false[:, None]
            before = np.pad(below_false[:, :-1], ((0, 0), (1, 0)))
            auc = (true * (before + below_false) / 2).sum(1) / all_true
        at_10 = np.array([_at(each, other) for each, other in zip(below_true, below_false, strict=True)])
        best = ((1 - below_true + below_false) / 2).max(1)
        balanced = (1 - flagged_true + flagged_false) / 2
        return np.stack([balanced, auc, flagged_true, flagged_false, at_10, best], axis=1)


def _at(below_true: Floats, below_false: Floats) -> float:
    """Where the ROC curve stands at a tenth of the true, in a straight line between two scores."""
    if np.isnan(below_true).any() or np.isnan(below_false).any():
        return float("nan")
    return float(np.interp(_OF_TRUE, np.concatenate([[0.0], below_true]), np.concatenate([[0.0], below_false])))


def _flagged_at_10(scores: Floats, true: Any) -> Any:
    """Which claims are flagged by the highest threshold that flags no more than a tenth of the true ones."""
    if not true.any():
        return np.zeros(len(scores), bool)
    ordered = np.sort(scores[true])
    return scores < ordered[int(_OF_TRUE * len(ordered))]


def _kinds(claims: Sequence[Claim], source: Any, flagged: Any, at_10: Any) -> Iterator[Kind]:
    sources = int(source.max()) + 1
    for true in (True, False):
        for kind in sorted({one.kind for one in claims if one.supported == true}):
            chosen = np.array([one.supported == true and one.kind == kind for one in claims])
            numbers = np.bincount(source[chosen], minlength=sources).astype(np.float64)
            found = []
            for flags in (flagged, at_10):
                count = np.bincount(source[chosen & flags], minlength=sources).astype(np.float64)
                low, high = intervals(sources, lambda at, n=count, of=numbers: shares(at, n[:, None], of[:, None]))  # type: ignore[misc]
                found.append(Figure(float(count.sum() / numbers.sum()), float(low[0]), float(high[0])))
            yield Kind(kind, true, int(chosen.sum()), *found)
