"""Filters in the chat: set in the options, shown as chips, taken away by a click."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_chat import PHONE, answered, ask
from tests.fakes import refusing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTION = "Why did Canada suspend the permits?"


def options(page: Page) -> None:
    page.get_by_role("button", name="Options").click()
    page.locator("#until input").first.wait_for()


def choose(page: Page, menu: str, typed: str, choice: str) -> None:
    """Type into a menu and pick the choice that it offers."""
    box = page.locator(f"#{menu} input")
    box.click()
    box.press_sequentially(typed)
    page.get_by_role("option", name=choice).click()
    expect(page.locator(f"#{menu}")).to_contain_text(choice)
    box.press("Escape")


def chips(page: Page, turn: str = "#live") -> Locator:
    return page.locator(f"{turn} .chip span")


def outlets_found(page: Page) -> set[str]:
    facts = page.locator("#sources .card .facts")
    facts.first.wait_for()
    texts = facts.all_text_contents()
    return {text.split(" · ")[0] for text in texts}


def test_outlets_and_days_narrow_the_answer_and_stand_under_the_question(page: Page, chat: Any) -> None:
    options(page)
    choose(page, "outlets", "fern", "Fernhill Wire")
    page.locator("#since input").fill("2020-10-01")
    page.locator("#until input").fill("2020-10-31")
    answered(page, QUESTION)
    expect(chips(page)).to_have_text(["October 2020", "Fernhill Wire"])
    assert outlets_found(page) == {"Fernhill Wire"}


def test_a_chip_is_taken_away_by_asking_again(page: Page, chat: Any) -> None:
    options(page)
    choose(page, "outlets", "fern", "Fernhill Wire")
    page.locator("#until input").fill("2020-10-31")
    answered(page, QUESTION)
    page.get_by_role("button", name="Ask again without Fernhill Wire").click()
    expect(page.locator("#past .question")).to_have_text(QUESTION)
    expect(chips(page)).to_have_text(["until 31 Oct 2020"])
    expect(page.locator("#live .question")).to_have_text(QUESTION)
    page.locator("#live a.mark").first.wait_for()
    assert len(outlets_found(page)) > 1
    expect(page.locator("#outlets")).not_to_contain_text("Fernhill Wire")
    expect(page.locator("#past .chip")).to_have_count(2)
    page.locator("#live").get_by_role("button", name="Ask again without until 31 Oct 2020").click()
    expect(page.locator(".turn")).to_have_count(3)
    page.locator("#live a.mark").first.wait_for()
    expect(chips(page)).to_have_count(0)
    expect(page.locator("#until input")).to_have_value("")
    assert [question.text for question in chat.reader.asked] == [QUESTION] * 3
    assert [len(question.history) for question in chat.reader.asked] == [0, 0, 0]


def test_words_for_time_are_a_chip_too(page: Page, chat: Any) -> None:
    answered(page, "What did Canada suspend on 5 October 2020?")
    expect(chips(page)).to_have_text(["around 5 Oct 2020 · “5 October 2020”"])
    page.locator("#live .chip button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(2)
    page.locator("#live a.mark").first.wait_for()
    expect(chips(page)).to_have_count(0)
    answered(page, QUESTION)
    page.locator("#past .chip button").click()
    expect(page.locator(".turn")).to_have_count(4)
    expect(page.locator("#live .question")).to_have_text("What did Canada suspend on 5 October 2020?")


def test_what_cannot_be_is_one_line(page: Page, chat: Any) -> None:
    options(page)
    box = page.locator("#authors input")
    box.click()
    box.press_sequentially("Jonas Pel")
    box.press("Enter")
    ask(page, QUESTION)
    line = page.locator("#live [role=alert]")
    expect(line).to_have_text("Author: no article is by 'Jonas Pel'; did you mean 'Jonas Pell'?")
    page.get_by_role("button", name="Ask again without Jonas Pel").click()
    page.locator("#live a.mark").first.wait_for()
    page.locator("#since input").fill("2020-13-01")
    ask(page, QUESTION)
    expect(line).to_contain_text("From: '2020-13-01' names no day")
    page.locator("#since input").fill("2020-10-07")
    page.locator("#until input").fill("2020-10-06")
    ask(page, QUESTION)
    expect(line).to_have_text("From: 2020-10-07 is after 2020-10-06; no day lies between")


def test_nothing_that_passes_is_said(page: Page, chat: Any) -> None:
    options(page)
    page.locator("#since input").fill("2026-01-01")
    chat.reader.replies.append(refusing)
    answered(page, QUESTION)
    expect(page.locator("#live .notice")).to_have_text("no article passes all of these filters")


@PHONE
def test_on_a_phone_the_options_and_the_chips_keep_within_the_page(page: Page, chat: Any) -> None:
    options(page)
    choose(page, "outlets", "fern", "Fernhill Wire")
    page.locator("#until input").fill("2020-10-31")
    expect(page.locator("#ask")).to_be_in_viewport()
    answered(page, QUESTION)
    expect(chips(page)).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Ask again without Fernhill Wire").click()
    expect(page.locator(".turn")).to_have_count(2)
