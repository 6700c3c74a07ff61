"""Plug-ins: what another package brings is used by installing it, and one that is broken hurts nobody else."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import plugins
from ui.cli import main

Run = Callable[..., tuple[int, str, str]]
DOCUMENTED = (Path(__file__).parent.parent / "docs" / "plugins.md").read_text("utf-8")
MORE = '''
from assistant.answer import Answer
from assistant.events import Done
from index.embedders import StaticEmbedder
from llama_index.core.llms import MockLLM


class Echo:
    """Says the question again."""

    name = "echo"

    def __init__(self, collection):
        self.collection = collection

    def read(self, question, passages):
        yield Done(Answer(question.text, question.as_of, True, (), short_answer=f"{question.text.upper()}"))


class Renamed(StaticEmbedder):
    def __init__(self):
        super().__init__()
        self.name = "renamed"


def parrot(rest):
    return MockLLM(max_tokens=int(rest))


class Breaks(Echo):
    def read(self, question, passages):
        yield from ()
        raise ZeroDivisionError("no words")


def fails():
    raise OSError("no such weights")
'''
ENTRIES = """
[byline.formats]
memo = memo_for_byline:read_memo
broken = memo_for_byline:nothing
[byline.rerankers]
by-length = memo_for_byline:ByLength
fails = memo_for_byline:fails
no-reranker = memo_for_byline:Renamed
gone = no_such_module:Reranker
[byline.embedders]
renamed = memo_for_byline:Renamed
[byline.readers]
echo = memo_for_byline:Echo
breaks = memo_for_byline:Breaks
[byline.llms]
parrot = memo_for_byline:parrot
"""


def install(folder: Path, package: str, entries: str, code: str) -> None:
    """What an installer leaves of a package."""
    module = package.replace("-", "_")
    (folder / f"{module}.py").write_text(code, "utf-8")
    known = folder / f"{module}-1.dist-info"
    known.mkdir()
    (known / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1\n", "utf-8")
    (known / "entry_points.txt").write_text(entries, "utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed packages, with the documented one in it."""
    folder = tmp_path / "site"
    folder.mkdir()
    [example] = re.findall(r"```python\n(.*?)```", DOCUMENTED, re.DOTALL)
    install(folder, "memo-for-byline", ENTRIES, example + MORE)
    monkeypatch.syspath_prepend(str(folder))
    plugins._offered.cache_clear()
    yield folder
    plugins._offered.cache_clear()


@pytest.fixture
def byline(site: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--home", str(tmp_path / "home"), *arguments])
        return code, *capfd.readouterr()

    return run


def test_the_documented_entry_points_are_those_that_are_tried() -> None:
    documented = re.findall(r'entry-points\."(.*?)"\]\n(\S+) = "(.*?)"', DOCUMENTED)
    assert documented == [
        ("byline.formats", "memo", "memo_for_byline:read_memo"),
        ("byline.rerankers", "by-length", "memo_for_byline:ByLength"),
    ]
    groups = set(re.findall(r"^\| `(byline\.\w+)`", DOCUMENTED, re.MULTILINE))
    assert groups == {plugins.FORMATS, plugins.EMBEDDERS, plugins.RERANKERS, plugins.READERS, plugins.LLMS}


def test_files_of_a_new_format_are_added_from_a_folder_and_a_broken_one_is_one_line(
    byline: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "day.memo").write_text("2021-03-04 | A storm cut power to 12,000 homes in Marlow Bay.\n", "utf-8")
    (folder / "own.txt").write_text("The Marlow ferry sails again on Friday after a month of repairs.", "utf-8")
    (folder / "a.broken").write_text("x", "utf-8")
    code, out, err = byline("add", str(folder))
    assert (code, out.count("added")) == (3, 2)
    [line] = [line for line in err.splitlines() if "a.broken" in line]
    assert "the plug-in 'broken' of memo-for-byline (byline.formats) cannot be used" in line
    articles = json.loads(byline("list", "--json")[1])
    assert {article["published"] for article in articles} == {"2021-03-04", None}


def test_a_reranker_ranks_and_broken_ones_are_one_line_each(byline: Run) -> None:
    code, out, _ = byline("search", "permits", "--reranker", "by-length", "--json")
    assert code == 0
    added = [one["parts"]["reranker"] for one in json.loads(out)]
    assert len(set(added)) > 1  # it told them apart
    for name, why in (
        ("fails", "no such weights"),
        ("no-reranker", "it makes a Renamed without `scores`"),
        ("gone", "No module named 'no_such_module'"),
    ):
        code, out, err = byline("ask", "Why did Canada suspend the permits?", "--reranker", name)
        assert (code, out) == (5, "")
        [line] = [line for line in err.splitlines() if "plug-in" in line]
        assert why in line
        assert line.endswith("mend or uninstall memo-for-byline")


def test_an_embedder_a_reader_and_a_language_model(
    byline: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = byline("ask", "Why did Canada suspend the permits?", "--llm", "echo")
    assert (code, "WHY DID CANADA SUSPEND THE PERMITS?" in out) == (0, True)
    code, _, err = byline("ask", "Why did Canada suspend the permits?", "--llm", "parrot:3")
    assert code == 0  # a model that only repeats says nothing usable: the quotes take its place
    monkeypatch.setenv("BYLINE_EMBEDDER", "renamed")
    (tmp_path / "storm.txt").write_text("A storm cut power to 12,000 homes in Marlow Bay on Wednesday night.", "utf-8")
    assert byline("add", str(tmp_path / "storm.txt"))[0] == 0
    assert json.loads(byline("status", "--json")[1])["embedder"] == "renamed"
    monkeypatch.delenv("BYLINE_EMBEDDER")
    code, _, err = byline("ask", "What cut power?")
    assert (code, "embedded with renamed" in err) == (4, True)


def test_where_a_plug_ins_reader_breaks_the_quoted_answer_takes_its_place(byline: Run) -> None:
    code, out, err = byline("ask", "Why did Canada suspend the permits?", "--llm", "breaks")
    assert code == 0
    assert "[1] Fernhill Wire" in out
    assert "quoted from the articles instead: the plug-in 'breaks' failed (no words)" in err


def test_two_packages_that_offer_the_same_are_told(byline: Run, site: Path) -> None:
    install(site, "other", "[byline.rerankers]\nby-length = other:ByLength\n", "class ByLength: pass")
    plugins._offered.cache_clear()
    code, _, err = byline("search", "permits", "--reranker", "by-length")
    assert code == 2
    assert "memo-for-byline and other both offer 'by-length'" in err


def test_no_package_takes_the_place_of_what_byline_has(byline: Run, site: Path) -> None:
    install(site, "thief", "[byline.rerankers]\nreader = thief:Reader\n[byline.formats]\ntxt = thief:read\n", "")
    plugins._offered.cache_clear()
    assert "[1] Fernhill Wire" in byline("ask", "Why did Canada suspend the permits?")[1]
