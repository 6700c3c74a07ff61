"""`byline bench serve`: many questions at once through `/v1` of a server in a process of its own.

Each question is asked alone first, then so many at once, and the answers are compared: how busy a server is must change
none. With another installation to measure against, the two take turns, both over the same collection, so that what
else the machine does hits both alike. Then questions go on, and the process's open handles and memory are read.
"""

import contextlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx

from eval.bench.workload import Timed, percentiles
from eval.datasets.questions import Question, open_dataset
from index.errors import SettingsError
from index.indexes.replication import Tell
from index.settings import Settings

QUESTIONS = 3000
AT_ONCE = 20

_DISTINCT = 60  # questions that are compared
_ROUNDS = 3
_LOOKS = 10  # at handles and memory
_FIRST = 100  # questions before the first of them
_PATIENCE = 600.0  # seconds for one answer
_READY = "Byline answers at "

Answers = Sequence[str]


@dataclass(frozen=True, slots=True)
class Held:
    """What a server's process holds after so many questions: open files and connections, and megabytes of memory."""

    questions: int
    handles: int
    memory: float


@dataclass(frozen=True, slots=True)
class Load:
    """Of one server: milliseconds of a question that is asked alone, answers a second of many at once, in each round,
    the processor's seconds for each, and how many of the answers then were not as they were alone."""

    alone: Timed
    a_second: tuple[float, ...]
    processor_seconds: tuple[float, ...]
    other_answers: int

    @property
    def throughput(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.a_second)


@dataclass(frozen=True, slots=True)
class ServeFigures:
    """What was measured, with `distinct` questions and `at_once` of them at once; `same` of their answers were those of
    the other installation."""

    distinct: int
    at_once: int
    loads: Mapping[str, Load]
    same: int | None
    held: Sequence[Held]

    @property
    def ratio(self) -> float | None:
        """The throughput against the other installation's: the median of the rounds' ratios."""
        if len(self.loads) < 2:
            return None
        here, there = (load.a_second for load in self.loads.values())
        return statistics.median(one / other for one, other in zip(here, there, strict=True))

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": self.ratio}


def bench_serve(
    file: Path,
    settings: Settings,
    questions: int = QUESTIONS,
    at_once: int = AT_ONCE,
    against: str = "",
    tell: Tell = lambda line: None,
) -> ServeFigures:
    """Measure with the questions of a JSONL file, asked of the settings' collection.

    `against` is the Python interpreter of another installation of Byline. Raises SettingsError where a server does not
    start or fails, or this is no Linux; SourceError for a file that holds no questions.
    """
    if not Path("/proc/self/fd").is_dir():
        raise SettingsError("bench serve reads a process's handles from /proc, which this system does not have")
    asked = open_dataset(file).questions[:_DISTINCT]
    with contextlib.ExitStack() as stack:
        servers = {"byline": stack.enter_context(_serving(sys.executable, settings))}
        if against:
            servers["against"] = stack.enter_context(_serving(against, settings))
        alone = {name: _alone(server, asked, tell, name) for name, server in servers.items()}
        rounds = [
            {name: _at_once(server, asked, at_once, tell, name) for name, server in servers.items()}
            for _ in range(_ROUNDS)
        ]
        loads = {}
        for name, (answers, timed) in alone.items():
            others = max(sum(a != b for a, b in zip(answers, one[name][0], strict=True)) for one in rounds)
            loads[name] = Load(
                timed, tuple(one[name][1] for one in rounds), tuple(one[name][2] for one in rounds), others
            )
        same = None
        if against:
            same = sum(a == b for a, b in zip(alone["byline"][0], alone["against"][0], strict=True))
        held = list(_going_on(servers["byline"], asked, questions, at_once, tell))
    return ServeFigures(len(asked), at_once, loads, same, held)


def serve_lines(figures: ServeFigures) -> Iterator[str]:
    """The figures as tables."""
    yield f"{figures.distinct} questions, alone and {figures.at_once} at once"
    yield ""
    yield f"{'':10}{'alone, ms p50':>15}{'p95':>8}{'answers a second':>18}{'processor, s':>14}{'other answers':>15}"
    for name, load in figures.loads.items():
        alone = f"{load.alone.p50:>15.0f}{load.alone.p95:>8.0f}"
        cost = statistics.median(load.processor_seconds)
        yield f"{name:10}{alone}{load.throughput:>18.2f}{cost:>14.3f}{load.other_answers:>15}"
    if figures.ratio is not None:
        rounds = [" ".join(f"{one:.2f}" for one in load.a_second) for load in figures.loads.values()]
        yield f"{figures.ratio:.2f} times as many answers a second, by turns ({' against '.join(rounds)})"
        yield f"{figures.same} of {figures.distinct} answers are the same in both"
    yield ""
    yield f"{'questions':>10}{'handles':>10}{'memory, MB':>12}"
    yield from (f"{one.questions:>10}{one.handles:>10}{one.memory:>12.0f}" for one in figures.held)


