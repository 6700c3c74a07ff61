"""From an address to articles, with a real server."""

import gzip
import re
from collections.abc import Iterator
from datetime import date

import pytest

from index.article import Article, article_id
from index.errors import SourceError
from index.formats import Reading
from index.web import Fetcher, Limits, read_url
from tests.web_server import Memo, Reply, WebServer

QUICK = Limits(connect=2, read=2, whole=2, backoff=0, pause=0)


@pytest.fixture
def site() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def parse(data: bytes, *, source: str, url: str, content_type: str) -> Reading:
    """A page's <h1> and <p>, and nothing else."""
    title, text = (" ".join(re.findall(rf"<{tag}>(.*?)</{tag}>", data.decode())) for tag in ("h1", "p"))
    if not text:
        raise SourceError(f"{source}: no article text is left")
    article = Article(id=article_id(text, title=title, url=url), text=text, title=title, url=url, source=source)
    return Reading(article, data.decode(), {"title": "headline"} if title else {})


class Run:
    """What read_url gave, sorted."""

    def __init__(self, url: str, limit: int = 200, memory: Memo | None = None) -> None:
        self.unchanged: list[str] = []
        self.left_out: list[tuple[str, int]] = []
        fetcher = Fetcher(True, memory=memory, limits=QUICK)
        results = list(
            read_url(
                url,
                fetcher,
                limit,
                on_unchanged=self.unchanged.append,
                on_left_out=lambda where, count: self.left_out.append((where, count)),
                parse=parse,
            )
        )
        self.readings = [result for result in results if isinstance(result, Reading)]
        self.errors = [str(result) for result in results if isinstance(result, SourceError)]
        self.texts = [reading.article.text for reading in self.readings]


def page(text: str, title: str = "", tag: str = "") -> Reply:
    heading = f"<h1>{title}</h1>" if title else ""
    return Reply(f"<html>{heading}<p>{text}</p></html>".encode(), headers={"etag": tag} if tag else {})


