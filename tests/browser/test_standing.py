"""Whatever is pressed, and whenever, the page still stands: its headings, its box, its buttons with their labels."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.events import Event, Token
from index.errors import ModelError
from tests.browser.test_chat import answered, ask
from tests.fakes import quoting, refusing

pytestmark = pytest.mark.browser

FIRST, SECOND, THIRD = "Why did Canada suspend the permits?", "When was the freeze lifted?", "Who leads NATO?"
SETTLED = 500  # milliseconds, in which what was pressed has come back from the server
DRAWN_AGAIN = 2000  # a picture that was on its way when the chat began anew is drawn over a second later

State = Callable[[Page, Any], Any]
Press = Callable[[Page], None]


@contextmanager
def empty(page: Page, chat: Any) -> Iterator[None]:
    yield


@contextmanager
def streaming(page: Page, chat: Any) -> Iterator[None]:
    go_on = threading.Event()

    def slowly(question: Any, passages: Any) -> Iterator[Event]:
        yield Token("As far as it has come")
        go_on.wait(20)
        yield from quoting(question, passages)

    chat.reader.replies += [quoting, slowly]
    answered(page, FIRST)
    ask(page, SECOND)
    expect(page.locator("#live .draft")).to_contain_text("As far as")
    yield
    go_on.set()


@contextmanager
def finished(page: Page, chat: Any) -> Iterator[None]:
    chat.reader.replies += [quoting]
    answered(page, FIRST)
    yield


@contextmanager
def refused(page: Page, chat: Any) -> Iterator[None]:
    chat.reader.replies += [quoting, refusing]
    answered(page, FIRST)
    answered(page, SECOND)
    yield


@contextmanager
def failed(page: Page, chat: Any) -> Iterator[None]:
    chat.reader.replies += [quoting, [ModelError("the model broke off; start it again")]]
    answered(page, FIRST)
    ask(page, SECOND)
    expect(page.locator("#live [role=alert]")).to_contain_text("broke off")
    yield


def enter_on(text: str) -> Press:
    return lambda page: ask(page, text)


def ask_or_stop(page: Page) -> None:
    page.locator("#ask:visible, #stop:visible").click()


def first(selector: str) -> Press:
    """Presses the first of what is there, if any is."""

    def press(page: Page) -> None:
        if page.locator(f"{selector}:visible").count():
            page.locator(f"{selector}:visible").first.click()

    return press


def choose_a_model(page: Page) -> None:
    for name in ("Quotes (no model)", "replay"):
        page.get_by_role("combobox", name="Answers by").click()
        page.get_by_role("option", name=name).click()


STATES: dict[str, State] = {
    "empty": empty,
    "streaming": streaming,
    "answered": finished,
    "refused": refused,
    "failed": failed,
}
PRESSES: dict[str, Press] = {
    "Enter on nothing": enter_on(""),
    "Enter on blanks": enter_on("   "),
    "Enter on a question": enter_on(THIRD),
    "Ask or Stop": ask_or_stop,
    "New chat": first("#new-chat"),
    "Options": first("#options button.label-wrap"),
    "the menu of models": choose_a_model,
    "an example": first("button.example"),
    "a citation": first("a.mark"),
    "a source": first("#sources a.cite"),
    "a nearest article": first(".nearest a.cite"),
}


def questions_of(page: Page) -> list[str]:
    return page.locator(".turn .question").all_text_contents()


def assert_stands(page: Page, asked: list[str]) -> None:
    """All parts of the page are there with their words, and the turns that were there before."""
    expect(page.locator("h1")).to_have_text("Byline")
    expect(page.locator(".masthead .extent")).to_contain_text("articles")
    expect(page.locator("#new-chat")).to_have_text("New chat")
    expect(page.locator("#question textarea")).to_be_visible()
    expect(page.locator("#question textarea")).to_be_enabled()
    expect(page.locator("#ask:visible, #stop:visible")).to_have_count(1)
    expect(page.locator("#ask:visible:text-is('Ask'), #stop:visible:text-is('Stop')")).to_have_count(1)
    expect(page.locator("#options button.label-wrap")).to_contain_text("Options")
    expect(page.get_by_role("combobox", name="Answers by")).not_to_have_value("")
    expect(page.locator("#sources h2, #reader h2").first).not_to_be_empty()
    if asked:
        assert questions_of(page)[: len(asked)] == asked
        expect(page.locator(".turn .answer").first).to_contain_text("Canada")
        if len(asked) > 1:
            expect(page.locator(".turn").nth(1).locator(".answer, .failure")).to_be_visible()
    if not questions_of(page):
        expect(page.locator(".welcome h2")).to_be_visible()
        expect(page.locator("button.example").first).not_to_be_empty()


def pressed(page: Page, chat: Any, state: str, press: str) -> None:
    chat.reader.replies.clear()
    with STATES[state](page, chat):
        asked = [] if press == "New chat" else questions_of(page)
        PRESSES[press](page)
        page.wait_for_timeout(SETTLED)
        assert_stands(page, asked)
        page.keyboard.press("Escape")
    expect(page.locator("#ask")).to_be_visible()
    assert_stands(page, asked)


@pytest.mark.parametrize(
    ("state", "press"),
    [("empty", "Ask or Stop"), pytest.param("streaming", "Enter on nothing", marks=pytest.mark.slow)],
)
def test_nothing_asked_leaves_the_page_as_it_is(page: Page, chat: Any, state: str, press: str) -> None:
    pressed(page, chat, state, press)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("state", STATES)
def test_every_control_in_every_state_leaves_a_whole_page(page: Page, chat: Any, state: str) -> None:
    for press in PRESSES:
        pressed(page, chat, state, press)
        page.locator("#new-chat").click()
        page.wait_for_timeout(DRAWN_AGAIN)
        expect(page.locator(".welcome h2")).to_be_visible()
        page.locator("#question textarea").fill("")
