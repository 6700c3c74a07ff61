"""`byline eval retrieval`, `answers`, `dialogues`, `pages`, `check` and `reading`."""

import argparse
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.collection import Collection
from index.errors import SettingsError
from index.settings import Settings
from ui.common import opened, print_json, settings_of
from ui.progress import Progress

if TYPE_CHECKING:
    from eval.check.check_run import Judge
    from eval.datasets.claims import Half
    from eval.datasets.questions import Dataset
    from eval.runs.measured_collection import Names
    from eval.runs.run import Run


def run_retrieval(options: argparse.Namespace) -> int:
    from eval.retrieval_run import RetrievalRun, comparison_lines, measure_retrieval
    from eval.runs.comparison import compare
    from eval.runs.measured_collection import held_out

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
    if options.json:
        print_json({**run.to_json(), "compared": compared.to_json() if compared else None})
    else:
        _print_lines(run.lines(), comparison_lines(compared) if compared else ())
    _save(options, run)
    return 0


def run_answers(options: argparse.Namespace) -> int:
    from assistant.assistant import Assistant
    from eval.answers.answers_run import AnswersRun, comparison_lines, measure_answers, open_measured
    from eval.runs.comparison import compare
    from eval.runs.measured_collection import held_out

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
    if options.json:
        print_json({**run.to_json(), "compared": compared.to_json()["figures"] if compared else None})
    else:
        _print_lines(run.lines(), comparison_lines(compared) if compared else ())
    _save(options, run)
    return 0


def run_dialogues(options: argparse.Namespace) -> int:
    from eval.dialogues.dialogues_run import measure_dialogues

    settings = settings_of(options)
    run = measure_dialogues(settings.llm, settings.reranker)
    if options.json:
        print_json(run.to_json())
    else:
        _print_lines(run.lines(), ())
    return 0


def run_pages(options: argparse.Namespace) -> int:
    from eval.pages_run import measure_pages, read_pages

    if not options.data:
        raise SettingsError(
            "eval pages needs --data FILE, the pages to measure on; docs/measuring.md says how they are written"
        )
    if options.half not in (None, "even", "odd"):
        raise SettingsError(f"eval pages has no half {options.half!r}; give --half even or odd")
    file = Path(options.data)
    pages = read_pages(file, options.half)
    with Progress() as progress:
        progress.tell(f"reading the pages of {file.name}")
        run = measure_pages(pages, file.name, progress.page)
    if options.json:
        print_json(run.to_json())
    else:
        _print_lines(run.lines(), ())
    _save(options, run)
    return 0


_HALVES: Mapping[str, "Half"] = {"kept": "kept", "training": "training", "all": "all"}


def run_check(options: argparse.Namespace) -> int:
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
    if options.json:
        beside = {"model": runs[1].to_json()} if options.model else {}
        print_json({"data": path.name, "half": half, **runs[0].to_json(), **beside})
    else:
        print("\n\n".join("\n".join(run.lines()) for run in runs))
    return 0


def run_reading(options: argparse.Namespace) -> int:
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
    if options.json:
        print_json({"data": path.name, "half": half, **run.to_json()})
    else:
        _print_lines(run.lines(), ())
    return 0


def _path_and_half(options: argparse.Namespace, data: str) -> tuple[Path, "Half"]:
    """What is measured on, and which half of it: all, if none is named."""
    if not options.data:
        raise SettingsError(
            f"eval {options.what} needs --data PATH, {data}; docs/measuring.md says how they are written"
        )
    half = _HALVES.get(options.half or "all")
    if not half:
        raise SettingsError(f"eval {options.what} has no half {options.half!r}; give --half kept, training or all")
    return Path(options.data), half


def _data(options: argparse.Namespace) -> "Dataset":
    from eval.datasets.questions import open_dataset

    if not options.data:
        raise SettingsError(
            f"eval {options.what} needs --data PATH, the questions to measure on; docs/measuring.md says which"
        )
    return open_dataset(Path(options.data))


@contextmanager
def _collection(
    options: argparse.Namespace, settings: Settings, data: "Dataset", progress: Progress
) -> Generator[tuple[Collection, "Names"], None, None]:
    from eval.runs.measured_collection import Telling, measured_collection

    keep = Path(options.keep) if options.keep else None
    telling = Telling(progress.tell, progress.article)
    with measured_collection(data, settings, opened(settings), keep, telling) as measured:
        yield measured


def _print_lines(lines: Iterable[str], compared: Iterable[str]) -> None:
    print("\n".join(lines))
    if against := list(compared):
        print()
        print("\n".join(against))


def _save(options: argparse.Namespace, run: "Run[Any]") -> None:
    """Last: what was measured is not lost where it fails."""
    if options.save:
        run.save(Path(options.save))


RUNS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "answers": run_answers,
    "check": run_check,
    "dialogues": run_dialogues,
    "pages": run_pages,
    "reading": run_reading,
    "retrieval": run_retrieval,
}
"""What `byline eval` measures, by its name."""
