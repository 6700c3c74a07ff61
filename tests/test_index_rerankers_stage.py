"""The second stage: its formula, its time, and what becomes of a reranker that fails."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ModelError
from index.rerankers import DEPTH, WEIGHT, SecondStage, by_share, fused
from index.search.result import Results, Retrieved
from index.span_model.passage_reading import PassageReading
from tests.retrieved import ranked, reading, retrieved

SCORES = st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=60)
TEXTS = [f"text {number}" for number in range(60)]

Scoring = Callable[[str, Sequence[Retrieved]], Sequence[float]]


class FakeReranker:
    """A reranker that scores by a function; `calls` holds how many passages each call got."""

    name = "fake"

    def __init__(self, scoring: Scoring, batch_size: int = 0) -> None:
        self.scoring, self.batch_size = scoring, batch_size
        self.calls: list[int] = []

    def scores(self, query: str, passages: Sequence[Retrieved]) -> Sequence[float]:
        self.calls.append(len(passages))
        return self.scoring(query, passages)


class FakePassageReader:
    """A reranker that reads: the passages are the more relevant the later they come."""

    name = "fake reader"

    def scores(self, query: str, passages: Sequence[Retrieved]) -> Sequence[float]:
        raise AssertionError("it is asked for readings")

    def readings(self, query: str, passages: Sequence[Retrieved]) -> list[PassageReading]:
        return [reading(relevance=float(place)) for place in range(len(passages))]

    def score(self, reading: PassageReading) -> float:
        return reading.relevance


def backwards(query: str, passages: Sequence[Retrieved]) -> list[float]:
    return [-one.score for one in passages]


def texts_of(found: Results) -> list[str]:
    return [one.passage.text for one in found]


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What a hanging reranker waits for; it is opened at the end of the test."""
    event = threading.Event()
    yield event
    event.set()


# The formula


@given(SCORES)
def test_the_score_is_the_sum_of_the_parts_and_nothing_is_lost(scores: list[float]) -> None:
    passages = ranked(TEXTS)
    both = fused(passages, by_share(scores))
    assert {one.article.id for one in both} == {one.article.id for one in passages}
    assert all(one.score == sum(one.parts.values()) for one in both)
    assert all(0 <= one.parts["reranker"] <= WEIGHT for one in both if "reranker" in one.parts)
    assert all(one.score >= other.score for one, other in zip(both, both[1:], strict=False))


@given(SCORES)
def test_what_was_not_scored_stays_behind_in_its_order(scores: list[float]) -> None:
    both = [one.passage.text for one in fused(ranked(TEXTS), by_share(scores))]
    assert both[len(scores) :] == TEXTS[len(scores) :]


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=50), st.floats(0.01, 100), st.floats(-100, 100))
def test_the_scale_of_the_scores_does_not_matter(scores: list[int], factor: float, offset: float) -> None:
    plain = {one.article.id: one.score for one in fused(ranked(TEXTS), by_share(scores))}
    scaled = {
        one.article.id: one.score for one in fused(ranked(TEXTS), by_share([s * factor + offset for s in scores]))
    }
    assert scaled == pytest.approx(plain, abs=1e-6)


def test_the_best_gets_the_whole_weight_and_the_worst_nothing() -> None:
    both = fused(ranked(["a", "b", "c"]), by_share([2.0, 6.0, 4.0]))
    assert [one.passage.text for one in both] == ["b", "c", "a"]
    assert [one.parts["reranker"] for one in both] == [WEIGHT, WEIGHT / 2, 0.0]


def test_equal_scores_say_nothing() -> None:
    both = fused(ranked(["a", "b"]), by_share([7.0, 7.0]))
    assert [(one.passage.text, one.parts["reranker"]) for one in both] == [("a", 0.0), ("b", 0.0)]


# What is asked of the reranker


def test_only_the_best_are_scored_and_the_k_best_come_back() -> None:
    reranker = FakeReranker(backwards)
    found = SecondStage(reranker).rank("q", Results(ranked(TEXTS)), 60)
    assert reranker.calls == [DEPTH]
    assert texts_of(found) == [*reversed(TEXTS[:DEPTH]), *TEXTS[DEPTH:]]
    assert found.notices == ()
    assert texts_of(SecondStage(reranker).rank("q", Results(ranked(TEXTS)), 3)) == TEXTS[DEPTH - 1 : DEPTH - 4 : -1]


