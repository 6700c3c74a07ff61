"""Fetching one address: limits, manners, and what may not be reached."""

import contextlib
import gzip
import random
import ssl
import time
import zlib
from collections.abc import Iterator
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

import httpcore
import httpx
import pytest

from index.errors import SourceError
from index.store.catalogue import Catalogue
from index.web import Fetched, Fetcher, Limits, NotModified, Validators
from index.web.fetch import Visits
from index.web.transport import (
    CheckedBackend,
    CheckedTransport,
    Damaged,
    Deadline,
    NotPublic,
    Refused,
    inflated,
    is_public,
)
from tests.web_server import Memo, Reply, WebServer, closed_port

QUICK = Limits(connect=2, read=2, whole=2, size=100_000, backoff=0, pause=0)
PAGE = Reply(b"<html><p>Norway ended the ferry subsidies.</p></html>")


@pytest.fixture
def site() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def fetcher(limits: Limits = QUICK, memory: Memo | None = None, slept: list[float] | None = None) -> Fetcher:
    return Fetcher(True, memory=memory, limits=limits, sleep=([] if slept is None else slept).append)


def get(url: str, limits: Limits = QUICK) -> Fetched:
    page = fetcher(limits).fetch(url)
    assert isinstance(page, Fetched)
    return page


def refusal(url: str, using: Fetcher | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        (using or fetcher()).fetch(url)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(url[:20])
    return message


# What comes back


def test_a_page_comes_with_its_address_and_content_type(site: WebServer) -> None:
    site.routes["/a"] = PAGE
    page = get(site.url("/a#part"))
    assert (page.data, page.url) == (PAGE.body, site.url("/a"))
    assert page.asked == site.url("/a#part")
    assert page.content_type == "text/html; charset=utf-8"
    assert site.requests[-1].headers["user-agent"].startswith("Byline/")


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_packed_page_is_unpacked(site: WebServer, encoding: str, pack: object) -> None:
    body = PAGE.body * 500
    packed = gzip.compress(body[:7000]) + gzip.compress(body[7000:]) if encoding == "gzip" else zlib.compress(body)
    site.routes["/a"] = Reply(packed, headers={"content-encoding": encoding})
    assert get(site.url("/a")).data == body


def test_redirects_are_followed(site: WebServer) -> None:
    site.routes |= {"/a": Reply(status=301, headers={"location": "/b"}), "/b": PAGE}
    page = get(site.url("/a"))
    assert (page.asked, page.url) == (site.url("/a"), site.url("/b"))


def test_settings_of_the_environment_are_not_used(site: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port()}")
    site.routes["/a"] = PAGE
    assert get(site.url("/a")).data


# What does not


@pytest.mark.parametrize(
    ("status", "says"),
    [(404, "not there"), (410, "not there"), (403, "save the page"), (418, "HTTP 418"), (304, "HTTP 304")],
)
def test_a_status_is_explained(site: WebServer, status: int, says: str) -> None:
    site.routes["/a"] = Reply(b"" if status == 304 else b"x", status)
    assert says in refusal(site.url("/a"))
    assert site.asked("/a") == 1


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/pdf", "image/svg+xml", "application/zip"])
def test_what_is_no_page_is_refused_by_its_type(site: WebServer, kind: str) -> None:
    site.routes["/a"] = Reply(b"\x89PNG", kind=kind)
    assert f"is {kind}, not a page" in refusal(site.url("/a"))


def test_a_large_page_is_refused_by_what_it_claims_or_sends(site: WebServer) -> None:
    site.routes["/claims"] = Reply(b"x", length=10**12)
    site.routes["/sends"] = Reply(b"x" * 200_000)
    for path in ("/claims", "/sends"):
        assert "larger than 0.1 MB" in refusal(site.url(path))
        assert site.asked(path) == 1


def test_a_bomb_is_not_unpacked(site: WebServer) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    site.routes["/a"] = Reply(bomb, headers={"content-encoding": "gzip"})
    site.routes["/b"] = Reply(bomb, headers={"content-encoding": "gzip, gzip"})
    site.routes["/c"] = Reply(bomb, headers={"content-encoding": "br"})
    assert "larger than" in refusal(site.url("/a"))
    assert "not asked for" in refusal(site.url("/b"))
    assert "not asked for" in refusal(site.url("/c"))


def test_a_dripping_server_is_cut_by_the_clock(site: WebServer) -> None:
    site.routes["/a"] = Reply(b"x" * 1000, drip=0.05)
    started = time.monotonic()
    assert "took longer than 0.4 seconds" in refusal(site.url("/a"), fetcher(Limits(whole=0.4, pause=0, backoff=0)))
    assert time.monotonic() - started < 1.5
    assert site.asked("/a") == 1


def test_a_silent_server_is_tried_three_times(site: WebServer) -> None:
    site.routes["/a"] = Reply(b"x", length=2, drip=1.0)
    assert "did not answer in time" in refusal(site.url("/a"), fetcher(Limits(read=0.1, pause=0, backoff=0)))
    assert site.asked("/a") == 3


def test_a_broken_off_answer_is_tried_again(site: WebServer) -> None:
    site.routes["/a"] = [Reply(b"half", length=100), PAGE]
    assert get(site.url("/a")).data == PAGE.body
    site.routes["/b"] = Reply(b"half", length=100)
    assert "broke off" in refusal(site.url("/b"))
    assert site.asked("/b") == 3
    site.routes["/c"] = Reply(gzip.compress(random.randbytes(900))[:-20], headers={"content-encoding": "gzip"})
    assert "cannot be unpacked" in refusal(site.url("/c"))


def test_redirects_end(site: WebServer) -> None:
    site.routes["/a"] = Reply(status=302, headers={"location": "/a"})
    assert "more than 5 times" in refusal(site.url("/a"))
    assert site.asked("/a") == 6


def test_nothing_listens() -> None:
    assert "cannot be reached (no connection)" in refusal(f"http://127.0.0.1:{closed_port()}/a")


def test_a_name_that_is_not_there() -> None:
    def nothing(host: str, port: int) -> list[str]:
        return []

    def slow(host: str, port: int) -> list[str]:
        time.sleep(1)
        return ["127.0.0.1"]

    assert "no address" in refusal("http://news.example/a", Fetcher(limits=QUICK, resolve=nothing))
    hasty = Limits(whole=0.1, pause=0, backoff=0)
    assert "looking up" in refusal("http://news.example/a", Fetcher(limits=hasty, resolve=slow, sleep=lambda _: None))


@pytest.mark.parametrize(
    "url",
    ["ftp://x.example/a", "file:///etc/passwd", "news.example/a", "http://", "http://[::1", ""],
)
def test_what_is_no_web_address(url: str) -> None:
    assert "is not a web address" in refusal(url)


def test_a_password_is_neither_sent_nor_shown() -> None:
    with pytest.raises(SourceError, match="user name or password") as caught:
        fetcher().fetch("http://kari:secret@news.example/a")
    assert "secret" not in str(caught.value)


def test_what_an_address_does_to_a_terminal_is_not_shown() -> None:
    assert "\x1b" not in refusal("http://news.example/\x1b[31m\na" + 1000 * "a")


@pytest.mark.parametrize("port", [22, 25, 6379, 99999])
def test_ports_of_other_services(port: int) -> None:
    assert f"port {port}" in refusal(f"http://127.0.0.1:{port}/")


# Private networks


HERE = """127.0.0.1 localhost [::1] [::] 0.0.0.0 2130706433 0x7f000001 0x7f.1 017700000001 127.1 [::ffff:127.0.0.1]
[::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::]""".split()


@pytest.mark.parametrize("host", HERE)
def test_this_machine_is_refused_however_it_is_written(site: WebServer, host: str) -> None:
    port = site.address.rpartition(":")[2]
    message = refusal(f"http://{host}:{port}/a", Fetcher(limits=QUICK))
    assert message.endswith("is on this machine or a private network; add --allow-private if that is meant")
    assert not site.requests


PRIVATE = """10.0.0.5 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 192.0.2.1 198.18.0.1 224.0.0.1 240.0.0.1
255.255.255.255 0.0.0.0 127.9.9.9 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fec0::1 ff02::1 ff0e::1 ::ffff:10.0.0.1
::ffff:8.8.8.8 2002:a00:1:: 2002:808:808:: 64:ff9b::a00:1 64:ff9b:1::1 2001:0:1:: 100::1 2001:db8::1
192.0.0.9 192.0.0.192 192.88.99.1 192.31.196.7 192.52.193.7 192.175.48.7 198.19.255.255 198.51.100.3 203.0.113.3
100.100.100.200 168.63.129.16 239.1.1.1 ::10.0.0.1 ::ffff:0:10.0.0.1 64:ff9b:1:ffff::a00:1 100:0:0:1::7 2001:1::1
2001:2::7 2001:3::7 2001:10::7 2001:20::7 2001:30::7 2001:1ff::7 2620:4f:8000::7 3fff:fff::7 5f00::7 fd00:ec2::254
1::1 4000::1""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_with_a_private_address_among_others_is_refused(address: str) -> None:
    assert not is_public(address)

    def resolve(host: str, port: int) -> list[str]:
        return ["93.184.216.34", address]

    assert "private network" in refusal("https://news.example/a", Fetcher(limits=QUICK, resolve=resolve))


EDGES = """
9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 168.63.129.17 172.32.0.0 191.255.255.255 192.0.1.1 192.0.3.0
198.17.255.255 198.20.0.0 223.255.255.255 2001:200::1 2003::1 2001:db7:ffff::1 2620:4f:8001::1 3ffe:ffff::1""".split()


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", *EDGES])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def test_a_redirect_to_a_private_network_is_refused(site: WebServer) -> None:
    """The first address counts as public here; the one it redirects to, on the same server, does not."""
    port = site.address.rpartition(":")[2]
    site.routes["/a"] = Reply(status=302, headers={"location": "http://metadata.example:1/latest"})
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        if host == "metadata.example":
            raise NotPublic
        return ["127.0.0.1"]

    site.routes["/a"] = Reply(status=302, headers={"location": f"http://metadata.example:{port}/latest"})
    message = refusal(f"http://news.example:{port}/a", Fetcher(True, limits=QUICK, resolve=resolve))
    assert f"(redirected to http://metadata.example:{port}/latest): is on this machine" in message
    assert site.asked("/latest") == 0
    assert set(asked) == {"news.example", "metadata.example"}


class Connections(httpcore.NetworkBackend):
    """Connects to nothing, and keeps what it was asked to connect to."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.NetworkStream:
        self.made.append(host)
        return httpcore.MockStream([])


def test_a_name_that_changes_its_address_is_looked_up_once_a_connection() -> None:
    """The connection goes to the address that was checked; the next is checked anew."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    below = Connections()
    backend = CheckedBackend(lambda host, port: next(answers), Deadline(5), allow_private=False, below=below)
    backend.connect_tcp("news.example", 80)
    assert below.made == ["93.184.216.34"]
    with pytest.raises(NotPublic):
        backend.connect_tcp("news.example", 80)
    assert below.made == ["93.184.216.34"]


class Untrusted(httpcore.MockStream):
    """A connection whose certificate is for someone else."""

    asked_for: ClassVar[list[str | None]] = []

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        assert ssl_context.check_hostname
        self.asked_for.append(server_hostname)
        raise httpcore.ConnectError("wrong name") from ssl.SSLCertVerificationError("wrong name")


def test_the_certificate_must_be_for_the_name_and_not_for_the_address() -> None:
    class Secure(Connections):
        def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.NetworkStream:
            self.made.append(host)
            return Untrusted([])

    below = Secure()
    backend = CheckedBackend(lambda host, port: ["93.184.216.34"], Deadline(5), allow_private=False, below=below)
    with (
        httpx.Client(transport=CheckedTransport(backend, ssl.create_default_context())) as client,
        pytest.raises(Refused, match="certificate"),
    ):
        client.get("https://news.example/a")
    assert (below.made, Untrusted.asked_for) == (["93.184.216.34"], ["news.example"])


def test_the_name_is_kept_in_the_request(site: WebServer) -> None:
    port = site.address.rpartition(":")[2]
    site.routes["/a"] = PAGE
    Fetcher(True, limits=QUICK, resolve=lambda host, port: ["127.0.0.1"]).fetch(f"http://news.example:{port}/a")
    assert site.requests[-1].headers["host"] == f"news.example:{port}"


def test_the_next_address_is_tried_where_the_first_does_not_answer(site: WebServer) -> None:
    port = site.address.rpartition(":")[2]
    site.routes["/a"] = PAGE
    both = Fetcher(True, limits=QUICK, resolve=lambda host, port: ["127.0.0.9", "127.0.0.1"])
    assert isinstance(both.fetch(f"http://news.example:{port}/a"), Fetched)


# Manners


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_kept_to(site: WebServer, status: int) -> None:
    slept: list[float] = []
    site.routes["/a"] = [Reply(status=status, headers={"retry-after": "7"}), PAGE]
    assert isinstance(fetcher(slept=slept).fetch(site.url("/a")), Fetched)
    assert slept == [7.0]


def test_retry_after_as_a_date_or_too_far_away(site: WebServer) -> None:
    slept: list[float] = []
    site.routes["/a"] = [Reply(status=503, headers={"retry-after": formatdate(time.time() + 20, usegmt=True)}), PAGE]
    fetcher(slept=slept).fetch(site.url("/a"))
    assert 15 < slept[0] <= 20
    site.routes["/b"] = Reply(status=429, headers={"retry-after": "3600"})
    assert "come back in 3600 seconds" in refusal(site.url("/b"))
    assert site.asked("/b") == 1


def test_a_failing_server_is_tried_three_times_with_growing_waits(site: WebServer) -> None:
    slept: list[float] = []
    site.routes["/a"] = Reply(status=502, headers={"retry-after": "soon"})
    assert "HTTP 502" in refusal(site.url("/a"), fetcher(Limits(backoff=1, pause=0), slept=slept))
    assert site.asked("/a") == 3
    assert 0.5 <= slept[0] <= 1.5
    assert 1 <= slept[1] <= 3


def test_robots_are_obeyed_and_asked_once(site: WebServer) -> None:
    site.routes |= {"/robots.txt": Reply(b"User-agent: byline\nDisallow: /no\n"), "/a": PAGE, "/no/b": PAGE}
    one = fetcher()
    assert isinstance(one.fetch(site.url("/a")), Fetched)
    assert "robots.txt asks" in refusal(site.url("/no/b"), one)
    assert (site.asked("/robots.txt"), site.asked("/no/b")) == (1, 0)


def test_a_redirect_into_what_robots_forbid(site: WebServer) -> None:
    site.routes |= {
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /no\n"),
        "/a": Reply(status=302, headers={"location": "/no"}),
    }
    assert "/no): is not fetched" in refusal(site.url("/a"))
    assert site.asked("/no") == 0


@pytest.mark.parametrize("status", [401, 403, 404, 429])
def test_no_robots_allow(site: WebServer, status: int) -> None:
    site.routes |= {"/robots.txt": Reply(b"Disallow", status), "/a": PAGE}
    assert get(site.url("/a"))


def test_broken_robots_forbid(site: WebServer) -> None:
    site.routes |= {"/robots.txt": Reply(status=500), "/a": PAGE}
    one = fetcher()
    for _ in range(2):
        assert "robots.txt allows it: that file cannot answer now (HTTP 500)" in refusal(site.url("/a"), one)
    assert (site.asked("/robots.txt"), site.asked("/a")) == (3, 0)


def test_a_pause_between_two_requests(site: WebServer) -> None:
    site.routes |= {"/a": PAGE, "/b": PAGE}
    one = Fetcher(True, limits=Limits(pause=0.15))
    one.fetch(site.url("/a"))
    one.fetch(site.url("/b"))
    assert all(second.at - first.at > 0.14 for first, second in pairwise(site.requests))


@pytest.mark.parametrize(("asked", "waited"), [("3", 3), ("90", 10), ("-4", 0)])
def test_the_pause_that_robots_ask_for(site: WebServer, asked: str, waited: float) -> None:
    slept: list[float] = []
    site.routes |= {"/robots.txt": Reply(f"User-agent: *\nCrawl-delay: {asked}\n".encode()), "/a": PAGE}
    fetcher(slept=slept).fetch(site.url("/a"))
    assert sum(slept) == pytest.approx(waited, abs=0.5)


# The second visit


def test_a_second_visit_asks_whether_the_page_has_changed(site: WebServer) -> None:
    memory = Memo()
    first = Reply(PAGE.body, headers={"etag": '"v1"', "last-modified": "Tue, 06 Oct 2020 10:00:00 GMT"})
    site.routes["/a"] = [first, first, Reply(status=304), Reply(PAGE.body + b"<!-- corrected -->")]
    page = fetcher(memory=memory).fetch(site.url("/a"))
    assert isinstance(page, Fetched)
    fetcher(memory=memory).fetch(site.url("/a"))
    assert site.requests[-1].headers["if-none-match"] is None  # not remembered yet
    fetcher(memory=memory).remember(page)
    assert fetcher(memory=memory).fetch(site.url("/a")) == NotModified(site.url("/a"), site.url("/a"))
    assert site.requests[-1].headers["if-none-match"] == '"v1"'
    assert site.requests[-1].headers["if-modified-since"] == "Tue, 06 Oct 2020 10:00:00 GMT"
    assert isinstance(fetcher(memory=memory).fetch(site.url("/a")), Fetched)


def test_a_page_whose_server_gives_nothing_is_known_by_its_digest(site: WebServer) -> None:
    memory = Memo()
    site.routes["/a"] = [PAGE, PAGE, Reply(PAGE.body + b"<!-- more -->")]
    one = fetcher(memory=memory)
    page = one.fetch(site.url("/a"))
    assert isinstance(page, Fetched)
    one.remember(page)
    assert one.fetch(site.url("/a")) == NotModified(site.url("/a"), site.url("/a"))
    assert isinstance(one.fetch(site.url("/a")), Fetched)
    sent = [{"if-none-match", "if-modified-since"} & {name.lower() for name in r.headers} for r in site.requests]
    assert not any(sent)


def test_a_digest_is_kept_in_the_catalogue_and_never_sent(site: WebServer, tmp_path: Path) -> None:
    with contextlib.closing(Catalogue(tmp_path / "catalogue.sqlite3")) as catalogue:
        memory = Visits(catalogue)
        site.routes |= {"/a": PAGE, "/b": Reply(PAGE.body, headers={"etag": '"v 1"', "last-modified": "then"})}
        for path in ("/a", "/b"):
            page = Fetcher(True, memory=memory, limits=QUICK).fetch(site.url(path))
            assert isinstance(page, Fetched)
            Fetcher(memory=memory).remember(page)
            assert memory.get(site.url(path)) == page.validators
            assert isinstance(Fetcher(True, memory=memory, limits=QUICK).fetch(site.url(path)), NotModified)
        assert site.requests[-1].headers["if-none-match"] == '"v 1"'
        assert not any("byline:" in value for request in site.requests for value in request.headers.values())
        catalogue.set_visit("http://old.example/", '"v1"', "")  # as written before there were digests
        assert memory.get("http://old.example/") == Validators('"v1"')


# Answers made to confuse


HOSTILE = ["javascript:alert(1)", "mailto:a@b.example", "http://", "http://[::1", "http://xn--a.example/", "\x7f\xff"]


@pytest.mark.parametrize("location", HOSTILE)
def test_a_redirect_to_no_address_is_one_line(site: WebServer, location: str) -> None:
    """httpx looks at the header by itself, and raises before anyone follows it."""
    site.routes["/a"] = Reply(status=302, headers={"location": location})
    assert "address" in refusal(site.url("/a"))


def test_a_long_robots_file_counts_by_its_beginning(site: WebServer) -> None:
    site.routes |= {"/robots.txt": Reply(b"User-agent: *\nDisallow: /no\n" + b"# more\n" * 400_000), "/a": PAGE}
    one = fetcher()
    assert isinstance(one.fetch(site.url("/a")), Fetched)
    assert "robots.txt asks" in refusal(site.url("/no"), one)


def test_robots_that_do_not_answer_are_named(site: WebServer) -> None:
    site.routes |= {"/robots.txt": Reply(b"ab", length=9, drip=1), "/a": PAGE}
    hasty = fetcher(Limits(read=0.1, pause=0, backoff=0))
    assert "that file did not answer in time" in refusal(site.url("/a"), hasty)


def test_empty_gzip_members_without_end_cost_little() -> None:
    void = gzip.compress(b"", mtime=0)
    assert inflated(iter([void * 200_000 + gzip.compress(b"a page")]), 100) == b"a page"
    assert inflated(iter([gzip.compress(b"a") + bytes(9000), bytes(9000)]), 100) == b"a"
    for data in (void * 1000 + b"what", void[:-1], b"\x1f"):
        with pytest.raises(Damaged):
            inflated(iter([data]), 100)
