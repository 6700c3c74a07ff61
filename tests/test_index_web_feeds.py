"""Feeds and sitemaps told from pages, and read into links."""

import gzip
from datetime import date

import pytest

from index.errors import SourceError
from index.web import Link, links

BASE = "https://news.example/feed"

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Fjord Times</title><link>https://news.example/</link>
<item><title>Ferries &amp;amp; fjords</title><link>/a#top</link><pubDate>Tue, 06 Oct 2020 23:30:00 -0500</pubDate>
<dc:creator>Kari Berg</dc:creator><content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded></item>
<item><title>Second</title><guid isPermaLink="true">https://news.example/b</guid><author>desk@news.example</author></item>
<item><title>Again</title><link>https://news.example/a</link></item>
<item><title>No address</title></item>
<item><title>Odd</title><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Fjord</title>
<entry><title>Åpning</title><link rel="alternate" href="https://news.example/c"/><published>2020-10-06T01:00:00+02:00</published>
<updated>2021-01-01T00:00:00Z</updated><author><name>Per</name></author><author><name>Pål</name></author></entry>
<entry><title>Undated</title><link href="d"/><updated>2021-01-01T00:00:00Z</updated></entry></feed>""".encode()
NEWS_MAP = b"""<?xml version="1.0"?><!-- map --><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://news.example/e?a=1&amp;b=2 </loc><lastmod>2024-01-01</lastmod>
<image:image><image:loc>https://news.example/i.png</image:loc><image:title>No</image:title></image:image>
<news:news><news:publication><news:name>Fjord</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2020-10-06T08:00:00Z</news:publication_date><news:title>A title</news:title></news:news></url>
<url><loc>https://news.example/f</loc><lastmod>2024-01-01</lastmod></url><url><loc></loc></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://news.example/1.xml.gz</loc></sitemap></sitemapindex>"""


def read(data: bytes, content_type: str = "text/xml") -> list[Link]:
    found = links(data, BASE, content_type)
    assert found is not None
    return found.links


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        links(data, BASE, "text/xml")
    assert str(caught.value).startswith(BASE)
    return str(caught.value)


def test_rss() -> None:
    assert read(RSS) == [
        Link(
            "https://news.example/a",
            "Ferries & fjords",
            date(2020, 10, 6),
            "Kari Berg",
            "The Fjord Times",
            "One.\n\nTwo.",
        ),
        Link("https://news.example/b", "Second", outlet="The Fjord Times"),
    ]


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("desk@news.example", ""),
        ("desk@news.example (Kari Berg)", "Kari Berg"),
        ("Kari Berg &lt;desk@news.example&gt;", "Kari Berg"),
        ("Kari Berg (NTB)", "Kari Berg (NTB)"),
        ("desk@news.no", ""),
    ],
)
def test_an_author_without_the_address(written: str, author: str) -> None:
    item = f"<item><link>https://news.example/a</link><author>{written}</author></item>"
    assert read(f"<rss version='2.0'><channel>{item}</channel></rss>".encode())[0].author == author


def test_rss_1_has_its_date_from_dublin_core() -> None:
    data = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><item><title>T</title><link>https://news.example/g</link>
    <dc:date>2020-10-06T00:10:00+02:00</dc:date></item></rdf:RDF>"""
    assert read(data) == [Link("https://news.example/g", "T", date(2020, 10, 6))]


def test_atom_where_updated_is_not_published() -> None:
    assert read(ATOM) == [
        Link("https://news.example/c", "Åpning", date(2020, 10, 6), "Per, Pål", "Fjord"),
        Link("https://news.example/d", "Undated", outlet="Fjord"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
@pytest.mark.parametrize("content_type", ["text/xml", "text/xml; charset=iso-8859-1", "text/html"])
def test_the_encoding_is_found(encoding: str, content_type: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?>\n'.encode(encoding) + (
        ATOM.decode().encode("utf-16-le") if encoding == "utf-16" else ATOM.decode().encode(encoding)
    )
    assert read(data, content_type)[0].title == "Åpning"


def test_a_sitemap_with_news() -> None:
    assert read(NEWS_MAP) == [
        Link("https://news.example/e?a=1&b=2", "A title", date(2020, 10, 6), outlet="Fjord"),
        Link("https://news.example/f"),
    ]


def test_a_sitemap_index_packed_and_not() -> None:
    expected = [Link("https://news.example/1.xml.gz", is_list=True)]
    assert read(INDEX) == read(gzip.compress(INDEX), "application/gzip") == expected


NEITHER = [
    b"",
    b"plain text",
    b"<!doctype html><html><body>rss</body></html>",
    b"<?xml version='1.0'?><html/>",
    b"<svg/>",
    b"<!-- <rss> -->",
    b"<!-- open",
    b"<!doctype rss [",
    b"\xff\xfe\x00",
    b"{}",
]


@pytest.mark.parametrize("data", NEITHER)
def test_what_is_neither(data: bytes) -> None:
    assert links(data, BASE, "application/rss+xml") is None


def test_empty_ones() -> None:
    assert read(b"<rss version='2.0'><channel><title>T</title></channel></rss>") == []
    assert read(b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>") == []


def test_broken_ones() -> None:
    assert "not valid XML" in refusal(b"<rss version='2.0'><channel><<<")
    assert "not valid XML (line 1)" in refusal(b"<urlset><url><loc>https://news.example/a</loc>")
    assert "damaged gzip" in refusal(gzip.compress(INDEX)[:-12])
    assert "50 MB" in refusal(gzip.compress(bytes(60_000_000)))


def test_a_broken_feed_gives_the_items_that_can_be_read() -> None:
    assert next(link.url for link in read(RSS.replace(b"Second", b"A & B <br> C"))) == "https://news.example/a"


LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{below};" * 10}">' for below, name in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize(
    "body", ["<rss><channel><title>&j;</title></channel></rss>", "<urlset><url><loc>&j;</loc></url></urlset>"]
)
def test_a_billion_laughs_are_not_laughed(body: str, encoding: str) -> None:
    assert "declares entities" in refusal((LAUGHS + "]>" + body).encode(encoding))


@pytest.mark.parametrize("root", ["rss", "urlset"])
def test_an_entity_that_reads_a_file(root: str) -> None:
    data = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><{root}><url><loc>&x;</loc></url></{root}>'
    assert "declares entities" in refusal(data.encode())


@pytest.mark.slow
def test_at_most_fifty_thousand() -> None:
    urls = "".join(f"<url><loc>https://news.example/{number}</loc></url>" for number in range(50_010))
    assert len(read(f"<urlset>{urls}</urlset>".encode())) == 50_000
