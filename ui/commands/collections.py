"""`byline rebuild`, `status` and `collections`: a collection as a whole, and all those of a home."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import BylineError, CollectionError
from ui.commands import Commands, add_json
from ui.terminal import print_result, tell

if TYPE_CHECKING:
    from index.settings import Settings


def add_to(commands: Commands) -> None:
    rebuild = commands.add("rebuild", _rebuild, "build the search indexes anew from the catalogue")
    rebuild.add_argument(
        "--re-embed", action="store_true", help="compute all vectors anew, with the embedder of the settings"
    )
    add_json(commands.add("status", _status, "show the collection in figures"))
    add_json(commands.add("collections", _collections, "list the collections of the home"))


def _rebuild(options: argparse.Namespace) -> int:
    from ui.opening import open_to_write, settings_of

    with open_to_write(settings_of(options)) as collection:
        collection.rebuild(options.re_embed)
        articles, passages = collection.catalogue.count()
    tell(f"rebuilt the search indexes: {articles} articles, {passages} passages")
    return 0


def _status(options: argparse.Namespace) -> int:
    from ui.opening import opened, settings_of

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
    lines = (f"{name:10}  {value if value is not None else 'unknown'}" for name, value in known.items())
    print_result(options.json, known, lines)
    return 0


def _collections(options: argparse.Namespace) -> int:
    """One line for each collection; of one that cannot be used, why. The exit code is then that of the failure."""
    from ui.opening import collection_folders, settings_of

    settings = settings_of(options)
    found = [_known(settings, folder) for folder in collection_folders(settings.home)]
    none = f"no collections yet in {settings.home}; `byline add SOURCE` begins one"
    print_result(options.json, found, map(_line, found) if found else [none])
    return CollectionError.exit_code if any(one["failure"] for one in found) else 0


def _known(settings: "Settings", folder: Path) -> dict[str, Any]:
    from index.collection import Collection

    known: dict[str, Any] = {"collection": folder.name, "articles": None, "first": None, "last": None, "failure": None}
    try:
        with Collection(folder, settings.embedder, lambda line: None, settings.chroma, settings.wait) as collection:
            status = collection.status()
    except BylineError as error:
        return {**known, "failure": " ".join(str(error).split())}
    days = {name: day.isoformat() if day else None for name, day in (("first", status.first), ("last", status.last))}
    return {**known, "articles": status.articles, **days}


def _line(known: dict[str, Any]) -> str:
    from index.text.decoding import printable

    if known["failure"]:
        return printable(f"{known['collection']:16}  not usable: {known['failure']}")
    days = " to ".join(day for day in dict.fromkeys((known["first"], known["last"])) if day)
    return printable(f"{known['collection']:16}  {known['articles']:>8,} articles  {days}".rstrip())
