"""Texts and vectors come back from the disk."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store.schema import pack_text, pack_vector, unpack_text, unpack_vectors


@given(st.text())
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert unpack_text(pack_text(text)) == text


@given(st.text(), st.text())
def test_a_text_comes_back_by_a_like_one(text: str, like: str) -> None:
    assert unpack_text(pack_text(text, like), like) == text


def test_a_like_text_costs_little_more_than_the_difference() -> None:
    text = " ".join(str(number) for number in range(3000))
    assert len(pack_text(f"Advertisement\n{text}", text)) < 0.1 * len(pack_text(text))


@pytest.mark.parametrize("d", [1, 2, 256, 1536])
def test_a_vector_keeps_its_direction(d: int) -> None:
    made = np.random.default_rng(d).normal(size=(50, d)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    back = unpack_vectors([pack_vector(row) for row in made])
    assert back.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(back, axis=1), 1, atol=1e-6)
    assert (made * back).sum(axis=1).min() > 0.9998


def test_a_zero_vector_stays_zero() -> None:
    assert unpack_vectors([pack_vector(np.zeros(4, np.float32))]).tolist() == [[0, 0, 0, 0]]


def test_nothing_is_an_empty_array() -> None:
    assert unpack_vectors([]).shape == (0, 0)
