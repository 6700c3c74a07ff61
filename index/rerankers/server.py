"""A server that speaks the protocol of text-embeddings-inference: POST /rerank."""

import json
import os
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx

from index.errors import ModelError, SettingsError, one_line
from index.search.result import Retrieved
from index.settings import is_loopback
from index.text.decoding import storable
from index.text.passages import titled

KEY_VARIABLE = "BYLINE_RERANKER_KEY"

_CONNECT_SECONDS = 5.0
_ANSWER_SECONDS = 30.0  # for one request; search itself waits no longer than `rerank_seconds`
_LONGEST_ANSWER = 1_000_000  # bytes
_CHECK_LOG = "look at the server's log"
_CHECK_URL = "see whether the address is that of a text-embeddings-inference server with a reranker"
_CURES = {
    401: f"set {KEY_VARIABLE} to a key that the server takes",
    403: f"set {KEY_VARIABLE} to a key that the server takes",
    404: _CHECK_URL,
    405: _CHECK_URL,
    413: "let the server take 16 passages in a request",
    422: "let the server take 16 passages in a request, and see whether its model is a reranker",
    424: "see whether the server's model is a reranker, and at its log",
    429: "wait until the server is less busy",
    503: "wait until the server is ready",
}


class ServerReranker:
    """Scores by `http(s)://HOST:PORT[/...]/rerank`. Nothing else is ever called; redirects are not followed.

    The key, where the server wants one, comes from BYLINE_RERANKER_KEY.

    Raises:
        SettingsError: the address is none, or the key cannot be sent.
        ModelError: the server cannot be reached or answers wrongly; one line that names it.
    """

    batch_size = 16  # the server's own default limit is 32

    def __init__(self, url: str) -> None:
        self.name = _checked(url)
        self._url = self.name if self.name.endswith("/rerank") else f"{self.name}/rerank"
        self._client = httpx.Client(
            timeout=httpx.Timeout(_ANSWER_SECONDS, connect=_CONNECT_SECONDS),
            follow_redirects=False,  # a redirect could send the articles elsewhere
            trust_env=not is_loopback(self._url),  # a proxy cannot reach this machine's own addresses
            headers=_headers(),
        )

    def scores(self, query: str, passages: Sequence[Retrieved]) -> list[float]:
        """One score for each passage."""
        texts = [storable(titled(one.article, one.passage)) for one in passages]
        scores: list[float] = []
        for at in range(0, len(texts), self.batch_size):
            scores += self._ask(storable(query), texts[at : at + self.batch_size])
        return scores

    def close(self) -> None:
        self._client.close()

    def _ask(self, query: str, texts: Sequence[str]) -> list[float]:
        body = {"query": query, "texts": texts, "truncate": True}
        try:
            with self._client.stream("POST", self._url, json=body) as response:
                answer = self._read(response)
        except httpx.TimeoutException as error:
            raise self._failed("did not answer in time", "see whether the server is busy") from error
        except httpx.ConnectError as error:
            raise self._failed(f"cannot be reached ({one_line(error)})", "start it or mend the address") from error
        except httpx.HTTPError as error:
            raise self._failed(f"broke off ({one_line(error)})", _CHECK_LOG) from error
        if response.status_code != 200:
            said = f"answered HTTP {response.status_code} ({_words(answer) or response.reason_phrase})"
            raise self._failed(said, _CURES.get(response.status_code, _CHECK_LOG))
        try:
            return _in_order(json.loads(answer), len(texts))
        except (ValueError, RecursionError) as error:
            raise self._failed(f"sent an answer that cannot be read ({one_line(error)})", _CHECK_URL) from error

    def _read(self, response: httpx.Response) -> bytes:
        """The whole answer: a server that sends without end, or a byte a second, is not listened to for ever."""
        read, until = bytearray(), time.monotonic() + _ANSWER_SECONDS
        for piece in response.iter_bytes():
            read += piece
            if len(read) > _LONGEST_ANSWER or time.monotonic() > until:
                raise self._failed("sends an answer without end", _CHECK_URL)
        return bytes(read)

    def _failed(self, what: str, hint: str) -> ModelError:
        return ModelError(f"reranker '{self.name}' {what}; {hint}")


def _checked(url: str) -> str:
    """The address without the slash at its end."""
    try:
        parts = urlsplit(url)
        valid = bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if any(mark in url for mark in "@?#"):
        raise SettingsError(
            f"reranker: the address holds a name, password, query or #; put a key in {KEY_VARIABLE} instead"
        )
    if not valid or any(character.isspace() for character in url):
        raise SettingsError(f"reranker '{url}' is no address; write it as http://HOST:PORT")
    return url.rstrip("/")


def _headers() -> dict[str, str]:
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise SettingsError(f"{KEY_VARIABLE} holds characters that cannot be sent; set it again")
    return {"Authorization": f"Bearer {key}"} if key else {}


def _in_order(answer: Any, count: int) -> list[float]:
    """The scores of `[{"index": 1, "score": 0.9}, ...]` by index. Raises ValueError where it is anything else."""
    if not isinstance(answer, list) or not all(isinstance(one, dict) for one in answer):
        raise ValueError("no list of index and score")
    scores = {one.get("index"): one.get("score") for one in answer if isinstance(one.get("index"), int)}
    if len(answer) != count or set(scores) != set(range(count)):
        raise ValueError(f"not one score for each of {count} passages")
    if not all(isinstance(score, int | float) for score in scores.values()):
        raise ValueError("a score that is no number")
    return [float(scores[index]) for index in range(count)]


def _words(answer: bytes) -> str:
    """What the server says of its failure, in one line."""
    text = answer.decode("utf-8", "replace")
    try:
        told = json.loads(text)
        text = str(told.get("error") or text) if isinstance(told, dict) else text
    except (ValueError, RecursionError):
        pass
    return " ".join(text.split())[:200]
