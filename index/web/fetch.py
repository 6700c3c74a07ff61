"""One address in, its bytes out: politely, within limits, and never from a private network unless asked to."""

import hashlib
import random
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache, cached_property
from importlib.metadata import version
from typing import Protocol, TypeVar

import httpx
import protego

from index.errors import SourceError
from index.store.catalogue import Catalogue
from index.web.transport import (
    CheckedBackend,
    CheckedTransport,
    Damaged,
    Deadline,
    Failed,
    Refused,
    Resolve,
    TooLarge,
    Trouble,
    collected,
    inflated,
    shown,
    system_resolve,
    web_address,
)

T = TypeVar("T")

USER_AGENT = f"Byline/{version('byline')} (reads news articles for the person who asked)"

_REDIRECTS = (301, 302, 303, 307, 308)
_WORTH_ANOTHER_TRY = (429, 500, 502, 503, 504)
_LONGEST_PAUSE = 10.0  # seconds between two requests, however many a site asks for
_DIGEST = "byline:"  # no ETag begins so
_NEVER = 1e9  # seconds, some thirty years
_ROBOTS_BYTES = 2_000_000  # of a longer robots.txt the beginning counts (RFC 9309, 2.5)
_NO_ADDRESS = "is, or redirects to, something that is not an address; check it in a browser"
JSON = ("application/feed+json", "application/json")  # as a JSON Feed may be sent
_READABLE = (
    *("text/", "application/xml", "application/xhtml", "application/rss", "application/atom", "application/rdf"),
    *JSON,
)
_PERHAPS_READABLE = ("", "application/octet-stream", "application/gzip", "application/x-gzip", "binary/octet-stream")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much: seconds, bytes (after unpacking) and counts."""

    connect: float = 5.0
    read: float = 15.0
    whole: float = 60.0  # one try, by the clock, its redirects included
    size: int = 20_000_000
    redirects: int = 5
    tries: int = 3
    backoff: float = 1.0  # before the second try; twice that before the third
    longest_wait: float = 30.0  # where a server asks for more, the fetch is given up
    pause: float = 0.5  # between two requests to one host


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask later whether a page has changed, and the digest of the page itself.

    Many a server gives nothing, or does not answer what it was asked: then an equal digest says it.
    """

    etag: str = ""
    last_modified: str = ""
    digest: str = ""


class Memory(Protocol):
    """Keeps validators from one visit to the next."""

    def get(self, url: str) -> Validators | None: ...

    def put(self, url: str, validators: Validators) -> None: ...


