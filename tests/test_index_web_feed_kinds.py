"""What feeds of many makes hold, read by the real reader of pages from a real server: no entry and no date is lost."""

import json
from collections.abc import Iterator
from datetime import date
from html import escape
from xml.sax.saxutils import escape as xml

import pytest

from index.article import Article
from index.ingest.sources import Sources
from index.web import Fetcher, Limits
from tests.web_server import Memo, Reply, WebServer

QUICK = Limits(connect=2, read=2, whole=2, backoff=0, pause=0)
DAY = date(2021, 3, 9)
WALL = """<html><head><title>Night ferry to Sandoy</title></head><body><h1>Your choice matters</h1>
<p>Together with 214 partners we keep small files on your device and read them again, to count visits, to choose what
is shown to you and to learn what works. Accept all of it, or set each purpose on the next page.</p>
<p>With a subscription you read on without any of this, on all your devices.</p></body></html>"""


@pytest.fixture
def site() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


class Run:
    """What `byline add` would add of an address, and the lines that it would print."""

    def __init__(self, url: str, memory: Memo | None = None) -> None:
        self.told: list[str] = []
        sources = Sources([url], fetcher=Fetcher(True, memory=memory, limits=QUICK), tell=self.told.append)
        self.articles: list[Article] = [reading.article for reading in sources]
        self.failed = sources.failed
        self.titles = [article.title for article in self.articles]


def story(subject: str, sentences: int = 12) -> list[str]:
    """Paragraphs about a subject, of some hundred characters each, that no other subject has."""
    return [
        f"{subject} was discussed for the {number}th time when the harbour board of {subject} sat on pier {number}, "
        f"and {subject} will have its answer within {number + 2} weeks, said the pilot of {subject}."
        for number in range(2, sentences + 2)
    ]


def markup(paragraphs: list[str]) -> str:
    return "".join(f"<p>{escape(each)}</p>" for each in paragraphs)


def page(title: str, paragraphs: list[str], head: str = "") -> Reply:
    body = f"<article><h1>{title}</h1>{markup(paragraphs)}</article>"
    return Reply(f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode())


def item(title: str = "", text: str = "", **facts: str) -> str:
    told = "".join(f"<{name}>{xml(value)}</{name}>" for name, value in facts.items())
    content = f"<content:encoded>{xml(text)}</content:encoded>" if text else ""
    return f"<item><title>{title}</title>{told}{content}</item>"


def rss(*items: str, title: str = "The Skerry Post", link: str = "/") -> Reply:
    head = f"<title>{xml(title)}</title><link>{link}</link>"
    content = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    body = f"<rss version='2.0' {content}><channel>{head}{''.join(items)}</channel></rss>"
    return Reply(body.encode(), kind="application/rss+xml")


def json_feed(version: str, *items: object, **facts: object) -> Reply:
    feed = {"version": f"https://jsonfeed.org/version/{version}", "title": "The Skerry Post", "items": items, **facts}
    return Reply(json.dumps(feed).encode(), kind="application/feed+json")


# The feed has the article, and the page something else


def test_a_wall_does_not_take_the_place_of_the_feeds_text(site: WebServer) -> None:
    text = markup(story("Sandoy"))
    dated = {"link": "/ferry", "pubDate": "Tue, 09 Mar 2021 08:00:00 GMT"}
    site.routes |= {"/feed": rss(item("Night ferry to Sandoy", text, **dated)), "/ferry": Reply(WALL.encode())}
    (article,) = Run(site.url("/feed")).articles
    assert (article.title, article.outlet, article.published) == ("Night ferry to Sandoy", "The Skerry Post", DAY)
    assert article.text.startswith("Sandoy was discussed")
    assert "214 partners" not in article.text
    assert (article.url, article.source) == (site.url("/ferry"), site.url("/ferry"))


def test_the_whole_text_stands_in_the_description(site: WebServer) -> None:
    feed = rss(item("Lamp out", link="/lamp", description=markup(story("Mulagjógv"))))
    site.routes |= {"/feed": feed, "/lamp": Reply(WALL.encode())}
    assert "pier 9" in Run(site.url("/feed")).articles[0].text


def test_one_wall_for_all_entries(site: WebServer) -> None:
    items = [item(name, markup(story(name)), link=f"/{name}") for name in ("Skarv", "Terne", "Lomvi")]
    site.routes |= {name: Reply(status=302, headers={"location": "/choose"}) for name in ("/Skarv", "/Terne", "/Lomvi")}
    site.routes |= {"/feed": rss(*items), "/choose": Reply(WALL.encode())}
    run = Run(site.url("/feed"))
    assert (run.titles, run.failed) == (["Skarv", "Terne", "Lomvi"], [])
    assert [article.text.split()[0] for article in run.articles] == run.titles


def test_a_teaser_gives_way_to_the_whole_and_its_facts_are_kept(site: WebServer) -> None:
    whole = story("Stakkur")
    head = '<meta name="author" content="Rannvá Dam"><meta property="og:site_name" content="Skerry Online">'
    site.routes |= {
        "/feed": rss(item("Stakkur", markup(whole), link="/a")),
        "/a": page("Stakkur: what now?", [*whole[:2], "Subscribe to read on."], head),
    }
    (article,) = Run(site.url("/feed")).articles
    assert (article.title, article.author) == ("Stakkur", "Rannvá Dam")
    assert "pier 9" in article.text


