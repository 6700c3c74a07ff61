"""What the reader's network learns from news: questions that people asked, and questions that are made by rule.

    uv run python -m eval.training.reader_news --data NEWS --keep HOME --candidates FILE --clozes FILE

Of people's questions the answer is known, not where it stands: distant supervision by what search found. Only every
second week is learnt from (`learnt`); the others are for measuring. A passage that holds the answer, of a supporting
article where one is known, is taken for right; the answer's place is its occurrence whose sentence shares most words
with the question.

Clozes are sentences with one fact asked for in its place, of articles whose days are not near a held-out week's, so
that nothing is learnt from what is measured on. A passage supports the answer when it holds it and is of the same
article, or of one of the same days that shares most words with the question. The passage that the question was made of
is left out three times in four: finding one's own words teaches little.

NEWS is a folder as `eval.datasets` opens it, HOME its collection, made when missing. A file has one line a question:
`id`, `question`, `asked`, `answers`, `answerable`, `supported` (whether articles that hold the answer are known),
`group` (the week, or SQuAD's page and paragraph) and `passages`, best first, each with `title`, `text`, `score`,
whether it holds an `answer`, and whether its article, or a reprint of it, is one that `support`s the answer.
"""

import argparse
import itertools
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from eval.datasets.paragraphs import located
from eval.datasets.questions import Dataset, Question, open_dataset
from eval.runs.judging import contains
from eval.runs.measured_collection import (
    Names,
    held_out,
    relevant,
    script_collection,
)
from eval.training.reader_questions import LENGTHS, TITLED, Group, RememberingCutter, pair_with
from index.article import Article
from index.collection import Collection
from index.english import lexicon
from index.search.result import Retrieved
from index.span_model.pairs import Pieces, piece_span
from index.text.analysis import words_of
from index.text.passages import sentence_spans

Row = dict[str, Any]
"""A line of a file: a question with what search finds for it."""

_WRONG = 3  # passages without the answer in a group
_UNANSWERED = 0.3  # share of the groups that get wrong passages only
_NEAREST = 24  # wrong passages are drawn from so many of the best
_PATIENCE = 100  # rounds: whether a question can be used hangs on what is drawn


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Keep what search finds for questions of news, for the reader's training."
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--keep", type=Path, required=True, metavar="HOME", help="the collection, made when missing")
    parser.add_argument("--candidates", type=Path, metavar="FILE", help="for the data's own questions")
    parser.add_argument("--clozes", type=Path, metavar="FILE", help="for questions made of its articles by rule")
    parser.add_argument("--depth", type=int, default=50, help="passages for each of the data's questions")
    options = parser.parse_args()
    data = open_dataset(options.data)
    with script_collection(data, options.keep) as (collection, names):
        if options.candidates:
            _write(
                options.candidates, (candidates(data, one, collection, names, options.depth) for one in data.questions)
            )
        if options.clozes:
            _write(options.clozes, cloze_rows(data, collection, _SEED))


def _write(file: Path, rows: Iterable[Row]) -> None:
    with file.open("w", encoding="utf-8") as out:
        count = sum(1 for row in rows if out.write(json.dumps(row) + "\n"))
    print(f"wrote what was found for {count} questions to {file}")


def read_rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def learnt(rows: Sequence[Row]) -> list[Row]:
    """The answerable questions of the first, third, fifth … week."""
    return [row for row in rows if row["answerable"] and row["group"] in learnt_weeks(rows)]


def learnt_weeks(rows: Sequence[Row]) -> frozenset[str]:
    return frozenset(sorted({row["group"] for row in rows if row["answerable"]})[::2])


def news_groups(rows: Sequence[Row], cutter: RememberingCutter, seed: int) -> Iterator[Group]:
    """Groups without end, each round of the questions in another order. They end where many rounds bring none."""
    chance = random.Random(seed)
    order = list(rows)
    empty = 0
    while empty < _PATIENCE:
        chance.shuffle(order)
        empty += 1
        for group in filter(None, (_group(row, cutter, chance) for row in order)):
            empty = 0
            yield group


