"""`/ask` for gradio_client: the chat's one endpoint that programs may call."""

from typing import Any

import gradio as gr
from gradio.events import api
from pydantic import ValidationError

from assistant.assistant import Assistant
from index.errors import BylineError, SettingsError
from ui.api.asking import Reply, reply_at_once
from ui.api.cited_text import article_name, cited_text
from ui.api.protocol import ChatMessage
from ui.api.question import Narrowing, conversation


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
        narrowing = Narrowing(as_of, since, until, outlets, authors, articles, any_time)
        try:
            reply = _reply(assistant, question, history, narrowing)
        except BylineError as error:
            raise gr.Error(" ".join(str(error).split()), print_exception=False) from error
        return cited_text(reply.answer, article_name).text, reply.to_json()

    api(ask, api_name="ask")


def _reply(assistant: Assistant, question: str, history: list[dict[str, Any]], narrowing: Narrowing) -> Reply:
    try:
        before = [ChatMessage.model_validate(message) for message in history]
    except ValidationError as error:
        raise SettingsError("history must hold messages with a role, user or assistant, and a content") from error
    said = [{"role": message.role, "content": message.text} for message in before if message.role != "system"]
    text, turns = conversation([*said, {"role": "user", "content": question}])
    return reply_at_once(assistant, narrowing.asked(text, turns))
