"""A language model's lists and tables on the page, while they come and when they are whole."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.answer import Answer
from assistant.citations import parse_marks
from assistant.citations.citing import Citer
from assistant.events import Done, Event, Token
from assistant.request import Question
from tests.browser.test_chat import PHONE, answered, ask, assert_shows, quote_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WRITTEN = """Canada **suspended** the permits for drone technology [1].

## What happened

1. Foreign Minister Champagne announced the step on 5 October 2020 [1].
   - Canadian sensors may have been used in Nagorno-Karabakh [1].
2. Ottawa froze exports in *October 2019* [2], and 900 officials agreed [2].

| Year | What Ottawa did | Why it did so, as far as the articles say | Source |
|---|---|---|---|
| 2019 | It announced a freeze [2] | Turkey's operation in north-eastern Syria | 2 |
| 2020 | It suspended permits | The alleged use of Canadian equipment | 1 |
"""


def in_markdown(question: Question, passages: Any) -> Iterator[Event]:
    """What a language model would write, a word at a time, and its answer."""
    yield from (Token(f"{piece} ") for piece in WRITTEN.split(" "))
    citer = Citer(passages)
    sentences = citer.cite(parse_marks(WRITTEN, len(passages)).sentences)
    yield Done(Answer(question.text, question.as_of, answerable=True, sentences=sentences, llm="replay"))


@pytest.mark.parametrize("watched", [(1280, 800), (390, 844)], indirect=True)
def test_lists_and_tables_are_shown_with_citations_that_open(page: Page, chat: Any) -> None:
    chat.reader.replies.append(in_markdown)
    answered(page, "What did Canada do, and why?")
    answer = page.locator("#live .answer")
    expect(answer.locator("h3")).to_have_text("What happened")
    expect(answer.locator("ol > li")).to_have_count(2)
    expect(answer.locator("ol > li > ul > li")).to_contain_text("Nagorno-Karabakh")
    expect(answer.locator("td")).to_have_count(6)
    expect(answer.locator("li .doubt").last).to_contain_text("900")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    for selector in ("#live ol > li a.mark", "#live td a.mark"):
        quote = quote_of(page, selector)
        page.locator(selector).first.click()
        assert_shows(page, quote)
        page.keyboard.press("Escape")


@PHONE
def test_a_list_is_a_list_while_it_comes(page: Page, chat: Any) -> None:
    chat.reader.replies.append(in_markdown)
    chat.reader.delay = 0.05
    ask(page, "What did Canada do, and why?")
    expect(page.locator("#live .draft ol > li").first).to_contain_text("Champagne")
    expect(page.locator("#live .draft h3")).to_have_text("What happened")
    expect(page.locator("#live .draft strong")).to_have_text("suspended")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#live .unfinished ol > li").first).to_contain_text("Champagne")
