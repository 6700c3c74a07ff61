"""Drafts: what is seen of a model's text before its answer is whole."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.assistant import Assistant
from assistant.citations import parse_marks
from assistant.citations.citing import Citer
from assistant.events import Done, Event, Notice, Token
from assistant.generative.drafts import CheckedDraft, Draft, PlainDraft
from assistant.generative.llm_reader import LLMReader
from assistant.models import open_model
from index.article import Article
from index.collection import Collection
from index.search.result import Retrieved
from index.text.passages import Passage
from tests.articles import reading
from tests.openai_server import OpenAIServer, Reply
from ui.chat.page_state import Conversation

TEXT = (
    "Lake Imre rose by 40 centimetres in two days, Dr. Kirsten Holm of the U.S. Geological Survey said. "
    "Two jetties are under water. Nobody was hurt. Mayor Ivo Brandt closed the road to St. Anne on Jan. 3."
)
LAKE = Article("aaaaaaaaaaaa", TEXT, published=date(2021, 1, 5))
FOUND = [Retrieved(Passage(LAKE.id, 0, len(TEXT), TEXT), LAKE, 1.0, {})]
TRUE = "Two jetties are under water"
FALSE = "Five houses have burned down"


def seen(draft: Draft, text: str, at_once: int = 1) -> list[str]:
    """What a draft shows at each piece of a text."""
    ends = [*range(at_once, len(text), at_once), len(text)]
    return [piece for end in ends if (piece := draft.more(text[:end]))]


def test_a_plain_draft_shows_all_but_thinking_at_once() -> None:
    text = f"<think>{FALSE}?</think>{TRUE} [1]. {FALSE}."
    shown = seen(PlainDraft(), text)
    assert "".join(shown) == f"{TRUE} [1]. {FALSE}."
    assert len(shown) > 50


def test_a_checked_draft_shows_supported_sentences_as_soon_as_the_next_begins() -> None:
    draft = CheckedDraft(Citer(FOUND))
    assert draft.more(f"{TRUE}") == ""
    assert draft.more(f"{TRUE}.") == ""
    assert draft.more(f"{TRUE}. [1]") == ""
    assert draft.more(f"{TRUE}. [1] Nobody") == ""
    assert draft.more(f"{TRUE}. [1] Nobody w") == f"{TRUE}. [1] "
    assert draft.more(f"{TRUE}. [1] Nobody wa") == ""
    assert draft.more(f"{TRUE}. [1] Nobody was hurt [1]. {FALSE} [1]. Much i") == "Nobody was hurt. [1] "
    assert draft.more(f"{TRUE}. [1] Nobody was hurt [1]. {FALSE} [1]. Much is lost. That is all.") == ""


@pytest.mark.slow
@pytest.mark.parametrize("at_once", [1, 4, 17])
@pytest.mark.parametrize(
    "text",
    [
        f"{TRUE} [1]. {FALSE} [1]. Nobody was hurt [1]. {FALSE}, too. That is all.",
        "Dr. Holm of the U.S. Geological Survey said the lake rose by 40 centimetres [1]. The U.S. sent 4.5 million "
        "dollars to Mr. Brandt. Mayor Brandt closed the road to St. Anne on Jan. 3 [1]. Lake Imre rose by 90 cm. So.",
        f"- {TRUE} [1]\n- {FALSE} [1]\n- Nobody was hurt [1].\n- The mayor\nclosed all roads.\n\nThe end.",
        f"[1] {TRUE}. [1] {FALSE}. [1] Nobody was hurt. [1] That is all.",
        f"Lake Imre rose by\n90 centimetres\nin two days. {TRUE}.\nLake Imre rose by 40 centimetres\nin nine years.",
        f"1. {TRUE}.\n2. {FALSE}.\n3. Nobody was hurt. That is all.\n\nSources: [1]",
        f"<think>{TRUE}. {FALSE}. No.</think>{FALSE}. {TRUE}. Yes it is.",
        "Mayor Brandt opened the road. Lake Imre rose. By 90 centimetres it rose. The lake rose by 40 centimetres. So?",
    ],
)
def test_a_checked_draft_shows_no_sentence_that_the_answer_leaves_out(text: str, at_once: int) -> None:
    citer = Citer(FOUND)
    said = parse_marks(text, 1).sentences
    kept = {one.text for one, cited in zip(said, citer.cite(said), strict=True) if cited.status != "unsupported"}
    shown = [
        one.text for piece in seen(CheckedDraft(Citer(FOUND)), text, at_once) for one in parse_marks(piece, 1).sentences
    ]
    assert set(shown) <= kept
    assert len(shown) == len(set(shown))
    assert shown


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("lake"), reranker="none") as opened:
        list(opened.add([reading(TEXT)]))
        yield opened


def events_of(collection: Collection, unsupported: str) -> list[Event]:
    pieces = [f"{word} " for word in f"{TRUE} [1]. {FALSE} [1]. Nobody was hurt [1]. That is all.".split()]
    with OpenAIServer(Reply(pieces)) as server:
        model = open_model(server.spec())
        reader = LLMReader(model)
        events = list(Assistant(collection, reader, unsupported).stream("What is under water?"))
        model.llm._get_client().close()
    return events


def pictures(events: list[Event]) -> list[str]:
    """All that the page shows while these events come."""
    conversation = Conversation()
    conversation.begin("What is under water?")
    return [*(conversation.live for _ in conversation.follow(events)), conversation.live]


def test_what_is_left_out_is_never_seen(collection: Collection) -> None:
    events = events_of(collection, "leave out")
    tokens = [event.text for event in events if isinstance(event, Token) and event.text]
    assert tokens == [f"{TRUE}. [1] ", "Nobody was hurt. [1] "]
    assert isinstance(events[-1], Done)
    assert events[-1].answer.text == f"{TRUE}. Nobody was hurt."
    assert Notice("Sentences that no source supports were left out: 2") in events
    shown = pictures(events)
    assert not any("Five houses" in picture for picture in shown)
    assert sum(TRUE in picture for picture in shown) > 2


def test_what_is_shown_is_seen_at_once(collection: Collection) -> None:
    events = events_of(collection, "show")
    tokens = [event.text for event in events if isinstance(event, Token) and event.text]
    assert len(tokens) > 10
    assert any("Five houses" in picture for picture in pictures(events))
