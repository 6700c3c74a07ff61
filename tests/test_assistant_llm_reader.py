"""The reader that asks a language model: a scripted server on loopback, and one real model."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import CANNOT_ANSWER, Answer
from assistant.conversation.turn import Turn
from assistant.events import Done, Event, Notice, Token
from assistant.generative.llm_reader import LONGEST_ANSWER, LLMReader, UnusableReply
from assistant.models import open_model
from assistant.request import Question, Reader
from index.article import Article
from index.errors import ModelError
from index.search.result import Retrieved
from index.text.passages import Passage, split_passages
from tests.gguf_files import llama_server
from tests.openai_server import OpenAIServer, Reply

RACE = Article(
    "aaaaaaaaaaaa",
    "The race began in heavy rain. Ada Lind won it in 42 minutes. Her coach was pleased.\n\n"
    "The mayor of Bergen handed out the prizes. Next year the race moves to Oslo.",
    title="Lind wins",
    outlet="Daily Times",
    published=date(2020, 10, 8),
)
FLOOD = Article("bbbbbbbbbbbb", "The river rose by 3 metres. Two bridges are closed. Nobody was hurt.")
ARTICLES = {article.id: article for article in (RACE, FLOOD)}
QUESTION = Question("Who won the race?", (), date(2020, 10, 9))

ReaderOf = Callable[[OpenAIServer], LLMReader]


def passages(*articles: Article, budget: int = 200) -> list[Retrieved]:
    return [
        Retrieved(passage, article, 1.0, {})
        for article in articles or (RACE, FLOOD)
        for passage in split_passages(article.id, article.text, budget)
    ]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No empty tokens while the server takes its time, on however slow a machine."""
    monkeypatch.setattr("assistant.models.streaming.WAITING_SECONDS", 30.0)


@pytest.fixture
def reader_of() -> Iterator[ReaderOf]:
    """A reader of a server's model; its connections are closed after the test."""
    llms = []

    def make(server: OpenAIServer) -> LLMReader:
        model = open_model(server.spec())
        llms.append(model.llm)
        return LLMReader(model)

    yield make
    for llm in llms:
        llm._get_client().close()


def answer_of(events: Sequence[Event]) -> Answer:
    assert isinstance(events[-1], Done)
    assert not any(isinstance(event, Done) for event in events[:-1])
    return events[-1].answer


def answer(reader_of: ReaderOf, *pieces: str, found: Sequence[Retrieved] | None = None) -> Answer:
    with OpenAIServer(Reply(pieces)) as server:
        return answer_of(list(reader_of(server).read(QUESTION, passages() if found is None else found)))


def assert_exact(given: Answer) -> None:
    for citation in given.citations:
        assert ARTICLES[citation.article.id].text[citation.start : citation.end] == citation.quote


def test_an_answer_comes_as_tokens_and_then_whole(reader_of: ReaderOf) -> None:
    pieces = ["Ada Lind ", "won [1", "]. The river", " rose by 3 metres [2]. It was fun."]
    with OpenAIServer(Reply(pieces)) as server:
        reader: Reader = reader_of(server)
        events = list(reader.read(QUESTION, passages()))
        assert reader.name == server.spec()
    assert [event.text for event in events if isinstance(event, Token) and event.text] == pieces
    given = answer_of(events)
    assert given.answerable
    assert given.question == "Who won the race?"
    assert given.as_of == date(2020, 10, 9)
    assert given.llm == server.spec()
    assert [(s.text, s.status) for s in given.sentences] == [
        ("Ada Lind won.", "supported"),
        ("The river rose by 3 metres.", "supported"),
        ("It was fun.", "unsupported"),
    ]
    assert [(c.n, c.article.id, c.quote) for c in given.citations] == [
        (1, RACE.id, "Ada Lind won it in 42 minutes."),
        (2, FLOOD.id, "The river rose by 3 metres."),
    ]
    assert_exact(given)


def test_citations_are_numbered_as_they_come_and_the_same_words_have_one_number(reader_of: ReaderOf) -> None:
    given = answer(
        reader_of,
        "Two bridges are closed [2][2]. Ada Lind won [1]. She won in 42 minutes [1]. Nobody was hurt [2].",
    )
    numbers = [[citation.n for citation in sentence.citations] for sentence in given.sentences]
    assert numbers == [[1], [2], [2], [3]]
    assert [citation.n for citation in given.citations] == list(range(1, len(given.citations) + 1))
    assert_exact(given)


def test_a_citation_of_nothing_is_dropped_and_counted(reader_of: ReaderOf) -> None:
    given = answer(reader_of, "Ada Lind won [1][7]. Bob came second [9].")
    assert given.dropped_citations == 2
    assert [sentence.status for sentence in given.sentences] == ["supported", "unsupported"]
    assert given.marked_text == "Ada Lind won. [1] Bob came second."


