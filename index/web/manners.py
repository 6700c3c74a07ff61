"""Manners towards a site: what its robots.txt says, and one request at a time with a pause between."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import protego

_LONGEST_PAUSE = 10.0


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
