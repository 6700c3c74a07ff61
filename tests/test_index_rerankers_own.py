"""Byline's own reader as search's second stage: how it is named, what it reads, and what its readings become."""

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from index.collection import Collection
from index.rerankers import PassageReader, SecondStage, open_reranker
from index.rerankers.cross_encoders import DEPTH, LOGIT_WEIGHT, OwnReranker
from index.search.result import Results
from index.settings import Settings
from index.span_model.passage_reading import PassageReading
from tests.articles import generated
from tests.retrieved import ranked, reading, retrieved
from ui.cli import main

QUERY = "harbour council"
BATCH = OwnReranker.batch_size


class FakeSpanReader:
    """Reads at once, until `fast` passages were read; then it waits. The later a passage, the likelier it answers."""

    def __init__(self, fast: int = 1000) -> None:
        self.turn = threading.Lock()
        self.gate = threading.Event()
        self.asked: list[tuple[str, str, str]] = []
        self._fast = fast

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[PassageReading]:
        if len(self.asked) >= self._fast:
            self.gate.wait()
        begin = len(self.asked)
        self.asked += [(question, *passage) for passage in passages]
        logits = [float(begin + place) for place in range(len(passages))]
        return [reading(logit, [(0, 1, logit, logit)]) for logit in logits]


@pytest.fixture
def slow() -> Iterator[FakeSpanReader]:
    """One that reads the first batch only."""
    reader = FakeSpanReader(fast=BATCH)
    yield reader
    reader.gate.set()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Collection(tmp_path / "home" / "collections" / "default") as collection:
        assert all(added.outcome == "added" for added in collection.add(map(generated, range(40))))
    return tmp_path / "home" / "collections" / "default"


def own(reader: FakeSpanReader) -> OwnReranker:
    return OwnReranker(reader)  # type: ignore[arg-type]


def relevances(found: Results) -> list[float | None]:
    return [one.reading.relevance if one.reading else None for one in found]


# Its name


@pytest.mark.parametrize("spec", ["", "none"])
def test_none_is_none(spec: str) -> None:
    assert open_reranker(spec) is None


def test_reader_is_bylines_own_and_what_the_settings_say(folder: Path) -> None:
    assert Settings(folder).reranker == "reader"
    opened = open_reranker("reader")
    assert isinstance(opened, OwnReranker)
    assert isinstance(opened, PassageReader)
    assert opened.name == "reader"


def test_a_spec_that_is_none_has_no_second_stage(folder: Path) -> None:
    with Collection(folder, reranker="none") as collection:
        assert collection.second_stage() is None
        found = collection.search(QUERY, 5)
    assert relevances(found) == [None] * 5
    assert not any("reranker" in one.parts for one in found)


# What it reads


def test_title_and_text_are_read_and_scored_by_all_spans() -> None:
    reader = FakeSpanReader()
    reranker = own(reader)
    assert reranker.scores("who?", [retrieved("a", title="A"), retrieved("b")]) == [0.0, 1.0]
    assert reader.asked == [("who?", "A", "a"), ("who?", "", "b")]


def test_each_logit_adds_as_much_whatever_the_others_are() -> None:
    reranker = own(FakeSpanReader())
    assert reranker.addends([-3.0, 2.0, -5.0]) == pytest.approx([2 * LOGIT_WEIGHT, 7 * LOGIT_WEIGHT, 0.0])
    assert reranker.addends([4.0]) == [0.0]
    assert reranker.addends([]) == []


def test_only_the_first_are_read_and_the_others_stand_as_they_stood() -> None:
    before = ranked([f"text {number}" for number in range(30)], step=0.001)
    found = SecondStage(own(FakeSpanReader()), 60).rank("q", Results(before), 30)
    assert [one.passage.text for one in found] == [f"text {n}" for n in (*reversed(range(DEPTH)), *range(DEPTH, 30))]
    assert relevances(found) == [*(float(n) for n in reversed(range(DEPTH))), *[None] * (30 - DEPTH)]
    assert found.passages[DEPTH:] == before[DEPTH:]
    assert found.notices == ()


def test_a_search_reads_the_best_and_leaves_the_rest(folder: Path) -> None:
    with Collection(folder, reranker="none") as plain:
        before = plain.search(QUERY, 30)
    with Collection(folder, reranker="reader", rerank_seconds=600) as collection:
        found = collection.search(QUERY, 30)
        few = collection.search(QUERY, 3)
    assert found.notices == ()
    assert {one.article.id for one in found[:DEPTH]} == {one.article.id for one in before[:DEPTH]}
    assert found[DEPTH:] == before[DEPTH:]
    assert [one is None for one in relevances(found)] == [False] * DEPTH + [True] * (30 - DEPTH)
    assert [one.article.id for one in few] == [one.article.id for one in found[:3]]  # however few are asked for
    least = min(one.reading.relevance for one in found[:DEPTH] if one.reading)
    for one in found[:DEPTH]:
        assert one.reading
        assert one.parts["reranker"] == pytest.approx(LOGIT_WEIGHT * (one.reading.relevance - least))
        assert one.reading.offsets.max() <= len(one.passage.text)


# Time and failures


def test_when_its_time_is_over_the_rest_stays_unread(slow: FakeSpanReader) -> None:
    before = ranked([f"text {number}" for number in range(30)])
    found = SecondStage(own(slow), 0.3).rank("q", Results(before), 30)
    (notice,) = found.notices
    assert f"reranker 'reader' read only the best {BATCH} of {DEPTH} passages in 0.3 seconds" in notice
    assert sorted(one for one in relevances(found) if one is not None) == list(range(BATCH))
    assert relevances(found)[BATCH:] == [None] * (30 - BATCH)
    assert found.passages[BATCH:] == before[BATCH:]


def test_when_nothing_was_read_in_time_the_order_stands() -> None:
    reader = FakeSpanReader(fast=0)
    before = ranked(["a", "b", "c"])
    found = SecondStage(own(reader), 0.2).rank("q", Results(before), 3)
    reader.gate.set()
    assert found.passages == before
    assert relevances(found) == [None] * 3
    assert "was not ready after 0.2 seconds" in found.notices[0]


def test_a_network_that_fails_is_a_notice() -> None:
    class FakeBrokenReader(FakeSpanReader):
        def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[PassageReading]:
            raise MemoryError("too much")

    found = SecondStage(own(FakeBrokenReader()), 5).rank("q", Results(ranked(["a", "b"])), 2)
    assert relevances(found) == [None, None]
    assert "reranker 'reader' failed (MemoryError: too much)" in found.notices[0]


# What is shown


def test_the_parts_add_up_in_json_and_in_explanations(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["search", QUERY, "-k", "5", "--explain", "--reranker", "reader"]
    assert main([*arguments, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 5
    for one in rows:
        assert "reranker" in one["parts"]
        assert one["score"] == pytest.approx(sum(one["parts"].values()))
        assert "reading" not in one
    assert main(arguments) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert sum(line.startswith("reranker ") for line in lines) == 5
