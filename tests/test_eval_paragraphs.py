"""Questions with their paragraphs: three layouts, which are kept, and what is learnt from."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from eval.datasets.paragraphs import learnt_from, located, read_asked
from index.errors import SourceError

FERRY = "Ida Brandt steered the ferry. In Velm the mayor, Ole Lund, thanked Ida Brandt."


def lines(file: Path, *rows: dict[str, Any]) -> Path:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    file.write_bytes(gzip.compress(text.encode()) if file.suffix == ".gz" else text.encode())
    return file


def row(text: str = FERRY, **beside: Any) -> dict[str, Any]:
    asked = {"id": "1", "question": "Who steered the ferry?", "answers": ["ida  brandt"], "answerable": True}
    return {"source": "ferries", "title": "The_ferry", "context": text, "questions": [{**asked, **beside}]}


def squad(*pages: tuple[str, str, list[str]]) -> dict[str, Any]:
    def asked(text: str, answers: list[str]) -> dict[str, Any]:
        spans = [{"text": one, "answer_start": text.index(one)} for one in answers]
        return {"id": text[:9], "question": "Who?", "answers": spans, "is_impossible": not answers}

    return {
        "data": [
            {"title": title, "paragraphs": [{"context": text, "qas": [asked(text, answers)]}]}
            for title, text, answers in pages
        ]
    }


def test_answers_without_a_place_are_found_where_the_sentence_is_most_like_the_question(tmp_path: Path) -> None:
    unplaced = row(id="2", answers=["nobody at all"])
    none = row(id="3", answers=["of another text"], answerable=False)
    found = list(read_asked(lines(tmp_path / "some.jsonl.gz", row(), unplaced, none)))
    assert [[FERRY[a:b] for a, b in one.answers] for one in found] == [["Ida Brandt"], [], []]
    assert [one.wordings for one in found] == [("ida  brandt",), ("nobody at all",), ()]
    assert {(one.paragraph.set, one.paragraph.title) for one in found} == {("ferries", "The ferry")}
    assert located(FERRY, ["Ida Brandt"], "Whom did the mayor thank?") == ((67, 77),)


def test_squad_has_places_and_pages_with_numbers_have_no_title(tmp_path: Path) -> None:
    file = tmp_path / "harbour_v1.0.json"
    file.write_text(json.dumps(squad(("12", "Ida left.", ["Ida"]), ("The_sea", "Nobody came.", []))))
    first, second = read_asked(file)
    assert (first.paragraph.set, first.paragraph.title, second.paragraph.title) == ("harbour", "", "The sea")
    assert (first.answers, first.wordings, second.answers) == (((0, 3),), ("Ida",), ())


def test_clapnq_has_sentences_for_answers(tmp_path: Path) -> None:
    passage = {"title": "Ferry", "text": FERRY}
    answered = {"id": "1", "input": "who steered", "passages": [passage]}
    output = [{"selected_sentences": ["Ida Brandt steered the ferry ."]}]
    one, other = read_asked(
        lines(
            tmp_path / "c.jsonl", {**answered, "output": output}, {**answered, "output": [{"selected_sentences": []}]}
        )
    )
    assert [FERRY[a:b] for a, b in one.answers] == ["Ida Brandt steered the ferry"]
    assert one.paragraph.kept
    assert other.wordings == ()


def test_no_text_of_a_kept_half_is_learnt_from_whatever_set_it_is_in(tmp_path: Path) -> None:
    texts = [
        " ".join(f"{word}{number}" for word in "a ferry of so many words that it is its own".split())
        for number in range(60)
    ]
    (tmp_path / "b.json").write_text(json.dumps(squad(*((f"{n}", text, []) for n, text in enumerate(texts)))))
    other = [{**row(f"{text} and more"), "source": "copies", "title": f"copy {n}"} for n, text in enumerate(texts)]
    lines(tmp_path / "a.jsonl", *other)
    asked = list(read_asked(tmp_path))
    kept = {one.paragraph.text for one in asked if one.paragraph.kept and one.paragraph.set == "b"}
    assert 0 < len(kept) < 30
    learnt = {one.paragraph.text for one in learnt_from(asked)}
    assert learnt
    assert not any(text in one for text in kept for one in learnt)
    assert not any(one.paragraph.text in learnt for one in asked if one.paragraph.kept)


def test_of_squads_part_every_second_page_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "squad2-part.json"
    file.write_text(json.dumps(squad(*((title, f"{title} was.", [title]) for title in ("Velm", "Ansbach", "Marlow")))))
    assert [one.paragraph.kept for one in read_asked(file)] == [False, False, True]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("none.jsonl", "", "none.jsonl: no questions in this file"),
        ("bad.jsonl", '{"context": "Ida left."}', "bad.jsonl: line 1: a question or its text is missing"),
        ("bad.jsonl", '{"passages": [], "input": "?"}', "bad.jsonl: line 1: a question or its text is missing"),
        ("bad.json", '{"data": [{"paragraphs": [{"context": "x", "qas": [{}]}]}]}', "paragraph 1: a question is not"),
    ],
)
def test_what_is_not_as_it_should_be_is_told(tmp_path: Path, name: str, content: str, told: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(SourceError) as raised:
        list(read_asked(tmp_path / name))
    assert told in str(raised.value)


def test_a_folder_without_data_and_a_missing_one_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no \.json or \.jsonl file"):
        list(read_asked(tmp_path))
    with pytest.raises(SourceError, match="no such file or folder"):
        list(read_asked(tmp_path / "none"))
