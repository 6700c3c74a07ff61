"""A catalogue of an earlier format becomes one of today's."""

import contextlib
import sqlite3
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.article import Article, reading_digest
from index.collection import Collection
from index.embedders import StaticEmbedder
from index.filters import Filters
from index.formats import Reading
from index.store.catalogue import Catalogue
from index.store.schema import FORMAT
from index.versions import Version

FERRY = "Two ferries collided in the fog off Bergen on Sunday. Nobody was hurt."
TABLES_OF_2 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, outlet TEXT NOT NULL, author TEXT NOT NULL, url TEXT NOT NULL,
    published TEXT, updated TEXT, source TEXT NOT NULL, text TEXT NOT NULL, raw TEXT, origins TEXT NOT NULL
);
CREATE TABLE corrections (
    article_id TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (article_id, field)
) WITHOUT ROWID;
CREATE INDEX articles_source ON articles (source);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, vector BLOB NOT NULL, revision INTEGER NOT NULL
);
CREATE INDEX passages_article ON passages (article_id);
CREATE INDEX passages_revision ON passages (revision);
CREATE TABLE visits (url TEXT PRIMARY KEY, etag TEXT NOT NULL, last_modified TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE removed_passages (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL);
CREATE TABLE derived (
    name TEXT PRIMARY KEY, folder TEXT NOT NULL, revision INTEGER NOT NULL, clean INTEGER NOT NULL
);
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A collection with one article as format 2 kept it."""
    embedder = StaticEmbedder()
    (tmp_path / "news").mkdir()
    db = sqlite3.connect(tmp_path / "news" / "catalogue.sqlite3")
    db.executescript(TABLES_OF_2)
    for name in ("texts", "articles", "keys"):
        db.execute(f"CREATE TABLE copy_{name} (id INTEGER PRIMARY KEY)")  # what was in them is made anew
    facts = ("a1", "Ferries", "Post", "Kari", "https://x.example", "2026-05-01", None, "/n/a.txt")
    db.execute(
        "INSERT INTO articles VALUES (?,?,?,?,?,?,?,?,?,?,?)", (*facts, FERRY, f"AD\n{FERRY}", '{"title": "h1"}')
    )
    vector = embedder.embed_query(FERRY).astype(np.float16).tobytes()
    db.execute("INSERT INTO passages VALUES (7, 'a1', 0, ?, ?, 3)", (len(FERRY), vector))
    db.execute("INSERT INTO derived VALUES ('words', 'words-1-x', 3, 1)")
    meta = {"format": "2", "revision": "3", "embedder": embedder.name}
    db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    db.commit()
    db.close()
    return tmp_path / "news"


def test_all_that_format_2_held_is_there(folder: Path) -> None:
    catalogue = Catalogue(folder / "catalogue.sqlite3")
    article = Article("a1", FERRY, "Ferries", "Post", "Kari", "https://x.example", date(2026, 5, 1), source="/n/a.txt")
    assert catalogue.find("a1") == [article]
    assert catalogue.raw("a1") == f"AD\n{FERRY}"
    assert catalogue.origins("a1") == {"title": "h1"}
    assert catalogue.read_from("/n/a.txt") == ("a1", reading_digest(article))
    assert (catalogue.meta("format"), catalogue.revision, catalogue.count()) == (FORMAT, 3, (1, 1))
    catalogue.close()


def test_it_is_searched_as_before(folder: Path) -> None:
    for _ in range(2):
        with Collection(folder) as collection:
            (found,) = collection.search("Who was hurt in the fog?", as_of=date(2026, 5, 2))
            assert collection.search("fog", filters=Filters(outlets=("post",)))
            assert (found.passage.text, found.article.published) == (FERRY, date(2026, 5, 1))


def test_the_names_of_format_3_are_found(tmp_path: Path) -> None:
    """Format 3 kept outlets and authors in the articles' rows alone."""
    with Collection(tmp_path / "news") as collection:
        text = "The ferry to Marlow was late, and nobody knew why it had not left the quay."
        article = Article("a2", text, "", "Post", "Kari Lind and Jo Berg", "https://x.example/1", date(2026, 5, 1))
        list(collection.add([Reading(article, text)]))
    path = tmp_path / "news" / "catalogue.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.executescript("DROP TABLE article_names; DROP TABLE names; UPDATE meta SET value = '3' WHERE key = 'format'")
    with Collection(tmp_path / "news") as collection:
        assert collection.catalogue.meta("format") == FORMAT
        assert [(one.name, one.articles) for one in collection.authors()] == [("Jo Berg", 1), ("Kari Lind", 1)]
        for filters in (Filters(outlets=("x.example",)), Filters(authors=("jo berg",)), Filters(outlets=("POST",))):
            assert [one.article.id for one in collection.search("ferry", filters=filters)] == ["a2"]
        (counted,) = collection.catalogue._database.one("SELECT passages FROM article_names")
        assert counted == 1


def test_a_collection_of_format_4_takes_versions(tmp_path: Path) -> None:
    """Format 4 knew nothing of the versions of an agency's item."""
    path = tmp_path / "news" / "catalogue.sqlite3"
    Collection(tmp_path / "news").close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.executescript("DROP TABLE versions; UPDATE meta SET value = '4' WHERE key = 'format'")
    with Collection(tmp_path / "news") as collection:
        assert collection.catalogue.meta("format") == FORMAT
        article = Article("a3", "The ferry was late.", "Ferry")
        list(collection.add([Reading(article, article.text, version=Version("fjord:1", 1))]))
        assert [one.title for one in collection.catalogue.versions("a3")["a3"]] == ["Ferry"]


def test_a_migration_that_breaks_off_leaves_the_earlier_format(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str, like: str = "") -> bytes:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr("index.store.schema.pack_text", fail)
        with pytest.raises(MemoryError):
            Catalogue(folder / "catalogue.sqlite3")
    test_all_that_format_2_held_is_there(folder)
