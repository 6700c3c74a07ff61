"""`byline eval`: how well questions are answered, searched for, followed up, and pages, claims and paragraphs read."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from index.errors import SettingsError
from ui.commands import Commands, add_json, add_llm
from ui.terminal import Progress, print_result

if TYPE_CHECKING:
    from eval.check.check_run import Judge
    from eval.datasets.claims import Half
    from eval.datasets.questions import Dataset
    from eval.runs.measured_collection import Names
    from eval.runs.run import Run
    from index.collection import Collection
    from index.settings import Settings

_MEASURED = {
    "retrieval": "how well search finds the answers to the questions of --data",
    "answers": "how well they are answered, and what is refused",
    "dialogues": "how well follow-up questions are understood, in 60 conversations that come with Byline",
    "kinds": "how well questions of every kind are answered, from one fact to time lines, comparisons and small talk, "
    "over articles that come with Byline, or those that join two reports of the news of 2022, its --data",
    "pages": "how well the web pages of --data are read, beside bare trafilatura",
    "check": "how well the check of cited sentences tells the true claims of --data from the false ones",
    "reading": "how well the reader reads the paragraph that it is given, and refuses one that does not answer",
}

_FLAGS = {
    "data": ("retrieval", "answers", "kinds", "pages", "check", "reading"),
    "save": ("retrieval", "answers", "kinds", "pages"),
    "compare": ("retrieval", "answers"),
    "keep": ("retrieval", "answers", "kinds"),
    "held_out": ("retrieval", "answers"),
    "half": ("pages", "check", "reading", "kinds"),
    "model": ("check", "reading"),
}
"""What each flag belongs to."""


def add_to(commands: Commands) -> None:
    evaluate = commands.add(
        "eval",
        _evaluate,
        "measure answers to the sample questions, what search finds, any answers, follow-ups, how pages are "
        "read, how well the check tells true from false, or how well the reader reads a paragraph",
    )
    evaluate.add_argument(
        "what",
        nargs="?",
        choices=list(_MEASURED),
        metavar=f"{{{','.join(_MEASURED)}}}",
        help="; ".join(f"{what}: {words}" for what, words in _MEASURED.items()) + "; without any, the sample questions",
    )
    add_llm(evaluate)
    evaluate.add_argument(
        "--data",
        metavar="PATH",
        help="a folder with articles.jsonl and questions.jsonl, a SQuAD file, or a .jsonl file of questions; for "
        "pages, a .jsonl file of pages, which may be compressed by gzip or xz; for check and reading, such a file of "
        "claims or of questions with their paragraphs, or a folder of them; for check also news to make sentences of",
    )
    evaluate.add_argument(
        "--held-out",
        action="store_true",
        help="only questions that the reader's model was not trained on: every second week of news with "
        "all that is unanswerable, and every second page of SQuAD",
    )
    evaluate.add_argument(
        "--half",
        choices=["even", "odd", "kept", "training", "all"],
        help="pages: only those of one half of the sites (even, odd), to try what was fitted on the other; check and "
        "reading: what is about sources that are kept for measuring, to learn from, or all (kept, training, all; all); "
        "kinds: the questions that were never tuned on, the others, or all",
    )
    evaluate.add_argument(
        "--model",
        metavar="FOLDER",
        help="a trained network, model.onnx; check: measured beside the product's, reading: instead",
    )
    evaluate.add_argument("--save", metavar="FILE", help="write the run to a file, to be compared with later")
    evaluate.add_argument("--compare", metavar="FILE", help="compare with a run that was saved")
    evaluate.add_argument(
        "--keep",
        metavar="DIR",
        help="keep the data's collection in this home, and use it as it is the next time",
    )
    add_json(evaluate)


def _evaluate(options: argparse.Namespace) -> int:
    for name, owners in _FLAGS.items():
        if getattr(options, name) and options.what not in owners:
            flag, names = name.replace("_", "-"), " and ".join(f"`byline eval {owner}`" for owner in owners)
            raise SettingsError(f"--{flag} belongs to {names}")
    _RUNS[options.what](options)
    return 0


def _sample(options: argparse.Namespace) -> None:
    from eval.answers.sample_run import measure_sample
    from ui.opening import settings_of

    settings = settings_of(options)
    run = measure_sample(settings.llm, settings.reranker, settings.prompts)
    print_result(options.json, run.to_json(), run.lines())


def _dialogues(options: argparse.Namespace) -> None:
    from eval.dialogues.dialogues_run import measure_dialogues
    from ui.opening import settings_of

    settings = settings_of(options)
    run = measure_dialogues(settings.llm, settings.reranker)
    print_result(options.json, run.to_json(), run.lines())


def _kinds(options: argparse.Namespace) -> None:
    from eval.kinds.kinds_run import measure_joined, measure_kinds
    from ui.opening import settings_of

    settings, half = settings_of(options), _half(options)
    with Progress() as progress:
        if options.data:
            with _collection(options, settings, _data(options), progress) as (collection, names):
                run = measure_joined(settings.llm, collection, names, half, progress.question)
        else:
            run = measure_kinds(settings.llm, settings.reranker, half, progress.question)
    print_result(options.json, run.to_json(), run.lines())
    _save(options, run)


def _retrieval(options: argparse.Namespace) -> None:
    from eval.retrieval_run import RetrievalRun, comparison_lines, measure_retrieval
    from eval.runs.comparison import compare
    from eval.runs.measured_collection import held_out
    from ui.opening import settings_of

    settings, data = settings_of(options), _data(options)
    if options.held_out:
        data = replace(held_out(data), name=f"{data.name}, the held-out questions only")
    before = RetrievalRun.load(Path(options.compare)) if options.compare else None
    if before:
        before.check_comparable(data)
    with Progress() as progress, _collection(options, settings, data, progress) as (collection, names):
        progress.tell(f"searching for the answers of {data.name}")
        run = measure_retrieval(data, collection, names, progress.question)
    compared = compare(before, run) if before else None
    known = {**run.to_json(), "compared": compared.to_json() if compared else None}
    print_result(options.json, known, _both(run.lines(), comparison_lines(compared) if compared else ()))
    _save(options, run)


def _answers(options: argparse.Namespace) -> None:
    from assistant.assistant import Assistant
    from eval.answers.answers_run import AnswersRun, comparison_lines, measure_answers, open_measured
    from eval.runs.comparison import compare
    from eval.runs.measured_collection import held_out
    from ui.opening import settings_of

    settings, data = settings_of(options), _data(options)
    if options.held_out:
        data = held_out(data)
    before = AnswersRun.load(Path(options.compare)) if options.compare else None
    if before:
        before.check_comparable(data, options.held_out)
    with Progress() as progress, _collection(options, settings, data, progress) as (collection, _):
        reader, threshold = open_measured(settings.llm, collection, settings.prompts)
        progress.tell(f"asking the questions of {data.name}")
        run = measure_answers(data, Assistant(collection, reader), threshold, options.held_out, progress.question)
    compared = compare(before, run) if before else None
    known = {**run.to_json(), "compared": compared.to_json()["figures"] if compared else None}
    print_result(options.json, known, _both(run.lines(), comparison_lines(compared) if compared else ()))
    _save(options, run)


def _pages(options: argparse.Namespace) -> None:
    from eval.pages_run import measure_pages, read_pages

    file = _path(options, "--data FILE, the pages to measure on; docs/measuring.md says how they are written")
    if options.half not in (None, "even", "odd"):
        raise SettingsError(f"eval pages has no half {options.half!r}; give --half even or odd")
    pages = read_pages(file, options.half)
    with Progress() as progress:
        progress.tell(f"reading the pages of {file.name}")
        run = measure_pages(pages, file.name, progress.page)
    print_result(options.json, run.to_json(), run.lines())
    _save(options, run)


def _check(options: argparse.Namespace) -> None:
    from assistant.check.network import CheckNetwork
    from eval.check.check_run import by_check, claims_of, measure_check

    path, half = _path_and_half(options, "the claims to measure on")
    claims = claims_of(path, half)
    if not claims:
        raise SettingsError(f"{path}: no claim is of the half {half!r}; give another --half, or more data")
    judges: dict[str, Judge] = {"the product's check": by_check()}
    if options.model:
        judges[f"the network in {options.model}"] = by_check(CheckNetwork(Path(options.model)))
    runs = []
    with Progress() as progress:
        for name, judge in judges.items():
            progress.tell(f"judging {len(claims)} claims of {path.name}, half: {half}; by {name}")
            runs.append(measure_check(claims, name, judge, progress.claim))
    beside = {"model": runs[1].to_json()} if options.model else {}
    known = {"data": path.name, "half": half, **runs[0].to_json(), **beside}
    print_result(options.json, known, ["\n\n".join("\n".join(run.lines()) for run in runs)])


def _reading(options: argparse.Namespace) -> None:
    from eval.datasets.paragraphs import learnt_from, read_asked
    from eval.reading_run import measure_reading
    from index.span_model.span_reader import MODEL_FOLDER, SpanReader

    path, half = _path_and_half(options, "questions with their paragraphs")
    asked = list(read_asked(path))
    if half != "all":
        asked = learnt_from(asked) if half == "training" else [one for one in asked if one.paragraph.kept]
    if not asked:
        raise SettingsError(f"{path}: no question is of the half {half!r}; give another --half, or more data")
    folder = Path(options.model) if options.model else MODEL_FOLDER
    reader = SpanReader(folder)
    with Progress() as progress:
        progress.tell(f"reading {len(asked)} questions of {path.name}, half: {half}")
        name = f"the network in {folder}" if options.model else "the product's reader"
        run = measure_reading(
            asked, name, lambda question, *passage: reader.read(question, [passage])[0], progress.question
        )
    print_result(options.json, {"data": path.name, "half": half, **run.to_json()}, run.lines())


_RUNS: Mapping[str | None, Callable[[argparse.Namespace], None]] = {
    None: _sample,
    "retrieval": _retrieval,
    "answers": _answers,
    "dialogues": _dialogues,
    "kinds": _kinds,
    "pages": _pages,
    "check": _check,
    "reading": _reading,
}


def _path(options: argparse.Namespace, wanted: str) -> Path:
    if not options.data:
        raise SettingsError(f"eval {options.what} needs {wanted}")
    return Path(options.data)


def _path_and_half(options: argparse.Namespace, data: str) -> tuple[Path, Half]:
    """What is measured on, and which half of it: all, if none is named."""
    path = _path(options, f"--data PATH, {data}; docs/measuring.md says how they are written")
    return path, _half(options)


def _half(options: argparse.Namespace) -> Half:
    """Of what is kept for measuring, of what was tuned on or learnt from, or of all."""
    half = options.half or "all"
    if half not in ("kept", "training", "all"):
        raise SettingsError(f"eval {options.what} has no half {options.half!r}; give --half kept, training or all")
    return cast("Half", half)


def _data(options: argparse.Namespace) -> Dataset:
    from eval.datasets.questions import open_dataset

    return open_dataset(_path(options, "--data PATH, the questions to measure on; docs/measuring.md says which"))


@contextmanager
def _collection(
    options: argparse.Namespace, settings: Settings, data: Dataset, progress: Progress
) -> Iterator[tuple[Collection, Names]]:
    from eval.runs.measured_collection import Telling, measured_collection
    from ui.opening import opened

    keep = Path(options.keep) if options.keep else None
    telling = Telling(progress.tell, progress.article)
    with measured_collection(data, settings, opened(settings), keep, telling) as measured:
        yield measured


def _both(lines: Iterable[str], compared: Iterable[str]) -> Iterator[str]:
    """The run, and below a blank line how it compares."""
    yield from lines
    if against := list(compared):
        yield from ["", *against]


def _save(options: argparse.Namespace, run: Run[Any]) -> None:
    """Last: what was measured is not lost where it fails."""
    if options.save:
        run.save(Path(options.save))
