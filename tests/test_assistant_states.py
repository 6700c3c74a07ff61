"""States by their names and capitals, and who speaks for them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.english.states import state_of
from assistant.extractive.quoting import QuotingReader
from assistant.question.asked_speech import likeness
from index.collection import Collection
from tests.articles import reading

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in Path(__file__).with_name("asked_capitals.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Ankara", "Turkey"),
        ("The White House", "the US"),
        ("the U.S.", "the US"),
        ("New Delhi", "India"),
        ("Niger", "Niger"),
        ("Norway's", "Norway"),
        ("Paris Hilton", None),
        ("Sofia Petrova", None),
        ("Turkish", None),
        ("", None),
    ],
)
def test_a_state_is_known_by_its_names_and_its_seats_alone(name: str, country: str | None) -> None:
    state = state_of(name)
    assert (state.names[0] if state else None) == country


@pytest.mark.parametrize(
    ("asked", "speaker", "same"),
    [
        ("Turkey", "Turkish Foreign Ministry", True),
        ("Turkey", "Ankara", True),
        ("China", "Chinese officials", True),
        ("Britain", "UK Treasury", True),
        ("South Korea", "South Korean President Han Ji-woo", True),
        ("South Korea", "North Korean officials", False),
        ("Niger", "Nigerian government", False),
        ("Greece", "Turkish ambassador to Greece", False),
        ("Turkey", "Turkish baker", False),
        ("Britain", "British singer Tess Marlow", False),
        ("London", "London Mayor Ada Finch", True),
        ("London", "British singer Tess Marlow", False),
        ("the Turkish foreign ministry", "Ankara", False),
    ],
)
def test_a_state_is_who_speaks_for_it(asked: str, speaker: str, same: bool) -> None:
    assert (likeness(asked, speaker) >= 0.6) is same


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Collection(tmp_path_factory.mktemp("capitals")) as collection:
        list(collection.add([reading(row["text"], f"Report {n}") for n, row in enumerate(ROWS)]))
        yield Assistant(collection, QuotingReader(collection))


def is_right(assistant: Assistant, row: dict[str, Any]) -> bool:
    answer = assistant.ask(row["question"])
    if row["says"] is None:
        return not answer.answerable
    return answer.answerable and row["says"] in answer.sentences[0].text


def test_a_capital_is_answered_with_what_its_government_says(assistant: Assistant) -> None:
    assert "breach of the treaty" in assistant.ask("What is Ankara's view of the blockade of Arkadi?").text
    assert not assistant.ask("What is Athens's position on the wall at the Maritsa crossing?").answerable


@pytest.mark.slow
@pytest.mark.parametrize(("written", "answered"), [("before", 6), ("held back", 8)])
def test_capitals_of_our_own_writing(assistant: Assistant, written: str, answered: int) -> None:
    rows = [row for row in ROWS if row["written"] == written]
    assert sum(is_right(assistant, row) for row in rows if row["says"]) >= answered
    assert all(is_right(assistant, row) for row in rows if row["says"] is None)
