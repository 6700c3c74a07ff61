"""What the reader's model says of sentences, as features; computed by hand from logits."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from assistant.extractive.candidates import Candidate, candidates
from assistant.extractive.read_features import READ_FEATURES, best_span, key_of, read_features, said
from index.search.result import Retrieved
from tests.retrieved import reading, retrieved

TEXT = "Ida left. Ole Lund stayed."
# Four pieces: "Ida" "left" | "Ole Lund" "stayed".
PIECES = [(0, 3, 4.0, 2.0), (4, 8, -2.0, -2.0), (10, 18, 1.0, 3.0), (19, 25, -4.0, -4.0)]


def logs(*values: float) -> float:
    """The logarithm of the sum of the numbers with these logarithms."""
    return float(np.log(np.exp(values).sum()))


def told_by(outlet: str, text: str, *pieces: tuple[int, int, float, float]) -> tuple[Retrieved, dict[str, object]]:
    """A passage of one sentence, with its reading."""
    found = retrieved(text)
    found = replace(found, article=replace(found.article, id=f"{outlet}-{text}", outlet=outlet))
    return found, {key_of(found): reading(0.0, pieces)}


def others(*told: tuple[Retrieved, dict[str, object]]) -> list[float]:
    """The feature of each sentence that counts other outlets."""
    readings = {key: one for _, part in told for key, one in part.items()}
    found = read_features("", sentences(*(one for one, _ in told)), readings)  # type: ignore[arg-type]
    return [round(float(row[3]), 3) for row in found]


def sentences(*passages: Retrieved) -> Sequence[Candidate]:
    return candidates(passages)


def test_each_sentence_has_its_own_span_and_share_and_its_passages_relevance() -> None:
    found = retrieved(TEXT)
    features = read_features("", sentences(found), {key_of(found): reading(1.5, PIECES)})
    first = (logs(4, -2) + logs(2, -2)) / 2
    second = (logs(1, -4) + logs(3, -4)) / 2
    whole = logs(0, first, second)
    assert READ_FEATURES[:3] == ("read: best span", "read: share of the answer", "read: passage answers")
    assert features.shape == (2, len(READ_FEATURES))
    assert features[0] == pytest.approx([0.3, (first - whole) / 10, 0.15, 0.0, 0.0], abs=1e-5)
    assert features[1] == pytest.approx([0.2, (second - whole) / 10, 0.15, 0.0, 0.0], abs=1e-5)


def test_what_was_not_read_has_the_least() -> None:
    features = read_features("", sentences(retrieved(TEXT)), {})
    assert features.tolist() == [[-1.0, -1.0, -1.0, 0.0, 0.0]] * 2


def test_a_sentence_that_was_cut_off_has_the_least_but_for_its_passage() -> None:
    found = retrieved(TEXT)
    features = read_features("", sentences(found), {key_of(found): reading(1.5, PIECES[:2])})
    assert features[1].tolist() == pytest.approx([-1.0, -1.0, 0.15, 0.0, 0.0])


def test_numbers_beyond_ten_make_no_difference() -> None:
    found = retrieved(TEXT)
    features = read_features("", sentences(found), {key_of(found): reading(-99.0, [(0, 3, 50.0, 50.0)])})
    assert features[0].tolist() == pytest.approx([1.0, 0.0, -1.0, 0.0, 0.0])


def test_a_span_that_repeats_the_question_is_told_by_how_much() -> None:
    found = retrieved(TEXT)
    features = read_features("Did OLE stay?", sentences(found), {key_of(found): reading(1.5, PIECES)})
    assert features[:, 4].tolist() == [0.0, 0.5]  # "Ida" and "Ole Lund"


def test_no_sentences_have_no_features() -> None:
    assert read_features("", [], {}).shape == (0, len(READ_FEATURES))


def test_the_same_answer_from_other_outlets_is_counted() -> None:
    wire = told_by("Wire", "Ida Brandt left.", (0, 10, 2.0, 2.0))
    herald = told_by("Herald", "It was IDA  Brandt!", (7, 18, 1.0, 1.0))
    again = told_by("Wire", "Nobody but Ida Brandt.", (11, 21, 3.0, 3.0))
    other = told_by("Post", "Ole Lund left.", (0, 8, 3.0, 3.0))
    assert others(wire, herald, again, other) == [round(1 / 3, 3), round(1 / 3, 3), round(1 / 3, 3), 0.0]


def test_what_is_likelier_not_the_answer_does_not_count() -> None:
    wire = told_by("Wire", "Ida Brandt left.", (0, 10, 2.0, 2.0))
    doubtful = told_by("Herald", "Ida Brandt stayed.", (0, 10, -1.0, 0.5))
    assert others(wire, doubtful) == [0.0, round(1 / 3, 3)]


def test_three_other_outlets_are_enough() -> None:
    told = [told_by(name, "Ida left.", (0, 3, 1.0, 1.0)) for name in ("A", "B", "C", "D", "E")]
    assert others(*told) == [1.0] * 5


def test_articles_without_an_outlet_are_each_their_own() -> None:
    told = [told_by("", text, (0, 3, 1.0, 1.0)) for text in ("Ida left.", "Ida went.")]
    assert others(*told) == [round(1 / 3, 3)] * 2


def test_a_span_without_words_is_told_by_nobody() -> None:
    told = [told_by(name, "Left -- or not.", (5, 7, 2.0, 2.0)) for name in ("A", "B")]
    assert others(*told) == [0.0, 0.0]


def test_a_span_stands_in_the_characters_of_its_passage() -> None:
    found = retrieved(TEXT)
    later = replace(found, passage=replace(found.passage, start=100, end=100 + len(TEXT)))
    second = sentences(later)[1]
    span = best_span(second, {key_of(later): reading(0.0, PIECES)})
    assert second.start == 110
    assert span
    assert (span.start, span.end, said(second, span)) == (10, 18, "ole lund")
    assert best_span(second, {}) is None
