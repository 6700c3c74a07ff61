"""The routes that any OpenAI client can use, and the models there: `/v1/models` and `/v1/chat/completions`."""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncGenerator, Coroutine, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from fastapi import APIRouter, Response
from fastapi import Request as HttpRequest
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.assistant import Assistant
from assistant.events import Done, Event, Notice, Token
from assistant.extractive.quoting import EXTRACTIVE, QuotingReader
from assistant.request import Reader, Request
from ui.api.cited_text import article_link
from ui.api.error_replies import ApiError, error_reply
from ui.api.protocol import ChatRequest, Completion
from ui.api.worker_pool import Reply, WorkerPool, WorkerPools, events_of, reply_to

if TYPE_CHECKING:
    from assistant.readers import Readers

T = TypeVar("T")

DEFAULT = "byline"
BUILT_IN = "byline-extractive"
PAUSE = 15.0  # seconds

_SHOWN = 100  # characters of a name that nobody knows
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_GONE = 499  # the status that servers note for a client that left

_log = logging.getLogger(__name__)


def routes(assistant: Assistant, models: "Models", pools: WorkerPools) -> APIRouter:
    """`/v1`, over these models."""
    router = APIRouter(prefix="/v1")

    @router.get("/models")
    def list_models() -> dict[str, Any]:
        return models.all_to_json()

    @router.get("/models/{model:path}")
    def one_model(model: str) -> dict[str, Any]:
        return models.to_json(model)

    @router.post("/chat/completions")
    async def complete(http: HttpRequest, body: ChatRequest) -> Response:
        request, notices = body.request(), body.notices()

        async def work() -> Response:
            reader = models.opened(body.model)
            if reader is None:
                reader = await pools.models.do(lambda: models.open(body.model))
            pool = pools.of(reader)
            completion = Completion(body.model, article_link(str(http.base_url)), body.with_usage)
            completing = _Completing(assistant, reader, request, notices, completion)
            return await (completing.begun(pool) if body.stream else completing.whole(pool))

        return await _unless_gone(http, work()) or Response(status_code=_GONE)

    @router.api_route("", methods=_METHODS)
    @router.api_route("/{rest:path}", methods=_METHODS)
    def unknown(rest: str = "") -> None:
        raise ApiError(f"/v1/{rest}: no such address; there are /v1/models and /v1/chat/completions", 404)

    return router


class Models:
    """`byline` answers with the assistant's reader, which goes by its spec as well; then come those of `readers`.

    Only what is listed can be had: a request can bring no address of its own.
    """

    def __init__(self, assistant: Assistant, readers: "Readers | None" = None) -> None:
        self._readers = readers
        self._open: dict[str, Reader] = {DEFAULT: assistant.reader, BUILT_IN: QuotingReader(assistant.collection)}
        if assistant.reader.name != EXTRACTIVE:
            self._open[assistant.reader.name] = assistant.reader

    def names(self) -> list[str]:
        others = self._readers.specs() if self._readers else []
        return list(dict.fromkeys([*self._open, *(spec for spec in others if spec != EXTRACTIVE)]))

    def opened(self, model: str) -> Reader | None:
        """The same as `open` at once; None for one that is not open yet, or not offered."""
        return self._open.get(model)

    def open(self, model: str) -> Reader:
        """The reader of a model. Raises ModelError, and ApiError, 404, for a model that is not offered."""
        self._check(model)
        if self._readers and model not in self._open:
            self._open[model] = self._readers.open(model)
        return self._open[model]

    def to_json(self, model: str) -> dict[str, Any]:
        """A model as OpenAI's API tells it. Raises ApiError."""
        self._check(model)
        return {"id": model, "object": "model", "created": 0, "owned_by": "byline"}

    def all_to_json(self) -> dict[str, Any]:
        return {"object": "list", "data": [self.to_json(model) for model in self.names()]}

    def _check(self, model: str) -> None:
        names = self.names()
        if model not in names:
            shown = model if len(model) <= _SHOWN else f"{model[:_SHOWN]}..."
            raise ApiError(f"{shown!r}: no such model; there are {', '.join(names)}", 404, "model_not_found", "model")


class _Completing:
    """One request being answered."""

    def __init__(
        self, assistant: Assistant, reader: Reader, request: Request, notices: list[str], completion: Completion
    ) -> None:
        self._assistant, self._reader, self._request = assistant, reader, request
        self._notices = notices
        self._completion = completion

    async def whole(self, pool: WorkerPool) -> Response:
        reply = await reply_to(pool, self._assistant, self._request, self._reader)
        return JSONResponse(self._completion.whole(Reply(reply.answer, (*self._notices, *reply.notices))))

    async def begun(self, pool: WorkerPool) -> Response:
        """The stream, once there is something to send: what fails before has its own HTTP status.

        After a pause it begins all the same, for proxies do not wait long for the first byte.
        """
        events = events_of(pool, self._assistant, self._request, self._reader, PAUSE)
        try:
            async for event in events:
                if event is None or isinstance(event, Token | Done):
                    return StreamingResponse(self._lines(event, events), media_type="text/event-stream")
                self._reply(event)
        except BaseException:
            await events.aclose()
            raise
        raise ApiError("the answer ended before it was complete; ask again", 503)

    async def _lines(
        self, first: Event | None, events: AsyncGenerator[Event | None, None]
    ) -> AsyncGenerator[str, None]:
        async with contextlib.aclosing(events):
            yield _line(self._completion.chunk(role="assistant", content=""))
            try:
                yield self._event_lines(first)
                async for event in events:
                    yield self._event_lines(event)
            except Exception as error:  # noqa: BLE001 the response has begun: it goes into the stream
                status, body = error_reply(error)
                if status == 500:
                    _log.exception("answering %r failed", self._request.question)
                yield _line(body)
                return
            yield "data: [DONE]\n\n"

    def _event_lines(self, event: Event | None) -> str:
        """What an event adds to the stream; after a pause a comment, which clients pass over."""
        return "".join(map(_line, self._chunks(event))) if event else ": at work\n\n"

    def _chunks(self, event: Event) -> Iterable[dict[str, Any]]:
        if isinstance(event, Token):
            # A language model's words are a draft until they are checked, and a client cannot take words back. The
            # built-in reader's come all at once, with the answer.
            draft = event.text and self._reader.name != EXTRACTIVE
            return [self._completion.chunk(reasoning_content=event.text)] if draft else []
        reply = self._reply(event)
        return self._completion.last_chunks(reply) if reply else []

    def _reply(self, event: Event) -> Reply | None:
        """The reply, at the last event; the notices before it are kept."""
        if isinstance(event, Notice):
            self._notices.append(event.text)
        return Reply(event.answer, tuple(self._notices)) if isinstance(event, Done) else None


def _line(chunk: dict[str, Any]) -> str:
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"


async def _unless_gone(http: HttpRequest, work: Coroutine[Any, Any, T]) -> T | None:
    """What the work returns; None, the work cancelled, where the client leaves before."""
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_gone(http))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else None
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.wait({working, leaving})


async def _gone(http: HttpRequest) -> None:
    while (await http.receive())["type"] != "http.disconnect":
        pass
