"""MCP tools, so that a language model elsewhere can ask, search and read: `ask`, `search` and `get_article`."""

import contextlib
from collections.abc import Iterator
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field
from typing_extensions import TypedDict

from assistant.answer import article_json, nearest_json
from assistant.assistant import Assistant
from assistant.question.asked import KINDS
from assistant.request import Request
from index.article import Article
from index.collection import Collection
from index.errors import BylineError
from index.search.result import depth_of, first_merged
from ui.api.cited_text import article_name, cited_text, turns_of
from ui.api.error_replies import line_of
from ui.api.worker_pool import WorkerPools, reply_to
from ui.wording import origin

_MOST = 50  # passages

_INSTRUCTIONS = (
    "A collection of news articles. `ask` answers a question with a citation for each sentence, or says that the "
    "collection does not hold the answer; `search` finds passages; `get_article` gives an article's whole text."
)

AsOf = Annotated[
    str, Field(description="the day it is asked on, YYYY-MM-DD or in words; later articles are not seen. Else today")
]
Since = Annotated[str, Field(description="only articles published on this day or later, YYYY-MM-DD or in words")]
Until = Annotated[str, Field(description="only articles published until this day, YYYY-MM-DD or in words")]
Outlets = Annotated[list[str], Field(description="only articles from these outlets, by name or site")]
Authors = Annotated[list[str], Field(description="only articles by these authors")]
Articles = Annotated[list[str], Field(description="only these articles, by id")]
AnyTime = Annotated[bool, Field(description="do not read dates out of the question's own words")]
KindAsked = Annotated[str, Field(description=f"take it for a question of this kind: {', '.join(KINDS)}")]


class EarlierTurn(TypedDict):
    """An earlier question of the conversation, and the answer it got."""

    question: str
    answer: str


class CitedAnswer(TypedDict):
    """The answer as data: what `byline ask --json` prints, and notices."""

    question: str
    answerable: bool
    answer: str
    short_answer: str | None
    sentences: list[dict[str, Any]]
    nearest: list[dict[str, Any]]
    notices: list[str]


class Passages(TypedDict):
    """The passages that match best, each with its article and its place in that article's text."""

    passages: list[dict[str, Any]]
    notices: list[str]


class WholeArticle(TypedDict):
    """An article with what is known of it; unknown things are null."""

    article_id: str
    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    updated: str | None
    url: str | None
    text: str


def mcp_server(assistant: Assistant, pools: WorkerPools) -> MCPServer[Any]:
    """An MCP server with the three tools, none of which changes anything."""
    server: MCPServer[Any] = MCPServer("byline", title="Byline", instructions=_INSTRUCTIONS, log_level="WARNING")
    reading = ToolAnnotations(read_only_hint=True, open_world_hint=False)

    @server.tool(annotations=reading)
    async def ask(
        question: str,
        history: Annotated[list[EarlierTurn], Field(description="the conversation so far, oldest first")] = [],  # noqa: B006 pydantic copies it
        as_of: AsOf = "",
        since: Since = "",
        until: Until = "",
        outlets: Outlets = [],  # noqa: B006
        authors: Authors = [],  # noqa: B006
        articles: Articles = [],  # noqa: B006
        any_time: AnyTime = False,
        kind: KindAsked = "",
    ) -> Annotated[CallToolResult, CitedAnswer]:
        """Answer a question from the news articles; each sentence carries the numbers of its sources.

        A follow-up may lean on the turns given as history.
        """
        with _errors_in_one_line():
            turns = turns_of([(turn["question"], turn["answer"]) for turn in history])
            request = Request.read(
                question,
                turns,
                as_of=as_of,
                since=since,
                until=until,
                outlets=outlets,
                authors=authors,
                articles=articles,
                any_time=any_time,
                kind=kind,
            )
            reply = await reply_to(pools.of(assistant.reader), assistant, request)
        return _result(cited_text(reply.answer, article_name).text, reply.to_json())

    @server.tool(annotations=reading)
    async def search(
        query: str,
        k: Annotated[int, Field(description="how many passages", ge=1, le=_MOST)] = 10,
        as_of: AsOf = "",
        since: Since = "",
        until: Until = "",
        outlets: Outlets = [],  # noqa: B006
        authors: Authors = [],  # noqa: B006
        articles: Articles = [],  # noqa: B006
        any_time: AnyTime = False,
    ) -> Annotated[CallToolResult, Passages]:
        """Find the passages of the news articles that match a query best."""
        with _errors_in_one_line():
            request = Request.read(
                query,
                as_of=as_of,
                since=since,
                until=until,
                outlets=outlets,
                authors=authors,
                articles=articles,
                any_time=any_time,
            )
            return await pools.quoted.do(lambda: _search(assistant.collection, request, k))

    @server.tool(annotations=reading)
    async def get_article(
        article_id: Annotated[str, Field(description="its id, as citations and passages give it, or the beginning")],
    ) -> Annotated[CallToolResult, WholeArticle]:
        """The whole text of an article, with its title, outlet, author and dates."""
        with _errors_in_one_line():
            article = await pools.quoted.do(lambda: assistant.collection.article(article_id))
        return _result(f"{origin(article)}: {article.heading}\n\n{article.text}", _whole(article))

    return server


def _search(collection: Collection, request: Request, k: int) -> CallToolResult:
    found = request.search(collection, depth_of(k))
    shown = first_merged(found, k, collection.text_of)
    passages = [{"rank": rank, "score": one.score, **nearest_json(one)} for rank, one in enumerate(shown, 1)]
    lines = [
        f"{rank}. {origin(one.article)}: {one.article.heading} ({one.article.id})\n{one.passage.text}"
        for rank, one in enumerate(shown, 1)
    ]
    return _result("\n\n".join(lines) or "No passage matches.", {"passages": passages, "notices": list(found.notices)})


def _whole(article: Article) -> dict[str, Any]:
    updated = article.updated.isoformat() if article.updated else None
    return {**article_json(article), "author": article.author or None, "updated": updated, "text": article.text}


def _result(text: str, structured: dict[str, Any]) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=text)], structured_content=structured)


@contextlib.contextmanager
def _errors_in_one_line() -> Iterator[None]:
    """Within it, an error of ours is one line that the calling model can read."""
    try:
        yield
    except BylineError as error:
        raise ToolError(line_of(error)) from error
