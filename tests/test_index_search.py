"""The ranking: what holds for any passages, and its three parts."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.search.ranking import WEIGHTS, Candidate, Moment
from index.search.ranking import rank as rank_candidates
from index.search.result import Retrieved
from index.store.stored_passages import StoredPassage
from index.text.passages import Passage
from index.times import Kind, TimeExpression, Window

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
    return rank_candidates(known(candidates), Moment(TODAY))


def known(candidates: list[tuple[date | None, float | None, float]]) -> list[Candidate]:
    return [
        Candidate(stored(key, published), words or 0.0, cosine)
        for key, (published, words, cosine) in enumerate(candidates)
    ]


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
        assert 0 <= words <= WEIGHTS.words
        assert abs(vectors) <= WEIGHTS.vectors
        assert 0 <= recency <= WEIGHTS.recency


@given(CANDIDATES)
def test_the_best_by_words_has_the_whole_share(candidates: list[tuple[date | None, float | None, float]]) -> None:
    parts = [retrieved.parts["words"] for retrieved in rank(candidates)]
    expected = WEIGHTS.words if any(words is not None for _, words, _ in candidates) else 0
    assert max(parts, default=0) == pytest.approx(expected if candidates else 0)


@given(CANDIDATES, st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_does_not_matter(
    candidates: list[tuple[date | None, float | None, float]], chance: object
) -> None:
    shuffled = known(candidates)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rank(candidates) == rank_candidates(shuffled, Moment(TODAY))


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
    assert parts[newer] == pytest.approx(WEIGHTS.recency * math.exp(-days / WEIGHTS.recency_days))
    assert parts[newer] >= parts[older]


def test_passages_of_equal_score_come_in_reading_order() -> None:
    same = [Candidate(stored(key, TODAY, "same"), 0.0, 0.1) for key in (5, 1, 3)]
    assert [r.passage.start for r in rank_candidates(same, Moment(TODAY))] == [1, 3, 5]


def test_other_articles_come_before_more_of_the_same() -> None:
    """A little worse is good enough; much worse is not."""
    same = [Candidate(stored(key, TODAY, "same"), 10.0, 0.5) for key in (1, 2, 3)]
    near = Candidate(stored(9, TODAY, "near"), 9.9, 0.5)
    far = Candidate(stored(10, TODAY, "far"), 3.0, 0.5)
    ranked = rank_candidates([*same, near, far], Moment(TODAY))
    assert [r.article.id for r in ranked] == ["same", "near", "same", "same", "far"]
    assert [r.parts.get("same article", 0) for r in ranked] == [0, 0, -WEIGHTS.repeated, -2 * WEIGHTS.repeated, 0]


def about(kind: Kind, first: date | None, last: date | None) -> Moment:
    return Moment(TODAY, TimeExpression("then", 0, 4, Window(first, last), kind), date(2020, 3, 9))


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_days_asked_for_come_first(inside: int, outside: int) -> None:
    """What was published in them, be it long ago, before what was not, however new."""
    first, last = date(2019, 1, 1), date(2019, 12, 31)
    right = Candidate(stored(1, first + timedelta(days=inside % 365)), 10.0, 0.5)
    other = Candidate(stored(2, TODAY - timedelta(days=outside % 2000)), 10.0, 0.5)
    ranked = rank_candidates([other, right], about("near", first, last))
    assert ranked[0].article.id == "a1" or abs((other.stored.article.published or first) - last).days < 60


def test_the_newest_are_told_by_the_newest_article_in_an_old_collection() -> None:
    old, new = (Candidate(stored(key, day), 10.0, 0.5) for key, day in ((1, date(2019, 12, 1)), (2, date(2020, 3, 9))))
    plain = rank_candidates([old, new], Moment(TODAY))
    newest = rank_candidates([old, new], about("newest", None, TODAY))
    assert plain[0].score == pytest.approx(plain[1].score)
    assert (newest[0].article.id, newest[0].parts["time"]) == ("a2", pytest.approx(WEIGHTS.newest))
    assert newest[1].parts["time"] < 0.01 * WEIGHTS.newest


def test_of_an_undated_article_time_says_nothing() -> None:
    (one,) = rank_candidates([Candidate(stored(1, None), 10.0, 0.5)], about("newest", None, TODAY))
    assert (one.parts["time"], one.parts["recency"]) == (0, 0)


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
