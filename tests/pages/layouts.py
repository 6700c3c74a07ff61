# ruff: noqa: E501  (pages are easier to check where their HTML is not cut into short lines)
"""Made-up local news set in the layouts that news sites use: pages whose every fact and sentence is known.

A page is a story in a layout. What a layout does not say is expected to stay unknown. The names, towns and outlets
are invented.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from html import escape


@dataclass(frozen=True)
class Story:
    title: str
    outlet: str
    author: str
    day: date
    host: str
    sentences: tuple[str, ...]
    lang: str = "en"


@dataclass(frozen=True)
class Page:
    """The bytes of a page and what a careful person reads in it."""

    name: str
    data: bytes
    title: str
    outlet: str
    author: str
    published: date | None
    sentences: tuple[str, ...]
    url: str = ""
    content_type: str = ""


STORIES = (
    Story(
        "Ferry to Gull Island returns after storm repairs",
        "The Marrow Bay Post",
        "Lena Ashby",
        date(2019, 3, 14),
        "marrowbaypost.example",
        (
            "The ferry to Gull Island sailed again on Thursday after eleven days in the repair yard.",
            "Its landing ramp had been bent by the waves of the February storm, the harbour master said.",
            "About 240 people live on the island, and most of them had been shopping by fishing boat.",
            "“We ran out of coffee on the third day,” said Tomas Reed, who keeps the only shop.",
            "The repair cost 48,000 pounds, which the county will pay out of its storm fund.",
            "A second ramp is to be built by the autumn so that one can always be used.",
        ),
    ),
    Story(
        "Council votes to keep Oldmill library open on Sundays",
        "Tarrow Valley News",
        "Peter Onslow",
        date(2021, 11, 9),
        "tarrownews.example",
        (
            "Oldmill's library will stay open on Sundays for at least another two years.",
            "Councillors voted 14 to 9 on Monday night against a plan to save 31,000 a year.",
            "More than 3,000 readers had signed a petition that pupils of the town's school began.",
            "Read more slowly and you will see the money is well spent, Councillor Ada Finch told the hall.",
            "The finance committee now has to find the same sum elsewhere before the budget is passed in March.",
        ),
    ),
    Story(
        "Baker's sourdough wins the county bread prize",
        "Eastfold Gazette",
        "Mina Okoro",
        date(2022, 6, 25),
        "eastfoldgazette.example",
        (
            "A loaf baked in a garage in Little Wenning has won the county's bread prize.",
            "Judges tasted 63 loaves over two days and praised the crust of the winner.",
            "Hugo Marsh, 34, began to bake when the printing works closed and he lost his job.",
            "He sells about 90 loaves a day from a window that opens on to the lane.",
            "Share prices of flour mills hardly matter to him, he joked, as he buys from a neighbour.",
            "The prize is 500 and a wooden peel, which he means to hang above the oven.",
        ),
    ),
    Story(
        "Beavers seen on the River Sill for the first time in a century",
        "Sillside Herald",
        "Ruth Carver",
        date(2020, 10, 6),
        "sillsideherald.example",
        (
            "Walkers have filmed a pair of beavers on the River Sill, where none had lived for a hundred years.",
            "The animals had gnawed through nine willows near the weir at Combe, the wildlife trust said.",
            "Nobody knows where they came from, since none were released in the district.",
            "Farmers downstream worry about flooding, and a meeting is to be held in the village hall.",
            "The video shows the larger animal slapping its tail on the water at dusk.",
        ),
    ),
    Story(
        "Tram line 4 to close for eight weeks of track work",
        "Norbridge Echo",
        "Sam Idle",
        date(2023, 5, 2),
        "norbridgeecho.example",
        (
            "Tram line 4 will be closed for eight weeks from the middle of June, the operator announced.",
            "Three kilometres of rail laid in 1987 have worn so thin that trams must slow to walking pace.",
            "Buses will run every seven minutes between the station and the hospital instead.",
            "The operator expects 19,000 passengers a day to be affected.",
            "Work at night was ruled out because of the houses beside the line, its director Iris Holm said.",
            "Tickets for the line will be refunded in part on request.",
        ),
    ),
)

FOREIGN = (
    Story(
        "Neue Brücke über die Wiesenau wird im Herbst eröffnet",
        "Wiesenauer Bote",
        "Jörg Täubner",
        date(2021, 8, 17),
        "wiesenauerbote.example",
        (
            "Die neue Brücke über die Wiesenau soll im Oktober für Fußgänger und Radfahrer geöffnet werden.",
            "Der Bau hat nach Angaben der Stadt 2,3 Millionen Euro gekostet und damit weniger als geplant.",
            "Die alte Holzbrücke war vor drei Jahren nach einem Hochwasser gesperrt worden.",
            "Bürgermeisterin Käthe Groß sprach von einem Gewinn für beide Ufer.",
        ),
        "de",
    ),
    Story(
        "Le marché couvert de Vaulx-sur-Orme rouvre ses portes",
        "Le Courrier de l'Orme",
        "Hélène Béraud",
        date(2018, 4, 21),
        "courrierorme.example",
        (
            "Le marché couvert de Vaulx-sur-Orme a rouvert samedi après quatorze mois de travaux.",
            "Les trente-deux étals ont été attribués par tirage au sort, a précisé la mairie.",
            "La verrière de 1902, fêlée depuis la grêle de 2015, a été entièrement remplacée.",
            "Près de deux mille visiteurs étaient attendus dès la première matinée.",
        ),
        "fr",
    ),
    Story(
        "El pueblo de Valdeoro estrena su primera biblioteca",
        "Diario de la Sierra Alta",
        "Íñigo Peñalver",
        date(2022, 2, 5),
        "diariosierraalta.example",
        (
            "El pueblo de Valdeoro abrió el viernes su primera biblioteca en la antigua estación de tren.",
            "Los vecinos reunieron más de cuatro mil libros durante el último año.",
            "La alcaldesa explicó que el edificio llevaba cerrado desde 1984.",
            "La biblioteca abrirá cinco tardes por semana y también los sábados por la mañana.",
        ),
        "es",
    ),
    Story(
        "Çınarlı köyünde su değirmeni yeniden dönüyor",
        "Çınarlı Haber",
        "Gülşen Işık",
        date(2020, 9, 30),
        "cinarlihaber.example",
        (
            "Çınarlı köyündeki yüz yıllık su değirmeni onarımın ardından yeniden dönmeye başladı.",
            "Köylüler değirmenin taşlarını kendi elleriyle temizledi ve çarkı yeniledi.",
            "Değirmende haftada iki gün buğday öğütülecek, öbür günler okullar gezebilecek.",
            "Muhtar Şükrü Güneş, ilk unun köydeki düğünde kullanılacağını söyledi.",
        ),
        "tr",
    ),
    Story(
        "افتتاح حديقة عامة جديدة في بلدة وادي الزيتون",
        "صحيفة الوادي",
        "سلمى الحداد",
        date(2021, 3, 11),
        "alwadi.example",
        (
            "افتتحت بلدة وادي الزيتون يوم الخميس حديقة عامة جديدة على ضفة النهر القديم.",
            "وقال رئيس المجلس المحلي إن العمل في الحديقة استمر ثمانية عشر شهرا متواصلا.",
            "وتضم الحديقة ملعبا للأطفال ومسارا للدراجات يبلغ طوله كيلومترين.",
            "وزرع المتطوعون أكثر من ستمئة شجرة زيتون ولوز في أرجاء المكان.",
        ),
        "ar",
    ),
)

RUSSIAN = Story(
    "В Заречье открыли старую обсерваторию",
    "Вестник Заречья",
    "Ольга Снегова",
    date(2019, 12, 3),
    "zarechye.example",
    (
        "В Заречье после ремонта снова открыли обсерваторию, построенную учителем физики.",
        "Телескоп собирали заново почти два года, рассказали в городском музее.",
        "По субботам на звёзды смогут посмотреть все желающие, вход останется бесплатным.",
    ),
    "ru",
)
JAPANESE = Story(
    "青葉町の古い灯台が資料館になる",
    "青葉新報",
    "山下花",
    date(2020, 7, 8),
    "aobashinpo.example",
    (
        "青葉町の岬に立つ古い灯台が、来年の春に小さな資料館として生まれ変わることになった。",
        "町によると、工事の費用は八千万円で、半分は住民の寄付で集まったという。",
        "館内では漁の道具や昔の海図など、およそ三百点を見ることができる。",
    ),
    "ja",
)
CHINESE = Story(
    "柳河镇修复百年石桥",
    "柳河日报",
    "陈小雨",
    date(2021, 5, 19),
    "liuheribao.example",
    (
        "柳河镇的百年石桥经过十个月的修复,星期三重新向行人开放。",
        "负责施工的工程师说,桥上三分之一的石块需要更换。",
        "镇政府计划明年在桥边建一座介绍当地历史的小展馆。",
    ),
    "zh",
)

# Furniture: none of it is the article's.
COOKIES = (
    '<div class="cookie-banner"><p>We use cookies to improve your visit. You can change this at any time.</p></div>'
)
NAV = '<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li><li><a href="/tv">Listings</a></li></ul></nav>'
RELATED = (
    '<div class="related-articles"><h3>Related stories</h3><ul><li><a href="/a">Mayor opens a swimming pool</a> '
    '<time datetime="2011-01-02">2 January 2011</time></li><li><a href="/b">Snow closes the pass road</a> '
    '<time datetime="2024-02-03">3 February 2024</time></li></ul></div>'
)
COMMENTS = (
    '<section id="comments" class="comments"><h3>2 comments</h3><div class="comment"><b>Wilfred77</b> '
    '<time datetime="2024-04-04">4 April 2024</time><p>Well, I never thought that this would come to pass.</p></div>'
    '<div class="comment"><b>Dotty</b><p>Nor did I, and my sister says so too.</p></div></section>'
)
NEWSLETTER = (
    '<div class="newsletter-signup"><h4>The morning letter</h4><p>Sign up for our newsletter and get the best of the week.</p>'
    "<form><input name=m><button>Join</button></form></div>"
)
VIDEO = "<p>This video can not be played</p><p>To play this video you need to enable JavaScript in your browser.</p>"
FIGURE = '<figure><img src="p.jpg" alt="A view"><figcaption>A view from the quay at noon. Photograph: J. Quill</figcaption></figure>'
SHARE = '<div class="share-buttons"><a href="#">Facebook</a> <a href="#">Copy link</a></div>'
FOOTER = "<footer><p>© 2025 All rights reserved. Write to the editors at the address below.</p></footer>"
READ_MORE = '<p>Read more: <a href="/c">Ten walks for the weekend</a></p>'
ADVERT = '<p>Advertisement</p><div class="ad-slot"><p>Buy two pairs of shoes and pay for one.</p></div>'


def _url(story: Story, dated: bool = False) -> str:
    slug = f"story-{sum(map(ord, story.title)) % 9973}"
    return (
        f"https://www.{story.host}/{story.day:%Y/%m/%d/}{slug}" if dated else f"https://www.{story.host}/local/{slug}"
    )


def _paragraphs(story: Story, each: int = 1) -> list[str]:
    groups = [" ".join(story.sentences[i : i + each]) for i in range(0, len(story.sentences), each)]
    return [f"<p>{escape(group)}</p>" for group in groups]


def _page(story: Story, head: str, body: str, *, lang: str | None = None, charset: str = "utf-8") -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang or story.lang}"><head><meta charset="{charset}">{head}</head>'
        f"<body>{body}</body></html>"
    )


def _expected(story: Story, name: str, html: str | bytes, **changed: object) -> Page:
    data = html.encode("utf-8") if isinstance(html, str) else html
    page = Page(name, data, story.title, story.outlet, story.author, story.day, story.sentences, _url(story))
    return replace(page, **changed)  # type: ignore[arg-type]


def _ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


def _news(story: Story, **more: object) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": f"{story.day}T06:30:00+01:00",
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "Organization", "name": story.outlet},
        **more,
    }


def json_ld(s: Story) -> Page:
    first, *rest = _paragraphs(s)
    body = f"{COOKIES}{NAV}<main><article><h1>{escape(s.title)}</h1>{FIGURE}{first}{ADVERT}{''.join(rest)}{READ_MORE}</article>{RELATED}</main>{FOOTER}"
    return _expected(
        s, "json_ld", _page(s, f"<title>{escape(s.title)} | {escape(s.outlet)}</title>" + _ld(_news(s)), body)
    )


def graph(s: Story) -> Page:
    things = [
        {"@type": "WebSite", "@id": "#site", "name": "A platform"},
        {"@type": "Organization", "@id": "#org", "name": s.outlet},
        {"@type": "Person", "@id": "#who", "name": s.author},
        {"@type": "ItemList", "itemListElement": [_news(s, headline="Another story", datePublished="2024-01-01")]},
        _news(s, author={"@id": "#who"}, publisher={"@id": "#org"}, dateModified=f"{s.day}T20:00:00Z"),
    ]
    body = f"{NAV}<article><header><h1>{escape(s.title)}</h1>{SHARE}</header><div class='entry-content'>{''.join(_paragraphs(s, 2))}</div></article>{RELATED}{COMMENTS}"
    head = _ld({"@context": "https://schema.org", "@graph": things})
    return _expected(s, "graph", _page(s, f"<title>{escape(s.title)}</title>{head}", body))


def broken_json(s: Story) -> Page:
    text = json.dumps([_news(s)], ensure_ascii=False, indent=1).replace("\n }", ",\n }")
    head = f"<title>x</title><script type='application/ld+json'>\n{text.replace('06:30', '06:30')}\n</script><script type='application/ld+json'>{{no json</script>"
    body = f"<div id='wrap'><h1>{escape(s.title)}</h1><div class='story'>{''.join(_paragraphs(s))}{SHARE}</div></div>{FOOTER}"
    return _expected(s, "broken_json", _page(s, head, body))


def open_graph(s: Story) -> Page:
    head = (
        f'<meta property="og:title" content="{escape(s.title)} - {escape(s.outlet)}">'
        f'<meta property="og:site_name" content="{escape(s.outlet)}">'
        f'<meta property="article:published_time" content="{s.day}T23:10:00Z">'
        f'<meta property="article:author" content="https://social.example/{s.host}">'
        f'<meta name="author" content="By {escape(s.author)}">'
    )
    body = f"{COOKIES}<div class='page'><div class='content'><h1>{escape(s.title)}</h1>{VIDEO}{''.join(_paragraphs(s))}{NEWSLETTER}</div></div>"
    return _expected(s, "open_graph", _page(s, head, body))


def meta_tags(s: Story) -> Page:
    head = (
        f'<title>{escape(s.title)} | {escape(s.outlet)}</title><meta name="application-name" content="{escape(s.outlet)}">'
        f'<meta name="parsely-pub-date" content="{s.day}"><meta name="parsely-author" content="{escape(s.author)}">'
        '<meta name="twitter:site" content="@somebody">'
    )
    body = f"{NAV}<article><h1>{escape(s.title)}</h1>{''.join(_paragraphs(s))}{SHARE}</article><aside><h3>Most read</h3><p>The ten best soups of the year, chosen by our cooks.</p></aside>"
    return _expected(s, "meta_tags", _page(s, head, body))


def amp(s: Story) -> Page:
    head = f"<link rel=canonical href='{_url(s)}'>" + _ld(_news(s))
    body = (
        "<amp-sidebar id=sb layout=nodisplay><ul><li>Home</li><li>Weather and traffic for the week</li></ul></amp-sidebar>"
        f"<amp-consent><p>This site uses cookies and needs your leave.</p></amp-consent><article class='amp-article'><h1>{escape(s.title)}</h1>"
        f"<amp-img src=a.jpg></amp-img>{''.join(_paragraphs(s))}<amp-ad><p>Buy a boat today at Harper's.</p></amp-ad></article>"
    )
    return _expected(s, "amp", _page(s, head, body).replace("<html", "<html amp"), url=f"https://amp.{s.host}/x")


def paginated(s: Story) -> Page:
    head = f'<title>{escape(s.title)} - {escape(s.outlet)}</title><meta property="og:site_name" content="{escape(s.outlet)}">'
    body = (
        f"<article><h1>{escape(s.title)}</h1><p class='byline'>By {escape(s.author)}</p><time datetime='{s.day}'>{s.day:%d %B %Y}</time>"
        f"{''.join(_paragraphs(s))}<div class='pagination'><span>Page 1 of 2</span> <a href='?page=2'>Next page</a></div></article>"
    )
    return _expected(s, "paginated", _page(s, head, body))


def live_blog(s: Story) -> Page:
    posts = [
        {"@type": "BlogPosting", "headline": f"Post {i}", "datePublished": f"2024-02-0{i}", "articleBody": t}
        for i, t in enumerate(s.sentences, 1)
    ]
    item = _news(s, liveBlogUpdate=posts, coverageStartTime=f"{s.day}T05:00:00Z")
    item["@type"] = "LiveBlogPosting"
    rows = "".join(
        f"<div class='live-post'><time datetime='2024-02-0{i}T0{i}:00'>0{i}:00</time><p>{escape(t)}</p></div>"
        for i, t in enumerate(s.sentences, 1)
    )
    body = f"{NAV}<main><h1>{escape(s.title)}</h1><div class='live-feed'>{rows}</div></main>{COMMENTS}"
    return _expected(s, "live_blog", _page(s, _ld(item), body))


def paywall(s: Story) -> Page:
    kept = s.sentences[:2]
    body = (
        f"<article><h1>{escape(s.title)}</h1>{''.join(f'<p>{escape(t)}</p>' for t in kept)}</article><div class='paywall-prompt'>"
        "<p>To continue reading, take out a subscription from one pound a week.</p></div>"
    )
    return _expected(s, "paywall", _page(s, _ld([_news(s, isAccessibleForFree=False)]), body), sentences=kept)


def microdata(s: Story) -> Page:
    body = (
        f"<div itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop='headline'>{escape(s.title)}</h1>"
        f"<span itemprop='author' itemscope><span itemprop='name'>{escape(s.author)}</span></span>"
        f"<meta itemprop='datePublished' content='{s.day}'><div itemprop='articleBody'>{''.join(_paragraphs(s))}</div></div>{RELATED}"
    )
    return _expected(s, "microdata", _page(s, f'<meta property="og:site_name" content="{escape(s.outlet)}">', body))


def old_tables(s: Story) -> Page:
    text = "<br><br>".join(escape(t) for t in s.sentences)
    html = (
        f"<HTML><HEAD><TITLE>{escape(s.title)}</TITLE></HEAD><BODY BGCOLOR=white><TABLE WIDTH=700><TR><TD COLSPAN=2><A HREF=/>Home</A> | <A HREF=/w>Weather</A>"
        f"</TD></TR><TR><TD WIDTH=100><A HREF=/1>Sport</A><BR><A HREF=/2>Births</A></TD><TD><H1>{escape(s.title)}</H1><FONT SIZE=2>By {escape(s.author)}</FONT><BR>{text}</TD></TR></TABLE></BODY></HTML>"
    )
    return _expected(s, "old_tables", html, url=_url(s, dated=True), outlet=s.host)


def div_soup(s: Story) -> Page:
    lines = "".join(f"<div class='c{i}'><div><span>{escape(t)}</span></div></div>" for i, t in enumerate(s.sentences))
    body = (
        f"<div><div><div><a href=/>Home</a><a href=/x>More</a></div><div><div class='hd'><h1>{escape(s.title)}</h1><div class='author-name'>{escape(s.author)}</div>"
        f"<span>{s.day:%d %B %Y}</span></div><div>{lines}</div></div></div>{COMMENTS}</div>"
    )
    return _expected(s, "div_soup", _page(s, f'<meta property="og:site_name" content="{escape(s.outlet)}">', body))


def url_date(s: Story) -> Page:
    body = f"<article><h1>{escape(s.title)}</h1>{''.join(_paragraphs(s))}</article>{RELATED}{FOOTER}"
    head = f"<title>{escape(s.title)} | {escape(s.outlet)}</title><meta property='og:site_name' content='{escape(s.outlet, quote=True)}'>"
    return _expected(s, "url_date", _page(s, head, body), url=_url(s, dated=True), author="")


def no_date(s: Story) -> Page:
    body = f"<article><h1>{escape(s.title)}</h1>{''.join(_paragraphs(s))}</article>{RELATED}{COMMENTS}{FOOTER}"
    head = (
        f"<meta property='og:site_name' content='{escape(s.outlet)}'><meta name='author' content='{escape(s.outlet)}'>"
    )
    return _expected(s, "no_date", _page(s, head, body), published=None, author="")


def future_date(s: Story) -> Page:
    body = f"<article><h1>{escape(s.title)}</h1><time datetime='{s.day}T09:00'>{s.day:%d %B %Y}</time>{''.join(_paragraphs(s))}</article>{RELATED}"
    return _expected(s, "future_date", _page(s, _ld(_news(s, datePublished="2999-01-01T00:00:00Z")), body))


def wrong_lang(s: Story) -> Page:
    body = f"<main><h1>{escape(s.title)}</h1>{VIDEO}{FIGURE}{''.join(_paragraphs(s))}{NEWSLETTER}</main>"
    return _expected(s, "wrong_lang", _page(s, _ld(_news(s)), body, lang="xx" if s.lang != "en" else "ja"))


def encoded(s: Story, codec: str, declared: str, header: str = "") -> Page:
    """A page in an old encoding; `declared` and `header` are what the page and its server say, true or not."""
    head = f"<title>{escape(s.title)} | {escape(s.outlet)}</title>" + _ld(_news(s))
    html = _page(
        s, head, f"{NAV}<article><h1>{escape(s.title)}</h1>{''.join(_paragraphs(s))}</article>", charset=declared
    )
    if not declared:
        html = html.replace('<meta charset="">', "")
    return _expected(
        s, f"encoded {codec} as {declared or header or 'nothing'}", html.encode(codec), content_type=header
    )


LAYOUTS: tuple[Callable[[Story], Page], ...] = (
    json_ld,
    graph,
    broken_json,
    open_graph,
    meta_tags,
    amp,
    paginated,
    live_blog,
    paywall,
    microdata,
    old_tables,
    div_soup,
    url_date,
    no_date,
    future_date,
    wrong_lang,
)


def all_pages() -> list[Page]:
    """Each layout with two English stories, five layouts in five more languages, and the encodings."""
    pages = [layout(STORIES[(i + j) % len(STORIES)]) for i, layout in enumerate(LAYOUTS) for j in (0, 2)]
    pages += [layout(s) for s in FOREIGN for layout in (json_ld, open_graph, wrong_lang)]
    german, french, spanish, turkish, arabic = FOREIGN
    pages += [
        encoded(german, "cp1252", "iso-8859-1"),
        encoded(german, "utf-8", "iso-8859-1"),
        encoded(french, "cp1252", "utf-8"),
        encoded(spanish, "utf-16", "utf-16"),
        encoded(spanish, "utf-8-sig", "windows-1252"),
        encoded(turkish, "cp1254", "windows-1254"),
        encoded(turkish, "cp1254", "", "text/html; charset=iso-8859-9"),
        encoded(arabic, "cp1256", "windows-1256", "text/html; charset=ISO-8859-1"),
        encoded(RUSSIAN, "cp1251", "windows-1251"),
        encoded(RUSSIAN, "koi8-r", "koi8-r"),
        encoded(RUSSIAN, "cp1251", ""),
        encoded(JAPANESE, "shift_jis", "shift_jis"),
        encoded(CHINESE, "gb18030", "gb2312"),
    ]
    return pages
