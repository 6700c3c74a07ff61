"""The chat in a real browser."""

import re
import threading
from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.answer import CANNOT_ANSWER, Answer, Citation, Sentence
from assistant.events import Done, Event, Notice, Token
from assistant.extractive.quoting import QuotingReader
from assistant.request import Question
from index.article import Article
from index.errors import ModelError, SettingsError
from index.sample_articles import EXAMPLE_QUESTIONS
from index.search.result import Retrieved
from tests.fakes import quoting, refusing
from ui.serving import listening

pytestmark = pytest.mark.browser

PHONE = pytest.mark.parametrize("watched", [(390, 844)], indirect=True)
CLICKED = "mark.clicked"


def ask(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")


def answered(page: Page, question: str) -> None:
    ask(page, question)
    expect(page.locator("#live .question")).to_have_text(question)
    page.locator("#live .answer:not(.draft):not(.searching)").wait_for()
    expect(page.locator("#ask")).to_be_visible()


def words(text: str) -> str:
    return " ".join(text.split())


def assert_shows(page: Page, quote: str) -> None:
    """The open article marks exactly `quote`, where the reader sees it."""
    expect(page.locator(".pane")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#clicked-quote")).to_be_in_viewport()
    assert words(" ".join(page.locator(CLICKED).all_text_contents())) == words(quote)
    on_top = (
        "mark => { const line = mark.getClientRects()[0];"
        " return document.elementFromPoint(line.x + 2, line.y + 8).closest('mark.clicked') !== null }"
    )
    assert page.locator(CLICKED).first.evaluate(on_top), "the words are covered"


def quote_of(page: Page, selector: str) -> str:
    return page.locator(selector).first.get_attribute("data-quote") or ""


def test_tokens_arrive_then_citations_open_the_article_at_their_words(page: Page, chat: Any) -> None:
    chat.reader.delay = 0.03
    page.evaluate(
        """() => {
            window.seen = new Set();
            new MutationObserver(() => {
                const draft = document.querySelector(".answer.draft");
                if (draft) window.seen.add(draft.textContent);
            }).observe(document.body, { childList: true, subtree: true, characterData: true });
        }"""
    )
    answered(page, "Why did Canada suspend the permits?")
    seen = page.evaluate("[...window.seen]")
    assert len(seen) > 3
    assert all(later.startswith(earlier) for earlier, later in zip(seen, seen[1:], strict=False))

    for n in (2, 1):
        link = f'#live a.mark:text-is("[{n}]")'
        quote = quote_of(page, link)
        page.locator(link).click()
        expect(page.locator(link)).to_have_class(re.compile("open"))
        expect(page.locator(".pane")).to_be_visible()
        expect(page.locator(".pane")).not_to_have_attribute("aria-busy", "true")
        assert_shows(page, quote)
    page.keyboard.press("Escape")
    expect(page.locator(".pane")).to_be_hidden()
    expect(page.locator(link)).to_be_focused()

    page.locator(".card a.quote").nth(2).click()
    assert_shows(page, quote_of(page, ".card a.quote >> nth=2"))
    page.get_by_role("button", name="Close article").click()
    expect(page.locator(".card").first).to_be_visible()


@pytest.mark.slow
def test_the_quoting_reader_answers_here_too(page: Page, chat: Any) -> None:
    chat.reader.replies.append(QuotingReader(chat.collection).read)
    answered(page, "When was the earlier freeze lifted?")
    expect(page.locator("#live .answer")).to_contain_text("Canada lifted it in May 2020")
    page.locator("#live a.mark").first.click()
    assert_shows(page, quote_of(page, "#live a.mark"))


@pytest.mark.slow
def test_the_newest_articles_stand_beside_an_empty_conversation(page: Page) -> None:
    page.get_by_role("link", name="Not the first stop: how Canada froze arms permits for Turkey in 2019").click()
    expect(page.locator(".paper h2")).to_contain_text("Not the first stop")
    expect(page.locator(".paper mark")).to_have_count(0)
    expect(page.locator(".pane")).to_be_focused()


@pytest.mark.slow
def test_the_next_question_can_be_written_while_an_answer_comes_in(page: Page, chat: Any) -> None:
    chat.reader.delay = 0.03
    ask(page, "Why did Canada suspend the permits?")
    page.locator("#live .draft").wait_for()
    page.locator("#question textarea").press_sequentially("Who is the secretary-general of NATO?", delay=20)
    page.keyboard.press("Enter")  # too early: one at a time
    chat.reader.delay = 0.0
    page.locator("#live a.mark").first.wait_for()
    expect(page.locator("#question textarea")).to_have_value("Who is the secretary-general of NATO?")
    page.locator("#question textarea").press("Enter")
    expect(page.locator("#live .question")).to_have_text("Who is the secretary-general of NATO?")
    page.locator("#live a.mark").first.wait_for()
    assert [question.text for question in chat.reader.asked][1:] == ["Who is the secretary-general of NATO?"]


@pytest.mark.slow
def test_an_empty_question_asks_nothing(page: Page, chat: Any) -> None:
    ask(page, "   ")
    expect(page.locator("#question textarea")).to_have_value("")
    expect(page.locator(".welcome")).to_be_visible()
    assert chat.reader.asked == []


@pytest.mark.slow
def test_citations_can_be_reached_and_opened_by_keyboard(page: Page) -> None:
    answered(page, "Why did Canada suspend the permits?")
    page.locator("#live a.mark").first.focus()
    page.keyboard.press("Enter")
    assert_shows(page, quote_of(page, "#live a.mark"))


@PHONE
@pytest.mark.slow
def test_on_a_phone_the_article_covers_the_page_only_while_it_is_open(page: Page) -> None:
    expect(page.locator("#ask")).to_be_in_viewport()
    answered(page, "Why did Canada suspend the permits?")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("#question textarea")).to_be_in_viewport()
    page.locator("#live a.mark").nth(1).click()
    assert_shows(page, quote_of(page, "#live a.mark >> nth=1"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Close article").click()
    expect(page.locator(".pane")).to_be_hidden()
    page.locator("#live a.mark").nth(1).click(trial=True)
    answered(page, "When was the earlier freeze lifted?")
    expect(page.locator("#live .question")).to_be_in_viewport()


@pytest.mark.slow
def test_an_example_asks_its_question(page: Page, chat: Any) -> None:
    page.get_by_role("button", name=EXAMPLE_QUESTIONS[2]).click()
    expect(page.locator("#live .question")).to_have_text(EXAMPLE_QUESTIONS[2])
    page.locator("#live a.mark").first.wait_for()
    assert [question.text for question in chat.reader.asked] == [EXAMPLE_QUESTIONS[2]]
    expect(page.locator(".welcome")).to_be_hidden()
    expect(page.get_by_text("This is the sample collection.")).to_be_visible()


@pytest.mark.slow
def test_a_refusal_offers_the_nearest_articles(page: Page, chat: Any) -> None:
    chat.reader.replies.append(refusing)
    answered(page, "Who won the optics prize at the fair?")
    expect(page.locator("#live .refusal")).to_have_text(CANNOT_ANSWER)
    assert page.locator(".nearest a.cite").count() == 3
    page.locator(".nearest a.cite").first.click()
    assert_shows(page, quote_of(page, ".nearest a.cite"))


@pytest.mark.slow
def test_errors_are_one_line_on_the_page(page: Page, chat: Any, caplog: pytest.LogCaptureFixture) -> None:
    failed = ModelError("the model at 127.0.0.1:9 did not answer; is it running?")
    chat.reader.replies += [[Notice("Trying again."), Token("Half an"), failed], [ZeroDivisionError("secret")]]
    ask(page, "Why?")
    expect(page.locator("#live [role=alert]")).to_have_text(str(failed))
    expect(page.locator("#live .notice")).to_have_text("Trying again.")
    answered_again = page.locator("#past [role=alert]")
    ask(page, "And why?")
    expect(answered_again).to_have_text(str(failed))
    expect(page.locator("#live [role=alert]")).to_contain_text("Something went wrong")
    assert "secret" not in page.content()
    assert "ZeroDivisionError: secret" in caplog.text
    answered(page, "Why did Canada suspend the permits?")
    assert chat.reader.asked[-1].history == ()


@pytest.mark.slow
def test_citations_of_earlier_turns_still_open(page: Page, chat: Any) -> None:
    answered(page, "What does Turkey say about the decision?")
    quote = quote_of(page, "#live a.mark")
    first_answer = chat.reader.asked[0].text
    chat.reader.replies.append(refusing)
    answered(page, "When was the earlier freeze lifted?")
    assert [turn.question for turn in chat.reader.asked[1].history] == [first_answer]
    page.locator("#past a.mark").first.click()
    assert_shows(page, quote)

    page.get_by_role("button", name="New chat").click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)
    answered(page, "Why did Canada suspend the permits?")
    assert chat.reader.asked[2].history == ()


@pytest.mark.slow
def test_an_article_and_an_answer_with_markup_are_shown_literally(page: Page, chat: Any) -> None:
    answered(page, "What does Zanzibar say?")
    link = page.locator('#live a.mark[href*="feedfacecafe"]')
    hostile: Article = chat.collection.article("feedfacecafe")
    expect(page.locator("#live .answer")).to_contain_text("<script>document.title = 'broken'</script>")
    link.click()
    expect(page.locator(".paper h2")).to_have_text(hostile.title)
    expect(page.locator(".paper .body")).to_contain_text("& _this_ `${1+1}` {{2}} $$x$$.")
    assert page.locator(".paper script, .paper img, .paper strong").count() == 0
    assert page.title() == "Byline"


@pytest.mark.slow
def test_stop_keeps_what_there_is_and_lets_the_reader_go(page: Page, chat: Any) -> None:
    chat.reader.delay = 0.1
    ask(page, "Why did Canada suspend the permits?")
    expect(page.locator("#live .draft")).to_contain_text(" ")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#live .notice")).to_have_text("Stopped.")
    expect(page.locator("#ask")).to_be_visible()
    assert chat.reader.broken_off.wait(5)
    beginning = page.locator("#live .unfinished").text_content()
    chat.reader.delay = 0.0
    answered(page, "When was the earlier freeze lifted?")
    expect(page.locator("#past .unfinished")).to_have_text(words(beginning or ""))


@pytest.mark.slow
def test_a_slow_answer_does_not_hold_up_another_reader(page: Page, chat: Any) -> None:
    go_on = threading.Event()

    def slowly(question: Question, passages: Sequence[Retrieved]) -> Any:
        yield Token("Slow")
        go_on.wait(20)
        yield from quoting(question, passages)

    chat.reader.replies.append(slowly)
    ask(page, "Why did Canada suspend the permits?")
    expect(page.locator("#live .draft")).to_have_text("Slow")
    other = page.context.new_page()
    other.goto(chat.address)
    answered(other, "When was the earlier freeze lifted?")
    expect(page.locator("#live .draft")).to_have_text("Slow")
    go_on.set()
    page.locator("#live a.mark").first.wait_for()
    expect(page.locator(".turn")).to_have_count(1)


@pytest.mark.slow
def test_as_of_is_passed_on_and_checked(page: Page, chat: Any) -> None:
    page.get_by_role("button", name="Options").click()
    page.get_by_label("As of").fill("2020-13-01")
    ask(page, "Why?")
    expect(page.locator("#live [role=alert]")).to_contain_text("'2020-13-01' names no day")
    page.get_by_label("As of").fill("2020-10-05")
    answered(page, "Why did Canada suspend the permits?")
    assert chat.reader.asked[-1].as_of.isoformat() == "2020-10-05"


@pytest.mark.slow
def test_a_removed_article_is_said_to_be_gone(page: Page, chat: Any) -> None:
    def cite_nothing(question: Question, passages: Sequence[Retrieved]) -> list[Event]:
        gone = Citation(1, Article("000000000000", "", title="Gone"), 0, 4, "Gone")
        sentence = Sentence("It went.", "unsupported", (gone,))
        return [Done(Answer(question.text, question.as_of, answerable=True, sentences=(sentence,)))]

    chat.reader.replies.append(cite_nothing)
    answered(page, "Where did it go?")
    expect(page.locator(".doubt")).to_have_text("? not supported by its source")
    page.locator("#live a.mark").click()
    expect(page.locator(".paper")).to_have_text("This article is no longer in the collection.")


def test_a_port_in_use_is_a_settings_error(chat: Any) -> None:
    port = int(chat.address.rstrip("/").rsplit(":", 1)[1])
    line = f"port {port} on 127.0.0.1 is in use; give another with --port"
    with pytest.raises(SettingsError, match=f"^{line}$"), listening("127.0.0.1", port):
        pass


@pytest.mark.slow
def test_of_the_pages_calls_one_is_documented(chat: Any, page: Page) -> None:
    """What the page itself calls is not an interface for others."""
    info = page.request.get(f"{chat.address}gradio_api/info").json()
    assert list(info["named_endpoints"]) == ["/ask"]
