"""The sample questions, asked and judged: `byline eval`."""

import json
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from assistant.answer import Answer, Status
from assistant.assistant import Assistant
from assistant.readers import open_reader
from assistant.request import Request
from eval.runs.judging import rank_of_file
from eval.runs.run import Run
from index.collection import Collection
from index.errors import ModelError
from index.rerankers import OWN
from index.sample_articles import fill_sample

QUESTIONS_FILE = Path(__file__).parent / "sample_questions.jsonl"


@dataclass(frozen=True, slots=True)
class SampleQuestion:
    """A question with its expected answer: each group of `answers` is met by any one of its wordings."""

    id: str
    question: str
    as_of: date
    answerable: bool
    answers: tuple[tuple[str, ...], ...]
    articles: frozenset[str]
    kind: str


@dataclass(frozen=True, slots=True)
class SampleOutcome:
    """What came of one question. `error` is the line of a failure, which counts as a wrong result."""

    asked: SampleQuestion
    rank: int | None  # of the first passage of an article that holds the answer
    refused: bool
    contained: bool
    quotes: int
    exact_quotes: int
    cites_right: bool
    milliseconds: float
    text: str
    error: str | None = None
    statuses: tuple[Status, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SampleRun(Run[SampleOutcome]):
    """All outcomes, and the figures drawn from them."""

    llm: str

    @property
    def figures(self) -> dict[str, float]:
        """Shares from 0 to 1, and milliseconds. Success@k is by article, over the answerable questions."""
        answerable = [o for o in self.results if o.asked.answerable]
        refused = [o for o in self.results if o.refused]
        unanswerable = [o for o in self.results if not o.asked.answerable]
        answered = [o for o in answerable if not o.refused]
        statuses = [status for o in self.results for status in o.statuses]
        return {
            "questions": len(self.results),
            "errors": self.errors,
            "retrieval Success@1": _share(o.rank is not None and o.rank <= 1 for o in answerable),
            "retrieval Success@5": _share(o.rank is not None and o.rank <= 5 for o in answerable),
            "answer containment": _share(o.contained for o in answerable),
            "answers citing a right article": _share(o.cites_right for o in answered),
            "citation exactness": sum(o.exact_quotes for o in self.results)
            / max(1, sum(o.quotes for o in self.results)),
            **{f"sentences {one}": _share(status == one for status in statuses) for one in get_args(Status)},
            "refusal precision": _share(not o.asked.answerable for o in refused),
            "refusal recall": _share(o.refused for o in unanswerable),
            "milliseconds, median": statistics.median(o.milliseconds for o in self.results),
        }

    def to_json(self) -> dict[str, Any]:
        return {
            "llm": self.llm,
            "figures": self.figures,
            "outcomes": [
                {
                    **{name: getattr(o.asked, name) for name in ("id", "question", "kind", "answerable")},
                    **{name: getattr(o, name) for name in ("refused", "contained", "rank", "statuses", "error")},
                    "as_of": o.asked.as_of.isoformat(),
                    "answer": o.text,
                }
                for o in self.results
            ],
        }

    def lines(self) -> Iterator[str]:
        """The figures, then each question that went wrong."""
        yield f"{len(self.results)} questions over the sample collection, answered by {self.llm}"
        yield ""
        for name, value in self.figures.items():
            whole = name in ("questions", "errors")
            yield f"  {name:32} {value:6.0f}" if whole else f"  {name:32} {value:6.2f}"
        wrong = [o for o in self.results if o.refused == o.asked.answerable or not (o.contained or o.refused)]
        if wrong:
            yield ""
            yield "Went wrong:"
        for o in wrong:
            yield f"  {o.asked.id} {o.asked.question}"
            yield f"      {o.error or _verdict(o)}: {o.text}"


def measure_sample(llm: str, reranker: str = OWN, prompts: str = "") -> SampleRun:
    """Ask every sample question over a sample collection made for the purpose.

    A model that fails on a question is a result; one that cannot be opened raises ModelError.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        Collection(Path(folder, "sample"), reranker=reranker) as collection,
    ):
        fill_sample(collection)
        assistant = Assistant(collection, open_reader(llm, collection, prompts))
        return SampleRun(llm=llm, results=tuple(_ask(assistant, question) for question in read_sample()))


def read_sample(file: Path = QUESTIONS_FILE) -> Iterator[SampleQuestion]:
    """The questions of a JSONL file in the sample's format."""
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield SampleQuestion(
            id=row["id"],
            question=row["question"],
            as_of=date.fromisoformat(row["as_of"]),
            answerable=row["answerable"],
            answers=tuple(tuple(group) for group in row["answers"]),
            articles=frozenset(row["articles"]),
            kind=row["kind"],
        )


def _verdict(outcome: SampleOutcome) -> str:
    if not outcome.asked.answerable:
        return "should have been refused"
    return "refused" if outcome.refused else "the answer is missing or not whole"


def _ask(assistant: Assistant, asked: SampleQuestion) -> SampleOutcome:
    try:
        answer = assistant.ask(Request(asked.question, as_of=asked.as_of))
    except ModelError as error:
        return SampleOutcome(asked, None, False, False, 0, 0, False, 0.0, "", str(error))
    quotes = [citation for sentence in answer.sentences for citation in sentence.citations]
    exact = [c for c in quotes if assistant.collection.article(c.article.id).text[c.start : c.end] == c.quote]
    return SampleOutcome(
        asked=asked,
        rank=rank_of_file(assistant.collection.search(asked.question, 10, asked.as_of), asked.articles),
        refused=not answer.answerable,
        contained=asked.answerable and _contains(answer, asked),
        quotes=len(quotes),
        exact_quotes=len(exact),
        cites_right=any(Path(c.article.source).name in asked.articles for c in quotes),
        milliseconds=answer.timings_ms["total"],
        text=answer.text,
        statuses=tuple(sentence.status for sentence in answer.sentences),
    )


def _contains(answer: Answer, asked: SampleQuestion) -> bool:
    text = _plain(answer.text)
    return all(any(_plain(wording) in text for wording in group) for group in asked.answers)


def _plain(text: str) -> str:
    for curly, straight in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"')):
        text = text.replace(curly, straight)
    return " ".join(text.lower().split())


def _share(flags: Iterator[bool]) -> float:
    known = list(flags)
    return sum(known) / len(known) if known else 0.0
