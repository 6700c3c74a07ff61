"""Replies of small models that are no answers, and replies that look a little like them and are."""

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.generative.drafts import ReplyWatch
from assistant.generative.prompt import build_prompt
from assistant.request import Question
from index.article import Article
from index.search.result import Retrieved
from index.text.passages import Passage

LAKE = Article(
    "aaaaaaaaaaaa", "Lake Imre rose by 40 centimetres.", "High water", "Fernhill Wire", published=date(2021, 5, 3)
)
FOUND = [Retrieved(Passage(LAKE.id, 0, len(LAKE.text), LAKE.text), LAKE, 1.0, {})]
FRAMES = [
    build_prompt(Question("How far did the lake rise?", (), date(2021, 5, 4)), FOUND, small=small).frame
    for small in (True, False)
]
SANE = [
    json.loads(line)["text"]
    for line in Path(__file__).with_name("marked_outputs.jsonl").read_text("utf-8").splitlines()
]
TOWNS = "Arvik Tormund Torrow Bergholt Norvik Helm Sund Aster Lyng Vik".split()


def fault(text: str, frame: str = FRAMES[0]) -> str:
    return ReplyWatch(frame).fault(text, whole=True)


@pytest.mark.parametrize(
    "text",
    [
        "The lake rose. " * 12,
        "It is known that the lake rose by 40 centimetres [1]. " * 4,
        "Two jetties are under water [1].\n" + "- the lake and the jetties\n" * 8,
        "No no no no no no no no no no no no no no no no no no no no no no no",
        "湖水上涨了四十厘米。" * 5,
        "Göl kırk santimetre yükseldi. " * 8,
    ],
)
def test_who_says_the_same_again_and_again_is_heard(text: str) -> None:
    assert fault(text) == "repeats itself"


@pytest.mark.parametrize("frame", FRAMES)
def test_who_copies_the_rules_or_what_stands_around_a_passage_is_heard(frame: str) -> None:
    rule = " ".join(frame.split()[8:20])
    assert fault(f"Sure. {rule} The lake rose.", frame) == "copies what it was told"
    header = '<passage number="1" outlet="Fernhill Wire" published="2021-05-03"> High water'
    assert fault(header, frame) == "copies what it was told"


@pytest.mark.parametrize("frame", FRAMES)
def test_what_models_write_is_left_alone(frame: str) -> None:
    assert [text for text in SANE if fault(text, frame)] == []


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(
    "text",
    [
        LAKE.text,
        "How far did the lake rise? Lake Imre rose by 40 centimetres [1].",
        "The collection does not hold the answer to this question.",
        "\n".join(f"- {town} lost {n} homes in the fire of 2021 [{n}]." for n, town in enumerate(TOWNS, 1)),
        "| Town | Homes |\n|---|---|\n" + "\n".join(f"| {town} | {n} [1] |" for n, town in enumerate(TOWNS)),
        "Fernhill Wire published on 2021-05-03 that the lake rose [1].",
        "Yes. Yes. Yes.",
    ],
)
def test_a_sane_reply_is_left_alone(text: str, frame: str) -> None:
    assert fault(text, frame) == ""


def test_a_loop_is_heard_while_it_goes_on() -> None:
    watch, text, heard_at = ReplyWatch(FRAMES[0]), "", 0
    for piece in ["The lake rose by 40 centimetres [1]. ", *["It rose and it rose. "] * 500]:
        text += piece
        if watch.fault(text):
            heard_at = len(text)
            break
    assert 0 < heard_at < 300
