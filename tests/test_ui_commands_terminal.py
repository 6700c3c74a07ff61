"""The chat in the terminal, the list of collections, and completion by the shell."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ui.cli import main

Run = Callable[..., tuple[int, str, str]]
STORM = "A storm cut power to 12,000 homes in Marlow Bay on Wednesday night. Three roads were flooded."


@pytest.fixture
def byline(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = main(["--home", str(tmp_path / "home"), *arguments])
        return code, *capfd.readouterr()

    return run


def test_a_conversation_in_the_terminal_leans_on_what_was_said_until_it_begins_anew(byline: Run) -> None:
    questions = "Why did Canada suspend the permits?\n\nWhen was that?\n/new\nWhen was that?\n/quit\nWho won?\n"
    code, out, err = byline("chat", "--terminal", typed=questions)
    assert code == 0
    assert out.count("Understood as: When did Canada suspend the permits?") == 1
    assert out.count("[1] Fernhill Wire") == 2
    assert "The collection does not hold the answer" in out
    assert out.count("Nearest articles:") == 1  # nothing after /quit
    assert "a new conversation" in err


def test_what_is_wrong_with_one_question_is_told_and_the_next_is_answered(byline: Run) -> None:
    code, out, err = byline("chat", "--terminal", typed=f"{'x' * 20_001}\nWhy did Canada suspend the permits?\n")
    assert code == 0
    assert "at most 20000 are read" in err
    assert "[1] Fernhill Wire" in out


def test_the_collections_of_a_home_are_listed_with_those_that_cannot_be_used(byline: Run, tmp_path: Path) -> None:
    assert byline("collections")[:2] == (
        0,
        f"no collections yet in {tmp_path / 'home'}; `byline add SOURCE` begins one\n",
    )
    (tmp_path / "storm.txt").write_text(f"2021-03-04\n\n{STORM}", "utf-8")
    byline("--collection", "storms", "add", str(tmp_path / "storm.txt"))
    byline("ask", "Who won?")
    code, out, _ = byline("collections")
    assert code == 0
    assert [line.split()[:3] for line in out.splitlines()] == [
        ["sample", "10", "articles"],
        ["storms", "1", "articles"],
    ]
    (tmp_path / "home" / "collections" / "storms" / "catalogue.sqlite3").write_bytes(b"no database" * 100)
    code, out, _ = byline("collections", "--json")
    assert code == 4
    [sample, storms] = json.loads(out)
    assert (sample["first"], sample["failure"]) == ("2020-10-01", None)
    assert "catalogue" in storms["failure"]


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_learns_the_commands_and_flags(byline: Run, shell: str) -> None:
    code, out, _ = byline("completion", shell)
    assert code == 0
    assert "--any-time" in out
    assert "collections" in out


def test_the_script_is_one_that_bash_takes(byline: Run, tmp_path: Path) -> None:
    script = tmp_path / "byline.bash"
    script.write_text(byline("completion", "bash")[1], "utf-8")
    subprocess.run(["bash", "-n", str(script)], check=True)
