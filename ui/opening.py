"""From settings to an open collection: the user's own, or the sample as long as nothing was added."""

import argparse
import contextlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from index.collection import Collection
from index.embedders import STATIC
from index.errors import CollectionError, SettingsError
from index.sample_articles import SAMPLE, fill_sample
from index.settings import Settings, load_settings
from ui.terminal import tell

_DEFAULT = "default"


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings, with the flags of a command."""
    return load_settings(vars(options))


@contextlib.contextmanager
def opened(settings: Settings, once: bool = False) -> Iterator[Collection]:
    """The collection to answer from, perhaps only once; a line says where it is the sample.

    Raises CollectionError where a collection was named and does not exist.
    """
    with _open_to_read(settings, once) as collection:
        if is_sample(collection) and not settings.collection:
            articles, _ = collection.catalogue.count()
            tell(f"nothing added yet: answering from {articles} sample articles; add yours with `byline add FOLDER`")
        yield collection


def open_to_write(settings: Settings) -> Collection:
    """The collection to add to or to change, begun if need be."""
    name = settings.collection or _DEFAULT
    if name == SAMPLE:
        raise SettingsError("the sample collection cannot be changed; choose another name with --collection")
    collection = _open(settings, name)
    try:
        collection.check_writable()
    except BaseException:
        collection.close()
        raise
    return collection


def is_sample(collection: Collection) -> bool:
    return collection.name == SAMPLE


def collection_folders(home: Path) -> list[Path]:
    """The folders of all collections of a home. Raises CollectionError."""
    with _readable(home):
        return sorted(file.parent for file in (home / "collections").glob("*/catalogue.sqlite3"))


def _open_to_read(settings: Settings, once: bool) -> Collection:
    """The user's own, or the sample, filled, where the default one is still empty."""
    name = settings.collection or _DEFAULT
    if name != SAMPLE and _exists(settings, name):
        collection = _open(settings, name, once)
        if settings.collection or collection.catalogue.count()[0]:
            return collection
        collection.close()
    elif settings.collection not in ("", SAMPLE):
        raise CollectionError(
            f"{settings.home}: no collection is called {name}; `byline --collection {name} add SOURCE` begins one"
        )
    sample = _open(replace(settings, embedder=STATIC), SAMPLE, once)
    fill_sample(sample)
    return sample


def _share_as(folder: Path) -> None:
    """Let what is written from now on be read and changed by those whom the collection's folder lets in.

    A new one lets nobody in but its owner; who gives others its folder gives them all that comes into it.
    """
    with contextlib.suppress(OSError):
        if shared := folder.stat().st_mode & 0o077:
            os.umask(0o077 & ~shared)


def _exists(settings: Settings, name: str) -> bool:
    with _readable(settings.home):
        return (settings.home / "collections" / name / "catalogue.sqlite3").exists()


@contextlib.contextmanager
def _readable(home: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CollectionError(f"{home}: cannot be read ({error.strerror}); give another with --home") from error


def _open(settings: Settings, name: str, once: bool = False) -> Collection:
    folder = settings.home / "collections" / name
    _share_as(folder)
    return Collection(
        folder,
        settings.embedder,
        tell,
        settings.chroma,
        settings.wait,
        settings.reranker,
        settings.rerank_seconds,
        once,
    )
