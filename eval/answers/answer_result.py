"""What came of one question that was asked: what the reader would have said, whether it says it, and what is measured.

Of a refused question the answer that was held back counts as none, except where a measure says what refusing loses.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, get_args

from assistant.answer import Answer
from assistant.question.focus import Kind, kind_of
from eval.datasets.questions import Question
from eval.runs.judging import SLICES, contains, exact, f1, slices_of
from eval.runs.run import Result, about_question, failure_line
from index.search.result import Retrieved

ANSWER_SLICES = (
    *(f"asks {kind}" for kind in get_args(Kind)),
    *(name for name in SLICES if not name.startswith("asks ")),
)
MOST_SENTENCES = 3

Stage = Literal["search", "reading", "span", "refusal", "error"]
STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerResult(Result):
    """One question with its answer, which stands here even where it is `refused`.

    `text` is of the answer's first three sentences, "" where there are none. `contained` says whether an answer is in
    it, `in_passages` whether one is in a passage that was read; both are false of an unanswerable question. `exact`
    and `f1` are of the short answer. `milliseconds` has search, read and total. `error` is the line of a failure, which
    counts as a wrong answer. `statuses` are of all its sentences.
    """

    answerable: bool
    refused: bool = False
    confidence: float | None = None
    text: str = ""
    short_answer: str | None = None
    in_passages: bool = False
    contained: bool = False
    exact: float = 0.0
    f1: float = 0.0
    milliseconds: Mapping[str, float] | None = None
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


def judged(question: Question, found: Sequence[Retrieved], answer: Answer, threshold: float | None) -> AnswerResult:
    """The result of an answer that was given without regard to the threshold, below which it is refused."""
    below = threshold is not None and answer.confidence is not None and answer.confidence < threshold
    said = answer.sentences[:MOST_SENTENCES] if answer.answerable else ()
    text = " ".join(sentence.text for sentence in said)
    short = answer.short_answer if said else None
    answers = question.answers if question.answerable else ()
    return AnswerResult(
        **_about(question),
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


def failed(question: Question, failure: Exception) -> AnswerResult:
    """The result of a question that could not be answered, or whose answer could not be judged."""
    return AnswerResult(**_about(question), error=failure_line(failure))


def answer_slices_of(question: str, answers: Sequence[str]) -> tuple[str, ...]:
    """The slices that a question is in, of ANSWER_SLICES: as for retrieval, and every kind of question by itself."""
    _, *rest = slices_of(question, answers)
    return (f"asks {kind_of(question)}", *rest)


def _about(question: Question) -> dict[str, Any]:
    slices = answer_slices_of(question.text, question.answers)
    return {**about_question(question), "slices": slices, "answerable": question.answerable}


# Measures: None of a question that one is not of

_Value = Callable[[AnswerResult], float]


def _of_answerable(value: _Value, result: AnswerResult) -> float | None:
    if not result.answerable:
        return None
    return 0.0 if result.refused else value(result)


def _of_answered(value: _Value, result: AnswerResult) -> float | None:
    return value(result) if result.answerable and not result.refused else None


def _refused(answerable: bool, result: AnswerResult) -> float | None:
    return float(result.refused) if result.answerable == answerable else None


def _right_refused(result: AnswerResult) -> float | None:
    would_have_said = result.confidence is not None  # else the reader refuses by itself, and says nothing then
    return float(result.refused) if result.contained and would_have_said else None


def _answered_wrong(result: AnswerResult) -> float | None:
    return None if result.refused else float(not result.contained)


def _lost(stage: Stage, result: AnswerResult) -> float | None:
    return float(result.lost_in == stage) if result.answerable else None


_VALUES: Mapping[str, _Value] = {
    "exact": lambda result: result.exact,
    "f1": lambda result: result.f1,
    "contained": lambda result: float(result.contained),
}
MEASURES: Mapping[str, Callable[[AnswerResult], float | None]] = {
    **{name: partial(_of_answerable, value) for name, value in _VALUES.items()},
    **{f"{name}, answered": partial(_of_answered, value) for name, value in _VALUES.items()},
    "unanswerable refused": partial(_refused, False),
    "answerable refused": partial(_refused, True),
    "right refused": _right_refused,
    "answered wrong": _answered_wrong,
    **{f"lost in {stage}": partial(_lost, stage) for stage in STAGES},
}
LESS_IS_BETTER = frozenset(
    {"answerable refused", "right refused", "answered wrong", *(f"lost in {one}" for one in STAGES)}
)
