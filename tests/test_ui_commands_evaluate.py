"""`byline eval retrieval` and `byline eval answers` as commands: arguments in, figures and an exit code out."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from assistant.answer import CANNOT_ANSWER
from tests.openai_server import OpenAIServer, Reply
from tests.retrieval_data import QUESTIONS, news_folder, write_rows
from ui.cli import main


@dataclass(frozen=True)
class Result:
    code: int
    stdout: str
    stderr: str


class Evaluate(Protocol):
    def __call__(self, *arguments: object) -> Result: ...


@pytest.fixture
def evaluate(capfd: pytest.CaptureFixture[str]) -> Evaluate:
    def run(*arguments: object) -> Result:
        return Result(main(["eval", *map(str, arguments)]), *capfd.readouterr())

    return run


def test_figures_saved_and_compared(evaluate: Evaluate, tmp_path: Path) -> None:
    folder, saved = news_folder(tmp_path / "news"), tmp_path / "run.json"
    first = evaluate("retrieval", "--data", folder, "--save", saved, "--keep", tmp_path / "kept")
    assert first.code == 0
    assert "3 questions over news: 3 articles, 3 passages" in first.stdout
    assert "1 more have no answer there" in first.stdout
    assert any(line.split() == "all 3 0.667 0.667 0.667 0.667 0.667".split() for line in first.stdout.splitlines())
    assert [line.split(":")[0] for line in first.stderr.splitlines()] == ["byline", "byline"]

    again = evaluate("retrieval", "--data", folder, "--compare", saved, "--keep", tmp_path / "kept", "--json")
    known = json.loads(again.stdout)
    assert [one["answer_rank"] for one in known["results"]] == [1, 1, None]
    assert known["compared"]["questions"] == 3
    assert {one["p"] for one in known["compared"]["figures"]} == {1.0}
    assert known["figures"] == json.loads(saved.read_text("utf-8"))["figures"]
    told = evaluate("retrieval", "--data", folder, "--compare", saved, "--keep", tmp_path / "kept")
    assert "against the earlier run, over the 3 questions of both" in told.stdout


def test_ones_own_questions_over_the_collection_that_is_open(
    evaluate: Evaluate, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "storm.md").write_text("# Storm\n\nA storm cut power to 12,000 homes in Marlow Bay.\n", "utf-8")
    assert main(["add", str(tmp_path / "storm.md")]) == 0
    capfd.readouterr()
    rows = [{"question": "How many homes lost power?", "answers": ["12,000"], "articles": ["storm.md"]}]
    found = evaluate("retrieval", "--data", write_rows(tmp_path / "own.jsonl", rows), "--json")
    [result] = json.loads(found.stdout)["results"]
    assert (result["answer_rank"], result["article_rank"]) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["retrieval"], 2, "needs --data PATH"),
        (["--data", "x"], 2, "--data belongs to `byline eval retrieval`"),
        (["retrieval", "--data", "none"], 3, "none: no such file or folder"),
        (["--held-out"], 2, "--held-out belongs to `byline eval retrieval` and `byline eval answers`"),
        (["dialogues", "--data", "x"], 2, "--data belongs to `byline eval retrieval` and `byline eval answers`"),
        (["answers"], 2, "eval answers needs --data PATH"),
        (["answers", "--data", "none"], 3, "none: no such file or folder"),
    ],
)
def test_what_cannot_be_measured_is_one_line(evaluate: Evaluate, arguments: list[str], code: int, said: str) -> None:
    result = evaluate(*arguments)
    assert (result.code, result.stdout) == (code, "")
    [line] = result.stderr.splitlines()
    assert line.startswith("byline: ")
    assert said in line


def test_answers_measured_saved_and_compared(evaluate: Evaluate, tmp_path: Path) -> None:
    folder, saved, kept = news_folder(tmp_path / "news"), tmp_path / "run.json", tmp_path / "kept"
    first = evaluate("answers", "--data", folder, "--save", saved, "--keep", kept)
    assert first.code == 0
    assert "4 questions over news: 3 articles, 3 passages" in first.stdout
    assert "answered by extractive, which refuses below a confidence of" in first.stdout
    assert "against the earlier run" not in first.stdout
    assert [line.split(":")[0] for line in first.stderr.splitlines()] == ["byline", "byline"]

    again = evaluate("answers", "--data", folder, "--compare", saved, "--keep", kept, "--json")
    known, before = json.loads(again.stdout), json.loads(saved.read_text("utf-8"))
    assert known["figures"] == before["figures"]
    assert "Wavecutter" in known["results"][0]["text"]
    assert {one["high"] for one in known["compared"]} == {0}
    told = evaluate("answers", "--data", folder, "--compare", saved, "--keep", kept)
    assert "against the earlier run" in told.stdout


def test_answers_to_held_out_questions_only(evaluate: Evaluate, tmp_path: Path) -> None:
    folder = news_folder(tmp_path / "news")  # each question's id is a week of its own
    run = json.loads(evaluate("answers", "--data", folder, "--held-out", "--json").stdout)
    assert [one["id"] for one in run["results"]] == ["q2", "q4"]
    assert run["held_out"] is True
    whole = tmp_path / "whole.json"
    assert evaluate("answers", "--data", folder, "--save", whole).code == 0
    refused = evaluate("answers", "--data", folder, "--held-out", "--compare", whole)
    assert (refused.code, refused.stdout) == (3, "")
    assert refused.stderr.startswith("byline: the run to compare with was made without --held-out")


def test_answers_of_a_language_model_with_one_that_fails(evaluate: Evaluate, tmp_path: Path) -> None:
    replies = (
        Reply(["The Wavecutter. [1]"]),
        Reply(status=400, body=b"{}"),
        Reply([CANNOT_ANSWER]),
        Reply([CANNOT_ANSWER]),
    )
    with OpenAIServer(*replies) as server:
        model = server.spec()
        told = evaluate("answers", "--data", news_folder(tmp_path / "news"), "--llm", model, "--json")
    assert told.code == 0
    run = json.loads(told.stdout)
    assert [one["lost_in"] for one in run["results"]] == ["span", "error", "search", None]
    assert [one["refused"] for one in run["results"]] == [False, False, True, True]
    assert (run["llm"], run["threshold"], run["calibration"], run["errors"]) == (model, None, None, 1)


def test_a_model_that_is_not_there_is_told_before_any_question(evaluate: Evaluate, tmp_path: Path) -> None:
    result = evaluate("answers", "--data", news_folder(tmp_path / "news"), "--llm", "no-such-model")
    assert (result.code, result.stdout) == (2, "")
    assert "no-such-model" in result.stderr.splitlines()[-1]


def test_a_run_that_cannot_be_saved_is_printed_all_the_same(evaluate: Evaluate, tmp_path: Path) -> None:
    result = evaluate("retrieval", "--data", news_folder(tmp_path / "news"), "--save", tmp_path / "no" / "run.json")
    assert result.code == 3
    assert "milliseconds a search" in result.stdout
    assert "run.json: cannot be written" in result.stderr.splitlines()[-1]


def test_a_run_to_compare_with_is_read_before_anything_is_added(evaluate: Evaluate, tmp_path: Path) -> None:
    folder = news_folder(tmp_path / "news", QUESTIONS[:1])
    result = evaluate("retrieval", "--data", folder, "--compare", tmp_path / "none.json")
    assert result.code == 3
    assert "none.json: cannot be read" in result.stderr
    assert "adding" not in result.stderr
