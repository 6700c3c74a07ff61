"""The commands that keep the collection: add, sync, list, show, edit, remove, rebuild and status."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.article import Article
from index.collection import Collection
from index.errors import SettingsError, SourceError
from index.filters import Filters, day_written
from index.formats import place_of
from index.formats.readings import ReadOptions
from index.ingest import CORRECTABLE, Added, lines_left_out
from index.ingest.sources import STDIN, Sources, is_address
from index.versions import KnownVersion
from ui.common import opened, print_json, settings_of, tell
from ui.filtering import flags_named
from ui.opening import open_to_write
from ui.printing import article_line, plain_article
from ui.progress import Progress

if TYPE_CHECKING:
    from index.web import Fetcher


def run_add(options: argparse.Namespace) -> int:
    return _add(options, options.sources)


def run_sync(options: argparse.Namespace) -> int:
    folder = Path(options.folder)
    if is_address(options.folder) or not folder.is_dir():
        raise SourceError(f"{options.folder}: no such folder; sync follows a folder of articles")
    return _add(options, [options.folder], followed=folder)


def run_list(options: argparse.Namespace) -> int:
    from assistant.answer import article_json

    with flags_named():
        filters = Filters.read(options.since, options.until, options.outlet, options.author)
        with opened(settings_of(options)) as collection:
            articles = list(collection.articles(filters))
    if options.json:
        print_json([{**article_json(a), "author": a.author or None, "source": a.source} for a in articles])
    else:
        print("\n".join(article_line(article) for article in articles))
    return 0


def run_show(options: argparse.Namespace) -> int:
    from assistant.answer import article_json

    with opened(settings_of(options)) as collection:
        article = collection.article(options.id)
        text = collection.catalogue.raw(article.id) if options.raw else article.text
        origins = collection.catalogue.origins(article.id)
        left_out = lines_left_out(collection.catalogue, article)
        earlier = collection.catalogue.versions(article.id).get(article.id, [])[:-1]
    if options.json:
        updated = article.updated.isoformat() if article.updated else None
        more = {"author": article.author or None, "updated": updated, "source": article.source, "origins": origins}
        versions = [_version_json(one) for one in earlier]
        print_json({**article_json(article), **more, "left_out": left_out, "earlier_versions": versions, "text": text})
    else:
        print(text if options.raw else plain_article(article, origins, left_out, earlier))
    return 0


def run_remove(options: argparse.Namespace) -> int:
    with open_to_write(settings_of(options), tell) as collection:
        for article in collection.remove(options.ids):
            print(f"removed  {article_line(article)}")
    return 0


def run_rebuild(options: argparse.Namespace) -> int:
    with open_to_write(settings_of(options), tell) as collection:
        collection.rebuild(options.re_embed)
        articles, passages = collection.catalogue.count()
    tell(f"rebuilt the search indexes: {articles} articles, {passages} passages")
    return 0


def run_status(options: argparse.Namespace) -> int:
    settings = settings_of(options)
    with opened(settings) as collection:
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
        print_json(known)
    else:
        print("\n".join(f"{name:10}  {value if value is not None else 'unknown'}" for name, value in known.items()))
    return 0


def run_edit(options: argparse.Namespace) -> int:
    corrections = {name: getattr(options, name) for name in CORRECTABLE if getattr(options, name) is not None}
    if not corrections:
        raise SettingsError(f"nothing to edit; give {', '.join(f'--{name}' for name in CORRECTABLE[:-1])} or --updated")
    with flags_named():
        days = {name: day_written(name, corrections[name]) for name in ("published", "updated") if name in corrections}
    corrections |= {name: day.isoformat() if day else "" for name, day in days.items()}
    with open_to_write(settings_of(options), tell) as collection:
        print(f"edited  {article_line(collection.edit(options.id, corrections))}")
    return 0


def _add(options: argparse.Namespace, sources: Sequence[str], followed: Path | None = None) -> int:
    removed: list[Article] = []
    done: list[Added] = []
    with open_to_write(settings_of(options), tell) as collection, Progress(quiet=options.json) as progress:
        columns = _columns(options.map)
        reading = Sources(
            sources,
            options=ReadOptions(columns),
            stdin=sys.stdin.buffer if STDIN in sources else None,
            fetcher=_fetcher(options, sources, collection),
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
    return _report(options, done, removed, reading, articles)


def _report(
    options: argparse.Namespace, done: Sequence[Added], removed: Sequence[Article], sources: Sources, articles: int
) -> int:
    failed = sources.failed
    for article in removed:
        if not options.json:
            print(f"removed    {article_line(article)}")
    outcomes = [*(added.outcome for added in done), *("removed" for _ in removed)]
    outcomes += ["unchanged"] * sources.unchanged + ["failed"] * len(failed)
    counts = {outcome: outcomes.count(outcome) for outcome in dict.fromkeys(outcomes)}
    if options.json:
        changes = [{"outcome": a.outcome, "article_id": a.article.id, "source": a.article.source} for a in done]
        gone = [{"outcome": "removed", "article_id": a.id, "source": a.source} for a in removed]
        passed = {suffix or "none": count for suffix, count in sources.passed_over.items()}
        print_json({"counts": counts, "articles": [*changes, *gone], "failed": list(failed), "passed_over": passed})
    if done or removed or sources.unchanged or len(failed) > 1:
        said = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
        tell(f"{said}; the collection now holds {articles} articles")
    return SourceError.exit_code if failed else 0


def _columns(given: Sequence[str]) -> dict[str, str]:
    columns = {}
    for one in given:
        name, equals, column = one.partition("=")
        if not equals or not column:
            raise SettingsError(f"--map {one}: write it as --map FIELD=COLUMN, such as --map text=body")
        columns[name.strip().lower()] = column.strip()
    return columns


def _fetcher(options: argparse.Namespace, sources: Sequence[str], collection: Collection) -> "Fetcher | None":
    if not any(map(is_address, sources)):
        return None
    from index.web import Fetcher
    from index.web.fetch import Visits

    return Fetcher(allow_private=options.allow_private, memory=Visits(collection.catalogue))


def _version_json(one: KnownVersion) -> dict[str, object]:
    day = one.updated or one.published
    return {
        "version": one.version.number or None,
        "created": one.version.created or None,
        "date": day.isoformat() if day else None,
        "title": one.title or None,
        "note": one.version.note or None,
        "source": one.source,
    }
