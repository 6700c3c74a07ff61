# ruff: noqa: E501  (a page's HTML is easier to check on one line)
"""Web pages: where each fact is taken from, encodings, and pages made to break a parser."""

import io
import json
import time
from datetime import date
from pathlib import Path

import pytest

from index.errors import SourceError
from index.formats import Reading, read_file
from index.formats.html import LARGEST_PAGE, MOST_TAGS, decode_page, page_to_reading, read
from index.formats.readings import ReadOptions
from index.times.written_dates import is_date_line, read_date, stamp

SECONDS = 20  # far above what these pages take: what runs away takes minutes

TEXT = "<p>The mill on the hill was sold on Friday to a family from the next valley.</p><p>They mean to grind oats there.</p>"


# An article as long as most are: of a shorter one hardly anything can be told from what is around it.
LONG = TEXT + "".join(
    f"<p>{line}</p>"
    for line in (
        "The wheel has stood still since the flood of last year, which took the weir and both of the sluices with it.",
        "Its new owners bought it from the parish, which had used the upper floor as a store for chairs and for the crib.",
        "“We have never lived beside water before,” said Nell Farrow, who kept a bakery in Combe until last autumn.",
        "The council lent them a third of the price, to be paid back in flour over the next eleven years, as it was once.",
    )
)


def page(head: str = "", body: str = f"<article><h1>Mill sold</h1>{TEXT}</article>", url: str = "") -> Reading:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return page_to_reading(html.encode(), source="mill.html", url=url)


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def published(reading: Reading) -> tuple[date | None, str | None]:
    return reading.article.published, reading.origins.get("published")


def test_text_is_lines_of_whole_sentences():
    article = page().article
    assert article.text == (
        "The mill on the hill was sold on Friday to a family from the next valley.\nThey mean to grind oats there."
    )
    assert article.title == "Mill sold"
    assert article.source == "mill.html"


def test_raw_is_the_decoded_source():
    assert page().raw.startswith("<html><head></head><body><article>")


def test_what_a_page_does_not_say_is_unknown():
    reading = page()
    article = reading.article
    assert (article.outlet, article.author, article.url, article.published, article.updated) == ("", "", "", None, None)
    assert set(reading.origins) == {"title"}


IN_DATA = json_ld('{"@type": "NewsArticle", "headline": "Mill sold", "datePublished": "2020-01-01"}')
IN_OPENGRAPH = '<meta property="article:published_time" content="2020-01-02T09:59:00Z">'
IN_META = '<meta name="pubdate" content="20200103">'
PLAIN = f"<article><h1>Mill sold</h1>{TEXT}</article>"
SHOWN = f'<article><h1>Mill sold</h1><time datetime="2020-01-04">4 January 2020</time>{TEXT}</article>'
IN_MICRODATA = f'<article><h1>Mill sold</h1><span itemprop="datePublished" content="2020-01-02"></span>{TEXT}</article>'


@pytest.mark.parametrize(
    ("head", "body", "day", "origin"),
    [
        (IN_DATA + IN_OPENGRAPH + IN_META, SHOWN, 1, "JSON-LD"),
        (IN_OPENGRAPH + IN_META, SHOWN, 4, "dateline"),
        (IN_OPENGRAPH + IN_META, PLAIN, 2, "OpenGraph"),
        (IN_META, IN_MICRODATA, 2, "microdata"),
        (IN_META, PLAIN, 3, "meta tag"),
        ("", PLAIN, 5, "url"),
    ],
)
def test_dates_are_taken_in_the_order_of_trust(head: str, body: str, day: int, origin: str):
    reading = page(head, body, "https://a.example/2020/01/05/mill")
    assert published(reading) == (date(2020, 1, day), origin)


def test_two_places_that_agree_overrule_one():
    assert published(page(IN_DATA + IN_OPENGRAPH, IN_MICRODATA)) == (date(2020, 1, 2), "OpenGraph")
    shown = SHOWN.replace("2020-01-04", "2020-01-02").replace("4 January", "2 January")
    assert published(page(IN_DATA + IN_OPENGRAPH, shown)) == (date(2020, 1, 2), "dateline")


@pytest.mark.parametrize(
    "path", ["/2020/10/06/mill", "/news/2020/oct/06/mill", "/mill-2020-10-06", "/a/20201006-mill.html", "/2020/10/06"]
)
def test_date_in_the_address(path: str):
    assert published(page(url=f"https://a.example{path}")) == (date(2020, 10, 6), "url")


