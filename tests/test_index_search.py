"""The ranking: what holds for any passages, and its three parts."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.passages import Passage
from index.search import RECENCY_WEIGHT, VECTORS_WEIGHT, WORDS_WEIGHT, _rank
from index.search_result import Retrieved
from index.stored_passages import StoredPassage
from index.window import Window

TODAY = date(2026, 5, 20)
DAYS = st.none() | st.integers(0, 40_000).map(lambda days: TODAY - timedelta(days=days))
SCORES = st.floats(0.001, 60)
CANDIDATES = st.lists(st.tuples(DAYS, st.none() | SCORES, st.floats(-1, 1)), max_size=30)


def stored(key: int, published: date | None, article: str = "") -> StoredPassage:
    name = article or f"a{key}"
    return StoredPassage(
        key, Passage(name, key, key + 1, "x"), Article(name, "", published=published), np.zeros(2, np.float32)
    )


def rank(candidates: list[tuple[date | None, float | None, float]]) -> list[Retrieved]:
    seen = [stored(key, published) for key, (published, _, _) in enumerate(candidates)]
    by_words = {key: words for key, (_, words, _) in enumerate(candidates) if words is not None}
    cosines = {key: cosine for key, (_, _, cosine) in enumerate(candidates)}
    return _rank(seen, by_words, cosines, TODAY)


@given(CANDIDATES)
def test_every_candidate_is_ranked_once_by_its_score(candidates: list[tuple[date | None, float | None, float]]) -> None:
    ranked = rank(candidates)
    assert {r.article.id for r in ranked} == {f"a{key}" for key in range(len(candidates))}
    assert len(ranked) == len(candidates)
    assert all(one.score >= next_one.score for one, next_one in zip(ranked, ranked[1:], strict=False))


@given(CANDIDATES)
def test_a_score_is_the_sum_of_bounded_parts(candidates: list[tuple[date | None, float | None, float]]) -> None:
    for retrieved in rank(candidates):
        words, vectors, recency = (retrieved.parts[name] for name in ("words", "vectors", "recency"))
        assert retrieved.score == pytest.approx(words + vectors + recency)
        assert 0 <= words <= WORDS_WEIGHT
        assert abs(vectors) <= VECTORS_WEIGHT
        assert 0 <= recency <= RECENCY_WEIGHT


@given(CANDIDATES)
def test_the_best_by_words_has_the_whole_share(candidates: list[tuple[date | None, float | None, float]]) -> None:
    parts = [retrieved.parts["words"] for retrieved in rank(candidates)]
    expected = WORDS_WEIGHT if any(words is not None for _, words, _ in candidates) else 0
    assert max(parts, default=0) == pytest.approx(expected if candidates else 0)


@given(CANDIDATES, st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_does_not_matter(
    candidates: list[tuple[date | None, float | None, float]], chance: object
) -> None:
    seen = [stored(key, published) for key, (published, _, _) in enumerate(candidates)]
    cosines = {key: cosine for key, (_, _, cosine) in enumerate(candidates)}
    shuffled = list(seen)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _rank(seen, {}, cosines, TODAY) == _rank(shuffled, {}, cosines, TODAY)


@given(CANDIDATES, SCORES)
def test_the_scale_of_bm25_does_not_matter(
    candidates: list[tuple[date | None, float | None, float]], scale: float
) -> None:
    scaled = [(day, None if words is None else words * scale, cosine) for day, words, cosine in candidates]
    plain = {r.article.id: r.score for r in rank(candidates)}
    assert {r.article.id: r.score for r in rank(scaled)} == pytest.approx(plain)


@given(st.integers(0, 40_000), st.integers(1, 1000))
def test_the_newer_of_two_equals_comes_first(days: int, more: int) -> None:
    newer, older = TODAY - timedelta(days=days), TODAY - timedelta(days=days + more)
    ranked = rank([(older, 1.0, 0.5), (newer, 1.0, 0.5)])
    parts = {r.article.published: r.parts["recency"] for r in ranked}
    assert parts[newer] == pytest.approx(RECENCY_WEIGHT * math.exp(-days / 30))
    assert parts[newer] >= parts[older]


def test_passages_of_equal_score_come_in_reading_order() -> None:
    seen = [stored(key, TODAY, "same") for key in (5, 1, 3)]
    assert [r.passage.start for r in _rank(seen, {}, dict.fromkeys((1, 3, 5), 0.1), TODAY)] == [1, 3, 5]


def test_a_window_holds_its_first_and_its_last_day() -> None:
    week = Window(TODAY - timedelta(days=7), TODAY)
    assert TODAY in week
    assert TODAY - timedelta(days=7) in week
    assert TODAY + timedelta(days=1) not in week
    assert TODAY - timedelta(days=8) not in week


def test_an_undated_article_is_in_a_window_without_a_first_day() -> None:
    assert None in Window()
    assert None in Window(last=TODAY)
    assert None not in Window(first=TODAY)
