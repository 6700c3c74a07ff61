"""Which lines of a page are its article: whatever wraps it, and whatever stands beside it."""

import pytest

from index.formats.html import page_to_reading

ARTICLE = [
    "The bell of Saint Ilva's tower was lowered on Thursday for the first time in ninety years, by two cranes.",
    "A crack runs along its rim, said Henrike Toll, who keeps the tower; it was heard before it was seen, last winter.",
    "The foundry in Ostermark will weld it over the summer, at a price of 86,000 crowns that the parish has gathered.",
    "Until then a loudspeaker rings the hours, to the dismay of the organist, who calls it a kettle with a timetable.",
]
LETTERS = [
    f"Letter {n}: my grandmother was christened below that bell, and so were her {n} brothers, and nobody asked any of "
    "us whether it ought to leave the tower at all, or who is to pay for bringing it back again."
    for n in range(1, 13)
]
TEASERS = [
    "Two lynxes were seen near the reservoir on Sunday, and the ranger now asks that dogs be kept on a lead, for…",
    "The night train to the coast is to run again from March, with sleeping cars that were bought second-hand in…",
    "A carpenter from Hellen has built a canoe that folds, and three rescue services have already asked for one…",
]


def text_of(body: str, head: str = "") -> str:
    page = f"<html lang=en><head><title>Bell lowered - Ostermark Echo</title>{head}</head><body>{body}</body></html>"
    return page_to_reading(page.encode(), source="bell.html").article.text


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize(
    "wrapper",
    [
        '<form method="post" action="/default.aspx">',
        '<div class="story comments-open">',
        '<div class="layout newsletter-page">',
        '<div id="popup-root" class="overlay">',
        '<div class="post type-post tag-cookies tag-related category-ads">',
        '<aside class="first-column">',
        '<footer class="page-body">',
        '<section class="promo-free print-only">',
        '<div class="sidebar sidebar-collapsed" id="teaser">',
    ],
)
def test_what_holds_the_heading_and_the_article_stays_whatever_it_is_called(wrapper: str):
    letters = "".join(f"<div class='k{n}'><p>{letter}</p></div>" for n, letter in enumerate(LETTERS))
    end = f"</{wrapper[1:].split()[0]}>"
    text = text_of(f"{wrapper}<h1>Bell lowered</h1>{paragraphs(ARTICLE)}{end}<div id='talk'>{letters}</div>")
    assert [line for line in text.splitlines() if line in ARTICLE] == ARTICLE


@pytest.mark.parametrize("label", ["Bell", "kettle", "Ostermark", "86"])
@pytest.mark.parametrize("above", [False, True])
def test_a_label_that_stands_in_the_article_too_brings_no_teasers_with_it(label: str, above: bool):
    picks = "".join(f"<div class='pick'><p class='x'>{teaser}</p></div>" for teaser in TEASERS)
    beside = f"<div class='cat'>{label}</div>"
    beside = f"<div class='picks'>{beside + picks if above else picks + beside}</div>"
    article = f"<article><h1>Bell lowered</h1>{paragraphs(ARTICLE)}</article>"
    text = text_of(f"<main>{beside + article if above else article + beside}</main>")
    assert [line for line in text.splitlines() if line != label] == ARTICLE


def test_teasers_longer_than_a_short_article_do_not_replace_it():
    cards = "".join(
        f"<div class='card'><a href='/{n}'><h3>Story number {n} of the week</h3></a><p>{TEASERS[n % 3]}</p></div>"
        for n in range(14)
    )
    article = f"<div class='text'><h1>Bell lowered</h1>{paragraphs(ARTICLE[:2])}</div>"
    text = text_of(f"{article}<div class='more'><h2>More from Ostermark</h2>{cards}</div>")
    assert ARTICLE[0] in text
    assert ARTICLE[1] in text
    assert "lynxes" not in text


def test_a_short_line_is_the_articles_only_where_it_stands_in_it():
    menu = "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in ("Tower", "Crowd", "Parish", "Organist"))
    text = text_of(f"<ul>{menu}</ul><article><h1>Bell lowered</h1>{paragraphs(ARTICLE)}</article><ul>{menu}</ul>")
    assert text.splitlines() == ARTICLE


def test_lines_are_the_pages_own_in_its_order():
    below = "<h2>A crack</h2><blockquote>It rang once more, at noon, and then not again.</blockquote>"
    body = f"<article><h1>Bell lowered</h1>{paragraphs(ARTICLE[:2])}{below}{paragraphs(ARTICLE[2:])}</article>"
    lines = text_of(body).splitlines()
    assert lines == sorted(lines, key=body.index)


def test_marks_of_where_words_may_be_broken_are_no_part_of_the_words():
    body = paragraphs(ARTICLE).replace("Saint", "Sa&shy;int").replace("loudspeaker", "loud&shy;spea\u200bker")
    assert text_of(f"<article><h1>Bell lowered</h1>{body}</article>").splitlines() == ARTICLE


def test_text_that_stands_in_a_script_alone_is_taken_from_there():
    said = " ".join(ARTICLE)
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{said}"}}</script>'
    assert text_of("<div id='root'><h1>Bell lowered</h1><p>Loading</p></div>", head) == said


@pytest.mark.timeout(30)
def test_an_endless_line_holds_nothing_up():
    endless = "bell " * 400_000
    assert text_of(f"<h1>Bell lowered</h1>{paragraphs(ARTICLE)}<p>{endless}</p>").splitlines()[0] == ARTICLE[0]
