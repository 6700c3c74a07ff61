"""Where articles come from: files, folders, addresses on the web and standard input, as one stream of readings."""

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from index.article import files_of
from index.errors import PassedOver, SourceError
from index.formats import (
    MAX_TABLE_BYTES,
    Parsed,
    PassedFiles,
    Reading,
    ReadOptions,
    find_files,
    place_of,
    read_articles,
)

if TYPE_CHECKING:
    from index.web import Fetcher

STDIN = "-"
_LARGEST = MAX_TABLE_BYTES  # a larger file is read anew each time, if it can be read


@dataclass(eq=False)
class Sources:
    """The articles of some sources, and what could not be read of them.

    Iterate over it once. `failed` then holds one line for each thing that could not be read (`tell` got it at
    once), `seen` the source of each article that could, `untouched` the paths and addresses that gave an error or
    have not changed. `known` tells how many articles a file held when it last had this digest, if it was read whole;
    such a file is passed over, and its articles count as `unchanged`. `read_whole` has the digest and the number of
    articles of each file that was read without an error. `columns` gives what `--map` said of a file at an earlier
    time, which holds where the options name no columns. `passed_over` counts, by suffix, the files of folders that are
    of another kind; links out of a folder are followed with `follow_links`. `progress` is called with the file that is
    about to be read, its number and the number of files, if known.
    """

    sources: Sequence[str]
    _: KW_ONLY
    options: ReadOptions | None = None
    fetcher: "Fetcher | None" = None
    stdin: BinaryIO | None = None
    known: Callable[[str, str], int | None] = lambda path, digest: None
    columns: Callable[[str], Mapping[str, str]] = lambda path: {}
    tell: Callable[[str], None] = lambda line: None
    progress: Callable[[str, int, int], None] = lambda file, number, total: None
    follow_links: bool = False
    passed_over: Counter[str] = field(default_factory=Counter, init=False)
    failed: list[str] = field(default_factory=list, init=False)
    seen: set[str] = field(default_factory=set, init=False)
    untouched: set[str] = field(default_factory=set, init=False)
    read_whole: dict[str, tuple[str, int]] = field(default_factory=dict, init=False)
    unchanged: int = field(default=0, init=False)  # articles of addresses and files that have not changed
    _told_columns: set[str] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        self._reading = replace(self.options or ReadOptions(), tell=self.tell)

    def __iter__(self) -> Iterator[Reading]:
        files, others = self._split()
        for number, file in enumerate(files, 1):
            self.progress(file.name, number, len(files))
            yield from self._file(file)
        for source in others:
            self.progress(source, 0, 0)
            yield from self._readings(source, self._other(source))

    def has_passed_over(self, source: str) -> bool:
        """Whether the file that an article was read from, or a folder above it, could not be read or is unchanged."""
        return any(
            str(path) in self.untouched for file in files_of(source) for path in (Path(file), *Path(file).parents)
        )

    def _file(self, file: Path) -> Iterator[Reading]:
        path = place_of(file)
        options = self._options_for(path)
        digest = self._digest(file, options)
        if digest and (articles := self.known(path, digest)) is not None:
            self.unchanged += articles
            self.untouched.add(path)
            return
        count = 0
        for reading in self._readings(path, read_articles(file, options)):
            count += 1
            yield reading
        if digest and path not in self.untouched:
            self.read_whole[path] = (digest, count)

    def _options_for(self, path: str) -> ReadOptions:
        """How to read a file: as the options say, or as it was read before."""
        earlier = {} if self._reading.columns else self.columns(path)
        if not earlier:
            return self._reading
        said = " ".join(f"--map {field}={column}" for field, column in earlier.items())
        if said not in self._told_columns:
            self._told_columns.add(said)
            self.tell(f"tables are read with {said}, as when they were added; another --map changes that")
        return replace(self._reading, columns=earlier, is_remembered=True)

    def _digest(self, file: Path, options: ReadOptions) -> str:
        """Of the file, of how it is read and by which Byline; "" if it cannot be read, which the reader will say."""
        made = hashlib.blake2b(f"{version('byline')} {options.columns!r}".encode(), digest_size=16)
        try:
            if not file.is_file() or file.stat().st_size > _LARGEST:  # a pipe gives what it holds only once
                return ""
            with file.open("rb") as opened:
                while block := opened.read(1 << 20):
                    made.update(block)
        except OSError:
            return ""
        return made.hexdigest()

    def _split(self) -> tuple[list[Path], list[str]]:
        files: list[Path] = []
        others: list[str] = []
        for source in self.sources:
            if source == STDIN or is_address(source):
                others.append(source)
                continue
            try:
                files.extend(self._found(source))
            except SourceError as error:
                self._fail(place_of(source), error)
        return list(dict.fromkeys(files)), others

    def _found(self, source: str) -> list[Path]:
        """The files of a path; what a folder holds beside them is told in a line."""
        passed = PassedFiles()
        found = find_files(
            Path(source),
            lambda folder, error: self._fail(place_of(folder), error),
            passed=passed,
            follow_links=self.follow_links,
        )
        self.passed_over += passed.suffixes
        for line in passed.lines:
            self.tell(f"{source}: {line}")
        return found

    def _other(self, source: str) -> Parsed:
        if source != STDIN:
            from index.web import Fetcher, read_url

            return read_url(
                source,
                self.fetcher or Fetcher(),
                on_unchanged=self._count_unchanged,
                on_left_out=lambda url, left: self.tell(f"{url}: {left} more articles are listed there; add it again"),
                tell=self.tell,
            )
        from index.formats import read_stream

        return read_stream(self.stdin or io.BytesIO(), "standard input", self._reading)

    def _count_unchanged(self, url: str) -> None:
        self.unchanged += 1

    def _readings(self, name: str, parsed: Parsed) -> Iterator[Reading]:
        try:
            for one in parsed:
                if isinstance(one, PassedOver):
                    self.tell(str(one))
                elif isinstance(one, SourceError):
                    self._fail(name, one)
                else:
                    self.seen.add(one.article.source)
                    yield one
        except SourceError as error:
            self._fail(name, error)

    def _fail(self, name: str, error: SourceError) -> None:
        self.untouched.add(name)
        self.failed.append(str(error))
        self.tell(str(error))


def is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))
