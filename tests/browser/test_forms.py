"""The forms of answers in the page: a time line, a verdict and a plain reply, and what was understood as a chip."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_chat import PHONE, answered, ask, assert_shows, quote_of
from tests.browser.test_filters import chips

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.usefixtures("chat")
def test_a_time_line_has_a_source_in_every_row(page: Page) -> None:
    answered(page, "timeline of the permits")
    rows = page.locator("#live .timeline tbody tr")
    assert rows.count() >= 3
    for row in rows.all():
        assert row.locator("td").first.inner_text()
        assert row.locator("a.mark").count() >= 1
    mark = "#live .timeline tbody tr:nth-child(2) a.mark >> nth=0"
    quote = quote_of(page, mark)
    page.locator(mark).click()
    assert_shows(page, quote)


@pytest.mark.usefixtures("chat")
def test_a_verdict_names_what_it_rests_on(page: Page) -> None:
    answered(page, "Did the death toll change?")
    verdict = page.locator("#live .short-answer")
    expect(verdict).to_contain_text("Yes")
    mark = "#live .short-answer a.mark >> nth=0"
    quote = quote_of(page, mark)
    page.locator(mark).click()
    assert_shows(page, quote)


def test_what_was_understood_is_taken_back_by_a_click(page: Page, chat: Any) -> None:
    answered(page, "timeline of the permits")
    expect(chips(page)).to_have_text(["sequence"])
    assert chat.reader.asked == []
    page.get_by_role("button", name="Ask again without sequence").click()
    expect(page.locator(".turn")).to_have_count(2)
    page.locator("#live a.mark").first.wait_for()
    expect(chips(page)).to_have_count(0)
    assert [question.text for question in chat.reader.asked] == ["timeline of the permits"]


@pytest.mark.usefixtures("chat")
def test_a_greeting_is_answered_and_offers_no_articles(page: Page) -> None:
    ask(page, "hello")
    reply = page.locator("#live .reply")
    expect(reply.first).to_be_visible()
    expect(page.locator("#live .nearest")).to_have_count(0)
    expect(page.locator("#live .refusal")).to_have_count(0)


@PHONE
@pytest.mark.usefixtures("chat")
def test_a_table_keeps_within_a_phone(page: Page) -> None:
    answered(page, "timeline of the permits")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