def test_the_page_is_taken_where_it_has_the_text(site: WebServer) -> None:
    whole = story("Kollafjall", 16)
    site.routes |= {
        "/feed": rss(item("From the feed", markup(whole[:9]), link="/a"), item("Short", "<p>A flood.</p>", link="/b")),
        "/a": page("On the page", whole),
        "/b": page("Flood", story("Vatnsoyrar", 6)),
    }
    run = Run(site.url("/feed"))
    assert run.titles == ["On the page", "Flood"]
    assert "pier 17" in run.articles[0].text
    assert "pier 5" in run.articles[1].text


def test_a_wall_is_looked_at_again_the_next_time(site: WebServer) -> None:
    memory, whole = Memo(), story("Dímun")
    entry = item("Dímun", markup(whole), link="/a")
    site.routes |= {"/feed": [rss(entry), rss(entry, "<!-- later -->")], "/a": [Reply(WALL.encode()), page("D", whole)]}
    assert Run(site.url("/feed"), memory).titles == ["Dímun"]
    assert Run(site.url("/feed"), memory).titles == ["D"]


# Entries that no page tells apart


def test_entries_of_a_live_blog_are_articles_of_their_own(site: WebServer) -> None:
    items = [
        item("Eight o'clock", "<p>The pier is closed.</p>", link="/live#post-8", guid="tag:skerry,8"),
        item("Nine o'clock", "<p>The pier is open.</p>", link="/live#post-9", guid="tag:skerry,9"),
        item("Other", markup(story("Other")), link="/other#from=feed"),
    ]
    site.routes |= {"/feed": rss(*items), "/live": page("Live", story("Live")), "/other": page("Other", story("Other"))}
    run = Run(site.url("/feed"))
    assert run.titles == ["Eight o'clock", "Nine o'clock", "Other"]
    assert [article.text for article in run.articles[:2]] == ["The pier is closed.", "The pier is open."]
    assert [article.url for article in run.articles] == [
        *(site.url("/live#post-8"), site.url("/live#post-9")),
        site.url("/other"),
    ]
    assert len({article.id for article in run.articles}) == 3
    assert site.asked("/live") == 0


def test_entries_that_all_link_to_the_front_page(site: WebServer) -> None:
    items = [item(f"Notice {n}", f"<p>Quay {n} is dredged.</p>", link="/", guid=f"notice-{n}") for n in (1, 2)]
    site.routes |= {"/feed": rss(*items, items[0])}
    run = Run(site.url("/feed"))
    assert [article.text for article in run.articles] == ["Quay 1 is dredged.", "Quay 2 is dredged."]
    assert [article.source for article in run.articles] == [site.url("/feed#notice-1"), site.url("/feed#notice-2")]


ATOM_ENTRY = "<entry><title>{0}</title><id>{1}</id><content type='{2}'>{3}</content></entry>"


def test_entries_without_a_link_are_known_by_their_names(site: WebServer) -> None:
    items = [item("Mayor", "<p>The mayor of Skerry left.</p>", guid="entry-17"), item("Nothing", guid="entry-18")]
    entries = ATOM_ENTRY.format("Plain", "tag:skerry,2021:5", "text", "First line.\n\nSecond line.")
    site.routes |= {
        "/rss": rss(*items),
        "/atom": Reply(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode(), kind="text/xml"),
    }
    run = Run(site.url("/rss"))
    assert [(a.title, a.text, a.url, a.source) for a in run.articles] == [
        ("Mayor", "The mayor of Skerry left.", "", site.url("/rss#entry-17"))
    ]
    assert run.told == [f"{site.url('/rss')}: 1 entry has neither an address nor a text, so nothing can be read there"]
    assert site.asked("/entry-17") == 0
    atom = Run(site.url("/atom")).articles[0]
    assert (atom.text, atom.source) == ("First line.\n\nSecond line.", site.url("/atom#tag:skerry,2021:5"))


# JSON Feed


def test_json_feed_1_1(site: WebServer) -> None:
    whole = story("Norðadalur")
    entry = {
        "id": "https://skerry.example/1",
        "url": "/walled",
        "title": "Norðadalur &amp; sea",
        "content_html": markup(whole),
        "date_published": "2021-03-09T23:30:00-01:00",
        "authors": [{"name": "Rannvá Dam"}, {"name": "Jógvan Berg"}],
    }
    site.routes |= {"/feed.json": json_feed("1.1", entry), "/walled": Reply(WALL.encode())}
    (article,) = Run(site.url("/feed.json")).articles
    assert (article.title, article.outlet, article.published) == ("Norðadalur & sea", "The Skerry Post", DAY)
    assert (article.author, article.url) == ("Rannvá Dam, Jógvan Berg", site.url("/walled"))
    assert article.text.count("\n\n") == len(whole) - 1


