"""How well questions are answered, and what is refused: `byline eval answers`.

Each question is asked as a user would, on the day it was asked. The built-in reader is asked once, for what it would
say without refusing; with its confidence and the shipped threshold that tells what it refuses, and what refusing loses.
A language model refuses by itself, has no confidence, and what it would have said is not known.

An answer is right where its first three sentences contain one of the known answers (see `eval/runs/judging.py`); exact
match and F1 are of the short answer. Unanswerable questions are asked too. Answerable ones of which only the
articles are known are left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, get_args

from assistant.answer import Status
from assistant.assistant import Assistant
from assistant.extractive.quoting import EXTRACTIVE, QuotingReader
from assistant.extractive.weights import BALANCED, Least, load_weights
from assistant.readers import open_reader
from assistant.request import Reader, Request
from eval.answers.answer_result import (
    ANSWER_SLICES,
    LESS_IS_BETTER,
    MEASURES,
    STAGES,
    AnswerResult,
    failed,
    judged,
)
from eval.answers.confidence import COVERAGES, Calibration, Curve, Ordered, calibration_of, curve_of
from eval.datasets.questions import Dataset, Question
from eval.runs.bootstrap import ALL, Figure
from eval.runs.comparison import Compared, Comparison, change
from eval.runs.run import CollectionRun, Progress, about, answer_with_passages, ask_all, nothing, p50_p95
from index.collection import Collection
from index.errors import SourceError

TIMES = ("search", "read", "total")
_LINES = {
    "exact": "short answer exact",
    "f1": "short answer, F1",
    "contained": "an answer in the text",
    "exact, answered": "short answer exact, of answered",
    "f1, answered": "short answer, F1, of answered",
    "contained, answered": "an answer in the text, of answered",
    "unanswerable refused": "unanswerable, refused",
    "answerable refused": "answerable, refused",
    "right refused": "right, lost by refusing",
    "answered wrong": "answered, and not right",
}  # of the others their own names
_GROUPS = {
    "answerable questions, a refusal counting as wrong": ("exact", "f1", "contained"),
    "answerable questions that were answered": ("exact, answered", "f1, answered", "contained, answered"),
    "refusals": ("unanswerable refused", "answerable refused", "right refused", "answered wrong"),
    "answerable questions by what loses them": tuple(f"lost in {stage}" for stage in STAGES),
}
_Figures = Mapping[tuple[str, str], Figure]


@dataclass(frozen=True, kw_only=True)
class AnswersRun(CollectionRun[AnswerResult]):
    """What came of each question.

    `threshold` is the confidence below which the reader refuses, None where it tells none. `held_out` tells that only
    the held-out questions were asked.
    """

    RESULT = AnswerResult
    SLICES = ANSWER_SLICES
    MEASURES = {("answer", name): measure for name, measure in MEASURES.items()}
    LESS_IS_BETTER = LESS_IS_BETTER

    held_out: bool
    llm: str
    threshold: float | None

    @cached_property
    def curves(self) -> Mapping[str, Curve]:
        """Risk and coverage over all questions and over the answerable ones; of a reader without confidence none."""
        answerable = [result for result in self.results if result.answerable]
        curves = {"all": curve_of(self.results), "answerable": curve_of(answerable)}
        return {name: curve for name, curve in curves.items() if curve}

    @cached_property
    def calibration(self) -> Calibration | None:
        return calibration_of(self.results)

    @property
    def milliseconds(self) -> Mapping[str, tuple[float, float]]:
        """p50 and p95 of search, read and total, of the questions that did not fail."""
        taken = [result.milliseconds for result in self.results if result.milliseconds]
        return {name: p50_p95([one[name] for one in taken]) for name in TIMES}

    @property
    def statuses(self) -> Mapping[str, int]:
        """How many sentences of what was answered have each status."""
        given = [status for result in self.results if not result.refused for status in result.statuses]
        return {status: given.count(status) for status in get_args(Status)}

    def to_json(self) -> dict[str, Any]:
        return {
            **super().to_json(),
            "statuses": dict(self.statuses),
            "milliseconds": {name: {"p50": p50, "p95": p95} for name, (p50, p95) in self.milliseconds.items()},
            "figures": [asdict(figure) for figure in self.figures],
            "coverages": COVERAGES,
            "curves": {name: asdict(curve) for name, curve in self.curves.items()},
            "calibration": asdict(self.calibration) if self.calibration else None,
            "results": [{**asdict(result), "lost_in": result.lost_in} for result in self.results],
        }

    def lines(self) -> Iterator[str]:
        """What was measured, each figure with its number of questions and its interval, the times, and what failed."""
        yield from self._about()
        figures = {(one.slice, one.measure): one for one in self.figures}
        for heading, measures in _GROUPS.items():
            shown = [figures[ALL, measure] for measure in measures if (ALL, measure) in figures]
            shown = [one for one in shown if self.errors or one.measure != "lost in error"]
            if shown:
                yield ""
                yield f"{heading:50}{'questions':>10}{'share':>9}{'95 % interval':>17}"
            for one in shown:
                value = f"{one.value:>9.3f}{_interval(one.low, one.high):>17}"
                yield f"  {_LINES.get(one.measure, one.measure):48}{one.questions:>10}{value}"
        yield from _slice_lines(figures)
        yield from self._confidence_lines()
        if count := sum(self.statuses.values()):
            yield ""
            shares = ", ".join(f"{status} {number / count:.3f}" for status, number in self.statuses.items())
            yield f"{count} sentences, as cited: {shares}"
        yield ""
        yield f"{'milliseconds':30}{'p50':>9}{'p95':>9}"
        for name, (middle, most) in self.milliseconds.items():
            yield f"  {name:28}{middle:>9.1f}{most:>9.1f}"
        yield from self._error_lines("questions failed, and count as answered wrong")

    def check_comparable(self, data: Dataset, held_out: bool) -> None:
        """Raises SourceError where the run was of other data, or of another selection of its questions."""
        asked = [(one.id, one.text, one.as_of.isoformat() if one.as_of else None) for one in asked_of(data)]
        if self.digest != data.digest:
            raise SourceError(f"the run to compare with is of other data, or of an earlier state ({self.data})")
        if self.held_out != held_out:
            how = "with" if self.held_out else "without"
            raise SourceError(f"the run to compare with was made {how} --held-out; measure {how} it, too")
        if [result.key for result in self.results] != asked:
            raise SourceError(f"the run to compare with is of other questions ({self.data})")

    def further_compared(self, pairs: Sequence[tuple[AnswerResult, AnswerResult]]) -> Iterator[Compared]:
        """AURC, and the calibration error, of the questions with a confidence in both runs."""
        yield from _confidence_compared(ALL, pairs)
        yield from _confidence_compared("answerable", [(a, b) for a, b in pairs if b.answerable])

    def _about(self) -> Iterator[str]:
        which = ", the held-out questions only" if self.held_out else ""
        yield self._head(which)
        refuses = "" if self.threshold is None else f", which refuses below a confidence of {self.threshold:.2f}"
        yield f"answered by {self.llm}{refuses}"
        if self.left_out:
            yield f"{self.left_out} more have no known answer, and were left out"

    def _confidence_lines(self) -> Iterator[str]:
        if self.curves:
            yield ""
            coverages = "".join(f"{coverage:>5.1f}" for coverage in COVERAGES)
            yield f"{'wrong, of the surest':22}{coverages}{'AURC':>7}{'95 % interval':>17}"
        for name, curve in self.curves.items():
            risks = "".join(f"{risk:>5.2f}" for risk in curve.risks)
            yield f"  {name:20}{risks}{curve.aurc:>7.3f}{_interval(curve.low, curve.high):>17}"
        if calibration := self.calibration:
            yield ""
            yield f"calibration error: {calibration.error:.3f}, {_interval(calibration.low, calibration.high)}"


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Every figure over all questions, then an answer in the text of each slice."""
    heads = f"{'questions':>10}{'before':>9}{'after':>9}{'change':>9}{'95 % interval':>18}"
    yield f"{'against the earlier run':42}{heads}"
    for one in comparison.figures:
        if one.slice not in ANSWER_SLICES:
            name = _LINES.get(one.measure, one.measure)
            yield _compared_line(name if one.slice == ALL else f"{name}, {one.slice}", one)
    yield ""
    yield f"{_LINES['contained']:42}{heads}"
    for one in comparison.figures:
        if one.slice in ANSWER_SLICES and one.measure == "contained":
            yield _compared_line(one.slice, one)


