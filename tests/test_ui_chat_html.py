"""The HTML of answers and articles: nothing from outside is taken for markup, every mark is exact."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import CANNOT_ANSWER, Answer, Citation, Sentence, Usage, Version
from assistant.citations import parse_marks
from assistant.citations.citing import Citer
from assistant.events import Done, Notice, Token
from index.article import Article
from index.search.result import Retrieved
from index.text.passages import Passage
from ui.chat import answer_html, article_html
from ui.chat.answer_html import doubted_spans
from ui.chat.page_state import Conversation

HOSTILE = "<script>alert(1)</script> & \"quotes\" 'single' [link](javascript:x) **bold** ${value} {{value}} $$x$$"

# What an HTML parser keeps as it is: it drops NUL and turns a carriage return into a line feed.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=80)
LINES = st.lists(st.sampled_from(["", " ", "a", "<b>&amp;", "Ottawa “halts” 𝔘 👩‍👧"]), max_size=12).map("\n".join)
SPAN = st.tuples(st.integers(-3, 90), st.integers(-3, 90))


class Marks(HTMLParser):
    """All text of a fragment, the text in its marks, and the text in its clicked marks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = self.marked = self.clicked = ""
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.attributes: set[str] = set()
        self._inside: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self._inside.append(dict(attrs).get("class") or "light" if tag == "mark" else "")

    def handle_endtag(self, tag: str) -> None:
        self._inside.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if any(self._inside) else ""
        self.clicked += data if "clicked" in self._inside else ""


def an_article(**facts: object) -> Article:
    known = {"id": "0123456789ab", "text": "One. Two. Three.", "source": "folder/wire.txt", **facts}
    return Article(**known)  # type: ignore[arg-type]


def a_citation(n: int, article: Article, start: int, end: int) -> Citation:
    return Citation(n, article, start, end, article.text[start:end])


def an_answer(*sentences: Sentence, nearest: tuple[Retrieved, ...] = (), short: str | None = None) -> Answer:
    return Answer("Why?", date(2020, 10, 9), bool(sentences), sentences, nearest, short)


def without_blank_lines(text: str, keep: list[bool]) -> str:
    """The kept characters of the lines that are not blank, joined."""
    out, at = "", 0
    for line in text.split("\n"):
        if line.strip():
            out += "".join(c for c, kept in zip(line, keep[at : at + len(line)], strict=True) if kept)
        at += len(line) + 1
    return out


@given(TEXT | LINES, SPAN, st.lists(SPAN, max_size=4))
def test_marks_hold_exactly_the_characters_of_their_spans(
    text: str, clicked: tuple[int, int], others: list[tuple[int, int]]
) -> None:
    found = Marks(article_html.marked_text(text, clicked, others))

    within = [[max(0, start) <= at < end for at in range(len(text))] for start, end in [clicked, *others]]
    everywhere = [True] * len(text)
    assert found.text == without_blank_lines(text, everywhere)
    assert found.clicked == without_blank_lines(text, within[0])
    assert found.marked == without_blank_lines(text, [any(spans) for spans in zip(*within, strict=True)])
    assert set(found.tags) <= {"p", "mark"}
    assert found.ids == (["clicked-quote"] if found.clicked else [])


def test_paragraphs_are_kept_and_lines_told_from_them() -> None:
    html = article_html.marked_text("First.\n\nSecond.\nIts next line.", None)
    assert html == '<p>First.</p><p>Second.</p><p class="next-line">Its next line.</p>'


def test_a_quote_over_two_paragraphs_is_marked_in_both_with_one_id() -> None:
    html = article_html.marked_text("One two.\n\nThree four.", (4, 15))
    opening = '<mark class="clicked" id="clicked-quote" tabindex="-1">'
    assert html == f'<p>One {opening}two.</mark></p><p><mark class="clicked">Three</mark> four.</p>'


