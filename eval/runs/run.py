"""A run: what came of each thing that was measured, in order, with its figures, its table and its file.

Each kind of measure has a class of `Run` with a type of results of its own. Those that ask questions of a collection
are a `CollectionRun`; two of one kind are compared by `comparison.py`.
"""

import contextlib
import json
import statistics
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, Self, TypeVar

import numpy as np

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.events import Done, Found
from assistant.request import Request
from eval.datasets.questions import Dataset, Question
from eval.runs.bootstrap import ALL, Figure, Floats, intervals, shares
from index.collection import Collection
from index.errors import ModelError, SourceError
from index.search.result import Retrieved

if TYPE_CHECKING:
    from eval.runs.comparison import Compared

DEPTH = 10  # passages that are looked at
_SHOWN_ERRORS = 5

Progress = Callable[[int, int], None]
"""Gets the number of each thing that is measured, and how many there are."""

Measure = Callable[[Any], float | None]
"""A result's value; None where the measure is not of it."""


def nothing(number: int, total: int) -> None:
    """The progress that no one sees."""


class Outcome(Protocol):
    """What came of one thing that was measured. `error` is the line of a failure, which counts as wrong."""

    @property
    def error(self) -> str | None: ...


OutcomeT = TypeVar("OutcomeT", bound=Outcome)


