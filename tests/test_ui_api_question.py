"""From messages to a question, and back: what an answer of ours looks like when it comes back as history."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Sentence, Version
from assistant.citations import parse_marks
from assistant.citations.citing import as_sentence
from assistant.conversation.turn import Turn
from assistant.request import Request
from index.article import Article
from index.errors import SettingsError
from index.filters import Filters
from index.search.result import Retrieved
from index.text.passages import Passage
from ui.api.cited_text import Link, annotations, article_link, article_name, cited_text, conversation, turns_of
from ui.api.protocol import ChatMessage, spoken

TEXT = "Rain fell. The bridge closed at noon. It opens on Monday."
KNOWN = Article("aaaaaaaaaaaa", "", "Bridge shut", "Marlow Post", url="https://marlow.example/bridge")
UNKNOWN = Article("bbbbbbbbbbbb", "", "Rain", "", source="rain.txt", url="javascript:alert(1)")
LINK = article_link("http://127.0.0.1:7860/")


def cite(n: int, article: Article, start: int, end: int) -> Citation:
    return Citation(n, article, start, end, TEXT[start:end])


def answer(*sentences: Sentence) -> Answer:
    return Answer("Why?", date(2021, 3, 4), True, sentences)


BRIDGE = answer(
    Sentence("The bridge closed at noon.", "supported", (cite(1, KNOWN, 11, 37),)),
    Sentence("No one said this 🌉.", "unsupported"),
    Sentence("It opens on Monday.", "supported", (cite(2, KNOWN, 38, 57), cite(3, UNKNOWN, 38, 57))),
)


def test_marks_stand_where_the_annotations_say_and_each_address_is_listed_once() -> None:
    text = cited_text(BRIDGE, LINK)
    said, _, listed = text.text.partition("\n\nSources:\n")
    assert said == f"{BRIDGE.marked_text}\n\nNotes:\n- “No one said this 🌉.”: no source found"
    assert [text.text[mark.start : mark.end] for mark in text.marks] == ["[1]", "[2]", "[3]"]
    assert listed.splitlines() == [
        "[1][2] Marlow Post, undated: Bridge shut (aaaaaaaaaaaa) https://marlow.example/bridge",
        "[3] rain.txt, undated: Rain (bbbbbbbbbbbb) "
        "http://127.0.0.1:7860/articles/bbbbbbbbbbbb?start=38&end=57#clicked-quote",
    ]
    assert [one["url_citation"]["url"] for one in annotations(text, LINK)][:2] == [KNOWN.url] * 2


def test_a_list_and_a_table_are_markdown_with_marks_where_the_annotations_say() -> None:
    text = (
        "In **short** [1]:\n\n- It closed [1].\n- It *opens* on Monday [1].\n\n"
        "| What | When |\n|---|---|\n| closed | noon [1] |"
    )
    cited = (cite(1, KNOWN, 11, 37),)
    laid_out = answer(*(as_sentence(one, "supported", cited) for one in parse_marks(text, 1).sentences))
    whole = cited_text(laid_out, LINK)
    assert whole.text.startswith(f"{laid_out.marked_text}\n\nSources:\n")
    assert whole.text.startswith(
        "In **short**: [1]\n\n- It closed. [1]\n- It *opens* on Monday. [1]\n\n"
        "| What | When |\n| --- | --- |\n| closed | noon [1] |\n\nSources:\n"
    )
    assert [whole.text[mark.start : mark.end] for mark in whole.marks] == ["[1]"] * 4


def test_doubts_open_parts_and_differences_are_notes_and_the_values_are_cited() -> None:
    doubtful = Sentence("It opens in 3 days.", "partly", (cite(1, KNOWN, 38, 57),), doubts=("3",))
    versions = (Version("noon", cite(2, KNOWN, 11, 37)), Version("Monday", cite(3, UNKNOWN, 38, 57), newest=True))
    told = replace(
        answer(doubtful),
        standalone="When does the bridge open?",
        uncovered=("what it costs",),
        disagreements=(versions,),
        failed="gguf:some.gguf",
    )
    text = cited_text(told, LINK)
    said, _, rest = text.text.partition("\n\nNotes:\n")
    noted, _, listed = rest.partition("\n\nSources:\n")
    assert said == "It opens in 3 days. [1]"
    assert noted.splitlines() == [
        "- Understood as: When does the bridge open?",
        "- “It opens in 3 days.”: partly supported; not in the source: 3",
        "- Not in the collection: what it costs",
        "- Sources differ: noon (Marlow Post, undated) [2]; Monday (rain.txt, undated, newest) [3]",
        "- gguf:some.gguf failed; the answer is quoted from the articles instead",
    ]
    assert [text.text[mark.start : mark.end] for mark in text.marks] == ["[1]", "[2]", "[3]"]
    assert [line.split()[0] for line in listed.splitlines()] == ["[1][2]", "[3]"]
    (turn,) = turns_of([("When?", text.text)])
    assert (turn.answer, turn.standalone) == ("It opens in 3 days.", "When does the bridge open?")
    assert turn.articles == (KNOWN.id, UNKNOWN.id)


def test_a_tool_names_an_article_without_an_address_by_its_id() -> None:
    assert article_name(KNOWN, 0, 1) == KNOWN.url
    assert article_name(UNKNOWN, 0, 1) == "byline:bbbbbbbbbbbb"


@pytest.mark.parametrize("link", [LINK, article_name])
def test_an_answer_that_comes_back_is_the_turn_that_it_ended(link: Link) -> None:
    colon = replace(KNOWN, title="Bridge shut: what now (1)")
    nearest = Retrieved(Passage("bbbbbbbbbbbb", 0, 10, TEXT[:10]), UNKNOWN, 1.0, {})
    for given_answer in (
        BRIDGE,
        replace(BRIDGE, standalone="Why did the bridge close?"),
        answer(Sentence("It closed.", "supported", (cite(1, colon, 11, 37),))),
        answer(Sentence("Sources: none.", "unsupported")),
        replace(answer(), answerable=False, nearest=(nearest,)),
    ):
        assert turns_of([("Why?", cited_text(given_answer, link).text)]) == (Turn.of(given_answer),)


def test_an_answer_without_our_notes_is_taken_as_a_turn_too() -> None:
    said = [
        ("Why did Norland extend the ban on timber exports?", "To save its forests."),
        ("When was it lifted?", "In May."),
    ]
    assert [turn.understood for turn in turns_of(said)] == [
        said[0][0],
        "When was the ban on timber exports lifted, as to Norland?",
    ]


@given(st.lists(st.tuples(st.sampled_from(["user", "assistant"]), st.text(max_size=5)), max_size=8))
def test_every_question_is_a_turn_and_the_last_one_is_asked(messages: list[tuple[str, str]]) -> None:
    said = [{"role": role, "content": content} for role, content in messages]
    if not messages or messages[-1][0] != "user":
        with pytest.raises(SettingsError, match="the last message must be the user's question"):
            conversation(said)
        return
    question, turns = conversation(said)
    assert [*(turn.question for turn in turns), question] == [text for role, text in messages if role == "user"][-7:]


def test_messages_of_others_are_no_part_of_the_conversation() -> None:
    roles = ("system", "user", "developer", "assistant", "user")
    messages = [ChatMessage(role=role, content=f"{role} {place}") for place, role in enumerate(roles)]  # type: ignore[arg-type]
    question, [turn] = conversation(spoken(messages))
    assert (question, turn.question, turn.answer) == ("user 4", "user 1", "assistant 3")


def test_only_the_last_turns_are_told() -> None:
    assert [turn.question for turn in turns_of([(str(n), "") for n in range(9)])] == list("345678")


def test_one_name_or_several_and_days_narrow_down() -> None:
    narrowing = {"as_of": "2020-10-07", "since": "2020-10-01", "until": "", "outlets": "Marlow Post", "articles": None}
    asked = Request.read(" Why \n now? ", **narrowing, authors=["A", "B"], any_time=True)
    assert (asked.question, asked.as_of, asked.any_time) == ("Why now?", date(2020, 10, 7), True)
    assert asked.filters == Filters(date(2020, 10, 1), None, ("Marlow Post",), ("A", "B"))