def rss(*items: str, tag: str = "") -> Reply:
    listed = "".join(item if item.startswith("<item>") else f"<item><link>{item}</link></item>" for item in items)
    body = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Fjord</title>
    {listed}</channel></rss>"""
    return Reply(body.encode(), headers={"etag": tag} if tag else {}, kind="application/rss+xml")


def sitemap(*urls: str, root: str = "urlset", entry: str = "url") -> bytes:
    return f"<{root}>{''.join(f'<{entry}><loc>{url}</loc></{entry}>' for url in urls)}</{root}>".encode()


def test_a_page_is_its_article(site: WebServer) -> None:
    site.routes["/a"] = page("Ferries.", "Title")
    run = Run(site.url("/a"))
    assert run.texts == ["Ferries."]
    assert run.readings[0].article.source == site.url("/a")
    assert run.readings[0].origins == {"title": "headline"}


def test_a_page_that_fails_is_an_error_and_nothing_raised(site: WebServer) -> None:
    site.routes["/empty"] = Reply(b"<html></html>")
    assert "not there" in Run(site.url("/none")).errors[0]
    assert "no article text" in Run(site.url("/empty")).errors[0]
    assert "not a web address" in Run("news.example").errors[0]


def test_a_feed_of_three_of_which_one_is_gone(site: WebServer) -> None:
    site.routes |= {"/feed": rss("/a", "/gone", "/b", "/a"), "/a": page("One."), "/b": page("Two.")}
    run = Run(site.url("/feed"))
    assert run.texts == ["One.", "Two."]
    assert len(run.errors) == 1
    assert site.url("/gone") in run.errors[0]
    assert site.asked("/a") == 1


def test_the_feed_fills_what_the_page_leaves_unknown(site: WebServer) -> None:
    facts = "<title>From the feed</title><pubDate>Tue, 06 Oct 2020 10:00:00 GMT</pubDate>"
    items = [f"<item><link>/{name}</link>{facts}</item>" for name in "ab"]
    site.routes |= {"/feed": rss(*items), "/a": page("One."), "/b": page("Two.", "Its own")}
    first, second = Run(site.url("/feed")).readings
    assert (first.article.title, first.article.outlet) == ("From the feed", "Fjord")
    assert first.article.published == date(2020, 10, 6)
    assert first.origins == {"title": "feed", "outlet": "feed", "published": "feed"}
    assert second.article.title == "Its own"
    assert second.origins == {"title": "headline", "outlet": "feed", "published": "feed"}
    assert first.article.id == article_id("One.", url=site.url("/a"))


def test_a_full_feed_stands_in_for_a_page_that_cannot_be_read(site: WebServer) -> None:
    def item(name: str, sentences: int) -> str:
        content = "<p>The ferry left the island.</p>" * sentences
        return (
            f"<item><title>T</title><link>/{name}</link><content:encoded><![CDATA[{content}]]></content:encoded></item>"
        )

    site.routes["/feed"] = rss(item("long", 60), item("short", 3))
    run = Run(site.url("/feed"))
    article = run.readings[0].article
    assert article.text.startswith("The ferry left the island.\n\nThe ferry")
    assert (article.title, article.url) == ("T", site.url("/long"))
    assert article.id == article_id(article.text, url=article.url)
    assert run.readings[0].origins == {"title": "feed", "outlet": "feed", "url": "feed"}
    assert len(run.errors) == 1
    assert "/short" in run.errors[0]


def test_a_feed_that_lists_itself_and_another(site: WebServer) -> None:
    site.routes |= {"/feed": rss("/feed", "/feed#x", "/other", "/a"), "/other": rss("/feed"), "/a": page("One.")}
    run = Run(site.url("/feed"))
    assert run.texts == ["One."]
    assert len(run.errors) == 1
    assert "/other: is a feed or sitemap within another" in run.errors[0]
    assert site.asked("/feed") == 1


def test_two_links_to_one_page(site: WebServer) -> None:
    site.routes |= {
        "/feed": rss("/short", "/a"),
        "/short": Reply(status=302, headers={"location": "/a"}),
        "/a": page("One."),
    }
    assert Run(site.url("/feed")).texts == ["One."]


def test_an_empty_feed_says_so(site: WebServer) -> None:
    site.routes["/feed"] = rss()
    assert "no articles in it" in Run(site.url("/feed")).errors[0]


def test_sitemaps_in_sitemaps(site: WebServer) -> None:
    def index(*urls: str) -> bytes:
        return sitemap(*urls, root="sitemapindex", entry="sitemap")

    site.routes |= {
        "/0.xml": Reply(index("/1.xml", "/2.xml.gz", "/0.xml", "/broken.xml", "/page"), kind="text/xml"),
        "/1.xml": Reply(index("/3.xml", "/deep.xml"), kind="application/xml"),
        "/2.xml.gz": Reply(gzip.compress(sitemap("/a", "/b")), kind="application/x-gzip"),
        "/3.xml": Reply(sitemap("/c", "/a"), kind=""),
        "/deep.xml": Reply(index("/4.xml"), kind="text/xml"),
        "/broken.xml": Reply(b"<urlset><url>", kind="text/xml"),
        "/page": page("Not a map."),
    } | {f"/{name}": page(name) for name in "abc"}
    run = Run(site.url("/0.xml"))
    assert run.texts == ["c", "a", "b"]
    assert [re.sub(r".*/|;.*", "", error) for error in run.errors] == [
        "4.xml: is a sitemap too deep in others",
        "broken.xml: is a sitemap that is not valid XML (line 1)",
        "page: is listed as a sitemap but is none",
    ]
    assert (site.asked("/4.xml"), site.asked("/0.xml")) == (0, 1)


def test_no_more_pages_than_the_limit(site: WebServer) -> None:
    site.routes |= {"/map": Reply(sitemap(*(f"/{n}" for n in range(9)))), **{f"/{n}": page(str(n)) for n in range(9)}}
    run = Run(site.url("/map"), limit=4)
    assert run.texts == ["0", "1", "2", "3"]
    assert run.left_out == [(site.url("/map"), 5)]


def test_the_second_visit_takes_what_is_new(site: WebServer) -> None:
    memory = Memo()
    site.routes |= {"/feed": [rss("/a"), rss("/b", "/a")], "/a": [page("One.", tag='"1"'), Reply(status=304)]}
    site.routes["/b"] = page("Two.")
    assert Run(site.url("/feed"), memory=memory).texts == ["One."]
    run = Run(site.url("/feed"), memory=memory)
    assert (run.texts, run.errors, run.unchanged) == (["Two."], [], [site.url("/a")])


def test_a_feed_is_remembered_only_when_all_of_it_was_read(site: WebServer) -> None:
    memory = Memo()
    site.routes |= {"/feed": rss("/a", "/b", tag='"f"'), "/a": page("One.", tag='"1"')}
    Run(site.url("/feed"), memory=memory)
    assert list(memory) == [site.url("/a")]
    site.routes["/b"] = page("Two.")
    Run(site.url("/feed"), limit=1, memory=memory)
    assert list(memory) == [site.url("/a")]
    Run(site.url("/feed"), memory=memory)
    assert sorted(memory) == [site.url("/a"), site.url("/b"), site.url("/feed")]


def test_a_page_is_remembered_only_when_its_article_was_taken(site: WebServer) -> None:
    memory = Memo()
    site.routes["/a"] = page("One.", tag='"1"')
    results = read_url(site.url("/a"), Fetcher(True, memory=memory, limits=QUICK), parse=parse)
    next(results)
    assert memory == {}
    assert list(results) == []
    assert list(memory) == [site.url("/a")]


def test_the_pages_of_a_feed_are_held_to_the_same_rules(site: WebServer) -> None:
    """A feed on the public internet that points into a private network."""
    port = site.address.rpartition(":")[2]
    site.routes |= {
        "/feed": rss("file:///etc/passwd", f"http://kari:pw@127.0.0.1:{port}/a", "http://127.0.0.1:22/", "/no"),
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /no"),
    }
    run = Run(site.url("/feed"))
    assert [re.sub(r"^.*?: ", "", error)[:20] for error in run.errors] == [
        "has a user name or p",
        "asks for port 22, wh",
        "is not fetched: the ",
    ]
    assert site.asked("/a") == site.asked("/no") == 0


def test_the_real_reader_of_pages(site: WebServer) -> None:
    paragraphs = "".join(
        f"<p>In {year} the ferry to Hitra sailed late on {year % 97} days.</p>" for year in range(1990, 2010)
    )
    body = f"<html><body><article><h1>Late ferries</h1>{paragraphs}</article></body></html>"
    site.routes |= {"/feed": rss("/a"), "/a": Reply(body.encode())}
    results = list(read_url(site.url("/feed"), Fetcher(True, limits=QUICK)))
    assert isinstance(results[0], Reading)
    assert "In 1994 the ferry to Hitra" in results[0].article.text
    assert results[0].article.url == site.url("/a")
    assert results[0].article.outlet


# Hostile ones


def test_an_error_from_deep_inside_is_one_line(site: WebServer) -> None:
    def fails(data: bytes, **_: object) -> Reading:
        raise AssertionError("expected\nname token")

    site.routes |= {"/feed": rss("/a", "/b"), "/a": page("One."), "/b": page("Two.")}
    results = list(read_url(site.url("/feed"), Fetcher(True, limits=QUICK), parse=fails))
    assert [str(result) for result in results] == [
        f"{site.url(path)}: cannot be read; save the page and add the file (AssertionError expected name token)"
        for path in ("/a", "/b")
    ]


def test_a_feed_and_its_pages_without_validators_are_unchanged(site: WebServer) -> None:
    memory = Memo()
    site.routes |= {"/feed": [rss("/a"), rss("/a"), rss("/b", "/a")], "/a": page("One."), "/b": page("Two.")}
    assert Run(site.url("/feed"), memory=memory).texts == ["One."]
    again = Run(site.url("/feed"), memory=memory)
    assert (again.texts, again.unchanged, site.asked("/a")) == ([], [site.url("/feed")], 1)
    third = Run(site.url("/feed"), memory=memory)
    assert (third.texts, third.unchanged) == (["Two."], [site.url("/a")])


def test_a_sitemap_of_sitemaps_that_are_not_there_ends(site: WebServer) -> None:
    site.routes["/map"] = Reply(sitemap(*(f"/{n}.xml" for n in range(300)), root="sitemapindex", entry="sitemap"))
    run = Run(site.url("/map"))
    assert len(run.errors) == 100
    assert run.left_out == [(site.url("/map"), 200)]


@pytest.mark.slow
@pytest.mark.parametrize("markup", ["<!--", "<![", "<a b=", "<p>", "<script>", "&amp;", "<!a"])
def test_markup_in_a_feed_costs_no_more_than_its_length(site: WebServer, markup: str) -> None:
    title = (markup * 100_000).replace("&", "&amp;").replace("<", "&lt;")
    site.routes |= {"/feed": rss(f"<item><link>/a</link><title>{title}</title></item>"), "/a": page("One.")}
    assert Run(site.url("/feed")).texts == ["One."]
