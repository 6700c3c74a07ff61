"""From settings to an open collection: the user's own, or the sample as long as nothing was added."""

import contextlib
import os
from dataclasses import replace
from pathlib import Path

from index.collection import Collection
from index.embedders import STATIC
from index.errors import CollectionError, SettingsError
from index.indexes.replication import Tell
from index.sample_articles import SAMPLE, fill_sample
from index.settings import Settings

_DEFAULT = "default"


def open_to_read(settings: Settings, tell: Tell, once: bool = False) -> Collection:
    """The collection to answer from, perhaps only once; the sample, filled, where the default one is still empty.

    Raises CollectionError where a collection was named and does not exist.
    """
    name = settings.collection or _DEFAULT
    if name != SAMPLE and _exists(settings, name):
        collection = _open(settings, name, tell, once)
        if settings.collection or collection.catalogue.count()[0]:
            return collection
        collection.close()
    elif settings.collection not in ("", SAMPLE):
        raise CollectionError(
            f"{settings.home}: no collection is called {name}; `byline --collection {name} add SOURCE` begins one"
        )
    sample = _open(replace(settings, embedder=STATIC), SAMPLE, tell, once)
    fill_sample(sample)
    return sample


def open_to_write(settings: Settings, tell: Tell) -> Collection:
    """The collection to add to or to change, begun if need be."""
    name = settings.collection or _DEFAULT
    if name == SAMPLE:
        raise SettingsError("the sample collection cannot be changed; choose another name with --collection")
    collection = _open(settings, name, tell)
    try:
        collection.check_writable()
    except BaseException:
        collection.close()
        raise
    return collection


def is_sample(collection: Collection) -> bool:
    return collection.name == SAMPLE


def _share_as(folder: Path) -> None:
    """Let what is written from now on be read and changed by those whom the collection's folder lets in.

    A new one lets nobody in but its owner; who gives others its folder gives them all that comes into it.
    """
    with contextlib.suppress(OSError):
        if shared := folder.stat().st_mode & 0o077:
            os.umask(0o077 & ~shared)


def _exists(settings: Settings, name: str) -> bool:
    try:
        return (settings.home / "collections" / name / "catalogue.sqlite3").exists()
    except OSError as error:
        raise CollectionError(
            f"{settings.home}: cannot be read ({error.strerror}); give another with --home"
        ) from error


def _open(settings: Settings, name: str, tell: Tell, once: bool = False) -> Collection:
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
