"""Who may read what Byline writes, and what it does where it may not write."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from index.collection import Collection
from index.errors import CollectionError
from index.formats import read_file
from tests.permissions import ROOT, as_others, byline, with_writing, without_writing
from ui.cli import main
from ui.commands import collections

QUESTION = "When did the glass bridge of Tarnholm open?"
STORY = """The glass bridge of Tarnholm opened to walkers on Saturday, two years after it had been begun.

Mayor Ida Brandt cut the ribbon before some four hundred people.
"""
NEWS = """The ferry of Tarnholm is to stop in autumn.

Captain Olaf Reimers said that the glass bridge had taken its passengers.
"""


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "bridge.txt").write_text(STORY, "utf-8")
    return folder


@pytest.fixture
def read_only(tmp_path: Path, stories: Path) -> Iterator[Path]:
    """A home with an article, in which nobody may write."""
    home = tmp_path / "given"
    with Collection(home / "collections" / "default") as collection:
        list(collection.add([read_file(stories / "bridge.txt")]))
    without_writing(home)
    yield home
    with_writing(home)


def modes(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}


def facts(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}


# Where writing is allowed


@pytest.fixture
def open_handed() -> Iterator[None]:
    """The umask of a user who lets others read and change what he writes."""
    before = os.umask(0o002)
    yield
    assert os.umask(before) == 0o002


@pytest.mark.usefixtures("open_handed")
def test_what_is_written_is_for_its_owner_alone(tmp_path: Path, stories: Path) -> None:
    home = tmp_path / "new" / "home"
    assert main(["add", str(stories), "--home", str(home)]) == 0
    found = modes(home)
    assert {name for name, mode in found.items() if mode & 0o077} == set()
    assert found["."] == found["collections/default"] == 0o700
    assert found["collections/default/catalogue.sqlite3"] == 0o600
    assert len([name for name in found if name.endswith((".bin", ".term", "chroma.sqlite3"))]) >= 3


def test_the_journal_is_for_its_owner_alone_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, int] = {}

    def run(options: object) -> int:
        with Collection(tmp_path / "home" / "collections" / "default") as collection:
            collection.catalogue.set_meta("a note", "of this test")
            seen.update(modes(tmp_path / "home"))
        return 0

    monkeypatch.setattr(collections, "_status", run)
    assert main(["status"]) == 0
    assert {name.rpartition(".")[2]: mode for name, mode in seen.items() if "sqlite3" in name} == {
        "sqlite3": 0o600,
        "sqlite3-wal": 0o600,
        "sqlite3-shm": 0o600,
    }


@pytest.mark.usefixtures("open_handed")
def test_who_is_given_the_folder_is_given_what_comes_into_it(tmp_path: Path, stories: Path) -> None:
    home = tmp_path / "home"
    with Collection(home / "collections" / "default") as collection:
        list(collection.add([read_file(stories / "bridge.txt")]))
    for path in [home, *home.rglob("*")]:
        path.chmod(0o750 if path.is_dir() else 0o640)
    (stories / "ferry.txt").write_text(NEWS, "utf-8")
    assert main(["add", str(stories), "--home", str(home)]) == 0
    wrong = {name: oct(mode) for name, mode in modes(home).items() if mode not in (0o750, 0o640)}
    assert not wrong


# Where it is not


def test_a_home_that_may_only_be_read_answers(read_only: Path, stories: Path) -> None:
    before = facts(read_only)
    article = read_file(stories / "bridge.txt").article.id
    commands = (
        ["ask", QUESTION, "--json"],
        ["search", "glass bridge", "--json"],
        ["list"],
        ["show", article],
        ["status"],
    )
    done = byline(read_only, *commands)
    assert [(each.code, each.err) for each in done] == [(0, "")] * 5
    asked, searched, listed, shown, status = (each.out for each in done)
    assert json.loads(asked)["answerable"]
    assert "Saturday" in json.loads(asked)["answer"]
    assert set(json.loads(searched)[0]["parts"]) >= {"words", "vectors"}
    assert article in listed
    assert "Ida Brandt" in shown
    assert "indexes     current" in status
    assert facts(read_only) == before


def test_what_must_write_says_so_in_a_line(read_only: Path, stories: Path) -> None:
    changes = ["add", str(stories)], ["sync", str(stories)], ["remove", "a"], ["edit", "a", "--title", "x"], ["rebuild"]
    for told in byline(read_only, *changes):
        assert told.code == CollectionError.exit_code
        assert "no permission to write" in told.err
        assert len(told.err.splitlines()) == 1


def test_an_empty_home_that_may_only_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    without_writing(tmp_path / "empty")
    told = byline(tmp_path / "empty", ["ask", QUESTION])[0]
    assert told.code == CollectionError.exit_code
    assert "--home" in told.err
    assert len(told.err.splitlines()) == 1


@pytest.mark.slow
def test_a_server_over_such_a_home_answers(read_only: Path) -> None:
    command = as_others([sys.executable, "-m", "ui.cli", "serve", "--port", "0", "--home", str(read_only)])
    before = facts(read_only)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().split()[3]
        body = {"messages": [{"role": "user", "content": QUESTION}]}
        answer = httpx.post(f"{address}/v1/chat/completions", json=body, timeout=30).json()
        assert "Saturday" in answer["byline"]["answer"]
        assert httpx.get(f"{address}/ready", timeout=20).json() == {"status": "ready"}
        process.terminate()
        assert process.wait(30) == 0
    assert facts(read_only) == before


READER = """
import sys
from pathlib import Path
from index.collection import Collection
with Collection(Path(sys.argv[1]), tell=lambda line: print("told", line, file=sys.stderr)) as collection:
    for _ in sys.stdin:
        found = collection.search("ferry captain Reimers", 1)
        name = found[0].article.source.rpartition("/")[2]
        print(collection.is_read_only, collection.catalogue.count()[0], name, flush=True)
"""


def test_who_may_only_read_sees_what_another_writes(read_only: Path, stories: Path) -> None:
    """The file that is read as one that nobody changes is being changed, with a journal and without."""
    folder = read_only / "collections" / "default"
    (stories / "ferry.txt").write_text(NEWS, "utf-8")
    command = as_others([sys.executable, "-c", READER, str(folder)])
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdin
        assert reader.stdout

        def seen() -> list[str]:
            assert reader.stdin
            assert reader.stdout
            reader.stdin.write("\n")
            reader.stdin.flush()
            return reader.stdout.readline().split()

        assert seen() == ["True", "1", "bridge.txt"]
        with_writing(folder)
        with Collection(folder) as writer:
            list(writer.add([read_file(stories / "ferry.txt")]))
            assert seen() == ["True", "2", "ferry.txt"]
        assert seen() == ["True", "2", "ferry.txt"]
        reader.stdin.close()
        assert reader.wait(20) == 0
