"""Files in, articles out: which files of a path are articles, and the article in one of them."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import SourceError
from index.formats import READABLE, SUFFIXES, article_suffix, place_of, read_articles
from index.formats.readings import Parsed, Reading, ReadOptions
from index.text.decoding import printable

__all__ = [
    "SUFFIXES",
    "Parsed",
    "PassedFiles",
    "ReadOptions",
    "Reading",
    "find_files",
    "place_of",
    "read_articles",
    "read_file",
]

_SUFFIX = re.compile(r"\.\w{1,12}")
_MOST_TOLD = 12  # suffixes


@dataclass
class PassedFiles:
    """What a folder holds that is not read: files by their suffix ("" where they have none), and links."""

    suffixes: Counter[str] = field(default_factory=Counter)
    links_out: int = 0  # to files outside of the folder
    links_to_folders: int = 0

    @property
    def lines(self) -> list[str]:
        """What is to be told of them: a line for the files, and one for the links."""
        kinds = sorted(self.suffixes.items(), key=lambda one: (-one[1], not one[0], one[0]))
        counts = [f"{count} {suffix or 'without a suffix'}" for suffix, count in kinds[:_MOST_TOLD]]
        more = sum(count for _, count in kinds[_MOST_TOLD:])
        counts += [f"{more} of other kinds"] if more else []
        out = f"{self.links_out} to files outside of it (--follow-links reads those)" if self.links_out else ""
        folders = f"{self.links_to_folders} to folders" if self.links_to_folders else ""
        links = ", ".join(filter(None, [out, folders]))
        files = f"passed over: {', '.join(counts)}" if counts else ""
        return [*filter(None, [files, f"links not followed: {links}" if links else ""])]


def find_files(
    source: Path,
    fail: Callable[[Path, SourceError], None] | None = None,
    *,
    passed: PassedFiles | None = None,
    follow_links: bool = False,
) -> list[Path]:
    """The article files of a path: the file itself, or all with one of SUFFIXES below a folder, sorted.

    Each may be gzipped. Hidden files and folders are passed over; links to folders are not followed, nor are those to
    files outside of the folder without `follow_links`. `passed` takes down what is not read. A folder within that
    cannot be read is given to `fail`.
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
        passed = passed or PassedFiles()
        found = sorted(_walk(source, fail, passed, follow_links))
        if not found:
            raise SourceError(f"{name}: no articles in this folder ({'; '.join([*passed.lines, READABLE])})")
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


def _walk(
    folder: Path, fail: Callable[[Path, SourceError], None] | None, passed: PassedFiles, follow_links: bool
) -> Iterator[Path]:
    inside = os.path.join(os.path.realpath(folder), "")  # noqa: PTH118  a path without the last separator is none within

    def failed(error: OSError) -> None:
        said = SourceError(f"{printable(str(error.filename))}: cannot be read ({error.strerror})")
        if fail is None or Path(error.filename) == folder:
            raise said from error
        fail(Path(error.filename), said)

    for place, folders, files in os.walk(folder, onerror=failed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        passed.links_to_folders += sum(Path(place, name).is_symlink() for name in folders)
        for path in (Path(place, name) for name in files if not name.startswith(".")):
            if not article_suffix(path):
                passed.suffixes[_suffix(path)] += 1
            elif path.is_symlink() and not follow_links and not os.path.realpath(path).startswith(inside):
                passed.links_out += 1
            else:
                yield path


def _suffix(path: Path) -> str:
    """The suffix as it is told: `.xml`, `.xml.gz`; empty for a name without, or with something else behind a dot."""
    packed = ".gz" if path.suffix.lower() == ".gz" else ""
    suffix = path.with_suffix("").suffix.lower() if packed else path.suffix.lower()
    return (suffix if _SUFFIX.fullmatch(suffix) else "") + packed
