"""The second stage in the whole: collection, assistant, LlamaIndex retriever and command line."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import onnx
import pytest

from assistant.assistant import Assistant
from assistant.events import Found, Notice
from index.collection import Collection
from index.errors import ModelError, SettingsError
from index.search.result import Results, Retrieved
from tests.articles import generated
from tests.cross_encoder import endless_model, write_cross_encoder
from tests.fakes import ReplayReader
from tests.rerank_server import Failure, RerankServer
from ui.cli import main

QUERY = "harbour council"


class Turning:
    """A reranker of our own: the passages of an article whose number is high come first."""

    name = "turning"

    def scores(self, query: str, passages: Sequence[Retrieved]) -> list[float]:
        return [number_of(one) for one in passages]


class Failing:
    name = "failing"

    def scores(self, query: str, passages: Sequence[Retrieved]) -> list[float]:
        raise ConnectionError("not today")


def number_of(found: Retrieved) -> float:
    return float(found.article.title.split()[1])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Collection(tmp_path / "home" / "collections" / "default") as collection:
        assert all(added.outcome == "added" for added in collection.add(map(generated, range(70))))
    return tmp_path / "home" / "collections" / "default"


@pytest.fixture
def failing(folder: Path) -> Iterator[Collection]:
    with Collection(folder, reranker=Failing()) as collection:
        yield collection


def order(found: Results) -> list[str]:
    return [one.article.id for one in found]


def test_a_reranker_of_ones_own_decides_among_the_best_fifty(folder: Path) -> None:
    with Collection(folder) as plain:
        before = plain.search(QUERY, 70)
    with Collection(folder, reranker=Turning()) as collection:
        found, best = collection.search(QUERY, 70), collection.search(QUERY, 3)
    assert found.notices == ()
    assert set(order(found)) == set(order(before))
    assert order(found)[50:] == order(before)[50:]
    assert number_of(found[0]) == max(map(number_of, before[:50]))
    assert order(best) == order(found)[:3]  # however few are asked for
    assert all(one.score == sum(one.parts.values()) for one in found)
    assert ["reranker" in one.parts for one in found] == [True] * 50 + [False] * 20


def test_a_failure_leaves_the_first_stage_as_it_is(folder: Path, failing: Collection) -> None:
    with Collection(folder) as plain:
        before = plain.search(QUERY, 10)
    found = failing.search(QUERY, 10)
    assert found.passages == before.passages
    assert "reranker 'failing' failed (ConnectionError: not today)" in found.notices[0]


def test_the_assistant_tells_what_search_tells(failing: Collection) -> None:
    events = list(Assistant(failing, ReplayReader()).stream(QUERY))
    assert isinstance(events[0], Found)
    assert isinstance(events[1], Notice)
    assert "not today" in events[1].text


def test_the_retriever_logs_what_search_tells(failing: Collection, caplog: pytest.LogCaptureFixture) -> None:
    from index.retriever import BylineRetriever

    with caplog.at_level(logging.WARNING, "index.retriever"):
        assert BylineRetriever(failing, k=2).retrieve(QUERY)
    assert "not today" in caplog.text


def test_a_folder_with_a_cross_encoder(folder: Path, tmp_path: Path) -> None:
    model = write_cross_encoder(tmp_path / "model")
    with Collection(folder, reranker=str(model), rerank_seconds=60) as collection:
        found = collection.search("late harbour council", 10)
    assert found.notices == ()
    assert max(one.parts["reranker"] for one in found) <= 1


def test_what_cannot_be_opened_is_an_error_when_it_is_needed(folder: Path, tmp_path: Path) -> None:
    with Collection(folder, reranker=str(tmp_path)) as collection, pytest.raises(ModelError, match="cannot be used"):
        collection.search(QUERY)
    with Collection(folder, reranker="no-such-thing") as collection:
        assert collection.status().articles == 70
        with pytest.raises(SettingsError, match="no such folder"):
            collection.second_stage()


@pytest.mark.slow
def test_the_command_line_takes_one_and_tells_its_failure(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", QUERY, "--json", "--reranker", "none"]) == 0
    plain = json.loads(capsys.readouterr().out)
    with RerankServer() as server:
        assert main(["search", QUERY, "--json", "--reranker", server.url]) == 0
        captured = capsys.readouterr()
        assert "byline: " not in captured.err
        assert all("reranker" in one["parts"] for one in json.loads(captured.out))
        server.failure = Failure(500, b'{"error": "out of memory"}')
        assert main(["search", QUERY, "--json", "--reranker", server.url]) == 0
        captured = capsys.readouterr()
        assert json.loads(captured.out) == plain
        assert captured.err.startswith(f"byline: reranker '{server.url}' answered HTTP 500 (out of memory); ")
        assert captured.err.count("\n") == 1
        assert main(["ask", "What did the council discuss?", "--reranker", server.url]) == 0
        assert "HTTP 500 (out of memory)" in capsys.readouterr().err


@pytest.mark.slow
def test_the_command_line_takes_it_from_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with RerankServer(Failure(hangs=True)) as server:
        monkeypatch.setenv("BYLINE_RERANKER", server.url)
        monkeypatch.setenv("BYLINE_RERANK_SECONDS", "0.2")
        assert main(["search", QUERY]) == 0
        assert "was not ready after 0.2 seconds" in capsys.readouterr().err
        assert main(["search", QUERY, "--reranker", ""]) == 0
        assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", ["search", "ask", "chat"])
def test_a_wrong_reranker_is_one_line_and_an_exit_code(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    words = ["--no-browser", "--port", "0"] if command == "chat" else ["why?"]
    assert main([command, *words, "--reranker", "no/such/folder"]) == 2
    assert capsys.readouterr().err.startswith("byline: reranker 'no/such/folder': no such folder; give reader, none, ")


def test_llama_index_and_onnx_are_imported_only_when_used(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.collection import Collection\n"
        f"with Collection(Path({str(folder)!r}), reranker='http://127.0.0.1:9') as c: c.second_stage()\n"
        "print([name for name in ('llama_index.core', 'onnxruntime', 'httpx') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.strip() == "['httpx']"


@pytest.mark.slow
def test_the_process_ends_while_a_model_is_at_work(folder: Path, tmp_path: Path) -> None:
    """A model that does not come to an end is broken off: a thread left in native code would abort the process."""
    model = write_cross_encoder(tmp_path / "model")
    onnx.save(endless_model("harbour"), model / "model.onnx")
    code = f"""
from pathlib import Path
from index.collection import Collection
with Collection(Path({str(folder)!r}), reranker={str(model)!r}, rerank_seconds=0.2) as collection:
    print(*collection.search("harbour").notices)
    print(*collection.search("ferry").notices)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (result.returncode, result.stderr) == (0, "")
    late, busy = result.stdout.splitlines()
    assert "was not ready after 0.2 seconds" in late
    assert "still busy with an earlier search" in busy
