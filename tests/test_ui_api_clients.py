"""The official clients, each in a cited conversation of two turns with the whole server; and who is not let in."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest
from gradio_client import Client as GradioClient
from gradio_client.exceptions import AppError
from mcp.client import Client as McpClient
from mcp.client.streamable_http import streamable_http_client
from openai import AuthenticationError, BadRequestError, OpenAI

from assistant.assistant import Assistant
from assistant.extractive.quoting import QuotingReader
from assistant.request import Request
from index.collection import Collection
from index.sample_articles import fill_sample
from tests import event_loop
from tests.api_server import KEY, serving
from ui.api.access import Guard, Reach
from ui.chat.gradio_page import build_chat
from ui.serving import build_api, serve

FIRST = "What does the optics fair show?"
SECOND = "When does it return?"  # alone it is refused
FAIR = "Lanternfield Optics Fair"  # the beginning of the title of the article that answers both
BEARER = {"authorization": f"Bearer {KEY}"}

# The tests' own process may connect to loopback only; this one asks through another address of this machine.
ASK_FROM = """
import json, sys, urllib.error, urllib.request
address, key = sys.argv[1:]
body = json.dumps({"messages": [{"role": "user", "content": "Why did Canada suspend the permits?"}]}).encode()
headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
try:
    request = urllib.request.Request(address + "/v1/chat/completions", body, headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    print(opener.open(request, timeout=30).status)
except urllib.error.HTTPError as error:
    print(error.code, json.loads(error.read())["error"]["message"])
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Collection(tmp_path_factory.mktemp("clients") / "sample", reranker="reader") as collection:
        fill_sample(collection)
        yield Assistant(collection, QuotingReader(collection))


@pytest.fixture(scope="module")
def port(assistant: Assistant) -> Iterator[int]:
    """What `byline serve --host 0.0.0.0` serves, with a key."""

    def application() -> Any:
        return serve(build_chat(assistant, sample=True), build_api(assistant), Reach((KEY,)))

    with serving(application, "0.0.0.0") as port:
        yield port


@pytest.fixture
def address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def cited(data: dict[str, Any], assistant: Assistant) -> str:
    """The text of an answer as data, each sentence of which is cited in the words of an article."""
    assert data["answerable"], data
    for sentence in data["sentences"]:
        assert sentence["citations"]
        for citation in sentence["citations"]:
            text = assistant.collection.text_of(citation["article_id"])
            assert text[citation["start"] : citation["end"]] == citation["quote"]
    return str(data["answer"])


def assert_about_the_fair(second: dict[str, Any], assistant: Assistant) -> None:
    """The follow-up was taken as one: each of its sentences cites the article of the answer before."""
    cited(second, assistant)
    assert "optics fair" in second["standalone"]
    titles = {citation["title"] for sentence in second["sentences"] for citation in sentence["citations"]}
    assert {title.startswith(FAIR) for title in titles} == {True}


def test_the_second_question_needs_the_first(assistant: Assistant) -> None:
    assert not assistant.ask(Request(SECOND, as_of=date(2020, 11, 30))).answerable


@pytest.mark.slow
@pytest.mark.parametrize("stream", [False, True])
def test_the_openai_client(address: str, assistant: Assistant, stream: bool) -> None:
    messages: list[Any] = []
    with OpenAI(base_url=f"{address}/v1", api_key=KEY, max_retries=0) as client:
        assert client.models.list().data[0].id == "byline"
        for question in (FIRST, SECOND):
            messages.append({"role": "user", "content": question})
            extra = {"as_of": "2020-11-30"}
            if stream:
                with client.chat.completions.stream(model="byline", messages=messages, extra_body=extra) as chunks:
                    completion: Any = chunks.get_final_completion()
            else:
                completion = client.chat.completions.create(model="byline", messages=messages, extra_body=extra)
            message = completion.choices[0].message
            citations = [annotation.url_citation for annotation in message.annotations]
            for citation in citations:
                assert message.content[citation.start_index : citation.end_index][0] == "["
                assert citation.url.startswith("https://")
            assert citations
            assert {citation.title.startswith(FAIR) for citation in citations} == {True}
            if not stream:
                cited(completion.byline, assistant)
            messages.append({"role": "assistant", "content": message.content})


def test_the_openai_client_reads_our_errors(address: str) -> None:
    messages: list[Any] = [{"role": "user", "content": FIRST}]
    with OpenAI(base_url=f"{address}/v1", api_key=KEY, max_retries=0) as client:
        with pytest.raises(BadRequestError, match="since: 'May' names no day; write it as YYYY-MM-DD"):
            client.chat.completions.create(model="byline", messages=messages, extra_body={"since": "May"})
        with pytest.raises(AuthenticationError, match="none of this server's"):
            client.with_options(api_key="wrong-key-of-mine").models.list()


@pytest.mark.slow
def test_the_gradio_client(address: str, assistant: Assistant) -> None:
    client = GradioClient(address, headers=BEARER, verbose=False, download_files=False, analytics_enabled=False)
    try:
        assert list(client.view_api(return_format="dict", print_info=False)["named_endpoints"]) == ["/ask"]
        text, data = client.predict(FIRST, api_name="/ask")
        cited(data, assistant)
        history = [{"role": "user", "content": FIRST}, {"role": "assistant", "content": text}]
        text, data = client.predict(SECOND, history, as_of="2020-11-30", api_name="/ask")
        assert_about_the_fair(data, assistant)
        assert "[1]" in text.partition("Sources:")[2]
        assert data["as_of"] == "2020-11-30"
        with pytest.raises(AppError, match="no article is from 'Nowhere Times'"):
            client.predict(FIRST, outlets=["Nowhere Times"], api_name="/ask")
        with pytest.raises(AppError, match="history must hold messages"):
            client.predict(FIRST, [{"who": "me"}], api_name="/ask")
    finally:
        client.close()


def test_the_mcp_client(address: str, assistant: Assistant) -> None:
    async def converse() -> None:
        http = httpx2.AsyncClient(headers=BEARER, timeout=30)
        async with http, McpClient(streamable_http_client(f"{address}/mcp", http_client=http)) as client:
            await hold(client)

    async def hold(client: McpClient) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"ask", "search", "get_article"}
        assert all(tool.output_schema and tool.description for tool in tools.values())
        first = await client.call_tool("ask", {"question": FIRST})
        cited(first.structured_content or {}, assistant)
        history = [{"question": FIRST, "answer": first.content[0].text}]  # type: ignore[union-attr]
        second = await client.call_tool("ask", {"question": SECOND, "history": history, "as_of": "2020-11-30"})
        assert_about_the_fair(second.structured_content or {}, assistant)
        found = await client.call_tool("search", {"query": "export permits", "k": 2, "outlets": ["Fernhill Wire"]})
        passages = (found.structured_content or {})["passages"]
        assert {passage["outlet"] for passage in passages} == {"Fernhill Wire"}
        whole = await client.call_tool("get_article", {"article_id": passages[0]["article_id"]})
        article = whole.structured_content or {}
        assert article["text"][passages[0]["start"] : passages[0]["end"]] == passages[0]["text"]
        for tool, arguments, line in (
            ("ask", {"question": " "}, "the question is empty"),
            ("ask", {"question": FIRST, "until": "May"}, "until: 'May' names no day; write it as YYYY-MM-DD"),
            ("search", {"query": "x", "k": 0}, "greater than or equal to 1"),
            ("get_article", {"article_id": "zzz"}, "no such article"),
        ):
            refused = await client.call_tool(tool, arguments)
            assert refused.is_error
            assert line in refused.content[0].text  # type: ignore[union-attr]

    event_loop.run(converse())


