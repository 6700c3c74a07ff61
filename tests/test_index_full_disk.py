"""A full disk: one line for who adds, and questions are answered from what is there."""

import contextlib
import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index.collection import Collection
from index.errors import DiskFull
from index.indexes.index_stores import WordStore
from tests.articles import generated, unique_word

TODAY = date(2026, 5, 20)


def sources(collection: Collection, number: int) -> list[str]:
    return [one.article.source for one in collection.search(unique_word(number), 5, TODAY)]


def folders(place: Path) -> list[str]:
    return sorted(each.name.split("-")[0] for each in place.iterdir() if each.is_dir())


def test_a_catalogue_that_cannot_grow(tmp_path: Path) -> None:
    with Collection(tmp_path) as collection:
        list(collection.add(map(generated, range(3))))
        with collection.catalogue._database.translated() as database:  # the only connection: the next query has it, too
            pass
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        database.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFull, match="the disk is full; make room and do it again") as raised:
            list(collection.add(map(generated, range(3, 400))))
        assert "\n" not in str(raised.value)
        assert sources(collection, 1)[0] == "/news/1.txt"
        database.execute("PRAGMA max_page_count = 1000000")
        assert {added.outcome for added in collection.add(map(generated, range(40)))} == {"unchanged", "added"}
        assert sources(collection, 39)[0] == "/news/39.txt"


def test_an_index_that_cannot_be_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copying of our own store fails as on a full disk, in the middle."""

    def copied_in_part(self: WordStore, place: str) -> str:
        with self._new_copy() as made:
            (tmp_path / made).mkdir()
            raise shutil.Error([("a", "b", str(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))))])

    told: list[str] = []
    with Collection(tmp_path, tell=told.append) as collection:
        list(collection.add(map(generated, range(3))))
        with monkeypatch.context() as patch:
            patch.setattr(WordStore, "copy", copied_in_part)
            with pytest.raises(DiskFull, match="so the words index cannot take in what is new; make room"):
                list(collection.add([generated(3)]))
            assert sources(collection, 1)[0] == "/news/1.txt"
            assert "/news/3.txt" in sources(collection, 3)  # by its vector
            assert folders(tmp_path) == ["vectors", "words"]
            assert len(told) == 1
            assert told[0].endswith("questions are answered from what is there")
        assert sources(collection, 3)[0] == "/news/3.txt"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.xfail("no file system can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    return filler


def test_a_disk_without_a_byte_left(small_disk: Path) -> None:
    told: list[str] = []
    with Collection(small_disk / "news") as collection:
        list(collection.add(map(generated, range(3))))
    filler = fill(small_disk)
    with Collection(small_disk / "news", tell=told.append) as collection:
        assert sources(collection, 1)[0] == "/news/1.txt"
        with pytest.raises(DiskFull, match="the disk is full; make room and do it again"):
            list(collection.add([generated(3)]))
        assert sources(collection, 2)[0] == "/news/2.txt"
        assert len(told) <= 1
        filler.unlink()
        assert [added.outcome for added in collection.add([generated(3)])] == ["added"]
        assert sources(collection, 3)[0] == "/news/3.txt"


@pytest.mark.slow
def test_a_disk_that_fills_while_articles_are_added(small_disk: Path) -> None:
    told: list[str] = []
    with Collection(small_disk / "news", tell=told.append) as collection:
        list(collection.add(map(generated, range(3))))
        (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free - 300_000))
        with pytest.raises(DiskFull) as raised:
            list(collection.add(map(generated, range(3, 500))))
        assert "\n" not in str(raised.value)
        assert told == []
        assert sources(collection, 0)[0] == "/news/0.txt"
        assert len(told) <= 1
