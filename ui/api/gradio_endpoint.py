"""`/ask` for gradio_client: the chat's one endpoint that programs may call."""

from typing import Any

import gradio as gr
from gradio.events import api
from pydantic import ValidationError

from assistant.assistant import Assistant
from assistant.conversation.turn import Turn
from assistant.request import Request
from index.errors import BylineError, SettingsError
from ui.api.cited_text import article_name, cited_text
from ui.api.errors import line_of
from ui.api.messages import conversation
from ui.api.protocol import ChatMessage
from ui.api.replies import reply_at_once


def offer_ask(assistant: Assistant) -> None:
    """Add the endpoint to the Blocks that is being laid out."""

    def ask(
        question: str,
        history: list[dict] = [],  # type: ignore[type-arg]  # noqa: B006 Gradio reads these annotations
        as_of: str = "",
        since: str = "",
        until: str = "",
        outlets: list[str] = [],  # noqa: B006
        authors: list[str] = [],  # noqa: B006
        articles: list[str] = [],  # noqa: B006
        any_time: bool = False,
    ) -> tuple[str, dict]:  # type: ignore[type-arg]
        """The answer with its marks and sources, and the same as data. `history` holds messages in OpenAI's form."""
        try:
            request = Request.read(
                *_conversation(question, history),
                as_of=as_of,
                since=since,
                until=until,
                outlets=outlets,
                authors=authors,
                articles=articles,
                any_time=any_time,
            )
            reply = reply_at_once(assistant, request)
        except BylineError as error:
            raise gr.Error(line_of(error), print_exception=False) from error
        return cited_text(reply.answer, article_name).text, reply.to_json()

    api(ask, api_name="ask")


def _conversation(question: str, history: list[dict[str, Any]]) -> tuple[str, tuple[Turn, ...]]:
    try:
        before = [ChatMessage.model_validate(message) for message in history]
    except ValidationError as error:
        raise SettingsError("history must hold messages with a role, user or assistant, and a content") from error
    said = [{"role": message.role, "content": message.text} for message in before if message.role != "system"]
    return conversation([*said, {"role": "user", "content": question}])
