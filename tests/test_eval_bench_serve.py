"""`byline bench serve`: a real server in a process of its own, asked alone and by several at once."""

import json
from pathlib import Path

import pytest

from eval.bench.bench_serve import Load, ServeFigures, bench_serve, serve_lines
from eval.bench.workload import Timed
from index.errors import SettingsError
from index.settings import Settings
from ui.cli import main

ASKED = ("Why did Canada suspend the permits?", "How many people has the fighting killed?")


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    rows = [{"question": text, "as_of": "2020-10-12", "answers": ["x"]} for text in ASKED]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return file


@pytest.mark.slow
def test_answers_alone_and_at_once_are_compared_and_the_process_looked_at(questions: Path, home: Path) -> None:
    figures = bench_serve(questions, Settings(home=home), questions=12, at_once=3)
    load = figures.loads["byline"]
    assert load.other_answers == 0
    assert load.throughput > 0
    assert figures.held[-1].questions == 12
    assert all(one.handles > 3 and one.memory > 50 for one in figures.held)


@pytest.mark.slow
def test_an_interpreter_that_is_none_is_told(questions: Path, home: Path) -> None:
    with pytest.raises(SettingsError, match="no-python: cannot be run"):
        bench_serve(questions, Settings(home=home), questions=2, against="no-python")


def test_one_file_of_questions_is_taken(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "serve", str(questions), str(questions)]) == 2
    assert "one .jsonl file of questions" in capsys.readouterr().err


def test_the_ratio_is_that_of_the_rounds() -> None:
    here, there = (Load(Timed(1.0, 2.0), rounds, (0.1, 0.1, 0.1), 0) for rounds in ((4.0, 9.0, 2.0), (2.0, 3.0, 2.0)))
    figures = ServeFigures(2, 20, {"byline": here, "against": there}, 2, ())
    assert figures.ratio == 2.0
    assert any(line.startswith("2.00 times as many") for line in serve_lines(figures))
