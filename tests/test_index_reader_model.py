"""The reader's model as it ships, run by ONNX Runtime: whatever it is given, it reads; how well is not asked here."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ModelError
from index.span_model.passage_reading import PassageReading
from index.span_model.span_reader import MODEL_FOLDER, SpanReader, shared_span_reader
from tests.cross_encoder import write_cross_encoder

QUESTION = "Who steered the ferry into the wall?"
PASSAGES = [
    ("Ferry trial", "The ferry hit the harbour wall in March. Ida Brandt, the captain, had steered it herself."),
    ("", "Bread is dearer again."),
    ("Ferry trial", "The trial of the captain of the ferry goes on on Monday. " * 12),
    ("Weather", "Snow fell on the hills all day, and the trains were late."),
    ("", "Nobody steered."),
    ("A captain", "Ida Brandt has lived in Norrholm since 1987."),
]
ODD = [
    "",
    " ",
    "\n\n",
    "\0",
    "\ud800",
    "Ida \udfff\0 Brandt",
    "…",
    "𝔘👩‍👧é",
    "ﬁne",
    "東京",
    "x" * 9_999,
    "word " * 9_999,
]


@pytest.fixture(scope="module")
def reader() -> SpanReader:
    return shared_span_reader()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the model."""
    return Path(shutil.copytree(MODEL_FOLDER, tmp_path / "model"))


def check(found: PassageReading, text: str) -> None:
    """Every piece stands for characters of the text as it was given."""
    assert len(found.starts) == len(found.ends) == len(found.offsets)
    assert np.isfinite([found.relevance, *found.starts, *found.ends]).all()
    assert all(0 <= start < end <= len(text) for start, end in found.offsets)
    best = found.best()
    assert (best is None) == (len(found.offsets) == 0)
    assert best is None or 0 <= best.start < best.end <= len(text)


# What it is given


@pytest.mark.parametrize("text", ODD)
def test_any_text_is_read_as_passage_title_and_question(reader: SpanReader, text: str) -> None:
    for question, title, passage in ((QUESTION, "Title", text), (QUESTION, text, "A text."), (text, "", "A text.")):
        (found,) = reader.read(question, [(title, passage)])
        check(found, passage)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(), max_size=80), st.text(st.characters(), max_size=80))
def test_any_characters_are_read(question: str, text: str) -> None:
    (found,) = shared_span_reader().read(question, [("", text)])
    check(found, text)


def test_offsets_fit_the_text_as_given(reader: SpanReader) -> None:
    text = "\0Ida\ud800 Brandt’s naïve \u200b 東 ﬁne\r\n ferry"
    (found,) = reader.read("Who?", [("", text)])
    pieces = [text[start:end] for start, end in found.offsets]
    assert [one for one in pieces if one in ("Ida", "Brandt", "naïve", "東", "ferry")] == [
        "Ida", "Brandt", "naïve", "東", "ferry",
    ]  # fmt: skip


def test_a_long_passage_is_read_to_its_4096th_character(reader: SpanReader) -> None:
    (found,) = reader.read("Who?", [("", "one two " * 999)])
    assert found.offsets[0].tolist() == [0, 3]
    assert found.offsets[-1].tolist() == [4092, 4095]


def test_no_passages_are_no_readings(reader: SpanReader) -> None:
    assert reader.read(QUESTION, []) == []


# One among others


def test_each_reading_belongs_to_its_passage(reader: SpanReader) -> None:
    found = reader.read(QUESTION, PASSAGES)
    assert len(found) == len(PASSAGES)
    for one, (_, text) in zip(found, PASSAGES, strict=True):
        check(one, text)
        assert text[one.offsets[0][0] : one.offsets[0][1]] == text.split()[0]


def test_a_passage_is_read_alone_much_as_among_others(reader: SpanReader) -> None:
    """Not wholly: a quantised network rounds by the largest number among those that it reads at once."""
    for among, passage in zip(reader.read(QUESTION, PASSAGES), PASSAGES, strict=True):
        (alone,) = reader.read(QUESTION, [passage])
        assert among.relevance == pytest.approx(alone.relevance, abs=1.0)
        assert among.mass() == pytest.approx(alone.mass(), abs=1.0)
        assert among.offsets.tolist() == alone.offsets.tolist()


def test_many_threads_read_the_same(reader: SpanReader) -> None:
    expected = reader.read(QUESTION, PASSAGES)
    found: list[list[PassageReading]] = []
    threads = [threading.Thread(target=lambda: found.append(reader.read(QUESTION, PASSAGES))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(threads)
    for readings in found:
        for one, other in zip(readings, expected, strict=True):
            assert one.relevance == pytest.approx(other.relevance, abs=1e-3)
            np.testing.assert_allclose(one.starts, other.starts, atol=1e-3)
            np.testing.assert_allclose(one.ends, other.ends, atol=1e-3)


def test_a_process_opens_it_once() -> None:
    assert shared_span_reader() is shared_span_reader()


# Files that are missing or damaged


def halve(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.parametrize(
    "damage",
    [Path.unlink, halve, lambda file: file.write_bytes(b""), lambda file: file.write_text("{}")],
    ids=["missing", "half", "empty", "another"],
)
def test_a_damaged_file_is_one_clear_line(folder: Path, damage: Callable[[Path], object]) -> None:
    damage(folder / "model.onnx")
    check_error(folder)


def test_a_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    check_error(tmp_path / "nowhere")


def test_another_model_is_one_clear_line(tmp_path: Path) -> None:
    check_error(write_cross_encoder(tmp_path))


def check_error(folder: Path) -> None:
    with pytest.raises(ModelError) as caught:
        SpanReader(folder)
    line = str(caught.value)
    assert line.startswith(f"{folder}: the reader's model is missing or damaged (")
    assert "install Byline again" in line
    assert "`--reranker none`" in line
    assert "\n" not in line
