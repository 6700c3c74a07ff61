"""Citation marks, read from whatever a model writes.

`marked_outputs.jsonl` holds 200 texts in the manner of many models, each with what a person reads in it.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations import parse_marks, visible_text, without_marks, without_thinking


def parsed(text: str, passages: int = 5) -> list[tuple[str, tuple[int, ...]]]:
    return [(sentence.text, sentence.numbers) for sentence in parse_marks(text, passages).sentences]


OUTPUTS = [
    json.loads(line) for line in Path(__file__).with_name("marked_outputs.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("output", OUTPUTS, ids=[output["form"] for output in OUTPUTS])
def test_an_output_is_parsed_as_a_person_would(output: dict[str, Any]) -> None:
    marked = parse_marks(output["text"], output["passages"])
    read = [[sentence.text, list(sentence.numbers)] for sentence in marked.sentences]
    assert (read, marked.dropped) == (output["sentences"], output["dropped"])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It rained [1].", (1,)),
        ("It rained.[1]", (1,)),
        ("It rained. [1]", (1,)),
        ("It rained [1][2].", (1, 2)),
        ("It rained [1] [2].", (1, 2)),
        ("It rained [1], [2].", (1, 2)),
        ("It rained [1] and [2].", (1, 2)),
        ("It rained [1, 2].", (1, 2)),
        ("It rained [ 1;2 ].", (1, 2)),
        ("It rained [1-3].", (1, 2, 3)),
        ("It rained [1–3, 5].", (1, 2, 3, 5)),
        ("It rained [3-1].", (1, 2, 3)),
        ("It rained 【2】.", (2,)),
        ("It rained 【2†source】.", (2,)),
        ("[1] It rained.", (1,)),
        ("- [1] It rained.", (1,)),
        ("- It rained. [1]", (1,)),
        ("It rained.\n[1]", (1,)),
        ("It rained [2][2][1].", (2, 1)),
        ("It rained.", ()),
    ],
)
def test_every_form_of_mark_is_read_and_taken_out(text: str, numbers: tuple[int, ...]) -> None:
    assert parsed(text) == [("It rained.", numbers)]


@pytest.mark.parametrize(
    "text",
    [
        "It rained [1]. The river rose [2][3].",
        "It rained. [1] The river rose. [2, 3]",
        "It rained.[1] The river rose.[2-3]",
        "It rained [1].\nThe river rose [2] [3].",
        "[1] It rained. [2][3] The river rose.",
        "[1] It rained.\n[2][3] The river rose.",
        "* It rained. [1]\n* The river rose. [2][3]\n",
    ],
)
def test_marks_go_to_the_sentence_they_belong_to(text: str) -> None:
    assert parsed(text) == [("It rained.", (1,)), ("The river rose.", (2, 3))]


def test_the_number_of_an_item_is_no_sentence() -> None:
    text = "1. It rained [1]. 2. The river rose [2].\n3. It fell [3].\n4."
    assert parsed(text) == [
        ("1. It rained.", (1,)),
        ("2. The river rose.", (2,)),
        ("3. It fell.", (3,)),
        ("4.", ()),
    ]


def test_a_mark_inside_a_sentence_leaves_its_words_apart() -> None:
    assert parsed("It rained[1]and the river [2] rose.") == [("It rained and the river rose.", (1, 2))]


def test_unknown_numbers_are_dropped_and_counted() -> None:
    marked = parse_marks("It rained [0]. The river rose [2, 9]. It fell [4-7].", 5)
    assert [sentence.numbers for sentence in marked.sentences] == [(), (2,), (4, 5)]
    assert marked.dropped == 4


@pytest.mark.parametrize("text", ["It rained in [2021].", "He said [sic] no.", "See [a1] or [1a].", "It [ ] is."])
def test_other_brackets_are_text(text: str) -> None:
    assert parsed(text) == [(text, ())]


def test_marks_alone_are_no_sentence() -> None:
    assert parse_marks("[1][7].", 5).sentences == ()
    assert parse_marks("[1][7].", 5).dropped == 2


@pytest.mark.parametrize(
    "text",
    [
        "<think>Maybe [2].\nOr [3]?</think>\n\nIt rained [1].",
        "Maybe [2]. Or [3]?\n</think>\nIt rained [1].",
        "It rained [1].<think>Shall I go on",
    ],
)
def test_thinking_is_dropped(text: str) -> None:
    assert parsed(text) == [("It rained.", (1,))]


def test_a_stream_never_shows_thinking() -> None:
    text = "<think>Hm < 3.</think>It is < 3 [1]. <this> too."
    shown = [visible_text(text[:end]) for end in range(len(text) + 1)]
    assert all(later.startswith(earlier) for earlier, later in zip(shown, shown[1:], strict=False))
    assert shown[-1] == without_thinking(text) == "It is < 3 [1]. <this> too."


MORE_MARKUP = [
    "(1)",
    "³",
    "Source: 2",
    "passage 3",
    "According to ",
    " says that ",
    "**",
    "| a |",
    "|---|",
    "<cite>",
    '{"',
]

MARKUP = st.lists(
    st.one_of(
        st.text(st.characters(), max_size=20),  # halves of surrogate pairs too
        st.sampled_from(
            [
                "[1]",
                "[2, 9]",
                "[1-999]",
                "【3】",
                "<think>",
                "</think>",
                "\n",
                ". ",
                "[",
                "]",
                " - ",
                "12",
                *MORE_MARKUP,
            ]
        ),
    ),
    max_size=30,
).map("".join)


@given(MARKUP, st.integers(0, 12))
def test_no_text_breaks_it_and_no_number_is_made_up(text: str, passages: int) -> None:
    for sentence in parse_marks(text, passages).sentences:
        assert set(sentence.numbers) <= set(range(1, passages + 1))
        assert sentence.text == " ".join(sentence.text.split())
        assert sentence.text


WORDS = st.text(st.characters(categories=["L", "Zs", "Po"], exclude_characters="*#"), max_size=300)


@given(WORDS)
def test_text_without_marks_keeps_its_words(text: str) -> None:
    marked = parse_marks(text, 3)
    said = "".join(sentence.text for sentence in marked.sentences)
    assert [c for c in said if c.isalnum()] == [c for c in text if c.isalnum()]
    assert not any(sentence.numbers for sentence in marked.sentences)
    assert marked.dropped == 0


LONG_RUNS = [
    "(",
    "(1)",
    "(1) a",
    "{",
    "[[1]](",
    "¹ ",
    "1 ",
    "1, ",
    "Source: 1\n",
    "passage 1 and ",
    "According to ",
    "**",
]
LONG_RUNS += [
    "[1] says that ",
    "* *a",
    "`",
    "|",
    "a | b\n-|-\n",
    "\n[1] x",
    "[^1]: 2\n",
    "- ",
    "\n",
    "<cite>",
    "<sup>1",
]
LONG_RUNS += ["\\[", "A. ", "# a\n", '{"answer": "', "\\u", "1.\n"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["[", " ", "[1]", "[1", "[1 ,", "a[1]", "<think>", "</think>", "[1-999]", *LONG_RUNS],
)
def test_a_long_run_of_anything_is_quick(unit: str) -> None:
    marked = parse_marks(unit * (20_000 // len(unit)), 10)  # pytest's own timeout is the judge of the time
    assert all(1 <= number <= 10 for sentence in marked.sentences for number in sentence.numbers)


def test_without_marks_leaves_the_words() -> None:
    assert re.sub(r"\s+", " ", without_marks("It rained [1]. The river rose. [2, 3]")) == "It rained. The river rose."


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("> It rained [2].", [("It rained.", (2,))]),
        ("It rained (source n° 2).", [("It rained.", (2,))]),
        ("It rained [citation needed].", [("It rained [citation needed].", ())]),
        ("It rained; see passage 2 for more.", [("It rained; see passage 2 for more.", (2,))]),
        ("It rained ([Source 2](https://wire.example/x)).", [("It rained.", (2,))]),
        ("Mayor Moe (51) left [2].", [("Mayor Moe (51) left.", (2,))]),
        ("It rained. [1]\n- [2] It snowed.", [("It rained.", (1,)), ("It snowed.", (2,))]),
        ("It rained [1. It snowed (Source 2).", [("It rained.", (1,)), ("It snowed.", (2,))]),
        ("Es regnet [1] und [2].", [("Es regnet.", (1, 2))]),
    ],
)
def test_further_forms(text: str, sentences: list[tuple[str, tuple[int, ...]]]) -> None:
    assert parsed(text) == sentences
