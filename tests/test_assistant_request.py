"""A request, and the days and filters of it, as people write them."""

from datetime import date, timedelta

import pytest

from assistant.request import Request
from index.collection import LONGEST
from index.errors import FieldError
from index.filters import ALL, Filters, day_written, days_written
from index.times import Window

TODAY = date.today()
THE_DAY = date(2020, 10, 5)


@pytest.mark.parametrize(
    "text", ["2020-10-05", "20201005", "5 Oct 2020", "Oct 5, 2020", " 5  October 2020 ", "2020-W41-1", "05.10.2020"]
)
def test_one_day_is_written_in_many_ways(text: str) -> None:
    assert days_written("since", text) == Window(THE_DAY, THE_DAY)
    assert day_written("as of", text) == THE_DAY


def test_days_in_words_are_those_before_today() -> None:
    assert day_written("as of", "yesterday") == TODAY - timedelta(days=1)
    assert day_written("as of", "10 days ago") == TODAY - timedelta(days=10)
    monday = TODAY - timedelta(days=TODAY.weekday() + 7)
    assert days_written("since", "last week") == Window(monday, monday + timedelta(days=6))


def test_since_takes_the_first_of_several_days_and_until_the_last() -> None:
    assert Filters.read("October 2020", "October 2020") == Filters(date(2020, 10, 1), date(2020, 10, 31))
    assert Filters.read("2019", "Q3 2020") == Filters(date(2019, 1, 1), date(2020, 9, 30))


def test_nothing_written_is_no_filter() -> None:
    assert Filters.read() == Filters.read("", " ", [], "", None) == ALL
    assert day_written("as of", "") is None


def test_one_name_or_several() -> None:
    assert Filters.read(outlets="Marlow Post", authors=["A", "B"]) == Filters(
        outlets=("Marlow Post",), authors=("A", "B")
    )


@pytest.mark.parametrize("text", ["soon", "May", "the newest", "tomorrow", "2020-13-01", "5", "\x00"])
def test_what_names_no_day_is_told(text: str) -> None:
    with pytest.raises(FieldError, match="names no day; write it as YYYY-MM-DD") as told:
        Filters.read(until=text)
    assert told.value.kind == "until"


def test_a_question_is_asked_on_one_day() -> None:
    with pytest.raises(FieldError, match="more than one day") as told:
        Request.read("Why?", as_of="October 2020")
    assert told.value.kind == "as of"


def test_days_that_leave_none_between_are_told() -> None:
    with pytest.raises(FieldError, match="2020-10-08 is after 2020-10-07; no day lies between"):
        Filters.read("2020-10-08", "2020-10-07")


@pytest.mark.parametrize(("question", "line"), [(" \n", "the question is empty"), ("x" * (LONGEST + 1), "at most")])
def test_a_question_that_cannot_be_read_is_refused_wherever_it_is_asked(question: str, line: str) -> None:
    for make in (Request, Request.read):
        with pytest.raises(FieldError, match=line):
            make(question)