def test_numbers_mean_the_passages_that_the_model_was_shown(reader_of: ReaderOf) -> None:
    many = [Article(f"{n:012d}", f"Runner {n} said hello. " * 60) for n in range(20)]
    found = [Retrieved(Passage(article.id, 0, len(article.text), article.text), article, 1.0, {}) for article in many]
    given = answer(reader_of, "Runner 0 said hello [1]. Runner 19 did [20].", found=found)
    assert given.dropped_citations == 1
    assert given.citations[0].article.id == many[0].id


def test_neighbours_are_cited_as_one_source_at_exact_words(reader_of: ReaderOf) -> None:
    with OpenAIServer(
        Reply(["Ada Lind won in 42 minutes [1]. Bergen gave prizes [1]. A bridge closed [2][3]."])
    ) as server:
        reader = LLMReader(reader_of(server)._model, lambda article_id: ARTICLES[article_id].text)
        given = answer_of(list(reader.read(QUESTION, passages(budget=20))))
    assert len(passages(RACE, budget=20)) > 1
    assert given.dropped_citations == 1  # the race and the flood are one source each
    assert [citation.article.id for citation in given.citations] == [RACE.id, RACE.id, FLOOD.id]
    assert given.citations[0].quote.startswith("Ada Lind won it in 42 minutes.")
    assert "The mayor of Bergen handed out the prizes." in given.citations[1].quote
    assert_exact(given)


def test_a_refusal_gives_the_nearest_passages_with_their_neighbours(reader_of: ReaderOf) -> None:
    with OpenAIServer(Reply([CANNOT_ANSWER])) as server:
        reader = LLMReader(reader_of(server)._model, lambda article_id: ARTICLES[article_id].text)
        given = answer_of(list(reader.read(QUESTION, passages(budget=20))))
    assert [found.passage.text for found in given.nearest] == [RACE.text, FLOOD.text]


@pytest.mark.parametrize(
    "text",
    [
        CANNOT_ANSWER,
        f"{CANNOT_ANSWER} [1]",
        f" {CANNOT_ANSWER[:-1]}\n",
        "The passages do not hold the answer to this question.",
        f"{CANNOT_ANSWER} The passages are about a race [1].",
        f"I am sorry. {CANNOT_ANSWER}",
        f"<think>Ada Lind won [1].</think>{CANNOT_ANSWER}",
        "CANNOT_ANSWER",
        "",
        " \n",
        "[1]",
    ],
)
def test_a_model_that_cannot_answer_gives_the_nearest_articles(reader_of: ReaderOf, text: str) -> None:
    given = answer(reader_of, text)
    assert not given.answerable
    assert given.sentences == ()
    assert given.text == CANNOT_ANSWER
    assert [found.article.id for found in given.nearest] == [RACE.id, FLOOD.id]


def test_a_refusal_after_a_cited_answer_is_left_out(reader_of: ReaderOf) -> None:
    given = answer(reader_of, f"Ada Lind won [1]. {CANNOT_ANSWER}")
    assert given.answerable
    assert given.text == "Ada Lind won."


def test_a_sentence_that_only_resembles_a_refusal_is_an_answer(reader_of: ReaderOf) -> None:
    given = answer(reader_of, "The mayor does not hold the prize [1].")
    assert given.answerable


def test_without_passages_the_model_is_not_asked(reader_of: ReaderOf) -> None:
    with OpenAIServer() as server:
        events = list(reader_of(server).read(QUESTION, []))
    assert server.requests == []
    assert [type(event) for event in events] == [Done]
    assert not answer_of(events).answerable
    assert answer_of(events).nearest == ()


def test_the_model_gets_passages_history_and_question(reader_of: ReaderOf) -> None:
    question = Question("And when?", (Turn("Who won?", "Ada Lind won. [1]"),), date(2020, 10, 9))
    with OpenAIServer(Reply(["In the rain [1]."])) as server:
        list(reader_of(server).read(question, passages()))
    (body,) = server.chats()
    assert [message["role"] for message in body["messages"]] == ["system", "user", "assistant", "user"]
    assert body["messages"][2]["content"] == "Ada Lind won."
    assert "Ada Lind won it in 42 minutes." in body["messages"][-1]["content"]


def test_half_characters_do_not_break_an_answer(reader_of: ReaderOf) -> None:
    with OpenAIServer(Reply(["Ada Lind \ud83d", " won [1]."])) as server:
        question = Question("Who\ud83d won?", (Turn("\ude00?", "\ude00"),), date(2020, 10, 9))
        events = list(reader_of(server).read(question, passages()))
    for event in events[:-1]:
        assert isinstance(event, Token)
        event.text.encode()
    assert answer_of(events).marked_text == "Ada Lind \N{REPLACEMENT CHARACTER} won. [1]"


def test_thinking_is_neither_shown_nor_cited(reader_of: ReaderOf) -> None:
    with OpenAIServer(Reply(["<thi", "nk>Perhaps Bob [2]?", "</think>", "Ada Lind won [1]."])) as server:
        events = list(reader_of(server).read(QUESTION, passages()))
    assert "".join(event.text for event in events if isinstance(event, Token)) == "Ada Lind won [1]."
    assert answer_of(events).marked_text == "Ada Lind won. [1]"


