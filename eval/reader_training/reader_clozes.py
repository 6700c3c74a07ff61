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
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from eval.datasets import Dataset, open_dataset
from eval.runs.containment import contains
from eval.runs.held_out import held_out
from eval.runs.measured_collection import Telling, measured_collection, none_opened
from index.article import Article
from index.collection import Collection
from index.rerankers import NONE
from index.search.result import Retrieved
from index.settings import Settings
from index.text.analysis import words_of
from index.text.passages import sentence_spans

_NEAR = timedelta(days=4)  # articles of one event
_WEEK = range(-1, 7)  # days before a held-out question is asked
_EACH = 2  # questions of an article
_DEPTH = 30
_SHARED = 0.5  # of the question's words that another article's passage must have
_OWN = 0.25  # share of the questions that keep the passage that they were made of
_HEAD = 4000  # characters of an article that questions are made of
_SEED = 1
_WORD = r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][\w-]*[a-z][\w-]*"
_NAME = rf"{_WORD}(?:\s(?:(?:of|de|the|van|al)\s)?{_WORD}){{0,3}}"
_ENDS = (
    r"(?=,|\.$| (?:and|to|in|on|for|with|was|were|is|are|has|had|have|will|would|who|which|at|from|by|after|before|as)"
    r"\b)"
)
_NUMBER = r"\d(?:[\d,.]*\d)?(?:\s(?:thousand|million|billion|trillion))?"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_PERSON = (
    r"(?:president|minister|actor|actress|singer|rapper|director|coach|founder|star|author|player|chief|mayor|son|"
    r"daughter|wife|husband)"
)
_KINDS = tuple(
    (re.compile(pattern), asked)
    for pattern, asked in (
        (rf"(?<!\w)(?P<said>[$£€]{_NUMBER})", ("how much", "how much money")),
        (rf"(?<!\w)(?P<said>{_NUMBER}(?:%| percent| per cent))", ("what percentage", "how much")),
        (rf"\bon (?P<said>{_MONTH} \d\d?)\b(?!,? \d)", ("what date", "which day")),
        (r"\bin (?P<said>(?:19|20)\d\d)\b(?![-–])", ("what year", "which year")),
        (
            rf"(?<![\w$£€.,-])(?!(?:19|20)\d\d\b)(?P<said>{_NUMBER})(?= (?!percent|per|a\.m|p\.m)[a-z]{{3,}})",
            ("how many", "what number of"),
        ),
        (r"\b(?P<said>two|three|four|five|six|seven|eight|nine|ten|dozens)(?= [a-z]{3,}s\b)", ("how many",)),
        (rf"\b{_PERSON},? (?P<said>{_NAME}){_ENDS}", ("who",)),
        (rf"\b(?P<said>{_NAME})(?= (?:said|told|announced|wrote)\b)", ("who",)),
        (rf"\b(?:in|from|near|to|across|outside) (?P<said>{_NAME}){_ENDS}", ("which place", "where")),
        (rf"(?<=[a-z,] )(?<!\ban )(?<!\ba )(?P<said>{_NAME}){_ENDS}", ("what", "who or what")),
    )
)
_SAID_FIRST = re.compile(r"^[^,]{0,40}\b(?:CNN|AP|Reuters)\b[^—–]{0,20}[—–]\s*")
_ASIDE = re.compile(r"\s*\([^)]*\)|,? (?:according to|he said|she said|they said|officials said)[^,.]*(?=[,.])")
_CLAUSE = re.compile(r",\s+|\s[—–-]\s|;\s+|\s(?=(?:after|while|when|because|which|who|where|as)\s)")
_SHORTEST, _LONGEST = 8, 45  # words of a sentence
_LEAST = 6  # words of a clause that is asked for alone
_SHORT = 0.5  # share of the questions that are cut to the clause with the answer, where it is long enough


@dataclass(frozen=True, slots=True)
class Cloze:
    question: str
    answer: str


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


def clozes(sentence: str, chance: random.Random) -> Iterator[Cloze]:
    """At most one question of each kind; none of a sentence that is no plain statement."""
    said = _ASIDE.sub("", _SAID_FIRST.sub("", " ".join(sentence.split())))
    if not _is_plain(said):
        return
    taken: list[tuple[int, int]] = []
    for pattern, asked in _KINDS:
        found = [one.span("said") for one in pattern.finditer(said)]
        found = [(start, end) for start, end in found if not _is_torn(said, start) and not _meets(start, end, taken)]
        if found:
            start, end = chance.choice(found)
            taken.append((start, end))
            yield Cloze(_asked(said, (start, end), chance.choice(asked), chance), said[start:end])


def _is_torn(said: str, start: int) -> bool:
    """Whether a name's first word stands before it."""
    return said[start].isupper() and re.search(r"[A-Z]\S* $", said[:start]) is not None


def _meets(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(begin < end and stop > start for begin, stop in taken)


def _is_plain(said: str) -> bool:
    words = said.split()
    return (
        _SHORTEST <= len(words) <= _LONGEST
        and said[0].isupper()
        and said[-1] == "."
        and not re.search(r"[“”\"?!:|@]|https?|Hide Caption|Photos?:|Getty|\b(?:I|you|your|we|our)\b", said)
        and sum(word[0].islower() for word in words) >= len(words) // 2
    )


def _asked(said: str, place: tuple[int, int], asked: str, chance: random.Random) -> str:
    """The sentence, or the clause with the answer, with `asked` in the answer's place."""
    start, end = 0, len(said) - 1
    if chance.random() < _SHORT:
        cuts = [(m.start(), m.end()) for m in _CLAUSE.finditer(said) if m.end() <= place[0] or m.start() >= place[1]]
        begin = max((stop for _, stop in cuts if stop <= place[0]), default=0)
        stop = min((start for start, _ in cuts if start >= place[1]), default=end)
        if len(said[begin:stop].split()) >= _LEAST:
            start, end = begin, stop
    question = f"{said[start : place[0]]}{asked}{said[place[1] : end]}?"
    return question[0].upper() + question[1:]