def _compared_line(name: str, one: Compared) -> str:
    values = f"{one.questions:>10}{one.before:>9.3f}{one.after:>9.3f}{one.difference:>+9.3f}"
    return f"  {name:40}{values}{f'{one.low:+.3f} to {one.high:+.3f}':>18}"


def open_measured(spec: str, collection: Collection, prompts: str = "") -> tuple[Reader, float | None]:
    """The reader for `--llm SPEC`, which does not refuse by its threshold, and that threshold.

    Raises SettingsError for a spec that names nothing, ModelError where the model cannot be reached.
    """
    if spec == EXTRACTIVE:
        return QuotingReader(collection, least=Least()), load_weights().least[BALANCED].answer
    return open_reader(spec, collection, prompts), None


def measure_answers(
    data: Dataset,
    assistant: Assistant,
    threshold: float | None,
    held_out: bool = False,
    progress: Progress = nothing,
) -> AnswersRun:
    """Ask every question of the data whose answer is known, or that has none.

    `held_out` notes that `data` are the held-out questions only; `progress` gets each one's number, and how many there
    are. A question that fails is a result. Raises CollectionError where the collection cannot be searched at all,
    SourceError where there is nothing to ask.
    """
    collection = assistant.collection
    asked = asked_of(data)
    if not asked:
        raise SourceError(f'{data.name}: none of its questions has "answers", so there is nothing to measure')
    run = about(data, collection, asked)  # before all else: another embedder than the collection's fails here
    results = ask_all(asked, collection, lambda one: _ask(one, assistant, threshold), progress)
    return AnswersRun(**run, held_out=held_out, llm=assistant.reader.name, threshold=threshold, results=results)


