"""Numbers in digits, in words and in both."""

import pytest

from assistant.english.values import numbers_in


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("1,450 stranded, 1.2 trillion owed", [1450, 1.2e12]),
        ("two hundred and five", [205]),
        ("one hundred and thirty-five", [135]),
        ("ten thousand three hundred and two", [10_302]),
        ("four hundred thousand", [400_000]),
        ("two million three hundred thousand", [2_300_000]),
        ("half a million", [500_000]),
        ("two and a half million", [2_500_000]),
        ("a million and a half", [1_500_000]),
        ("a dozen, a hundred, two dozen, 12 dozen", [12, 100, 24, 144]),
        ("5m viewers, 3bn pounds, 2-million crowns", [5e6, 3e9, 2e6]),
        ("twenty-three and forty five", [23, 45]),
        ("two or seven, nine to five, twenty and three", [2, 7, 9, 5, 20, 3]),
        ("between 3 and 4 million", [3, 4e6]),
        ("a man and two dogs", [2]),
        ("one of them, half of them, a third, and a half", []),
        ("v1.2.3, 12,5,5, the 5th, a million", [1e6]),
        ("1.250.000 Euro, 1.250.000,50 Euro, 4,2 Prozent", [1_250_000, 1_250_000.5, 4.2]),
        ("٢٥٠ شخصا، ١٬٢٥٠٬٠٠٠ دينار، ٣٫٥ في المائة", [250, 1_250_000, 3.5]),
    ],
)
def test_amounts(text: str, amounts: list[float]) -> None:
    assert [one.amount for one in numbers_in(text)] == amounts


def test_a_number_stands_where_it_is_written() -> None:
    text = "It left some two hundred and five people and half a million crowns."
    assert [text[one.start : one.end] for one in numbers_in(text)] == ["two hundred and five", "half a million"]
