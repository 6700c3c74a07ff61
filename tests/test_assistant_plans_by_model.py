"""A question that takes several, planned by a language model: its plan is held to the question's names, and bounded."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.events import Done, Found, Step
from assistant.extractive.quoting import QuotingReader
from assistant.generative.llm_reader import LLMReader, trusted_steps
from assistant.models import open_model
from assistant.readers import FallbackReader
from assistant.request import Request
from index.collection import Collection
from tests.articles import reading
from tests.gguf_files import llama_server
from tests.openai_server import OpenAIServer, Reply

ASKED = "How do the harvests of Norland and Sudmark compare?"
STEPS = ["How large was the harvest of Norland?", "How large was the harvest of Sudmark?"]
NEWS = ("The harvest of Norland came to 240 tonnes.", "The harvest of Sudmark came to 90 tonnes.", "It rained in Isey.")


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("home") / "one", reranker="none") as collection:
        list(collection.add([reading(text, f"News {at}") for at, text in enumerate(NEWS)]))
        yield collection


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as server:
        yield server


@pytest.fixture
def no_plan_by_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.plans._MODULES", {})


def asked(server: OpenAIServer, collection: Collection, *replies: Reply) -> tuple[list[str], list[Found], Answer]:
    """The steps, what was found, and the answer to a comparison."""
    server.replies += replies
    model = open_model(server.spec())
    request = Request(ASKED, kind="comparison")
    try:
        events = list(Assistant(collection, LLMReader(model, collection.text_of)).stream(request))
    finally:
        model.close()
    [done] = [event for event in events if isinstance(event, Done)]
    steps = [event.question for event in events if isinstance(event, Step)]
    return steps, [event for event in events if isinstance(event, Found)], done.answer


@pytest.mark.usefixtures("no_plan_by_rules")
def test_its_questions_are_looked_up_and_one_answer_made_of_all(server: OpenAIServer, collection: Collection) -> None:
    told = Reply(["The harvest of Norland came to 240 tonnes [1]. The harvest of Sudmark came to 90 tonnes [2]."])
    steps, found, answer = asked(server, collection, Reply(["1. " + "\n2. ".join(STEPS)]), told)
    assert steps == list(answer.steps) == STEPS
    assert {one.article.title for one in found[0].results[:2]} == {"News 0", "News 1"}
    assert answer.kind == "comparison"
    assert [sentence.status for sentence in answer.sentences] == ["supported", "supported"]


@pytest.mark.usefixtures("no_plan_by_rules")
@pytest.mark.parametrize(
    "plan",
    [
        Reply(["There is nothing to look up."]),
        Reply(["How large was the harvest of Norland?"]),
        Reply(["Who rules Isey?\nHow large was the harvest of Sudmark?"]),
        Reply(status=400, body=b"{}"),
        Reply(["How large was it? "] * 600, delay=0.001),
    ],
    ids=["no question", "one alone", "another name", "a failure", "no end"],
)
def test_without_a_plan_that_holds_it_is_asked_as_it_stands(
    server: OpenAIServer, collection: Collection, plan: Reply
) -> None:
    told = Reply(["The harvest of Norland came to 240 tonnes [1]."])
    steps, _, answer = asked(server, collection, plan, told)
    assert (steps, answer.steps, answer.kind) == ([], (), "fact")
    assert answer.answerable


@pytest.mark.usefixtures("no_plan_by_rules")
def test_a_plan_that_is_slow_costs_its_time_and_no_more(
    server: OpenAIServer, collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.generative.llm_reader.REWRITING_SECONDS", 0)
    told = Reply(["The harvest of Norland came to 240 tonnes [1]."])
    steps, _, answer = asked(server, collection, Reply(["How "] * 500, delay=0.01), told)
    assert not steps
    assert answer.answerable
    assert server.left.wait(10)


def test_the_plans_by_rules_run_with_a_language_model(server: OpenAIServer, collection: Collection) -> None:
    told = [
        Reply(["The harvest of Norland came to 240 tonnes [1]."]),
        Reply(["The harvest of Sudmark came to 90 tonnes [1]."]),
    ]
    server.replies += told
    model = open_model(server.spec())
    asked = Request("Compare the harvests of Norland and Sudmark", kind="comparison")
    try:
        answer = Assistant(collection, LLMReader(model, collection.text_of)).ask(asked)
    finally:
        model.close()
    assert (answer.kind, answer.form) == ("comparison", "table")
    assert answer.llm == server.spec()
    assert len(answer.sentences) == 2


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["comparison", "sequence", "yes/no", "summary"])
def test_the_plans_run_with_a_real_model(collection: Collection, kind: str) -> None:
    with llama_server() as address:
        model = open_model(f"openai-like:{address}/v1")
        try:
            reader = FallbackReader(LLMReader(model, collection.text_of), QuotingReader(collection))
            answer = Assistant(collection, reader).ask(Request.read(ASKED, kind=kind))
        finally:
            model.close()
    assert answer.kind in (kind, "fact")
    for citation in answer.citations:
        assert collection.text_of(citation.article.id)[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    ("reply", "steps"),
    [
        ("\n".join(STEPS), STEPS),
        (f"- {STEPS[0]}\n\n- {STEPS[0]}\n* “{STEPS[1]}”", STEPS),
        ("\n".join(f"What of Norland in month {n}?" for n in "abcdef"), []),
        ("When did Norland reap 240 tonnes?\nAnd Sudmark?", []),
        ("", []),
    ],
)
def test_a_plan_has_two_to_five_questions_with_the_names_of_the_question(reply: str, steps: list[str]) -> None:
    assert list(trusted_steps(reply, ASKED)) == steps


def test_a_kind_that_there_is_not_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="'riddle' is no kind of question; there are fact, definition"):
        Request.read("What goes up?", kind="riddle")