class Visits:
    """The Memory of a collection, in its catalogue: an article that is removed takes its visit with it.

    The catalogue keeps an ETag and a Last-Modified for each address. The digest of the page is kept in front of the
    ETag, behind a prefix that is none of an ETag's (a quoted text), and is never sent: `byline:<digest> "the ETag"`.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def get(self, url: str) -> Validators | None:
        known = self._catalogue.visit(url)
        if not known:
            return None
        etag, last_modified = known
        digest = ""
        if etag.startswith(_DIGEST):
            digest, _, etag = etag.removeprefix(_DIGEST).partition(" ")
        return Validators(etag, last_modified, digest)

    def put(self, url: str, validators: Validators) -> None:
        marked = f"{_DIGEST}{validators.digest} {validators.etag}" if validators.digest else validators.etag
        self._catalogue.set_visit(url, marked, validators.last_modified)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: the address that was asked for, the one that answered, and its bytes, unpacked."""

    asked: str
    url: str
    data: bytes
    content_type: str  # as sent, with its charset: "text/html; charset=utf-8"; "" where none was sent
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is as it was when `Fetcher.remember` was last called for it."""

    asked: str
    url: str


class Fetcher:
    """Fetches pages. One may be used for a whole run: it knows each site's robots.txt and when it was last asked.

    Proxies and other settings of the environment are not used. `resolve` and `sleep` are for tests.
    """

    def __init__(
        self,
        allow_private: bool = False,
        user_agent: str = USER_AGENT,
        memory: Memory | None = None,
        *,
        limits: Limits = Limits(),
        resolve: Resolve = system_resolve,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._allow_private = allow_private
        self._user_agent = user_agent
        self._memory = memory
        self._limits = limits
        self._resolve = resolve
        self._sleep = sleep
        self._turns = Turns(sleep)
        self._robots: dict[str, Robots] = {}
        self._robots_lock = threading.Lock()

    def fetch(self, url: str) -> Fetched | NotModified:
        """What the address holds, or that it has not changed since it was remembered.

        Raises SourceError, one line with the address, what happened and what mends it.
        """
        try:
            return self._patiently(lambda: self._follow(url, polite=True))
        except Trouble as trouble:
            by_way_of = f" (redirected to {shown(trouble.hop)})" if trouble.hop else ""
            raise SourceError(f"{shown(url)}{by_way_of}: {trouble}") from trouble

    def remember(self, page: Fetched) -> None:
        """Let the next visit ask only whether the page has changed. For pages whose article is safely kept."""
        if self._memory is not None and page.validators != Validators():
            self._memory.put(page.url, page.validators)

    def _patiently(self, action: Callable[[], T]) -> T:
        for attempt in range(1, self._limits.tries + 1):
            try:
                return action()
            except Failed as failure:
                wait = failure.wait
                if wait is None:
                    wait = self._limits.backoff * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)
                if attempt == self._limits.tries or wait > self._limits.longest_wait:
                    raise
                self._sleep(wait)
        raise AssertionError("at least one try")

    def _follow(self, asked: str, *, polite: bool) -> Fetched | NotModified:
        """One try: the address and the redirects from it, each checked as if it had been asked for."""
        deadline = Deadline(self._limits.whole)
        hop = asked
        backend = CheckedBackend(self._resolve, deadline, allow_private=self._allow_private)
        transport = CheckedTransport(backend, _certificates())
        try:
            with httpx.Client(transport=transport, trust_env=False, headers=self._headers) as client:
                for _ in range(self._limits.redirects + 1):
                    answer = self._one(client, asked, hop, deadline, polite=polite)
                    if not isinstance(answer, httpx.URL):
                        return answer
                    hop = str(answer)
        except Trouble as trouble:
            trouble.hop = trouble.hop or (hop if hop != asked else "")
            raise
        raise Refused(f"redirects more than {self._limits.redirects} times; check the address")

    def _one(
        self, client: httpx.Client, asked: str, hop: str, deadline: Deadline, *, polite: bool
    ) -> Fetched | NotModified | httpx.URL:
        """One request. An httpx.URL is where the answer points to."""
        url = web_address(hop)
        pause, validators = self._limits.pause, None
        if polite:
            robots = self._robots_of(url)
            if refusal := robots.refusal(str(url)):
                raise Refused(refusal)
            pause = max(pause, robots.pause)
            validators = self._memory.get(str(url)) if self._memory is not None else None
        timeout = httpx.Timeout(self._limits.read, connect=self._limits.connect)
        with (
            self._turns.take(url.host, pause),
            deadline.running(),
            _httpx_translated(),
            client.stream("GET", url, headers=_conditions(validators), timeout=timeout) as response,
        ):
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return _target(url, response.headers["location"])
            if response.status_code == 304 and validators:
                return NotModified(asked, str(url))
            if response.status_code != 200:
                raise _status_trouble(response, self._limits.longest_wait)
            if polite:
                _expect_readable(response)
            data = _body(response, self._limits.size if polite else _ROBOTS_BYTES, only_beginning=not polite)
            now = _validators(response, data)
            if validators and validators.digest == now.digest:
                return NotModified(asked, str(url))
            return Fetched(asked, str(url), data, response.headers.get("content-type", ""), now)

    def _robots_of(self, url: httpx.URL) -> "Robots":
        origin = str(url.copy_with(raw_path=b"/robots.txt"))
        with self._robots_lock:
            robots = self._robots.get(origin)
        if robots is None:
            robots = self._read_robots(origin)
            with self._robots_lock:
                self._robots[origin] = robots
        return robots

    def _read_robots(self, url: str) -> "Robots":
        """No robots.txt (HTTP 4xx) allows everything; one that cannot be read allows nothing (RFC 9309, 2.3.1)."""
        try:
            answer = self._patiently(lambda: self._follow(url, polite=False))
            text = answer.data.decode("utf-8", "replace") if isinstance(answer, Fetched) else ""
            return Robots(text, self._user_agent)
        except Trouble as trouble:
            if 400 <= trouble.status < 500:
                return Robots("", self._user_agent)
            reason = str(trouble)
            if trouble.reached or trouble.hop:  # else the site as a whole is not there: no need to speak of robots.txt
                reason = f"is not fetched, as it cannot be known whether its robots.txt allows it: that file {trouble}"
            return Robots("", self._user_agent, reason)

    @cached_property
    def _headers(self) -> dict[str, str]:
        accept = (
            "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, "
            "application/xml, */*;q=0.1"
        )
        return {"user-agent": self._user_agent, "accept": accept, "accept-encoding": "gzip"}


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)  # takes a tenth of a second


@contextmanager
def _httpx_translated() -> Iterator[None]:
    """httpx looks at each Location by itself, before anyone asks where it leads, and at each name it is to send."""
    try:
        yield
    except (httpx.InvalidURL, httpx.HTTPError, UnicodeError) as error:
        raise Refused(_NO_ADDRESS) from error


def _validators(response: httpx.Response, data: bytes) -> Validators:
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    return Validators(response.headers.get("etag", ""), response.headers.get("last-modified", ""), digest)


def _conditions(validators: Validators | None) -> dict[str, str]:
    known = validators or Validators()
    conditions = {"if-none-match": known.etag, "if-modified-since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _target(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return url.join(location)
    except (httpx.InvalidURL, ValueError) as error:
        raise Refused(_NO_ADDRESS) from error


def _status_trouble(response: httpx.Response, longest_wait: float) -> Trouble:
    status = response.status_code
    if status in _WORTH_ANOTHER_TRY:
        wait = _retry_after(response.headers.get("retry-after", "")) if status in (429, 503) else None
        if wait is not None and wait > longest_wait:
            return Failed(
                f"asks to come back in {wait:.0f} seconds (HTTP {status}); try again then", status=status, wait=wait
            )
        return Failed(f"cannot answer now (HTTP {status}); try again later", status=status, wait=wait)
    if status in (404, 410):
        return Refused(f"is not there (HTTP {status}); check the address", status=status)
    if status in (401, 402, 403, 407, 451):
        return Refused(f"is not given to programs (HTTP {status}); save the page and add the file", status=status)
    return Refused(f"did not send a page (HTTP {status}); check the address", status=status)


def _retry_after(header: str) -> float | None:
    """Seconds from now. The header holds seconds or a date (RFC 9110, 10.2.3)."""
    if header.strip().isascii() and header.strip().isdigit():
        return min(float(header), _NEVER)
    try:
        return max(parsedate_to_datetime(header).timestamp() - time.time(), 0.0)
    except (ValueError, OverflowError):
        return None


def _expect_readable(response: httpx.Response) -> None:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if (
        not (kind.startswith(_READABLE) or kind in _PERHAPS_READABLE or kind.endswith("+xml"))
        or kind == "image/svg+xml"
    ):
        raise Refused(f"is {shown(kind)[:60]}, not a page, a feed or a sitemap; save it and add the file")


def _body(response: httpx.Response, limit: int, *, only_beginning: bool) -> bytes:
    """The bytes as the server meant them. Of more than `limit` about so many, or none: Refused is raised."""
    length = response.headers.get("content-length", "")
    is_long = length.isascii() and length.isdigit() and int(length[:20]) > limit
    try:
        if is_long and not only_beginning:
            raise TooLarge(bytearray())
        return _unpacked(response, limit)
    except TooLarge as error:
        if only_beginning:
            return error.begun
        what = f"is larger than {limit / 1e6:g} MB"
        raise Refused(f"{what}; give the address of a single page, or of a smaller feed") from error


def _unpacked(response: httpx.Response, limit: int) -> bytes:
    """The bytes as the server meant them; raises TooLarge. httpx would unpack without a limit, so it is done here."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        return collected(response.iter_raw(), limit)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        how = shown(encoding)[:60]
        raise Refused(f"comes packed in a way ({how}) that was not asked for; save the page and add the file")
    try:
        return inflated(response.iter_raw(), limit)
    except Damaged as error:
        raise Failed("sent a page that cannot be unpacked; try again later") from error


