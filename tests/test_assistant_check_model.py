"""The files of the check's model are those that were measured, and say what they said then.

`uv run python -m tests.check_outputs` writes what is compared here, for a new model.
"""

import json
from pathlib import Path

import pytest

from assistant.check.network import MODEL_FOLDER, CheckNetwork
from index.errors import ModelError
from tests.check_outputs import FALSE, MODEL_FILES, OUTPUTS_FILE, TRUE, network, outputs
from tests.model_files import found, recorded

MOST_BYTES = 40_000_000
EQUAL = 0.2  # of log odds: processors differ in how they multiply small integers


def test_the_files_are_those_of_the_sums() -> None:
    assert recorded(MODEL_FOLDER) == found(MODEL_FOLDER, MODEL_FILES)
    assert (MODEL_FOLDER / "model.onnx").stat().st_size <= MOST_BYTES


def test_the_model_says_what_it_said() -> None:
    stored = json.loads(OUTPUTS_FILE.read_text("utf-8"))
    found = outputs()
    assert list(found) == list(stored) == [sentence for sentence, _ in (*TRUE, *FALSE)]
    for sentence, odds in found.items():
        assert odds == pytest.approx(stored[sentence], abs=EQUAL), sentence


def test_it_tells_the_true_from_the_false() -> None:
    least = network().decision.supported
    assert [outputs()[sentence][0] >= least for sentence, _ in (*TRUE, *FALSE)] == [True] * 4 + [False] * 4


def test_a_damaged_model_is_told_with_its_folder(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"no network")
    with pytest.raises(ModelError, match="the check's model is missing or damaged"):
        CheckNetwork(tmp_path)


def test_damaged_thresholds_are_told_with_their_file(tmp_path: Path) -> None:
    (tmp_path / "decision.json").write_text('{"supported": 1')
    with pytest.raises(ModelError, match=r"decision\.json: no thresholds of the check"):
        CheckNetwork(tmp_path)
