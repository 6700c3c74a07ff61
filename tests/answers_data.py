"""Questions about the articles of retrieval_data.py, and a fake reader whose answers to them are written down."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Sentence
from assistant.assistant import Assistant
from assistant.events import Done, Event
from assistant.request import Question
from eval.answers.answers_run import AnswersRun, measure_answers
from eval.datasets.questions import open_dataset
from eval.runs.measured_collection import measured_collection
from index.search.result import Retrieved
from index.settings import Settings
from tests.retrieval_data import news_folder

THRESHOLD = 0.25


@dataclass(frozen=True)
class Said:
    """An answer; without a text a refusal of the reader's own."""

    text: str
    short: str | None = None
    confidence: float | None = None


class FakeReader:
    """Says to each question what is written down for it; an exception among it is raised."""

    name = "fake"

    def __init__(self, said: Mapping[str, Said | Exception]) -> None:
        self.said = said
        self.asked: list[Question] = []

    def read(self, question: Question, passages: Sequence[Retrieved]) -> Generator[Event, None, None]:
        self.asked.append(question)
        said = self.said[question.text]
        if isinstance(said, Exception):
            raise said
        sentences = tuple(Sentence(f"{one}.", "supported") for one in said.text.split(". ") if one)
        about = {"short_answer": said.short, "confidence": said.confidence}
        yield Done(Answer(question.text, question.as_of, bool(sentences), sentences, **about))


def asked(number: int, question: str, *answers: str, day: str = "2021-03-05", **known: Any) -> dict[str, Any]:
    return {"id": f"w1_{number}", "question": question, "asked": day, "answers": list(answers), **known}


ASKED = [
    asked(1, "What is the new ferry called?", "the Wavecutter"),
    asked(2, "Who reopened the bakery?", "Ines Tallow"),
    asked(3, "How many passengers does the ferry take?", "300"),
    asked(4, "Why was the ferry late?", "a rope had frozen", day="2021-03-05"),  # told on the ninth only
    asked(5, "When was rye bread sold out?", "before noon"),
    asked(6, "Who is the mayor?", "Ann Ode", answerable=False),
    asked(7, "When does the school open?", answerable=False),
    asked(8, "Where is the bakery?", "Quay Street"),
]
SAID: dict[str, Said | Exception] = {
    ASKED[0]["question"]: Said("The new ferry is called the Wavecutter", "Wavecutter", 0.9),
    ASKED[1]["question"]: Said("It was dark. Ines Tallow reopened her shop", "Baker Ines Tallow", 0.8),
    ASKED[2]["question"]: Said("It crosses the bay in ten minutes", "ten", 0.6),
    ASKED[3]["question"]: Said("The ferry is new", None, 0.5),
    ASKED[4]["question"]: Said("Rye bread was sold out before noon", "before noon", 0.2),
    ASKED[5]["question"]: Said("Ann Ode is called the mayor", "Ann Ode", 0.7),
    ASKED[6]["question"]: Said("The ferry is called the Wavecutter", None, 0.1),
    ASKED[7]["question"]: RuntimeError("the page\nis torn"),
}


def run_of(
    folder: Path,
    home: Path,
    questions: Sequence[Mapping[str, Any]] = ASKED,
    said: Mapping[str, Said | Exception] = SAID,
    threshold: float | None = THRESHOLD,
) -> AnswersRun:
    data = open_dataset(news_folder(folder, questions))
    with measured_collection(data, Settings(home), nullcontext()) as (collection, _):  # type: ignore[arg-type]
        return measure_answers(data, Assistant(collection, FakeReader(said)), threshold)
