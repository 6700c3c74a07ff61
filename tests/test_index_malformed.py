"""Malformed files and sites of every kind, in one run with good ones among them."""

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from index.collection import Collection
from index.ingest.sources import Sources
from tests.articles import write
from tests.malformed.case import Case, put
from tests.malformed.corpus import put_corpus
from tests.malformed.good import TABLES, good_files
from tests.malformed.mutations import mutations
from tests.malformed.run import PEAK_ALLOWED
from tests.malformed.web import malformed_web

ROOT = Path(__file__).parents[1]
MEGABYTE = 1024 * 1024
KEY = re.compile(r"[mw]\d{4}")


@dataclass
class Outcome:
    """What one run said of each case, by its key."""

    cases: dict[str, Case]
    lines: dict[str, list[str]]
    articles: Counter[str]
    report: dict[str, Any]
    printed: str
    collection: Path


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("malformed")
    files = put_corpus(folder / "files")
    with malformed_web(folder) as served:
        addresses, report = folder / "addresses.json", folder / "report.json"
        addresses.write_text(json.dumps([address for address, _ in served.values()]), "utf-8")
        command = [sys.executable, "-m", "tests.malformed.run", folder / "files", folder / "news", addresses, report]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(report.read_text("utf-8"))
    lines: dict[str, list[str]] = defaultdict(list)
    for line in found["failed"]:
        lines[key_of(line)].append(line)
    articles = Counter(key_of(source) for source in found["read"])
    cases = files | {key: case for key, (_, case) in served.items()}
    return Outcome(cases, lines, articles, found, done.stdout + done.stderr, folder / "news")


def key_of(line: str) -> str:
    match = KEY.search(line)
    return match[0] if match else line


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_all_of_it_in_one_run(outcome: Outcome) -> None:
    print(table(outcome))
    assert outcome.report["locks_hold"], "a locked file is not locked for this user: nothing was tested there"
    assert outcome.report["peak"] < PEAK_ALLOWED
    assert outcome.report["added"] == len(outcome.report["read"])
    assert "Traceback" not in outcome.printed
    assert sum(case.kind != "good" for case in outcome.cases.values()) >= 550
    assert sum(case.kind == "good" for case in outcome.cases.values()) >= 40
    wrong = [complaint for key, case in outcome.cases.items() if (complaint := complaint_of(outcome, key, case))]
    assert not wrong, "\n".join(wrong)
    bad = [line for line in outcome.report["failed"] if not is_one_clear_line(line)]
    assert not bad


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_all_good_ones_are_in_and_found(outcome: Outcome) -> None:
    with Collection(outcome.collection) as collection:
        for key, case in outcome.cases.items():
            if case.word:
                best = collection.search(case.word, 1)[0]
                assert case.word in best.passage.text, (key, case)
                assert key in best.article.source


@pytest.mark.slow
def test_the_command_line_tells_each_in_a_line(tmp_path: Path) -> None:
    files = put(chain(good_files(first=1), of_suffix(".jsonl"), of_suffix(".md")), tmp_path / "a")
    command = [sys.executable, "-c", "import sys; from ui.cli import main; sys.exit(main())"]
    command += ["--home", str(tmp_path / "home"), "add", "--json", str(tmp_path / "a"), "http://127.0.0.1:8099/w0000"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert done.returncode == 3, done.stderr[-3000:]
    assert "Traceback" not in done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert all(is_one_clear_line(line) for line in report["failed"])
    assert {key_of(line) for line in report["failed"]} >= {key for key, case in files.items() if case.lines}
    added = {key_of(article["source"]) for article in report["articles"] if article["outcome"] == "added"}
    assert added >= {key for key, case in files.items() if case.kind == "good"}
    assert "private network" in report["failed"][-1]
    told = [line for line in done.stderr.splitlines() if line.startswith("byline: ")]
    assert len(told) >= len(report["failed"])


def test_a_link_to_itself_does_not_end_the_run(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", "Two ferries met off Bergen.")
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    sources = Sources([str(tmp_path)])
    assert [reading.article.text for reading in sources] == ["Two ferries met off Bergen."]
    assert len(sources.failed) == 1


def of_suffix(suffix: str) -> Iterator[Case]:
    return (case for case in mutations() if suffix in case.name and "bomb" not in case.name)


def complaint_of(outcome: Outcome, key: str, case: Case) -> str:
    """What is not as the case says it must be; "" for nothing."""
    articles, lines = outcome.articles[key], outcome.lines[key]
    expected = case.articles in (None, articles) and case.lines in (None, len(lines))
    if case.articles is None and case.lines is None:
        in_parts = any(suffix in case.name for suffix in TABLES) or key.startswith("w")
        expected = articles + len(lines) >= 1 if in_parts else articles + len(lines) == 1
    told = "; ".join(line[:200] for line in lines[:3])
    wanted = f"(wanted {case.articles} and {case.lines})"
    return (
        ""
        if expected
        else f"{key} {case.kind}, {case.name[:60]!r}: {articles} articles, {len(lines)} lines {wanted}: {told}"
    )


def is_one_clear_line(line: str) -> bool:
    return (
        bool(re.match(r"\S.*: .{10,}", line))
        and line.isprintable()
        and "Traceback" not in line
        and len(line) < 1000
        and line == line.strip()
    )


def table(outcome: Outcome) -> str:
    """Counts by kind, and what took longest and most."""
    kinds = Counter(case.kind for case in outcome.cases.values())
    rows = [f"{'kind':42} {'inputs':>6} {'articles':>8} {'lines':>6}"]
    for kind, count in sorted(kinds.items()):
        keys = [key for key, case in outcome.cases.items() if case.kind == kind]
        articles, lines = sum(outcome.articles[key] for key in keys), sum(len(outcome.lines[key]) for key in keys)
        rows.append(f"{kind:42} {count:6} {articles:8} {lines:6}")
    rows.append(f"{'all':42} {len(outcome.cases):6}")
    seconds, growth = outcome.report["seconds"], outcome.report["growth"]
    slowest = sorted(seconds, key=seconds.__getitem__, reverse=True)[:8]
    largest = sorted(growth, key=growth.__getitem__, reverse=True)[:5]
    rows += [f"{seconds[source]:6.1f} s   {source[:90]!r}" for source in slowest]
    rows += [f"{growth[source] // MEGABYTE:+5} MB   {source[:90]!r}" for source in largest]
    rows.append(f"peak {outcome.report['peak'] // MEGABYTE} MB, {sum(seconds.values()):.0f} s in all")
    return "\n".join(["", *rows])
