"""The evaluation of the sample: its figures mean what they say."""

import json
from pathlib import Path

import pytest

from eval.answers.sample_run import SampleRun, measure_sample, read_sample

pytestmark = pytest.mark.slow  # the network reads some 500 passages


@pytest.fixture(scope="module")
def report() -> SampleRun:
    return measure_sample("extractive")


def test_every_question_has_its_outcome(report: SampleRun) -> None:
    assert [o.asked.id for o in report.results] == [q.id for q in read_sample()]
    assert report.figures["questions"] >= 40
    assert report.figures["errors"] == 0


def test_quotes_are_exact_and_search_finds_the_articles(report: SampleRun) -> None:
    assert report.figures["citation exactness"] == 1.0
    assert report.figures["retrieval Success@5"] >= 0.95
    assert report.figures["answers citing a right article"] >= 0.9


def test_the_figures_follow_from_the_outcomes(report: SampleRun) -> None:
    unanswerable = [o for o in report.results if not o.asked.answerable]
    assert report.figures["refusal recall"] == sum(o.refused for o in unanswerable) / len(unanswerable)
    assert not any(o.contained for o in unanswerable)
    assert all(not o.contained for o in report.results if o.refused)


def test_the_report_is_plain_data_and_lines(report: SampleRun) -> None:
    assert json.loads(json.dumps(report.to_json()))["figures"] == pytest.approx(report.figures)
    assert any("refusal precision" in line for line in report.lines())


def test_the_questions_file_can_be_another(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    row = {"id": "a", "question": "Why?", "as_of": "2020-10-10", "answerable": False, "answers": [], "articles": []}
    file.write_text(json.dumps(row | {"kind": "why"}) + "\n", "utf-8")
    [question] = read_sample(file)
    assert question.answers == ()
