"""`byline add` and `sync`: articles from files, folders, web pages and feeds into the collection."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import SettingsError, SourceError
from ui.commands import Commands, Parser, add_json
from ui.terminal import Progress, print_result, tell

if TYPE_CHECKING:
    from index.article import Article
    from index.collection import Collection
    from index.ingest import Added
    from index.ingest.sources import Sources
    from index.web import Fetcher


def add_to(commands: Commands) -> None:
    add = commands.add("add", _add, "add articles: files, folders, web pages, feeds")
    add.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="a file, a folder, an http(s) address, or - for standard input"
    )
    _add_source_flags(add)
    sync = commands.add("sync", _sync, "add what is in a folder and remove what has gone from it")
    sync.add_argument("folder", metavar="DIR", help="the folder that the collection is to follow")
    _add_source_flags(sync)


def _add_source_flags(parser: Parser) -> None:
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="the column of a table for a field, such as text=body; may be given several times; sync keeps to it",
    )
    parser.add_argument(
        "--follow-links", action="store_true", help="read files outside of a folder that links in it lead to, too"
    )
    parser.add_argument(
        "--allow-private", action="store_true", help="fetch from this machine and from private networks too"
    )
    add_json(parser)


def _add(options: argparse.Namespace) -> int:
    return _added(options, options.sources)


def _sync(options: argparse.Namespace) -> int:
    from index.ingest.sources import is_address

    folder = Path(options.folder)
    if is_address(options.folder) or not folder.is_dir():
        raise SourceError(f"{options.folder}: no such folder; sync follows a folder of articles")
    return _added(options, [options.folder], followed=folder)


def _added(options: argparse.Namespace, sources: Sequence[str], followed: Path | None = None) -> int:
    """Add what the sources hold and report it; from the folder that is followed, remove what it holds no more."""
    from index.formats import place_of
    from index.formats.readings import ReadOptions
    from index.ingest.sources import STDIN, Sources, is_address
    from ui.opening import open_to_write, settings_of
    from ui.printing import article_line

    removed: list[Article] = []
    done: list[Added] = []
    with open_to_write(settings_of(options)) as collection, Progress(quiet=options.json) as progress:
        columns = _columns(options.map)
        reading = Sources(
            sources,
            options=ReadOptions(columns),
            stdin=sys.stdin.buffer if STDIN in sources else None,
            fetcher=_fetcher(collection, options.allow_private) if any(map(is_address, sources)) else None,
            known=collection.catalogue.articles_of_file,
            columns=collection.catalogue.columns_of if followed else lambda path: {},
            tell=progress.tell,
            progress=progress.file,
            follow_links=options.follow_links,
        )
        for added in collection.add(reading):
            done.append(added)
            progress.article()
            if not options.json:
                print(f"{added.outcome:9}  {article_line(added.article)}", flush=True)
        for source in sources if columns and done else ():
            if source != STDIN and not is_address(source):
                collection.catalogue.set_columns(place_of(source), columns)
        if followed is not None and (reading.seen or reading.unchanged):
            removed = collection.remove_vanished(followed, reading)
        articles, _ = collection.catalogue.count()
    return _report(options.json, done, removed, reading, articles)


def _report(
    as_json: bool, done: "Sequence[Added]", removed: "Sequence[Article]", sources: "Sources", articles: int
) -> int:
    from ui.printing import article_line

    failed = sources.failed
    outcomes = [*(added.outcome for added in done), *("removed" for _ in removed)]
    outcomes += ["unchanged"] * sources.unchanged + ["failed"] * len(failed)
    counts = {outcome: outcomes.count(outcome) for outcome in dict.fromkeys(outcomes)}
    if as_json:
        changes = [{"outcome": a.outcome, "article_id": a.article.id, "source": a.article.source} for a in done]
        gone = [{"outcome": "removed", "article_id": a.id, "source": a.source} for a in removed]
        passed = {suffix or "none": count for suffix, count in sources.passed_over.items()}
        known = {"counts": counts, "articles": [*changes, *gone], "failed": list(failed), "passed_over": passed}
        print_result(True, known, ())
    else:
        for article in removed:
            print(f"removed    {article_line(article)}")
    if done or removed or sources.unchanged or len(failed) > 1:
        counted = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
        tell(f"{counted}; the collection now holds {articles} articles")
    return SourceError.exit_code if failed else 0


def _columns(given: Sequence[str]) -> dict[str, str]:
    columns = {}
    for one in given:
        name, equals, column = one.partition("=")
        if not equals or not column:
            raise SettingsError(f"--map {one}: write it as --map FIELD=COLUMN, such as --map text=body")
        columns[name.strip().lower()] = column.strip()
    return columns


def _fetcher(collection: "Collection", allow_private: bool) -> "Fetcher":
    from index.web import Fetcher
    from index.web.fetch import Visits

    return Fetcher(allow_private=allow_private, memory=Visits(collection.catalogue))