def test_one_that_takes_batches_gets_them_best_first() -> None:
    reranker = FakeReranker(backwards, batch_size=20)
    found = SecondStage(reranker).rank("q", Results(ranked(TEXTS)), 60)
    assert reranker.calls == [20, 20, 10]
    assert texts_of(found) == [*reversed(TEXTS[:DEPTH]), *TEXTS[DEPTH:]]


def test_one_may_say_how_many_it_reads_and_what_its_scores_add() -> None:
    class Adding(FakeReranker):
        depth = 3

        def addends(self, scores: Sequence[float]) -> list[float]:
            return [10.0 * place for place in range(len(scores))]

    reranker = Adding(backwards)
    found = SecondStage(reranker).rank("q", Results(ranked(TEXTS)), 60)
    assert reranker.calls == [3]
    assert texts_of(found) == [*reversed(TEXTS[:3]), *TEXTS[3:]]
    assert [one.parts.get("reranker") for one in found[:4]] == [20.0, 10.0, 0.0, None]


def test_what_a_reader_makes_of_the_passages_goes_on_with_them() -> None:
    reranker = FakePassageReader()
    found = SecondStage(reranker).rank("q", Results(ranked(TEXTS[:5])), 5)
    assert texts_of(found) == list(reversed(TEXTS[:5]))
    assert [one.reading.relevance if one.reading else None for one in found] == [4.0, 3.0, 2.0, 1.0, 0.0]


@pytest.mark.parametrize("texts", [[], ["a"]])
def test_nothing_to_order_asks_nothing(texts: list[str]) -> None:
    reranker = FakeReranker(backwards)
    assert texts_of(SecondStage(reranker).rank("q", Results(ranked(texts)), 5)) == texts
    assert reranker.calls == []


def test_notices_and_time_of_the_first_stage_are_kept() -> None:
    found = Results(ranked(["a", "b"]), None, ("one thing was left out",))
    broken = SecondStage(FakeReranker(lambda query, passages: [1.0])).rank("q", found, 2)
    assert broken.notices[0] == "one thing was left out"
    assert len(broken.notices) == 2


# Failures


def raising(error: BaseException) -> Scoring:
    def scoring(query: str, passages: Sequence[Retrieved]) -> list[float]:
        raise error

    return scoring


@pytest.mark.parametrize(
    ("scoring", "said"),
    [
        (raising(RuntimeError("no\nmemory")), "failed (RuntimeError: no memory)"),
        (raising(ModelError("reranker 'fake' answered HTTP 500")), "reranker 'fake' answered HTTP 500; "),
        (raising(SystemExit()), "failed (SystemExit"),
        (lambda query, passages: [1.0], "gave 1 scores for 3 passages"),
        (lambda query, passages: [1.0, float("nan"), 2.0], "no finite number"),
        (lambda query, passages: [1.0, float("inf"), 2.0], "no finite number"),
        (lambda query, passages: None, "failed (TypeError"),
        (lambda query, passages: ["a", "b", "c"], "failed (ValueError"),
    ],
)
def test_a_failure_is_one_notice_and_the_order_stands(scoring: Scoring, said: str) -> None:
    before = ranked(["a", "b", "c"])
    found = SecondStage(FakeReranker(scoring)).rank("q", Results(before), 3)
    assert found.passages == before
    (notice,) = found.notices
    assert said in notice
    assert "reranker 'fake'" in notice
    assert "first stage's order" in notice
    assert "\n" not in notice


def test_a_failure_in_a_later_batch_leaves_the_whole_order() -> None:
    def scoring(query: str, passages: Sequence[Retrieved]) -> list[float]:
        return backwards(query, passages) if passages[0].passage.text == "a" else []

    before = ranked(["a", "b", "c", "d"])
    found = SecondStage(FakeReranker(scoring, batch_size=2)).rank("q", Results(before), 4)
    assert found.passages == before
    assert "gave 0 scores for 2" in found.notices[0]


def test_the_next_search_after_a_failure_is_reranked() -> None:
    answers: list[list[float]] = [[], [1.0, 2.0]]
    stage = SecondStage(FakeReranker(lambda query, passages: answers.pop(0)))
    assert stage.rank("q", Results(ranked(["a", "b"])), 2).notices
    again = stage.rank("q", Results(ranked(["a", "b"])), 2)
    assert (texts_of(again), again.notices) == (["b", "a"], ())


# Time


