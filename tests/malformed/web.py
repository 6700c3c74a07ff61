"""Malformed sites: pages, feeds and sitemaps of a server on this machine that lies, loops, drips or never ends."""

import gzip
import json
import random
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.articles import unique_word
from tests.malformed.case import SPOILED, Case, page_of
from tests.web_server import Answer, Reply, WebServer, closed_port

PUBLIC = "127.0.0.77"  # stands for an address of the public web in this corpus
FEED = "application/rss+xml"
XML = "text/xml"
ENDLESS = 10**9

Routes = dict[str, Answer]


@dataclass(frozen=True)
class Page:
    """An address and what is served there. Of `routes` the key "" is the address itself, others are below it."""

    name: str
    kind: str
    routes: Routes
    articles: int | None = 0
    lines: int | None = 1
    word: str = ""
    address: str = ""  # where it is not on the server


@contextmanager
def malformed_web(folder: Path) -> Iterator[dict[str, tuple[str, Case]]]:
    """The address of each case, and the case, by the key that is in its address."""
    with ExitStack() as stack:
        site = stack.enter_context(WebServer(PUBLIC))
        served: dict[str, tuple[str, Case]] = {}
        pages = [
            *_good_pages(),
            *_answers(),
            *_packed(),
            *_bodies(),
            *_redirects(site),
            *_feeds(site),
            *_sitemaps(site),
        ]
        for page in [*pages, *_elsewhere(site)]:
            _serve(served, site, page)
        for page, robots in _of_robots():
            other = stack.enter_context(WebServer(PUBLIC))
            other.routes["/robots.txt"] = robots
            _serve(served, other, page)
        if certificate := _self_signed(folder):
            _serve(served, stack.enter_context(WebServer(PUBLIC, certificate)), Page("self-signed", "invalid TLS", {}))
        yield served


def _serve(served: dict[str, tuple[str, Case]], site: WebServer, page: Page) -> None:
    key = f"w{len(served):04}"
    base = f"/{key}-{page.name}"
    site.routes |= {base + below: _in(answer, base) for below, answer in page.routes.items()}
    address = f"{page.address}/{key}" if page.address else site.url(base)
    served[key] = address, Case(page.name, page.kind, b"", page.articles, page.lines, page.word)


def _in(answer: Answer, base: str) -> Answer:
    """The answer with BASE in its body and its Location replaced by where the case is served."""
    if not isinstance(answer, Reply):
        return answer
    headers = {name: value.replace("BASE", base) for name, value in answer.headers.items()}
    return Reply(
        answer.body.replace(b"BASE", base.encode()),
        answer.status,
        headers,
        answer.kind,
        answer.length,
        answer.drip,
        answer.times,
        answer.raw,
    )


def _html(number: int = SPOILED) -> bytes:
    return page_of(number).encode()


def _good_pages() -> Iterator[Page]:
    for number in range(5_000, 5_012):
        yield Page("good", "good", {"": Reply(_html(number))}, 1, 0, unique_word(number))
    items = {f"/{number}": Reply(_html(number)) for number in range(5_020, 5_024)}
    feed = {"": Reply(_rss(*(f"BASE{path}" for path in items)), kind=FEED)}
    yield Page("good-feed", "good", feed | items, 4, 0, unique_word(5_021))


