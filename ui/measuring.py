"""`byline eval retrieval`."""

import argparse
from dataclasses import asdict
from pathlib import Path

from index.errors import SettingsError
from ui.common import opened, print_json, settings_of
from ui.progress import Progress


def run_retrieval(options: argparse.Namespace) -> int:
    from eval.comparison import check_comparable, compare, load, save
    from eval.datasets import open_dataset
    from eval.measured_collection import Telling, measured_collection
    from eval.retrieval import measure
    from eval.retrieval_report import comparison_lines, run_lines

    if not options.data:
        raise SettingsError("eval retrieval needs --data PATH, the questions to measure on; the README says which")
    settings, data = settings_of(options), open_dataset(Path(options.data))
    before = load(Path(options.compare)) if options.compare else None
    if before:
        check_comparable(before, data)
    keep = Path(options.keep) if options.keep else None
    with Progress() as progress:
        telling = Telling(progress.tell, progress.article)
        with measured_collection(data, settings, opened(settings), keep, telling) as (collection, names):
            progress.tell(f"searching for the answers of {data.name}")
            run = measure(data, collection, names, progress.question)
    compared = compare(before, run) if before else None
    if options.json:
        print_json({**run.to_json(), "compared": asdict(compared) if compared else None})
    else:
        print("\n".join(run_lines(run)))
        if compared:
            print()
            print("\n".join(comparison_lines(compared)))
    if options.save:
        save(run, Path(options.save))  # last: what was measured is not lost where it fails
    return 0
