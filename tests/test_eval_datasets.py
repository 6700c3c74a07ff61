"""The layouts of data to measure on, and what is said of data that is in none of them."""

import gzip
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.datasets.questions import open_dataset
from index.errors import SourceError
from tests.retrieval_data import news_folder, squad_file, write_rows


def test_a_folder_of_news(tmp_path: Path) -> None:
    data = open_dataset(news_folder(tmp_path / "news"))
    assert (data.name, data.layout) == ("news", "news")
    ferry, *_, nobody = data.questions
    assert (ferry.as_of, ferry.answers, ferry.articles) == (date(2021, 3, 5), ("the Wavecutter",), ("ferry",))
    assert not nobody.answerable
    names, reading = next(data.readings())
    assert names == ("ferry", "https://herald.example/ferry")
    assert not isinstance(reading, SourceError)
    assert reading.article.title == "A new ferry for Marlow Bay"


def test_the_files_of_a_folder_may_be_gzipped(tmp_path: Path) -> None:
    folder = news_folder(tmp_path / "news")
    plain = open_dataset(folder)
    names = [names for names, _ in plain.readings()]
    for name in ("articles.jsonl", "questions.jsonl"):
        (folder / f"{name}.gz").write_bytes(gzip.compress((folder / name).read_bytes()))
        (folder / name).unlink()
    packed = open_dataset(folder)
    assert [q.text for q in packed.questions] == [q.text for q in plain.questions]
    assert [names for names, _ in packed.readings()] == names


@pytest.mark.parametrize("inside", [True, False])
def test_squad_alone_or_in_a_folder(tmp_path: Path, inside: bool) -> None:
    file = squad_file(tmp_path / "squad.json")
    data = open_dataset(tmp_path if inside else file)
    assert data.layout == "squad"
    first, impossible = data.questions
    assert first.answers == ("cedar", "red cedar")  # each once
    assert first.articles == ("page 1 paragraph 1",)
    assert (impossible.answerable, impossible.articles) == (False, ())
    articles = [reading.article for _, reading in data.readings() if not isinstance(reading, SourceError)]
    assert [article.title for article in articles] == ["", ""]
    assert all(article.published is None for article in articles)


def test_squad_of_version_1_has_answers_only(tmp_path: Path) -> None:
    file = squad_file(tmp_path / "squad.json")
    pages = json.loads(file.read_text("utf-8"))
    question = pages["data"][0]["paragraphs"][0]["qas"][0]
    del question["is_impossible"]
    file.write_text(json.dumps(pages), "utf-8")
    assert open_dataset(file).questions[0].answerable


def test_questions_of_ones_own(tmp_path: Path) -> None:
    rows = [
        {"question": "Who?", "as_of": "2021-03-05", "articles": ["storm.md"]},
        {"question": "What?", "answers": ["a"]},
    ]
    data = open_dataset(write_rows(tmp_path / "own.jsonl", rows))
    assert data.layout == "own"
    assert [(q.id, q.as_of, q.answers, q.articles) for q in data.questions] == [
        ("1", date(2021, 3, 5), (), ("storm.md",)),
        ("2", None, ("a",), ()),
    ]
    assert list(data.readings()) == []


def test_another_content_is_other_data(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "own.jsonl", [{"question": "What?", "answers": ["a"]}])
    before = open_dataset(file).digest
    assert open_dataset(file).digest == before
    write_rows(file, [{"question": "What?", "answers": ["b"]}])
    assert open_dataset(file).digest != before


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"answers": ["a"]}, 'no "question"'),
        ({"question": " ", "answers": ["a"]}, 'no "question"'),
        ({"question": "What?"}, 'neither "answers" nor "articles"'),
        ({"question": "What?", "answers": "a"}, '"answers" must be a list of texts'),
        ({"question": "What?", "answers": ["a", ""]}, '"answers" must be a list of texts'),
        ({"question": "What?", "support": [3]}, '"support" must be a list of texts'),
        ({"question": "What?", "answers": ["a"], "as_of": "5 March"}, '"as_of" is "5 March"'),
        ({"question": "What?", "answers": ["a"], "asked": 2021}, '"asked" is 2021'),
        ({"question": "What?", "answers": ["a"], "answerable": "no"}, '"answerable" is "no"'),
        (["What?"], "not a JSON object"),
    ],
)
def test_a_wrong_question_is_told_with_its_line(tmp_path: Path, row: Any, said: str) -> None:
    file = write_rows(tmp_path / "own.jsonl", [{"question": "What?", "answers": ["a"]}, row])
    with pytest.raises(SourceError, match=said) as raised:
        open_dataset(file)
    assert str(raised.value).startswith(f"{file}: line 2: ")


def test_a_line_that_is_no_json(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text('{"question": "What?", "answers": ["a"]}\n\n{"question"\n', "utf-8")
    with pytest.raises(SourceError, match=r"own\.jsonl: line 3: not valid JSON"):
        open_dataset(file)


def test_a_question_about_an_article_that_the_folder_does_not_have(tmp_path: Path) -> None:
    rows: Sequence[Mapping[str, Any]] = [{"question": "What?", "asked": "2021-03-05", "support": ["nowhere"]}]
    folder = news_folder(tmp_path / "news", questions=rows)
    with pytest.raises(SourceError, match=r"questions\.jsonl: line 1: no article 'nowhere' in articles\.jsonl"):
        open_dataset(folder)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", b"{", r"a\.json: line 1: not a SQuAD file"),
        ("a.json", b'{"version": 2}', "not a SQuAD file"),
        ("a.json", b'{"data": []}', "no questions"),
        ("a.json", b'{"data": [{"paragraphs": [{"context": "x", "qas": [{"id": 1}]}]}]}', "not as SQuAD has them"),
        ("a.jsonl", b"\n", "no questions"),
        ("a.jsonl", b"\xff\xfe\xfa", "not UTF-8"),
        ("a.jsonl.gz", b"\x1f\x8b\x08nothing", "compressed data are damaged"),
        ("a.csv", b"question", "not data to measure on"),
    ],
)
def test_a_file_that_is_in_no_layout(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=said):
        open_dataset(tmp_path / name)


def test_a_path_that_holds_nothing(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"0 \.json files in this folder"):
        open_dataset(tmp_path)
    with pytest.raises(SourceError, match="no such file or folder"):
        open_dataset(tmp_path / "none.jsonl")
