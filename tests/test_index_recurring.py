"""Lines that recur in an outlet's articles: found by counting, whatever the order; everything else stays."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.store import recurring_lines
from index.store.recurring_lines import outlet_name, without_lines

SIGN_UP = "Sign up for the Marlow Post's newsletter to get the news every morning."
IMPRINT = "Printed by Harbour Media in Marlow on paper from the woods nearby."
BACKGROUND = "The harbour was closed in March after a crane had toppled into the basin, killing nobody."
LEGEND = "Team Played Won Drawn Lost Points"
START = date(2026, 1, 1)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    opened = opened_db()
    yield opened
    opened.close()


def opened_db() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    recurring_lines.create_tables(db)
    return db


def article(number: int, *lines: str, last: str = "") -> str:
    """Four paragraphs of its own, these lines between them, one at the end."""
    own = [f"On day {number} the council of Marlow spoke about matter {number}.{part} at length." for part in range(4)]
    return "\n\n".join([own[0], own[1], *lines, own[2], own[3], *([last] if last else [])])


def lines_after(db: sqlite3.Connection, texts: dict[str, str], days: dict[str, date | None] | None = None) -> set[str]:
    """What recurs after these articles came to the Post, one each day if not said otherwise, and were counted."""
    for number, (key, text) in enumerate(texts.items()):
        day = START + timedelta(number) if days is None else days[key]
        recurring_lines.add(db, key, "post", day, text)
    recurring_lines.recount(db, "post", texts.__getitem__)
    return set(recurring_lines.recurring_lines(db, "post"))


def series(number: int, *lines: str, last: str = "", plain: int = 0) -> dict[str, str]:
    """So many articles with these lines, and some without."""
    holders = {f"a{at:04}": article(at, *lines, last=last) for at in range(number)}
    return holders | {f"b{at:04}": article(1000 + at) for at in range(plain)}


def test_a_line_to_the_reader_recurs_from_eight_articles_on(db: sqlite3.Connection) -> None:
    assert lines_after(db, series(7, SIGN_UP, plain=20)) == set()
    assert lines_after(db, series(8, SIGN_UP, plain=20)) == {SIGN_UP}


def test_it_must_do_so_on_several_days_and_in_a_share_of_the_outlets_articles(db: sqlite3.Connection) -> None:
    texts = series(8, SIGN_UP)
    assert lines_after(db, texts, dict.fromkeys(texts, START)) == set()
    assert lines_after(opened_db(), series(8, SIGN_UP, plain=3000)) == set()


def test_undated_articles_count_as_of_a_day_each_and_equal_ones_once(db: sqlite3.Connection) -> None:
    texts = series(8, SIGN_UP)
    assert lines_after(db, texts, dict.fromkeys(texts)) == {SIGN_UP}
    assert lines_after(opened_db(), {f"a{at}": article(1, SIGN_UP) for at in range(30)}) == set()


@pytest.mark.parametrize(
    "line",
    [
        "Yes",
        "Read the newsletter",
        "In this week's newsletter for the readers:",
        "Newsletter\tSubscribers\tPodcasts\tof the Marlow Post",
        "Newsletter | Subscribers | Podcasts | of the Marlow Post",
        "Sign up for the newsletter. " * 20,
        BACKGROUND,
        LEGEND,
    ],
)
def test_answers_headings_rows_paragraphs_and_background_stay(db: sqlite3.Connection, line: str) -> None:
    assert lines_after(db, series(30, line.strip())) == set()


def test_other_lines_must_stand_in_many_articles_and_at_the_edge(db: sqlite3.Connection) -> None:
    assert lines_after(db, series(19, last=IMPRINT)) == set()
    assert lines_after(db, series(20, last=IMPRINT)) == {IMPRINT}
    assert lines_after(opened_db(), series(20, IMPRINT)) == set()
    assert lines_after(opened_db(), {key: f"{LEGEND}\n{text}" for key, text in series(30).items()}) == set()


def test_background_repeated_in_follow_ups_stays(db: sqlite3.Connection) -> None:
    texts = series(3, BACKGROUND, plain=40) | {f"c{at}": article(50 + at, last=BACKGROUND) for at in range(4)}
    assert lines_after(db, texts) == set()


def test_only_whole_lines_go_and_every_other_character_stays() -> None:
    text = (
        f"First  line.\r\n\r\n  {SIGN_UP} \r\nHe said: {SIGN_UP} And so on.\n\n\tLast line, which is longer than that."
    )
    assert without_lines(text, {SIGN_UP}) == text.replace(f"  {SIGN_UP} \r\n", "")
    assert without_lines(text, set()) == text


def test_a_text_that_would_lose_more_than_half_is_left_whole() -> None:
    for text in (SIGN_UP, f"{SIGN_UP}\nA short report.", ""):
        assert without_lines(text, {SIGN_UP}) == text


@given(st.lists(st.sampled_from([SIGN_UP, IMPRINT, "Own line.", "", " ", "\u2028", "\x0c", "x" * 300]), max_size=12))
def test_what_stays_and_what_goes_make_up_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    kept, known = without_lines(text, {SIGN_UP, IMPRINT}), {SIGN_UP, IMPRINT}
    gone = [line for line in map(str.strip, text.splitlines()) if line in known] if kept != text else []
    assert len(kept.split()) + sum(len(line.split()) for line in gone) == len(text.split())
    assert kept == text or known.isdisjoint(map(str.strip, kept.splitlines()))


def test_an_unknown_outlet_loses_nothing(db: sqlite3.Connection) -> None:
    for key, text in series(30, SIGN_UP).items():
        recurring_lines.add(db, key, "", START, text)
    assert recurring_lines.outlets_due(db, 0) == []
    assert recurring_lines.recurring_lines(db, "") == frozenset()
    assert recurring_lines.recount(db, "", str) == frozenset()
    assert db.execute("SELECT count(*) FROM recurring_articles").fetchone() == (0,)


@pytest.mark.parametrize(
    ("outlet", "url", "expected"),
    [
        (" The  Marlow Post ", "https://example.org/1", "the marlow post"),
        ("", "https://www.Example.org:80/1", "example.org"),
        ("", "", ""),
        ("", "http://[broken", ""),
    ],
)
def test_an_outlet_goes_by_its_name_or_else_its_host(outlet: str, url: str, expected: str) -> None:
    assert outlet_name(outlet, url) == expected


def test_earlier_articles_that_hold_a_line_are_named_when_it_comes_to_recur(db: sqlite3.Connection) -> None:
    texts = series(8, SIGN_UP, plain=5)
    for number, (key, text) in enumerate(texts.items()):
        recurring_lines.add(db, key, "post", START + timedelta(number), text)
    changed = recurring_lines.recount(db, "post", texts.__getitem__)
    assert changed == {SIGN_UP}
    assert recurring_lines.articles_with(db, "post", changed) == [f"a{at:04}" for at in range(8)]
    assert recurring_lines.recount(db, "post", texts.__getitem__) == frozenset()
    assert recurring_lines.articles_with(db, "post", []) == []


def test_a_line_ceases_to_recur_when_its_articles_go(db: sqlite3.Connection) -> None:
    texts = series(8, SIGN_UP, plain=5)
    lines_after(db, texts)
    for key in texts:
        recurring_lines.remove(db, key)
        recurring_lines.remove(db, "unknown")
    assert recurring_lines.outlets_due(db) == ["post"]
    assert recurring_lines.recount(db, "post", texts.__getitem__) == {SIGN_UP}
    for table in ("recurring_outlets", "recurring_articles", "recurring_lines"):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_an_outlet_is_due_when_a_fifth_of_its_articles_changed(db: sqlite3.Connection) -> None:
    lines_after(db, series(40))
    assert recurring_lines.outlets_due(db, 0) == []
    for number in range(10):
        recurring_lines.add(db, f"c{number}", "post", None, article(500 + number))
    assert recurring_lines.outlets_due(db) == []
    assert recurring_lines.outlets_due(db, 0) == ["post"]
    recurring_lines.add(db, "c10", "post", None, article(510))
    assert recurring_lines.outlets_due(db) == ["post"]


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_what_recurs_does_not_depend_on_the_order_of_arrival_or_of_counting(data: st.DataObject) -> None:
    texts = series(9, SIGN_UP, plain=4) | {f"c{at}": article(300 + at, last=IMPRINT) for at in range(22)}
    days: dict[str, date | None] = {key: START + timedelta(number) for number, key in enumerate(texts)}
    gone = data.draw(st.sets(st.sampled_from(sorted(texts)), max_size=6))
    db, straight = opened_db(), opened_db()
    for key in data.draw(st.permutations(sorted(texts))):
        recurring_lines.add(db, key, "post", days[key], texts[key])
        if data.draw(st.integers(0, 9)) == 0:
            recurring_lines.recount(db, "post", texts.__getitem__)
    for key in sorted(gone):
        recurring_lines.remove(db, key)
    recurring_lines.recount(db, "post", texts.__getitem__)
    left = {key: text for key, text in texts.items() if key not in gone}
    assert set(recurring_lines.recurring_lines(db, "post")) == lines_after(straight, left, days)
    db.close()
    straight.close()


def test_nothing_is_left_by_a_transaction_that_fails(db: sqlite3.Connection) -> None:
    db.execute("BEGIN")
    recurring_lines.add(db, "a", "post", None, article(1))
    db.execute("ROLLBACK")
    assert recurring_lines.outlets_due(db, 0) == []


@pytest.mark.parametrize(
    "text", ["", "\n\n", "🙂", "a\ud800b " * 10, "\0", "x" * 1_000_000, "line of words here\n" * 50_000]
)
def test_any_text_can_be_added_and_removed(db: sqlite3.Connection, text: str) -> None:
    recurring_lines.add(db, "a", "post", None, text)
    assert without_lines(text, {"nothing of it"}) == text
    recurring_lines.remove(db, "a")
    assert db.execute("SELECT count(*) FROM recurring_articles").fetchone() == (0,)