def test_date_in_the_address_with_the_day_first():
    assert published(page(url="https://a.example/news/16-10-2020")) == (date(2020, 10, 16), "url")


@pytest.mark.parametrize("path", ["/2020/10/mill", "/mill-20209999", "/id/1202010061", "/2020/13/45/mill"])
def test_no_date_in_the_address(path: str):
    assert published(page(url=f"https://a.example{path}")) == (None, None)


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        ("<p>Published: 6 October 2020</p>", "dateline"),
        ("<span>Tuesday, October 6, 2020, 9:30 a.m.</span>", "dateline"),
    ],
)
def test_date_written_in_the_head(line: str, origin: str):
    assert published(page(body=f"<article><h1>Mill sold</h1>{line}{TEXT}</article>")) == (date(2020, 10, 6), origin)


@pytest.mark.parametrize(
    "elsewhere",
    [
        '<div class="related"><a href="/x">Old news</a> <time datetime="2011-01-01">1 January 2011</time></div>',
        '<aside><p>1 January 2011</p><time datetime="2011-01-01">then</time></aside>',
        '<div id="comments"><time datetime="2011-01-01">1 January 2011</time><p>Well said, Sir, and not too soon.</p></div>',
        "<footer>© 2011 A. Outlet</footer>",
        "<p>It was built on 1 January 2011 by two brothers, and burned down in the same year.</p>",
        '<meta itemprop="dateModified" content="2011-01-01">',
    ],
)
def test_other_dates_are_not_the_articles(elsewhere: str):
    assert published(page(body=f"<article><h1>Mill sold</h1>{TEXT}{elsewhere}</article>")) == (None, None)
    assert published(page(body=f"{elsewhere}<article><h1>Mill sold</h1>{TEXT}</article>{elsewhere}")) == (None, None)


@pytest.mark.parametrize("wrong", ["2999-01-01", "1970-01-01T00:00:00Z", "2020-13-45", "06/10/2020", "yesterday", ""])
def test_impossible_and_ambiguous_dates_are_passed_over(wrong: str):
    head = json_ld(json.dumps({"@type": "Article", "datePublished": wrong}))
    assert published(page(head)) == (None, None)
    head += '<meta name="date" content="2020-10-06">'
    assert published(page(head)) == (date(2020, 10, 6), "meta tag")


def test_updated_is_known_only_if_not_before_published():
    both = '<meta property="article:published_time" content="2020-10-06"><meta property="article:modified_time" content="{}">'
    assert page(both.format("2020-10-08")).article.updated == date(2020, 10, 8)
    assert page(both.format("2020-10-01")).article.updated is None


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": ["Thing", "http://schema.org/ReportageNewsArticle"], "author": [{"name": "A. Lee"}, "B. Ray"],}',
        '[{"@type": "BreadcrumbList"}, {"@graph": [{"@type": "NewsArticle", "author": {"name": ["A. Lee", "B. Ray"]}}]}]',
        '<!-- {"@type": "WebPage", "mainEntity": {"@type": "Article", "author": "By A. Lee and B. Ray"}} -->',
        '{"@type": "Article", "description": "two\nlines", "author": ["A. Lee", "https://a.example/ray", "B. Ray"]}',
    ],
)
def test_json_ld_in_its_many_forms(text: str):
    reading = page(json_ld(text))
    assert (reading.article.author, reading.origins["author"]) == ("A. Lee, B. Ray", "JSON-LD")


def test_of_several_json_ld_articles_the_one_with_this_address_counts():
    one = '{"@type": "NewsArticle", "url": "https://a.example/%s", "headline": "%s"}'
    head = json_ld(f"[{one % ('x', 'Another')}, {one % ('mill', 'The mill is sold')}]")
    assert page(head, url="https://a.example/mill").article.title == "The mill is sold"


def test_an_outlet_is_no_author():
    head = '<meta property="og:site_name" content="The Hill Post"><meta name="author" content="Hill Post">'
    assert page(head).article.author == ""


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Mill sold | The Hill Post", "Mill sold"),
        ("Mill sold - The Hill Post", "Mill sold"),
        ("The Hill Post: Mill sold", "The Hill Post: Mill sold"),
        ("Mill &amp; barn sold &amp;mdash; again - Sport", "Mill & barn sold — again - Sport"),
    ],
)
def test_title_without_the_outlet(title: str, expected: str):
    head = f'<meta property="og:site_name" content="The Hill Post"><meta property="og:title" content="{title}">'
    assert page(head).article.title == expected


