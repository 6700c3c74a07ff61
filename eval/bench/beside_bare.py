"""A large collection and, beside it, the bare indexes of the same passages: what search is measured in."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import rmtree

from eval.bench.altered import MOST_TIMES, grown
from index.collection import Collection
from index.errors import IndexDamaged, SourceError
from index.formats import Reading
from index.indexes.bare_stores import BareVectors, BareWords
from index.ingest.sources import Sources
from index.store.catalogue import Catalogue
from index.text.passages import titled

_LOOKED_AT = 200  # articles, before the passages are counted again


def fill(collection: Collection, sources: Sequence[str], passages: int) -> None:
    """Add the sources' articles, and altered versions of each, until the collection holds so many passages.

    Nothing is added where it does already. Raises SourceError where all versions together are not enough.
    """
    if collection.catalogue.count()[1] < passages:
        for _ in collection.add(_enough(collection, sources, passages)):
            pass
    made = collection.catalogue.count()[1]
    if made < passages:
        raise SourceError(
            f"{', '.join(sources)}: {made} passages in {MOST_TIMES} versions of all articles, and {passages} are to "
            "be searched; give more sources, or a lesser --passages"
        )


@contextmanager
def bare_indexes(folder: Path, catalogue: Catalogue) -> Iterator[tuple[BareVectors, BareWords]]:
    """The bare indexes of all passages, in folders of their own, filled unless they hold as many already."""
    stored, count = catalogue.passages, catalogue.count()[1]
    vectors, words = folder / "bare-vectors", folder / "bare-words"
    if not _holds(vectors, _vectors_in, count):
        BareVectors.fill(vectors, ((rows.keys.tolist(), rows.vectors) for rows in stored.vectors_since(0)))
    if not _holds(words, _words_in, count):
        BareWords.fill(words, (titled(one.article, one.passage) for one in stored.since(0)))
    with closing(BareVectors(vectors)) as opened:
        yield opened, BareWords(words)


def _enough(collection: Collection, sources: Sequence[str], passages: int) -> Iterator[Reading]:
    for number, reading in enumerate(grown(lambda: Sources(sources), MOST_TIMES)):
        if number % _LOOKED_AT == 0 and collection.catalogue.count()[1] >= passages:
            return
        yield reading


def _holds(place: Path, counted: Callable[[Path], int], count: int) -> bool:
    """Whether the index is there with so many passages; what is left of another is removed."""
    try:
        if place.exists() and counted(place) == count:
            return True
    except IndexDamaged:
        pass  # a run that was broken off left it
    rmtree(place, ignore_errors=True)
    return False


def _vectors_in(place: Path) -> int:
    with closing(BareVectors(place)) as index:
        return index.count()


def _words_in(place: Path) -> int:
    return BareWords(place).count()
