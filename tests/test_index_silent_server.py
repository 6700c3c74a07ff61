"""A Chroma server that accepts and never answers, or is not there: questions go on without it."""

import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index.collection import Collection
from index.errors import IndexUnreachable
from tests.articles import generated, unique_word
from tests.web_server import closed_port

TODAY = date(2026, 5, 20)


@pytest.fixture(params=["accepts", "refuses"])
def address(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr("index.indexes.vector_index._GREETING", 0.3)
    monkeypatch.setattr("index.indexes.vector_index._silent", {})
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1] if request.param == "accepts" else closed_port()
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(autouse=True)
def however_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise nobody asks a server for the vectors of so few."""
    monkeypatch.setattr("index.collection.COMPARED", 0)


@pytest.mark.timeout(40)  # it may be waited for once
def test_articles_are_added_and_found_without_it(address: str, tmp_path: Path) -> None:
    told: list[str] = []
    with Collection(tmp_path / "news", chroma=address, tell=told.append) as collection:
        assert [added.outcome for added in collection.add(map(generated, range(3)))] == ["added"] * 3
        for number in range(3):
            found = collection.search(unique_word(number), 5, TODAY)
            assert found[0].article.source == f"/news/{number}.txt"
            assert [notice.split(";")[0] for notice in found.notices] == ["the Chroma server does not answer"]
        assert not collection.status().indexes_current
        assert len(collection.remove([generated(1).article.id])) == 1
    assert len(told) == 1
    assert told[0].startswith(f"{address}: no Chroma server answers there; start one with `chroma run`")


def test_a_large_collection_is_searched_by_words_alone(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.collection.MOST_COMPARED", 2)
    with Collection(tmp_path / "news", chroma=address) as collection:
        list(collection.add(map(generated, range(3))))
        found = collection.search(unique_word(2), 5, TODAY)
        assert [one.article.source for one in found] == ["/news/2.txt"]
        assert found.notices == ("the Chroma server does not answer; meanwhile search goes by words alone",)


def test_a_rebuild_without_it_fails(address: str, tmp_path: Path) -> None:
    with Collection(tmp_path / "news", chroma=address) as collection:
        list(collection.add([generated(1)]))
        with pytest.raises(IndexUnreachable, match="no Chroma server answers"):
            collection.rebuild()
        assert collection.search(unique_word(1), 5, TODAY)[0].article.source == "/news/1.txt"
