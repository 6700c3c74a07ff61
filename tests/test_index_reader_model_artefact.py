"""The files of the reader's model are those that were measured, and say what they said then.

`uv run python -m tests.reader_outputs` writes what is compared here, for a new model.
"""

import pytest

from index.span_model.span_reader import MODEL_FOLDER
from tests.model_files import found, recorded
from tests.reader_outputs import ANSWERED, INPUTS, MODEL_FILES, NOT_ANSWERED, outputs, stored_outputs

MOST_BYTES = 40_000_000
EQUAL = 0.15  # of log odds: processors differ in how they multiply small integers


def test_the_files_are_those_of_the_sums() -> None:
    assert recorded(MODEL_FOLDER) == found(MODEL_FOLDER, MODEL_FILES)


def test_the_model_is_small_enough_for_the_repository() -> None:
    assert (MODEL_FOLDER / "model.onnx").stat().st_size <= MOST_BYTES


def test_half_of_the_questions_have_an_answer() -> None:
    assert len(ANSWERED) == len(NOT_ANSWERED) == len(INPUTS) / 2 == 5
    assert [one.question for one in stored_outputs()] == [question for question, _, _ in INPUTS]


def test_the_model_says_what_it_said() -> None:
    for got, stored in zip(outputs(), stored_outputs(), strict=True):
        assert (got.question, got.answer) == (stored.question, stored.answer)
        assert (got.span, got.mass, got.relevance) == pytest.approx(
            (stored.span, stored.mass, stored.relevance), abs=EQUAL
        )
