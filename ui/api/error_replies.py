"""Errors as OpenAI's API writes them, each with one line that says what is wrong and what mends it.

400  the request: a field, a date, an outlet or author that no article has
404  no such model, article or address
413  the request is too large
503  a language model failed, the collection cannot be used, or too many ask at once
500  anything else; the details are in the terminal
"""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from index.errors import ArticleNotFound, BylineError, FieldError, SettingsError, SourceError
from ui.api.worker_pool import Busy

# After what it did not expect the server closes the connection, which a client that keeps it must know.
_HEADERS = {503: {"retry-after": "5"}, 500: {"connection": "close"}}
_FIELDS = {"question": "messages", "as of": "as_of", "outlet": "outlets", "author": "authors"}
BROKEN = "something went wrong here; the details are in the terminal where Byline runs"


class ApiError(BylineError):
    """A request that cannot be served, with its HTTP status; `param` is the field at fault."""

    def __init__(self, line: str, status: int = 400, code: str | None = None, param: str | None = None) -> None:
        super().__init__(line)
        self.status, self.code, self.param = status, code, param


def error_json(line: str, kind: str, code: str | None = None, param: str | None = None) -> dict[str, Any]:
    """The body of an error response. Half characters, which JSON can escape, but UTF-8 cannot say, become "?"."""
    message = line.encode("utf-8", "replace").decode()
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def line_of(error: BylineError) -> str:
    """What is wrong, on one line; of a field of the request with its name."""
    line = " ".join(str(error).split())
    named = isinstance(error, FieldError) and error.kind != "question"
    return f"{_field(error)}: {line}" if named else line


def _field(error: BylineError) -> str | None:
    """The field of the request that is at fault."""
    if isinstance(error, FieldError):
        return _FIELDS.get(error.kind, error.kind)
    return "articles" if isinstance(error, ArticleNotFound) else error.param if isinstance(error, ApiError) else None


def error_reply(error: Exception) -> tuple[int, dict[str, Any]]:
    """The HTTP status and body for an error."""
    if not isinstance(error, BylineError):
        return 500, error_json(BROKEN, "server_error")
    line, field = line_of(error), _field(error)
    if isinstance(error, ApiError):
        kind = "invalid_request_error" if error.status < 500 else "server_error"
        return error.status, error_json(line, kind, error.code, field)
    if isinstance(error, SettingsError | SourceError | ArticleNotFound):
        return 400, error_json(line, "invalid_request_error", param=field)
    return 503, error_json(line, "server_error", "busy" if isinstance(error, Busy) else None)


def add_error_replies(application: FastAPI) -> None:
    """Have an application answer with these bodies."""

    async def respond(request: Request, error: Exception) -> JSONResponse:
        status, body = error_reply(error)
        return JSONResponse(body, status, _HEADERS.get(status))

    async def invalid(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        line, place = what_is_invalid(error)
        return JSONResponse(error_json(line, "invalid_request_error", param=place), 400)

    async def http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        lines = {
            413: "the request is too large; send less of the conversation",
            405: f"{request.url.path} does not take {request.method}",
        }
        line = lines.get(error.status_code, str(error.detail))
        return JSONResponse(error_json(line, "invalid_request_error"), error.status_code)

    application.add_exception_handler(BylineError, respond)
    application.add_exception_handler(RequestValidationError, invalid)
    application.add_exception_handler(HTTPException, http)
    application.add_exception_handler(Exception, respond)


def what_is_invalid(error: RequestValidationError) -> tuple[str, str | None]:
    """A line about the first thing that is wrong with a request, and the field it is in."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part != "body")
    if first["type"] == "json_invalid":
        return f"the body is not valid JSON ({first.get('ctx', {}).get('error', first['msg'])})", None
    if not place:
        return "the body must be a JSON object, sent with `Content-Type: application/json`", None
    return f"{place}: {first['msg'][:1].lower()}{first['msg'][1:]}", place