def test_a_server_that_is_down_is_an_error_not_an_answer(reader_of: ReaderOf) -> None:
    with OpenAIServer() as server:
        reader = reader_of(server)
    with pytest.raises(ModelError, match="start the server") as caught:
        list(reader.read(QUESTION, passages()))
    assert server.url in str(caught.value)


def test_a_stream_that_breaks_is_an_error_after_its_tokens(reader_of: ReaderOf) -> None:
    with OpenAIServer(Reply(["Ada Lind ", "won"], breaks=True)) as server:
        events = reader_of(server).read(QUESTION, passages())
        assert next(events) == Token("Ada Lind ")
        assert next(events) == Token("won")
        with pytest.raises(ModelError, match="broke off"):
            next(events)


def test_stopping_ends_the_models_work(reader_of: ReaderOf) -> None:
    with OpenAIServer(Reply(["word "] * 2000, delay=0.01)) as server:
        events = reader_of(server).read(QUESTION, passages())
        assert next(events) == Token("word ")
        events.close()
        assert server.left.wait(2)
        assert server.pieces_sent < 200


@pytest.mark.slow
def test_a_model_that_never_stops_is_stopped_and_the_reader_told(reader_of: ReaderOf) -> None:
    pieces = [f"Runner {n} won race {n + 1} in {n + 2} minutes [1]. " for n in range(10_000)]
    with OpenAIServer(Reply(pieces)) as server:
        events = list(reader_of(server).read(QUESTION, passages()))
        assert server.left.wait(2)
    assert [type(event) for event in events[-2:]] == [Notice, Done]
    assert sum(len(event.text) for event in events if isinstance(event, Token)) < LONGEST_ANSWER + 1000


def test_a_model_that_repeats_itself_is_stopped_at_once(reader_of: ReaderOf) -> None:
    with OpenAIServer(Reply(["Ada Lind won [1]. "] * 10_000, delay=0.002)) as server:
        with pytest.raises(UnusableReply, match="repeats itself"):
            list(reader_of(server).read(QUESTION, passages()))
        assert server.left.wait(2)
        assert server.pieces_sent < 2000


def test_a_model_that_copies_its_prompt_is_stopped(reader_of: ReaderOf) -> None:
    for told in ("system", "user"):
        with OpenAIServer(Reply(["Ada Lind won [1]."]), Reply(["Hm."])) as server:
            list(reader_of(server).read(QUESTION, passages()))
            prompt = next(one["content"] for one in server.chats()[0]["messages"] if one["role"] == told)
        pieces = [f"{word} " for word in prompt.split()]
        with OpenAIServer(Reply(pieces)) as server, pytest.raises(UnusableReply, match="copies what it was told"):
            list(reader_of(server).read(QUESTION, passages()))


NOTHING = "Bob Rask burned Paris [1]. Carl Berg fled to Rome [1]."


def test_a_small_model_of_which_nothing_is_supported_is_no_answer(reader_of: ReaderOf) -> None:
    with OpenAIServer(Reply([NOTHING]), Reply([NOTHING]), Reply([f"{NOTHING} Ada Lind won it [1]."])) as server:
        model = replace(reader_of(server)._model, spec="tiny")
        assert answer_of(list(LLMReader(model).read(QUESTION, passages()))).text.startswith("Bob Rask")
        small = LLMReader(replace(model, small=True))
        with pytest.raises(UnusableReply, match="nothing that tiny wrote is in the articles"):
            list(small.read(QUESTION, passages()))
        assert answer_of(list(small.read(QUESTION, passages()))).text.endswith("Ada Lind won it.")


def test_what_a_model_thinks_of_its_rules_is_no_copy(reader_of: ReaderOf) -> None:
    with OpenAIServer(Reply(["Ada Lind won [1]."]), Reply(["Hm."])) as server:
        list(reader_of(server).read(QUESTION, passages()))
        rules = server.chats()[0]["messages"][0]["content"]
    assert answer(reader_of, f"<think>{rules} {rules}</think>", "Ada Lind won [1].").text == "Ada Lind won."


def test_an_answer_cut_for_length_is_told(reader_of: ReaderOf) -> None:
    with OpenAIServer(Reply(["Ada Lind won [1]. The"], finish="length")) as server:
        events = list(reader_of(server).read(QUESTION, passages()))
    assert [type(event) for event in events[-2:]] == [Notice, Done]


@pytest.mark.slow
def test_a_real_model_answers() -> None:
    with llama_server() as address:
        spec = f"openai-like:{address}/v1"
        model = open_model(spec)
        llm = model.llm
        events = list(LLMReader(model).read(QUESTION, passages()))
        llm._get_client().close()

    assert llm.metadata.model_name.endswith("gguf")
    assert sum(isinstance(event, Token) for event in events) > 3
    given = answer_of(events)
    assert given.question == QUESTION.text
    assert given.llm == spec
    assert_exact(given)
