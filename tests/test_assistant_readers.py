"""Readers by their specs, over one small collection, and the switch between them while it is open."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from llama_index.core.llms import MockLLM

from assistant.answer import Answer, Usage
from assistant.assistant import Assistant
from assistant.events import Done, Notice, Token
from assistant.extractive.quoting import QuotingReader
from assistant.generative.llm_reader import UnusableReply
from assistant.readers import Readers, open_reader
from assistant.request import Reader, Request
from index.collection import Collection
from index.errors import ModelError, SettingsError
from index.settings import Settings
from tests.articles import reading
from tests.gguf_files import head, llama_server, need_llama_cpp, real_gguf
from tests.ollama_server import OllamaServer, Reply
from tests.openai_server import OpenAIServer
from tests.openai_server import Reply as OpenAIReply

QUESTION = "Who steered the ferry to Norrholm?"
AS_OF = date(2026, 11, 30)  # it stands in the prompt, and a small model answers otherwise on another day
SAID = "Ida Brandt steered it [1]."


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("ferry")) as opened:
        text = "The ferry to Norrholm sank in March. It was steered by Ida Brandt. Nobody on board was hurt."
        list(opened.add([reading(text)]))
        yield opened


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, llm_seconds=60)


@pytest.fixture
def readers(collection: Collection, settings: Settings) -> Iterator[Readers]:
    with Readers(collection, settings) as opened:
        yield opened


def ask(collection: Collection, reader: Reader) -> tuple[list[str], Answer]:
    """The notices and the answer."""
    events = list(Assistant(collection, reader).stream(Request(QUESTION, as_of=AS_OF)))
    assert isinstance(events[-1], Done)
    return [event.text for event in events if isinstance(event, Notice)], events[-1].answer


def leave(collection: Collection, reader: Reader) -> None:
    """Ask, and stop at the answer's first word."""
    events = Assistant(collection, reader).stream(Request(QUESTION, as_of=AS_OF))
    assert any(isinstance(event, Token) and event.text for event in events)
    events.close()


@pytest.mark.optional
def test_what_can_be_chosen_is_named_without_asking_anyone(collection: Collection, settings: Settings) -> None:
    need_llama_cpp()
    (settings.home / "models").mkdir()
    for name in ("b.gguf", "a.gguf", "notes.txt"):
        (settings.home / "models" / name).write_bytes(head())
    named = "ollama:tiny@http://127.0.0.1:9"
    with Readers(collection, replace(settings, llm=named)) as readers:
        files = [f"gguf:{settings.home / 'models' / name}" for name in ("a.gguf", "b.gguf")]
        assert readers.specs() == ["extractive", named, *files]


def test_only_quoting_can_be_chosen_where_nothing_else_is_named(readers: Readers) -> None:
    assert readers.specs() == ["extractive"]
    assert isinstance(readers.open("extractive"), QuotingReader)


def test_each_reader_is_opened_once_whoever_asks(readers: Readers) -> None:
    found: list[Reader] = []
    ask_for = [threading.Thread(target=lambda: found.append(readers.open("ollama:tiny"))) for _ in range(8)]
    for thread in ask_for:
        thread.start()
    for thread in ask_for:
        thread.join()
    assert len(found) == 8
    assert len({id(reader) for reader in found}) == 1
    assert found[0].name == "ollama:tiny"


@pytest.mark.parametrize("spec", ["magic", "gguf:/no/such.gguf", "openai-like:http://127.0.0.1:9/v1"])
def test_what_is_wrong_from_the_start_is_told_at_the_start(readers: Readers, spec: str) -> None:
    with pytest.raises((SettingsError, ModelError)) as caught:
        readers.open(spec)
    assert spec in str(caught.value)


def test_a_wrong_price_is_told_at_the_start(collection: Collection, settings: Settings) -> None:
    with pytest.raises(SettingsError, match="llm_prices: 'ollama:tiny=dear' is no price"):
        Readers(collection, replace(settings, llm_prices="ollama:tiny=dear"))


def test_a_model_answers_and_what_it_costs_is_told(collection: Collection, settings: Settings) -> None:
    with OllamaServer(Reply([SAID], usage=(2_000_000, 1000))) as server:
        priced = replace(settings, llm_prices=f"{server.spec()}=0.15/0.60 openai:x=1/2")
        notices, answer = ask(collection, Readers(collection, priced).open(server.spec()))
    assert notices == []
    assert answer.marked_text == "Ida Brandt steered it. [1]"
    assert answer.llm == server.spec()
    assert answer.failed == ""
    assert answer.usage == Usage(2_000_000, 1000, pytest.approx(0.3006))


def test_without_a_price_the_tokens_alone_are_told(collection: Collection, readers: Readers) -> None:
    with OllamaServer(Reply([SAID], usage=(31, 5))) as server:
        _, answer = ask(collection, readers.open(server.spec()))
    assert answer.usage == Usage(31, 5, None)


@pytest.mark.parametrize(
    "reply", [Reply(status=404), Reply(["Ida "], error="llama runner died"), Reply(["Ida "], done=None)]
)
def test_where_a_model_fails_the_quoted_answer_is_given(collection: Collection, readers: Readers, reply: Reply) -> None:
    with OllamaServer(reply) as server:
        notices, answer = ask(collection, readers.open(server.spec()))
    assert answer.failed == server.spec()
    assert answer.llm == "extractive"
    assert answer.usage is None
    assert "It was steered by Ida Brandt." in answer.text
    assert len(notices) == 1
    assert server.spec() in notices[0]


def test_a_server_that_is_down_is_asked_again_the_next_time(collection: Collection, readers: Readers) -> None:
    with OllamaServer() as server:
        reader = readers.open(server.spec())
    for _ in range(2):
        notices, answer = ask(collection, reader)
        assert answer.failed == server.spec()
        assert "start the server" in notices[0]


def test_models_are_switched_while_running(collection: Collection, readers: Readers) -> None:
    long = ["word "] * 2000
    with OllamaServer(Reply(long, delay=0.01)) as one, OpenAIServer(OpenAIReply(long, delay=0.01)) as other:
        for server in (one, other):
            leave(collection, readers.open(server.spec()))
            assert server.left.wait(5)
            assert server.pieces_sent < 1000
            _, answer = ask(collection, readers.open("extractive"))
            assert "Ida Brandt" in answer.text
        assert len(one.requests) == len(other.chats()) == 1


@pytest.mark.slow
def test_a_real_model_is_switched_while_running(collection: Collection, settings: Settings) -> None:
    with llama_server() as address, Readers(collection, settings) as readers:
        for spec in (f"gguf:{real_gguf()}", f"openai-like:{address}/v1"):
            leave(collection, readers.open(spec))
            _, quoted = ask(collection, readers.open("extractive"))
            assert "Ida Brandt" in quoted.text
            notices, answer = ask(collection, readers.open(spec))
            assert (answer.llm, answer.failed) == (spec, ""), notices
            assert answer.usage is not None
            assert answer.usage.prompt_tokens > 100


def test_any_llm_of_llama_index_will_do(collection: Collection) -> None:
    reader = open_reader(MockLLM(), collection)
    assert reader.name == MockLLM().metadata.model_name
    with pytest.raises(UnusableReply, match="copies what it was told"):  # it gives its prompt back
        Assistant(collection, reader).ask(QUESTION)
