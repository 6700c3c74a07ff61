"""A folder of articles that changes, and a `byline` that is killed while it follows it."""

import contextlib
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.articles import unique_word

ROOT = Path(__file__).parents[1]
WORDS = """harbour bridge council ferry mayor storm budget school river strike court vote border train winter wheat
drone permit export camera army minister treaty fishing quota vaccine hospital nurse doctor flood dam earthquake rescue
museum
painting theatre opera novel poet film actor football goal referee tennis racket marathon cyclist doping bank interest
inflation currency loan mortgage pension tax customs tariff steel copper lithium battery solar turbine reactor uranium
satellite rocket comet telescope glacier whale penguin wolf forest wildfire drought irrigation tractor milk cheese wine
brewery bakery restaurant tourist airport airline pilot runway railway tunnel lorry motorway cable software robot chip
privacy password election ballot senator governor embassy refugee asylum prison police detective burglary trial
jury""".split()


@dataclass
class ChangingFolder:
    """Articles of some five passages each; `change` rewrites, removes and adds some, by chance."""

    folder: Path
    chance: random.Random
    numbers: list[int] = field(default_factory=list)
    following: int = 0

    def grow(self, articles: int) -> None:
        self.folder.mkdir(exist_ok=True)
        for _ in range(articles):
            self.numbers.append(self.following)
            self._write(self.following)
            self.following += 1

    def change(self) -> None:
        for number in self.chance.sample(self.numbers, 60):
            self._write(number)
        for number in self.chance.sample(self.numbers, 10):
            self.numbers.remove(number)
            self._path(number).unlink()
        self.grow(20)

    def _write(self, number: int) -> None:
        said = [" ".join(self.chance.choices(self.chance.sample(WORDS, 12), k=110)) for _ in range(5)]
        said[2] += f" {unique_word(number)} {self.chance.randrange(10**6)}"
        text = "\n\n".join(f"{part.capitalize()}." for part in said)
        day = f"2025-{1 + number % 12:02}-{1 + number % 28:02}"
        facts = f"title: Report {number}\nurl: https://news.example/{number}\ndate: {day}"
        self._path(number).write_text(f"---\n{facts}\n---\n{text}\n")

    def _path(self, number: int) -> Path:
        return self.folder / f"{number}.md"


def at_random(collection: Path, chance: random.Random) -> None:
    time.sleep(chance.uniform(1.0, 5.0))


def writing(index: str, longest: float) -> Callable[[Path, random.Random], None]:
    """Some moment after the index's lock was taken: while its files are being copied, written or published."""

    def wait(collection: Path, chance: random.Random) -> None:
        until = time.monotonic() + 20
        while not (collection / f"{index}.json").exists() and time.monotonic() < until:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, longest))

    return wait


def kill(home: Path, command: list[str], wait: Callable[[], None]) -> tuple[bool, list[str]]:
    """Start `byline`, kill it after `wait`; whether it was still at work, and the ids that it had acknowledged."""
    started = [sys.executable, "-m", "ui.cli", "--home", str(home), *command]
    with subprocess.Popen(started, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        wait()
        was_at_work = process.poll() is None
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        out, _ = process.communicate()
    lines = [line.split() for line in out.splitlines(keepends=True) if line.endswith("\n")]
    return was_at_work, [words[1] for words in lines if words[0] in ("added", "changed")]
