"""What `byline eval retrieval` and `byline eval answers` share: on what they measure, how they ask and tell."""

import contextlib
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Protocol, TypeVar

from eval.datasets import Dataset, Question
from index.collection import Collection

DEPTH = 10  # passages that are looked at
Progress = Callable[[int, int], None]
"""Gets each question's number, and how many there are."""

_SHOWN_ERRORS = 5

_Result = TypeVar("_Result")


class Asked(Protocol):
    """What came of one question, whatever was looked for."""

    @property
    def id(self) -> str: ...

    @property
    def question(self) -> str: ...

    @property
    def error(self) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredRun:
    """What was measured, and on what. `left_out` counts the questions without a known answer."""

    data: str
    digest: str
    articles: int
    passages: int
    embedder: str
    left_out: int

    @property
    def measured(self) -> dict[str, Any]:
        """The fields of this class alone."""
        return {field.name: getattr(self, field.name) for field in fields(MeasuredRun)}


def about(data: Dataset, collection: Collection, asked: Sequence[Question]) -> dict[str, Any]:
    """The fields of a MeasuredRun over the questions that were asked."""
    articles, passages = collection.catalogue.count()
    return {
        "data": data.name,
        "digest": data.digest,
        "articles": articles,
        "passages": passages,
        "embedder": collection.embedder.name,
        "left_out": len(data.questions) - len(asked),
    }


def ask_all(
    asked: Sequence[Question], collection: Collection, ask: Callable[[Question], _Result], progress: Progress
) -> tuple[_Result, ...]:
    """What comes of each question in turn."""
    with contextlib.suppress(Exception):  # the first search opens the indexes, which is not timed; if it fails, below
        collection.search(asked[0].text, DEPTH, asked[0].as_of)
    results = []
    for number, question in enumerate(asked, 1):
        progress(number, len(asked))
        results.append(ask(question))
    return tuple(results)


def nothing(number: int, total: int) -> None:
    """The progress that no one sees."""


def p50_p95(taken: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile; of nothing 0.0."""
    if len(taken) < 2:
        return (taken[0], taken[0]) if taken else (0.0, 0.0)
    return statistics.median(taken), statistics.quantiles(taken, n=20, method="inclusive")[-1]


def head_line(run: MeasuredRun, questions: int, which: str = "") -> str:
    """What was measured, the first line of a report."""
    return f"{questions} questions over {run.data}{which}: {run.articles} articles, {run.passages} passages"


def error_lines(results: Sequence[Asked], failed: str) -> Iterator[str]:
    """The first failures, the end of a report; `failed` says what failed, and what it counts as."""
    errors = [result for result in results if result.error is not None]
    if errors:
        yield ""
        yield f"{len(errors)} {failed}:"
    for result in errors[:_SHOWN_ERRORS]:
        yield f"  {result.id} {result.question}: {result.error}"
    if len(errors) > _SHOWN_ERRORS:
        yield f"  and {len(errors) - _SHOWN_ERRORS} more; --json has them all"
