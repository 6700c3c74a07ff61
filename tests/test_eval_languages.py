"""The questions in other languages, and paragraphs that are asked about in several."""

import json
from collections import Counter
from pathlib import Path

import pytest

from eval.datasets.other_languages import paragraphs, rows_by_language
from eval.datasets.questions import open_dataset
from eval.languages.languages_run import OWN_QUESTIONS, by_language
from index.errors import SourceError
from index.text.languages import language_of


def row(kind: str, number: int, context: str, question: str) -> dict[str, object]:
    known = {"id": f"{kind}:{number}", "kind": f"wikipedia-{kind}", "context": context, "question": question}
    return {**known, "answers": ["12"]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [
        row("en", 1, "Orrin has 12 lamps.", "How many lamps?"),
        row("en", 2, "Lund has 12 boats.", "How many boats?"),
        row("de", 1, "Orrin hat 12 Lampen.", "Wie viele Lampen?"),
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


def test_there_are_ten_questions_in_each_of_six_languages() -> None:
    data = open_dataset(OWN_QUESTIONS)
    assert Counter(one.id[:2] for one in data.questions) == dict.fromkeys(("de", "fr", "tr", "es", "ar", "zh"), 10)
    for _, reading in data.readings():
        assert not isinstance(reading, SourceError)
        assert language_of(reading.article.text) in ("de", "fr", "tr", "es", "ar", "zh")


def test_questions_are_asked_of_their_language_or_across(file: Path) -> None:
    [own], [across] = by_language(file, across=False), by_language(file, across=True)
    assert [text for _, _, text in own.articles] == ["Orrin hat 12 Lampen."]
    assert [text for _, _, text in across.articles] == ["Orrin has 12 lamps.", "Lund has 12 boats."]
    [asked] = across.questions
    assert (asked.text, asked.articles) == ("Wie viele Lampen?", ("0",))


def test_what_is_left_out_answers_nothing(file: Path) -> None:
    rows = rows_by_language(file)["en"]
    data = paragraphs("en", rows, without=frozenset(["Lund has 12 boats."]))
    assert [one.answerable for one in data.questions] == [True, False]
    assert len(list(data.readings())) == 1


def test_a_row_that_lacks_something_is_told(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "1", "kind": "wikipedia-de"}', "utf-8")
    with pytest.raises(SourceError, match="line 1: no 'context'"):
        rows_by_language(path)
