"""Words of one kind, looked up among the base model's vectors."""

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from eval.reader_training.siblings import Siblings

_BEFORE = 3000  # pieces that are too common


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base with five words on a circle, and many others that point elsewhere."""
    folder = tmp_path_factory.mktemp("base")
    angles = {"coal": 0, "fuel": 70, "fuels": 70, "coals": 70, "soot": 20, "poem": 90}
    filler = [f"[unused{place}]" for place in range(_BEFORE)]
    words = [*filler, *angles, "zzyzx", "zzzyx"]
    vectors = np.zeros((len(words), 4), np.float32)
    for place, angle in enumerate(angles.values(), _BEFORE):
        vectors[place] = (np.cos(np.radians(angle)), np.sin(np.radians(angle)), 0, 0)
    mean = vectors[_BEFORE : _BEFORE + len(angles)].sum(axis=0)
    vectors[-2:] = -mean / 2  # so that the vectors are centred already
    save_file({"embeddings.word_embeddings.weight": vectors}, folder / "model.safetensors")
    vocabulary = {word: place for place, word in enumerate(words)}
    (folder / "tokenizer.json").write_text(json.dumps({"model": {"vocab": vocabulary}}), encoding="utf-8")
    return folder


def test_neighbours_of_the_same_form_that_are_no_synonyms(base: Path) -> None:
    # soot is too near, a poem too far, fuels are several, and coals are the same word
    assert Siblings(base).of("coal") == ["fuel"]


def test_a_word_that_the_vocabulary_lacks_has_none(base: Path) -> None:
    assert Siblings(base).of("lighthouse") == []
    assert Siblings(base).of("[unused7]") == []
