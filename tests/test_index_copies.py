"""Copies: found whatever was done to them, in whatever order they came, and nothing else."""

import random
import sqlite3
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.near_copies import RULES, with_agency
from index.article import Article
from index.store import near_duplicates
from index.store.near_duplicates import Copy, is_copy, representative, resemblance, signature
from tests.near_copies import articles

TABLES = ["copy_texts", "copy_articles", "copy_keys"]
ORIGINALS = articles(80, random.Random(7))
# A chain of near-copies, each of its neighbours only; the same again; short texts; texts without words.
_LONG = articles(10, random.Random(8), sentences=9)
_CHAIN = ["\n".join(_LONG[at : at + 5]) for at in range(6)]
POOL = [*_CHAIN, _CHAIN[2], "Rain in Tarel.", "Rain in Tarel!", "Snow in Tarel.", "", "", "🙂", "🙂 🙂", "word"]


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    opened = opened_db()
    yield opened
    opened.close()


def opened_db() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    near_duplicates.create_tables(db)
    return db


def clusters_after(added: list[int], removed: list[int]) -> dict[str, str]:
    """The clusters after these texts of the pool were added and those removed."""
    db = opened_db()
    try:
        for number in added:
            near_duplicates.add(db, f"a{number}", POOL[number])
        for number in removed:
            near_duplicates.remove(db, f"a{number}")
        return dict(near_duplicates.clusters_of(db, [f"a{number}" for number in range(len(POOL))]))
    finally:
        db.close()


@pytest.fixture(scope="module")
def filled() -> Iterator[sqlite3.Connection]:
    db = opened_db()
    for number, text in enumerate(ORIGINALS):
        near_duplicates.add(db, f"original {number}", text)
    yield db
    db.close()


def test_unrelated_articles_and_those_of_one_event_stay_apart(filled: sqlite3.Connection) -> None:
    names = [f"original {number}" for number in range(len(ORIGINALS))]
    assert len(set(near_duplicates.clusters_of(filled, names).values())) >= 0.95 * len(names)


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_near_copies_are_found_and_nothing_else(filled: sqlite3.Connection, rule: str) -> None:
    chance = random.Random(rule)
    right = found = 0
    for number, text in enumerate(ORIGINALS):
        near_duplicates.add(filled, "copy", RULES[rule](text, chance))
        near = set(near_duplicates.cluster(filled, "copy")) - {"copy"}
        right += f"original {number}" in near
        found += len(near)
        near_duplicates.remove(filled, "copy")
    assert right >= 0.95 * len(ORIGINALS), "recall"
    assert right >= 0.95 * found, "precision"


