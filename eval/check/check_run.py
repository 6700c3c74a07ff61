"""How well the check tells true claims from false ones: the measuring of `byline eval check`.

A claim is flagged when the check does not call it "supported". Its score, the log odds that it is borne out, orders
claims: from it come the area under the ROC curve and what is flagged where a tenth of the true ones are.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from assistant.check import Source, check
from assistant.check.network import CheckNetwork
from eval.check.made_sentences import made_sentences
from eval.datasets.claims import Claim, Half, learnt_from, of_half, read_claims
from eval.datasets.questions import open_dataset
from eval.runs.bootstrap import ALL, Figure, Floats, Places, SetFigures, figures_of_set, intervals, known, shares
from eval.runs.run import Progress, Run, nothing
from index.formats.readings import Reading

_HEADS = {
    "balanced_accuracy": "balanced accuracy",
    "auc": "under the ROC",
    "flagged_true": "true flagged",
    "flagged_false": "false flagged",
    "false_flagged_at_10": "at .1 of the true",
    "best_threshold": "best threshold",
}
MEASURES = tuple(_HEADS)
_OF_TRUE = 0.1  # share of the true claims flagged, at which the false ones are counted
_STEPS = 500  # different scores told apart in the draws; with more, an interval takes minutes
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
class ClaimSet(SetFigures):
    """What was found on a set, or on all together.

    "best_threshold" is the balanced accuracy at the threshold of the score that is best on this very set.
    """

    sources: int
    true: int
    false: int
    kinds: tuple[Kind, ...]

    def to_json(self) -> dict[str, Any]:
        kinds = [
            {
                "kind": one.kind,
                "supported": one.true,
                "claims": one.claims,
                "flagged": known(one.flagged.value),
                "interval": [known(one.flagged.low), known(one.flagged.high)],
                "flagged_at_10": known(one.flagged_at_10.value),
            }
            for one in self.kinds
        ]
        return {**SetFigures.to_json(self), "kinds": kinds}


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim with what was made of it."""

    claim: Claim
    judged: Judged
    milliseconds: float
    error: str | None = None


@dataclass(frozen=True, kw_only=True)
class CheckRun(Run[JudgedClaim]):
    """What one judge made of each claim."""

    judge: str

    @cached_property
    def sets(self) -> tuple[ClaimSet, ...]:
        """The figures of each set."""
        by_set: dict[str, list[JudgedClaim]] = defaultdict(list)
        for one in self.results:
            by_set[one.claim.set].append(one)
        return tuple(_of_set(name, results) for name, results in by_set.items())

    @cached_property
    def all(self) -> ClaimSet:
        """The figures over all claims."""
        return self.sets[0] if len(self.sets) == 1 else _of_set(ALL, self.results)

    @property
    def milliseconds(self) -> tuple[float, float]:
        """The median of a claim, and the 95th percentile."""
        taken = [one.milliseconds for one in self.results]
        return statistics.median(taken), statistics.quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]

    def to_json(self) -> dict[str, Any]:
        sets = {one.name: one.to_json() for one in self.sets}
        times = dict(zip(("p50", "p95"), self.milliseconds, strict=True))
        return {"judge": self.judge, **self.all.to_json(), "sets": sets, "milliseconds": times}

    def lines(self) -> Iterator[str]:
        """For each set its figures with their intervals, then what was flagged of each kind."""
        yield f"by {self.judge}"
        yield f"{'':24}{'true':>6}{'false':>7}" + "".join(f"{_HEADS[name]:>20}" for name in MEASURES)
        for one in self.sets if len(self.sets) == 1 else (*self.sets, self.all):
            cells = "".join(one.figures[name].cell for name in MEASURES)
            yield f"  {one.name[:21]:22}{one.true:>6}{one.false:>7}{cells}"
        for one in self.sets:
            yield ""
            yield f"{one.name[:48]:50}{'claims':>8}{'flagged':>20}{'at .1 of the true':>20}"
            for kind in one.kinds:
                name = f"{'true' if kind.true else 'false'}{', ' if kind.kind else ''}{kind.kind}"
                yield f"  {name[:46]:48}{kind.claims:>8}{kind.flagged.cell}{kind.flagged_at_10.cell}"
        yield ""
        median, most = self.milliseconds
        yield f"milliseconds a claim: median {median:.1f}, p95 {most:.1f}"


def measure_check(
    claims: Sequence[Claim], name: str, judge: Judge | None = None, progress: Progress = nothing
) -> CheckRun:
    """Judge each claim. Progress is told once each is done."""
    judge = judge or by_check()
    judge(Claim("", "", ("A model is loaded.",), "A first one loads the model.", False))
    results = []
    for number, claim in enumerate(claims, 1):
        began = time.perf_counter()
        judged = judge(claim)
        results.append(JudgedClaim(claim, judged, 1000 * (time.perf_counter() - began)))
        progress(number, len(claims))
    return CheckRun(judge=name, results=tuple(results))


# Figures


def _of_set(name: str, results: Sequence[JudgedClaim]) -> ClaimSet:
    claims = [one.claim for one in results]
    true = np.array([one.supported for one in claims])
    flagged = np.array([one.judged.flagged for one in results])
    scores = np.array([one.judged.score for one in results])
    places = {source: at for at, source in enumerate(dict.fromkeys(one.source for one in claims))}
    source = np.array([places[one.source] for one in claims])
    exact = _Counts.of(np.zeros(len(claims), np.int64), _steps(scores, len(claims)), true, flagged)
    drawn = _Counts.of(source, _steps(scores, _STEPS), true, flagged)

    def figures(draws: Places) -> Floats:
        times = np.apply_along_axis(np.bincount, 1, draws, None, len(places)).astype(np.float64)
        return drawn.figures(times)

    whole = exact.figures(np.ones((1, 1)))[0]
    found = figures_of_set(name, MEASURES, len(claims), whole, len(places), figures)
    kinds = tuple(_kinds(name, claims, source, flagged, _flagged_at_10(scores, true)))
    return ClaimSet(name, found, len(places), int(true.sum()), int((~true).sum()), kinds)


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


def _kinds(name: str, claims: Sequence[Claim], source: Any, flagged: Any, at_10: Any) -> Iterator[Kind]:
    sources = int(source.max()) + 1
    for true in (True, False):
        for kind in sorted({one.kind for one in claims if one.supported == true}):
            chosen = np.array([one.supported == true and one.kind == kind for one in claims])
            numbers = np.bincount(source[chosen], minlength=sources).astype(np.float64)
            found = []
            for measure, flags in (("flagged", flagged), ("flagged_at_10", at_10)):
                count = np.bincount(source[chosen & flags], minlength=sources).astype(np.float64)
                low, high = intervals(sources, lambda at, n=count, of=numbers: shares(at, n[:, None], of[:, None]))  # type: ignore[misc]
                share = float(count.sum() / numbers.sum())
                found.append(Figure(name, measure, int(chosen.sum()), share, float(low[0]), float(high[0])))
            yield Kind(kind, true, int(chosen.sum()), *found)
