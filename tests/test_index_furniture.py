"""Furniture lines go, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats.readings import without_boilerplate

LINES = st.one_of(
    st.text(max_size=120),
    st.sampled_from(
        ["", "READ MORE: A link", "Also see: B", "Discussion about this post", "Short line", "It ended.", "Related: C"]
    ),
)
TEXTS = st.one_of(
    st.text(), st.lists(LINES).flatmap(lambda lines: st.sampled_from(["\n", "\r\n", "\r"]).map(lambda e: e.join(lines)))
)


def lines_of(text: str) -> list[str]:
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


@given(TEXTS)
def test_what_is_left_is_whole_lines_in_order(text: str) -> None:
    rest = iter(lines_of(text))
    assert all(line in rest for line in lines_of(without_boilerplate(text)))


@given(TEXTS)
def test_once_is_enough_for_lists_of_links(text: str) -> None:
    once = without_boilerplate(text)
    assert set(lines_of(without_boilerplate(once))) <= set(lines_of(once))


@pytest.mark.parametrize(
    "line",
    [
        "Also see: Ferries collide off Bergen",
        "Also read: Ferries collide",
        "READ MORE: Ferries collide",
        "Read next » Ferries collide",
        "Related: Ferries collide",
        "Related stories: Ferries collide",
        "Don’t miss: Ferries collide",
        "  WATCH: Ferries collide",
        "Discussion about this post",
        "Leave a comment",
        "Advertisement",
        "Share this article",
        "Read more...",
        "[Related: Ferries collide]",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_furniture_between_paragraphs_goes(line: str, end: str) -> None:
    assert without_boilerplate(f"One.{end}{line}{end}Two.") == f"One.{end}Two."
    assert without_boilerplate(f"One.{end}{line}") == f"One.{end}"


@pytest.mark.parametrize(
    "line",
    [
        "Read more about it in the report, she said.",
        "The film is named Watch: the sea. Also see: the land.",
        "Comments were closed on Monday.",
        "Advertisement revenue fell.",
        "Related companies lost a tenth.",
        "Recommended by the board, the plan failed.",
        "She told him: READ MORE: it helps.",
        "Watch this space",
        "comments.",
        "related: both had been ministers.",
    ],
)
def test_sentences_stay(line: str) -> None:
    text = f"One.\n{line}\nTwo."
    assert without_boilerplate(text) == text


def test_the_headline_below_a_link_goes_with_it() -> None:
    text = "One.\nREAD MORE: A link to\nAnother headline\nA third one\nThe article goes on. And on.\nShort line\n"
    assert without_boilerplate(text) == "One.\nThe article goes on. And on.\nShort line\n"


def test_an_empty_line_ends_the_links() -> None:
    assert without_boilerplate("READ MORE: A link\n\nA crosshead\nText.") == "\nA crosshead\nText."


def test_a_hard_wrapped_article_keeps_its_lines_below_a_link() -> None:
    wrapped = (
        "The minister said on Tuesday that the government would not\n"
        "change its mind about the exports, and that the companies\n"
        "which had asked for permits before the summer would have to\n"
        "wait until the committee had finished its report on the\n"
        "matter.\n"
    )
    assert without_boilerplate(f"READ MORE: A link\n{wrapped}") == wrapped
