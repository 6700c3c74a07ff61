"""The two linear judges of the quoting reader, by hand."""

from pathlib import Path

import numpy as np
import pytest

from assistant.evidence import FEATURES
from assistant.read_features import READ_FEATURES
from assistant.weights import SUMMARY, WORDS_SHARE, Judge, Weights, load_weights, save_weights, summarise


def judge(sentence: float, constant: float) -> Judge:
    """One that weighs the first feature alone, and has log odds that no sentence changes."""
    weights = np.zeros(len(FEATURES), np.float32)
    weights[0] = sentence
    answer = np.zeros(len(SUMMARY) + 1, np.float32)
    answer[-1] = constant
    return Judge(weights, answer)


def sentences(*first: float) -> np.ndarray:
    rows = np.zeros((len(first), len(FEATURES)), np.float32)
    rows[:, 0] = first
    return rows


def test_both_judges_rank_and_the_chance_is_of_the_mean_of_their_log_odds() -> None:
    weights = Weights(judge(1.0, 3.0), judge(2.0, 1.0))
    assert weights.rank(sentences(0.0, 1.0)).tolist() == pytest.approx([0.0, 1.0 + 2 * WORDS_SHARE])
    assert weights.answerable(sentences(0.0, 1.0)) == pytest.approx(1 / (1 + np.exp(-2.0)))


def test_what_sums_up_a_question_is_of_the_best_sentence_and_of_any() -> None:
    found = dict(zip(SUMMARY, summarise(sentences(1.0, 3.0, 2.0), np.array([1.0, 3.0, 2.0], np.float32)), strict=True))
    assert found[f"best sentence: {FEATURES[0]}"] == 3.0
    assert found[f"any sentence: {FEATURES[0]}"] == 3.0
    assert found["score of the best"] == 3.0
    assert found["certainty of the best"] == pytest.approx(-np.log(1 + np.exp(-1) + np.exp(-2)))
    assert found["lead over the fourth"] == 2.0  # of three the last
    assert "best sentence: search: recency" not in found


def test_weights_outlive_a_file(tmp_path: Path) -> None:
    weights = Weights(judge(1.5, -2.0), judge(0.5, 1.0), 0.25, 3.0)
    save_weights(weights, tmp_path / "weights.json", "by hand")
    again = load_weights(tmp_path / "weights.json")
    assert (again.threshold, again.margin) == (0.25, 3.0)
    assert again.answerable(sentences(1.0)) == weights.answerable(sentences(1.0))
    assert again.rank(sentences(1.0, 2.0)).tolist() == weights.rank(sentences(1.0, 2.0)).tolist()


def test_the_judge_of_words_sees_nothing_of_the_readers_model() -> None:
    words = load_weights().words
    assert all(words.sentence[FEATURES.index(name)] == 0 for name in READ_FEATURES)
    named = dict(zip(SUMMARY, words.answer, strict=False))
    assert all(weight == 0 for name, weight in named.items() if name.partition(": ")[2] in READ_FEATURES)
