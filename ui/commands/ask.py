"""`byline ask` and `search`: one question, answered, or the passages that search finds for it."""

import argparse
from typing import TYPE_CHECKING

from index.errors import SettingsError
from ui.commands import Commands, Parser, add_answering, add_json, add_question_filters, add_reranker, flags_named
from ui.terminal import print_result, tell

if TYPE_CHECKING:
    from assistant.request import Request


def add_to(commands: Commands) -> None:
    ask = commands.add("ask", _ask, "answer a question in the terminal")
    ask.add_argument("question", nargs="+", metavar="Q", help="the question")
    add_question_filters(ask)
    ask.add_argument(
        "--as",
        dest="kind",
        metavar="KIND",
        help="take the question for one of this kind: fact, comparison, sequence, summary ...",
    )
    add_answering(ask)
    add_json(ask)
    _add_search_flags(commands.add("search", _search, "show the passages that match best"))


def _add_search_flags(parser: Parser) -> None:
    parser.add_argument("question", nargs="+", metavar="Q", help="the question or words")
    parser.add_argument("-k", type=int, default=10, metavar="N", help="how many passages (10)")
    add_question_filters(parser)
    parser.add_argument(
        "--explain", action="store_true", help="say of each passage which words matched and what its score is made of"
    )
    parser.add_argument("--llm", metavar="SPEC", help="accepted as in ask; search needs no language model")
    add_reranker(parser)
    add_json(parser)


def _ask(options: argparse.Namespace) -> int:
    from assistant.assistant import Assistant
    from assistant.events import Done, Found, Notice, Step
    from assistant.readers import Readers
    from index.text.decoding import printable
    from ui.opening import opened, settings_of
    from ui.printing import answer_lines
    from ui.wording import time_line

    settings = settings_of(options)
    with flags_named():
        request = _request(options)
        with opened(settings, once=True) as collection, Readers(collection, settings) as readers:
            assistant = Assistant(collection, readers.open(settings.llm), settings.unsupported)
            for event in assistant.stream(request):
                if isinstance(event, Found) and event.results.time:
                    tell(time_line(event.results.time, request.day))
                elif isinstance(event, Step):
                    tell(printable(f"asking: {event.question}"))
                elif isinstance(event, Notice):
                    tell(printable(event.text))  # it may hold words of a model's server
    assert isinstance(event, Done)
    print_result(options.json, event.answer.to_json(), answer_lines(event.answer))
    return 0


def _search(options: argparse.Namespace) -> int:
    from assistant.answer import nearest_json
    from index.search.result import depth_of, first_merged
    from ui.opening import opened, settings_of
    from ui.printing import explanations, found_lines
    from ui.wording import time_line

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
    places = [{"rank": rank, "score": one.score, "parts": dict(one.parts)} for rank, one in enumerate(shown, 1)]
    reasons = [{"explain": one.to_json()} for one in why] or [{}] * len(shown)
    passages = [{**a, **nearest_json(one), **b} for a, one, b in zip(places, shown, reasons, strict=True)]
    print_result(options.json, passages, found_lines(shown, why))
    return 0


def _request(options: argparse.Namespace) -> "Request":
    from assistant.request import Request
    from index.sample_articles import EXAMPLE_QUESTIONS

    question = " ".join(options.question)
    if not question.strip():
        raise SettingsError(f'the question is empty; for example: byline ask "{EXAMPLE_QUESTIONS[0]}"')
    return Request.read(
        question,
        as_of=options.as_of,
        since=options.since,
        until=options.until,
        outlets=options.outlets,
        authors=options.authors,
        articles=options.articles,
        any_time=options.any_time,
        kind=getattr(options, "kind", None),
    )