def test_outlet_at_the_end_of_the_title_needs_confirmation():
    title = "<title>Mill sold | Hill Post</title>"
    assert page(title).article.outlet == ""
    reading = page(title, url="https://www.hillpost.example/mill")
    assert (reading.article.outlet, reading.origins["outlet"]) == ("Hill Post", "title element")
    reading = page(url="https://www.hillpost.example/mill")
    assert (reading.article.outlet, reading.origins["outlet"]) == ("hillpost.example", "url")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="canonical" href="/mill">', "https://a.example/mill"),
        ('<link rel="canonical" href="https://a.example/">', "https://a.example/x?y=1"),
        ('<link rel="canonical" href="javascript:void(0)">', "https://a.example/x?y=1"),
        ('<link rel="canonical" href="http://[bad/mill">', "https://a.example/x?y=1"),
        ('<meta property="og:url" content="https://b.example/mill">', "https://b.example/mill"),
    ],
)
def test_canonical_address(head: str, expected: str):
    assert page(head, url="https://a.example/x?y=1").article.url == expected


def test_a_table_of_data_is_a_line_for_each_row():
    table = "<table><tr><th>Town</th><th>Votes</th></tr><tr><td>Combe</td><td>120</td></tr></table>"
    text = page(
        body=f"<article><h1>Mill sold</h1>{TEXT}{table}<p>The count took two hours and a half.</p></article>"
    ).article.text
    assert text.splitlines()[2:] == ["Town | Votes", "Combe | 120", "The count took two hours and a half."]


def test_headings_lists_and_line_breaks_are_lines_of_their_own():
    items = ["Oats for the horses of the brewery", "Rye for the bakers of Combe"]
    listed = "<h2>What is to happen next</h2><ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    said = "<p>“Both of them, if it can be done,” she said.<br>Nobody at the meeting <b>laugh</b>ed at her.</p>"
    body = f"<article><h1>Mill sold</h1><div>{LONG}{listed}{said}</div></article>"
    assert page(body=body).article.text.splitlines()[6:] == [
        "What is to happen next",
        *items,
        "“Both of them, if it can be done,” she said.",
        "Nobody at the meeting laughed at her.",
    ]


def test_html_files_are_read_with_all_others(tmp_path: Path):
    path = tmp_path / "mill.html"
    path.write_bytes(SENTENCE)
    assert read_file(path).article.source == str(path)


def test_furniture_in_the_articles_column_goes():
    furniture = "<p>Advertisement</p><p>Read more: Ten walks</p><p>Share this article</p>"
    body = f"<article><h1>Mill sold</h1>{LONG.replace('</p><p>', f'</p>{furniture}<p>', 1)}</article>"
    assert page(body=body).article.text == page(body=f"<article><h1>Mill sold</h1>{LONG}</article>").article.text


def test_text_given_only_in_json_ld():
    body = " ".join(f"Sentence {n} tells of the mill." for n in range(20))
    head = json_ld(json.dumps({"@type": "Article", "articleBody": body}))
    assert page(head, "<div id=app>Loading the page for you.</div>").article.text == body


@pytest.mark.parametrize(
    ("text", "codec", "header"),
    [
        ("<html><p>Müller’s café", "utf-8", "text/html; charset=iso-8859-1"),
        ("<html><p>Müller’s café", "cp1252", "text/html; charset=utf-8"),
        ("<html lang=ru><p>Привет, мир", "cp1251", ""),
        ('<html><meta charset="koi8-r"><p>Привет, мир', "koi8-r", "text/html; charset=ISO-8859-1"),
        ("<html><p>İstanbul'da ışık", "cp1254", "text/html; charset=iso-8859-9"),
        ("<html><p>Привет, мир", "utf-16-le", ""),
        ("<html><p>Привет, мир", "utf-16", ""),
        ("<html lang=ja><p>青葉町", "shift_jis", "text/html; charset=no-such-thing"),
    ],
)
def test_decoding(text: str, codec: str, header: str):
    assert decode_page(text.encode(codec), header) == text


