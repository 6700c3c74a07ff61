"""The sample questions and the sample articles are what the evaluation takes them for."""

import json
import re
from collections import Counter
from datetime import date
from itertools import combinations
from typing import Any

import pytest
import yaml

from eval.answers.sample_run import QUESTIONS_FILE
from index.sample_articles import SAMPLE_FOLDER

QUESTIONS: list[dict[str, Any]] = [json.loads(line) for line in QUESTIONS_FILE.read_text("utf-8").splitlines()]
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]
UNANSWERABLE = [question for question in QUESTIONS if not question["answerable"]]
KINDS = {"who", "what", "when", "where", "why", "how many", "yes/no", "list", "quote"}
PLAIN_QUOTES = str.maketrans("‘’“”", "''\"\"")
FIRST_DAY, LAST_DAY = date(2020, 10, 1), date(2020, 10, 9)
COPY = {"05-agency-suspension.md", "06-courier-permits.md"}


def read_sample() -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """The front matter and the body of every sample article, by file name."""
    heads, bodies = {}, {}
    for path in sorted(SAMPLE_FOLDER.glob("*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        heads[path.name], bodies[path.name] = yaml.safe_load(head), body.strip()
    return heads, bodies


HEADS, BODIES = read_sample()


def plain(text: str) -> str:
    return text.translate(PLAIN_QUOTES).casefold()


def satisfied(group: list[str], text: str) -> bool:
    return any(plain(wording) in plain(text) for wording in group)


def shingles(text: str, size: int = 5) -> set[tuple[str, ...]]:
    words = re.findall(r"[\w'-]+", plain(text))
    return {tuple(words[start : start + size]) for start in range(len(words) - size + 1)}


def jaccard(one: str, other: str) -> float:
    left, right = shingles(one), shingles(other)
    return len(left & right) / len(left | right)


def ids(question: dict[str, Any]) -> str:
    return str(question["id"])


def test_there_are_enough_questions_and_none_twice() -> None:
    assert len(QUESTIONS) >= 40
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert len({(question["question"], question["as_of"]) for question in QUESTIONS}) == len(QUESTIONS)


def test_about_a_third_has_no_answer() -> None:
    assert 0.30 <= len(UNANSWERABLE) / len(QUESTIONS) <= 0.40


def test_every_kind_is_asked() -> None:
    assert {question["kind"] for question in QUESTIONS} == KINDS
    assert len({question["kind"] for question in UNANSWERABLE}) >= 6


def test_enough_questions_need_two_places_or_a_date() -> None:
    needs = Counter(question["needs"] for question in QUESTIONS)
    assert set(needs) == {"one", "two", "date"}
    assert needs["two"] >= 6
    assert needs["date"] >= 5


@pytest.mark.parametrize("question", QUESTIONS, ids=ids)
def test_a_question_is_complete(question: dict[str, Any]) -> None:
    assert set(question) == {"id", "question", "as_of", "answerable", "answers", "articles", "kind", "needs"}
    assert question["question"].endswith("?")
    assert date.fromisoformat(question["as_of"])


@pytest.mark.parametrize("question", UNANSWERABLE, ids=ids)
def test_an_unanswerable_question_names_no_answer(question: dict[str, Any]) -> None:
    assert question["answers"] == []
    assert question["articles"] == []


@pytest.mark.parametrize("question", ANSWERABLE, ids=ids)
def test_the_named_articles_were_out_by_then(question: dict[str, Any]) -> None:
    assert question["articles"]
    for name in question["articles"]:
        assert HEADS[name]["published"] <= date.fromisoformat(question["as_of"]), name


@pytest.mark.parametrize("question", ANSWERABLE, ids=ids)
def test_the_named_articles_hold_the_answer(question: dict[str, Any]) -> None:
    assert question["answers"]
    for group in question["answers"]:
        assert any(satisfied(group, BODIES[name]) for name in question["articles"]), group
    for name in question["articles"]:
        assert any(satisfied(group, BODIES[name]) for group in question["answers"]), name


@pytest.mark.parametrize("question", ANSWERABLE, ids=ids)
def test_repeating_the_question_earns_nothing(question: dict[str, Any]) -> None:
    assert not any(satisfied(group, question["question"]) for group in question["answers"])


@pytest.mark.parametrize("question", ANSWERABLE, ids=ids)
def test_both_runs_of_a_copied_text_are_named(question: dict[str, Any]) -> None:
    """An answer cited to the copy is as right as one cited to the original, once both are out."""
    holding = {
        name
        for name in COPY
        if HEADS[name]["published"] <= date.fromisoformat(question["as_of"])
        and any(satisfied(group, BODIES[name]) for group in question["answers"])
    }
    assert COPY & set(question["articles"]) in (set(), holding)


def test_the_death_toll_depends_on_the_day_of_asking() -> None:
    tolls = [question for question in QUESTIONS if question["question"].startswith("How many people has")]
    named = {question["as_of"]: question["articles"] for question in tolls}
    assert named["2020-10-03"] == []
    assert named["2020-10-05"] == ["03-early-toll.md"]
    assert named["2020-10-10"] == ["08-toll-raised.md"]


def test_the_sample_is_small_and_dated() -> None:
    assert 6 <= len(HEADS) <= 10
    for name, head in HEADS.items():
        assert FIRST_DAY <= head["published"] <= LAST_DAY, name
        assert head["published"].strftime("/%Y/%m/%d/") in head["url"], name
        assert 120 <= len(BODIES[name].split()) <= 300, name


def test_the_outlets_are_made_up_and_one_article_is_unsigned() -> None:
    assert all(re.match(r"https://[a-z-]+\.example/", head["url"]) for head in HEADS.values())
    assert len({head["outlet"] for head in HEADS.values()}) >= 5
    assert [name for name, head in HEADS.items() if not head.get("author")] == ["03-early-toll.md"]


def test_exactly_one_pair_is_a_near_copy() -> None:
    alike = {pair: jaccard(BODIES[pair[0]], BODIES[pair[1]]) for pair in combinations(BODIES, 2)}
    assert [set(pair) for pair, likeness in alike.items() if likeness >= 0.6] == [COPY]
    assert max(likeness for pair, likeness in alike.items() if set(pair) != COPY) < 0.2
