"""The training on news: which weeks are learnt from, which place is taken for the answer, what counts as wrong."""

import itertools
from typing import Any

import pytest

from eval.training.reader_news import learnt, learnt_weeks, news_groups
from eval.training.reader_questions import LENGTHS, RememberingCutter
from index.embedders import STATIC_MODEL_FOLDER
from index.span_model.pairs import Pair

TOKENIZER = STATIC_MODEL_FOLDER / "tokenizer.json"
QUESTION = "Who steered the ferry into the harbour wall?"
RIGHT = "Ida Brandt was born here. Ida Brandt steered the ferry into the wall. Later Ida Brandt went home."
WRONG = ("Bread is dearer again.", "Snow fell on the hills.", "The museum opens in May.", "A train was late.")

Row = dict[str, Any]


@pytest.fixture(scope="module")
def cutter() -> RememberingCutter:
    return RememberingCutter(TOKENIZER)


def passage(text: str, answer: bool = False, support: bool = False, title: str = "") -> Row:
    return {"title": title, "text": text, "score": 1.0, "answer": answer, "support": support}


def row(*passages: Row, answers: tuple[str, ...] = ("Ida Brandt",), supported: bool = True, **facts: Any) -> Row:
    known = {"id": "1", "question": QUESTION, "answerable": True, "group": "20220101", **facts}
    return {**known, "answers": answers, "supported": supported, "passages": list(passages)}


def groups(cutter: RememberingCutter, *rows: Row, count: int = 60) -> list[list[Pair]]:
    return list(itertools.islice(news_groups(rows, cutter, 5), count))


def text_of(cutter: RememberingCutter, pair: Pair, known: tuple[str, ...]) -> str:
    """Which of the known texts the pair holds."""
    (found,) = (text for text in known if cutter.pieces(text).ids == pair.ids[pair.first : pair.last])
    return found


def marked(pair: Pair, text: str) -> tuple[int, int]:
    """The characters of the text that are marked as the answer."""
    assert pair.start is not None
    assert pair.end is not None
    return pair.offsets[pair.start - pair.first][0], pair.offsets[pair.end - pair.first][1]


# Which questions


def test_every_second_week_of_the_answerable_is_learnt_from() -> None:
    weeks = ["20220114", "20220107", "20220128", "20220121"]
    rows = [row(group=week, id=f"{week}_{n}") for week in weeks for n in range(2)]
    rows += [row(group="20220101", id="none", answerable=False), row(group="20220107", id="no", answerable=False)]
    assert learnt_weeks(rows) == {"20220107", "20220121"}
    assert [one["id"] for one in learnt(rows)] == ["20220107_0", "20220107_1", "20220121_0", "20220121_1"]


# Which place


def test_the_answer_stands_where_its_sentence_shares_most_words_with_the_question(cutter: RememberingCutter) -> None:
    places = {
        marked(group[0], RIGHT)
        for group in groups(cutter, row(passage(RIGHT, True, True), *map(passage, WRONG)))
        if group[0].start is not None
    }
    start = RIGHT.index("Ida Brandt steered")
    assert places == {(start, start + len("Ida Brandt"))}


@pytest.mark.parametrize(
    ("text", "answer", "place"),
    [
        ("The harbour of Marlowe. The mark of Mar came.", "Mar", "Mar came"),  # whole words only
        ("He steered, said Brandt.", "steered said", "steered, said"),  # whatever stands between them
        ("They paid $5,000 for it.", "5,000", "5,000"),
        ("IDA BRANDT steered.", "Ida Brandt", "IDA BRANDT"),
    ],
)
def test_an_answer_is_found_by_its_words(cutter: RememberingCutter, text: str, answer: str, place: str) -> None:
    asked = row(passage(text, True, True), passage(WRONG[0]), answers=(answer,), question="Who came?")
    starts = {marked(group[0], text)[0] for group in groups(cutter, asked) if group[0].start is not None}
    assert starts == {text.index(place)}


def test_no_group_comes_of_a_passage_whose_title_alone_holds_the_answer(cutter: RememberingCutter) -> None:
    titled = passage("The captain steered it.", True, True, title="Ida Brandt on trial")
    assert all(group[0].start is None for group in groups(cutter, row(titled, *map(passage, WRONG))))


# Right and wrong


def test_wrong_passages_do_not_hold_the_answer_and_some_groups_have_no_right_one(cutter: RememberingCutter) -> None:
    elsewhere = "Ida Brandt wrote a book about the ferry."
    asked = row(passage(elsewhere, True), passage(RIGHT, True, True), *map(passage, WRONG))
    found = groups(cutter, asked)
    answered = [group for group in found if group[0].start is not None]
    assert 0 < len(answered) < len(found)
    for group in found:
        texts = [text_of(cutter, pair, (RIGHT, elsewhere, *WRONG)) for pair in group]
        assert texts[0] == RIGHT if group[0].start is not None else "Brandt" not in texts[0]
        assert set(texts[1:]) <= set(WRONG)
        assert all(pair.start is None for pair in group[1:])
        assert len(set(texts)) == len(texts) == 4


def test_without_a_known_article_every_passage_that_holds_the_answer_is_right(cutter: RememberingCutter) -> None:
    other = "Nobody but Ida Brandt steered."
    asked = row(passage(RIGHT, True), passage(other, True), *map(passage, WRONG), supported=False)
    rights = {text_of(cutter, g[0], (RIGHT, other)) for g in groups(cutter, asked) if g[0].start is not None}
    assert rights == {RIGHT, other}


def test_a_supporting_article_is_not_wrong_where_none_was_seen_to_hold_the_answer(cutter: RememberingCutter) -> None:
    spelled_otherwise = passage("Captain Brandt, Ida, steered.", support=True)
    for group in groups(cutter, row(spelled_otherwise, *map(passage, WRONG))):
        assert {text_of(cutter, pair, WRONG) for pair in group} == set(WRONG)


def test_a_group_whose_answer_was_cut_off_is_left_out(cutter: RememberingCutter) -> None:
    """Else a passage that holds the answer would be learnt as one that does not."""
    long = "harbour " * 64
    asked = row(passage(RIGHT, True, True, title=long), passage(WRONG[0]), question=f"{long}?")
    answer = cutter.pieces("Ida Brandt").ids
    for group in groups(cutter, asked):
        for pair in group:
            holds = any(pair.ids[at : at + len(answer)] == answer for at in range(len(pair.ids)))
            assert holds == (pair.start is not None)
            assert len(pair.ids) <= max(LENGTHS)


def test_groups_come_again_with_the_same_seed(cutter: RememberingCutter) -> None:
    asked = row(passage(RIGHT, True, True), *map(passage, WRONG))
    assert groups(cutter, asked) == groups(cutter, asked)
    assert list(news_groups([], cutter, 5)) == []


def test_groups_end_where_no_question_can_be_used(cutter: RememberingCutter) -> None:
    assert list(news_groups([row()], cutter, 5)) == []  # nothing was found for it
