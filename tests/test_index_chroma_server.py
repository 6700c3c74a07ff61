"""Vectors in a Chroma server: a real one, started here."""

import gc
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import chromadb
import pytest

from index.collection import Collection
from index.errors import BylineError
from index.settings import load_settings
from tests.articles import generated, unique_word

# Chroma's client of a server never closes its connections; they go with the garbage.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]

TODAY = date(2026, 5, 20)
BY_VECTORS_ALONE = "vessels"  # a word of no article


@pytest.fixture(autouse=True)
def however_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise nobody asks a server for the vectors of so few."""
    monkeypatch.setattr("index.collection.COMPARED", 0)


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def chroma(port: int, tmp_path_factory: pytest.TempPathFactory) -> "Iterator[subprocess.Popen[bytes]]":
    folder = tmp_path_factory.mktemp("server")
    command = [str(Path(sys.executable).parent / "chroma"), "run", "--path", str(folder)]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/api/v2/heartbeat")
            yield process
        finally:
            process.kill()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ResourceWarning)
                gc.collect()


@pytest.fixture(scope="module")
def server(port: int, chroma: "subprocess.Popen[bytes]") -> str:
    return f"http://127.0.0.1:{port}"


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer")


def kept(server: str) -> dict[str, int]:
    """The collections in the server and how much is in them."""
    host, port = server.removeprefix("http://").split(":")
    with chromadb.HttpClient(host, int(port)) as client:
        return {each.name: each.count() for each in client.list_collections()}


def add(folder: Path, server: str, first: int, end: int) -> None:
    with Collection(folder, chroma=server) as collection:
        list(collection.add(map(generated, range(first, end))))


def check(folder: Path, server: str, number: int) -> None:
    with Collection(folder, chroma=server, tell=lambda line: pytest.fail(line)) as collection:
        assert collection.search(unique_word(number), 5, TODAY)[0].article.source == f"/news/{number}.txt"
        assert len(collection.search(BY_VECTORS_ALONE, 5, TODAY)) == 5


def test_vectors_are_in_the_server_and_nowhere_else(server: str, tmp_path: Path) -> None:
    folder, before = tmp_path / "news", kept(server)
    add(folder, server, 0, 20)
    (name,) = kept(server).keys() - before.keys()
    with Collection(folder, chroma=server) as collection:
        assert kept(server)[name] == collection.catalogue.count()[1]
        check(folder, server, 7)
        add(folder, server, 20, 25)
        assert kept(server)[name] == collection.catalogue.count()[1]
        collection.remove([generated(3).article.id])
        assert kept(server)[name] == collection.catalogue.count()[1]
    check(folder, server, 22)
    assert not list(folder.glob("vectors-*"))


def test_two_collections_do_not_touch_one_another(server: str, tmp_path: Path) -> None:
    add(tmp_path / "one", server, 0, 5)
    add(tmp_path / "two", server, 5, 10)
    with Collection(tmp_path / "two", chroma=server) as collection:
        collection.rebuild()
    check(tmp_path / "one", server, 3)
    check(tmp_path / "two", server, 7)


def test_a_server_that_lost_its_vectors_gets_them_again(server: str, tmp_path: Path) -> None:
    add(tmp_path / "news", server, 0, 5)
    before = set(kept(server))
    host, port = server.removeprefix("http://").split(":")
    with Collection(tmp_path / "news", chroma=server) as collection:
        state = collection.catalogue.derived("vectors")
    assert state is not None
    with chromadb.HttpClient(host, int(port)) as client:
        client.delete_collection(state.place.partition("#")[2])
    told: list[str] = []
    with Collection(tmp_path / "news", chroma=server, tell=told.append) as collection:
        assert len(collection.search(BY_VECTORS_ALONE, 5, TODAY)) == 5
    assert [line.endswith("building it anew from the catalogue") for line in told] == [True]
    assert len(kept(server)) == len(before)
    check(tmp_path / "news", server, 3)


def test_vectors_move_to_a_server_and_back(server: str, tmp_path: Path) -> None:
    add(tmp_path / "news", "", 0, 5)
    with Collection(tmp_path / "news", chroma=server) as collection:
        assert len(collection.search(BY_VECTORS_ALONE, 5, TODAY)) == 5
    check(tmp_path / "news", server, 3)
    with Collection(tmp_path / "news") as collection:
        assert len(collection.search(BY_VECTORS_ALONE, 5, TODAY)) == 5
    check(tmp_path / "news", "", 3)


def frozen(server: str, folder: Path, stopped: int) -> None:
    """Ask and add while the server's process is stopped, then once it answers again."""
    told: list[str] = []
    with Collection(folder, chroma=server, tell=told.append) as collection:
        assert len(collection.search(BY_VECTORS_ALONE, 5, TODAY)) == 5
        os.kill(stopped, signal.SIGSTOP)
        began = time.monotonic()
        found = collection.search(unique_word(3), 5, TODAY)
        assert time.monotonic() - began < 10
        assert (found[0].article.source, len(found.notices)) == ("/news/3.txt", 1)
        began = time.monotonic()
        assert [added.outcome for added in collection.add([generated(5)])] == ["added"]
        assert collection.search(unique_word(5), 5, TODAY)[0].article.source == "/news/5.txt"
        assert time.monotonic() - began < 5  # it is not asked again at once
    assert len(told) == 1


def test_a_server_that_freezes_holds_up_one_question_for_seconds(
    server: str, chroma: "subprocess.Popen[bytes]", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path / "news", server, 0, 5)
    try:
        frozen(server, tmp_path / "news", chroma.pid)
    finally:
        chroma.send_signal(signal.SIGCONT)
    monkeypatch.setattr("index.indexes.vector_index._silent", {})  # as after the pause
    check(tmp_path / "news", server, 5)
    assert kept(server)  # and it has what was added meanwhile
    with Collection(tmp_path / "news", chroma=server) as collection:
        assert collection.status().indexes_current


@pytest.mark.parametrize("address", ["localhost:8000", "ftp://x", "http://", "http://x:99999", "http://x/path"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(BylineError, match="http://HOST:PORT"):
        load_settings({"home": tmp_path, "chroma": address}, {})
