"""What stands around the sentences of an answer, on a phone."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.answer import Sentence, Usage, Version
from assistant.events import Done, Event
from assistant.request import Question
from tests.browser.test_chat import PHONE, answered, assert_shows, quote_of
from tests.fakes import quoting

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = "Donaudampfschifffahrtsgesellschaft" * 4


def differing(question: Question, passages: Any) -> list[Event]:
    """Two sources that differ, and long words wherever a model or an article puts some."""
    done = quoting(question, passages)[-1]
    assert isinstance(done, Done)
    first, second, third = done.answer.citations
    sentences = (Sentence(f"It was {LONG}.", "partly", (first,), (LONG,), LONG), Sentence(LONG, "unsupported"))
    versions = (Version("260", second), Version(LONG, third, newest=True))
    answer = replace(done.answer, sentences=sentences, disagreements=(versions,), uncovered=(LONG,), standalone=LONG)
    return [Done(replace(answer, llm=LONG, failed=LONG, usage=Usage(1240, 85)))]


@PHONE
def test_a_mark_of_a_differing_source_opens_its_article_at_the_words(page: Page, chat: Any) -> None:
    chat.reader.replies.append(differing)
    answered(page, "Why did Canada suspend the permits?")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for n in (2, 3):
        mark = f'.differing a.mark:text-is("[{n}]")'
        quote = quote_of(page, mark)
        page.locator(mark).focus()
        page.keyboard.press("Enter")
        assert_shows(page, quote)
        page.keyboard.press("Escape")
        expect(page.locator(mark)).to_be_focused()
