"""Conversations, asked turn by turn and judged: `byline eval dialogues`."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.conversation.turn import Turn
from assistant.plans.tools import READ_PASSAGES
from assistant.readers import open_reader
from assistant.request import Request
from eval.runs.judging import contains, rank_of_file
from eval.runs.run import Run, answer_with_passages
from index.collection import Collection
from index.errors import ModelError
from index.formats import find_files, read_file
from index.rerankers import OWN
from index.sample_articles import SAMPLE_FOLDER

FOLDER = Path(__file__).parent
ARTICLES = {"sample": SAMPLE_FOLDER, "articles": FOLDER / "articles"}
SETS = ("first", "second")  # the rules were made on the first; the second was written afterwards, and asked unseen

_NEAR = 3  # "among the first three"


@dataclass(frozen=True, slots=True)
class AskedTurn:
    """A question with the files of the articles that answer it.

    Each group of `answers` is met by any one of its wordings. It `leans` where it cannot be understood alone.
    """

    question: str
    articles: frozenset[str]
    answers: tuple[tuple[str, ...], ...]
    leans: bool


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A conversation `over` the articles of a folder."""

    id: str
    over: str
    as_of: date
    turns: tuple[AskedTurn, ...]


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What came of one turn. Ranks are of the first passage of a right article, None where none was found.

    `error` is the line of a failure, which counts as a wrong result.
    """

    dialogue: str
    turn: int
    leans: bool
    question: str
    unrewritten_rank: int | None
    standalone: str = ""
    rank: int | None = None
    refused: bool = False
    cites_right: bool = False
    holds: bool = False
    answer: str = ""
    short_answer: str = ""
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class DialoguesRun(Run[TurnResult]):
    """What came of every turn, in order."""

    llm: str

    @property
    def figures(self) -> dict[str, dict[str, float]]:
        """Shares from 0 to 1: of the first turns, of all later ones, and of these by whether they lean."""
        later = [one for one in self.results if one.turn > 1]
        groups = {
            "first turns": [one for one in self.results if one.turn == 1],
            "follow-ups": later,
            "that lean": [one for one in later if one.leans],
            "that do not": [one for one in later if not one.leans],
        }
        return {name: _figures(group) for name, group in groups.items() if group}

    def to_json(self) -> dict[str, Any]:
        return {"llm": self.llm, "figures": self.figures, "results": [asdict(one) for one in self.results]}

    def lines(self) -> Iterator[str]:
        """The figures, then each follow-up that missed."""
        yield f"{len({one.dialogue for one in self.results})} conversations, answered by {self.llm}"
        yield ""
        names = list(self.figures)
        yield f"  {'':38}" + "".join(f"{name:>14}" for name in names)
        for measure in next(iter(self.figures.values()), {}):
            values = [self.figures[name][measure] for name in names]
            whole = measure in ("questions", "errors")
            yield f"  {measure:38}" + "".join(f"{value:14.0f}" if whole else f"{value:14.2f}" for value in values)
        missed = [one for one in self.results if one.turn > 1 and one.rank != 1]
        if missed:
            yield ""
            yield "The right article was not first:"
        for one in missed:
            yield f"  {one.dialogue}.{one.turn} {one.question}"
            yield f"      {one.error or one.standalone or '(asked as it is)'}"


def measure_dialogues(llm: str, reranker: str = OWN, sets: Sequence[str] = SETS) -> DialoguesRun:
    """Hold every conversation; each turn's history is what the reader really answered.

    A model that fails on a question is a result; one that cannot be opened raises ModelError.
    """
    results: list[TurnResult] = []
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        assistants: dict[str, Assistant] = {}
        for dialogue in read_dialogues(sets):
            if dialogue.over not in assistants:
                collection = opened.enter_context(Collection(Path(folder, dialogue.over), reranker=reranker))
                list(collection.add(map(read_file, find_files(ARTICLES[dialogue.over]))))
                assistants[dialogue.over] = Assistant(collection, open_reader(llm, collection))
            results += _held(dialogue, assistants[dialogue.over])
    return DialoguesRun(llm=llm, results=tuple(results))


def read_dialogues(sets: Sequence[str] = SETS) -> Iterator[Dialogue]:
    for name in sets:
        for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            yield Dialogue(
                row["id"], row["over"], date.fromisoformat(row["as_of"]), tuple(_turn(turn) for turn in row["turns"])
            )


def _turn(row: Mapping[str, Any]) -> AskedTurn:
    answers = tuple(tuple(group) for group in row["answers"])
    return AskedTurn(row["question"], frozenset(row["articles"]), answers, row["leans"])


def _held(dialogue: Dialogue, assistant: Assistant) -> Iterator[TurnResult]:
    history: tuple[Turn, ...] = ()
    for number, asked in enumerate(dialogue.turns, 1):
        alone = rank_of_file(assistant.collection.search(asked.question, READ_PASSAGES, dialogue.as_of), asked.articles)
        result = TurnResult(dialogue.id, number, asked.leans, asked.question, unrewritten_rank=alone)
        try:
            found, answer = answer_with_passages(assistant, Request(asked.question, history, dialogue.as_of))
        except ModelError as error:
            yield replace(result, error=str(error))
            continue
        yield replace(
            result,
            standalone=answer.standalone,
            rank=rank_of_file(found, asked.articles),
            refused=not answer.answerable,
            cites_right=any(Path(c.article.source).name in asked.articles for c in answer.citations),
            holds=answer.answerable and all(contains("", answer.text, group) for group in asked.answers),
            answer=answer.text,
            short_answer=answer.short_answer or "",
        )
        history = (*history, Turn.of(answer))


def _figures(results: Sequence[TurnResult]) -> dict[str, float]:
    def share(flags: Iterable[bool]) -> float:
        return sum(flags) / len(results)

    return {
        "questions": len(results),
        "errors": sum(bool(one.error) for one in results),
        "right article first, unrewritten": share(one.unrewritten_rank == 1 for one in results),
        "right article first": share(one.rank == 1 for one in results),
        "among the first three, unrewritten": share(_near(one.unrewritten_rank) for one in results),
        "among the first three": share(_near(one.rank) for one in results),
        "answer cites a right article": share(one.cites_right for one in results),
        "answer holds the words": share(one.holds for one in results),
    }


def _near(rank: int | None) -> bool:
    return rank is not None and rank <= _NEAR