@pytest.mark.parametrize("field", ["text", "title", "outlet", "author", "url", "source"])
def test_an_article_is_shown_literally(field: str) -> None:
    url = f"https://example.test/{HOSTILE}"
    article = an_article(**{field: url if field == "url" else HOSTILE})
    html = article_html.article(article, article_html.Opening(article.id, (0, 3), article.text[:3]))
    assert "<script" not in html
    if field not in ("source", "url"):
        assert HOSTILE in unescape(Marks(html).text)
    if field == "url":
        assert f'href="{url}"' not in html
        assert url in Marks(html).text


def test_questions_answers_notices_and_failures_are_shown_literally() -> None:
    cited = an_article(title=HOSTILE, outlet=HOSTILE, text=HOSTILE)
    answer = an_answer(Sentence(HOSTILE, "supported", (a_citation(1, cited, 0, len(HOSTILE)),)))
    shown = [
        answer_html.turn(HOSTILE, answer_html.answer(answer), [HOSTILE]),
        answer_html.failure(HOSTILE),
        article_html.sources(answer),
        article_html.newest([cited]),
    ]
    for html in shown:
        assert "<script" not in html
        assert HOSTILE in Marks(html).text
    for html in (
        answer_html.draft(HOSTILE, HOSTILE),
        answer_html.stopped(HOSTILE),
    ):  # a model's Markdown, and no more than that
        assert HOSTILE.replace("**", "") in Marks(html).text
        assert set(Marks(html).tags) <= {"div", "p", "strong"}


def test_a_citation_links_to_its_words_and_carries_them() -> None:
    answer = an_answer(Sentence("Two it is.", "supported", (a_citation(1, an_article(title="Numbers"), 5, 9),)))
    assert answer_html.answer(answer) == (
        '<div class="answer"><p>Two it is.<a class="cite mark" href="#cite-0123456789ab-5-9" data-quote="Two."'
        ' aria-label="Source 1: Numbers">[1]</a></p></div>'
    )


def test_the_short_answer_stands_above_the_sentences_and_is_no_markup() -> None:
    left = Sentence("Ida Brandt left.", "supported")
    assert answer_html.answer(an_answer(left, short="Ida Brandt")) == (
        f'<p class="short-answer">Ida Brandt</p>{answer_html.answer(an_answer(left))}'
    )
    hostile = answer_html.answer(an_answer(left, short=HOSTILE))
    assert "<script" not in hostile
    assert Marks(hostile).text == f"{HOSTILE}Ida Brandt left."


@pytest.mark.parametrize("short", [None, ""])
def test_without_a_short_answer_nothing_stands_above(short: str | None) -> None:
    assert "short-answer" not in answer_html.answer(an_answer(Sentence("Sure.", "supported"), short=short))


def test_a_refusal_shows_no_short_answer() -> None:
    assert answer_html.answer(an_answer(short="Ida Brandt")) == answer_html.answer(an_answer())


def test_a_supported_sentence_is_plain() -> None:
    assert answer_html.answer(an_answer(Sentence("Sure.", "supported", doubts=("Sure",)))) == (
        '<div class="answer"><p>Sure.</p></div>'
    )


def test_doubted_words_are_underlined_and_named_beside_the_sentence() -> None:
    cited = a_citation(1, an_article(), 0, 4)
    html = answer_html.answer(an_answer(Sentence("Of 270 two.", "partly", (cited,), ("270",))))
    assert '<span class="partly">Of <u>270</u> two.</span><a class="cite mark"' in html
    assert Marks(html).text == "Of 270 two.[1] ? partly supported; not in the source: 270"


@pytest.mark.parametrize("doubts", [(), ("nine",)])
def test_a_doubt_about_no_word_that_stands_there_is_about_the_sentence(doubts: tuple[str, ...]) -> None:
    html = answer_html.answer(an_answer(Sentence("A guess.", "unsupported", doubts=doubts)))
    assert '<span class="unsupported"><u>A guess.</u></span>' in html
    assert Marks(html).text == "A guess. ? no source found"


