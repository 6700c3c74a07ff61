"""The two streams of the command line: stdout is data, stderr is for people, among it how far a command has come."""

import json
import sys
import time
from collections.abc import Iterable
from types import TracebackType
from typing import Any


def tell(line: str) -> None:
    """A line for people."""
    print(f"byline: {line}", file=sys.stderr)


def print_result(as_json: bool, value: object, lines: Iterable[str]) -> None:
    """What a command found: as JSON, or in lines."""
    print(json.dumps(value, ensure_ascii=False, indent=2) if as_json else "\n".join(lines))


class Progress:
    """A bar on stderr while it is a terminal, with rate and time left; elsewhere nothing. Lines stand above it."""

    def __init__(self, quiet: bool = False) -> None:
        self._bar: Any = None
        self._articles = 0
        self._began = time.monotonic()
        if not quiet and sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("reading", total=None, counted="")

    def __enter__(self) -> "Progress":
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def file(self, name: str, number: int, total: int) -> None:
        """A file, the number-th of total, is about to be read; 0 of 0 where that is not known."""
        self._update(description=name[:40], completed=max(0, number - 1), total=total or None)

    def article(self) -> None:
        """One more article is in the collection."""
        self._articles += 1
        rate = self._articles / max(0.001, time.monotonic() - self._began)
        self._update(counted=f"{self._articles} articles, {rate:.0f} a second")

    def question(self, number: int, total: int) -> None:
        """The number-th question of total is about to be asked."""
        self._update(description="asking", completed=number - 1, total=total, counted="")

    def page(self, number: int, total: int) -> None:
        """The number-th web page of total has been read."""
        self._update(description="reading", completed=number, total=total, counted="")

    def claim(self, number: int, total: int) -> None:
        """The number-th claim of total has been judged."""
        self._update(description="judging", completed=number, total=total, counted="")

    def tell(self, line: str) -> None:
        """A line for people, above the bar."""
        if self._bar:
            self._bar.console.print(f"byline: {line}", markup=False, highlight=False, soft_wrap=True)
        else:
            tell(line)

    def _update(self, **fields: Any) -> None:
        if self._bar:
            self._bar.update(self._task, **fields)


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[counted]}", markup=False),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
