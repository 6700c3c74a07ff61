"""A state that does something, told by the name of its capital."""

import pytest

from assistant.english.states import by_its_seat, seats_of
from assistant.extractive.read_features import key_of, readings_of
from tests.retrieved import retrieved

OSLO = "Oslo announced in May a halt to the licences for cod nets, after trawlers were seen near the spawning grounds."


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("Why did Norway halt the licences?", OSLO, "Why did Oslo halt the licences?"),
        ("What has the United Kingdom said?", "London said no.", "What has London said?"),
        ("What was signed by Russia?", "Moscow signed it, the Kremlin said.", "What was signed by Moscow?"),
        ("What was signed by Russia?", "The Kremlin signed.", "What was signed by the Kremlin?"),
        ("Which ships does South Korea build?", "Seoul builds ferries.", "Which ships does Seoul build?"),
        # The state does nothing there, or is not told by its capital.
        ("Which lakes are in Norway?", OSLO, ""),
        ("Why did Norway's trawlers leave?", OSLO, ""),
        ("Why did Norwegian trawlers leave?", OSLO, ""),
        ("Why did Norway halt the licences?", "Norway halted them.", ""),
        ("Why did Norway halt the licences?", "Oslovian nets.", ""),
        ("Why did Marlow halt the licences?", OSLO, ""),
        ("", OSLO, ""),
        ("Why did Norway halt the licences?", "", ""),
    ],
)
def test_the_question_in_the_words_of_the_text(question: str, text: str, told: str) -> None:
    assert by_its_seat(question, text) == told


def test_a_capital_covers_its_states_name() -> None:
    assert "oslo" in seats_of("norway")
    assert seats_of("marlow") == frozenset()


def test_a_passage_is_read_in_its_own_words() -> None:
    told, other = retrieved(OSLO), retrieved("The bakery in Marlow has closed.")
    read = readings_of("Why did Norway halt the licences for cod nets?", [told, other])
    alone = readings_of("Why did Oslo halt the licences for cod nets?", [told])
    assert read[key_of(told)].relevance == pytest.approx(alone[key_of(told)].relevance, abs=0.01)
    assert set(read) == {key_of(told), key_of(other)}
