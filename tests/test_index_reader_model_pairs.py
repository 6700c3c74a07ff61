"""From texts to the numbers that the reader's model reads, and from its numbers to spans; without the network."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedders import STATIC_MODEL_FOLDER
from index.span_model.pairs import QUESTION_PIECES, Batch, Cutter, Pair, Pieces, join, piece_span, stacked
from index.span_model.passage_reading import LONGEST, Logits, PassageReading, Span, as_one, batches, read
from tests.retrieved import reading

CUTTER = Cutter(STATIC_MODEL_FOLDER / "tokenizer.json")
# Four words of four characters, with a space behind each: piece 2 begins the answer, piece 1 or 3 ends it.
FOUR = reading(pieces=[(0, 4, 1, 0), (5, 9, 0, 6), (10, 14, 5, 2), (15, 19, 2, 4)])


def cut(text: str) -> Pieces:
    return CUTTER.cut([text])[0]


def numbered(count: int, at: int = 0) -> Pieces:
    """Pieces with the ids from `at`, each of one character."""
    return Pieces(list(range(at, at + count)), [(place, place + 1) for place in range(count)], [0])


# The best span


@pytest.mark.parametrize(
    ("begin", "stop", "best"),
    [
        (0, None, Span(10, 19, 4.5)),  # 5 + 4; the best end, 6, stands before the best start
        (0, 14, Span(0, 9, 3.5)),  # 1 + 6 with 0 + 6 and 5 + 2 behind it
        (0, 13, Span(0, 9, 3.5)),  # a piece that is cut through is not inside
        (1, 13, Span(5, 9, 3.0)),  # 0 + 6
        (10, 14, Span(10, 14, 3.5)),  # 5 + 2
        (15, 100, Span(15, 19, 3.0)),  # 2 + 4
        (4, 5, None),
        (11, 14, None),
        (20, None, None),
        (14, 3, None),
    ],
)
def test_the_best_span_begins_and_ends_inside(begin: int, stop: int | None, best: Span | None) -> None:
    assert FOUR.best(begin, stop) == best


def test_the_best_of_those_that_are_accepted() -> None:
    assert FOUR.best_of(lambda span: True) == FOUR.best()
    assert FOUR.best_of(lambda span: True, 0, 14) == FOUR.best(0, 14)
    assert FOUR.best_of(lambda span: span.end == 9) == Span(0, 9, 3.5)
    assert FOUR.best_of(lambda span: span.end == 9, least=3.6) is None
    assert FOUR.best_of(lambda span: False) is None
    assert FOUR.best_of(lambda span: True, 14, 3) is None


def test_a_span_has_at_most_so_many_pieces() -> None:
    pieces = [(place, place + 1, 0.0, 0.0) for place in range(LONGEST + 5)]
    pieces[0], pieces[-1] = (0, 1, 9.0, 0.0), (LONGEST + 4, LONGEST + 5, 0.0, 7.0)
    assert reading(pieces=pieces).best() == Span(0, 1, 4.5)
    pieces[LONGEST - 1] = (LONGEST - 1, LONGEST, 0.0, 2.0)
    assert reading(pieces=pieces).best() == Span(0, LONGEST, 5.5)
    pieces[LONGEST] = (LONGEST, LONGEST + 1, 0.0, 6.0)  # the first piece too many
    assert reading(pieces=pieces).best() == Span(0, LONGEST, 5.5)


@pytest.mark.parametrize("low", [-8.0, -9000.0])
def test_of_bad_spans_and_of_near_ones_the_best_is_found(low: float) -> None:
    bad = reading(pieces=[(0, 1, low, low - 900), (2, 3, low - 900, low)])
    assert bad.best() == Span(0, 3, low)
    near = reading(pieces=[(0, 1, 1.0, 1.0), (2, 3, 1.0002, -5.0), (4, 5, -5.0, 1.0002)])
    assert near.best() == Span(2, 5, pytest.approx(1.0002))


def test_parts_of_a_text_are_read_as_one() -> None:
    other = replace(FOUR, relevance=2.0, offsets=FOUR.offsets + 20)
    both = as_one([FOUR, other])
    assert (both.relevance, both.best(0, 20), both.best(20)) == (2.0, FOUR.best(), Span(30, 39, 4.5))
    assert both.best() == Span(10, 29, 5.5)
    assert as_one([FOUR]) is FOUR


def test_nothing_to_read_has_no_span() -> None:
    assert reading().best() is None
    assert reading().mass() < -1000


def test_the_mass_counts_all_starts_and_ends_inside() -> None:
    both = reading(pieces=[(0, 4, 0.0, np.log(3)), (5, 9, 0.0, np.log(5))])
    assert both.mass() == pytest.approx((np.log(2) + np.log(8)) / 2)
    assert both.mass(5) == pytest.approx(np.log(5) / 2)
    assert both.mass(0, 4) == pytest.approx(np.log(3) / 2)
    assert both.mass(1, 4) < -1000


# What is read


class FakeForward:
    """Logits that tell where they belong: relevance is the pair's length, start its ids, end these negative."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = []

    def __call__(self, batch: Batch) -> Logits:
        self.shapes.append(batch.ids.shape)
        ids = batch.ids.astype(np.float32)
        return ids, -ids, batch.mask.sum(axis=1).astype(np.float32)


