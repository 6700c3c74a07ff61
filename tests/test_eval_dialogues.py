"""The conversations are what the evaluation takes them for, and its figures mean what they say."""

import json
from pathlib import Path

import pytest

from eval.dialogues.dialogues_run import (
    ARTICLES,
    SETS,
    Dialogue,
    DialoguesRun,
    TurnResult,
    measure_dialogues,
    read_dialogues,
)
from eval.runs.judging import contains
from index.article import Article
from index.formats import find_files, read_file

DIALOGUES = list(read_dialogues())


def test_there_are_sixty_half_of_them_unseen_by_the_rules() -> None:
    assert [len(list(read_dialogues([name]))) for name in SETS] == [30, 30]
    assert len({dialogue.id for dialogue in DIALOGUES}) == 60
    assert sum(dialogue.over == "sample" for dialogue in DIALOGUES) >= 36
    assert {len(dialogue.turns) for dialogue in DIALOGUES} <= {2, 3, 4}


def test_the_first_turn_stands_alone_and_some_later_ones_too() -> None:
    assert not any(dialogue.turns[0].leans for dialogue in DIALOGUES)
    assert sum(not turn.leans for dialogue in DIALOGUES for turn in dialogue.turns[1:]) >= 5


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: str(dialogue.id))
def test_the_named_articles_hold_the_answers(dialogue: Dialogue) -> None:
    for turn in dialogue.turns:
        articles = [_article(ARTICLES[dialogue.over] / name) for name in turn.articles]
        assert articles
        for group in turn.answers:
            assert any(contains(article.title, article.text, group) for article in articles), (turn.question, group)


def _article(file: Path) -> Article:
    return read_file(file).article


def test_the_own_articles_are_dated_and_made_up() -> None:
    articles = [read_file(file).article for file in find_files(ARTICLES["articles"])]
    assert len(articles) >= 20
    assert all(article.published and article.title and ".example/" in article.url for article in articles)


def result(turn: int, rank: int | None, leans: bool = True, **known: bool | str) -> TurnResult:
    return TurnResult("d01", turn, leans, "Why?", unrewritten_rank=None, rank=rank, **known)


def test_figures_and_report_follow_from_the_results() -> None:
    results = (
        result(1, 1, leans=False, holds=True),
        result(2, 1, standalone="Why did it burn?", cites_right=True),
        result(3, 2, standalone="When did it burn?"),
        result(4, 1, leans=False, holds=True),
        result(5, None, error="the model is gone"),
    )
    report = DialoguesRun(llm="extractive", results=results)
    assert report.figures["follow-ups"]["right article first"] == 2 / 4
    assert report.figures["follow-ups"]["right article first, unrewritten"] == 0
    assert report.figures["follow-ups"]["among the first three"] == 3 / 4
    assert report.figures["follow-ups"]["errors"] == 1
    assert report.figures["that do not"]["answer holds the words"] == 1
    assert json.loads(json.dumps(report.to_json()))["results"][1]["standalone"] == "Why did it burn?"
    lines = "\n".join(report.lines())
    assert "When did it burn?" in lines
    assert "the model is gone" in lines
    assert "Why did it burn?" not in lines


@pytest.mark.slow
def test_by_rules_follow_ups_find_the_right_article() -> None:
    report = measure_dialogues("extractive", sets=["second"])  # the one that the rules were not made on
    follow_ups = report.figures["follow-ups"]
    assert follow_ups["errors"] == 0
    assert follow_ups["right article first"] >= 0.85
    assert follow_ups["right article first"] > follow_ups["right article first, unrewritten"] + 0.15
    assert report.figures["that do not"]["right article first"] >= 0.9
