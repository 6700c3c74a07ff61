"""How a model's answer is laid out, as it is read and as it is written again."""

from datetime import date

import pytest

from assistant.answer import Answer, place_json
from assistant.citations import parse_marks
from assistant.citations.citing import as_sentence
from assistant.layout import Emphasis, Item, Place, Row


def answer(text: str) -> Answer:
    said = [as_sentence(sentence, "supported") for sentence in parse_marks(text, 3).sentences]
    return Answer("What burned?", date(2021, 5, 4), bool(said), tuple(said))


@pytest.mark.parametrize(
    "text",
    [
        "It burned. Nobody was hurt.",
        "It burned.\n\nNobody was hurt.",
        "What is known:\n\n- It burned. It was old.\n- Nobody was hurt.\n\nThat is all.",
        "3. It burned.\n4. Nobody was hurt.",
        "- It burned.\n  - The roof fell.\n    1. At ten.\n    2. In the rain.\n  - Walls stand.\n- Nobody was hurt.",
        "1. It burned.\n\n   It was old.\n2. Nobody was hurt.",
        "## The mill\n\nIt burned.\n\n### The roof\n\nIt fell.\n\n## The people\n\n- Nobody was hurt.",
        "| Where | What |\n| --- | --- |\n| Torrow | a mill |\n| Arvik | two. All old. |\n\nThat is all.",
        "**It** burned *down* within the hour.\n\n- **Torrow:** a mill",
    ],
)
def test_what_is_laid_out_is_written_as_it_was(text: str) -> None:
    given = answer(text)
    assert given.marked_text == text
    assert given.text == text.replace("*", "")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("• It burned\n• It was old", "- It burned\n- It was old"),
        ("* It burned\n* It was old", "- It burned\n- It was old"),
        ("# The mill\nIt burned.", "## The mill\n\nIt burned."),
        ("**The mill:**\nIt burned.", "## The mill\n\nIt burned."),
        ("What | Source\n--- | ---\nA mill | 2", "| What |\n| --- |\n| A mill |"),
        ("```markdown\n- It burned [1]\n```", "- It burned"),
        ("- It burned [1]\n\nSources:\n[1] Harbour Daily", "- It burned"),
        ("## Only a heading", "Only a heading"),
    ],
)
def test_other_forms_become_one(text: str, written: str) -> None:
    assert answer(text).marked_text == written


def test_each_sentence_knows_its_place() -> None:
    text = "## Losses\n1. The **mill** burned [1]. It was old.\n   - Nobody was hurt.\n\n"
    sentences = answer(f"{text}| Town | Mills |\n|--|--|\n| Arvik | *2* [3] |").sentences
    one, inner = (Item(1, True),), (Item(1, True), Item(1, False))
    assert [sentence.text for sentence in sentences] == [
        "The mill burned.",
        "It was old.",
        "Nobody was hurt.",
        "Town: Arvik, Mills: 2",
    ]
    assert [sentence.place for sentence in sentences] == [
        Place(0, ("Losses",), one),
        Place(0, ("Losses",), one),
        Place(1, ("Losses",), inner),
        Place(2, ("Losses",), (), Row(("Town", "Mills"), ("Arvik", "2"))),
    ]
    assert sentences[0].emphasis == (Emphasis(4, 8, "strong"),)
    assert place_json(sentences[3].place) == {
        "block": 2,
        "headings": ["Losses"],
        "items": [],
        "row": {"header": ["Town", "Mills"], "cells": ["Arvik", "2"], "cited": []},
    }


def test_what_is_left_out_leaves_a_layout() -> None:
    whole = answer(
        "## Mills\n\n1. It burned.\n   - The roof fell.\n2. Nobody was hurt.\n\n"
        "| A | B |\n|--|--|\n| 1 | 2 |\n| 3 | 4 |"
    )
    places = [sentence.place for sentence in whole.sentences]
    kept = Answer("", whole.as_of, True, (*whole.sentences[1:3], whole.sentences[4]))
    assert len(places) == 5
    assert (
        kept.marked_text == "## Mills\n\n- The roof fell.\n2. Nobody was hurt.\n\n| A | B |\n| --- | --- |\n| 3 | 4 |"
    )


@pytest.mark.parametrize("end", ["\r", "\r\n", "\x0b", "\x85", "\u2028", "\0"])
def test_whatever_ends_a_line_a_sentence_has_a_place(end: str) -> None:
    text = f"It burned.{end}{end}0{end}- Nobody was hurt.{end}"
    assert answer(text).text
    assert "Nobody was hurt." in [
        sentence.text.removeprefix("- ") for sentence in answer(f"{text}\n\nNobody was hurt.").sentences
    ]