def test_a_damaged_page_is_read_in_its_own_encoding():
    assert (
        decode_page("<meta charset=utf-8><p>café café".encode() + b"\xff</p>", "")
        == "<meta charset=utf-8><p>café café\ufffd</p>"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n ",
        b"no tags at all",
        bytes(range(256)) * 50,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20 + b"<p>",
        b"%PDF-1.7 stream",
        b"\0" * 5000,
        b"<html></html>",
        b"<!DOCTYPE html>",
        b"<html><body><script>let article = 'This is the text of no article at all.'</script></body></html>",
        b"<html><body><nav><ul><li><a href=/>Home</a></li><li><a href=/s>Sport</a></li></ul></nav></body></html>",
        b"<?xml version='1.0'?><rss><channel><title>News</title><item><title>One</title></item></channel></rss>",
        b"<html><head><title>Only a title",
    ],
)
def test_what_is_no_article_is_one_line(data: bytes):
    with pytest.raises(SourceError) as caught:
        page_to_reading(data, source="some.html")
    assert str(caught.value).startswith("some.html: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"<p>" * (MOST_TAGS + 1), "tags"), (b"<p>" * 1_000_000, "tags"), (b"<p>" + b"x" * LARGEST_PAGE, "too large")],
)
def test_limits(data: bytes, reason: str):
    with pytest.raises(SourceError, match=reason):
        page_to_reading(data, source="some.html")


SENTENCE = b"<p>The mill on the hill was sold on Friday.</p>"


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>" + b"<div>" * 100_000 + SENTENCE + b"</div>" * 100_000,
        b"<html><body>" + b"<span>" * 100_000 + b"The mill on the hill was sold on Friday.",
        b"<html><body>" + b"<table><tr><td>" * 50_000 + SENTENCE,
        b"<html><body>" + SENTENCE * 100_000,
        b"<html><body>" + b"<b><a><i>" * 90_000 + SENTENCE,
        b"<html><body><p " + b"a=b " * 1_000_000 + b">" + SENTENCE,
        b"<html><body><div class='share'>x</div>" + b"<div class='share'>x</div>" * 100_000 + SENTENCE,
        b"<html><body>" + SENTENCE + b"<script " * 200_000,
        b"<html><body>" + SENTENCE + b"<!--" * 1_000_000,
        b"<html><script type='application/ld+json'>" + b"[" * 1_000_000 + b"</script>" + SENTENCE,
        b"<html><body>" + b"\0".join([SENTENCE] * 3),
        b"<html><body>" + SENTENCE + b"<p>It was cut in the mid",
        b"<html><body>" + SENTENCE + b" " * 10_000_000,
        SENTENCE,
    ],
    ids=lambda data: data[12:30].decode(),
)
def test_hostile_pages_are_read_in_bounded_time(data: bytes):
    start = time.monotonic()
    text = page_to_reading(data, source="some.html").article.text
    assert time.monotonic() - start < SECONDS
    assert "The mill on the hill was sold on Friday." in text


def test_read_yields_one_reading_or_one_error():
    (reading,) = read(io.BytesIO(SENTENCE), "some.html", ReadOptions())
    assert isinstance(reading, Reading)
    (error,) = read(io.BytesIO(b"no page"), "some.html", ReadOptions())
    assert isinstance(error, SourceError)


@pytest.mark.parametrize(
    "text",
    [
        "6 October 2020",
        "Oct. 6, 2020",
        "6. Oktober 2020",
        "6 octobre 2020",
        "6 de octubre de 2020",
        "6 Ekim 2020",
        "06.10.2020",
        "6 أكتوبر 2020",
        "6 октября 2020",
        "2020年10月6日",
        "Tue, 06 Oct 2020 10:00:00 GMT",
        "20201006T101500",
    ],
)
def test_written_dates(text: str):
    assert read_date(text) == date(2020, 10, 6)


def test_lines_that_are_dates():
    assert is_date_line("Published on 6 October 2020 at 10:15 GMT")
    assert is_date_line("2020-10-06")
    assert not is_date_line("On 6 October 2020 the mill was sold")
    assert not is_date_line("It was sold in October 2020")


