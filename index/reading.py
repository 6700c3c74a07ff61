"""Files in, articles out: which files of a path are articles, and the article in one of them."""

import os
from collections.abc import Iterator
from pathlib import Path

from index.errors import SourceError
from index.formats import READABLE, SUFFIXES, article_suffix, read_articles
from index.formats.base import Parsed, Reading, ReadOptions

__all__ = ["SUFFIXES", "Parsed", "ReadOptions", "Reading", "find_files", "read_articles", "read_file"]


def find_files(source: Path) -> list[Path]:
    """The article files of a path: the file itself, or all with one of SUFFIXES below a folder, sorted.

    Each may be gzipped. Hidden files and folders are passed over, and links to folders are not followed.
    Raises SourceError where the path is missing, unreadable, of another kind, or a folder without articles.
    """
    try:
        source.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: a NUL in the name
        raise SourceError(f"{source}: no such file or folder") from error
    except OSError as error:
        raise SourceError(f"{source}: cannot be read ({error.strerror})") from error
    if source.is_dir():
        found = sorted(_walk(source))
        if not found:
            raise SourceError(f"{source}: no articles in this folder ({READABLE})")
        return found
    if not article_suffix(source):
        raise SourceError(f"{source}: not an article file ({READABLE})")
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


def _walk(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise SourceError(f"{error.filename}: cannot be read ({error.strerror})") from error

    for place, folders, files in os.walk(folder, onerror=fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and article_suffix(Path(name)):
                yield Path(place, name)
