"""Why a passage was found, as the terminal says it."""

from collections.abc import Mapping
from datetime import date

import pytest

from index.search.explaining import Explanation, MatchedWord
from index.times import Kind, TimeExpression, Window
from ui.printing import explained_lines

WEEK = Window(date(2020, 9, 28), date(2020, 10, 4))


def lines(
    parts: Mapping[str, float],
    words: tuple[MatchedWord, ...] = (),
    missing: tuple[str, ...] = (),
    days: int | None = 3,
    time: TimeExpression | None = None,
    unexplained: float = 0.0,
) -> list[str]:
    why = Explanation(sum(parts.values()), parts, words, unexplained, missing, 0.62, days, time)
    return list(explained_lines(why))


def test_each_part_has_a_line_and_one_of_another_name_too() -> None:
    words = (MatchedWord("suspend", ("suspends", "suspended"), 0.3), MatchedWord("Canada", ("canada",), 0.1))
    parts = {"words": 0.4, "vectors": 0.31, "recency": 0.2, "reranker": 0.5, "phrases": 0.1, "something new": 0.25}
    told = lines(parts, words, ("walrus",))
    assert told[:3] == [
        "words 0.400: suspend (“suspends”, “suspended”) 0.300 + Canada 0.100; missing: walrus",
        "vectors 0.310: nearness in meaning, a cosine of 0.62",
        "recency 0.200: published 3 days before the day of the question",
    ]
    assert [line.split(":")[0] for line in told[3:]] == ["reranker 0.500", "phrases 0.100", "something new 0.250"]


def test_without_a_word_in_common_the_line_says_so() -> None:
    assert lines({"words": 0.0}, missing=("walrus",)) == [
        "words 0.000: none of the words asked for; missing: walrus",
    ]
    assert lines({"words": 0.4}, unexplained=0.4) == ["words 0.400: words like those asked for 0.400"]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (None, "undated"),
        (0, "published on the day of the question"),
        (1, "published 1 day before the day of the question"),
    ],
)
def test_days_before(days: int | None, told: str) -> None:
    assert lines({"recency": 0.1}, days=days) == [f"recency 0.100: {told}"]


@pytest.mark.parametrize(
    ("window", "kind", "told"),
    [
        (WEEK, "near", "“then” is read as 2020-09-28 to 2020-10-04"),
        (WEEK, "within", "“then” is read as 2020-09-28 to 2020-10-04, and nothing else is found"),
        (Window(WEEK.first, WEEK.first), "near", "“then” is read as 2020-09-28"),
        (Window(WEEK.first), "near", "“then” is read as from 2020-09-28"),
        (Window(None, WEEK.last), "near", "“then” is read as until 2020-10-04"),
        (Window(None, WEEK.last), "newest", "“then” is read as the newest first"),
    ],
)
def test_what_the_question_says_of_time(window: Window, kind: Kind, told: str) -> None:
    time = TimeExpression("then", 0, 4, window, kind)
    assert lines({"time": 0.4}, time=time) == [f"time 0.400: {told}"]
    assert lines({"recency": 0.1}, time=time)[1:] == [f"time: {told}"]
