"""The three linear models of the quoting reader, by hand."""

from pathlib import Path

import numpy as np
import pytest

from assistant.extractive.evidence import FEATURES
from assistant.extractive.weights import (
    ANSWER,
    SHORT,
    SPAN,
    Least,
    Weights,
    known_of_answer,
    known_of_short,
    load_weights,
    save_weights,
)


def weights(sentence: float, answer: float, short: float) -> Weights:
    """Those that weigh the first feature alone; the chances weigh nothing but their constant."""
    first = np.zeros(len(FEATURES), np.float32)
    first[0] = sentence
    constants = [np.append(np.zeros(len(names)), value) for names, value in ((ANSWER, answer), (SHORT, short))]
    return Weights(
        first,
        np.ones(len(SPAN), np.float32),
        *(one.astype(np.float32) for one in constants),
        {"balanced": Least(0.25, 0.5)},
        3.0,
    )


def sentences(name: str, *values: float) -> np.ndarray:
    rows = np.zeros((len(values), len(FEATURES)), np.float32)
    rows[:, FEATURES.index(name)] = values
    return rows


def test_sentences_are_ranked_and_chances_are_of_log_odds() -> None:
    by_hand = weights(2.0, 1.0, -1.0)
    rows = sentences(FEATURES[0], 0.0, 1.0)
    assert by_hand.rank(rows).tolist() == [0.0, 2.0]
    assert by_hand.answer_chance(known_of_answer(rows, by_hand.rank(rows))) == pytest.approx(1 / (1 + np.exp(-1.0)))
    assert by_hand.short_chance(known_of_short(0.5, 1.0, 1.0)) == pytest.approx(1 / (1 + np.exp(1.0)))


def test_what_is_known_of_an_answer_is_of_the_best_sentence_and_of_the_likeliest() -> None:
    rows = sentences("read: share of the answer", -0.5, -0.1)
    found = dict(zip(ANSWER, known_of_answer(rows, np.array([1.0, 0.0], np.float32)), strict=True))
    assert found["read: share of the answer"] == np.float32(-0.5)
    assert found["likeliest share of the answer"] == np.float32(-0.1)


def test_nothing_of_an_answer_hangs_on_how_old_the_archive_is() -> None:
    assert "search: recency" not in ANSWER


def test_weights_outlive_a_file(tmp_path: Path) -> None:
    kept = weights(1.5, -2.0, 0.5)
    save_weights(kept, tmp_path / "weights.json", "by hand")
    again = load_weights(tmp_path / "weights.json")
    assert (again.least, again.margin) == (kept.least, kept.margin)
    for name in ("sentence", "span", "answer", "short"):
        assert getattr(again, name).tolist() == getattr(kept, name).tolist()


def test_who_asks_for_care_is_refused_more_and_told_fewer_short_answers() -> None:
    careful, balanced, eager = (load_weights().least[name] for name in ("careful", "balanced", "eager"))
    assert careful.answer > balanced.answer > eager.answer > 0
    assert careful.short > balanced.short > eager.short > 0
