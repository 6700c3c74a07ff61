# ruff: noqa: E501  (a page's HTML is easier to check on one line)
"""What pages, texts and documents say of themselves in the ways that are easily misread: dates, authors, outlets."""

import json
from datetime import date

import pytest

from index.article import Article
from index.formats.html import page_to_reading

THE_DAY = date(2021, 5, 14)
TEXT = (
    "<p>The ferry to Hollin Island will not sail before June, the harbour master said on Friday.</p>"
    "<p>Its engine came from a trawler and no spare part can be had, according to the yard that built it.</p>"
    "<p>Islanders will be taken across by the mail boat, which has room for twelve and no roof.</p>"
)


def page(above: str = "", *, head: str = "", title: str = "Ferry laid up", lang: str = "en", url: str = "") -> Article:
    """The article of a page whose heading is followed by `above`."""
    html = (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><article><h1>Ferry laid up</h1>{above}{TEXT}</article></body></html>"
    )
    return page_to_reading(html.encode(), source="ferry.html", url=url).article


@pytest.mark.parametrize(
    "above",
    [
        '<div class="datum">14.05.21, 08:30 Uhr</div>',
        '<span class="tarih">14 Mayıs 2021 Cuma, 08:30</span>',
        '<div class="meta">Cümə, 14 may 2021</div>',
        '<p class="info">Fr 14.05.21 | 8:30</p>',
        '<div class="date">۲۴ اردیبهشت ۱۴۰۰</div>',
        '<div class="date">14 May 2021 (HN/wire) Port Hollin</div>',
        "<p>Posted on May 14, 2021 by Inga Moll</p>",
        "<p>By Inga Moll, 14 May 2021</p>",
        "<div>Port Hollin, 14 May 2021</div>",
        '<figure><img src="f.jpg"><figcaption>Photo: Archive | 02.03.2019 | I. Moll</figcaption></figure><p>14.05.2021</p>',
        "<p>14.05.2021 // Inga Moll</p>",
        '<time class="date updated published" datetime="2021-05-14T08:30:00+02:00">am Freitag</time>',
        '<div class="byline"><span>Inga Moll</span> <span>14 mai 2021</span></div>',
        '<div class="x">2021-05-14 08:30</div>',
        "<table><tr><td>Friday, May 14, 2021</td></tr></table>",
    ],
)
def test_a_date_in_the_articles_head_is_read(above: str):
    assert page(above).published == THE_DAY


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published:time" content="2021-05-14T08:30:00+00:00">',
        '<meta name="og:article:published:time" content="2021-05-14">',
        '<meta name="article.published" content="14.05.21">',
    ],
)
def test_a_meta_tag_with_a_name_gone_wrong_is_read(head: str):
    assert page(head=head).published == THE_DAY


@pytest.mark.parametrize(
    "title", ["Ferry laid up | Islands | HN | 14.05.2021", "Ferry laid up - 14 May 2021", "Ferry laid up (14.05.21)"]
)
def test_a_date_at_the_titles_end_is_read(title: str):
    article = page(title=title, head=f'<meta property="og:title" content="{title}">')
    assert (article.published, article.title) == (THE_DAY, "Ferry laid up")


@pytest.mark.parametrize(
    "above",
    [
        '<figure><img src="f.jpg"><figcaption>The ferry on 14 May 2021</figcaption></figure>',
        '<div class="caption">Photo: I. Moll, 14.05.2021</div>',
        '<div class="date">05/06/2021</div>',
        '<div class="event">Meeting on 14 May 2021 in the town hall</div>',
        '<div class="date">Summer 2021</div>',
    ],
)
def test_a_date_of_something_else_is_not_the_articles(above: str):
    assert page(above).published is None


def test_another_date_on_the_page_tells_whether_its_days_come_first():
    assert page('<div class="date">05/06/2021</div>', lang="it").published == date(2021, 6, 5)
    assert page('<div class="date">05/06/2021</div><p>Updated 25/06/2021</p>').published == date(2021, 6, 5)
    assert page('<div class="date">05/06/2021</div><p>Updated 05/26/2021</p>').published == date(2021, 5, 6)


def test_of_a_time_in_utc_the_day_that_the_page_shows_is_the_articles():
    tag = '<meta property="article:published_time" content="2021-05-13T22:30:00Z">'
    assert page('<div class="datum">14.05.2021, 0:30 Uhr</div>', head=tag).published == THE_DAY
    assert page(head=tag).published == date(2021, 5, 13)
    assert page(head=tag, url="https://a.example/2021/05/14/ferry").published == THE_DAY
    assert page(head=tag, url="https://a.example/2021/05/12/ferry").published == date(2021, 5, 13)
    assert page('<div class="datum">12.05.2021</div>', head=tag).published == date(2021, 5, 12)


