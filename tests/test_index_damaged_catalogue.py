"""A catalogue that is damaged: what is wrong is named with what mends it, and the rest goes on."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from index.collection import Collection
from index.errors import TextDamaged
from index.ingest.sources import Sources
from tests.articles import generated, unique_word, write
from ui.cli import main

TODAY = date(2026, 5, 20)


def files(folder: Path, count: int = 4) -> Path:
    for number in range(count):
        write(folder / f"{number}.txt", f"Notice {number}\n\n{generated(number).article.text}")
    return folder


def read(collection: Collection, folder: Path) -> list[str]:
    known = collection.catalogue.articles_of_file
    return [added.outcome for added in collection.add(Sources([str(folder)], known=known))]


def damage(catalogue: Path, change: Callable[[bytes], bytes]) -> str:
    """Change what is stored of one article's text; its id."""
    with closing(sqlite3.connect(catalogue)) as database:
        article_id, stored = database.execute("SELECT id, text FROM articles WHERE source LIKE '%2.txt'").fetchone()
        database.execute("UPDATE articles SET text = ? WHERE id = ?", (change(stored), article_id))
        database.commit()
    return str(article_id)


@pytest.mark.parametrize(
    "change", [lambda stored: stored[: len(stored) // 2], lambda stored: b"\0" * len(stored), lambda stored: b""]
)
def test_one_damaged_text_stops_nothing_and_is_mended_by_adding_it_again(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    folder = files(tmp_path / "files")
    told: list[str] = []
    with Collection(tmp_path / "news", tell=told.append) as collection:
        read(collection, folder)
        damaged = damage(tmp_path / "news" / "catalogue.sqlite3", change)
        for number in (0, 1, 2, 3):
            found = collection.search(unique_word(number), 5, TODAY)
            assert all(one.passage.text for one in found)
        assert collection.search(unique_word(3), 5, TODAY)[0].article.source.endswith("3.txt")
        with pytest.raises(TextDamaged, match=rf"{damaged}: its text is damaged.*2\.txt"):
            collection.article(damaged)
        with pytest.raises(TextDamaged, match="the text of 1 articles is damaged; add each again") as raised:
            collection.rebuild()
        assert "\n" not in str(raised.value)
        assert len(told) == 1
        assert told[0].startswith(damaged)
        assert told[0].endswith("2.txt")
        assert collection.search(unique_word(1), 5, TODAY)[0].article.source.endswith("1.txt")
        assert sorted(read(collection, folder)) == ["changed"]
        collection.rebuild()
        assert collection.search(unique_word(2), 5, TODAY)[0].article.id == damaged


def test_a_damaged_text_can_be_removed_and_others_be_embedded_anew(tmp_path: Path) -> None:
    with Collection(tmp_path / "news") as collection:
        read(collection, files(tmp_path / "files"))
        damaged = damage(tmp_path / "news" / "catalogue.sqlite3", lambda stored: stored[:-3])
        with pytest.raises(TextDamaged):
            collection.rebuild(re_embed=True)
        assert len(collection.search("harbour", 5, TODAY)) == 3
        assert [article.id for article in collection.remove([damaged])] == [damaged]
        collection.rebuild()


@pytest.mark.parametrize("command", [["ask", "What?"], ["search", "harbour"], ["add", "-"], ["status"], ["rebuild"]])
def test_a_catalogue_of_no_bytes_is_not_an_empty_collection(
    home: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(home / "collections" / "default" / "catalogue.sqlite3", "")
    assert main(command) == 4
    said = capsys.readouterr()
    assert said.err == (
        f"byline: {path}: is empty (0 bytes), so the catalogue that was here is lost; put a backup in its place, or "
        "delete the file and add the articles again\n"
    )
    assert said.out == ""
    assert path.stat().st_size == 0


def test_a_new_catalogue_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    write(tmp_path / "catalogue.sqlite3.new", "half a catalogue, of a process that died")
    with Collection(tmp_path) as collection:
        assert list(collection.add([generated(1)]))
    assert (tmp_path / "catalogue.sqlite3").stat().st_size
    assert not (tmp_path / "catalogue.sqlite3.new").exists()
