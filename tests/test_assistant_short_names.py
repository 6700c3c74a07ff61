"""Names that are cut out of a span as one would say them alone."""

import pytest

from assistant.focus import Focus, focuses
from assistant.short.names import as_name, asks_person, country_of


def asked(question: str) -> Focus:
    return focuses(question, lambda stems: dict.fromkeys(stems, 1), 100, split=False)[0]


@pytest.mark.parametrize(
    ("question", "sentence", "span", "alone"),
    [
        # what is told of a name behind it
        ("Who won the race?", "It was won by Ida Brandt, a baker of Marlow.", "Ida Brandt, a baker", "Ida Brandt"),
        ("Which singer died?", "Ole Holm, the tenor, died.", "Ole Holm, the tenor", "Ole Holm"),
        ("Where did it sink?", "It sank off Marlow, which has no port.", "Marlow, which has no port", "Marlow"),
        ("Which boat won?", "The Aster – a ferry from the north – won.", "The Aster – a ferry", "The Aster"),
        # and what is part of it, or another name
        ("Which bands played?", "Queen, the Rolling Stones and Abba did.", "Queen, the Rolling Stones", None),
        ("Who led?", "Ida Brandt, Ole Holm and Eva Lind did.", "Ida Brandt, Ole Holm", None),
        ("Why did it sink?", "It was Ida Brandt, who slept.", "It was Ida Brandt, who slept", None),
        # what is told of a person before the name
        ("Who won the race?", "Former ski champion Ida Brandt won.", "Former ski champion Ida Brandt", "Ida Brandt"),
        ("Which player left?", "The striker Ole Holm has left.", "The striker Ole Holm", "Ole Holm"),
        ("Which ship did they buy?", "They bought the trawler Aster.", "the trawler Aster", None),
        ("Who won the race?", "Mayor Ida Brandt won.", "Mayor Ida Brandt", None),
        ("Who bought it?", "Ida Brandt’s old friends of Marlow did.", "Ida Brandt’s old friends of Marlow", None),
        # a first name that was torn off
        ("Who won the race?", "On Friday Ida Brandt won.", "Brandt", "Ida Brandt"),
        ("Who won the race?", "On Friday Brandt won.", "Brandt", None),
        ("Who won the race?", "President Brandt won.", "Brandt", None),
        ("Where is it?", "It is in New Marlow.", "Marlow", None),
        ("Who lost?", "Norrholm’s Brandt lost.", "Brandt", None),
        # half of a word
        ("Which chain is slow?", "Chick-fil-A is slow.", "Chick-fil", "Chick-fil-A"),
        ("Which ball?", "It was the X-ray ball.", "ray ball", "X-ray ball"),
        ("Which state struck?", "The Armenia-Azerbaijan war went on.", "Armenia", None),
    ],
)
def test_a_name_is_cut_out_whole_and_alone(question: str, sentence: str, span: str, alone: str | None) -> None:
    at = sentence.index(span)
    start, end = as_name(asked(question), sentence, (at, at + len(span)))
    assert sentence[start:end] == (alone or span)


@pytest.mark.parametrize("before", ["A" * 4000, "Aa " * 2000, "a" * 4000 + "-", "Aa-" * 2000 + " "])
def test_an_endless_name_does_not_hang(before: str) -> None:
    start, end = as_name(asked("Who won the race?"), f"{before}Brandt won.", (len(before), len(before) + 6))
    assert start <= len(before) < end


@pytest.mark.parametrize(
    ("question", "words", "country"),
    [
        ("Which country voted for the law?", "Cuban", "Cuba"),
        ("Which country’s parliament met?", "Iranian lawmakers", "Iran"),
        ("What island nation was struck?", "the Philippines", ""),
        ("Which country has a new king?", "United Kingdom", ""),
        ("Which cigars are dear?", "Cuban", ""),
        ("Which country won?", "Norrholm", ""),
    ],
)
def test_a_people_stands_for_its_country_where_one_is_asked_for(question: str, words: str, country: str) -> None:
    assert country_of(asked(question), words) == country


@pytest.mark.parametrize(
    ("question", "person"),
    [
        ("Who was it?", True),
        ("Which football player left?", True),
        ("What company built the bridge?", False),
        ("Which state’s governor resigned?", False),
        ("Which law was passed?", False),
        ("Why?", False),
    ],
)
def test_a_person_is_asked_for(question: str, person: bool) -> None:
    assert asks_person(asked(question)) == person