@pytest.mark.parametrize(
    ("sentence", "doubts", "underlined"),
    [
        ("270 of 1,270, 270.5 or 2,270 and 270.", ["270"], ["270", "270"]),
        ("In MAY\n2020 they may.", ["may 2020"], ["MAY\n2020"]),
        ("Lise Moe of Arnby left.", ["Moe of", "Lise Moe", "left."], ["Lise Moe of", "left."]),
        ("A (big) $5 sum.", ["(big)", "$5", "", " ", "small"], ["(big)", "$5"]),
        ("The theatre.", ["the"], ["The"]),
    ],
)
def test_doubted_words_are_found_as_whole_words(sentence: str, doubts: list[str], underlined: list[str]) -> None:
    assert [sentence[start:end] for start, end in doubted_spans(sentence, doubts)] == underlined


@given(TEXT, st.lists(TEXT, max_size=4))
def test_whatever_is_doubted_the_sentence_stays_whole(sentence: str, doubts: list[str]) -> None:
    spans = doubted_spans(sentence, [*doubts, sentence[3:9]])
    assert all(start < end for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in zip(spans, spans[1:], strict=False))
    html = answer_html.answer(an_answer(Sentence(sentence, "unsupported", doubts=(*doubts, sentence[3:9]))))
    assert Marks(html).text == f"{sentence} ? no source found"


def everything(words: str) -> Answer:
    """An answer that has `words` wherever a model or an article puts some."""
    article = an_article(text=words, title=words, outlet=words)
    cited = a_citation(1, article, 0, len(words))
    other = Citation(2, an_article(id="ba9876543210", outlet=words), 0, 4, words)
    sentences = (
        Sentence(words, "partly", (cited,), (words,), words, quotation=True),
        Sentence("So.", "unsupported", (cited,), ("So", words), words),
    )
    return replace(
        an_answer(*sentences, short=words),
        llm=words,
        standalone=words,
        uncovered=(words, words),
        disagreements=((Version(words, cited), Version(words, other, newest=True)),),
        usage=Usage(1240, 85, 0.0004),
        failed=words,
    )


def conversation_with(answer: Answer) -> Conversation:
    conversation = Conversation()
    conversation.begin(answer.question)
    list(conversation.follow([Done(answer)]))
    return conversation


def test_all_that_stands_around_an_answer_is_shown_in_order() -> None:
    answer = everything("Tern")
    assert Marks(conversation_with(answer).live).text == (
        "Why?Understood as: Tern"
        "Tern"
        "Tern[1] ? partly supported; not in the source: Tern"
        " So.[1] — Tern ? not supported; not in the source: So, Tern"
        "Sources differ: Tern (Tern, undated) [1]Tern (Tern, undated, newest) [2]"
        "Not in the collection: Tern; Tern"
        "Written by Tern · 1,240 tokens in, 85 out, $0.0004"
    )


def test_a_refusal_tells_who_refused_and_no_more() -> None:
    refusal = replace(everything("Tern"), answerable=False, sentences=())
    assert Marks(answer_html.answer(refusal)).text == (
        f"{CANNOT_ANSWER}Written by Tern · 1,240 tokens in, 85 out, $0.0004"
    )


def test_a_plain_answer_has_nothing_around_it() -> None:
    conversation = conversation_with(an_answer(Sentence("One.", "supported")))
    assert Marks(conversation.live).text == "Why?One."


@pytest.mark.parametrize("words", [HOSTILE, '"><img src=x onerror=alert(1)>', "</p></article><u>&lt;b&gt;"])
def test_whatever_a_model_or_an_article_says_is_no_markup(words: str) -> None:
    plain, hostile = conversation_with(everything("Tern")), conversation_with(everything(words))
    for before, after in ((plain.live, hostile.live), (plain.sources, hostile.sources)):
        assert Marks(after).text == Marks(before).text.replace("Tern", words)
        assert sorted(Marks(after).tags) == sorted(Marks(before).tags)
        assert Marks(after).attributes == Marks(before).attributes


