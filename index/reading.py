"""Files in, articles out: which files of a path are articles, and the article in one of them."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from index.decoding import printable
from index.errors import SourceError
from index.formats import READABLE, SUFFIXES, article_suffix, place_of, read_articles
from index.formats.base import Parsed, Reading, ReadOptions

__all__ = ["SUFFIXES", "Parsed", "ReadOptions", "Reading", "find_files", "place_of", "read_articles", "read_file"]


def find_files(source: Path, fail: Callable[[Path, SourceError], None] | None = None) -> list[Path]:
    """The article files of a path: the file itself, or all with one of SUFFIXES below a folder, sorted.

    Each may be gzipped. Hidden files and folders are passed over, and links to folders are not followed. A folder
    within that cannot be read is given to `fail`.
    Raises SourceError where the path is missing, unreadable, of another kind, or a folder without articles.
    """
    name = printable(str(source))
    try:
        source.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: a NUL in the name
        raise SourceError(f"{name}: no such file or folder") from error
    except OSError as error:
        raise SourceError(f"{name}: cannot be read ({error.strerror})") from error
    if source.is_dir():
        found = sorted(_walk(source, fail))
        if not found:
            raise SourceError(f"{name}: no articles in this folder ({READABLE})")
        return found
    if not article_suffix(source):
        raise SourceError(f"{name}: not an article file ({READABLE})")
    return [source]


def read_file(path: Path) -> Reading:
    """The article in a file that holds one, such as `.txt` and `.md`; of several, the first.

    Raises SourceError where the file is not what its suffix says, its front matter is broken, or no article is left.
    """
    for parsed in read_articles(path):
        if isinstance(parsed, SourceError):
            raise parsed
        return parsed
    raise SourceError(f"{path}: no article in this file")


def _walk(folder: Path, fail: Callable[[Path, SourceError], None] | None) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        said = SourceError(f"{printable(str(error.filename))}: cannot be read ({error.strerror})")
        if fail is None or Path(error.filename) == folder:
            raise said from error
        fail(Path(error.filename), said)

    for place, folders, files in os.walk(folder, onerror=failed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and article_suffix(Path(name)):
                yield Path(place, name)
