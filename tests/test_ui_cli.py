"""The command line: arguments in, stdout, stderr and an exit code out."""

import json
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.answer import CANNOT_ANSWER
from tests.openai_server import OpenAIServer, Reply
from ui.cli import build_parser, main
from ui.reference import reference

ROOT = Path(__file__).parent.parent
STORM = """---
title: Storm cuts power on the coast
outlet: Coastal Herald
published: 2021-03-04
---

A storm cut power to 12,000 homes in Marlow Bay on Wednesday night.

Mayor Dana Whitlock opened the town hall as a shelter because three roads were flooded.
"""


@dataclass(frozen=True)
class Result:
    returncode: int
    stdout: str
    stderr: str


Byline = Callable[..., Result]


@pytest.fixture
def byline(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Byline:
    """The command line in this process: what it prints, and its exit code."""

    def run(*arguments: str, home: Path, **environment: str) -> Result:
        with monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            code = main(["--home", str(home), *arguments])
        return Result(code, *capfd.readouterr())

    return run


def process(*arguments: str, home: Path) -> Result:
    """The command line as a process of its own."""
    command = [sys.executable, "-m", "ui.cli", "--home", str(home), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=100)
    return Result(done.returncode, done.stdout, done.stderr)


def one_line(result: Result) -> str:
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("byline: ")
    return lines[0]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "storm.md"
    path.parent.mkdir()
    path.write_text(STORM, "utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_ask_with_nothing_added_answers_from_the_sample(home: Path) -> None:
    result = process("ask", "Why did Canada suspend the permits?", home=home)
    assert result.returncode == 0
    assert "[1]" in result.stdout
    assert "Canadian equipment" in result.stdout or "further assess" in result.stdout
    assert "byline add" in one_line(result)


def test_ask_json_holds_the_contract(byline: Byline, home: Path) -> None:
    result = byline("ask", "--json", "Why did Canada suspend the permits?", home=home)
    answer = json.loads(result.stdout)
    fields = (
        "question as_of filters time kind form steps answerable answer reply short_answer rests_on sentences "
        "disagreements uncovered standalone nearest llm failed usage dropped_citations timings_ms confidence"
    )
    assert list(answer) == fields.split()
    assert answer["answerable"] is True
    assert answer["llm"] == "extractive"
    for sentence in answer["sentences"]:
        assert list(sentence) == "text status doubts speaker quotation place emphasis citations".split()
        assert sentence["status"] == "supported"
        for citation in sentence["citations"]:
            names = "n article_id title outlet published url start end quote also_in"
            assert list(citation) == names.split()
            shown = byline("show", "--json", citation["article_id"], home=home)
            text = json.loads(shown.stdout)["text"]
            assert text[citation["start"] : citation["end"]] == citation["quote"]


@pytest.mark.slow
def test_that_a_model_failed_is_told_once_and_no_failure(byline: Byline, home: Path) -> None:
    refusal = {"error": {"message": "no room\x1b]0;owned\x07"}}
    with OpenAIServer(*[Reply(status=400, body=json.dumps(refusal).encode())] * 2) as server:
        result, as_json = (
            byline("ask", "Why did Canada suspend the permits?", "--llm", server.spec(), *flags, home=home)
            for flags in ([], ["--json"])
        )
    assert (result.returncode, as_json.returncode) == (0, 0)
    assert "[1]" in result.stdout
    assert (result.stdout + result.stderr).count(server.spec()) == 1
    assert "The answer is quoted from the articles instead" in result.stderr
    assert not set(result.stderr) & set("\x1b\x07")
    assert json.loads(as_json.stdout)["failed"] == server.spec()


def test_a_refusal_names_the_nearest_articles_and_is_no_failure(byline: Byline, home: Path) -> None:
    result = byline("ask", "Who is the mayor of Wellington?", home=home)
    assert result.returncode == 0
    assert CANNOT_ANSWER in result.stdout
    assert "Nearest articles:" in result.stdout


@pytest.mark.slow
def test_ask_imports_no_server_and_no_llama_index(home: Path) -> None:
    code = (
        "import sys; from ui.cli import main; code = main(sys.argv[1:]);"
        "heavy = {'fastapi', 'gradio', 'llama_index.core', 'mcp', 'torch', 'uvicorn'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "--home", str(home), "ask", "--json", "Why did Canada suspend the permits?"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=100)
    assert result.stderr.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_a_question_loads_no_more_than_its_answer_needs(byline: Byline, home: Path) -> None:
    byline("ask", "Why did Canada suspend the permits?", home=home)  # which fills the sample
    code = (
        "import re._compiler as c, sys; made = []; compiled = c.compile;"
        "c.compile = lambda *given: made.append(given[0]) or compiled(*given);"
        "from ui.cli import main; code = main(sys.argv[1:]);"
        "heavy = {'chromadb', 'assistant.conversation.followups', 'assistant.generative.llm_reader',"
        "'assistant.citations'};"
        "print(sorted(heavy & set(sys.modules)), len(made), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "--home", str(home), "ask", "--json", "Why did Canada suspend the permits?"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=100)
    loaded, patterns = result.stderr.splitlines()[-1].rsplit(" ", 1)
    assert loaded == "[]"
    assert int(patterns) < 400  # with those that the parser of English brings


def test_add_list_show_remove(byline: Byline, home: Path, article: Path) -> None:
    added = byline("add", str(article.parent), home=home)
    assert added.returncode == 0
    assert added.stdout.startswith("added")
    assert "1 added" in one_line(added)
    again = byline("add", str(article), home=home)
    assert (again.stdout, "1 unchanged" in one_line(again)) == ("", True)

    asked = byline("ask", "How many homes lost power in Marlow Bay?", home=home)
    assert "12,000" in asked.stdout
    assert "Coastal Herald, 4 Mar 2021" in asked.stdout
    assert asked.stderr == ""

    [listed] = json.loads(byline("list", "--json", home=home).stdout)
    assert listed["published"] == "2021-03-04"
    assert "Dana Whitlock" in byline("show", listed["article_id"][:5], home=home).stdout
    assert byline("show", "--raw", listed["article_id"], home=home).stdout.startswith("---")

    assert byline("remove", listed["article_id"], home=home).stdout.startswith("removed")
    assert "sample" in byline("status", home=home).stdout


def test_a_changed_file_replaces_its_article(byline: Byline, home: Path, article: Path) -> None:
    byline("add", str(article), home=home)
    article.write_text(STORM.replace("12,000", "14,500"), "utf-8")
    assert byline("add", str(article), home=home).stdout.startswith("changed")
    found = byline("search", "homes without power", "--json", home=home)
    texts = [one["text"] for one in json.loads(found.stdout)]
    assert len(texts) == 1
    assert "14,500" in texts[0]


def test_search_json_holds_the_contract(byline: Byline, home: Path) -> None:
    found = json.loads(byline("search", "export permits", "-k", "3", "--json", home=home).stdout)
    assert [one["rank"] for one in found] == [1, 2, 3]
    names = "rank score parts article_id title outlet published url start end text"
    assert set(found[0]) == set(names.split())
    assert found[0]["score"] == pytest.approx(sum(found[0]["parts"].values()))


def test_search_explains(byline: Byline, home: Path) -> None:
    arguments = ("search", "Who suspended export permits?", "-k", "3", "--as-of", "2020-10-08", "--explain")
    told = byline(*arguments, home=home).stdout
    assert "(“suspends”" in told
    assert "published 3 days before the day of the question" in told
    found = json.loads(byline(*arguments, "--json", home=home).stdout)
    assert len(found) == 3
    for one in found:
        why = one["explain"]
        assert list(why) == "words unexplained missing cosine days time".split()
        assert sum(word["share"] for word in why["words"]) + why["unexplained"] == pytest.approx(one["parts"]["words"])
    assert [word["asked"] for word in found[0]["explain"]["words"]].count("suspended") == 1


def test_search_shows_neighbours_as_one_and_as_many_as_asked_for(byline: Byline, home: Path, tmp_path: Path) -> None:
    for name in ("ferry", "bridge", "tunnel"):
        sentence = f"Marlow {name} opens, {name} shuts and {name}s wait for another {name}. "
        text = "\n\n".join(sentence * 9 for _ in range(8))
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        byline("add", str(tmp_path / f"{name}.txt"), home=home)
    found = json.loads(byline("search", "Marlow", "-k", "5", "--json", home=home).stdout)
    assert len(found) == 5
    assert max(len(one["text"]) for one in found) > 2000  # no single passage is so long
    for one in found:
        text = json.loads(byline("show", "--json", one["article_id"], home=home).stdout)["text"]
        assert text[one["start"] : one["end"]] == one["text"]


def test_as_of_hides_later_articles(byline: Byline, home: Path) -> None:
    found = json.loads(byline("search", "Canada permits Turkey", "--as-of", "2020-10-04", "--json", home=home).stdout)
    assert found
    assert all(one["published"] <= "2020-10-04" for one in found)


def test_filters_narrow_search_ask_and_list_alike(byline: Byline, home: Path) -> None:
    outlets = ["--outlet", "fernhill wire", "--outlet", "Brackwater Gazette"]
    chosen = [*outlets, "--since", "2020-10-05", "--until", "2020-10-06"]
    found = json.loads(byline("search", "Canada Turkey", *chosen, "--json", home=home).stdout)
    listed = json.loads(byline("list", *chosen, "--json", home=home).stdout)
    for articles in (found, listed):
        assert {one["outlet"] for one in articles} == {"Fernhill Wire", "Brackwater Gazette"}
        assert all("2020-10-05" <= one["published"] <= "2020-10-06" for one in articles)
    answer = json.loads(byline("ask", "Why did Canada suspend the permits?", *chosen, "--json", home=home).stdout)
    names = ["fernhill wire", "Brackwater Gazette"]
    days = {"since": "2020-10-05", "until": "2020-10-06"}
    assert answer["filters"] == {**days, "outlets": names, "authors": [], "articles": []}
    assert answer["time"] is None
    assert {c["outlet"] for s in answer["sentences"] for c in s["citations"]} <= {"Fernhill Wire", "Brackwater Gazette"}

    [by_pell] = json.loads(byline("list", "--author", "JONAS PELL", "--json", home=home).stdout)
    one = json.loads(byline("search", "Turkey", "--article", by_pell["article_id"][:6], "--json", home=home).stdout)
    assert {each["article_id"] for each in one} == {by_pell["article_id"]}


def test_filters_that_nothing_passes_are_told(byline: Byline, home: Path) -> None:
    result = byline("search", "Canada", "--author", "Jonas Pell", "--since", "2020-11-01", "--json", home=home)
    assert (result.returncode, json.loads(result.stdout)) == (0, [])
    assert "no article passes all of these filters" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("What did Canada suspend last week?", 'dates: around 5–11 Oct 2020 ("last week")'),
        ("What has Canada suspended since 5 October?", 'dates: from 5 Oct 2020 ("since 5 October")'),
    ],
)
def test_what_was_understood_of_time_is_told(byline: Byline, home: Path, asked: str, line: str) -> None:
    line = f"byline: {line}; --any-time looks at all"
    day = ("--as-of", "2020-10-14", "--json")
    for command in ("ask", "search"):
        assert line in byline(command, asked, *day, home=home).stderr.splitlines()
        assert line not in byline(command, asked, *day, "--any-time", home=home).stderr.splitlines()


def test_the_days_understood_are_in_the_answer(byline: Byline, home: Path) -> None:
    answer = byline("ask", "What did Canada suspend last week?", "--as-of", "2020-10-14", "--json", home=home)
    days = {"first": "2020-10-05", "last": "2020-10-11"}
    assert json.loads(answer.stdout)["time"] == {"text": "last week", "kind": "near", **days}


def test_one_bad_file_does_not_stop_the_rest(byline: Byline, home: Path, article: Path) -> None:
    (article.parent / "empty.txt").write_bytes(b"")
    (article.parent / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    result = byline("add", str(article.parent), home=home)
    assert result.returncode == 3
    assert result.stdout.startswith("added")
    lines = result.stderr.splitlines()
    assert len(lines) == 3
    assert "empty.txt: the file is empty" in lines[0]
    assert "picture.txt: not a text file" in lines[1]
    assert "2 failed" in lines[2]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["ask", " "], 2, "the question is empty"),
        (["ask", "Why?", "--as-of", "soon"], 2, "YYYY-MM-DD"),
        (["ask", "Why?", "--as-of", "2020"], 2, "--as-of: '2020' is more than one day; write one"),
        (
            ["search", "x", "--since", "2020-10-08", "--until", "2020-10-07"],
            2,
            "--since: 2020-10-08 is after 2020-10-07",
        ),
        (
            ["search", "x", "--outlet", "Fernhil"],
            2,
            "--outlet: no article is from 'Fernhil'; did you mean 'Fernhill Wire'?",
        ),
        (
            ["ask", "Why?", "--author", "Jonas Pel"],
            2,
            "--author: no article is by 'Jonas Pel'; did you mean 'Jonas Pell'?",
        ),
        (["list", "--outlet", "x"], 2, "--outlet: no article is from 'x'; most are from"),
        (["ask", "Why?", "--article", "ffff"], 3, "no such article"),
        (["ask", "Why?", "--llm", "magic"], 2, "extractive"),
        (["search", "x", "-k", "0"], 2, "at least 1"),
        (["show", "ffffffffffff"], 3, "byline list"),
        (["--collection", "own", "remove", "ffffffffffff"], 3, "no such article"),
        (["--collection", "none", "ask", "Why?"], 4, "no collection is called none"),
        (["--collection", "../up", "ask", "Why?"], 2, "cannot name a collection"),
        (["--collection", "sample", "add", "x"], 2, "cannot be changed"),
        (["chat", "--port", "many", "--no-browser"], 2, "a number"),
        (["ask", "Why?", "--llm", "openai-like:http://127.0.0.1:9/v1"], 5, "127.0.0.1:9"),
    ],
)
def test_a_mistake_gets_one_line_and_its_exit_code(
    byline: Byline, home: Path, arguments: list[str], code: int, words: str
) -> None:
    byline("status", home=home)  # so that the sample is there
    result = byline(*arguments, home=home, BYLINE_COLLECTION="" if "--collection" in arguments else "sample")
    assert result.returncode == code, result.stderr
    assert words in one_line(result)
    assert result.stdout == ""


