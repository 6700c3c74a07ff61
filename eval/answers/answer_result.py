"""What came of one question that was asked: what the reader would have said, and whether it says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict, get_args

from assistant.answer import Answer
from assistant.question.focus import Kind, kind_of
from eval.datasets import Question
from eval.runs.containment import contains
from eval.runs.short_answers import exact, f1
from eval.runs.slices import SLICES, slices_of
from index.search.result import Retrieved

ALL = "all"
ANSWER_SLICES = (
    *(f"asks {kind}" for kind in get_args(Kind)),
    *(name for name in SLICES if not name.startswith("asks ")),
)
MOST_SENTENCES = 3

Stage = Literal["error", "search", "reading", "span", "refusal"]


@dataclass(frozen=True, slots=True)
class Result:
    """One question with its answer, which stands here even where it is `refused`.

    `text` is of the answer's first three sentences, "" where there are none. `contained` says whether an answer is in
    it, `in_passages` whether one is in a passage that was read; both are false of an unanswerable question. `exact`
    and `f1` are of the short answer. `milliseconds` has search, read and total. `error` is the line of a failure, which
    counts as a wrong answer. `statuses` are of all its sentences.
    """

    id: str
    question: str
    as_of: str | None
    answerable: bool
    slices: tuple[str, ...]
    refused: bool = False
    confidence: float | None = None
    text: str = ""
    short_answer: str | None = None
    in_passages: bool = False
    contained: bool = False
    exact: float = 0.0
    f1: float = 0.0
    milliseconds: Mapping[str, float] | None = None
    error: str | None = None
    statuses: tuple[str, ...] = ()

    @property
    def lost_in(self) -> Stage | None:
        """Where an answerable question is lost, None where nothing is.

        In "search" no passage holds an answer, in "reading" one does and the text does not, in "span" the text does and
        the short answer is not exact, in "refusal" the text does and is refused.
        """
        if not self.answerable:
            return None
        if self.error is not None:
            return "error"
        if not self.contained:
            return "reading" if self.in_passages else "search"
        if self.refused:
            return "refusal"
        return None if self.exact else "span"


def judged(question: Question, found: Sequence[Retrieved], answer: Answer, threshold: float | None) -> Result:
    """The result of an answer that was given without regard to the threshold, below which it is refused."""
    below = threshold is not None and answer.confidence is not None and answer.confidence < threshold
    said = answer.sentences[:MOST_SENTENCES] if answer.answerable else ()
    text = " ".join(sentence.text for sentence in said)
    short = answer.short_answer if said else None
    answers = question.answers if question.answerable else ()
    return Result(
        **_asked(question),
        refused=below or not answer.answerable,
        confidence=answer.confidence,
        text=text,
        short_answer=short,
        in_passages=any(contains(one.article.title, one.passage.text, answers) for one in found),
        contained=contains("", text, answers),
        exact=exact(short, answers),
        f1=f1(short, answers),
        milliseconds=dict(answer.timings_ms),
        statuses=tuple(sentence.status for sentence in answer.sentences),
    )


def failed(question: Question, failure: Exception) -> Result:
    """The result of a question that could not be answered, or whose answer could not be judged."""
    return Result(**_asked(question), error=f"{type(failure).__name__}: {' '.join(str(failure).split())}")


def answer_slices_of(question: str, answers: Sequence[str]) -> tuple[str, ...]:
    """The slices that a question is in, of ANSWER_SLICES: as for retrieval, and every kind of question by itself."""
    _, *rest = slices_of(question, answers)
    return (f"asks {kind_of(question)}", *rest)


def is_in(result: Result, slice_name: str) -> bool:
    return slice_name in (ALL, *result.slices)


class _Asked(TypedDict):
    id: str
    question: str
    as_of: str | None
    answerable: bool
    slices: tuple[str, ...]


def _asked(question: Question) -> _Asked:
    return {
        "id": question.id,
        "question": question.text,
        "as_of": question.as_of.isoformat() if question.as_of else None,
        "answerable": question.answerable,
        "slices": answer_slices_of(question.text, question.answers),
    }
