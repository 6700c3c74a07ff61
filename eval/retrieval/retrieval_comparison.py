"""Two runs over the same questions: what became better or worse, and whether chance would do as much.

p is of a paired randomization test (Smucker, Allan and Carterette 2007): how often the mean difference is at least as
large, in either direction, when for each question it is left to chance which run is which. It asks nothing of how the
differences are distributed, which are mostly zero here, and for Success@k it is the exact sign test. Up to 13 questions
that differ it is exact, beyond that of 9,999 draws.
"""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from eval.datasets import Dataset, Question
from eval.retrieval.retrieval_run import ALL, MEASURES, Result, Run, is_in, values_of
from eval.runs.saved_runs import saved_rows
from eval.runs.slices import SLICES
from index.errors import SourceError

_DRAWS = 9999


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of two runs; `better` and `worse` count the questions that differ."""

    sought: str
    slice: str
    measure: str
    questions: int
    before: float
    after: float
    better: int
    worse: int
    p: float

    @property
    def difference(self) -> float:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """`same_data` is false where the files have changed since; only the questions of both runs are compared."""

    same_data: bool
    questions: int
    figures: tuple[Compared, ...]


def load(file: Path) -> Run:
    """A run that was saved. Raises SourceError where the file holds none."""
    with saved_rows(file) as row:
        results = tuple(Result(**{**result, "slices": tuple(result["slices"])}) for result in row["results"])
        return Run(**{field.name: row[field.name] for field in fields(Run) if field.name != "results"}, results=results)


def check_comparable(before: Run, data: Dataset) -> None:
    """Raises SourceError where a run has no question of the data."""
    if not {_key(result) for result in before.results} & {_question_key(question) for question in data.questions}:
        raise SourceError(f"the run to compare with is of other questions ({before.data}, not {data.name})")


def compare(before: Run, after: Run) -> Comparison:
    """Every figure of both runs, over the questions that both have."""
    earlier = {_key(result): result for result in before.results}
    pairs = [(earlier[_key(result)], result) for result in after.results if _key(result) in earlier]
    return Comparison(before.digest == after.digest, len(pairs), tuple(_compared(pairs)))


def _key(result: Result) -> tuple[str, str, str | None]:
    return result.id, result.question, result.as_of


def _question_key(question: Question) -> tuple[str, str, str | None]:
    return question.id, question.text, question.as_of.isoformat() if question.as_of else None


def _compared(pairs: Sequence[tuple[Result, Result]]) -> Iterator[Compared]:
    for sought in ("answer", "article"):
        for name in (ALL, *SLICES):
            both = [(values_of(a, sought), values_of(b, sought)) for a, b in pairs if is_in(b, name)]
            both = [(a, b) for a, b in both if a and b]
            if both:
                yield from (_figure(sought, name, str(measure), both) for measure in MEASURES)


def _figure(
    sought: str, name: str, measure: str, both: Sequence[tuple[Mapping[str, float], Mapping[str, float]]]
) -> Compared:
    before, after = ([one[side][measure] for one in both] for side in (0, 1))
    changes = [b - a for a, b in zip(before, after, strict=True)]
    return Compared(
        sought=sought,
        slice=name,
        measure=measure,
        questions=len(both),
        before=statistics.fmean(before),
        after=statistics.fmean(after),
        better=sum(change > 0 for change in changes),
        worse=sum(change < 0 for change in changes),
        p=chance(changes),
    )


def chance(changes: Sequence[float]) -> float:
    """The p of the test on the differences of each question."""
    differing = np.array([change for change in changes if change])  # the others stay zero whichever run is which
    count = len(differing)
    is_exact = 2**count <= _DRAWS
    if is_exact:
        turned = np.arange(2**count)[:, None] >> np.arange(count) & 1
    else:
        turned = np.random.default_rng(1).integers(0, 2, (_DRAWS, count))
    as_large = np.abs((1 - 2 * turned) @ differing) >= abs(differing.sum()) - 1e-9
    return float(as_large.mean()) if is_exact else float((as_large.sum() + 1) / (_DRAWS + 1))