@pytest.mark.slow
def test_the_mcp_client_over_stdio(home: Path) -> None:
    from mcp import StdioServerParameters

    async def converse() -> None:
        root = Path(__file__).parent.parent
        command = StdioServerParameters(
            command=sys.executable, args=["-m", "ui.cli", "mcp", "--home", str(home)], cwd=root
        )
        async with McpClient(command) as client:
            answer = await client.call_tool("ask", {"question": FIRST})
            assert (answer.structured_content or {})["answerable"]

    event_loop.run(converse())


@pytest.mark.slow
def test_the_command_serves_until_it_is_interrupted(home: Path) -> None:
    command = [sys.executable, "-m", "ui.cli", "serve", "--home", str(home), "--port", "0"]
    root = Path(__file__).parent.parent
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().split()[3]
        assert process.stdout.readline().split() == [
            "OpenAI",
            "clients:",
            f"{address}/v1",
            "MCP",
            "clients:",
            f"{address}/mcp",
        ]
        with OpenAI(base_url=f"{address}/v1", api_key="none") as client:
            asked: Any = [{"role": "user", "content": FIRST}]
            assert "[1]" in str(
                client.chat.completions.create(model="byline", messages=asked).choices[0].message.content
            )
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def own_addresses() -> list[str]:
    told = subprocess.run(["hostname", "-I"], capture_output=True, text=True, check=False).stdout
    return [address for address in told.split() if "." in address]


def ask_from(host: str, port: int, key: str = "") -> str:
    command = [sys.executable, "-c", ASK_FROM, f"http://{host}:{port}", key]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.mark.slow
def test_from_another_address_a_key_is_needed(port: int, assistant: Assistant) -> None:
    if not (addresses := own_addresses()):
        pytest.skip("this machine has no address but its loopback")
    assert ask_from(addresses[0], port).startswith("401 this server wants a key")
    assert ask_from(addresses[0], port, "wrong-key-of-mine").startswith("401")
    assert ask_from(addresses[0], port, KEY).strip() == "200"
    with serving(lambda: Guard(build_api(assistant)), "0.0.0.0") as keyless:
        assert ask_from(addresses[0], keyless).startswith("403 only the machine that Byline runs on may ask")
        assert ask_from("127.0.0.1", keyless).strip() == "200"


@pytest.mark.slow
def test_the_chat_page_wants_a_login(address: str) -> None:
    with httpx2.Client() as client:
        assert client.get(address).headers["www-authenticate"].startswith("Basic ")
        page = client.get(address, auth=("anyone", KEY))
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "Byline" in page.text
