"""The examples of README and docs, in order and over one home: each that can run here runs and shows something."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from index.sample_articles import SAMPLE_FOLDER
from ui.cli import main

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "docs/articles.md", "docs/models.md", "docs/settings.md", "docs/measuring.md")
README, *_ = TEXTS = [(ROOT / page).read_text("utf-8") for page in PAGES]
ELSEWHERE = {  # the beginnings of commands that this test leaves out, and why
    "pip install uv": "installs, and opens a chat that stays",
    "uv run pytest": "is what runs this",
    "uv sync": "installs",
    "BYLINE_EMBEDDER=": "needs an extra; tests/test_index_embedders.py opens it where it is installed",
    "uv run byline add https://": "needs the network; tests/test_index_web_feeds.py reads a feed on loopback",
    "uv run byline ask --llm": "needs a GGUF file; tests/test_assistant_models_gguf.py has one",
    "uv run byline chat": "stays; tests/browser opens it",
    "uv run byline serve": "stays; tests/test_ui_api_clients.py asks it",
    "uv run byline mcp": "stays; tests/test_ui_api_clients.py asks it",
    "BYLINE_API_KEYS=": "stays, and is open to other machines",
    "uv run byline eval ": "takes half a minute; tests/test_eval_sample_run.py asks some of its questions",
}
QUESTION = {"question": "Why did Canada suspend the permits?", "as_of": "2020-10-12", "answers": ["it needs time"]}


def commands() -> list[str]:
    blocks = [block for text in TEXTS for block in re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)]
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def is_elsewhere(command: str) -> bool:
    measured = "--data" in command  # these do run
    return not measured and any(f"{command} ".startswith(beginning) for beginning in ELSEWHERE)


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files that the examples name, where they are run."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SAMPLE_FOLDER, "FOLDER")
    shutil.copytree(SAMPLE_FOLDER, "articles")
    Path("news.csv").write_text("title,body\nFerry late,The Aster ferry was two hours late on Friday.\n", "utf-8")
    Path("questions.jsonl").write_text(json.dumps(QUESTION) + "\n", "utf-8")


@pytest.mark.usefixtures("prepared")
def test_every_command_that_can_run_here_shows_something(capsys: pytest.CaptureFixture[str]) -> None:
    ran = 0
    for command in commands():
        if is_elsewhere(command):
            continue
        words = shlex.split(command, comments=True)
        assert words[:3] == ["uv", "run", "byline"], command
        code = main(words[3:])
        told = capsys.readouterr()
        shown = told.err if words[3] == "sync" else told.out  # where nothing has changed, it says so beside
        assert (code, bool(shown.strip())) == (0, True), f"{command}\n{told.err}"
        ran += 1
    assert ran >= 18


def test_no_exception_is_kept_for_a_command_that_is_gone() -> None:
    assert [one for one in ELSEWHERE if not any(f"{command} ".startswith(one) for command in commands())] == []


@pytest.mark.usefixtures("prepared")
def test_the_example_in_python_answers(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    (code,) = [block for block in blocks if "Collection(" in block]
    exec(compile(code, "README.md", "exec"), {})
    told = capsys.readouterr().out
    assert told.count("added ") == 10
    assert "Fernhill Wire" in told