class _Server:
    """A running server, and what its process holds."""

    def __init__(self, address: str, process: int) -> None:
        self._address = address
        self._process = Path(f"/proc/{process}")

    def ask(self, question: Question) -> str:
        """The whole answer as a client gets it. Raises SettingsError for an error in its place."""
        body = {
            "model": "byline",
            "messages": [{"role": "user", "content": question.text}],
            **({"as_of": question.as_of.isoformat()} if question.as_of else {}),
        }
        try:
            response = httpx.post(f"{self._address}/v1/chat/completions", json=body, timeout=_PATIENCE)
            response.raise_for_status()
        except httpx.HTTPError as error:
            raise SettingsError(f"{self._address}: a question failed ({error}); see what the server printed") from error
        return str(response.json()["choices"][0]["message"]["content"])

    def processor_seconds(self) -> float:
        """What it has had of the processors since its start."""
        user, system = (self._process / "stat").read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def held(self, questions: int) -> Held:
        handles = sum(1 for _ in (self._process / "fd").iterdir())
        status = dict(line.split(":", 1) for line in (self._process / "status").read_text().splitlines())
        return Held(questions, handles, int(status["VmRSS"].split()[0]) / 1024)


@contextlib.contextmanager
def _serving(python: str, settings: Settings) -> Iterator[_Server]:
    """`byline serve` by this interpreter, on a port of its own, with the collection of the settings."""
    named = ["--collection", settings.collection] if settings.collection else []
    # -P, lest the folder that this is run in takes the place of the other installation.
    command = [python, "-P", "-m", "ui.cli", "--home", str(settings.home), *named, "serve", "--port", "0"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    except OSError as error:
        raise SettingsError(f"{python}: cannot be run ({error.strerror}); give a Python with Byline") from error
    try:
        assert process.stdout is not None
        said = next((line for line in process.stdout if line.startswith(_READY)), "")
        if not said:
            raise SettingsError(f"{python}: its server did not start; what it says of that stands above")
        yield _Server(said.removeprefix(_READY).split()[0], process.pid)
    finally:
        process.terminate()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _alone(server: _Server, asked: Sequence[Question], tell: Tell, name: str) -> tuple[Answers, Timed]:
    for question in asked[:3]:
        server.ask(question)  # opens what is opened once
    answers, taken = [], []
    for question in asked:
        began = time.perf_counter()
        answers.append(server.ask(question))
        taken.append(1000 * (time.perf_counter() - began))
    timed = percentiles(taken)
    tell(f"{name}: one question after another, p50 {timed.p50:.0f} ms, p95 {timed.p95:.0f} ms")
    return answers, timed


def _at_once(
    server: _Server, asked: Sequence[Question], at_once: int, tell: Tell, name: str
) -> tuple[Answers, float, float]:
    """The answers, how many a second, and the processor's seconds for one."""
    with ThreadPoolExecutor(at_once) as pool:
        began, worked = time.perf_counter(), server.processor_seconds()
        answers = list(pool.map(server.ask, asked))
        a_second = len(asked) / (time.perf_counter() - began)
        cost = (server.processor_seconds() - worked) / len(asked)
    tell(f"{name}: {at_once} at once, {a_second:.2f} answers a second, {cost:.3f} s of the processor for one")
    return answers, a_second, cost


def _going_on(server: _Server, asked: Sequence[Question], questions: int, at_once: int, tell: Tell) -> Iterator[Held]:
    """Looks after the first hundred questions, and ten times until so many were asked."""
    coming = cycle(asked)
    looks = sorted({min(_FIRST, questions), *(questions * look // _LOOKS for look in range(1, _LOOKS + 1))})
    with ThreadPoolExecutor(at_once) as pool:
        done = 0
        for look in looks:
            list(pool.map(server.ask, islice(coming, look - done)))
            done = look
            held = server.held(done)
            tell(f"{held.questions} questions: {held.handles} handles, {held.memory:.0f} MB")
            yield held