@pytest.mark.parametrize(
    ("text", "published_on", "updated_on"),
    [
        ("Published 6 October 2020 | Updated 8 October 2020", 6, 8),
        ("Updated 4:22 PM EDT, Thu October 8, 2020", None, 8),
        ("Publié le 6 octobre 2020 à 10h12, modifié le 8 octobre 2020 à 08h00", 6, 8),
        ("입력 2020.10.06. 10:12", 6, None),
        ("Aktualizacja: 08.10.2020, 18:40", None, 8),
        ("This article was first published on October 6, 2020 and last updated on October 8, 2020.", 6, 8),
        ("He published it on 6 October 2020", None, None),
        ("The list was updated on 6 October 2020 by the clerk", None, None),
        ("Updated figures", None, None),
    ],
)
def test_stamps(text: str, published_on: int | None, updated_on: int | None):
    found = stamp(text)
    assert [day and day.day for day in (found.published, found.updated)] == [published_on, updated_on]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        (
            '<p class="byline">By <a rel="author">Ann Lee</a> and <a rel="author">Bo Ray</a> | 6 October 2020</p>',
            "Ann Lee, Bo Ray",
        ),
        ('<div class="c-byline"><span>By</span><span>Ann Lee</span></div>', "Ann Lee"),
        ('<p class="byline">By Ann Lee, Staff Writer</p>', "Ann Lee"),
        ("<p>Words: Ann Lee</p>", "Ann Lee"),
        ("<p>Автор: Вера Лапшина</p>", "Вера Лапшина"),
        ('<p class="reporter">한서윤 기자</p>', "한서윤"),
        ('<div class="writers"><b>Ann Lee</b> <i>Politics Reporter</i></div>', "Ann Lee"),
        ('<div class="author-bio">Ann Lee grinds oats</div>', ""),
        ('<meta name="author" content="Super User">', ""),
        ("<p>By the river it was quiet</p>", ""),
        ("<p>New York, 6 October 2020</p>", ""),
    ],
)
def test_bylines(line: str, author: str):
    assert page(body=f"<article><h1>Mill sold</h1>{line}{TEXT}</article>").article.author == author


@pytest.mark.parametrize(
    "masthead",
    [
        '<a href="/">Hill Post</a>',
        '<a href="/"><img alt="Hill Post"></a>',
        '<div id="site-name">Hill Post</div>',
        '<h1 class="logo"><a href="/">Hill Post</a></h1>',
        "<h2>Hill Post</h2>",
    ],
)
@pytest.mark.parametrize("title", ["Mill sold | Hill Post", "Hill Post: Mill sold", "Hill Post - Mill sold"])
def test_a_name_in_the_title_is_the_outlets_where_the_masthead_has_it(masthead: str, title: str):
    reading = page(f"<title>{title}</title>", f"{masthead}<article><h1>Mill sold</h1>{TEXT}</article>")
    assert (reading.article.outlet, reading.article.title) == ("Hill Post", "Mill sold")
    section = masthead.replace("Hill Post", "Local news")
    assert page(f"<title>{title}</title>", f"{section}<article><h1>Mill sold</h1>{TEXT}</article>").article.outlet == ""


def test_a_page_without_h1_has_its_heading_where_the_title_stands():
    body = f'<div><a href="/">Hill Post</a></div><div><b>The old mill is sold</b><br>By Ann Lee<br>6 October 2020<br>{TEXT}</div>'
    article = page("<title>Hill Post - The old mill is sold</title>", body).article
    assert (article.title, article.author, article.published) == ("The old mill is sold", "Ann Lee", date(2020, 10, 6))


@pytest.mark.parametrize(
    "box",
    [
        '<ul><li><a href="/a">Ten walks for a long weekend</a></li><li><a href="/b">Who stole the parish bench?</a></li></ul>',
        '<p><b>More: </b><a href="/a">Ten walks for a long weekend</a></p>',
        '<div class="RelatedStories_root__x1"><p>Ten walks, and why we took them.</p></div>',
    ],
)
def test_boxes_of_links_go(box: str):
    body = f"<article><h1>Mill sold</h1>{LONG.replace('</p><p>', f'</p>{box}<p>', 1)}</article>"
    assert page(body=body).article.text == page(body=f"<article><h1>Mill sold</h1>{LONG}</article>").article.text


def test_links_that_are_the_articles_stay():
    linked = '<p><a href="/c">The whole of this sentence leads to the deed of sale.</a></p>'
    body = f"<article><h1>Mill sold</h1>{LONG.replace('</p><p>', f'</p>{linked}<p>', 1)}</article>"
    assert page(body=body).article.text.splitlines()[1] == "The whole of this sentence leads to the deed of sale."
