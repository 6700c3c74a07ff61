"""The kind of a question, by which a plan is chosen."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.question.asked import KINDS, Kind, kind_asked, kind_weights, load_kind_weights
from assistant.question.asked_features import features, words_asked

ASKED: list[tuple[str, Kind]] = [
    ("Why did the harbour master step down?", "fact"),
    ("how many crates were on the ferry", "fact"),
    ("Did the harbour master step down?", "yes/no"),
    ("What did the harbour master say about the crates?", "says"),
    ("How do the accounts of the captain and the pilot differ?", "comparison"),
    ("timeline of the salvage", "sequence"),
    ("Summarise the salvage", "summary"),
    ("List all the ships", "list"),
    ("How many days passed between the storm and the salvage?", "arithmetic"),
    ("Which newspapers reported on the salvage?", "collection"),
    ("are you sure?", "answer"),
    ("good evening", "talk"),
]


@pytest.mark.parametrize(("question", "kind"), ASKED)
def test_a_question_has_its_kind_whatever_it_is_about(question: str, kind: Kind) -> None:
    assert kind_asked(question) == kind


@pytest.mark.parametrize("text", ["", "?!", "...", "☃"])
def test_what_has_no_word_is_asked_as_a_fact(text: str) -> None:
    assert kind_asked(text) == "fact"


def test_a_question_of_a_fact_loads_no_parser() -> None:
    asked = "import sys; from assistant.question.asked import kind_asked; kind_asked('Who won?')"
    asked += "; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_names_that_no_one_knows_do_not_count() -> None:
    known = frozenset({"who", "is"})
    assert features(words_asked("Who is Abra?"), known) == features(words_asked("who is Cadabra"), known)


def test_weights_are_read_as_they_were_saved(tmp_path: Path) -> None:
    kind_weights().save(tmp_path / "again.safetensors")
    again = load_kind_weights(tmp_path / "again.safetensors")
    assert again.names == kind_weights().names
    assert (again.weights == kind_weights().weights).all()


def test_there_are_questions_of_every_kind_to_learn_from() -> None:
    own = Path(__file__).parents[1] / "eval" / "fitting" / "kinds.jsonl"
    rows = [json.loads(line) for line in own.read_text("utf-8").splitlines()]
    assert {row["kind"] for row in rows} == set(KINDS)
    assert len({row["question"].lower() for row in rows}) == len(rows)
