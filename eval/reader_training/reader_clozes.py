"""News questions made by rule, with what search finds for them: more for the reader's model to learn from.

    uv run python -m eval.reader_training.reader_clozes --data DATA --keep HOME --output FILE

DATA is in the layout of news questions; HOME the collection that `eval.reader_training.reader_candidates` made, or
will. Questions are made of articles whose days are not near a held-out week's, so that nothing is learnt from what is
measured on. A line is as in a file of `eval.reader_training.reader_candidates`. A passage supports the answer when it
holds it and is of the same article, or of one of the same days that shares most words with the question. The passage
that the question was made of is left out three times in four: finding one's own words teaches little.
"""

import argparse
import itertools
import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from eval.datasets import Dataset, open_dataset
from eval.reader_training.clozes import Cloze, clozes
from eval.runs.containment import contains
from eval.runs.held_out import held_out
from eval.runs.measured_collection import Telling, measured_collection, none_opened
from index.article import Article
from index.collection import Collection
from index.rerankers import NONE
from index.search.result import Retrieved
from index.settings import Settings
from index.text.analysis import words_of
from index.text.sentences import sentence_spans

_NEAR = timedelta(days=4)  # articles of one event
_WEEK = range(-1, 7)  # days before a held-out question is asked
_EACH = 2  # questions of an article
_DEPTH = 30
_SHARED = 0.5  # of the question's words that another article's passage must have
_OWN = 0.25  # share of the questions that keep the passage that they were made of
_HEAD = 4000  # characters of an article that questions are made of
_SEED = 1


def main() -> None:
    options = _arguments()
    data = open_dataset(options.data)
    settings = Settings(options.keep, reranker=NONE)
    count = 0
    with (
        measured_collection(data, settings, none_opened(), options.keep, Telling(print)) as (collection, _),
        options.output.open("w", encoding="utf-8") as out,
    ):
        for row in rows(data, collection, _SEED):
            out.write(json.dumps(row) + "\n")
            count += 1
    print(f"wrote {count} questions to {options.output}")


def rows(data: Dataset, collection: Collection, seed: int) -> Iterator[dict[str, Any]]:
    """Questions made of the collection's articles that are far from held-out weeks, with what search finds."""
    chance = random.Random(seed)
    number = itertools.count()
    for article in _usable(data, collection):
        for cloze, source in _made(article, chance):
            if row := _row(cloze, source, article, collection, chance):
                yield {"id": f"cloze-{next(number)}", **row}


def _usable(data: Dataset, collection: Collection) -> Iterator[Article]:
    """Dated articles that are not of the days before a held-out question."""
    days = {one.as_of for one in held_out(data).questions if one.as_of and one.answerable}
    closed = {day - timedelta(days=back) for day in days for back in _WEEK}
    for one in sorted(collection.catalogue.articles(), key=lambda one: one.id):
        if one.published and one.published not in closed:
            yield replace(one, text=collection.catalogue.read(one.id))


def _made(article: Article, chance: random.Random) -> list[tuple[Cloze, str]]:
    """Questions with the sentences that they are made of."""
    text = article.text[:_HEAD]
    found = [
        (cloze, text[start:end]) for start, end in sentence_spans(text) for cloze in clozes(text[start:end], chance)
    ]
    return chance.sample(found, min(_EACH, len(found)))


def _row(
    cloze: Cloze, source: str, article: Article, collection: Collection, chance: random.Random
) -> dict[str, Any] | None:
    """None where no passage but its own answers it, and that one is left out."""
    assert article.published
    answers = (cloze.answer,)
    as_of = article.published + timedelta(days=2)
    own = chance.random() < _OWN
    asked = set(words_of(cloze.question))
    passages = []
    for one in collection.search(cloze.question, _DEPTH, as_of):
        if source in one.passage.text and not own:
            continue
        holds = contains(one.article.title, one.passage.text, answers)
        supports = _holds(one.passage.text, cloze.answer) and _is_of_it(one, article, asked)
        passages.append(_passage(one, holds, supports))
    if not any(one["support"] for one in passages):
        return None
    return {
        "question": cloze.question,
        "asked": as_of.isoformat(),
        "answers": list(answers),
        "answerable": True,
        "supported": True,
        "group": as_of.isoformat(),
        "passages": passages,
    }


def _is_of_it(one: Retrieved, article: Article, asked: set[str]) -> bool:
    if one.article.id == article.id:
        return True
    if not one.article.published or not article.published or abs(one.article.published - article.published) > _NEAR:
        return False
    return len(asked & set(words_of(f"{one.article.title} {one.passage.text}"))) >= _SHARED * len(asked)


def _holds(text: str, answer: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", text) is not None


def _passage(one: Retrieved, holds: bool, supports: bool) -> dict[str, Any]:
    return {
        "title": one.article.title,
        "text": one.passage.text,
        "score": round(one.score, 5),
        "answer": holds,
        "support": supports,
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make questions of news, for the reader's model to learn from.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--keep", type=Path, required=True, metavar="HOME", help="the collection, made when missing")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    main()
