"""The days of a search in words."""

from datetime import date

import pytest

from index.time_expression import TimeExpression
from index.window import Window
from ui.time_words import describe

TODAY = date(2020, 10, 7)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2020-10-05", "2020-10-11", "5–11 Oct 2020"),
        ("2020-09-28", "2020-10-04", "28 Sep–4 Oct 2020"),
        ("2019-12-30", "2020-01-05", "30 Dec 2019–5 Jan 2020"),
        ("2020-10-05", "2020-10-05", "5 Oct 2020"),
        ("2019-10-01", "2019-10-31", "October 2019"),
        ("2020-03-01", "2020-05-31", "March–May 2020"),
        ("2018-12-01", "2019-02-28", "December 2018–February 2019"),
        ("2019-01-01", "2019-12-31", "2019"),
        ("1990-01-01", "1999-12-31", "1990–1999"),
        ("2020-10-05", None, "since 5 Oct 2020"),
        ("2020-10-05", "2020-10-07", "since 5 Oct 2020"),
        ("2020-10-07", "2020-10-07", "7 Oct 2020"),
        (None, "2020-10-04", "before 5 Oct 2020"),
        (None, "2020-10-07", "until 7 Oct 2020"),
        (None, None, "any day"),
        ("9999-12-01", "9999-12-31", "December 9999"),
    ],
)
def test_a_window(first: str | None, last: str | None, words: str) -> None:
    window = Window(first and date.fromisoformat(first), last and date.fromisoformat(last))  # type: ignore[arg-type]
    assert describe(window, TODAY) == words
    assert describe(TimeExpression("then", 0, 4, window, "near"), TODAY) == words


def test_newest() -> None:
    assert describe(TimeExpression("now", 0, 3, Window(None, TODAY), "newest")) == "the newest first"