def asked_of(data: Dataset) -> list[Question]:
    """The questions whose answer is known, and those that have none."""
    return [question for question in data.questions if question.answers or not question.answerable]


def _ask(question: Question, assistant: Assistant, threshold: float | None) -> AnswerResult:
    try:
        found, answer = answer_with_passages(assistant, Request(question.text, as_of=question.as_of))
        return judged(question, found, answer, threshold)
    except Exception as failure:  # noqa: BLE001 # a failure is a result, and told in the report
        return failed(question, failure)


def _confidence_compared(name: str, pairs: Sequence[tuple[AnswerResult, AnswerResult]]) -> Iterator[Compared]:
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
        low, high = change(len(known), figure_before, figure_after)
        yield Compared("answer", name, measure, len(known), float(was), float(now), low, high)


def _slice_lines(figures: _Figures) -> Iterator[str]:
    yield ""
    answerable = f"{'answerable':>11}{'in text':>8}{'95 % interval':>16}{'exact':>7}{'F1':>7}{'refused':>8}"
    yield f"{'':20}{answerable}{'unanswerable':>14}{'refused':>8}"
    for name in ANSWER_SLICES:
        cells = _answerable_cells(name, figures) + _unanswerable_cells(name, figures)
        if cells.strip():
            yield f"  {name:18}{cells}".rstrip()


def _answerable_cells(name: str, figures: _Figures) -> str:
    if (name, "contained") not in figures:
        return 57 * " "
    contained = figures[name, "contained"]
    exact, f1, refused = (figures[name, measure].value for measure in ("exact", "f1", "answerable refused"))
    interval = _interval(contained.low, contained.high)
    return f"{contained.questions:>11}{contained.value:>8.3f}{interval:>16}{exact:>7.3f}{f1:>7.3f}{refused:>8.3f}"


def _unanswerable_cells(name: str, figures: _Figures) -> str:
    refused = figures.get((name, "unanswerable refused"))
    return f"{refused.questions:>14}{refused.value:>8.3f}" if refused else ""


def _interval(low: float, high: float) -> str:
    return f"{low:.3f} to {high:.3f}"
