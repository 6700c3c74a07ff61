"""How well search finds what answers a question: `byline eval retrieval`.

Each question is searched as a user would, on the day it was asked. Two things are looked for among the ten best
passages:

- answer: a passage that contains an answer (see `containment.py`), over the questions whose answers are known
- article: a passage of an article that holds the answer, or of a reprint, over the questions whose articles are known

Success@k is the share of questions where one is among the first k, RR@10 the mean of one over the rank of the first.
For nDCG@10 only the first passage that holds an answer counts, and of each article only its first passage: who has read
one gains nothing by the next. The articles that are known are taken for all there are. ir-measures computes them.
"""

import statistics
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from eval.datasets import Dataset, Question
from eval.runs.containment import contains
from eval.runs.measured_collection import Names, relevant
from eval.runs.measured_run import DEPTH, MeasuredRun, Progress, about, ask_all, nothing, p50_p95
from eval.runs.slices import SLICES, slices_of
from index.collection import Collection as Articles
from index.errors import SourceError
from index.search.result import Retrieved

MEASURES = (Success @ 1, Success @ 5, Success @ 10, RR @ 10, nDCG @ 10)
ALL = "all"

Ranking = Sequence[str | None]
"""For each passage what it is the first to hold of what is looked for; None where it holds nothing new."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question. `answer` and `article` map measures to values, and are empty where nothing is known.

    A rank is that of the first right passage, None where none of the first ten is. `error` is the line of a failure,
    which counts as finding nothing.
    """

    id: str
    question: str
    as_of: str | None
    slices: tuple[str, ...]
    answer_rank: int | None
    article_rank: int | None
    answer: Mapping[str, float]
    article: Mapping[str, float]
    milliseconds: float
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """The mean of each measure over the questions of a slice; `sought` is "answer" or "article"."""

    sought: str
    slice: str
    questions: int
    measures: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(MeasuredRun):
    """What came of each question."""

    results: tuple[Result, ...]

    @property
    def errors(self) -> int:
        return sum(result.error is not None for result in self.results)

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figures_of(self.results))

    @property
    def milliseconds(self) -> tuple[float, float]:
        """p50 and p95 of the searches that did not fail."""
        return p50_p95([result.milliseconds for result in self.results if result.error is None])

    def to_json(self) -> dict[str, Any]:
        middle, most = self.milliseconds
        return {
            **self.measured,
            "errors": self.errors,
            "milliseconds": {"p50": middle, "p95": most},
            "figures": [asdict(figure) for figure in self.figures],
            "results": [asdict(result) for result in self.results],
        }


def measure(
    data: Dataset,
    collection: Articles,
    names: Names,
    progress: Progress = nothing,
) -> Run:
    """Search for every answerable question of the data. `progress` gets each one's number, and how many there are.

    A search that fails is a result. Raises CollectionError where the collection cannot be searched at all, SourceError
    where no question is answerable.
    """
    asked = [question for question in data.questions if question.answerable]
    if not asked:
        raise SourceError(f"{data.name}: none of its questions has an answer, so there is nothing to measure")
    known = about(data, collection, asked)  # before all else: another embedder than the collection's fails here
    results = ask_all(asked, collection, lambda one: _ask(one, collection, relevant(one, names)), progress)
    return Run(**known, results=results)


def figures_of(results: Sequence[Result]) -> Iterator[Figure]:
    """Over all questions, then over each slice that has any; first by answer, then by article."""
    for sought in ("answer", "article"):
        for name in (ALL, *SLICES):
            values = [values_of(r, sought) for r in results if values_of(r, sought) and is_in(r, name)]
            if values:
                means = {str(m): statistics.fmean(one[str(m)] for one in values) for m in MEASURES}
                yield Figure(sought, name, len(values), means)


def values_of(result: Result, sought: str) -> Mapping[str, float]:
    return result.answer if sought == "answer" else result.article


def is_in(result: Result, slice_name: str) -> bool:
    return slice_name in (ALL, *result.slices)


def values(ranking: Ranking, wanted: Collection[str]) -> dict[str, float]:
    """Each measure of one ranking."""
    documents = [what if what is not None else f"passage {rank}" for rank, what in enumerate(ranking, 1)]
    scored = [ScoredDoc("q", name, -float(rank)) for rank, name in enumerate(documents, 1)]
    found = {str(measure): 0.0 for measure in MEASURES}
    for metric in ir_measures.iter_calc(MEASURES, [Qrel("q", name, 1) for name in wanted], scored):
        found[str(metric.measure)] = float(metric.value)
    return found


def _ask(question: Question, collection: Articles, wanted: frozenset[str]) -> Result:
    found: Sequence[Retrieved] = ()
    error = None
    began = time.perf_counter()
    try:
        found = collection.search(question.text, DEPTH, question.as_of)
    except Exception as failure:  # noqa: BLE001 # a failure is a result, and told in the report
        error = f"{type(failure).__name__}: {' '.join(str(failure).split())}"
    taken = 1000 * (time.perf_counter() - began)
    by_answer = _by_answer(found, question.answers) if question.answers else []
    by_article = _by_article(found, wanted)
    return Result(
        id=question.id,
        question=question.text,
        as_of=question.as_of.isoformat() if question.as_of else None,
        slices=slices_of(question.text, question.answers),
        answer_rank=_rank(by_answer),
        article_rank=_rank(by_article),
        answer=values(by_answer, {"answer"}) if question.answers else {},
        article=values(by_article, wanted) if wanted else {},
        milliseconds=taken,
        error=error,
    )


def _by_answer(found: Sequence[Retrieved], answers: Sequence[str]) -> Ranking:
    holding = [contains(one.article.title, one.passage.text, answers) for one in found]
    first = holding.index(True) if True in holding else -1
    return ["answer" if at == first else None for at in range(len(found))]


def _by_article(found: Sequence[Retrieved], wanted: frozenset[str]) -> Ranking:
    seen: set[str] = set()
    ranking: list[str | None] = []
    for one in found:
        articles = [one.article.id, *(copy.id for copy in one.also_in)]
        new = [article for article in articles if article in wanted and article not in seen]
        seen.update(new)
        ranking.append(new[0] if new else None)
    return ranking


def _rank(ranking: Ranking) -> int | None:
    return next((rank for rank, what in enumerate(ranking, 1) if what is not None), None)