def test_the_first_two_fifths_of_a_text_are_a_copy_of_it() -> None:
    for text in ORIGINALS:
        assert is_copy(signature(text), signature(text[: len(text) * 2 // 5]))


def test_a_roundup_is_no_copy_of_the_briefs_in_it() -> None:
    roundup = signature("\n".join(ORIGINALS[:6]))
    assert not any(is_copy(roundup, signature(brief)) for brief in ORIGINALS[:6])
    assert containment(roundup, signature(ORIGINALS[0])) == 1


def test_issues_of_a_series_are_no_copies_though_most_of_each_is_fixed_text() -> None:
    fixed = ORIGINALS[0]
    for first, second in zip(ORIGINALS[1:40], ORIGINALS[41:], strict=True):
        one, other = (f"{fixed}\n{own[: len(fixed) * 2 // 3]}" for own in (first, second))
        assert containment(signature(one), signature(other)) > 0.5
        assert not is_copy(signature(one), signature(other))


@given(st.lists(st.sampled_from(POOL), min_size=2, max_size=2), st.floats(0.2, 1))
def test_being_a_copy_is_mutual(texts: list[str], part: float) -> None:
    one, other = signature(texts[0]), signature(texts[1][: int(part * len(texts[1]))])
    assert is_copy(one, other) is is_copy(other, one)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Norway beat Sweden 2–1 in the final.", "Norway beat Sweden 2–1 in the final", True),
        ("Norway beat Sweden 2–1 in the final.", "Norway beat Sweden 3–1 in the final.", False),
        ("Norway beat Sweden 2–1 in the final.", "Norway beat Sweden 2–1 in the final of a cup that few saw", False),
        ("The ferry to Lissen is cancelled.", "LISSEN The ferry to Lissen is cancelled.", True),
        ("One", "one.", True),
        ("One", "Two", False),
        ("", "", False),
        ("🙂", "🙂", True),
        ("🙂", "🙃", False),
    ],
)
def test_short_texts_are_copies_only_if_nearly_identical(first: str, second: str, expected: bool) -> None:
    assert is_copy(signature(first), signature(second)) is expected


@given(st.lists(st.sampled_from("bus car tram taxi ferry".split()), min_size=5, max_size=29), st.integers(1, 29))
def test_a_part_of_a_short_text_is_no_copy_of_it(words: list[str], kept: int) -> None:
    whole, part = signature(" ".join(words)), signature(" ".join(words[:kept]))
    if is_copy(whole, part):
        assert resemblance(whole, part) >= 0.75


def containment(a: near_duplicates.Signature, b: near_duplicates.Signature) -> float:
    """The part of the shorter text's shingles that the longer one has, estimated: 0 to 1."""
    shared, _ = near_duplicates._sampled(a, b)
    return int(shared.sum()) / max(len(shared), 1)


def test_resemblance_and_containment_are_exact_for_short_texts_and_close_for_long_ones() -> None:
    words = [f"w{number}" for number in range(4000)]
    half, whole = signature(" ".join(words[:63])), signature(" ".join(words[:123]))  # 60 of 120 shingles
    assert (resemblance(half, whole), containment(half, whole)) == (0.5, 1)
    half, whole = signature(" ".join(words[:2000])), signature(" ".join(words))
    assert resemblance(half, whole) == pytest.approx(0.5, abs=0.1)
    assert containment(half, whole) == 1


@settings(max_examples=60)
@given(st.text())
def test_any_text_has_a_signature_that_survives_storage(text: str) -> None:
    made = signature(text)
    back = near_duplicates.from_bytes(near_duplicates.to_bytes(made))
    assert np.array_equal(made, back)
    assert back.dtype == made.dtype
    keys = near_duplicates.lookup_keys(made)
    assert keys == sorted(set(keys))
    assert is_copy(made, made) is bool(text.split())


def test_signatures_stay_comparable_with_those_stored() -> None:
    assert signature("Zürich: the tram is late").tolist() == [1813656192, 2894476192]


@pytest.mark.parametrize("text", ["", "🙂", "word", "a\ud800b c d e", "\0 \0", "word " * 200_000, "x" * 1_000_000])
def test_any_text_can_be_added_and_removed(db: sqlite3.Connection, text: str) -> None:
    near_duplicates.add(db, "a", text)
    assert near_duplicates.cluster(db, "a") == ["a"]
    near_duplicates.remove(db, "a")
    assert rows_left(db) == 0


def test_a_very_long_text_and_its_reprint_are_copies(db: sqlite3.Connection) -> None:
    text = "\n".join(articles(200, random.Random(9)))
    assert len(text) > 300_000
    near_duplicates.add(db, "a", text)
    near_duplicates.add(db, "b", with_agency(text[: len(text) // 2], random.Random(1)))
    assert near_duplicates.cluster(db, "b") == ["a", "b"]


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_clusters_do_not_depend_on_the_order_of_arrival(data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(range(len(POOL))), unique=True))
    assert clusters_after(data.draw(st.permutations(some)), []) == clusters_after(some, [])


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_what_was_added_and_removed_was_never_there(data: st.DataObject) -> None:
    some = data.draw(st.permutations(range(len(POOL))))
    gone = data.draw(st.lists(st.sampled_from(some), unique=True))
    assert clusters_after(some, gone) == clusters_after([number for number in some if number not in gone], [])


def test_removing_the_bridge_splits_a_cluster(db: sqlite3.Connection) -> None:
    for number in (0, 1, 2):
        near_duplicates.add(db, f"a{number}", _CHAIN[number])
    assert near_duplicates.cluster(db, "a0") == ["a0", "a1", "a2"]
    assert near_duplicates.members_of(db, ["a0", "a0", "none"]) == {"a0": ["a0", "a1", "a2"], "none": []}
    near_duplicates.remove(db, "a1")
    assert near_duplicates.clusters_of(db, ["a0", "a1", "a2"]) == {"a0": "a0", "a2": "a2"}


def test_adding_again_replaces(db: sqlite3.Connection) -> None:
    near_duplicates.add(db, "a", ORIGINALS[0])
    near_duplicates.add(db, "b", ORIGINALS[0])
    assert near_duplicates.clusters_of(db, ["a", "b"]) == {"a": "a", "b": "a"}
    near_duplicates.add(db, "a", ORIGINALS[1])
    assert near_duplicates.clusters_of(db, ["a", "b"]) == {"a": "a", "b": "b"}


def test_unknown_articles_have_no_cluster(db: sqlite3.Connection) -> None:
    near_duplicates.remove(db, "a")
    assert near_duplicates.cluster(db, "a") == []
    assert near_duplicates.clusters_of(db, ["a"] * 2000) == {}


def test_nothing_is_committed_or_left_by_a_transaction_that_fails(db: sqlite3.Connection) -> None:
    db.execute("BEGIN")
    near_duplicates.create_tables(db)
    near_duplicates.add(db, "a", ORIGINALS[0])
    near_duplicates.add(db, "b", ORIGINALS[0])
    db.execute("ROLLBACK")
    assert rows_left(db) == 0


def test_a_thousand_equal_texts_are_kept_once(db: sqlite3.Connection) -> None:
    for number in range(1000):
        near_duplicates.add(db, f"a{number:03}", ORIGINALS[0])
    assert len(near_duplicates.cluster(db, "a500")) == 1000
    assert db.execute("SELECT count(*) FROM copy_texts").fetchone() == (1,)
    near_duplicates.remove(db, "a000")
    assert near_duplicates.clusters_of(db, ["a999"]) == {"a999": "a001"}


def test_the_representative_is_the_earliest_complete_member() -> None:
    cut = Copy(Article("cut", "", published=date(2026, 5, 1)), 500)
    first = Copy(Article("first", "", published=date(2026, 5, 2)), 900)
    longest = Copy(Article("longest", "", published=date(2026, 5, 3)), 1000)
    undated = Copy(Article("undated", "", published=None), 1100)
    assert representative([undated, longest, first, cut]) == first
    assert representative([undated, cut]) == undated
    assert representative([cut]) == cut
    assert representative([longest, Copy(Article("also", "", published=date(2026, 5, 3)), 1000)]).article.id == "also"
    with pytest.raises(ValueError):
        representative([])


def rows_left(db: sqlite3.Connection) -> int:
    counts = [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]
    return sum(counts)
