"""`byline bench`: how fast articles are added, searched and served."""

import argparse
from dataclasses import asdict
from pathlib import Path

from index.errors import SettingsError
from ui.commands import Commands, add_json
from ui.terminal import print_result, tell


def add_to(commands: Commands) -> None:
    bench = commands.add("bench", _bench, "measure the speed of adding, searching and serving")
    bench.add_argument(
        "what",
        choices=list(_BENCHMARKS),
        metavar="{ingest,growth,search,serve}",
        help="ingest: against a bare Chroma loop and a quick-start; growth: against five times as many articles; "
        "search: against tantivy and Chroma with nothing around them; serve: answers, many at once, through /v1",
    )
    bench.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="files or folders of articles; serve: a .jsonl file of questions, asked of the collection",
    )
    bench.add_argument(
        "--passages",
        type=int,
        default=300_000,
        metavar="N",
        help="search: at least so many, by altered versions of the articles (300000)",
    )
    bench.add_argument("--keep", metavar="DIR", help="search: fill this folder, or use what is there from the last run")
    bench.add_argument("--profile", action="store_true", help="search: say where the time goes")
    bench.add_argument("--questions", type=int, default=3000, metavar="N", help="serve: how many are asked (3000)")
    bench.add_argument("--at-once", type=int, default=20, metavar="N", help="serve: how many at once (20)")
    bench.add_argument(
        "--against",
        metavar="PYTHON",
        help="serve: the Python of another installation of Byline, to be measured by turns",
    )
    add_json(bench)


def _bench(options: argparse.Namespace) -> int:
    _BENCHMARKS[options.what](options)
    return 0


def _ingest(options: argparse.Namespace) -> None:
    from eval.bench.bench_ingest import bench_ingest, ingest_lines, to_json

    parts = bench_ingest(options.sources)
    print_result(options.json, to_json(parts), ingest_lines(parts))


def _growth(options: argparse.Namespace) -> None:
    from eval.bench.bench_ingest import bench_growth, growth_lines

    small, large = bench_growth(options.sources)
    print_result(options.json, {"small": asdict(small), "large": asdict(large)}, growth_lines(small, large))


def _search(options: argparse.Namespace) -> None:
    from eval.bench.bench_search import bench_search, search_lines

    kept = Path(options.keep) if options.keep else None
    times = bench_search(options.sources, options.passages, kept, options.profile, tell)
    print_result(options.json, times.to_json(), search_lines(times))


def _serve(options: argparse.Namespace) -> None:
    from eval.bench.bench_serve import bench_serve, serve_lines
    from ui.opening import settings_of

    settings, (file, *others) = settings_of(options), options.sources
    if others:
        raise SettingsError("bench serve takes one .jsonl file of questions, which are asked of the collection")
    figures = bench_serve(Path(file), settings, options.questions, options.at_once, options.against or "", tell)
    print_result(options.json, figures.to_json(), serve_lines(figures))


_BENCHMARKS = {"ingest": _ingest, "growth": _growth, "search": _search, "serve": _serve}
