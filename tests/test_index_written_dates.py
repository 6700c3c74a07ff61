"""Dates as articles carry them, in many languages, and what is no date or may be two."""

import subprocess
import sys
from datetime import date

import pytest

from index.times.written_dates import around_date, date_order, leading_date, read_date, stamp

THE_DAY = date(2019, 3, 8)


@pytest.mark.parametrize(
    "text",
    [
        "2019-03-08T07:15:00Z",
        "20190308T071500Z",
        "2019-03-08T071500+0200",
        "Fri, 8 Mar 2019",
        "Mar 8, 2019",
        "Friday, March 8, 2019 - 07:15",
        "Fri Mar 08 07:15:00 UTC 2019",
        "Friday, 08-Mar-19 07:15:00 GMT",
        "08.03.2019 07:15",
        "8. 3. 2019",
        "08.03.19",
        "2019. 3. 8.",
        "Posted on March 8, 2019 by Anna Berg",
        "ven., 08 mars 2019 07:15:00 +0100",
        "Cum, 08 Mar 2019 07:15:00 +0300",
        "8 MART 2019 CUMA 07:15",
        "Freitag, 8. März 2019, 7.15 Uhr",
        "8 mart 2019, cümə",
        "8 de març del 2019",
        "8 marca 2019 r.",
        "8 марта 2019 г.",
        "8 березня 2019",
        "2019 m. kovo 8 d.",
        "2019. gada 8. marts",
        "2019. március 8., péntek",
        "8. maaliskuuta 2019",
        "8 Μαρτίου 2019",
        "8 במרץ 2019",
        "٨ مارس ٢٠١٩",
        "8 آذار 2019",
        "۱۷ اسفند ۱۳۹۷",
        "۱۳۹۷/۱۲/۱۷",
        "8 मार्च 2019",
        "৮ মার্চ ২০১৯",
        "8 มี.ค. 2562",
        "8 tháng 3, 2019",
        "2019年03月08日07時15分",
        "2019년 3월 8일",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str):
    assert read_date(text) == THE_DAY
    assert read_date(text, language="de") == THE_DAY


@pytest.mark.parametrize(
    "text",
    [
        "08/03/2019",  # March or August
        "08-03-19",
        "8 Mar 19:30",  # half past seven in the evening
        "March 2019",
        "10.8.3.2019",  # a version
        "8 workers in 2019",
        "30 February 2019",
        "8 lipca 2999",
        "8 listopada 2019",  # November in Polish, October in Croatian
    ],
)
def test_what_is_no_date_or_may_be_two_stays_unread(text: str):
    found = read_date(text)
    assert found is None or found.year == 2999


def test_a_language_or_a_caller_decides_which_number_is_the_day():
    assert read_date("08/03/2019", language="pt-BR") == THE_DAY
    assert read_date("08/03/2019", language="en-GB") == THE_DAY
    assert read_date("08/03/2019", language="en-US") is None  # what publishing systems fill in unasked
    assert read_date("08/03/2019", day_first=True) == THE_DAY
    assert read_date("03/08/2019", day_first=False) == THE_DAY
    assert read_date("19.03.08", language="ko") == THE_DAY
    assert read_date("8 listopada 2019", language="pl") == date(2019, 11, 8)
    assert read_date("8 listopada 2019", language="hr") == date(2019, 10, 8)
    orders = ["dmy", "mdy", "ymd", "", "", ""]
    assert [date_order(tag) for tag in ("de", "fil-PH", "ja_JP", "en", "zz-top", "")] == orders


def test_years_of_two_digits_end_with_next_year():
    soon = date.today().year + 1
    assert read_date(f"01.02.{soon % 100:02}") == date(soon, 2, 1)
    assert read_date(f"01.02.{(soon + 1) % 100:02}") == date(soon - 99, 2, 1)


@pytest.mark.parametrize(
    "line",
    [
        "8 Mart 2019 Cuma 07:15",
        "Fri 08.03.19 | 07:15",
        "Am Freitag, 8. März 2019 um 7.15 Uhr",
        "sexta-feira, 8 de março de 2019 às 7h15",
        "2019년 3월 8일",
        "8 марта 2019 г., 07:15",
    ],
)
def test_a_line_with_a_weekday_and_a_time_states_its_date(line: str):
    assert stamp(line).published == THE_DAY


@pytest.mark.parametrize("line", ["On 8 March 2019 they left", "Room 8.3.19 is closed", "8 March 2019 storm"])
def test_a_line_with_more_than_a_date_states_none(line: str):
    assert stamp(line).published is None


def test_what_stands_around_a_date():
    assert around_date("By Anna Berg, on Tuesday 10 December 2024") == ("By Anna Berg", "")
    assert around_date("Theresa May 6 October 2020") == ("Theresa May", "")
    assert around_date("Von İlke Şahin, Freitag, 8. März 2019, 7 Uhr") == ("Von İlke Şahin", "")
    assert around_date("Posted on March 8, 2019 at 7:15 am by Anna Berg") == ("Posted", "by Anna Berg")
    assert around_date("Anna Berg 14:05") == ("Anna Berg", "")


def test_a_date_that_a_line_begins_with_is_parted_from_the_rest_by_a_sign():
    assert leading_date("8 March 2019 (HN/wire) Port Hollin") == THE_DAY
    assert leading_date("Fri, 8 March 2019, 7:15 | Port Hollin") == THE_DAY
    assert leading_date("08.03.2019 // Inga Moll") == THE_DAY
    assert leading_date("8 March 2019 storm") is None
    assert leading_date("Harbour, 8 March 2019 - a day") is None


def test_english_dates_need_no_other_languages():
    code = (
        "import sys; from index.times.written_dates import read_date; from index.times import written_dates as words;"
        "assert read_date('Fri, 8 Mar 2019'); assert 'babel' not in sys.modules;"
        "assert read_date('Friday, March 8, 2019 - 07:15'); assert not words._others.cache_info().misses"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
