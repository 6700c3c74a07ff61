"""Only those questions that the reader's model was not trained on: `byline eval answers --held-out`.

The training (eval/training) learns from every second part of the data, so the rest is what may be measured on:

- news: the weeks of the answerable questions, sorted. A week is what comes before the first "_" of a question's id.
  The first, third, fifth … are learnt from, the second, fourth … are held out. None of the unanswerable questions is
  learnt from, so all of them are held out.
- SQuAD: the pages sorted by title, the second, fourth … held out, with their unanswerable questions.

That holds for the very files that were trained on. Nothing was learnt from questions of one's own.
"""

from collections.abc import Iterable
from dataclasses import replace

from eval.datasets import Dataset, Question
from index.errors import SettingsError, SourceError


def held_out(data: Dataset) -> Dataset:
    """The same data with the held-out questions only.

    Raises SettingsError for questions of one's own, SourceError where none is held out.
    """
    if data.layout == "own":
        raise SettingsError(f"--held-out is for news with articles and for SQuAD; nothing was learnt from {data.name}")
    if data.layout == "news":
        weeks = _every_second(_week(one) for one in data.questions if one.answerable)
        kept = tuple(one for one in data.questions if not one.answerable or _week(one) in weeks)
    else:
        pages = _every_second(one.page for one in data.questions)
        kept = tuple(one for one in data.questions if one.page in pages)
    if not kept:
        raise SourceError(f"{data.name}: none of its questions is held out; measure without --held-out")
    return replace(data, questions=kept)


def _week(question: Question) -> str:
    return question.id.split("_")[0]


def _every_second(names: Iterable[str]) -> frozenset[str]:
    """The second, fourth … of the names, sorted."""
    return frozenset(sorted(set(names))[1::2])
