"""What a model, its server or its package raised: in one line that says what mends it, and whether to try again.

Each family's package has exceptions of its own, most of them alike: they are told by the names of their classes, so
that no package has to be imported for another's sake.
"""

from typing import Any

from assistant.models.spec import key_variable
from index.errors import ModelError

_INSTEAD = "or use --llm extractive"
_CHECK_BUSY = "see whether the server is busy or its URL wrong"
_CHECK_LOG = "look at the server's log and ask again"
_CHECK_URL = "see whether the URL is that of a server for this protocol"
PASSING = (408, 425, 429, 500, 502, 503, 504, 529)  # statuses that the next try may not meet
_MOST_WORDS = 200  # characters


def model_error(error: Exception, name: str) -> ModelError:
    """The ModelError for whatever a language model raised. `name` is its spec."""
    if isinstance(error, ModelError):
        return error
    kinds, status = _kinds(error), status_of(error)
    if kinds & {"APITimeoutError", "TimeoutException", "TimeoutError"}:
        said = f"did not answer in time; {_CHECK_BUSY}"
    elif kinds & {"APIConnectionError", "ConnectError", "ConnectionError"}:
        said = f"cannot be reached ({_cause(error)}); start the server or mend the URL"
    elif "TransportError" in kinds:
        said = f"broke off in mid-answer ({_cause(error)}); {_CHECK_LOG}"
    elif status >= 300:
        said = f"answered HTTP {status} ({_server_words(error)}); {_cure(status, name)}"
    elif kinds & {"APIError", "ResponseError"}:
        said = f"failed in mid-answer ({_server_words(error)}); {_CHECK_LOG}"
    else:
        said = f"sent a reply that cannot be read ({type(error).__name__}: {_one_line(error)}); {_CHECK_URL}"
    return ModelError(f"the language model {name} {said}, {_INSTEAD}")


def no_reply(name: str) -> ModelError:
    return ModelError(f"the language model {name} sent no reply; {_CHECK_URL}, {_INSTEAD}")


def broken_off(name: str) -> ModelError:
    return ModelError(f"the language model {name} broke off in mid-answer; {_CHECK_LOG}, {_INSTEAD}")


def too_slow(name: str, seconds: float) -> ModelError:
    said = f"did not end its answer within {seconds:g} seconds; raise llm_answer_seconds"
    return ModelError(f"the language model {name} {said}, {_INSTEAD}")


def is_passing(error: Exception) -> bool:
    """Whether the same call may succeed in a moment: an overloaded server, not one that is down or refuses."""
    return status_of(error) in PASSING


def retry_after(error: Exception) -> float | None:
    """The seconds that the server asks to wait, where it tells them as a number."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None


def status_of(error: Exception) -> int:
    """The HTTP status of a server's refusal; 0 where there is none."""
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) and status > 0 else 0


def _kinds(error: Exception) -> set[str]:
    return {kind.__name__ for kind in type(error).__mro__}


def _cure(status: int, name: str) -> str:
    if status in (401, 403):
        return f"set {key_variable(name)} to a key that the server takes"
    if status == 404 and name.startswith("ollama:"):
        return "get the model with `ollama pull NAME`, or name another"
    if status == 404:
        return "check the model's name, and that the URL ends as the server's does, mostly in /v1"
    if status in (429, 503, 529):
        return "wait until the server is ready and ask again"
    if status < 400:
        return "give the URL that the server redirects to"
    return _CHECK_LOG


def _server_words(error: Any) -> str:
    """What the server said: the message in the reply's body, else the status's own words."""
    body = getattr(error, "body", None)
    if isinstance(body, dict):
        inner = body.get("error")
        words = body.get("message") or (inner.get("message") if isinstance(inner, dict) else inner)
    else:
        words = getattr(error, "error", None)  # ollama
    if not words and status_of(error) >= 300:
        words = getattr(getattr(error, "response", None), "reason_phrase", None) or "no reason given"
    return _one_line(words or error)


def _cause(error: BaseException) -> str:
    """The innermost reason, which the packages between wrap in `Connection error.`"""
    while error.__cause__ is not None:
        error = error.__cause__
    return _one_line(error)


def _one_line(words: object) -> str:
    return " ".join(str(words).split())[:_MOST_WORDS] or type(words).__name__
