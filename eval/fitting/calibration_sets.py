"""Sets of questions over small collections, on which the quoting reader's confidence is fitted: one number for all.

Each is searched for real. What the reader's network may have learnt from is left out: of news the weeks and of SQuAD
2.0 the pages that `held_out` leaves out, of passages all but the tenth that the training keeps for testing. Of that
tenth a third is not in the collection, so that nothing there answers its questions, however near the others come.
"""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.datasets.other_languages import Passages, paragraphs, rows_by_language
from eval.datasets.paragraphs import Asked, read_asked
from eval.datasets.questions import Dataset, Question, open_dataset
from eval.runs.judging import f1, normalised
from eval.runs.measured_collection import held_out
from index.text.languages import ENGLISH

MOST = 300  # questions of a set
_YEAR = 2022  # of the news: asked in it, the questions that nothing answers are not betrayed by their dates
_OF_PASSAGES = ("qed_nq_dev", "tweetqa", "new_wiki", "clapnq")
_OTHER_LANGUAGES = "train/other_languages.jsonl.gz"  # XQuAD and SQuAD-it; each paragraph is told with every question
_WHOLE = "clapnq"  # has questions that its passages do not answer, and sentences for answers
_LEFT_OUT = 3  # of so many passages one
_LIKE = 0.5  # F1 from which a short answer says the same


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
    files = ("train/qa.jsonl.gz", "squadshifts/new_wiki_v1.0.json.gz", "clapnq")
    asked = [one for file in files for one in read_asked(folder / file)]
    passages = [_passages(name, [one for one in asked if one.paragraph.set == name], most) for name in _OF_PASSAGES]
    return [
        CalibrationSet(news, tuple(map(_in_year, _drawn(news.questions, 2 * most)))),
        CalibrationSet(squad, _drawn(squad.questions, 2 * most)),
        *passages,
    ]


def other_language_sets(folder: Path, most: int = MOST) -> list[CalibrationSet]:
    """One set for each language but English of `train/other_languages.jsonl.gz`; a third of its paragraphs is left out.

    The reader's network has learnt from none of them.
    """
    sets = []
    for language, rows in rows_by_language(folder / _OTHER_LANGUAGES).items():
        out = frozenset(row["context"] for row in rows if _digest(row["context"]) % _LEFT_OUT == 0)
        if language != ENGLISH:
            data = paragraphs(f"wikipedia-{language}", rows, without=out)
            sets.append(CalibrationSet(data, _drawn(data.questions, most)))
    return sets


def _holds(text: str, answer: str, whole: bool) -> bool:
    there, sought = f" {normalised(text)} ", f" {normalised(answer)} "
    return len(sought) > 2 and (sought in there or (whole and there in sought))


def _in_year(question: Question) -> Question:
    day = question.as_of
    return replace(question, as_of=min(day, day.replace(year=_YEAR))) if day else question


def _drawn(questions: Sequence[Question], most: int) -> tuple[Question, ...]:
    return tuple(sorted(questions, key=lambda one: zlib.crc32(f"{one.id} {one.text}".encode()))[:most])


def _passages(name: str, asked: Sequence[Asked], most: int) -> CalibrationSet:
    """Where every passage is answered from, a third of those that are kept is left out of the collection."""
    names = {paragraph: str(at) for at, paragraph in enumerate(dict.fromkeys(one.paragraph for one in asked))}
    whole = name == _WHOLE
    out = {one for one in names if not whole and one.kept and _digest(one.text) % _LEFT_OUT == 0}
    questions = [
        _question(one, names[one.paragraph], bool(one.wordings) and one.paragraph not in out)
        for one in asked
        if one.paragraph.kept
    ]
    articles = [(at, one.title, one.text) for one, at in names.items() if one not in out]
    return CalibrationSet(Passages.of(name, articles), _drawn(questions, most), whole)


def _digest(text: str) -> int:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[1]


def _question(one: Asked, article: str, answerable: bool) -> Question:
    return Question(one.id, one.text, None, one.wordings, (article,) * answerable, answerable, article)
