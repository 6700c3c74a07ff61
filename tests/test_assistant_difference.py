"""Where two sentences differ that tell the same: pairs of our own writing."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.english.values import values_of
from assistant.finishing.disagreements import difference

PAIRS = [json.loads(line) for line in (Path(__file__).parent / "disagreements.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["one"][:30] for pair in PAIRS])
@pytest.mark.parametrize("turned", [False, True])
def test_what_differs_is_found_from_either_side(pair: dict[str, Any], turned: bool) -> None:
    one, other = (pair["other"], pair["one"]) if turned else (pair["one"], pair["other"])
    found = difference(one, other)
    told = [one[slice(*found.one)], other[slice(*found.other)]] if found else None
    assert told == (pair["differ"][::-1] if turned and pair["differ"] else pair["differ"])


def test_the_pairs_are_of_both_kinds() -> None:
    assert sum(bool(pair["differ"]) for pair in PAIRS) >= 20
    assert sum(not pair["differ"] for pair in PAIRS) >= 30


@pytest.mark.parametrize(
    ("sentence", "amount", "unit", "deed"),
    [
        ("Twenty-one people died.", 21, "peopl", "dead"),
        ("It cost $3.5 million.", 3_500_000, "dollars", ""),
        ("It cost 2 bn euros.", 2_000_000_000, "euros", ""),
        ("Turnout was 61 per cent.", 61, "percent", ""),
        ("The toll rose to 1,200.", 1200, "", "dead"),
        ("Three dozen boats sank.", 36, "boat", ""),
    ],
)
def test_a_number_with_what_it_counts(sentence: str, amount: float, unit: str, deed: str) -> None:
    [value] = values_of(sentence)
    assert (value.amount, value.unit, value.deed) == (amount, unit, deed)


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("It opened on 3 May 2019.", ["date"]),
        ("It opened on May 3, 2019.", ["date"]),
        ("It opened on Monday in 1902 in the rain.", ["weekday", "year"]),
        ("In 2019 there were 2,019 boats.", ["year", "number"]),
        ("It may open.", []),
    ],
)
def test_days_are_no_numbers(sentence: str, kinds: list[str]) -> None:
    assert [value.kind for value in values_of(sentence)] == kinds


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("More than 200 boats sank.", "260 boats sank.", True),
        ("At least 200 boats sank.", "260 boats sank.", False),
        ("About 100 boats sank.", "96 boats sank.", True),
        ("Up to 100 boats sank.", "70 boats sank.", True),
        ("Some 40,000 boats sank.", "39,812 boats sank.", True),
        ("19 boats sank.", "20 boats sank.", False),
        ("A third of 4.1 million boats sank.", "A third of 4 million boats sank.", True),
    ],
)
def test_a_hedge_or_a_round_number_leaves_room(one: str, other: str, agree: bool) -> None:
    ([a], [b]) = (values_of(one), values_of(other))
    assert a.agrees(b) is b.agrees(a) is agree
