"""How well search finds what answers a question: `byline eval retrieval`.

Each question is searched as a user would, on the day it was asked. Two things are looked for among the ten best
passages:

- answer: a passage that contains an answer (see `eval/runs/judging.py`), over the questions whose answers are known
- article: a passage of an article that holds the answer, or of a reprint, over the questions whose articles are known

Success@k is the share of questions where one is among the first k, RR@10 the mean of one over the rank of the first.
For nDCG@10 only the first passage that holds an answer counts, and of each article only its first passage: who has read
one gains nothing by the next. The articles that are known are taken for all there are. ir-measures computes them.

    python -m eval.retrieval_run DATA --keep HOME

tells how far an ideal order of what search finds could come. A second stage orders the first passages of the first one
anew, so the share of questions with an answer, or a right article, among the first N is the most that any second stage
which reads N passages can put first. Prints both for several N; the answers also over the questions for which the data
knows no article, whose answers can stand there only by chance or in an article that the data does not name; and how
often the first passages are of a right article or hold an answer, for an article that tells the answer may not be among
those that the data names.
"""

import argparse
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from eval.datasets.questions import Dataset, Question, open_dataset
from eval.runs.bootstrap import ALL, Figure, known
from eval.runs.comparison import Comparison
from eval.runs.judging import SLICES, contains, slices_of
from eval.runs.measured_collection import Names, held_out, relevant, script_collection
from eval.runs.run import (
    DEPTH,
    CollectionRun,
    Progress,
    Result,
    about,
    about_question,
    ask_all,
    failure_line,
    nothing,
    p50_p95,
)
from index.collection import Collection as Articles
from index.errors import SourceError
from index.search.result import Retrieved

MEASURES = (Success @ 1, Success @ 5, Success @ 10, RR @ 10, nDCG @ 10)
_SOUGHT = {"answer": "an answer in the passage", "article": "a passage of a right article"}
_OF_SLICES = "RR@10"

Ranking = Sequence[str | None]
"""For each passage what it is the first to hold of what is looked for; None where it holds nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalResult(Result):
    """What came of one question. `answer` and `article` map measures to values, and are empty where nothing is known.

    A rank is that of the first right passage, None where none of the first ten is. A failure, whose line is `error`,
    counts as finding nothing.
    """

    answer_rank: int | None
    article_rank: int | None
    answer: Mapping[str, float]
    article: Mapping[str, float]
    milliseconds: float


def _value(sought: str, measure: str, result: RetrievalResult) -> float | None:
    return (result.answer if sought == "answer" else result.article).get(measure)


@dataclass(frozen=True, kw_only=True)
class RetrievalRun(CollectionRun[RetrievalResult]):
    """What came of each question, and the times."""

    RESULT = RetrievalResult
    SLICES = SLICES
    MEASURES = {
        (sought, str(measure)): partial(_value, sought, str(measure)) for sought in _SOUGHT for measure in MEASURES
    }

    @property
    def milliseconds(self) -> tuple[float, float]:
        """p50 and p95 of the searches that did not fail."""
        return p50_p95([result.milliseconds for result in self.results if result.error is None])

    @property
    def table(self) -> Mapping[tuple[str, str], Sequence[Figure]]:
        """The figures of each slice that has any, by what is sought."""
        rows: dict[tuple[str, str], list[Figure]] = {}
        for figure in self.figures:
            rows.setdefault((figure.sought, figure.slice), []).append(figure)
        return rows

    def to_json(self) -> dict[str, Any]:
        middle, most = self.milliseconds
        return {
            **super().to_json(),
            "milliseconds": {"p50": middle, "p95": most},
            "figures": [
                {
                    "sought": sought,
                    "slice": name,
                    "questions": row[0].questions,
                    "measures": {one.measure: one.value for one in row},
                    "intervals": {one.measure: [known(one.low), known(one.high)] for one in row},
                }
                for (sought, name), row in self.table.items()
            ],
            "results": [asdict(result) for result in self.results],
        }

    def lines(self) -> Iterator[str]:
        """What was measured, each figure with its number of questions, the times, and what failed."""
        yield self._head()
        if self.left_out:
            yield f"{self.left_out} more have no answer there, and were left out"
        for (sought, name), row in self.table.items():
            if name == ALL:
                yield ""
                measures = "".join(f"{str(m).replace('Success', 'S'):>9}" for m in MEASURES)
                yield f"{_SOUGHT[sought]:30}{'questions':>9}{measures}"
            yield f"  {name:28}{row[0].questions:>9}" + "".join(f"{one.value:>9.3f}" for one in row)
        middle, most = self.milliseconds
        yield ""
        yield f"milliseconds a search: {middle:.1f} (p50), {most:.1f} (p95)"
        yield from self._error_lines("searches failed, and count as finding nothing")

    def check_comparable(self, data: Dataset) -> None:
        """Raises SourceError where the run has no question of the data."""
        asked = {(one.id, one.text, one.as_of.isoformat() if one.as_of else None) for one in data.questions}
        if not asked & {result.key for result in self.results}:
            raise SourceError(f"the run to compare with is of other questions ({self.data}, not {data.name})")


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Every figure over all questions, and RR@10 of each slice."""
    yield f"against the earlier run, over the {comparison.questions} questions of both"
    if not comparison.same_data:
        yield "the data is not the same as it was then"
    sought = ""
    for one in comparison.figures:
        if one.slice != ALL and one.measure != _OF_SLICES:
            continue
        if one.sought != sought:
            sought = one.sought
            heads = "".join(f"{head:>9}" for head in ("before", "after", "change", "p", "better", "worse"))
            yield ""
            yield f"{_SOUGHT[sought]:30}{'questions':>9}{heads}"
        name = one.measure if one.slice == ALL else f"{one.slice}, {one.measure}"
        values = f"{one.before:>9.3f}{one.after:>9.3f}{one.difference:>+9.3f}{one.p:>9.4f}{one.better:>9}{one.worse:>9}"
        yield f"  {name:28}{one.questions:>9}{values}"