def test_json_feed_1_0(site: WebServer) -> None:
    entries = [
        {"id": 41, "content_text": "The cable broke.\n\nIt is mended on Friday.", "author": {"name": "Per Dam"}},
        {"id": 42, "summary": "The buoy is back.", "date_published": "soon"},
        "no entry",
    ]
    feed = json_feed("1", *entries, author={"name": "The desk"})
    site.routes["/feed"] = Reply(b"\xef\xbb\xbf " + feed.body, kind="application/json")
    run = Run(site.url("/feed"))
    assert [(a.text, a.author, a.source) for a in run.articles] == [
        ("The cable broke.\n\nIt is mended on Friday.", "Per Dam", site.url("/feed#41")),
        ("The buoy is back.", "The desk", site.url("/feed#42")),
    ]
    assert [line.removeprefix(site.url("/feed: "))[:12] for line in run.told] == ["1 entry has ", "the date “so"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "without a list of items"),
        (b'{"items": []}', "no JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [', "no JSON Feed"),
        (b"{" * 200_000, "no JSON Feed"),
    ],
)
def test_json_that_is_no_feed(site: WebServer, body: bytes, says: str) -> None:
    site.routes["/feed"] = Reply(body, kind="application/json")
    assert says in Run(site.url("/feed")).failed[0]


# Outlets


NEWS_MAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>/a</loc><news:news><news:publication>
<news:name>The Skerry Post</news:name></news:publication><news:publication_date>Tue, 09 Mar 2021 08:00:00 GMT
</news:publication_date><news:title>Slip &amp; tide</news:title></news:news></url></urlset>"""


def test_the_outlet_of_a_sitemap_of_news_and_of_a_channel_is_better_than_the_host(site: WebServer) -> None:
    site.routes |= {"/map": Reply(NEWS_MAP.encode()), "/a": page("", story("Slip")), "/feed": rss(item("x", link="/a"))}
    (article,) = Run(site.url("/map")).articles
    assert (article.outlet, article.published, article.title) == ("The Skerry Post", DAY, "Slip & tide")
    assert Run(site.url("/feed")).articles[0].outlet == "The Skerry Post"


def test_the_outlet_that_the_page_states_is_better_than_both(site: WebServer) -> None:
    stated = page("Slip", story("Slip"), '<meta property="og:site_name" content="Skerry Evening">')
    site.routes |= {"/map": Reply(NEWS_MAP.encode()), "/a": stated}
    assert Run(site.url("/map")).articles[0].outlet == "Skerry Evening"


def test_a_feed_that_gathers_what_others_wrote_is_not_their_outlet(site: WebServer) -> None:
    with WebServer("localhost") as other:
        feed = rss(item("a", link="/a"), item("b", link=other.url("/b")), link=site.url("/"))
        site.routes |= {"/feed": feed, "/a": page("One", story("One"))}
        other.routes["/b"] = page("Two", story("Two"))
        assert [a.outlet for a in Run(site.url("/feed")).articles] == ["The Skerry Post", "localhost"]


# Dates


@pytest.mark.parametrize(
    "written",
    [
        "Tue, 09 Mar 2021 23:30:00 -0500",
        "Tue, 9 Mar 2021",
        "Tue, 09 Mar 21 08:00:00 GMT",
        "Mar 9, 2021",
        "mar., 09 mars 2021 14:00:00 +0100",
        "09.03.2021 14:00",
        "20210309T140000Z",
        "20210309",
        "Tuesday, March 9, 2021 - 14:00",
        "Tue Mar 09 2021 14:00:00 GMT+0100 (CET)",
        "2021/03/09 14:00:00",
        "2021年3月9日 14:00",
        "Dienstag, 9. März 2021",
        "1615298400",
    ],
)
def test_a_date_is_read(site: WebServer, written: str) -> None:
    site.routes["/feed"] = rss(item("T", markup(story("T")), link="/gone", pubDate=written))
    run = Run(site.url("/feed"))
    assert ([article.published for article in run.articles], run.told) == ([DAY], [])


def test_a_date_that_feedparser_alone_knows(site: WebServer) -> None:
    site.routes["/feed"] = rss(item("T", markup(story("T")), link="/gone", pubDate="Τρι, 06 Οκτ 2020 14:00:00 EET"))
    assert Run(site.url("/feed")).articles[0].published == date(2020, 10, 6)


@pytest.mark.parametrize("written", ["03/09/2021", "09-03-2021", "2021-03", "2021", "14:05", "2021-W10-2", "today"])
def test_a_date_that_may_be_another_is_not_guessed_but_told(site: WebServer, written: str) -> None:
    items = [item(f"T{n}", markup(story(f"T{n}")), link=f"/{n}", pubDate=written) for n in range(3)]
    site.routes |= {"/feed": rss(*items), "/1": page("T1", story("T1"), '<meta name="date" content="2021-03-09">')}
    run = Run(site.url("/feed"))
    assert [article.published for article in run.articles] == [None, DAY, None]
    assert len(run.told) == 1
    assert f"the date “{written}” and 1 like it cannot be read for certain" in run.told[0]
    assert "byline edit" in run.told[0]
