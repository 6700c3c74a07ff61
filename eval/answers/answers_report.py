"""The run and the comparison of `byline eval answers` as lines for the terminal."""

from collections.abc import Iterator, Mapping, Sequence

from eval.answers.answer_comparison import Compared
from eval.answers.answer_figures import STAGES, Figure
from eval.answers.answer_result import ALL, ANSWER_SLICES
from eval.answers.answers_run import Run
from eval.answers.confidence import COVERAGES
from eval.runs.measured_run import error_lines, head_line

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
    **{f"lost in {stage}": f"lost in {stage}" for stage in STAGES},
}
_GROUPS = {
    "answerable questions, a refusal counting as wrong": ("exact", "f1", "contained"),
    "answerable questions that were answered": ("exact, answered", "f1, answered", "contained, answered"),
    "refusals": ("unanswerable refused", "answerable refused", "right refused", "answered wrong"),
    "answerable questions by what loses them": tuple(f"lost in {stage}" for stage in STAGES),
}
_Figures = Mapping[tuple[str, str], Figure]


def run_lines(run: Run) -> Iterator[str]:
    """What was measured, each figure with its number of questions and its interval, the times, and what failed."""
    yield from _about(run)
    figures = {(one.slice, one.measure): one for one in run.figures}
    for heading, measures in _GROUPS.items():
        shown = [figures[ALL, measure] for measure in measures if (ALL, measure) in figures]
        shown = [one for one in shown if run.errors or one.measure != "lost in error"]
        if shown:
            yield ""
            yield f"{heading:50}{'questions':>10}{'share':>9}{'95 % interval':>17}"
        for one in shown:
            yield f"  {_LINES[one.measure]:48}{one.questions:>10}{one.value:>9.3f}{_interval(one.low, one.high):>17}"
    yield from _slice_lines(figures)
    yield from _confidence_lines(run)
    if count := sum(run.statuses.values()):
        yield ""
        shares = ", ".join(f"{status} {number / count:.3f}" for status, number in run.statuses.items())
        yield f"{count} sentences, as cited: {shares}"
    yield ""
    yield f"{'milliseconds':30}{'p50':>9}{'p95':>9}"
    for name, (middle, most) in run.milliseconds.items():
        yield f"  {name:28}{middle:>9.1f}{most:>9.1f}"
    yield from error_lines(run.results, "questions failed, and count as answered wrong")


def comparison_lines(figures: Sequence[Compared]) -> Iterator[str]:
    """Every figure over all questions, then an answer in the text of each slice."""
    heads = f"{'questions':>10}{'before':>9}{'after':>9}{'change':>9}{'95 % interval':>18}"
    yield f"{'against the earlier run':42}{heads}"
    for one in figures:
        if one.slice not in ANSWER_SLICES:
            name = _LINES.get(one.measure, one.measure)
            yield _compared_line(name if one.slice == ALL else f"{name}, {one.slice}", one)
    yield ""
    yield f"{_LINES['contained']:42}{heads}"
    for one in figures:
        if one.slice in ANSWER_SLICES and one.measure == "contained":
            yield _compared_line(one.slice, one)


def _compared_line(name: str, one: Compared) -> str:
    values = f"{one.questions:>10}{one.before:>9.3f}{one.after:>9.3f}{one.difference:>+9.3f}"
    return f"  {name:40}{values}{f'{one.low:+.3f} to {one.high:+.3f}':>18}"


def _about(run: Run) -> Iterator[str]:
    which = ", the held-out questions only" if run.held_out else ""
    yield head_line(run, len(run.results), which)
    refuses = "" if run.threshold is None else f", which refuses below a confidence of {run.threshold:.2f}"
    yield f"answered by {run.llm}{refuses}"
    if run.left_out:
        yield f"{run.left_out} more have no known answer, and were left out"


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


def _confidence_lines(run: Run) -> Iterator[str]:
    if run.curves:
        yield ""
        coverages = "".join(f"{coverage:>5.1f}" for coverage in COVERAGES)
        yield f"{'wrong, of the surest':22}{coverages}{'AURC':>7}{'95 % interval':>17}"
    for name, curve in run.curves.items():
        risks = "".join(f"{risk:>5.2f}" for risk in curve.risks)
        yield f"  {name:20}{risks}{curve.aurc:>7.3f}{_interval(curve.low, curve.high):>17}"
    if calibration := run.calibration:
        yield ""
        yield f"calibration error: {calibration.error:.3f}, {_interval(calibration.low, calibration.high)}"


def _interval(low: float, high: float) -> str:
    return f"{low:.3f} to {high:.3f}"
