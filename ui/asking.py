"""The commands that ask and measure. Heavy parts are imported by the command that needs them."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import SettingsError
from index.sample_articles import EXAMPLE_QUESTIONS
from index.search.neighbours import depth_of, first_merged
from index.settings import names_in
from index.text.decoding import printable
from ui.common import opened, print_json, settings_of, tell
from ui.days import time_line
from ui.explained import explanations
from ui.filtering import flags_named
from ui.opening import is_sample
from ui.printing import answer_lines, found_lines

if TYPE_CHECKING:
    from assistant.request import Request


def run_chat(options: argparse.Namespace) -> int:
    if getattr(options, "terminal", False):
        return _converse(options)
    return _serve(options, open_browser=not getattr(options, "no_browser", False))


def _converse(options: argparse.Namespace) -> int:
    from assistant.assistant import Assistant
    from assistant.readers import Readers
    from ui.terminal_chat import converse

    settings = settings_of(options)
    with opened(settings) as collection, Readers(collection, settings) as readers:
        collection.second_stage()  # what is wrong with it is told before the first question
        converse(Assistant(collection, readers.open(settings.llm), settings.unsupported))
    return 0


def run_serve(options: argparse.Namespace) -> int:
    return _serve(options, with_api=True)


def run_mcp(options: argparse.Namespace) -> int:
    from assistant.assistant import Assistant
    from assistant.readers import Readers
    from ui.api.desk import Desks
    from ui.api.tools import mcp_server

    settings = settings_of(options)
    with opened(settings) as collection, Readers(collection, settings) as readers:
        collection.second_stage()
        mcp_server(Assistant(collection, readers.open(settings.llm), settings.unsupported), Desks()).run("stdio")
    return 0


def _serve(options: argparse.Namespace, *, open_browser: bool = False, with_api: bool = False) -> int:
    from assistant.assistant import Assistant
    from assistant.readers import Readers
    from ui.api.access import Reach, check_reach, keys_from
    from ui.serving import ended_by_sigterm, listening, run_chat

    settings = settings_of(options)
    reach = Reach(keys_from(), names_in(settings.hosts), names_in(settings.origins), settings.root_path)
    with ended_by_sigterm(), listening(settings.host, settings.port) as port:
        check_reach(port.getsockname()[0], reach.keys, reach.root_path, reach.hosts, reach.origins)
        with opened(settings) as collection, Readers(collection, settings) as readers:
            collection.second_stage()  # what is wrong with it is told before the page opens
            run_chat(
                Assistant(collection, readers.open(settings.llm), settings.unsupported),
                port,
                open_browser=open_browser,
                sample=is_sample(collection),
                reach=reach,
                with_api=with_api,
                readers=readers,
            )
    return 0


def run_ask(options: argparse.Namespace) -> int:
    from assistant.assistant import Assistant
    from assistant.events import Done, Found, Notice
    from assistant.readers import Readers

    settings = settings_of(options)
    with flags_named():
        request = _request(options)
        with opened(settings, once=True) as collection, Readers(collection, settings) as readers:
            assistant = Assistant(collection, readers.open(settings.llm), settings.unsupported)
            for event in assistant.stream(request):
                if isinstance(event, Found) and event.results.time:
                    tell(time_line(event.results.time, request.day))
                elif isinstance(event, Notice):
                    tell(printable(event.text))  # it may hold words of a model's server
    assert isinstance(event, Done)
    answer = event.answer
    if options.json:
        print_json(answer.to_json())
    else:
        print("\n".join(answer_lines(answer)))
    return 0


def run_search(options: argparse.Namespace) -> int:
    from assistant.answer import nearest_json

    settings = settings_of(options)
    with flags_named():
        request = _request(options)
        if options.k < 1:
            raise SettingsError(f"-k is {options.k}; it must be at least 1")
        with opened(settings, once=True) as collection:
            found = request.search(collection, depth_of(options.k))
            shown = first_merged(found, options.k, collection.text_of)
            why = explanations(collection, request, found, shown) if options.explain else []
    if found.time:
        tell(time_line(found.time, request.day))
    for line in found.notices:
        tell(line)
    if options.json:
        places = [{"rank": rank, "score": one.score, "parts": dict(one.parts)} for rank, one in enumerate(shown, 1)]
        reasons = [{"explain": one.to_json()} for one in why] or [{}] * len(shown)
        print_json([{**a, **nearest_json(one), **b} for a, one, b in zip(places, shown, reasons, strict=True)])
    else:
        print("\n".join(found_lines(shown, why)))
    return 0


_OPTIONS_OF_EVAL = {
    "data": ("retrieval", "answers", "pages", "check", "reading"),
    "save": ("retrieval", "answers", "pages"),
    "compare": ("retrieval", "answers"),
    "keep": ("retrieval", "answers"),
    "held_out": ("retrieval", "answers"),
    "half": ("pages", "check", "reading"),
    "model": ("check", "reading"),
}


def run_eval(options: argparse.Namespace) -> int:
    for name, owners in _OPTIONS_OF_EVAL.items():
        if getattr(options, name) and options.what not in owners:
            flag, names = name.replace("_", "-"), " and ".join(f"`byline eval {owner}`" for owner in owners)
            raise SettingsError(f"--{flag} belongs to {names}")
    if options.what:
        from ui.measuring import RUNS

        return RUNS[options.what](options)
    from eval.answers.sample_run import measure_sample

    settings = settings_of(options)
    run = measure_sample(settings.llm, settings.reranker, settings.prompts)
    if options.json:
        print_json(run.to_json())
    else:
        print("\n".join(run.lines()))
    return 0


def run_bench(options: argparse.Namespace) -> int:
    known: object
    lines: Iterator[str]
    if options.what == "growth":
        from eval.bench.bench_ingest import bench_growth, growth_lines

        small, large = bench_growth(options.sources)
        known, lines = {"small": asdict(small), "large": asdict(large)}, growth_lines(small, large)
    elif options.what == "search":
        from eval.bench.bench_search import bench_search, search_lines

        kept = Path(options.keep) if options.keep else None
        times = bench_search(options.sources, options.passages, kept, options.profile, tell)
        known, lines = times.to_json(), search_lines(times)
    elif options.what == "serve":
        from eval.bench.bench_serve import bench_serve, serve_lines

        settings, (file, *others) = settings_of(options), options.sources
        if others:
            raise SettingsError("bench serve takes one .jsonl file of questions, which are asked of the collection")
        figures = bench_serve(Path(file), settings, options.questions, options.at_once, options.against or "", tell)
        known, lines = figures.to_json(), serve_lines(figures)
    else:
        from eval.bench.bench_ingest import bench_ingest, ingest_lines, to_json

        parts = bench_ingest(options.sources)
        known, lines = to_json(parts), ingest_lines(parts)
    if options.json:
        print_json(known)
    else:
        print("\n".join(lines))
    return 0


def _request(options: argparse.Namespace) -> "Request":
    from assistant.request import Request

    question = " ".join(options.question)
    if not question.strip():
        raise SettingsError(f'the question is empty; for example: byline ask "{EXAMPLE_QUESTIONS[0]}"')
    return Request.read(
        question,
        as_of=options.as_of,
        since=options.since,
        until=options.until,
        outlets=options.outlet,
        authors=options.author,
        articles=options.article,
        any_time=options.any_time,
    )
