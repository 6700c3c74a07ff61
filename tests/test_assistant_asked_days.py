"""What an article's day says of an answer to a question about certain days."""

from datetime import date
from typing import get_args

import pytest

from assistant.question.asked_days import is_before, is_of, judged
from index.times import Kind, TimeExpression, Window

AS_OF = date(2021, 7, 16)


def asked(first: date | None, last: date | None = None, kind: Kind = "near") -> TimeExpression:
    return TimeExpression("this week", 0, 9, Window(first, last), kind)


THIS_WEEK = asked(date(2021, 7, 12), AS_OF)


@pytest.mark.parametrize(
    ("published", "before", "of"),
    [
        (date(2020, 7, 14), True, False),
        (date(2021, 7, 9), True, False),
        (date(2021, 7, 10), False, True),
        (date(2021, 7, 16), False, True),
        (date(2021, 7, 23), False, True),
        (date(2021, 8, 1), False, False),
        (None, False, False),
    ],
)
def test_a_report_is_from_before_the_days_of_them_or_neither(published: date | None, before: bool, of: bool) -> None:
    assert (is_before(published, THIS_WEEK, AS_OF), is_of(published, THIS_WEEK, AS_OF)) == (before, of)


def test_an_old_report_is_doubted_and_one_of_the_days_trusted() -> None:
    assert judged(0.4, date(2020, 7, 14), THIS_WEEK, AS_OF) < 0.4 < judged(0.4, date(2021, 7, 14), THIS_WEEK, AS_OF) < 1


@pytest.mark.parametrize(
    "time",
    [
        None,
        asked(None, AS_OF),
        asked(date(2021, 7, 12), kind="newest"),
        asked(date(2021, 8, 1), date(2021, 8, 31)),  # next month is foretold
    ],
)
def test_without_days_that_have_begun_the_day_says_nothing(time: TimeExpression | None) -> None:
    for day in (date(2020, 7, 14), date(2021, 7, 14), None):
        assert judged(0.4, day, time, AS_OF) == 0.4
        assert not is_before(day, time, AS_OF)


def test_days_long_ago_are_told_of_by_whatever_came_after() -> None:
    war = asked(date(1944, 6, 6), date(1944, 6, 6))
    assert judged(0.4, date(2020, 7, 14), war, AS_OF) == 0.4
    assert set(get_args(Kind)) == {"within", "near", "newest"}
