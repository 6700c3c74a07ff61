"""Two runs of answers compared: the changes, their intervals, and what is not compared."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from eval.answers.answer_result import AnswerResult
from eval.answers.answers_run import AnswersRun, comparison_lines
from eval.datasets.questions import open_dataset
from eval.runs.comparison import Compared, compare
from index.errors import SourceError
from tests.answers_data import ASKED, run_of
from tests.retrieval_data import QUESTIONS, news_folder


def result(name: str, right: bool, confidence: float | None = 0.5) -> AnswerResult:
    return AnswerResult(
        id=name,
        question=f"Question {name}?",
        as_of=None,
        answerable=True,
        slices=("asks what",),
        confidence=confidence,
        contained=right,
    )


def run(rights: Sequence[bool], confidence: float | None = 0.5) -> AnswersRun:
    results = tuple(result(str(number), right, confidence) for number, right in enumerate(rights))
    about = {"data": "news", "digest": "digest", "articles": 3, "passages": 4, "embedder": "static", "left_out": 0}
    return AnswersRun(**about, held_out=False, llm="fake", threshold=0.25, results=results)  # type: ignore[arg-type]


def figure(figures: Sequence[Compared], measure: str, slice_name: str = "all") -> Compared:
    [found] = [one for one in figures if (one.measure, one.slice) == (measure, slice_name)]
    return found


def test_a_change_has_the_interval_of_the_same_questions_drawn_from_both() -> None:
    before = [True] * 40 + [False] * 60
    after = [True] * 60 + [False] * 40  # twenty questions differ, all of them for the better
    found = figure(compare(run(before), run(after)).figures, "contained")
    assert (found.questions, found.before, found.after) == (100, 0.4, 0.6)
    assert found.difference == pytest.approx(0.2)
    # paired: 0.2 - and + 1.96 * sqrt(0.2 * 0.8 / 100) = 0.078; unpaired it would be 0.136
    assert (found.low, found.high) == pytest.approx((0.122, 0.278), abs=0.015)
    assert figure(compare(run(before), run(after)).figures, "contained", "asks what").difference == found.difference


def test_better_is_less_of_what_is_wrong() -> None:
    before, after = run([True] * 4 + [False] * 6), run([True] * 9 + [False])
    right, wrong = (figure(compare(before, after).figures, name) for name in ("contained", "answered wrong"))
    assert right.difference == pytest.approx(-wrong.difference)
    assert (right.better, right.worse) == (wrong.better, wrong.worse) == (5, 0)
    assert right.p == wrong.p == 2 / 2**5  # all five one way, or all the other
    area = figure(compare(before, after).figures, "AURC")
    assert (area.better, area.worse, area.p) == (None, None, None)


def test_the_same_run_twice_changes_nothing() -> None:
    for found in compare(run([True, False, True]), run([True, False, True])).figures:
        assert (found.difference, found.low, found.high) == (0, 0, 0)


def test_areas_and_calibration_are_compared_where_both_have_confidences() -> None:
    before = run([False, True])
    after = replace(before, results=(replace(before.results[0], confidence=0.1), before.results[1]))
    found = figure(compare(before, after).figures, "AURC")
    assert (found.before, found.after) == pytest.approx((0.5, 0.25))
    assert figure(compare(before, after).figures, "AURC", "answerable").difference == found.difference
    calibration = figure(compare(before, after).figures, "calibration error")
    assert calibration.before == 0  # two that are equally sure, and half of them right
    assert calibration.after == pytest.approx((0.1 + 0.5) / 2)
    assert not [one for one in compare(run([True], None), run([True])).figures if one.measure == "AURC"]


def test_a_saved_run_is_the_run(tmp_path: Path, home: Path) -> None:
    before = run_of(tmp_path / "news", home)
    before.save(tmp_path / "run.json")
    assert AnswersRun.load(tmp_path / "run.json") == before


def test_a_run_of_an_older_version_is_read(tmp_path: Path) -> None:
    known = run([True, False]).to_json()
    for one in known["results"]:
        del one["statuses"]
    (tmp_path / "run.json").write_text(json.dumps(known), "utf-8")
    assert AnswersRun.load(tmp_path / "run.json") == run([True, False])


@pytest.mark.parametrize("content", ["", "[]", '{"results": []}', '{"results": [{"id": 1}]}', '{"results": 1}'])
def test_a_file_that_is_no_run(tmp_path: Path, content: str) -> None:
    (tmp_path / "run.json").write_text(content, "utf-8")
    with pytest.raises(SourceError, match=r"run\.json: not a saved run"):
        AnswersRun.load(tmp_path / "run.json")


def test_runs_of_other_data_or_another_selection_are_not_compared(tmp_path: Path, home: Path) -> None:
    before = run_of(tmp_path / "news", home)
    data = open_dataset(tmp_path / "news")
    before.check_comparable(data, held_out=False)
    with pytest.raises(SourceError, match="was made without --held-out; measure without it, too"):
        before.check_comparable(data, held_out=True)
    with pytest.raises(SourceError, match="was made with --held-out; measure with it, too"):
        replace(before, held_out=True).check_comparable(data, held_out=False)
    with pytest.raises(SourceError, match=r"of other questions \(news\)"):
        replace(before, results=before.results[1:]).check_comparable(data, held_out=False)
    other = open_dataset(news_folder(tmp_path / "other", QUESTIONS))
    with pytest.raises(SourceError, match=r"of other data, or of an earlier state \(news\)"):
        before.check_comparable(other, held_out=False)


def test_the_lines_hold_each_figure_within_a_hundred_columns(tmp_path: Path, home: Path) -> None:
    measured = run_of(tmp_path / "news", home)
    lines = list(comparison_lines(compare(measured, measured)))
    assert max(map(len, lines)) <= 100
    starts = [line[2:42].strip() for line in lines if line.startswith("  ")]
    assert starts[:3] == ["short answer exact", "short answer, F1", "an answer in the text"]
    assert {"AURC", "AURC, answerable", "calibration error", "right, lost by refusing", "asks who"} <= set(starts)
    assert len(ASKED) == len(measured.results)