def test_a_model_that_is_being_started_is_named_until_the_answer_comes() -> None:
    conversation = Conversation()
    conversation.begin("Why?")
    conversation.wait(f"Starting {HOSTILE}")
    assert Marks(conversation.live).text == f"Why?Starting {HOSTILE}"
    next(conversation.follow([Token("One")]))
    assert Marks(conversation.live).text == "Why?One"
    conversation.stop()
    conversation.wait("Starting")
    assert "Starting" not in conversation.live


def test_the_words_of_differing_sources_have_cards_too() -> None:
    html = article_html.sources(everything("Tern"))
    assert html.count('class="card"') == 2


def test_citations_of_one_article_share_a_card() -> None:
    one, other = an_article(), an_article(id="ba9876543210", title="Other", published=date(2020, 10, 6))
    citations = (a_citation(1, one, 0, 4), a_citation(2, other, 0, 4), a_citation(3, one, 5, 9))
    html = article_html.sources(an_answer(Sentence("All.", "supported", citations)))
    assert html.count('class="card"') == 2
    assert html.index("<q>One.</q>") < html.index("<q>Two.</q>") < html.index("Other")
    assert "wire.txt · undated" in html
    assert "wire.txt · 6 Oct 2020" in html


def test_a_refusal_names_the_nearest_articles() -> None:
    article = an_article(title="Near", outlet="Wire")
    found = Retrieved(Passage(article.id, 5, 9, "Two."), article, 1.0, {})
    html = answer_html.answer(an_answer(nearest=(found,)))
    assert CANNOT_ANSWER in html
    assert 'href="#cite-0123456789ab-5-9" data-quote="Two.">Near</a>' in html
    assert "<q>Two.</q>" in article_html.sources(an_answer(nearest=(found,)))
    assert "Nearest" not in answer_html.answer(an_answer())


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.test/x?y=1&z=2", True),
        ("HTTP://a.test", True),
        ("javascript:alert(1)", False),
        ("ftp://a.test", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url: str, linked: bool) -> None:
    html = article_html.article(an_article(url=url), article_html.Opening("0123456789ab", (0, 4), "One."))
    assert ('target="_blank" rel="noopener noreferrer"' in html) == linked
    assert ("<a " in html) == linked


def test_words_that_moved_are_found_again_and_words_that_went_are_missed() -> None:
    article = an_article(text="Zero. One. Two.")
    moved = Marks(article_html.article(article, article_html.Opening(article.id, (0, 4), "One.")))
    assert moved.clicked == "One."
    gone = article_html.article(article, article_html.Opening(article.id, (0, 4), "Nine."))
    assert "has changed" in gone
    assert "<mark" not in gone


def test_an_opening_comes_from_what_the_page_sends() -> None:
    request = {"article_id": "ab", "span": [1, 2], "quote": "x", "others": [[1, 2], [3, 4]]}
    assert article_html.Opening.from_json(request) == article_html.Opening("ab", (1, 2), "x", ((1, 2), (3, 4)))


def test_a_conversation_shows_tokens_then_the_answer_and_remembers_it() -> None:
    answer = an_answer(Sentence("One.", "supported", (a_citation(1, an_article(), 0, 4),)))
    conversation = Conversation()
    conversation.begin("Why?")
    views = [conversation.live]
    events = [Token("On"), Token("e."), Notice("Slow."), Done(answer)]
    views += [conversation.live for _ in conversation.follow(events)]
    assert ["On" in view for view in views] == [False, True, True, True]
    assert ["Slow." in view for view in views] == [False, False, False, True]
    assert answer_html.answer(answer) in conversation.live
    assert conversation.sources == article_html.sources(answer)
    assert conversation.draft is None
    assert [turn.answer for turn in conversation.history] == ["One."]

    first = conversation.live
    conversation.begin("And?")
    assert conversation.past == first
    assert conversation.sources == article_html.no_sources()


