"""What is measured of answers: a fake reader's answers to eight questions, with figures computed by hand."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from assistant.answer import Answer, Sentence, Status
from assistant.assistant import Assistant
from assistant.extractive.quoting import QuotingReader
from assistant.extractive.weights import load_weights
from eval.answers.answer_result import judged
from eval.answers.answers_run import AnswersRun, measure_answers, open_measured
from eval.datasets.questions import Question, open_dataset
from eval.runs.bootstrap import Floats, Places, intervals, shares
from eval.runs.judging import exact, f1
from index.collection import Collection
from index.errors import SettingsError, SourceError
from index.sample_articles import fill_sample
from tests.answers_data import ASKED, SAID, FakeReader, Said, asked, run_of
from tests.retrieval_data import squad_file, write_rows


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> AnswersRun:
    folder = tmp_path_factory.mktemp("answers")
    return run_of(folder / "news", folder / "home")


def figures(run: AnswersRun, slice_name: str = "all") -> dict[str, tuple[int, float]]:
    return {one.measure: (one.questions, one.value) for one in run.figures if one.slice == slice_name}


# Short answers


@pytest.mark.parametrize(
    ("given", "answers", "is_exact", "common"),
    [
        ("The Wavecutter!", ["wavecutter"], 1, 1),
        ("new ferry Wavecutter", ["the Wavecutter"], 0, 1 / 2),  # one word of three, one of one
        ("red cedar", ["cedar tree", "dark red cedar wood"], 0, 2 / 3),  # the better of 1/2 and 2/3
        ("ha ha ho", ["ha ho ho"], 0, 2 / 3),  # a word counts as often as both have it
        ("oak", ["cedar"], 0, 0),
        ("oak", [], 0, 0),
        (None, ["cedar"], 0, 0),
        ("the", ["cedar"], 0, 0),
    ],
)
def test_short_answers(given: str | None, answers: list[str], is_exact: float, common: float) -> None:
    assert exact(given, answers) == is_exact
    assert f1(given, answers) == pytest.approx(common)


# Figures


def test_where_each_question_is_lost(run: AnswersRun) -> None:
    lost = {result.id: result.lost_in for result in run.results}
    assert list(lost.values()) == [None, "span", "reading", "search", "refusal", None, None, "error"]
    assert [result.refused for result in run.results] == [False, False, False, False, True, False, True, False]
    assert [result.contained for result in run.results] == [True, True, False, False, True, False, False, False]
    assert run.results[7].error == "RuntimeError: the page is torn"
    assert (run.errors, run.left_out, run.llm, run.articles) == (1, 0, "fake", 3)


def test_the_figures_over_all(run: AnswersRun) -> None:
    assert figures(run) == {
        "exact": (6, pytest.approx(1 / 6)),
        "f1": (6, pytest.approx((1 + 4 / 5) / 6)),
        "contained": (6, pytest.approx(2 / 6)),
        "exact, answered": (5, pytest.approx(1 / 5)),
        "f1, answered": (5, pytest.approx((1 + 4 / 5) / 5)),
        "contained, answered": (5, pytest.approx(2 / 5)),
        "unanswerable refused": (2, 0.5),
        "answerable refused": (6, pytest.approx(1 / 6)),
        "right refused": (3, pytest.approx(1 / 3)),
        "answered wrong": (6, pytest.approx(4 / 6)),
        "lost in search": (6, pytest.approx(1 / 6)),
        "lost in reading": (6, pytest.approx(1 / 6)),
        "lost in span": (6, pytest.approx(1 / 6)),
        "lost in refusal": (6, pytest.approx(1 / 6)),
        "lost in error": (6, pytest.approx(1 / 6)),
    }


def test_the_figures_of_a_slice(run: AnswersRun) -> None:
    who = figures(run, "asks who")  # the bakery, and the mayor whom no article names
    assert (who["contained"], who["unanswerable refused"]) == ((1, 1), (1, 0))
    assert who["answered wrong"] == (2, 0.5)
    assert "unanswerable refused" not in figures(run, "asks number")
    assert figures(run, "asks how") == {}


def test_the_surest_and_the_calibration(run: AnswersRun) -> None:
    risks = [0, 0, 1 / 3, 2 / 4, 3 / 5, 3 / 6, 4 / 7]  # the failed question has no confidence
    assert run.curves["all"].questions == 7
    assert run.curves["all"].aurc == pytest.approx(sum(risks) / 7)
    assert run.curves["all"].risks[:5] == pytest.approx([0, 0, 1 / 3, 1 / 3, 2 / 4])  # the surest 1, 2, 3, 3 and 4
    assert run.curves["answerable"].aurc == pytest.approx((1 / 3 + 1 / 2 + 2 / 5) / 5)
    assert run.calibration is not None
    assert run.calibration.error == pytest.approx((0.1 + 0.2 + 0.7 + 0.6 + 0.5 + 0.8 + 0.1) / 7)
    assert [one.questions for one in run.calibration.bins] == [1] * 7


def test_the_question_is_asked_on_its_day_once(tmp_path: Path, home: Path) -> None:
    reader = FakeReader(SAID)
    data = open_dataset(write_rows(tmp_path / "own.jsonl", ASKED))
    with Collection(tmp_path / "own") as collection:
        measure_answers(data, Assistant(collection, reader), None)
    assert [one.text for one in reader.asked] == [row["question"] for row in ASKED]
    assert {one.as_of for one in reader.asked} == {date(2021, 3, 5)}


def test_times_are_of_what_did_not_fail(run: AnswersRun) -> None:
    assert [result.milliseconds is None for result in run.results] == [False] * 7 + [True]
    totals = sorted(result.milliseconds["total"] for result in run.results if result.milliseconds)
    assert run.milliseconds["total"][0] == totals[3]
    assert totals[-2] <= run.milliseconds["total"][1] <= totals[-1]


def test_only_three_sentences_count() -> None:
    said = tuple(Sentence(text, "supported") for text in ("One.", "Two.", "Three.", "The Wavecutter."))
    question = Question("1", "What is it called?", None, ("Wavecutter",), (), True, "")
    answer = Answer(question.text, date(2021, 3, 5), True, said)
    assert not judged(question, (), answer, None).contained
    assert judged(question, (), replace(answer, sentences=said[1:]), None).contained


def test_a_reader_that_refuses_by_itself_and_has_no_confidence(tmp_path: Path, home: Path) -> None:
    said = {ASKED[0]["question"]: Said(""), ASKED[1]["question"]: Said("It was Ines Tallow")}
    run = run_of(tmp_path / "news", home, ASKED[:2], said, threshold=None)
    assert [(r.refused, r.text, r.lost_in) for r in run.results] == [
        (True, "", "reading"),
        (False, "It was Ines Tallow.", "span"),
    ]
    assert (run.curves, run.calibration) == ({}, None)
    assert "right refused" not in figures(run)  # what it would have said is not known
    assert not any("calibration" in line or "AURC" in line for line in run.lines())


def test_squad_is_asked_with_what_it_does_not_answer(tmp_path: Path) -> None:
    data = open_dataset(squad_file(tmp_path / "squad.json"))
    said = {"Of which wood is the bridge?": Said("Of red cedar", "Cedar", 0.5)}
    said["Who painted the bridge?"] = Said("Red cedar", None, 0.4)
    with Collection(tmp_path / "own") as collection:
        run = measure_answers(data, Assistant(collection, FakeReader(said)), 0.45)
    assert figures(run)["exact"] == (1, 1)
    assert figures(run)["unanswerable refused"] == (1, 1)


def test_questions_without_known_answers_are_left_out(tmp_path: Path) -> None:
    rows = [{"question": "What?", "articles": ["ferry.md"]}, asked(1, ASKED[0]["question"], "Wavecutter")]
    with Collection(tmp_path / "own") as collection:
        assistant = Assistant(collection, FakeReader(SAID))
        run = measure_answers(open_dataset(write_rows(tmp_path / "own.jsonl", rows)), assistant, None)
        assert (len(run.results), run.left_out) == (1, 1)
        none = open_dataset(write_rows(tmp_path / "none.jsonl", rows[:1]))
        with pytest.raises(SourceError, match='none of its questions has "answers"'):
            measure_answers(none, assistant, None)


# Intervals


def test_the_interval_of_a_share_is_about_the_binomial_one() -> None:
    # 30 of 100: by the normal approximation 0.30 - and + 1.96 * sqrt(0.3 * 0.7 / 100) = 0.09
    right = np.array([[1.0]] * 30 + [[0.0]] * 70)

    def figure(places: Places) -> Floats:
        return shares(places, right, np.ones((100, 1)))

    (low,), (high,) = intervals(100, figure)
    assert (low, high) == pytest.approx((0.21, 0.39), abs=0.015)
    assert intervals(100, figure) == ((low,), (high,))  # the same each time


def test_a_share_of_a_draw_is_of_the_questions_that_it_is_of() -> None:
    right, of = np.array([[1.0], [0.0], [0.0]]), np.array([[1.0], [1.0], [0.0]])
    found = shares(np.array([[0, 0, 1], [2, 2, 2]]), right, of)
    assert found[:, 0] == pytest.approx([2 / 3, np.nan], nan_ok=True)


# The built-in reader


def test_the_built_in_reader_is_asked_for_what_it_would_have_said(tmp_path: Path) -> None:
    questions = [
        "Why did Canada suspend the permits?",
        "Who is the mayor of Wellington?",
        "When was it lifted, and why?",
    ]
    with Collection(tmp_path / "sample") as collection:
        fill_sample(collection)
        reader, threshold = open_measured("extractive", collection)
        for question in questions:
            shipped = Assistant(collection, QuotingReader(collection)).ask(question)
            open_minded = Assistant(collection, reader).ask(question)
            assert open_minded.confidence == shipped.confidence is not None
            assert open_minded.answerable
            assert shipped.answerable == (shipped.confidence >= load_weights().least["balanced"].answer)
            assert threshold == load_weights().least["balanced"].answer
            if shipped.answerable:
                assert shipped.text == open_minded.text
        with pytest.raises(SettingsError):
            open_measured("no-such-reader", collection)


# The report


def test_the_report_holds_every_figure_within_a_hundred_columns(run: AnswersRun) -> None:
    lines = list(replace(run, held_out=True, left_out=2).lines())
    assert max(map(len, lines)) <= 100
    assert lines[:3] == [
        "8 questions over news, the held-out questions only: 3 articles, 3 passages",
        "answered by fake, which refuses below a confidence of 0.25",
        "2 more have no known answer, and were left out",
    ]
    text = "\n".join(lines)
    for said in ("right, lost by refusing", "lost in error", "AURC", "calibration error: 0.429", "asks yes/no"):
        assert (said in text) == (said != "asks yes/no")
    assert "1 questions failed, and count as answered wrong:" in lines
    assert "  w1_8 Where is the bakery?: RuntimeError: the page is torn" in lines


def test_the_json_holds_everything(run: AnswersRun) -> None:
    known = json.loads(json.dumps(run.to_json()))
    assert known["results"][1]["lost_in"] == "span"
    assert known["results"][4]["text"] == "Rye bread was sold out before noon."  # said, though it was refused
    assert known["coverages"] == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    assert set(known["milliseconds"]) == {"search", "read", "total"}
    one = known["figures"][2]
    assert (one["slice"], one["measure"], one["questions"]) == ("all", "contained", 6)
    assert 0 <= one["low"] <= one["value"] <= one["high"] <= 1


def test_the_statuses_of_what_was_answered_are_counted(run: AnswersRun) -> None:
    given = [status for result in run.results if not result.refused for status in result.statuses]
    assert run.statuses == {status: given.count(status) for status in get_args(Status)}
    assert sum(run.statuses.values()) == len(given) > 0
    assert any("sentences, as cited" in line for line in run.lines())
    assert run.to_json()["statuses"] == run.statuses
