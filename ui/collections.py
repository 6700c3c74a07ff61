"""`byline collections`: the collections of a home, with what is in each."""

import argparse
from pathlib import Path
from typing import Any

from index.errors import BylineError, CollectionError
from index.settings import Settings
from index.text.decoding import printable


def add_flags(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def run_collections(options: argparse.Namespace) -> int:
    """One line for each collection; of one that cannot be used, why. The exit code is then that of the failure."""
    from ui.common import print_json, settings_of

    settings = settings_of(options)
    found = [_known(settings, folder) for folder in _folders(settings.home)]
    if options.json:
        print_json(found)
    else:
        print("\n".join(map(_line, found)) or f"no collections yet in {settings.home}; `byline add SOURCE` begins one")
    return CollectionError.exit_code if any(one["failure"] for one in found) else 0


def _folders(home: Path) -> list[Path]:
    try:
        return sorted(file.parent for file in (home / "collections").glob("*/catalogue.sqlite3"))
    except OSError as error:
        raise CollectionError(f"{home}: cannot be read ({error.strerror}); give another with --home") from error


def _known(settings: Settings, folder: Path) -> dict[str, Any]:
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
    if known["failure"]:
        return printable(f"{known['collection']:16}  not usable: {known['failure']}")
    days = " to ".join(day for day in dict.fromkeys((known["first"], known["last"])) if day)
    return printable(f"{known['collection']:16}  {known['articles']:>8,} articles  {days}".rstrip())
