"""How well questions are answered, and what is refused: `byline eval answers`.

Each question is asked as a user would, on the day it was asked. The built-in reader is asked once, for what it would
say without refusing; with its confidence and the shipped threshold that tells what it refuses, and what refusing loses.
A language model refuses by itself, has no confidence, and what it would have said is not known.

An answer is right where its first three sentences contain one of the known answers (see `containment.py`); exact match
and F1 are of the short answer (see `short_answers.py`). Unanswerable questions are asked too. Answerable ones of which
only the articles are known are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, get_args

from assistant.answer import Answer, Status
from assistant.assistant import Assistant
from assistant.events import Done, Found
from assistant.extractive.quoting import EXTRACTIVE, QuotingReader
from assistant.extractive.weights import BALANCED, Least, load_weights
from assistant.readers import open_reader
from assistant.request import Reader, Request
from eval.answers.answer_figures import Figure, figures_of
from eval.answers.answer_result import Result, failed, judged
from eval.answers.confidence import COVERAGES, Calibration, Curve, calibration_of, curve_of
from eval.datasets import Dataset, Question
from eval.runs.measured_run import MeasuredRun, Progress, about, ask_all, nothing, p50_p95
from index.collection import Collection
from index.errors import BylineError, SourceError
from index.search.result import Retrieved

TIMES = ("search", "read", "total")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(MeasuredRun):
    """What came of each question.

    `threshold` is the confidence below which the reader refuses, None where it tells none.
    """

    held_out: bool
    llm: str
    threshold: float | None
    results: tuple[Result, ...]

    @property
    def errors(self) -> int:
        return sum(result.error is not None for result in self.results)

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figures_of(self.results))

    @property
    def curves(self) -> Mapping[str, Curve]:
        """Risk and coverage over all questions and over the answerable ones; of a reader without confidence none."""
        answerable = [result for result in self.results if result.answerable]
        curves = {"all": curve_of(self.results), "answerable": curve_of(answerable)}
        return {name: curve for name, curve in curves.items() if curve}

    @property
    def calibration(self) -> Calibration | None:
        return calibration_of(self.results)

    @property
    def milliseconds(self) -> Mapping[str, tuple[float, float]]:
        """p50 and p95 of search, read and total, of the questions that did not fail."""
        taken = [result.milliseconds for result in self.results if result.milliseconds]
        return {name: p50_p95([one[name] for one in taken]) for name in TIMES}

    @property
    def statuses(self) -> Mapping[str, int]:
        """How many sentences of what was answered have each status."""
        given = [status for result in self.results if not result.refused for status in result.statuses]
        return {status: given.count(status) for status in get_args(Status)}

    def to_json(self) -> dict[str, Any]:
        calibration = self.calibration
        return {
            **self.measured,
            "held_out": self.held_out,
            "llm": self.llm,
            "threshold": self.threshold,
            "errors": self.errors,
            "statuses": dict(self.statuses),
            "milliseconds": {name: {"p50": p50, "p95": p95} for name, (p50, p95) in self.milliseconds.items()},
            "figures": [asdict(figure) for figure in self.figures],
            "coverages": COVERAGES,
            "curves": {name: asdict(curve) for name, curve in self.curves.items()},
            "calibration": asdict(calibration) if calibration else None,
            "results": [{**asdict(result), "lost_in": result.lost_in} for result in self.results],
        }


def open_measured(spec: str, collection: Collection, prompts: str = "") -> tuple[Reader, float | None]:
    """The reader for `--llm SPEC`, which does not refuse by its threshold, and that threshold.

    Raises SettingsError for a spec that names nothing, ModelError where the model cannot be reached.
    """
    if spec == EXTRACTIVE:
        return QuotingReader(collection, least=Least()), load_weights().least[BALANCED].answer
    return open_reader(spec, collection, prompts), None


def measure(
    data: Dataset,
    assistant: Assistant,
    threshold: float | None,
    held_out: bool = False,
    progress: Progress = nothing,
) -> Run:
    """Ask every question of the data whose answer is known, or that has none.

    `held_out` notes that `data` are the held-out questions only; `progress` gets each one's number, and how many there
    are. A question that fails is a result. Raises CollectionError where the collection cannot be searched at all,
    SourceError where there is nothing to ask.
    """
    collection = assistant.collection
    asked = asked_of(data)
    if not asked:
        raise SourceError(f'{data.name}: none of its questions has "answers", so there is nothing to measure')
    known = about(data, collection, asked)  # before all else: another embedder than the collection's fails here
    results = ask_all(asked, collection, lambda one: _ask(one, assistant, threshold), progress)
    return Run(**known, held_out=held_out, llm=assistant.reader.name, threshold=threshold, results=results)


def asked_of(data: Dataset) -> list[Question]:
    """The questions whose answer is known, and those that have none."""
    return [question for question in data.questions if question.answers or not question.answerable]


def _ask(question: Question, assistant: Assistant, threshold: float | None) -> Result:
    try:
        found, answer = _heard(question, assistant)
        return judged(question, found, answer, threshold)
    except Exception as failure:  # noqa: BLE001 # a failure is a result, and told in the report
        return failed(question, failure)


def _heard(question: Question, assistant: Assistant) -> tuple[Sequence[Retrieved], Answer]:
    """What `Assistant.ask` gives, with the passages that were read."""
    found: Sequence[Retrieved] = ()
    for event in assistant.stream(Request(question.text, as_of=question.as_of)):
        if isinstance(event, Found):
            found = event.results
        elif isinstance(event, Done):
            return found, event.answer
    raise BylineError(f"the reader {assistant.reader.name} ended without an answer")