def measure_retrieval(data: Dataset, collection: Articles, names: Names, progress: Progress = nothing) -> RetrievalRun:
    """Search for every answerable question of the data.

    A search that fails is a result. Raises CollectionError where the collection cannot be searched at all, SourceError
    where no question is answerable.
    """
    asked = [question for question in data.questions if question.answerable]
    if not asked:
        raise SourceError(f"{data.name}: none of its questions has an answer, so there is nothing to measure")
    run = about(data, collection, asked)  # before all else: another embedder than the collection's fails here
    results = ask_all(asked, collection, lambda one: _ask(one, collection, relevant(one, names)), progress)
    return RetrievalRun(**run, results=results)


def values(ranking: Ranking, wanted: Collection[str]) -> dict[str, float]:
    """Each measure of one ranking."""
    documents = [what if what is not None else f"passage {rank}" for rank, what in enumerate(ranking, 1)]
    scored = [ScoredDoc("q", name, -float(rank)) for rank, name in enumerate(documents, 1)]
    found = {str(measure): 0.0 for measure in MEASURES}
    for metric in ir_measures.iter_calc(MEASURES, [Qrel("q", name, 1) for name in wanted], scored):
        found[str(metric.measure)] = float(metric.value)
    return found


def _ask(question: Question, collection: Articles, wanted: frozenset[str]) -> RetrievalResult:
    found: Sequence[Retrieved] = ()
    error = None
    began = time.perf_counter()
    try:
        found = collection.search(question.text, DEPTH, question.as_of)
    except Exception as failure:  # noqa: BLE001 # a failure is a result, and told in the report
        error = failure_line(failure)
    taken = 1000 * (time.perf_counter() - began)
    by_answer = _by_answer(found, question.answers) if question.answers else []
    by_article = _by_article(found, wanted)
    return RetrievalResult(
        **about_question(question),
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


# How far an ideal order could come

_DEPTHS = (1, 5, 10, 20, 30, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Ranks:
    """The rank, from 0, of the first passage with an answer and of the first of a right article; None without any.

    `is_known` tells whether the data names a right article.
    """

    answer: int | None
    article: int | None
    is_known: bool


def main() -> None:
    parser = argparse.ArgumentParser(description="How far an ideal order of what search finds could come.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--keep", type=Path, required=True, metavar="HOME", help="the collection, made when missing")
    parser.add_argument("--held-out", action="store_true", help="only what the reader's model has not learnt from")
    options = parser.parse_args()
    data = open_dataset(options.data)
    data = held_out(data) if options.held_out else data
    with script_collection(data, options.keep) as (collection, names):
        found = list(ranks(data, collection, names))
    print("\n".join(reach_lines(found)))


def ranks(data: Dataset, collection: Articles, names: Names) -> Iterator[Ranks]:
    for question in data.questions:
        if question.answerable:
            wanted = relevant(question, names)
            passages = collection.search(question.text, _DEPTHS[-1], question.as_of)
            holds = [contains(one.article.title, one.passage.text, question.answers) for one in passages]
            right = [not wanted.isdisjoint({one.article.id, *(copy.id for copy in one.also_in)}) for one in passages]
            yield Ranks(_first(holds), _first(right), bool(wanted))


def reach_lines(found: list[Ranks]) -> Iterator[str]:
    known, unknown = ([one for one in found if one.is_known is which] for which in (True, False))
    yield f"{len(found)} questions, {len(known)} with known articles"
    yield "among the first  answer  article  answer without known article"
    for depth in _DEPTHS:
        shares = (
            _share([_within(one.answer, depth) for one in found]),
            _share([_within(one.article, depth) for one in known]),
            _share([_within(one.answer, depth) for one in unknown]),
        )
        yield f"{depth:15}" + "".join(f"{share:9.3f}" for share in shares)
    for depth in _DEPTHS[:2]:
        either = _share([_within(one.article, depth) or _within(one.answer, depth) for one in known])
        yield f"a right article or an answer among the first {depth}, where articles are known: {either:.3f}"


def _first(flags: list[bool]) -> int | None:
    return flags.index(True) if True in flags else None


def _within(rank: int | None, depth: int) -> bool:
    return rank is not None and rank < depth


def _share(flags: list[bool]) -> float:
    return sum(flags) / len(flags) if flags else float("nan")


if __name__ == "__main__":
    main()
