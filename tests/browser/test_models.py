"""The menu of models: who answers the next question of this page."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.answer import Answer, Usage
from assistant.events import Done, Event
from assistant.request import Question
from tests.browser.conftest import BROKEN, SECOND
from tests.browser.test_chat import answered, ask
from tests.fakes import quoting

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTION = "When was the earlier freeze lifted?"


def written(question: Question, passages: Any) -> list[Event]:
    """What a language model would give: its name and what it used."""
    *tokens, done = quoting(question, passages)
    assert isinstance(done, Done)
    cited = done.answer.sentences
    usage = Usage(1240, 85, 0.0004)
    answer = Answer(question.text, question.as_of, answerable=True, sentences=cited, llm=SECOND, usage=usage)
    return [*tokens, Done(answer)]


def choose(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Answers by").click()
    page.get_by_role("option", name=name).click()


def test_another_model_answers_the_next_question_of_this_page_alone(page: Page, chat: Any) -> None:
    chat.second.replies += [written]
    chat.reader.delay = 0.02
    ask(page, QUESTION)
    page.locator("#live .draft").wait_for()
    choose(page, "second.gguf")  # while the other answers
    page.locator("#live a.mark").first.wait_for()
    expect(page.locator("#ask")).to_be_visible()
    assert (len(chat.reader.asked), chat.second.asked) == (1, [])
    expect(page.locator("#live .written")).to_have_count(0)

    answered(page, QUESTION)
    expect(page.locator("#live .written")).to_have_text(f"Written by {SECOND} · 1,240 tokens in, 85 out, $0.0004")
    assert [turn.question for turn in chat.second.asked[0].history] == [QUESTION]
    other = page.context.new_page()
    other.goto(chat.address)
    expect(other.get_by_role("combobox", name="Answers by")).to_have_value("replay")
    other.close()

    menu = page.get_by_role("combobox", name="Answers by")
    menu.focus()  # opens it
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(menu).to_have_value("Quotes (no model)")
    answered(page, QUESTION)
    expect(page.locator("#live .answer")).to_contain_text("Canada lifted it in May 2020")
    assert (len(chat.reader.asked), len(chat.second.asked)) == (1, 1)


def test_a_model_that_starts_can_be_stopped_and_one_that_cannot_start_is_one_line(page: Page, chat: Any) -> None:
    chat.readers.open_now.clear()
    choose(page, "second.gguf")
    ask(page, QUESTION)
    expect(page.locator("#live .searching")).to_have_text("Starting second.gguf")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#live .notice")).to_have_text("Stopped.")

    chat.readers.open_now.set()
    choose(page, "broken.gguf")
    ask(page, QUESTION)
    expect(page.locator("#live [role=alert]")).to_have_text(f"{BROKEN}: there is no such file")
    expect(page.locator("#past .notice")).to_have_text("Stopped.")

    choose(page, "second.gguf")
    answered(page, QUESTION)
    assert len(chat.second.asked) == 1
    assert chat.reader.asked == []