def test_what_hangs_is_waited_for_once_and_then_passed_over(gate: threading.Event) -> None:
    def hanging(query: str, passages: Sequence[Retrieved]) -> list[float]:
        gate.wait()
        return backwards(query, passages)

    stage, before = SecondStage(FakeReranker(hanging), seconds=0.2), ranked(["a", "b"])
    threads = threading.active_count()
    first = stage.rank("q", Results(before), 2)
    assert first.passages == before
    assert "was not ready after 0.2 seconds; the passages stand in the first stage's order; raise" in first.notices[0]
    began = time.monotonic()
    for _ in range(20):
        later = stage.rank("q", Results(before), 2)
        assert time.monotonic() - began < 0.4  # the time of the hanging call once more, and no longer
        assert later.passages == before
        assert "still busy with an earlier search" in later.notices[0]
    assert threading.active_count() == threads + 1
    gate.set()
    stage.close()
    recovered = stage.rank("q", Results(before), 2)
    assert (texts_of(recovered), recovered.notices) == (["b", "a"], ())


def test_what_was_scored_in_time_counts(gate: threading.Event) -> None:
    def slow_after_two(query: str, passages: Sequence[Retrieved]) -> list[float]:
        if passages[0].passage.text == "c":
            gate.wait()
        return backwards(query, passages)

    reranker = FakeReranker(slow_after_two, batch_size=2)
    stage = SecondStage(reranker, seconds=0.3)
    found = stage.rank("q", Results(ranked(["a", "b", "c", "d", "e", "f"])), 6)
    assert texts_of(found) == ["b", "a", "c", "d", "e", "f"]
    assert "read only the best 2 of 6 passages in 0.3 seconds" in found.notices[0]
    gate.set()
    stage.close()
    assert reranker.calls == [2, 2]  # nothing more is begun when the time is over


def test_searches_at_once_wait_for_one_another_and_their_time_begins_with_their_turn() -> None:
    at_work, most_at_work = [0], [0]

    def scoring(query: str, passages: Sequence[Retrieved]) -> list[float]:
        at_work[0] += 1
        most_at_work[0] = max(most_at_work[0], at_work[0])
        time.sleep(0.1)
        at_work[0] -= 1
        return backwards(query, passages)

    stage = SecondStage(FakeReranker(scoring), seconds=0.4)
    results: list[Results] = []
    threads = [
        threading.Thread(target=lambda: results.append(stage.rank("q", Results(ranked(["a", "b"])), 2)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    assert [(texts_of(found), found.notices) for found in results] == [(["b", "a"], ())] * 8
    assert most_at_work[0] == 1


def test_a_search_whose_turn_does_not_come_in_time_says_so(gate: threading.Event) -> None:
    def hanging(query: str, passages: Sequence[Retrieved]) -> list[float]:
        gate.wait()
        return backwards(query, passages)

    reranker = FakeReranker(hanging)
    patient, hasty = SecondStage(reranker, seconds=20), ranked(["a", "b"])
    waiting = threading.Thread(target=lambda: patient.rank("q", Results(hasty), 2))
    waiting.start()
    while not reranker.calls:
        time.sleep(0.01)
    patient._seconds = 0.01
    found = patient.rank("q", Results(hasty), 2)
    assert "still busy with other searches" in found.notices[0]
    gate.set()
    waiting.join()


def test_one_that_comes_back_late_is_waited_for_by_the_next_search() -> None:
    def slow_at_first(query: str, passages: Sequence[Retrieved]) -> list[float]:
        time.sleep(0.3 if query == "first" else 0)
        return backwards(query, passages)

    stage = SecondStage(FakeReranker(slow_at_first), seconds=0.2)
    assert "was not ready" in stage.rank("first", Results(ranked(["a", "b"])), 2).notices[0]
    later = stage.rank("second", Results(ranked(["a", "b"])), 2)
    assert (texts_of(later), later.notices) == (["b", "a"], ())


def test_one_that_others_call_too_is_called_in_its_turn() -> None:
    class Shared(FakeReranker):
        turn = threading.Lock()

    stage = SecondStage(Shared(backwards), seconds=0.1)
    results: list[Results] = []
    with Shared.turn:
        searching = threading.Thread(target=lambda: results.append(stage.rank("q", Results(ranked(["a", "b"])), 2)))
        searching.start()
        time.sleep(0.2)
        assert not results
    searching.join()
    assert results[0].notices == ()


def test_only_its_own_reranker_is_closed() -> None:
    class Closing(FakeReranker):
        closed = 0

        def close(self) -> None:
            self.closed += 1

    own, given = Closing(backwards), Closing(backwards)
    for stage in (SecondStage(own, owned=True), SecondStage(given)):
        stage.rank("q", Results((retrieved("a"), retrieved("b"))), 2)
        stage.close()
    assert (own.closed, given.closed) == (1, 0)