class Robots:
    """What one site's robots.txt says to one user agent. With a `reason` nothing is allowed, and that is why."""

    def __init__(self, text: str, user_agent: str, reason: str = "") -> None:
        self._rules = protego.Protego.parse(text)
        self._user_agent = user_agent
        self._reason = reason

    def refusal(self, url: str) -> str:
        """Why the address may not be fetched; an empty string where it may."""
        if self._reason:
            return self._reason
        if self._rules.can_fetch(url, self._user_agent):
            return ""
        return "is not fetched: the site's robots.txt asks programs to leave it alone; save the page and add the file"

    @property
    def pause(self) -> float:
        """The seconds the site asks for between two requests, at most 10."""
        asked = self._rules.crawl_delay(self._user_agent) or 0.0
        return min(max(asked, 0.0), _LONGEST_PAUSE)


@dataclass(slots=True)
class _Site:
    lock: threading.Lock = field(default_factory=threading.Lock)
    last: float | None = None


class Turns:
    """One request a host at a time, also from several threads, with a pause since the last one ended."""

    def __init__(self, sleep: Callable[[float], None]) -> None:
        self._sleep = sleep
        self._sites: dict[str, _Site] = {}
        self._lock = threading.Lock()

    @contextmanager
    def take(self, host: str, pause: float) -> Iterator[None]:
        """Waits for the host to be free and for `pause` seconds since its last request."""
        with self._lock:
            site = self._sites.setdefault(host, _Site())
        with site.lock:
            wait = 0.0 if site.last is None else site.last + pause - time.monotonic()
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                site.last = time.monotonic()
