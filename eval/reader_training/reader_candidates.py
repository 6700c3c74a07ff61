"""What search finds for each question of some data, kept as JSONL for training and measuring the reader's model.

    uv run python -m eval.reader_training.reader_candidates --data DATA --keep HOME --output FILE [--depth 50]

The reader's scripts run with dependencies of their own and without Byline's, so this is what they know of search. One
line a question: `id`, `question`, `asked`, `answers`, `answerable`, `supported`
(whether articles that hold the answer are known), `group` (the week, or SQuAD's page and paragraph)
and `passages`, best first, each with `title`, `text`, `score`, whether it holds an `answer`, and whether its article,
or a reprint of it, is one that `support`s the answer.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from eval.datasets import Dataset, Question, open_dataset
from eval.runs.containment import contains
from eval.runs.measured_collection import Names, Telling, measured_collection, none_opened, relevant
from index.collection import Collection
from index.rerankers import NONE
from index.search.result import Retrieved
from index.settings import Settings


def main() -> None:
    options = _arguments()
    data = open_dataset(options.data)
    with (
        measured_collection(
            data, Settings(options.keep, reranker=NONE), none_opened(), options.keep, Telling(print)
        ) as (
            collection,
            names,
        ),
        options.output.open("w", encoding="utf-8") as out,
    ):
        for question in data.questions:
            out.write(json.dumps(candidates(data, question, collection, names, options.depth)) + "\n")
    print(f"wrote what was found for {len(data.questions)} questions to {options.output}")


def candidates(data: Dataset, question: Question, collection: Collection, names: Names, depth: int) -> dict[str, Any]:
    """A question with the `depth` best passages of the first stage."""
    wanted = relevant(question, names)
    return {
        "id": question.id,
        "question": question.text,
        "asked": question.as_of.isoformat() if question.as_of else None,
        "answers": question.answers,
        "answerable": question.answerable,
        "supported": bool(wanted),
        "group": question.id.split("_")[0] if data.layout == "news" else question.place.rsplit(": ", 1)[-1],
        "passages": [
            _passage(one, question, wanted) for one in collection.search(question.text, depth, question.as_of)
        ],
    }


def _passage(found: Retrieved, question: Question, wanted: frozenset[str]) -> dict[str, Any]:
    articles = {found.article.id, *(copy.id for copy in found.also_in)}
    return {
        "title": found.article.title,
        "text": found.passage.text,
        "score": round(found.score, 5),
        "answer": contains(found.article.title, found.passage.text, question.answers),
        "support": not wanted.isdisjoint(articles),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Keep what search finds for each question, for the reader's model.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--keep", type=Path, required=True, metavar="HOME", help="the collection, made when missing")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE")
    parser.add_argument("--depth", type=int, default=50)
    return parser.parse_args()


if __name__ == "__main__":
    main()