@pytest.mark.parametrize(
    ("above", "author"),
    [
        ('<p class="author">Autorin: Inga Moll</p>', "Inga Moll"),
        ('<p class="author">Yazan: İnci Mol</p>', "İnci Mol"),
        ('<p class="author">Interview: Inga Moll</p>', "Inga Moll"),
        ('<p class="byline">Text und Fotos: Inga Moll</p>', "Inga Moll"),
        ('<p class="author">Redacción: Inés Mola</p>', "Inés Mola"),
        ('<span class="entry-author">Post author</span><span>By Inga Moll</span>', "Inga Moll"),
        ('<span class="author-label">Written by</span> <span class="author-name">Inga Moll</span>', "Inga Moll"),
        ('<div class="byline">By Inga Moll, 14 May 2021</div>', "Inga Moll"),
        ("<p>By Inga Moll, 14 May 2021</p>", "Inga Moll"),
        ('<div class="byline">Inga Moll | Updated May 14, 2021</div>', "Inga Moll"),
        ('<div class="author">14 May 2021 by Inga Moll</div>', "Inga Moll"),
        ("<p>Posted on May 14, 2021 by Inga Moll</p>", "Inga Moll"),
        ('<p class="author">執筆者：森井花</p>', "森井花"),
    ],
)
def test_an_authors_label_is_no_part_of_the_name(above: str, author: str):
    assert page(above).author == author


@pytest.mark.parametrize(
    "above",
    [
        '<span class="author">Posted on</span> <span>May 14, 2021</span>',
        '<span class="author">Veröffentlicht am</span> <span>14.05.2021</span>',
        '<span class="byline">Stand: 14. Mai 2021, 8:30 Uhr</span>',
        '<span class="byline">Fri 14 May 2021</span>',
        '<span class="byline">Cuma 08:30</span>',
        '<p class="author">この記事を書いた人</p>',
        '<p class="author">執筆者</p>',
        '<p class="author">About the author</p>',
        '<p class="author">Share this article</p>',
        '<p class="author">Publicado el</p>',
        '<p class="author">4711</p>',
        '<p class="author">@hollin_news</p>',
        '<p class="author">Author:</p>',
        '<p class="author">Author</p>',
        '<p class="author">Yayınlanma tarihi</p>',
        '<p class="author">Last updated:</p>',
        '<p class="author">No comments</p>',
        '<p class="author">Опубликовано</p>',
    ],
)
def test_a_label_a_number_or_a_handle_is_no_author(above: str):
    assert page(above).author == ""


@pytest.mark.parametrize("wrong", ["@HollinNews", "20771", "https://hollin.example/u/7", "admin", "Posted by"])
def test_a_meta_tag_that_names_nobody_gives_way_to_one_that_does(wrong: str):
    tags = f'<meta property="article:author" content="{wrong}"><meta name="author" content="Inga Moll">'
    assert page(head=tags).author == "Inga Moll"
    assert page(head=f'<meta name="author" content="{wrong}">').author in ("", "admin")


def publisher(name: str) -> str:
    item = {"@type": "NewsArticle", "headline": "Ferry laid up", "publisher": {"@type": "Organization", "name": name}}
    return f'<script type="application/ld+json">{json.dumps(item)}</script>'


@pytest.mark.parametrize(
    "name",
    [
        "Hollin Media Holding AG",
        "Moll & Sons Verlag GmbH & Co. KG",
        "Island Press Ltd.",
        "hollinnews.example",
        "www.hollin-news.example",
        "Grupo Isla S.A.",
        "Hollin Yayıncılık A.Ş.",
        "WordPress",
        "Arc Publishing",
    ],
)
def test_the_sites_name_goes_before_a_company_a_domain_or_a_platform(name: str):
    assert page(head=publisher(name) + '<meta property="og:site_name" content="Hollin News">').outlet == "Hollin News"


def test_a_company_is_the_outlet_where_nothing_else_is_named():
    assert page(head=publisher("Hollin Media Holding AG")).outlet == "Hollin Media Holding AG"


def test_the_name_in_the_title_goes_before_a_company():
    title = "Ferry laid up | Hollin News"
    head = publisher("Hollin Media Holding AG") + '<meta name="copyright" content="Hollin News 2021">'
    assert page(head=head, title=title).outlet == "Hollin News"


def test_a_publisher_goes_before_a_site_that_calls_itself_by_its_domain():
    head = publisher("Hollin News") + '<meta property="og:site_name" content="hollinnews.example">'
    assert page(head=head).outlet == "Hollin News"