def test_a_stopped_answer_stays_on_the_page_and_out_of_the_history() -> None:
    conversation = Conversation()
    conversation.begin("Why?")
    views = conversation.follow([Token("On"), Token("e.")])
    next(views)
    conversation.stop()
    stopped = conversation.live
    assert "Stopped." in stopped
    assert list(views) == []
    conversation.stop()
    assert conversation.live == stopped
    assert conversation.history == ()


def test_events_that_end_without_an_answer_are_a_failure() -> None:
    conversation = Conversation()
    conversation.begin("Why?")
    assert list(conversation.follow([])) == []
    assert "ended before it was complete" in conversation.live


MODELS_TEXT = """## Losses

Two towns were hit:

1. **Arvik** lost 4 homes [1].
   - A barn went, too [1]
2. Tormund lost *nine* <b>homes</b> [2].

| Town | Homes | Source |
|---|---|---|
| Arvik | 4 | 1 |
| Tormund | nine | 2 |

![map](https://elsewhere.example/map.png) [More](https://elsewhere.example/), see `rows[1]` <script>x</script>"""


def laid_out_answer() -> Answer:
    """What a model wrote, checked against two articles."""
    texts = ("In Arvik 4 homes were lost. A barn went, too.", "Tormund lost two homes.")
    articles = [an_article(id=f"{n}" * 12, text=text) for n, text in enumerate(texts, 1)]
    found = [Retrieved(Passage(one.id, 0, len(one.text), one.text), one, 1.0, {}) for one in articles]
    return an_answer(*Citer(found).cite(parse_marks(MODELS_TEXT, 2).sentences))


def test_a_models_lists_tables_headings_and_emphasis_are_shown_as_such_with_marks_and_doubts() -> None:
    whole = answer_html.answer(laid_out_answer())
    html = re.sub(r"(?<=>)\s+(?=<)", "", re.sub(r"<a [^>]*>|</a>", "", whole))
    assert '<div class="answer"><h3>Losses</h3><p>' in html
    assert "<ol><li><strong>Arvik</strong> lost 4 homes.[2] <ul><li>A barn went, too[3]</li></ul></li><li>" in html
    assert '<li><span class="unsupported">Tormund lost <u><em>nine</em></u> homes.</span>[1] <span class="doubt' in html
    assert "<thead><tr><th>Town</th><th>Homes</th></tr></thead>" in html
    tormund = '<span class="partly">Tormund</span></td><td><span class="partly"><u>nine</u></span>[1]'
    assert f"<tr><td>{tormund}" in html
    assert "<code>rows[1]</code>" in html
    assert not {"script", "img", "b", "h1", "h2"} & set(Marks(whole).tags)
    assert "elsewhere.example/map.png" in Marks(whole).text


def test_a_draft_is_laid_out_as_it_comes() -> None:
    html = answer_html.draft(MODELS_TEXT, "Reading")
    tags = Marks(html).tags
    assert {"h3", "ol", "ul", "li", "strong", "em", "table", "td", "code"} <= set(tags)
    assert not {"script", "img", "a", "b", "h1", "h2"} & set(tags)
    assert Marks(html).attributes <= {"class", "start"}
    for end in range(len(MODELS_TEXT)):
        assert set(Marks(answer_html.draft(MODELS_TEXT[:end], "")).tags) <= {*tags, "pre", "span", "blockquote"}


@given(st.text(st.sampled_from(list("ab1*_`#|-> \n.[]()<!\\~\ue000\ue003&;:")), max_size=80))
def test_of_a_draft_no_more_than_blocks_and_emphasis_is_markup(text: str) -> None:
    allowed = "div p h3 h4 h5 h6 ol ul li strong em code pre blockquote table thead tbody tr th td br span".split()
    assert set(Marks(answer_html.draft(text, "")).tags) <= set(allowed)
    answer = an_answer(*Citer(()).cite(parse_marks(text, 0).sentences))
    assert set(Marks(answer_html.answer(answer)).tags) <= {*allowed, "u"}