def test_a_missing_path_and_an_empty_folder_are_named(byline: Byline, home: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    result = byline("add", str(tmp_path / "gone"), str(tmp_path / "nothing"), home=home)
    assert result.returncode == 3
    lines = result.stderr.splitlines()
    assert "gone: no such file or folder" in lines[0]
    assert "nothing: no articles in this folder" in lines[1]


def test_a_home_that_is_no_folder_is_named(byline: Byline, tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("not a folder")
    result = byline("ask", "Why?", home=home)
    assert result.returncode == 4
    assert str(home) in one_line(result)


def test_a_port_in_use_is_named(byline: Byline, home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = byline("--collection", "sample", "chat", "--no-browser", "--port", str(port), home=home)
    assert result.returncode == 2
    assert f"port {port}" in one_line(result)


def test_a_second_writer_is_told_who_writes(byline: Byline, home: Path, article: Path) -> None:
    byline("add", str(article), home=home)
    hold = (
        "import sys, time; from pathlib import Path; from index.store.database import lock\n"
        "with lock(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(60)"
    )
    folder = home / "collections" / "default"
    holder = subprocess.Popen([sys.executable, "-c", hold, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        result = byline("rebuild", "--wait", "1", home=home)
        assert result.returncode == 4
        assert str(holder.pid) in one_line(result)
    finally:
        holder.kill()
        holder.communicate()
    assert byline("rebuild", home=home).returncode == 0


def test_a_change_of_embedder_is_refused_with_its_mend(byline: Byline, home: Path, article: Path) -> None:
    byline("add", str(article), home=home)
    mock = "llama_index.core.embeddings:MockEmbedding?embed_dim=8"
    result = byline("ask", "How many homes lost power?", home=home, BYLINE_EMBEDDER=mock)
    assert result.returncode == 4
    assert "byline rebuild --re-embed" in one_line(result)
    assert byline("rebuild", "--re-embed", home=home, BYLINE_EMBEDDER=mock).returncode == 0
    asked = byline("ask", "How many homes lost power in Marlow Bay?", home=home, BYLINE_EMBEDDER=mock)
    assert "12,000" in asked.stdout


def test_an_article_without_a_title_is_shown_by_its_first_words(byline: Byline, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text(" date 2021-03-04 Storm waves closed the Marlow ferry on Thursday. Nobody was hurt.", "utf-8")
    byline("add", str(path), home=home)
    assert "Storm waves closed" in byline("list", home=home).stdout
    asked = byline("ask", "What closed the Marlow ferry?", home=home).stdout
    assert "[1] plain.txt, 4 Mar 2021: Storm waves closed" in asked


def test_a_wrong_argument_gets_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["ask"])
    assert stop.value.code == 2
    assert capsys.readouterr().err == "byline: the following arguments are required: Q; `byline ask --help` shows how\n"


def test_version_and_help() -> None:
    for arguments in (["--version"], ["--help"]):
        with pytest.raises(SystemExit) as stop:
            build_parser().parse_args(arguments)
        assert stop.value.code == 0


def test_the_reference_in_the_docs_is_the_parsers_own() -> None:
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == reference()
