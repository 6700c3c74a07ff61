"""Questions of every kind, asked and judged: `byline eval kinds`."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversation.turn import Turn
from assistant.readers import open_reader
from assistant.request import Request
from eval.datasets.claims import Half
from eval.runs.measured_collection import Names
from eval.runs.run import Progress, Run, nothing
from index.collection import Collection
from index.errors import BylineError
from index.formats import find_files, read_file
from index.rerankers import OWN
from index.text.decoding import storable

FOLDER = Path(__file__).parent
SETS = {"first": "a-*.md", "second": "b-*.md", "third": "c-*.md"}
"""Each set of questions is asked over the articles of these names alone."""

KEPT = ("third",)
"""The sets that were never tuned on."""

JOINED = "joined"
"""The questions that join two reports of news which comes with other data; those of odd numbers were kept back."""

Verdict = Literal["right", "in part", "refused", "unsure", "wrong"]
"""What a demanding reader makes of an answer.

in part: some of what was asked for, and nothing false. refused: though the articles hold the answer. unsure: wrong, but
marked as not sure. wrong: beside the question or false, and unmarked.
"""

_SURE = 0.5  # a chance below which the answer is shown as unsure
_SAYS_ITSELF = ("collection", "answer", "talk")  # kinds whose answer may stand in what is shown beside the words


@dataclass(frozen=True, slots=True)
class Expected:
    """What a right answer has; what is not given is not looked at.

    Each group of `holds`, and of `cites` (files of articles), is met by any one of its members. `short` are the
    wordings of a verdict or short answer, `order` what comes one behind the other, `only` the files beside which none
    is cited, `never` what makes an answer wrong. `refuse` where the articles hold no answer, `premise` where they do
    not bear what the question takes for granted, which a good line names by one of `premise_words`; `plain` where
    words of Byline's own are due.
    """

    holds: Sequence[Sequence[str]] = ()
    verdict: str = ""
    short: Sequence[str] = ()
    order: Sequence[str] = ()
    cites: Sequence[str | Sequence[str]] = ()
    only: Sequence[str] = ()
    never: Sequence[str] = ()
    refuse: bool = False
    premise: bool = False
    premise_words: Sequence[str] = ()
    plain: bool = False
    at_least: int = 0
    at_most: int = 1000


@dataclass(frozen=True, slots=True)
class KindQuestion:
    """A question of a kind, after earlier ones, and what a right answer to it has."""

    id: str
    kind: str
    question: str
    as_of: date
    right: Expected
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindResult:
    """What came of one question. `error` is the line of a failure, which counts as wrong."""

    id: str
    kind: str
    question: str
    verdict: Verdict
    understood: str = ""
    missing: tuple[str, ...] = ()
    short_answer: str = ""
    answer: str = ""
    confidence: float | None = None
    milliseconds: float = 0.0
    error: str | None = None


@dataclass(frozen=True, kw_only=True)
class KindsRun(Run[KindResult]):
    """What came of every question, in order."""

    llm: str
    sets: tuple[str, ...] = field(default=tuple(SETS))

    @property
    def figures(self) -> dict[str, dict[str, float]]:
        """For each kind, each set, and all, the number of questions and the share, 0 to 1, of each verdict."""
        kinds = sorted({one.kind for one in self.results})
        groups = {kind: [one for one in self.results if one.kind == kind] for kind in kinds}
        for name in self.sets if len(self.sets) > 1 else ():
            groups[name] = [one for one in self.results if one.id[0] == SETS[name][0]]
        groups["all"] = list(self.results)
        return {name: _shares(group) for name, group in groups.items() if group}

    def to_json(self) -> dict[str, Any]:
        results = [asdict(one) for one in self.results]
        return {"llm": self.llm, "sets": list(self.sets), "figures": self.figures, "results": results}

    def lines(self) -> Iterator[str]:
        """The figures by kind, then each question that was not answered rightly."""
        yield f"{len(self.results)} questions of every kind, answered by {self.llm}"
        yield ""
        verdicts = get_args(Verdict)
        yield f"  {'':12}{'questions':>10}" + "".join(f"{name:>10}" for name in verdicts)
        for kind, shares in self.figures.items():
            values = "".join(f"{shares[name]:10.2f}" for name in verdicts)
            yield f"  {kind:12}{shares['questions']:10.0f}{values}"
        for one in self.results:
            if one.verdict != "right":
                yield ""
                yield f"  {one.id} {one.kind}: {one.question}"
                yield f"      {one.error or one.verdict}; missing: {', '.join(one.missing) or 'nothing'}"
                yield f"      as {one.understood}: {one.short_answer}: {' '.join(one.answer.split())[:300]}"


def measure_kinds(llm: str, reranker: str = OWN, half: Half = "all", progress: Progress = nothing) -> KindsRun:
    """Ask every question of the sets of a half. A reader that fails on a question is a result.

    Raises ModelError where the reader cannot be opened.
    """
    sets = [name for name in SETS if half == "all" or (name in KEPT) == (half == "kept")]
    asked = {name: list(read_kinds(FOLDER / f"{name}.jsonl")) for name in sets}
    total, results = sum(map(len, asked.values())), list[KindResult]()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        for name, questions in asked.items():
            collection = opened.enter_context(Collection(Path(folder, name), reranker=reranker))
            files = sorted((FOLDER / "articles").glob(SETS[name]))
            list(collection.add(read_file(file) for path in files for file in find_files(path)))
            assistant = Assistant(collection, open_reader(llm, collection))
            for question in questions:
                progress(len(results) + 1, total)
                results.append(ask_and_judge(question, assistant))
    return KindsRun(llm=llm, sets=tuple(sets), results=tuple(results))


def measure_joined(
    llm: str, collection: Collection, names: Names, half: Half = "all", progress: Progress = nothing
) -> KindsRun:
    """Ask the questions that join two reports of the news of 2022, over a collection of these.

    `names` are the ids that the data's names of articles stand for. Raises ModelError as `measure_kinds`.
    """
    assistant = Assistant(collection, open_reader(llm, collection))
    questions = [
        one for one in read_kinds(FOLDER / f"{JOINED}.jsonl") if half == "all" or _is_kept(one) == (half == "kept")
    ]
    results = []
    for number, asked in enumerate(questions, 1):
        progress(number, len(questions))
        groups = [[one] if isinstance(one, str) else one for one in asked.right.cites]
        cites = [sorted(frozenset().union(*(names.get(name, {name}) for name in group))) for group in groups]
        results.append(ask_and_judge(replace(asked, right=replace(asked.right, cites=cites)), assistant))
    return KindsRun(llm=llm, sets=(JOINED,), results=tuple(results))


def _is_kept(joined: KindQuestion) -> bool:
    return int(joined.id.removeprefix("j-")) % 2 == 1


def read_kinds(file: Path) -> Iterator[KindQuestion]:
    """The questions of a JSONL file: `id`, `kind`, `question`, `as_of`, `right` (see Expected) and `history`."""
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        day, right = date.fromisoformat(row["as_of"]), Expected(**row["right"])
        yield KindQuestion(row["id"], row["kind"], row["question"], day, right, tuple(row.get("history", ())))


def ask_and_judge(asked: KindQuestion, assistant: Assistant) -> KindResult:
    """The answer to a question after its earlier ones, which are really asked, and what a reader makes of it."""
    try:
        turns: tuple[Turn, ...] = ()
        for earlier in asked.history:
            turns = (*turns, Turn.of(assistant.ask(Request(earlier, turns, asked.as_of))))
        answer = assistant.ask(Request(asked.question, turns, asked.as_of))
    except BylineError as error:
        return KindResult(asked.id, asked.kind, asked.question, "wrong", error=str(error))
    verdict, missing = judged(answer, asked)
    return KindResult(
        asked.id,
        asked.kind,
        asked.question,
        verdict,
        answer.kind,
        missing,
        answer.short_answer or "",
        answer.marked_text,
        answer.confidence,
        answer.timings_ms.get("total", 0.0),
    )


def judged(answer: Answer, asked: KindQuestion) -> tuple[Verdict, tuple[str, ...]]:
    """What a demanding reader makes of an answer, and what it lacks."""
    right = asked.right
    if right.refuse or right.premise:
        named = right.premise and _has_one(_plain(f"{answer.reply} {answer.short_answer or ''}"), right.premise_words)
        if not answer.answerable or named or (right.premise and answer.short_answer == "No"):
            return "right", ()
        return _unmarked(answer), ("a refusal",)
    if right.verdict == "not told":
        return ("wrong", ("no verdict",)) if answer.short_answer in ("Yes", "No") else ("right", ())
    if right.plain:
        return ("right", ()) if answer.reply or answer.answerable else ("refused", ("a plain reply",))
    if not answer.answerable and not (answer.reply and asked.kind in _SAYS_ITSELF):
        return "refused", ()
    missing = tuple(_missing(answer, asked))
    if not missing:
        return "right", ()
    return ("in part" if _has_some(answer, asked) else _unmarked(answer)), missing


def _unmarked(answer: Answer) -> Verdict:
    """A verdict that is not given, with a line that says so, is marked as well as one that is not sure."""
    if answer.form == "yes/no" and answer.reply and not answer.short_answer:
        return "unsure"
    return "unsure" if answer.confidence is not None and answer.confidence < _SURE else "wrong"


def _missing(answer: Answer, asked: KindQuestion) -> Iterator[str]:
    """What a right answer has and this one has not."""
    right, text, short = asked.right, _shown(answer, asked.kind), answer.short_answer or ""
    yield from (f"“{group[0]}”" for group in right.holds if not _has_one(text, group))
    if right.verdict and short.casefold() != right.verdict:
        yield f"the verdict {right.verdict}"
    if right.short and not _has_one(_plain(short) or text, right.short):
        yield f"“{right.short[0]}” in short"
    if not _in_order(text, right.order):
        yield "the order"
    groups = [[one] if isinstance(one, str) else one for one in right.cites]
    cited = _cited(answer)
    yield from (f"a citation of {group[0]}" for group in groups if not set().union(*cited) & set(group))
    if right.only and not all(names & set(right.only) for names in cited):
        yield "no other citation"
    yield from (f"not “{words}”" for words in right.never if _plain(words) in text)
    rows = len(answer.sentences)
    if not right.at_least <= rows <= right.at_most:
        yield f"{right.at_least} to {right.at_most} sentences, not {rows}"


def _has_some(answer: Answer, asked: KindQuestion) -> bool:
    """Whether it has a part of what was asked for, and nothing that is false."""
    right, text, short = asked.right, _shown(answer, asked.kind), answer.short_answer or ""
    if any(_plain(words) in text for words in right.never) or (right.verdict and short):
        return False
    if short and right.short and not _has_one(_plain(short), right.short):
        return False
    if short and right.holds and not any(_has_one(_plain(short), group) for group in right.holds):
        return False
    groups = [[one] if isinstance(one, str) else one for one in right.cites]
    cited = set().union(*_cited(answer))
    return any(_has_one(text, group) for group in right.holds) or any(cited & set(one) for one in groups)


def _shown(answer: Answer, kind: str) -> str:
    """All that is shown of an answer; of what is about the articles also what stands beside the citations."""
    beside: Iterable[str] = ()
    if kind in _SAYS_ITSELF:
        cited = [one for citation in answer.citations for one in (citation.article, *citation.also_in)]
        beside = (f"{one.outlet} {one.author} {one.title} {_day(one.published)}" for one in cited)
    versions = (version.value for versions in answer.disagreements for version in versions)
    return _plain(" ".join([answer.short_answer or "", answer.text, *versions, *beside]))


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}, {day:%B} {day.day}, {day.year}" if day else ""


def _cited(answer: Answer) -> list[set[str]]:
    """What each article is called that is cited, or reprints the words: its file, without the ending, and its id."""
    cited = [one for citation in answer.citations for one in (citation.article, *citation.also_in)]
    return [{Path(one.source).stem, one.id} for one in cited]


def _has_one(text: str, wordings: Iterable[str]) -> bool:
    return any(_plain(one) in text for one in wordings)


def _in_order(text: str, pieces: Iterable[str]) -> bool:
    at = 0
    for piece in map(_plain, pieces):
        at = text.find(piece, at) + len(piece)
        if at < len(piece):
            return False
    return True


def _plain(text: str) -> str:
    """The text without case, spaces and the marks of citations, with straight quotation marks."""
    for curly, straight in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"')):
        text = text.replace(curly, straight)
    return "".join(storable(text).casefold().split())


def _shares(results: Sequence[KindResult]) -> dict[str, float]:
    shares: dict[str, float] = {
        name: sum(one.verdict == name for one in results) / len(results) for name in get_args(Verdict)
    }
    return {"questions": len(results), **shares}
