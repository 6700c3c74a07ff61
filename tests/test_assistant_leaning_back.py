"""Sentences that are not understood without the one before."""

import pytest

from assistant.extractive.picking import leans_back

BEFORE = "Ida Brandt has rowed around the island."


@pytest.mark.parametrize(
    "sentence",
    [
        "She won by a minute.",
        "Their boat was older than the harbour.",
        "In March, she came back with two trophies.",
        "Last week he sold the ferry.",
        "But they never reached Norrholm.",
        "That was the price of the ferry.",
        "That’s how much the ferry cost.",
        "This came as a surprise to the council.",
        "It sank in March.",
        "“He knew the way,” said Ole Holm.",
    ],
)
def test_a_pronoun_at_the_beginning_leans_on_what_was_told_before(sentence: str) -> None:
    assert leans_back(sentence, BEFORE)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ida Brandt won by a minute.",
        "The ferry sank, and it was never found.",
        "It is not clear who steered it.",
        "It took Ida Brandt two hours.",
        "It now costs $12 to cross.",
        "This week the ferry came back.",
        "That ferry has no crew.",
        "“We knew the way,” said Ole Holm.",
    ],
)
def test_a_name_and_an_it_that_stands_for_nothing_do_not(sentence: str) -> None:
    assert not leans_back(sentence, BEFORE)


@pytest.mark.parametrize("before", ["Photo: AP", "Really?", "1,000+", "Ferries of the north in Norrholm"])
def test_what_tells_nothing_is_not_leant_on(before: str) -> None:
    assert not leans_back("She won by a minute.", before)
