"""Days in words, and chips with them."""

from datetime import date

import pytest

from assistant.request import Request
from index.filters import Filters
from index.times import TimeExpression, Window
from ui.chat.page_state import chips_html, chips_of, without
from ui.wording import days_meant, days_of, time_line

WEEK = Window(date(2020, 10, 5), date(2020, 10, 11))
TIME = TimeExpression("last week", 3, 12, WEEK, "within")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2020, 10, 5), date(2020, 10, 11), "5–11 Oct 2020"),
        (date(2020, 9, 28), date(2020, 10, 4), "28 Sep – 4 Oct 2020"),
        (date(2020, 12, 30), date(2021, 1, 2), "30 Dec 2020 – 2 Jan 2021"),
        (date(2020, 10, 5), date(2020, 10, 5), "5 Oct 2020"),
        (date(2020, 10, 5), None, "from 5 Oct 2020"),
        (None, date(2020, 10, 5), "until 5 Oct 2020"),
        (date(2019, 10, 1), date(2019, 10, 31), "October 2019"),
        (date(2020, 3, 1), date(2020, 5, 31), "March – May 2020"),
        (date(2018, 12, 1), date(2019, 2, 28), "December 2018 – February 2019"),
        (date(2019, 1, 1), date(2019, 12, 31), "2019"),
        (date(1990, 1, 1), date(1999, 12, 31), "1990–1999"),
        (date(9999, 12, 1), date(9999, 12, 31), "December 9999"),
        (None, None, ""),
    ],
)
def test_a_window_in_words(first: date | None, last: date | None, words: str) -> None:
    assert days_of(Window(first, last)) == words


def test_how_words_for_time_were_taken() -> None:
    assert time_line(TIME) == 'dates: 5–11 Oct 2020 ("last week"); --any-time looks at all'
    assert days_meant(TIME, WEEK.last) == "from 5 Oct 2020"
    assert days_meant(TimeExpression("in 2020", 0, 7, WEEK, "near")) == "around 5–11 Oct 2020"
    assert days_meant(TimeExpression("latest", 0, 6, WEEK, "newest")) == "the newest first"
    assert days_meant(TimeExpression("latest", 0, 6, Window(), "newest")) == "the newest first"


def test_without_each_chip_in_turn_nothing_is_left() -> None:
    filters = Filters(date(2020, 10, 1), None, ("<Wire>", "Post"), ("Jane Roe",), ("a1",))
    asked = Request("Why?", filters=filters)
    chips = chips_of(asked, TIME)
    labels = ["5–11 Oct 2020 · “last week”", "from 1 Oct 2020", "<Wire>", "Post", "Jane Roe", "article a1"]
    assert [chip.label for chip in chips] == labels
    assert "&lt;Wire&gt;" in chips_html(0, chips)
    assert "<Wire>" not in chips_html(0, chips)
    for chip in chips:
        left = without(asked, chip)
        assert left != asked
        asked = left
    assert asked == Request("Why?", any_time=True)
