"""Two runs compared: the differences, and how likely they are by chance."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from scipy.stats import binomtest

from eval.datasets.questions import open_dataset
from eval.retrieval_run import MEASURES, RetrievalResult, RetrievalRun, comparison_lines, values
from eval.runs.comparison import Compared, chance, compare
from index.errors import SourceError
from tests.retrieval_data import write_rows


def result(name: str, rank: int | None) -> RetrievalResult:
    """A question whose answer was found at a rank, and whose article is not known."""
    ranking = [None] * (rank - 1) + ["answer"] if rank else []
    found = values(ranking, {"answer"})
    return RetrievalResult(
        id=name,
        question=f"Question {name}?",
        as_of="2021-03-05",
        slices=("asks other",),
        answer_rank=rank,
        article_rank=None,
        answer=found,
        article={},
        milliseconds=5.0,
    )


def run(ranks: Sequence[int | None], data: str = "news") -> RetrievalRun:
    results = tuple(result(str(number), rank) for number, rank in enumerate(ranks))
    return RetrievalRun(
        data=data, digest=f"digest of {data}", articles=3, passages=4, embedder="static", left_out=0, results=results
    )


def figure(figures: Sequence[Compared], measure: str, slice_name: str = "all") -> Compared:
    [found] = [one for one in figures if (one.measure, one.slice) == (measure, slice_name)]
    return found


def test_better_and_worse_are_counted_and_tested() -> None:
    before = run([2, 2, 2, 2, 2, 1, 1, None])
    after = run([1, 1, 1, 1, 1, 2, 1, None])
    first = figure(compare(before, after).figures, "Success@1")
    assert (first.before, first.after, first.better, first.worse, first.questions) == (2 / 8, 6 / 8, 5, 1, 8)
    assert first.difference == pytest.approx(0.5)
    assert first.p == pytest.approx(binomtest(1, 6).pvalue)
    assert first.low < first.difference < first.high
    fifth = figure(compare(before, after).figures, "Success@5", "asks other")
    assert (fifth.difference, fifth.better, fifth.worse, fifth.p) == (0, 0, 0, 1)


@pytest.mark.parametrize(("better", "worse"), [(0, 0), (1, 0), (5, 0), (4, 4), (9, 3), (12, 1)])
def test_of_few_differences_the_chance_is_exact(better: int, worse: int) -> None:
    expected = binomtest(worse, better + worse).pvalue if better else 1.0
    assert chance([1.0] * better + [-1.0] * worse + [0.0] * 30) == pytest.approx(expected)


def test_of_many_it_is_drawn_the_same_each_time() -> None:
    changes = [1.0] * 60 + [-1.0] * 40
    assert chance(changes) == pytest.approx(binomtest(40, 100).pvalue, abs=0.01)
    assert chance(changes) == chance(changes) == chance([-change for change in changes])
    assert chance([1.0] * 100) == pytest.approx(1 / 10_000)  # none of the draws is as large


def test_large_differences_weigh_more_than_many() -> None:
    assert chance([0.9] * 6 + [-0.01] * 6) < chance([0.9] * 6 + [-0.9] * 6) == 1.0


def test_a_saved_run_is_the_run(tmp_path: Path) -> None:
    before = run([1, None, 3])
    before.save(tmp_path / "run.json")
    assert RetrievalRun.load(tmp_path / "run.json") == before
    kept = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert kept["figures"][0]["measures"]["Success@1"] == pytest.approx(1 / 3)


def test_only_questions_of_both_runs_are_compared() -> None:
    compared = compare(run([1, 2, 3]), replace(run([1, 1]), digest="another"))
    assert (compared.questions, compared.same_data) == (2, False)
    assert figure(compared.figures, "Success@1").better == 1
    assert "the data is not the same as it was then" in list(comparison_lines(compared))


def test_runs_of_other_questions_are_not_compared(tmp_path: Path) -> None:
    rows = [{"id": "0", "question": "Question 0?", "as_of": "2021-03-05", "answers": ["a"]}]
    data = open_dataset(write_rows(tmp_path / "own.jsonl", rows))
    run([1]).check_comparable(data)
    other = replace(run([1]), results=(replace(result("0", 1), question="Another?"),))
    with pytest.raises(SourceError, match=r"is of other questions \(news, not own\.jsonl\)"):
        other.check_comparable(data)


def test_the_lines_hold_each_measure_and_one_of_each_slice() -> None:
    lines = list(comparison_lines(compare(run([2, 1]), run([1, 1]))))
    assert [line.split()[0] for line in lines if line.startswith("  ")] == [*map(str, MEASURES), "asks"]
    assert any(line.split() == "Success@1 2 0.500 1.000 +0.500 1.0000 1 0".split() for line in lines)


@pytest.mark.parametrize("content", ["", "[]", '{"results": []}', '{"results": [{"id": 1}]}'])
def test_a_file_that_is_no_run(tmp_path: Path, content: str) -> None:
    (tmp_path / "run.json").write_text(content, "utf-8")
    with pytest.raises(SourceError, match=r"run\.json: not a saved run"):
        RetrievalRun.load(tmp_path / "run.json")


def test_a_file_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="--save writes such a file"):
        RetrievalRun.load(tmp_path / "none.json")
    with pytest.raises(SourceError, match="cannot be written"):
        run([1]).save(tmp_path / "no folder" / "run.json")
