"""What each command does. Heavy parts are imported by the command that needs them."""

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from index.adding import Added
from index.collection import Collection
from index.errors import SettingsError, SourceError
from index.reading import Reading, find_files, read_file
from index.sample_articles import EXAMPLE_QUESTIONS
from index.settings import Settings, load_settings
from ui.opening import is_sample, open_to_read, open_to_write
from ui.printing import answer_lines, article_line, found_lines, plain_article


def run_chat(options: argparse.Namespace) -> int:
    from assistant.assistant import Assistant
    from assistant.readers import open_reader
    from ui.serving import listening, run_chat

    settings = _settings(options)
    with listening(settings.host, settings.port) as port, _opened(settings) as collection:
        run_chat(
            Assistant(collection, open_reader(settings.llm, collection)),
            port,
            open_browser=not getattr(options, "no_browser", False),
            sample=is_sample(collection),
        )
    return 0


def run_ask(options: argparse.Namespace) -> int:
    from assistant.assistant import Assistant
    from assistant.events import Done, Notice
    from assistant.readers import open_reader

    settings, question, as_of = _settings(options), _question(options), _as_of(options)
    with _opened(settings) as collection:
        for event in Assistant(collection, open_reader(settings.llm, collection)).stream(question, as_of=as_of):
            if isinstance(event, Notice):
                _tell(event.text)
        assert isinstance(event, Done)
        answer = event.answer
    if options.json:
        _print_json(answer.to_json())
    else:
        print("\n".join(answer_lines(answer)))
    return 0


def run_search(options: argparse.Namespace) -> int:
    from assistant.answer import nearest_json

    settings, question, as_of = _settings(options), _question(options), _as_of(options)
    if options.k < 1:
        raise SettingsError(f"-k is {options.k}; it must be at least 1")
    with _opened(settings) as collection:
        found = collection.search(question, options.k, as_of)
    if options.json:
        places = [{"rank": rank, "score": one.score, "parts": dict(one.parts)} for rank, one in enumerate(found, 1)]
        _print_json([{**place, **nearest_json(one)} for place, one in zip(places, found, strict=True)])
    else:
        print("\n".join(found_lines(found)))
    return 0


def run_eval(options: argparse.Namespace) -> int:
    from eval.sample_run import report_lines, run_sample

    report = run_sample(_settings(options).llm)
    if options.json:
        _print_json(report.to_json())
    else:
        print("\n".join(report_lines(report)))
    return 0


def run_add(options: argparse.Namespace) -> int:
    settings = _settings(options)
    failures: list[str] = []
    done: list[Added] = []
    with open_to_write(settings, _tell) as collection:
        for added in collection.add(_readings(options.sources, failures)):
            done.append(added)
            if not options.json:
                print(f"{added.outcome:9}  {article_line(added.article)}", flush=True)
        articles, _ = collection.catalogue.count()
    if options.json:
        _print_json(
            {
                "articles": [
                    {"outcome": a.outcome, "article_id": a.article.id, "source": a.article.source} for a in done
                ],
                "failed": failures,
            }
        )
    if done or len(failures) > 1:
        outcomes = [added.outcome for added in done]
        counts = [f"{outcomes.count(outcome)} {outcome}" for outcome in dict.fromkeys(outcomes)]
        failed = [f"{len(failures)} failed"] if failures else []
        _tell(f"{', '.join([*counts, *failed])}; the collection now holds {articles} articles")
    return SourceError.exit_code if failures else 0


def run_list(options: argparse.Namespace) -> int:
    from assistant.answer import article_json

    with _opened(_settings(options)) as collection:
        articles = list(collection.catalogue.articles())
    if options.json:
        _print_json([{**article_json(a), "author": a.author or None, "source": a.source} for a in articles])
    else:
        print("\n".join(article_line(article) for article in articles))
    return 0


def run_show(options: argparse.Namespace) -> int:
    from assistant.answer import article_json

    with _opened(_settings(options)) as collection:
        article = collection.article(options.id)
        text = collection.catalogue.raw(article.id) if options.raw else article.text
    if options.json:
        _print_json({**article_json(article), "author": article.author or None, "source": article.source, "text": text})
    else:
        print(text if options.raw else plain_article(article))
    return 0


def run_remove(options: argparse.Namespace) -> int:
    with open_to_write(_settings(options), _tell) as collection:
        for article in collection.remove(options.ids):
            print(f"removed  {article_line(article)}")
    return 0


def run_rebuild(options: argparse.Namespace) -> int:
    with open_to_write(_settings(options), _tell) as collection:
        collection.rebuild(options.re_embed)
        articles, passages = collection.catalogue.count()
    _tell(f"rebuilt the search indexes: {articles} articles, {passages} passages")
    return 0


def run_status(options: argparse.Namespace) -> int:
    settings = _settings(options)
    with _opened(settings) as collection:
        status = collection.status()
    known = {
        "collection": status.name,
        "folder": str(status.folder),
        "articles": status.articles,
        "passages": status.passages,
        "first": status.first.isoformat() if status.first else None,
        "last": status.last.isoformat() if status.last else None,
        "embedder": status.embedder,
        "llm": settings.llm,
        "indexes": "current" if status.indexes_current else "behind; the next search brings them up to date",
    }
    if options.json:
        _print_json(known)
    else:
        print("\n".join(f"{name:10}  {value if value is not None else 'unknown'}" for name, value in known.items()))
    return 0


def _settings(options: argparse.Namespace) -> Settings:
    return load_settings(vars(options))


@contextlib.contextmanager
def _opened(settings: Settings) -> Iterator[Collection]:
    with open_to_read(settings, _tell) as collection:
        if is_sample(collection) and not settings.collection:
            articles, _ = collection.catalogue.count()
            _tell(f"nothing added yet: answering from {articles} sample articles; add yours with `byline add FOLDER`")
        yield collection


def _readings(sources: list[str], failures: list[str]) -> Iterator[Reading]:
    """The articles of all sources. What cannot be read is told and put on the list; the rest goes on."""
    for source in sources:
        try:
            files = find_files(Path(source))
        except SourceError as error:
            _fail(error, failures)
            continue
        for file in files:
            try:
                reading = read_file(file)
            except SourceError as error:
                _fail(error, failures)
                continue
            yield reading


def _fail(error: SourceError, failures: list[str]) -> None:
    failures.append(str(error))
    _tell(str(error))


def _question(options: argparse.Namespace) -> str:
    question = " ".join(" ".join(options.question).split())
    if not question:
        raise SettingsError(f'the question is empty; for example: byline ask "{EXAMPLE_QUESTIONS[0]}"')
    return question


def _as_of(options: argparse.Namespace) -> date | None:
    if options.as_of is None:
        return None
    try:
        return date.fromisoformat(options.as_of)
    except ValueError as error:
        raise SettingsError(f"--as-of is {options.as_of!r}; write the date as YYYY-MM-DD") from error


def _tell(line: str) -> None:
    print(f"byline: {line}", file=sys.stderr)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
