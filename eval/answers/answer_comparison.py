"""Two runs of `byline eval answers`: every figure before and after, and the interval of its change.

The interval is of the paired bootstrap: each draw takes the same questions from both runs. A change whose interval
leaves out zero is more than chance makes of these questions.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from eval.answers.answer_figures import MEASURES, columns
from eval.answers.answer_result import ALL, ANSWER_SLICES, Result, is_in
from eval.answers.answers_run import Run, asked_of
from eval.answers.confidence import Ordered
from eval.datasets import Dataset
from eval.runs.bootstrap import Floats, Places, intervals, shares
from eval.runs.saved_runs import saved_rows
from index.errors import SourceError

_Pair = tuple[Result, Result]


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of two runs, and the ends of its change's 95 % interval; `questions` are those of the later figure."""

    slice: str
    measure: str
    questions: int
    before: float
    after: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        return self.after - self.before


def load(file: Path) -> Run:
    """A run that was saved. Raises SourceError where the file holds none."""
    with saved_rows(file) as row:
        results = tuple(Result(**_known(result)) for result in row["results"])
        return Run(**{field.name: row[field.name] for field in fields(Run) if field.name != "results"}, results=results)


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    """A result's fields; older runs have no statuses."""
    lists = {name: tuple(row.get(name, ())) for name in ("slices", "statuses")}
    return {field.name: row[field.name] for field in fields(Result) if field.name not in lists} | lists


def check_comparable(before: Run, data: Dataset, held_out: bool) -> None:
    """Raises SourceError where a run was of other data, or of another selection of its questions."""
    asked = [(one.id, one.text, one.as_of.isoformat() if one.as_of else None) for one in asked_of(data)]
    if before.digest != data.digest:
        raise SourceError(f"the run to compare with is of other data, or of an earlier state ({before.data})")
    if before.held_out != held_out:
        how = "with" if before.held_out else "without"
        raise SourceError(f"the run to compare with was made {how} --held-out; measure {how} it, too")
    if [(one.id, one.question, one.as_of) for one in before.results] != asked:
        raise SourceError(f"the run to compare with is of other questions ({before.data})")


def compare(before: Run, after: Run) -> tuple[Compared, ...]:
    """Every figure of two runs over the same questions, which `check_comparable` makes sure of."""
    return tuple(_compared(list(zip(before.results, after.results, strict=True))))


def _compared(pairs: Sequence[_Pair]) -> Iterator[Compared]:
    for name in (ALL, *ANSWER_SLICES):
        chosen = [(a, b) for a, b in pairs if is_in(b, name)]
        if chosen:
            yield from _shares(name, chosen)
    yield from _of_confidence(ALL, pairs)
    yield from _of_confidence("answerable", [(a, b) for a, b in pairs if b.answerable])


def _shares(name: str, pairs: Sequence[_Pair]) -> Iterator[Compared]:
    (values_before, of_before), (values_after, of_after) = (columns([pair[side] for pair in pairs]) for side in (0, 1))
    known = np.flatnonzero(of_before.sum(axis=0) * of_after.sum(axis=0))
    values_before, of_before = values_before[:, known], of_before[:, known]
    values_after, of_after = values_after[:, known], of_after[:, known]

    def changes(places: Places) -> Floats:
        return shares(places, values_after, of_after) - shares(places, values_before, of_before)

    lows, highs = intervals(len(pairs), changes)
    measures = list(MEASURES)
    for at, measure in enumerate(measures[place] for place in known):
        yield Compared(
            slice=name,
            measure=measure,
            questions=int(of_after[:, at].sum()),
            before=float(values_before[:, at].sum() / of_before[:, at].sum()),
            after=float(values_after[:, at].sum() / of_after[:, at].sum()),
            low=float(lows[at]),
            high=float(highs[at]),
        )


def _of_confidence(name: str, pairs: Sequence[_Pair]) -> Iterator[Compared]:
    """AURC, and the calibration error, of the questions with a confidence in both runs."""
    known = [(a, b) for a, b in pairs if a.confidence is not None and b.confidence is not None]
    if not known:
        return
    before, after = (Ordered([pair[side] for pair in known]) for side in (0, 1))
    measures = [("AURC", before.aurc, after.aurc)]
    if name == ALL:
        measures.append(("calibration error", before.calibration_error, after.calibration_error))
    for measure, figure_before, figure_after in measures:
        (was,), (now,) = figure_before(before.whole), figure_after(after.whole)
        low, high = _change(len(known), figure_before, figure_after)
        yield Compared(name, measure, len(known), float(was), float(now), low, high)


def _change(
    questions: int, before: Callable[[Places], Floats], after: Callable[[Places], Floats]
) -> tuple[float, float]:
    lows, highs = intervals(questions, lambda places: (after(places) - before(places))[:, None])
    return float(lows[0]), float(highs[0])
