"""A span as one would say it alone."""

from datetime import date

import pytest

from assistant.english.values import with_date, with_dates_behind
from assistant.extractive.short_answer import as_country, asked_name, whole

TUESDAY = date(2024, 3, 12)


@pytest.mark.parametrize(
    ("sentence", "span", "said"),
    [
        ("The bridge cost US$6.38 billion in all.", "6.38", "US$6.38 billion"),
        ("The bridge cost £40 million in all.", "40", "£40 million"),
        ("Some 57 % of the ferries are late.", "57", "57 %"),
        ("Some 57 per cent of the ferries are late.", "57", "57 per cent"),
        ("Orro paid 12 million crowns for it.", "12 million", "12 million crowns"),
        ("Nine lamps were lost.", "Nine", "Nine"),
        ("He said the plan is “dead and buried” and left.", "plan is “dead", "plan is “dead and buried”"),
        ("The mayor left on Monday.", "The mayor", "The mayor"),
    ],
)
def test_an_amount_and_a_quotation_are_whole(sentence: str, span: str, said: str) -> None:
    start = sentence.index(span)
    begin, end = whole(sentence, (start, start + len(span)))
    assert sentence[begin:end] == said


@pytest.mark.parametrize(
    ("words", "sentence", "said"),
    [
        ("Monday", "It sank on Monday.", "Monday, 11 March 2024"),
        ("on Thursday", "It will sail on Thursday.", "on Thursday, 14 March 2024"),
        ("yesterday", "It sank yesterday.", "Monday, 11 March 2024"),
        ("last week", "It sank last week.", "last week (Monday, 4 March 2024 to Sunday, 10 March 2024)"),
        ("3 May 1902", "It sank on 3 May 1902.", "3 May 1902"),
        ("noon", "It sank at noon.", "noon"),
    ],
)
def test_a_day_has_its_date_from_the_articles_day(words: str, sentence: str, said: str) -> None:
    assert with_date(words, sentence, TUESDAY) == said
    assert with_date(words, sentence, None) == words


def test_dates_stand_behind_the_days_of_a_sentence() -> None:
    sentence = "The ferry will be raised next week, or on 3 May."
    told = "The ferry will be raised next week (18 March 2024 to 24 March 2024), or on 3 May."
    assert with_dates_behind(sentence, TUESDAY) == told
    assert with_dates_behind("It sank on Monday.", TUESDAY) == "It sank on Monday (11 March 2024)."
    assert with_dates_behind(sentence, None) == sentence


def test_who_is_asked_about() -> None:
    assert asked_name("Who is Nora Lind?") == "Nora Lind"
    assert asked_name("What is the Bank of Tarn?") == "the Bank of Tarn"
    assert asked_name("Who is the mayor of Tarn?") == ""
    assert asked_name("What is the population of Tarn?") == ""


def test_a_country_is_said_where_one_is_asked_for() -> None:
    assert as_country("Which country sent help?", "Turkish") == "Turkey"
    assert as_country("Which country sent help?", "Turkey") == "Turkey"
    assert as_country("Whose ships came?", "Turkish") == "Turkish"
