"""The run and the comparison of `byline eval retrieval` as lines for the terminal."""

from collections.abc import Iterator

from eval.retrieval.retrieval_comparison import Comparison
from eval.retrieval.retrieval_run import ALL, MEASURES, Run
from eval.runs.measured_run import error_lines, head_line

_SOUGHT = {"answer": "an answer in the passage", "article": "a passage of a right article"}
_OF_SLICES = "RR@10"


def run_lines(run: Run) -> Iterator[str]:
    """What was measured, each figure with its number of questions, the times, and what failed."""
    yield head_line(run, len(run.results))
    if run.left_out:
        yield f"{run.left_out} more have no answer there, and were left out"
    for figure in run.figures:
        if figure.slice == ALL:
            yield ""
            measures = "".join(f"{str(m).replace('Success', 'S'):>9}" for m in MEASURES)
            yield f"{_SOUGHT[figure.sought]:30}{'questions':>9}{measures}"
        values = "".join(f"{value:>9.3f}" for value in figure.measures.values())
        yield f"  {figure.slice:28}{figure.questions:>9}{values}"
    middle, most = run.milliseconds
    yield ""
    yield f"milliseconds a search: {middle:.1f} (p50), {most:.1f} (p95)"
    yield from error_lines(run.results, "searches failed, and count as finding nothing")


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Every figure over all questions, and RR@10 of each slice."""
    yield f"against the earlier run, over the {comparison.questions} questions of both"
    if not comparison.same_data:
        yield "the data is not the same as it was then"
    sought = ""
    for one in comparison.figures:
        if one.slice != ALL and one.measure != _OF_SLICES:
            continue
        if one.sought != sought:
            sought = one.sought
            heads = "".join(f"{head:>9}" for head in ("before", "after", "change", "p", "better", "worse"))
            yield ""
            yield f"{_SOUGHT[sought]:30}{'questions':>9}{heads}"
        name = one.measure if one.slice == ALL else f"{one.slice}, {one.measure}"
        values = f"{one.before:>9.3f}{one.after:>9.3f}{one.difference:>+9.3f}{one.p:>9.4f}{one.better:>9}{one.worse:>9}"
        yield f"  {name:28}{one.questions:>9}{values}"