def _group(row: Row, cutter: RememberingCutter, chance: random.Random) -> Group:
    found = [one for one in row["passages"] if one["answer"]]
    right = [one for one in found if one["support"]] if row["supported"] else found
    wrong = [one for one in row["passages"][:_NEAREST] if not one["answer"] and not (one["support"] and not right)]
    chance.shuffle(wrong)
    most, titled = chance.choice(LENGTHS[1:]), chance.random() < TITLED
    question = cutter.pieces(row["question"])
    chosen: list[tuple[str, Pieces, tuple[int, int] | None]] = []
    if right and chance.random() >= _UNANSWERED:
        one = chance.choice(right)
        text = cutter.pieces(one["text"])
        (place,) = located(one["text"], row["answers"], row["question"])[:1] or (None,)
        span = piece_span(text, *place) if place else None
        if span is None:
            return []
        chosen.append((one["title"], text, span))
    chosen += [(one["title"], cutter.pieces(one["text"]), None) for one in wrong[: _WRONG + 1 - len(chosen)]]
    group = [
        pair_with(question, cutter.pieces(title) if titled and title else None, text, most, span, chance)
        for title, text, span in chosen
    ]
    was_cut_off = any(span and pair.start is None for pair, (_, _, span) in zip(group, chosen, strict=True))
    return [] if was_cut_off else group


# What search finds


def candidates(data: Dataset, question: Question, collection: Collection, names: Names, depth: int) -> Row:
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
            _passage(one, question.answers, not wanted.isdisjoint({one.article.id, *(copy.id for copy in one.also_in)}))
            for one in collection.search(question.text, depth, question.as_of)
        ],
    }


def _passage(found: Retrieved, answers: Sequence[str], supports: bool) -> Row:
    return {
        "title": found.article.title,
        "text": found.passage.text,
        "score": round(found.score, 5),
        "answer": contains(found.article.title, found.passage.text, answers),
        "support": supports,
    }


# Questions made by rule

_NEAR_DAYS = timedelta(days=4)  # articles of one event
_WEEK = range(-1, 7)  # days before a held-out question is asked
_EACH = 2  # questions of an article
_DEPTH = 30
_SHARED = 0.5  # of the question's words that another article's passage must have
_OWN = 0.25  # share of the questions that keep the passage that they were made of
_HEAD = 4000  # characters of an article that questions are made of
_SEED = 1
_WORDS = lexicon("clozes", __package__)
_WORD = rf"(?!{_WORDS.pattern('weekdays')})[A-Z][\w-]*[a-z][\w-]*"
_NAME = rf"{_WORD}(?:\s(?:(?:of|de|the|van|al)\s)?{_WORD}){{0,3}}"
_ENDS = rf"(?=,|\.$| {_WORDS.pattern('after a name')}\b)"
_NUMBER = r"\d(?:[\d,.]*\d)?(?:\s(?:thousand|million|billion|trillion))?"
_MONTH, _PERSON = _WORDS.pattern("months"), _WORDS.pattern("persons")
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
        (rf"\b(?P<said>{_WORDS.pattern('numbers')})(?= [a-z]{{3,}}s\b)", ("how many",)),
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


def cloze_rows(data: Dataset, collection: Collection, seed: int) -> Iterator[Row]:
    """Questions made of the collection's articles that are far from held-out weeks, with what search finds."""
    chance = random.Random(seed)
    number = itertools.count()
    for article in _usable(data, collection):
        for cloze, source in _made(article, chance):
            if row := _cloze_row(cloze, source, article, collection, chance):
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


def _cloze_row(
    cloze: Cloze, source: str, article: Article, collection: Collection, chance: random.Random
) -> Row | None:
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
        supports = _holds(one.passage.text, cloze.answer) and _is_of_it(one, article, asked)
        passages.append(_passage(one, answers, supports))
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
    if (
        not one.article.published
        or not article.published
        or abs(one.article.published - article.published) > _NEAR_DAYS
    ):
        return False
    return len(asked & set(words_of(f"{one.article.title} {one.passage.text}"))) >= _SHARED * len(asked)


def _holds(text: str, answer: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", text) is not None


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


if __name__ == "__main__":
    main()