def test_what_is_read_comes_in_the_order_of_the_pairs_and_without_question_and_title() -> None:
    forward = FakeForward()
    pairs = [join(numbered(2, 500), numbered(1, 600), numbered(count, 10 * count), 50) for count in (5, 1, 3)]
    found = read(forward, pairs, 2)
    assert forward.shapes == [(1, 11), (2, 9)]  # the short ones together, after the long one
    assert [one.relevance for one in found] == [11.0, 7.0, 9.0]
    assert [one.starts.tolist() for one in found] == [[50, 51, 52, 53, 54], [10], [30, 31, 32]]
    assert found[2].ends.tolist() == [-30, -31, -32]
    assert found[2].offsets.tolist() == [[0, 1], [1, 2], [2, 3]]
    assert read(forward, [], 2) == []


def test_a_passage_without_text_is_read_too() -> None:
    (found,) = read(FakeForward(), [join(cut("who?"), cut("Title"), cut(""), 50)], 4)
    assert isinstance(found, PassageReading)
    assert (found.best(), found.offsets.shape) == (None, (0, 2))


def test_batches_are_of_like_length() -> None:
    assert list(batches([5, 1, 3, 2, 4], 2)) == [[1, 3], [2, 4], [0]]
    assert list(batches([], 2)) == []


# Pieces and pairs


def test_pieces_know_their_characters_and_where_sentences_begin() -> None:
    text = "He left. “Why?” she asked.\nNobody 3.5 knew"
    pieces = cut(text)
    assert [text[start:end] for start, end in pieces.offsets][:3] == ["He", "left", "."]
    assert [text[pieces.offsets[place][0] :].split()[0] for place in pieces.sentences] == ["He", "“Why?”", "Nobody"]
    assert cut("").ids == []


@given(st.text(max_size=60))
def test_pieces_stand_for_characters_of_the_text_in_their_order(text: str) -> None:
    pieces = cut(text)
    assert len(pieces.ids) == len(pieces.offsets)
    assert all(0 <= start < end <= len(text) for start, end in pieces.offsets)
    assert pieces.offsets == sorted(pieces.offsets)
    assert set(pieces.sentences) <= {0, *range(len(pieces.ids))}


def test_a_pair_is_question_title_and_passage() -> None:
    pair = join(numbered(2, 500), numbered(1, 600), numbered(3, 700), 50)
    assert pair == Pair([101, 500, 501, 102, 600, 700, 701, 702, 102], 4, 5, 8, [(0, 1), (1, 2), (2, 3)])
    assert join(numbered(2, 500), None, numbered(1, 700), 50).ids == [101, 500, 501, 102, 700, 102]
    part = join(numbered(2, 500), None, numbered(9, 700), 50, (3, 5))
    assert (part.ids[part.first : part.last], part.offsets) == ([703, 704], [(3, 4), (4, 5)])


@pytest.mark.parametrize("most", [140, 132, 131, 128, 96])
def test_a_long_pair_is_cut_at_the_passages_end(most: int) -> None:
    pair = join(numbered(90, 500), numbered(90, 600), numbered(300, 700), most)
    room = max(0, most - 2 * QUESTION_PIECES - 3)
    assert pair.ids[pair.second : pair.first] == list(range(600, 600 + QUESTION_PIECES))
    assert pair.ids[pair.first : pair.last] == list(range(700, 700 + room))
    assert len(pair.offsets) == pair.last - pair.first == room
    assert len(pair.ids) == 2 * QUESTION_PIECES + 3 + room


def test_pairs_of_different_length_are_filled_up() -> None:
    batch = stacked([Pair([101, 7, 102, 8, 9, 102], 3, 4, 5, [(0, 1)]), Pair([101, 102, 102], 2, 2, 2, [])])
    assert batch.ids.tolist() == [[101, 7, 102, 8, 9, 102], [101, 102, 102, 0, 0, 0]]
    assert batch.types.tolist() == [[0, 0, 0, 1, 1, 1], [0, 0, 1, 0, 0, 0]]
    assert batch.mask.tolist() == [[1] * 6, [1, 1, 1, 0, 0, 0]]
    assert batch.text.tolist() == [[False] * 4 + [True, False], [False] * 6]


@pytest.mark.parametrize(
    ("start", "end", "pieces"),
    [(0, 2, (0, 0)), (1, 4, (0, 1)), (3, 7, (1, 1)), (2, 3, None), (7, 99, None)],
)
def test_the_pieces_of_characters(start: int, end: int, pieces: tuple[int, int] | None) -> None:
    assert piece_span(Pieces([1, 2], [(0, 2), (3, 7)], [0]), start, end) == pieces
