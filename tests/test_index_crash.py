"""A writer that is killed at any moment loses nothing that it acknowledged."""

import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.collection import Collection
from index.store.database import lock
from tests.articles import generated, unique_word

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Killed:
    """What a writer had printed when it was killed."""

    acknowledged: list[int]
    done: bool


def kill_writer(folder: Path, first: int, end: int, *, pause: float, at: int, after: float) -> Killed:
    """Start a writer and kill it `after` seconds from when it acknowledges article `at`."""
    command = [sys.executable, "-m", "tests.crash_writer", str(folder), str(first), str(end), str(pause)]
    printed: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            printed.append(line.strip())
            if printed[-1] == str(at):
                break
        time.sleep(after)
        writer.send_signal(signal.SIGKILL)
        printed += [line.strip() for line in writer.stdout if line.endswith("\n")]
    return Killed([int(line) for line in printed if line.isdigit()], "done" in printed)


def check_and_complete(folder: Path, acknowledged: list[int], end: int) -> list[str]:
    """What the next user sees, without help: all that was acknowledged, found by its word. Then complete it."""
    told: list[str] = []
    with Collection(folder, tell=told.append) as collection:
        check_found(collection, acknowledged)
        outcomes = [added.outcome for added in collection.add(map(generated, range(end)))]
        assert [outcomes[number] for number in acknowledged] == ["unchanged"] * len(acknowledged)
        check_found(collection, range(end))
        status = collection.status()
        assert (status.articles, status.indexes_current) == (end, True)
    folders = [path.name.split("-")[0] for path in folder.iterdir() if path.is_dir()]
    assert sorted(folders) == ["vectors", "words"]
    assert not (folder / "writer.json").exists()
    return told


def check_found(collection: Collection, numbers: list[int] | range) -> None:
    for number in numbers:
        found = collection.search(unique_word(number), 1)[0]
        assert (found.article.source, unique_word(number) in found.passage.text) == (f"/news/{number}.txt", True)


# In mid-adding, at the moment when the indexes begin to be written, and while they are being written.
@pytest.mark.slow
@pytest.mark.parametrize(("at", "after"), [(20, 0.003), (59, 0.35)])
def test_a_killed_writer_loses_nothing(tmp_path: Path, at: int, after: float) -> None:
    folder = tmp_path / "news"
    killed = kill_writer(folder, 0, 60, pause=0.0, at=at, after=after)
    assert at in killed.acknowledged
    told = check_and_complete(folder, killed.acknowledged, 60)
    assert len(told) <= 2


def test_the_lock_goes_with_its_holder(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    code = "import sys, time; from pathlib import Path; from index.store.database import lock\n"
    code += "with lock(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    command = [sys.executable, "-c", code, str(tmp_path / "news")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.kill()
    assert (tmp_path / "news" / "writer.json").exists()
    with lock(tmp_path / "news", wait=1):
        pass
    assert not (tmp_path / "news" / "writer.json").exists()
