"""How far an ideal order of what search finds could come: `python -m eval.reach DATA --keep HOME`.

A second stage orders the first passages of the first one anew, so the share of questions with an answer, or a right
article, among the first N is the most that any second stage which reads N passages can put first. Prints both for
several N; the answers also over the questions for which the data knows no article, whose answers can stand there only
by chance or in an article that the data does not name; and how often the first passages are of a right article or hold
an answer, for an article that tells the answer may not be among those that the data names.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.datasets import Dataset, open_dataset
from eval.runs.judging import contains
from eval.runs.measured_collection import Names, Telling, held_out, measured_collection, none_opened, relevant
from index.collection import Collection
from index.rerankers import NONE
from index.settings import Settings

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
    settings = Settings(options.keep, reranker=NONE)
    with measured_collection(data, settings, none_opened(), options.keep, Telling(print)) as (collection, names):
        found = list(ranks(data, collection, names))
    print("\n".join(report(found)))


def ranks(data: Dataset, collection: Collection, names: Names) -> Iterator[Ranks]:
    for question in data.questions:
        if question.answerable:
            wanted = relevant(question, names)
            passages = collection.search(question.text, _DEPTHS[-1], question.as_of)
            holds = [contains(one.article.title, one.passage.text, question.answers) for one in passages]
            right = [not wanted.isdisjoint({one.article.id, *(copy.id for copy in one.also_in)}) for one in passages]
            yield Ranks(_first(holds), _first(right), bool(wanted))


def report(found: list[Ranks]) -> Iterator[str]:
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