@dataclass(frozen=True, kw_only=True)
class Run(ABC, Generic[OutcomeT]):
    """The results in the order of what was measured."""

    results: tuple[OutcomeT, ...] = field(repr=False)

    @property
    def errors(self) -> int:
        return sum(bool(result.error) for result in self.results)

    @abstractmethod
    def lines(self) -> Iterator[str]:
        """The table for a terminal."""

    @abstractmethod
    def to_json(self) -> dict[str, Any]:
        """What `--json` prints and `save` writes."""

    def save(self, file: Path) -> None:
        """Write the run, to be compared with later. Raises SourceError."""
        try:
            file.write_text(json.dumps(self.to_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
        except OSError as error:
            raise SourceError(f"{file}: cannot be written ({error.strerror}); give another file to --save") from error


# Runs over a collection


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one question."""

    id: str
    question: str
    as_of: str | None
    slices: tuple[str, ...]
    error: str | None = None

    @property
    def key(self) -> tuple[str, str, str | None]:
        """What tells the question from others."""
        return self.id, self.question, self.as_of


ResultT = TypeVar("ResultT", bound=Result)


@dataclass(frozen=True, kw_only=True)
class CollectionRun(Run[ResultT]):
    """Questions asked of a collection, and what that was. `left_out` counts those without a known answer.

    A class of it tells its measures, by what is sought and by name, those of which less is better, and the slices.
    """

    MEASURES: ClassVar[Mapping[tuple[str, str], Measure]]
    LESS_IS_BETTER: ClassVar[frozenset[str]] = frozenset()
    SLICES: ClassVar[tuple[str, ...]]
    RESULT: ClassVar[type]

    data: str
    digest: str
    articles: int
    passages: int
    embedder: str
    left_out: int

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Each measure over all questions, then over each slice that has any."""
        slices = by_slice(self, self.results, lambda result: result)
        return tuple(figure for one in slices for figure in _of_slice(*one))

    def to_json(self) -> dict[str, Any]:
        """Its own fields, and how many questions failed."""
        own = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "results"}
        return {**own, "errors": self.errors}

    @classmethod
    def load(cls, file: Path) -> Self:
        """A run that was saved. Raises SourceError where the file holds none of this kind."""
        try:
            row = json.loads(file.read_text("utf-8"))
            results = tuple(cls.RESULT(**_fields(cls.RESULT, one)) for one in row["results"])
            return cls(**{**_fields(cls, row), "results": results})
        except OSError as error:
            raise SourceError(f"{file}: cannot be read ({error.strerror}); --save writes such a file") from error
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(f"{file}: not a saved run ({error!r}); --save writes one") from error

    def further_compared(self, pairs: Sequence[tuple[Any, Any]]) -> Iterator["Compared"]:
        """Figures of an earlier run's results and this one's that are no means over questions."""
        return iter(())

    def _head(self, which: str = "") -> str:
        """What was measured, the first line of a table."""
        about = f"{self.data}{which}: {self.articles} articles, {self.passages} passages"
        return f"{len(self.results)} questions over {about}"

    def _error_lines(self, failed: str) -> Iterator[str]:
        """The first failures, the end of a table; `failed` says what failed, and what it counts as."""
        errors = [result for result in self.results if result.error is not None]
        if errors:
            yield ""
            yield f"{len(errors)} {failed}:"
        for result in errors[:_SHOWN_ERRORS]:
            yield f"  {result.id} {result.question}: {result.error}"
        if len(errors) > _SHOWN_ERRORS:
            yield f"  and {len(errors) - _SHOWN_ERRORS} more; --json has them all"


def about(data: Dataset, collection: Collection, asked: Sequence[Question]) -> dict[str, Any]:
    """The fields of a CollectionRun over the questions that were asked."""
    articles, passages = collection.catalogue.count()
    return {
        "data": data.name,
        "digest": data.digest,
        "articles": articles,
        "passages": passages,
        "embedder": collection.embedder.name,
        "left_out": len(data.questions) - len(asked),
    }


def about_question(question: Question) -> dict[str, Any]:
    """The fields that a Result has of its question, without its slices."""
    return {"id": question.id, "question": question.text, "as_of": question.as_of and question.as_of.isoformat()}


def ask_all(
    asked: Sequence[Question], collection: Collection, ask: Callable[[Question], ResultT], progress: Progress
) -> tuple[ResultT, ...]:
    """What comes of each question in turn."""
    with contextlib.suppress(Exception):  # the first search opens the indexes, which is not timed; if it fails, below
        collection.search(asked[0].text, DEPTH, asked[0].as_of)
    return tuple(map(ask, in_turn(asked, progress)))


Item = TypeVar("Item")


def in_turn(items: Sequence[Item], progress: Progress) -> Iterator[Item]:
    """The items, each told before it is given."""
    for number, item in enumerate(items, 1):
        progress(number, len(items))
        yield item


def answer_with_passages(assistant: Assistant, request: Request) -> tuple[Sequence[Retrieved], Answer]:
    """What `Assistant.ask` gives, with the passages that were read."""
    found: Sequence[Retrieved] = ()
    for event in assistant.stream(request):
        if isinstance(event, Found):
            found = event.results
        elif isinstance(event, Done):
            return found, event.answer
    raise ModelError(f"the reader {assistant.reader.name} ended without an answer")


def failure_line(failure: Exception) -> str:
    return f"{type(failure).__name__}: {' '.join(str(failure).split())}"


def p50_p95(taken: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile; of nothing 0.0."""
    if len(taken) < 2:
        return (taken[0], taken[0]) if taken else (0.0, 0.0)
    return statistics.median(taken), statistics.quantiles(taken, n=20, method="inclusive")[-1]


# Figures


def by_slice(
    run: CollectionRun[Any], items: Sequence[Item], result_of: Callable[[Item], Result]
) -> Iterator[tuple[str, str, Mapping[str, Measure], list[Item]]]:
    """What is sought, a slice, the measures, and the items that are in the slice: all, then each slice that has any."""
    for sought in dict.fromkeys(sought for sought, _ in run.MEASURES):
        measures = {name: measure for (of, name), measure in run.MEASURES.items() if of == sought}
        for name in (ALL, *run.SLICES):
            if chosen := [item for item in items if name in (ALL, *result_of(item).slices)]:
                yield sought, name, measures, chosen


def _of_slice(sought: str, name: str, measures: Mapping[str, Measure], results: Sequence[Result]) -> Iterator[Figure]:
    values, of = columns(results, measures.values())
    counts = of.sum(axis=0)
    of_any = np.flatnonzero(counts)  # the measures that are of any of the questions
    if not len(of_any):
        return
    values, of = values[:, of_any], of[:, of_any]
    lows, highs = intervals(len(results), lambda places: shares(places, values, of))
    names = list(measures)
    for at, place in enumerate(of_any):
        value = float(values[:, at].sum() / counts[place])
        yield Figure(name, names[place], int(counts[place]), value, float(lows[at]), float(highs[at]), sought)


def columns(results: Sequence[Result], measures: Any) -> tuple[Floats, Floats]:
    """Each measure's values, 0 where it is not of the question, and 1 where it is; both (questions, measures)."""
    rows = [[measure(result) for measure in measures] for result in results]
    values = np.array([[value or 0.0 for value in row] for row in rows], np.float64)
    return values, np.array([[value is not None for value in row] for row in rows], np.float64)


def _fields(of: type, row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a class's fields out of JSON, with lists as tuples. What an older version lacks has its default."""
    found = {}
    for one in fields(of):
        if one.name in row or (one.default is MISSING and one.default_factory is MISSING):
            value = row[one.name]
            found[one.name] = tuple(value) if isinstance(value, list) else value
    return found