def _answers() -> Iterator[Page]:
    for status in (401, 402, 403, 404, 405, 410, 418, 429, 451, 500, 502, 503, 504, 599, 204, 206, 300, 304):
        yield Page(f"status-{status}", "HTTP errors", {"": Reply(b"" if status in (204, 304) else b"no", status)})
    for status in (429, 503):
        for wait in (
            "1",
            "3600",
            "-5",
            "soon",
            "9" * 5000,
            "Tue, 06 Oct 2020 10:00:00 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
        ):
            headers = {"retry-after": wait}
            yield Page(
                f"retry-{wait[:6].strip(',')}", "HTTP errors with Retry-After", {"": Reply(b"", status, headers)}
            )
    for name, raw in {
        "ssh": b"SSH-2.0-OpenSSH_9.6\r\n",
        "nothing": b"",
        "smtp": b"220 mail ESMTP\r\n",
        "old-http": _html(),
        "half-head": b"HTTP/1.1 200 OK\r\nContent-",
        "bad-status": b"HTTP/1.1 abc OK\r\n\r\n",
        "status-0": b"HTTP/1.1 000 OK\r\n\r\n",
        "bad-header": b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\nbody",
        "nul-header": b"HTTP/1.1 200 OK\r\nA: \0\r\n\r\nbody",
        "noise": random.Random(3).randbytes(3000),
        "two-lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
        "bad-length": b"HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nabc",
        "huge-header": b"HTTP/1.1 200 OK\r\nA: " + b"a" * 10**6,
        "many-headers": b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200_000,
        "switch": b"HTTP/1.1 101 Switching\r\n\r\n",
        "bad-chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        "cut-chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc",
        "huge-chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc",
        "odd-coding": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc",
    }.items():
        yield Page(name, "not HTTP", {"": Reply(raw, raw=True)})
    yield Page("continue", "not HTTP", {"": Reply(b"HTTP/1.1 100 Continue\r\n\r\n", raw=True, times=300_000)})
    slow_head = Reply(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" * 50, raw=True, drip=0.05)
    yield Page("slow-head", "slow server", {"": slow_head})
    yield Page("slow-body", "slow server", {"": Reply(_html(), drip=0.05)})
    yield Page("silent", "slow server", {"": Reply(b"ab", drip=3.0, raw=True)})
    yield Page("stuck", "slow server", {"": Reply(b"ab", length=9, drip=3.0)})
    yield Page("endless", "endless body", {"": Reply(b"<p>a</p>" * 10_000, length=-1, times=ENDLESS)})
    chunks = Reply(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 500_000, raw=True, times=1
    )
    yield Page("tiny-chunks", "endless body", {"": chunks})
    yield Page("endless-head", "endless body", {"": Reply(b"A: b\r\n" * 1000, raw=True, times=ENDLESS)})
    for name, length in {"longer": 10**6, "much-longer": 10**15}.items():
        yield Page(f"claims-{name}", "wrong Content-Length", {"": Reply(_html(), length=length)})
    yield Page("claims-less", "wrong Content-Length", {"": Reply(_html(), length=300)}, None, None)
    yield Page("claims-nothing", "wrong Content-Length", {"": Reply(_html(), length=0)})
    for kind in ("image/png", "application/pdf", "audio/mpeg", "x" * 5000, "text", "\x1b[31m", "application/json"):
        yield Page(f"kind-{len(kind)}", "other content types", {"": Reply(_html(), kind=kind)})
    cookies = {f"set-cookie{' ' * 0}": "a=" + "b" * 60_000}
    yield Page("cookies", "odd headers", {"": Reply(_html(), headers=cookies)}, 1, 0)


def _packed() -> Iterator[Page]:
    page = _html()
    packed, bomb = gzip.compress(page), gzip.compress(bytes(300_000_000), 1)
    noise = gzip.compress(random.Random(5).randbytes(9000))
    for name, body, encoding in (
        ("not-gzip", page, "gzip"),
        ("not-deflate", page, "deflate"),
        ("brotli", page, "br"),
        ("zstd", page, "zstd"),
        ("unknown", page, "x" * 900),
        ("twice-named", packed, "gzip, gzip"),
        ("cut", noise[:4000], "gzip"),
        ("garbage", packed + b"what", "gzip"),
        ("bomb", bomb, "gzip"),
        ("nothing", b"", "gzip"),
    ):
        kind = "gzip bomb" if name == "bomb" else "Content-Encoding lies"
        yield Page(f"packed-{name}", kind, {"": Reply(body, headers={"content-encoding": encoding})})
    yield Page("unnamed-gzip", "Content-Encoding lies", {"": Reply(packed)})
    yield Page(
        "nested", "Content-Encoding lies", {"": Reply(gzip.compress(packed), headers={"content-encoding": "gzip"})}
    )
    void = gzip.compress(b"", mtime=0) * 200_000
    yield Page(
        "void", "gzip of many empty members", {"": Reply(void + packed, headers={"content-encoding": "gzip"})}, 1, 0
    )
    yield Page("void-feed", "gzip of many empty members", {"": Reply(void + gzip.compress(_rss()), kind=FEED)})
    yield Page("bomb-feed", "gzip bomb", {"": Reply(bomb, kind="application/gzip")})


def _bodies() -> Iterator[Page]:
    for name, body in {
        "empty": b"",
        "blank": b" \n ",
        "text": b"a text",
        "noise": random.Random(9).randbytes(9000),
        "nul": bytes(9000),
        "json": b'{"text": "a"}',
        "pdf": b"%PDF-1.4",
        "page-of-nothing": b"<html></html>",
        "utf-16-bom": b"\xff\xfe",
        "million-tags": page_of(SPOILED, body="<p>" * 1_000_000).encode(),
        "only-scripts": b"<script>a()</script>" * 9000,
        "deep": b"<html>" + b"<div>" * 100_000,
    }.items():
        yield Page(f"body-{name}", "pages without an article", {"": Reply(body)})
    for charset in (
        "utf-16",
        "utf-7",
        "no-such",
        "\x00",
        "x" * 3000,
        "idna",
        "unicode_escape",
        "rot13",
        "utf-32",
        "hex",
    ):
        kind = f"text/html; charset={charset}".replace("\0", "%00")
        yield Page(f"charset-{charset[:5].strip(chr(0))}", "charset lies", {"": Reply(_html(), kind=kind)}, 1, 0)
    wide = page_of(SPOILED, head='<meta charset="utf-8">').encode("utf-16")
    yield Page("wide", "charset lies", {"": Reply(wide, kind="text/html; charset=utf-8")}, 1, 0)
    linked = json.dumps({"@type": "NewsArticle", "url": "http://169.254.169.254/", "headline": "\x1b[31m"})
    lying = page_of(SPOILED, head=f'<script type="application/ld+json">{linked}</script>')
    yield Page("lies-of-its-address", "odd addresses", {"": Reply(lying.encode())}, 1, 0)


def _redirects(site: WebServer) -> Iterator[Page]:
    port = site.address.rpartition(":")[2]
    for number, target in enumerate(
        [
            f"http://127.0.0.1:{port}/",
            f"http://localhost:{port}/",
            f"http://[::1]:{port}/",
            f"http://0.0.0.0:{port}/",
            f"http://2130706433:{port}/",
            f"http://0x7f.1:{port}/",
            f"http://[::ffff:127.0.0.1]:{port}/",
            "http://169.254.169.254/latest/meta-data/",
            "http://10.0.0.1/",
            "http://192.168.1.1/",
            "http://100.64.0.1/",
            "http://[fe80::1]/",
            "http://[fc00::1]/",
            "http://[::]/",
            f"http://127.1:{port}/",
            "http://127.0.0.1:22/",
        ]
    ):
        yield Page(f"inward-{number}", "redirects to loopback", {"": Reply(b"", 302, {"location": target})})
    for number, target in enumerate(
        [
            "file:///etc/passwd",
            "ftp://news.example/a",
            "gopher://127.0.0.1:6379/_x",
            "javascript:alert(1)",
            "data:text/html,a",
            "http://",
            "http://[::1",
            "http://a b/",
            "//",
            "",
            "http://user:secret@127.0.0.1/",
            "http://news.example:99999/",
            "http://" + "a" * 5000 + ".example/",
            "http://xn--a.example/",
            "mailto:a@b.example",
            "\\\\host\\share",
            "http://.../",
            "\x7f\xff\xfe",
            "http://\u2100.example/".encode().decode("latin-1"),
        ]
    ):
        yield Page(f"outward-{number}", "redirects to no page", {"": Reply(b"", 302, {"location": target})})
    yield Page("itself", "redirect loops", {"": Reply(b"", 301, {"location": "BASE"})})
    ring = {"": Reply(b"", 302, {"location": "BASE/b"}), "/b": Reply(b"", 307, {"location": "BASE"})}
    yield Page("ring", "redirect loops", ring)
    growing: Routes = {"": lambda request: Reply(b"", 302, {"location": f"{request.path}?a"})}
    growing |= {f"{'?a' * n}": Reply(b"", 302, {"location": f"BASE{'?a' * (n + 1)}"}) for n in range(30)}
    yield Page("growing", "redirect loops", growing)
    yield Page("no-location", "redirect loops", {"": Reply(b"", 302)})
    yield Page(
        "to-good", "redirects that end", {"": Reply(b"", 302, {"location": "BASE/b"}), "/b": Reply(_html(5_100))}, 1, 0
    )


def _rss(*urls: str, head: str = "", item: str = "") -> bytes:
    items = "".join(f"<item><link>{url}</link>{item}</item>" for url in urls)
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


def _feed(name: str, kind: str, body: bytes, articles: int | None = 0, lines: int | None = 1, **more: Reply) -> Page:
    routes: Routes = {f"/{path}": reply for path, reply in more.items()}
    return Page(name, kind, {"": Reply(body, kind=FEED), **routes}, articles, lines)


def _feeds(site: WebServer) -> Iterator[Page]:
    port = site.address.rpartition(":")[2]
    good = Reply(_html(5_200))
    yield _feed("itself", "feed loops", _rss("BASE", "BASE#x", "BASE/a"), 1, 0, a=good)
    yield _feed("only-itself", "feed loops", _rss("BASE"), 0, None)
    other = Reply(_rss("BASE", "BASE/a"), kind=FEED)
    yield _feed("a-b-a", "feed loops", _rss("BASE/b", "BASE/a"), 1, 1, a=good, b=other)
    back = Reply(b"", 302, {"location": "BASE"})
    yield _feed("by-redirect", "feed loops", _rss("BASE/b", "BASE/a"), 1, None, a=good, b=back)
    yield _feed("often", "feed loops", _rss(*["BASE/a"] * 3000), 1, 0, a=good)
    for name, body in {
        "empty": _rss(),
        "cut": _rss("BASE/a")[:60],
        "no-xml": b"<rss",
        "page": b"<rss><html></html></rss>",
        "nul": _rss("BASE/a").replace(b"<item>", b"<item>\0"),
        "deep": b"<rss>" + b"<channel>" * 20_000,
        "no-links": b"<rss version='2.0'><channel><item><title>a</title></item></channel></rss>",
        "bad-links": _rss("javascript:a", "file:///etc/passwd", "http://[::1", "mailto:a@b.example"),
        "wide-lie": _rss("BASE/a").replace(b'"1.0"', b'"1.0" encoding="utf-16"'),
        "unknown-lie": _rss("BASE/a").replace(b'"1.0"', b'"1.0" encoding="no-such"'),
    }.items():
        yield _feed(f"feed-{name}", "broken feeds", body, None, None, a=good)
    laughs = (
        '<!DOCTYPE r [<!ENTITY a0 "ha">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        + "]>"
    )
    yield _feed("laughs", "feed with an entity bomb", _rss("BASE/a", head=laughs, item="<title>&a9;</title>"))
    outside = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield _feed("outside", "feed with an entity bomb", _rss("BASE/a", head=outside, item="<title>&x;</title>"))
    many = _rss(*(f"BASE/{number}" for number in range(100_000))).replace(b"BASE", b"/w9999-none")
    yield _feed("100000", "feed with 10^5 items", many, 0, None)
    same = _rss("BASE/a", *["javascript:a"] * 100_000)
    yield _feed("100000-of-one", "feed with 10^5 items", same, 1, 0, a=good)
    for name, markup in {
        "open": "<" * 300_000,
        "tags": "<p>" * 300_000,
        "comments": "<!--" * 300_000,
        "entities": "&amp;amp;" * 90_000,
        "sections": "<![" * 300_000,
        "declarations": "<!a" * 300_000,
        "attributes": "<a b=" * 200_000,
    }.items():
        for element in ("title", "description"):
            item = f"<{element}>{markup.replace('&', '&amp;').replace('<', '&lt;')}</{element}>"
            yield _feed(f"{element}-{name}", "feed with huge markup", _rss("BASE/a", item=item), 1, 0, a=good)
    inward = (
        f"http://127.0.0.1:{port}/KEY",
        "http://169.254.169.254/KEY",
        f"http://localhost:{port}/KEY",
        "http://127.0.0.1:22/KEY",
    )
    body = _rss(*inward, "BASE/a")
    yield _feed("inward", "feed into a private network", body.replace(b"/KEY", b"BASE"), 1, 4, a=good)
    yield _feed(
        "redirecting",
        "feed into a private network",
        _rss("BASE/b"),
        0,
        1,
        b=Reply(b"", 302, {"location": "http://10.0.0.1/"}),
    )
    yield _feed("as-page", "page instead of a feed", _html(5_300), 1, 0)
    yield Page("as-image", "page instead of a feed", {"": Reply(_rss("BASE/a"), kind="image/png")})
    gone = _rss("BASE/a", "BASE/none", "BASE/b", "BASE/silent")
    yield _feed(
        "mixed",
        "feed with dead links",
        gone,
        2,
        2,
        a=good,
        b=Reply(_html(5_301)),
        silent=Reply(b"ab", length=9, drip=3),
    )


def _map(*urls: str, root: str = "urlset", entry: str = "url") -> bytes:
    return f"<{root}>{''.join(f'<{entry}><loc>{url}</loc></{entry}>' for url in urls)}</{root}>".encode()


def _index(*urls: str) -> bytes:
    return _map(*urls, root="sitemapindex", entry="sitemap")


def _sitemaps(site: WebServer) -> Iterator[Page]:
    good = Reply(_html(5_400))

    def page(name: str, kind: str, body: bytes, articles: int | None = 0, lines: int | None = 1, **more: bytes) -> Page:
        routes: Routes = {f"/{path}": Reply(data, kind=XML) for path, data in more.items()}
        return Page(name, kind, {"": Reply(body, kind=XML), "/a": good, **routes}, articles, lines)

    yield page("index-itself", "sitemap cycles", _index("BASE"), 0, None)
    yield page(
        "index-ring",
        "sitemap cycles",
        _index("BASE/b", "BASE/c"),
        1,
        None,
        b=_index("BASE", "BASE/c"),
        c=_map("BASE/a"),
    )
    yield page("index-deep", "sitemap cycles", _index("BASE/b"), 0, 1, b=_index("BASE/c"), c=_index("BASE/d"))
    below = {f"m{n}": _index(*(f"BASE/n{n}-{m}" for m in range(40))) for n in range(40)}
    yield page("explosion", "sitemap explosion", _index(*(f"BASE/m{n}" for n in range(40))), 0, None, **below)
    yield page("wide-index", "sitemap explosion", _index(*(f"BASE/m{n}" for n in range(2_000))), 0, None)
    for name, body in {
        "cut": _map("BASE/a")[:30],
        "empty": _map(),
        "no-links": _map("ftp://a.example/", "javascript:a", ""),
        "open": b"<urlset>",
        "deep": b"<urlset>" + b"<a>" * 500_000,
        "text": b"<urlset>a text</urlset>",
        "names": b"<urlset " + b"a" * 900_000 + b"/>",
        "laughs": b'<!DOCTYPE r [<!ENTITY a "ha">]>' + _map("&a;"),
        "wide-lie": b"<?xml version='1.0' encoding='utf-16'?>" + _map("BASE/a"),
        "long-address": _map("http://127.0.0.1:22/BASE" + "a" * 900_000),
        "gzip-cut": gzip.compress(_map("BASE/a"))[:-9],
    }.items():
        yield page(f"map-{name}", "broken sitemaps", body)
    large = _map(*(f"/w9999-none/{number}" for number in range(100_000)))
    yield page("100000", "sitemap of 10^5 pages", large, 0, None)
    yield page("as-page", "broken sitemaps", _index("BASE/a"))


def _elsewhere(site: WebServer) -> Iterator[Page]:
    port = site.address.rpartition(":")[2]
    for number, address in enumerate(
        [
            f"http://127.0.0.1:{port}",
            f"http://localhost:{port}",
            "http://169.254.169.254",
            "http://10.255.255.1",
            "http://[::1]",
            f"http://{PUBLIC}:{closed_port()}",
            f"http://{PUBLIC}:22",
            f"http://{PUBLIC}:99999",
            "http://[::1",
            "http://",
            "http://.",
            f"http://kari:secret@{PUBLIC}",
            "http://no-such.invalid",
            "http://a b.example",
            "http://xn--.invalid",
            "http://\x1b[31m",
            "http://" + "a" * 200,
            "http://-a-.invalid",
            "http://1.2.3.4.5.6.invalid",
        ]
    ):
        yield Page(f"address-{number}", "addresses that are none", {}, address=address)
    yield Page("plain-tls", "invalid TLS", {}, address=site.address.replace("http:", "https:"))


def _of_robots() -> Iterator[tuple[Page, Reply]]:
    good = {"": Reply(_html(5_500))}
    for name, robots in {
        "disallow": Reply(b"User-agent: *\nDisallow: /\n"),
        "500": Reply(b"", 500),
        "503": Reply(b"", 503),
        "silent": Reply(b"ab", length=9, drip=3.0),
        "ring": Reply(b"", 302, {"location": "/robots.txt"}),
        "inward": Reply(b"", 302, {"location": "http://10.0.0.1/robots.txt"}),
        "drip": Reply(b"# a\n" * 900, drip=0.05),
        "ssh": Reply(b"SSH-2.0-OpenSSH_9.6\r\n", raw=True),
        "packed": Reply(b"User-agent: *", headers={"content-encoding": "br"}),
    }.items():
        yield Page(f"robots-{name}", "robots that forbid", good), robots
    stars = "Disallow: /" + "*a" * 40 + "*b\n"
    for name, robots in {
        "endless": Reply(b"# nothing\n" * 1000, length=-1, times=ENDLESS, kind="text/plain"),
        "10-mb": Reply(b"Disallow: /a\n" * 800_000),
        "noise": Reply(random.Random(2).randbytes(9000)),
        "page": Reply(_html()),
        "nul": Reply(bytes(9000)),
        "wide": Reply("User-agent: *\nAllow: /".encode("utf-16")),
        "stars": Reply(f"User-agent: *\n{stars * 50}".encode()),
        "delay": Reply(b"User-agent: *\nCrawl-delay: 1e99\n"),
        "nan-delay": Reply(b"User-agent: *\nCrawl-delay: nan\n"),
        "404": Reply(b"", 404),
        "403": Reply(b"", 403),
        "many": Reply(b"User-agent: *\n" + b"Disallow: /*x*y$\n" * 50_000),
        "long": Reply(b"Disallow: /" + b"a" * 1_000_000),
    }.items():
        path = "a" * 60 if name == "stars" else ""
        yield Page(f"robots-{name}{path}", "odd robots", good, 1, 0), robots


def _self_signed(folder: Path) -> Path | None:
    """A certificate that nobody vouches for, and its key; None where there is no openssl to make it."""
    made = folder / "self-signed.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    try:
        done = subprocess.run(
            [*command, "-subj", f"/CN={PUBLIC}", "-keyout", made, "-out", folder / "c.pem"], capture_output=True
        )
    except FileNotFoundError:
        return None
    if done.returncode:
        return None
    made.write_bytes(made.read_bytes() + (folder / "c.pem").read_bytes())
    return made
