"""Sets of questions over small collections, on which the quoting reader's confidence is fitted: one number for all.

Each is searched for real. What the reader's network may have learnt from is left out: of news the weeks and of SQuAD
2.0 the pages that `eval.held_out` leaves out, of passages all but the tenth that the training keeps for testing. Of
that tenth a third is not in the collection, so that nothing there answers its questions, however near the others come.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.containment import normalised
from eval.datasets import Dataset, Question, json_rows, open_dataset
from eval.held_out import held_out
from eval.short_answers import f1
from index.formats.base import make_reading
from index.reading import Reading

MOST = 300  # questions of a set
_YEAR = 2022  # of the news: asked in it, the questions that nothing answers are not betrayed by their dates
_LIKE = 0.5  # F1 from which a short answer says the same


@dataclass(frozen=True, slots=True)
class Passages(Dataset):
    """Passages of a set, each an article without a date."""

    articles: tuple[tuple[str, str, str], ...] = ()  # name, title, text

    def readings(self) -> Iterator[tuple[tuple[str, ...], Reading]]:
        for name, title, text in self.articles:
            yield (name,), make_reading(text, text, f"{self.name}#{name}", title=title, origins={})


@dataclass(frozen=True, slots=True)
class CalibrationSet:
    """A set with the questions that are asked of it. `whole` answers are sentences, of which a short answer is part."""

    data: Dataset
    questions: tuple[Question, ...]
    whole: bool = False

    @property
    def name(self) -> str:
        return self.data.name

    def holds(self, question: Question, text: str) -> bool:
        """Whether a text holds an answer."""
        return any(_holds(text, answer, self.whole) for answer in question.answers if question.answerable)

    def says(self, question: Question, short: str) -> bool:
        """Whether a short answer says what one of the answers does: holds it, or has half of its words."""
        if not question.answerable:
            return False
        if self.whole:
            return any(f" {normalised(short)} " in f" {normalised(answer)} " for answer in question.answers)
        return f1(short, question.answers) >= _LIKE or self.holds(question, short)


def calibration_sets(folder: Path, most: int = MOST) -> list[CalibrationSet]:
    """The sets of a folder that has `realtimeqa`, `squad2`, `squadshifts`, `clapnq` and `train/qa.jsonl.gz`."""
    news, squad = held_out(open_dataset(folder / "realtimeqa")), held_out(open_dataset(folder / "squad2"))
    rows: dict[str, list[Mapping[str, Any]]] = {"qed_nq_dev": [], "tweetqa": []}
    for _, row in json_rows(folder / "train" / "qa.jsonl.gz"):
        if row["source"] in rows:
            rows[row["source"]].append(row)
    rows["new_wiki"] = list(_shifted(folder / "squadshifts" / "new_wiki_v1.0.json.gz"))
    return [
        CalibrationSet(news, tuple(map(_in_year, _drawn(news.questions, 2 * most)))),
        CalibrationSet(squad, _drawn(squad.questions, 2 * most)),
        *(_passages(name, found, most) for name, found in rows.items()),
        _clapnq(folder / "clapnq", most),
    ]


def _holds(text: str, answer: str, whole: bool) -> bool:
    there, sought = f" {normalised(text)} ", f" {normalised(answer)} "
    return len(sought) > 2 and (sought in there or (whole and there in sought))


def _in_year(question: Question) -> Question:
    day = question.as_of
    return replace(question, as_of=min(day, day.replace(year=_YEAR))) if day else question


def _drawn(questions: Sequence[Question], most: int) -> tuple[Question, ...]:
    return tuple(sorted(questions, key=lambda one: zlib.crc32(f"{one.id} {one.text}".encode()))[:most])


def _passages(name: str, rows: Sequence[Mapping[str, Any]], most: int) -> CalibrationSet:
    articles, asked = [], []
    for number, row in enumerate(rows):
        first, second = hashlib.sha256(row["context"].encode()).digest()[:2]
        kept, left_out = first % 10 == 0, first % 10 == 0 and second % 3 == 0
        if not left_out:
            articles.append((str(number), row["title"].replace("_", " "), row["context"]))
        for one in row["questions"] if kept else ():
            answerable = bool(one["answers"]) and one["answerable"] and not left_out
            asked.append(_question(one["id"], one["question"], one["answers"], (str(number),) * answerable))
    return CalibrationSet(_dataset(name, articles), _drawn(asked, most))


def _shifted(file: Path) -> Iterator[Mapping[str, Any]]:
    for page in json.loads(gzip.decompress(file.read_bytes()))["data"]:
        for row in page["paragraphs"]:
            asked = [
                {**one, "answers": [found["text"] for found in one["answers"]], "answerable": True}
                for one in row["qas"]
            ]
            yield {"title": page["title"], "context": row["context"], "questions": asked}


def _clapnq(folder: Path, most: int) -> CalibrationSet:
    articles, asked = [], []
    for file in sorted(folder.glob("*.jsonl")):
        for _, row in json_rows(file):
            for passage in row["passages"]:
                articles.append((row["id"], passage["title"], passage["text"]))
            answers = [text for output in row["output"] for text in output["selected_sentences"]]
            asked.append(_question(row["id"], row["input"], answers, (row["id"],) * bool(answers)))
    return CalibrationSet(_dataset("clapnq", articles), _drawn(asked, most), whole=True)


def _question(id: str, text: str, answers: Sequence[str], articles: tuple[str, ...]) -> Question:
    return Question(str(id), text.strip(), None, tuple(answers), articles, bool(articles), str(id))


def _dataset(name: str, articles: Sequence[tuple[str, str, str]]) -> Passages:
    digest = hashlib.blake2b(json.dumps(articles).encode(), digest_size=8).hexdigest()
    return Passages(name, "news", digest, (), (), tuple(articles))
