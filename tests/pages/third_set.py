# ruff: noqa: E501  (the pages are easier to check with a tag's attributes on one line)
"""Further pages in layouts that neither of the other sets has, scored once before any rule was changed for them."""

import json
from datetime import date

from tests.pages.second_author import Page, Story, ld, linked, made, metas, paragraphs, plain, story, uk, us

PIER = story(
    "Storm takes the end of Withernsey pier",
    "Colm Harrow",
    """
    The last thirty metres of Withernsey pier fell into the sea during Thursday night's storm.|Nobody was on it.
    The tide was the highest since 1953, the harbour office said.|Waves broke over the lamp posts.
    The pier was built in 1879 and had been closed since the autumn.|Its owner, the borough, wanted to sell it for one pound.
    “You could hear the bolts go, one after another,” said Jess Marrable, who lives opposite.
    Engineers will look at the rest on Monday.|A wreck buoy has been laid.
    """,
)
LOTTERY = story(
    "Town council draws its committee members by lot",
    "Anneke Brandsma",
    """
    Twelve citizens of Oudewater will advise the town council on its budget, and they were chosen by lot.|The draw took place in the sports hall on Wednesday.
    Nearly 900 people had put their names in.|The youngest of the twelve is nineteen, the eldest eighty-three.
    They will meet on eight Saturdays and are paid 75 crowns for each.|Their report goes to the council before the summer.
    Two parties had voted against the plan.|They fear that the council will hide behind the twelve.
    The mayor promised to answer every proposal in writing.
    """,
)
HOSPITAL = story(
    "Hospital ships patients by train for the first time",
    "Nadia Corwen, Tobias Feld",
    """
    A train with fourteen patients left Marrow for the coast on Tuesday, the first of its kind in the country.|Two carriages have been fitted with beds and oxygen.
    The clinic in Marrow has had too few beds since its east wing was closed.|On the coast about sixty stand empty.
    Each patient is watched by a nurse during the three-hour ride.|A doctor goes along in the second carriage.
    The railway charges 4,000 crowns for a journey.|Ten ambulances would cost more than twice that, the health office reckons.
    Relatives complain of the distance.|The clinic has promised free tickets at weekends.
    """,
)
STADIUM = story(
    "Tigers beat Harbor Town in overtime, 4-3",
    "Mack Delrio",
    """
    Javi Orr scored with eleven seconds left in overtime as the Tigers beat Harbor Town, 4-3, on Saturday night.|It was his third goal of the game.
    Harbor Town had led twice.|Its goalkeeper, Sam Pruitt, stopped 38 shots.
    “I closed my eyes and hit it,” Orr said.|“Don't tell the coach.”
    The Tigers play at Millvale on Tuesday.|They need one more win to reach the final.
    """,
)
COMET = story(
    "A comet that last came in the Stone Age can be seen again",
    "Imre Tallis",
    """
    A comet that was last near the sun about 6,800 years ago can be seen with the naked eye this week.|It stands low in the northwest an hour after sunset.
    It was found in March by a retired baker who looks for variable stars.|By custom it bears her name, Lindqvist.
    Astronomers expect it to fade by the end of the month.|After that it will need a small telescope.
    The next chance will be in about 6,800 years.|“I will not be taking bookings,” said the head of the observatory at Corrie.
    """,
)
WOLF = story(
    "Dos lobos llegan al valle de Ardanza tras setenta años",
    "Íñigo Robledo",
    """
    Dos lobos han sido fotografiados en el valle de Ardanza por primera vez desde 1951.|Las cámaras del parque los captaron el lunes junto a un arroyo.
    Los ganaderos piden vallas y perros.|El gobierno regional ofrece pagar la mitad.
    Una bióloga cree que llegaron desde la sierra vecina siguiendo a los corzos.|El parque no revelará el lugar exacto.
    El alcalde ha convocado una reunión para el jueves.
    """,
)
FARO = story(
    "Il faro di Capo Lento diventa una scuola di vela",
    "Giulia Ferrandi",
    """
    Il faro di Capo Lento, spento dal 2006, ospiterà da settembre una scuola di vela.|Il comune ha firmato ieri il contratto con una cooperativa di giovani.
    I lavori costeranno 620 mila euro.|Le camere potranno accogliere ventiquattro ragazzi.
    La lanterna resterà al suo posto e sarà visitabile ogni domenica.|I pescatori chiedono che il molo non venga chiuso.
    «Da bambino ci portavo il pane al guardiano», racconta il sindaco.
    """,
)
KANAAL = story(
    "Kanaal bij Oosterlee weer open na twee maanden",
    "Wim Hazelaar",
    """
    Het kanaal bij Oosterlee is sinds maandag weer open voor de scheepvaart.|Een lekkende sluisdeur had het verkeer twee maanden stilgelegd.
    Zo'n honderd schippers moesten omvaren.|Dat kostte hun gemiddeld een dag per reis.
    De reparatie viel duurder uit dan verwacht.|Het waterschap betaalde 1,4 miljoen euro.
    Volgend jaar wordt ook de tweede deur vervangen.
    """,
)
TEATR = story(
    "Mały teatr w Lipowie kupił własny dom",
    "Bożena Wróbel",
    """
    Teatr lalek w Lipowie po czterdziestu latach ma własny dom.|Zespół kupił dawną remizę za pieniądze zebrane od widzów.
    Na scenie zmieści się osiemdziesiąt osób.|Pierwsza premiera odbędzie się w listopadzie.
    Miasto dołożyło ogrzewanie i nowy dach.|Reszta prac zajmie jeszcze rok.
    „Kurtynę uszyły nasze babcie” – mówi dyrektorka Halina Sowa.
    """,
)
HANOK = story(
    "청솔마을 옛 역사, 작은 도서관으로 다시 문 열어",
    "한서윤",
    """
    청솔마을의 옛 기차역이 작은 도서관으로 다시 문을 열었다.|역이 문을 닫은 지 십이 년 만이다.
    책은 주민들이 모은 사천여 권으로 시작한다.|대합실의 긴 의자는 그대로 남겼다.
    마을 이장은 “기차는 안 오지만 아이들은 온다”고 말했다.
    도서관은 화요일부터 일요일까지 운영된다.
    """,
)
HU = story(
    "青石湖禁渔十年后鱼群重现",
    "",
    """
    青石湖实行禁渔十年后,多种鱼类重新出现在湖中。|水务部门昨天公布了调查结果。
    调查人员在八个地点共记录到三十七种鱼。|十年前只有十九种。
    过去的渔民如今有一部分成为护湖员。|他们每天驾船巡查两次。
    当地计划在明年春天修建一座观鱼栈道。
    """,
)
KALAMARIA = story(
    "Το παλιό καρνάγιο της Λυγαριάς γίνεται μουσείο",
    "Ελένη Βαρδάκη",
    """
    Το παλιό καρνάγιο της Λυγαριάς θα ανοίξει ως μουσείο τον επόμενο μήνα.|Ο δήμος αγόρασε το κτίριο πριν από τρία χρόνια.
    Στο εσωτερικό θα εκτίθενται έντεκα ξύλινα σκαριά.|Το παλαιότερο χτίστηκε το 1908.
    Οι τελευταίοι τεχνίτες του νησιού θα δείχνουν τη δουλειά τους κάθε Σάββατο.
    """,
)


def wire_service(s: Story, d: date) -> Page:
    outlet = "Tidewater News"
    names = s.author.split(", ")
    news = {"@context": "http://schema.org", "@type": "NewsArticle", "headline": s.title, "url": "https://tidewater.example/world/x", "datePublished": f"{d.isoformat()}T18:02:11.000Z", "dateModified": f"{d.isoformat()}T19:40:00.000Z", "author": [{"@type": "Person", "name": n, "url": "https://tidewater.example/authors/x"} for n in names], "publisher": {"@type": "NewsMediaOrganization", "name": outlet, "legalName": "Tidewater News and Media Inc."}, "speakable": {"@type": "SpeakableSpecification", "xpath": ["/html/head/title"]}}  # fmt: skip
    body = "".join(
        f'<div data-testid="paragraph-{n}" class="text__text__1FZLe text__dark-grey__3Ml43 article-body__paragraph__2-BtD">{linked(" ".join(p))}</div>'
        for n, p in enumerate(s.paragraphs)
    )
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><title>{s.title} | {outlet}</title>{metas("name", {"article:author": s.author, "analyticsAttributes.contentChannel": "World"})}{ld(news)}</head><body><div id="fusion-app"><div class="site-layout__header__2fx"><a aria-label="{outlet} home" href="/"><svg></svg></a><span>World</span><span>Markets</span></div>
<main><article class="article__main__33WV2"><div class="article-header__heading__15OpQ"><span class="article-header__eyebrow__3">Healthcare &amp; Pharmaceuticals</span><h1 data-testid="Heading" class="text__text__1FZLe heading__heading">{s.title}</h1><div class="article-header__author-date__2"><div class="author-name__author">By <a rel="author" href="/authors/a">{names[0]}</a> and <a rel="author" href="/authors/b">{names[1]}</a></div><time><span>{us(d)}</span><span>6:02 PM UTC</span><span>Updated 2 years ago</span></time></div></div>
<div class="article-toolbar__a"><button>Aa</button></div><figure class="image__container"><img src="t.jpg"><div class="image-caption__c"><p data-testid="Body">[1/3]A nurse checks the oxygen before departure in Marrow. TIDEWATER/Ola Kern Purchase Licensing Rights</p></div></figure>
<div class="article-body__content__17Yit">{body}<div class="sign-off__text__3"><span>Reporting by {names[0]} in Marrow and {names[1]} on the coast; Editing by Perrin Ash</span></div><p class="trust-badge">Our Standards: <a href="/t">The Tidewater Trust Principles.</a></p></div>
<div class="toolbar__bottom">Purchase Licensing Rights</div></article></main><footer>All quotes delayed a minimum of 15 minutes. © {d.year} Tidewater. All rights reserved</footer></div></body></html>"""
    return made(
        "wire service",
        s,
        html,
        outlet=outlet,
        published=d,
        updated=d,
        optional=[f"Reporting by {names[0]} in Marrow and {names[1]} on the coast; Editing by Perrin Ash"],
        furniture=["Licensing Rights", "Trust Principles", "minimum of 15", "Healthcare", "checks the oxygen"],
    )


def town_news(s: Story, d: date) -> Page:
    outlet = "The Millvale Sun"
    box = '<table class="table table-striped"><thead><tr><th>Team</th><th>1</th><th>2</th><th>3</th><th>OT</th></tr></thead><tbody><tr><td>Harbor Town</td><td>1</td><td>2</td><td>0</td><td>0</td></tr><tr><td>Tigers</td><td>0</td><td>1</td><td>2</td><td>1</td></tr></tbody></table>'
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} | Sports | millvalesun.example</title>{metas("property", {"og:type": "article", "og:site_name": outlet, "og:title": s.title, "og:section": "sports"})}<link rel="canonical" href="https://www.millvalesun.example/sports/tigers/article_5b1.html"></head><body class="asset-page"><div id="site-container"><header><nav id="site-navbar"><a>News</a><a>Obits</a><a>e-Edition</a></nav></header>
<section id="main-page-container"><article id="asset-5b1" class="asset story article has-image tnt-inline"><header class="asset-header"><h1 class="headline"><span>{s.title}</span></h1><div class="meta"><span><ul class="list-inline"><li><span class="tnt-byline">By {s.author.upper()} m.delrio@millvalesun.example</span></li><li class="hidden-print"><time datetime="{d.isoformat()}T23:15:00-05:00" class="tnt-date asset-date text-muted">{d:%b} {d.day}, {d.year}</time></li><li><time class="asset-date text-muted" datetime="{d.isoformat()}T23:58:00-05:00">Updated {d:%b} {d.day}, {d.year}</time></li><li><span class="comment-count">0</span></li></ul></span></div></header>
<div class="asset-masthead"><div class="photo-carousel"><p class="tnt-summary caption-text">Javi Orr is lifted by his teammates after the final horn.</p><span class="tnt-byline">LEN COYLE / THE SUN</span></div></div>
<div class="asset-content"><div id="article-body" class="asset-body"><div class="subscriber-preview">{paragraphs(Story(s.title, "", s.paragraphs[:2]))}</div><div class="tncms-region-ads"><div class="tnt-ads">x</div></div><div class="subscriber-only">{paragraphs(Story(s.title, "", s.paragraphs[2:]))}{box}</div></div></div>
<div class="asset-tags"><h4>Tags</h4><ul><li>hockey</li><li>tigers</li></ul></div></article><div class="block"><h3>Most Popular</h3><ol><li>Police: Man rode mower to hospital</li><li>Diner reopens with old pie</li></ol></div></section><footer><p>© Copyright {d.year} The Millvale Sun, 12 Depot St. Millvale | Terms of Use | Privacy Policy</p><p>Powered by BLOX</p></footer></div></body></html>"""
    return made(
        "town news",
        s,
        html,
        outlet=outlet,
        author="MACK DELRIO",
        published=d,
        updated=d,
        extra=["Harbor Town", "Tigers"],
        optional=["Team | 1 | 2 | 3 | OT", "| 1 | 2 | 0 | 0", "| 0 | 1 | 2 | 1"],
        furniture=["rode mower", "old pie", "Powered by", "lifted by", "LEN COYLE", "Terms of Use"],
    )


def chain_paper(s: Story, d: date, updated: date) -> Page:
    outlet = "Corrie Journal"
    html = f"""<!DOCTYPE html><html lang="en-us"><head><meta charset="utf-8"><title>{s.title}</title><meta property="og:site_name" content="{outlet}"><meta property="og:title" content="{s.title}"></head><body class="gnt_body"><header class="gnt_n"><a href="/" class="gnt_n_lg" title="{outlet}"></a><nav><a>Sports</a><a>Opinion</a></nav></header>
<main class="gnt_cw"><article class="gnt_pr"><h1 class="gnt_ar_hl" elementtiming="ar-headline">{s.title}</h1><div class="gnt_ar_pb"><div class="gnt_ar_by"><a class="gnt_ar_by_a" href="/staff/1">{s.author}</a></div><div class="gnt_ar_pb_o">{outlet}</div></div><div class="gnt_ar_dt" aria-label="Published 5:00 p.m. CT {us(d)} | Updated 8:12 a.m. CT {us(updated)}"><lit-timestamp publishdate="{d.isoformat()}T22:00:00Z" updatedate="{updated.isoformat()}T13:12:00Z"></lit-timestamp></div>
<div class="gnt_ar_b">{paragraphs(s, attributes='class="gnt_ar_b_p"', between={1: '<aside class="gnt_em gnt_em_fo"><div>View Gallery</div></aside>', 2: '<p class="gnt_ar_b_p"><strong>More: </strong><a class="gnt_ar_b_a" href="/x">Corrie observatory gets a new dome</a></p>'})}<p class="gnt_ar_b_p"><em>{s.author} writes about science for the Journal. Reach him at itallis@corriejournal.example.</em></p></div></article></main><footer class="gnt_ft"><a>Accessibility</a><div>© {d.year} www.corriejournal.example. All rights reserved.</div></footer></body></html>"""
    return made(
        "newspaper chain",
        s,
        html,
        outlet=outlet,
        published=d,
        updated=updated,
        optional=[f"{s.author} writes about science for the Journal."],
        furniture=["View Gallery", "new dome", "Accessibility", "itallis@"],
    )


def old_blog(s: Story, d: date) -> Page:
    html = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html dir="ltr"><head><meta content="text/html; charset=UTF-8" http-equiv="Content-Type"/><meta content="blogger" name="generator"/><title>Notes from Withernsey: {s.title}</title></head><body><div id="outer-wrapper"><div id="header-wrapper"><div class="header section" id="header"><h1 class="title"><a href="http://withernseynotes.example/">Notes from Withernsey</a></h1><p class="description"><span>A town by the sea and what goes on in it</span></p></div></div>
<div id="content-wrapper"><div id="main-wrapper"><div class="main section" id="main"><div class="blog-posts hfeed"><h2 class="date-header">{d:%A}, {us(d)}</h2><div class="post hentry"><h3 class="post-title entry-title"><a href="http://withernseynotes.example/{d:%Y/%m}/pier.html">{s.title}</a></h3><div class="post-body entry-content">{"<br /><br />".join(linked(" ".join(p)) for p in s.paragraphs)}<div style="clear: both;"></div></div>
<div class="post-footer"><span class="post-author vcard">Posted by <span class="fn">{s.author}</span></span> <span class="post-timestamp">at <abbr class="published" title="{d.isoformat()}T10:12:00Z">10:12 AM</abbr></span> <span class="post-comment-link">2 comments:</span><div>Labels: <a rel="tag">storm</a>, <a rel="tag">pier</a></div></div></div>
<div class="comments" id="comments"><h4>2 comments:</h4><dl><dt class="comment-author">Anonymous said...</dt><dd class="comment-body"><p>Saw it go from the bakery window. Very sad.</p></dd></dl></div></div><div id="blog-pager"><a>Newer Post</a> <a>Older Post</a> <a>Home</a></div></div></div>
<div id="sidebar-wrapper"><h2>Blog Archive</h2><ul><li>2013 (14)</li><li>2012 (80)</li></ul><h2>About Me</h2><p>I mend clocks and take photographs.</p></div></div></div></body></html>"""
    return made(
        "old blog",
        s,
        html,
        outlet="Notes from Withernsey",
        published=d,
        furniture=[
            "bakery window",
            "Labels",
            "Blog Archive",
            "mend clocks",
            "Newer Post",
            "Posted by",
            "goes on in it",
        ],
    )


def joomla(s: Story, d: date) -> Page:
    outlet = "Stadskrant Oosterlee"
    html = f"""<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="nl-nl" lang="nl-nl"><head><meta http-equiv="content-type" content="text/html; charset=utf-8" /><meta name="author" content="Super User" /><meta name="generator" content="Joomla! - Open Source Content Management" /><title>{s.title}</title></head><body class="site com_content view-article"><div class="body"><header class="header"><a class="brand pull-left" href="/"><span class="site-title">{outlet}</span></a></header><ul class="nav menu"><li>Home</li><li>Archief</li></ul>
<main id="content"><div class="item-page" itemscope itemtype="https://schema.org/Article"><meta itemprop="inLanguage" content="nl-NL" /><div class="page-header"><h2 itemprop="headline">{s.title}</h2></div><dl class="article-info muted"><dt class="article-info-term">Details</dt><dd class="createdby" itemprop="author" itemscope itemtype="https://schema.org/Person">Geschreven door: <span itemprop="name">{s.author}</span></dd><dd class="category-name">Categorie: <a>Nieuws</a></dd><dd class="published"><time datetime="{d.isoformat()}T08:00:00+00:00" itemprop="datePublished">Gepubliceerd: {d:%d-%m-%Y}</time></dd><dd class="hits">Hits: 482</dd></dl>
<div itemprop="articleBody">{paragraphs(s)}</div><ul class="pager pagenav"><li class="previous"><a>Vorige</a></li><li class="next"><a>Volgende</a></li></ul></div></main><div id="aside"><h3>Laatste nieuws</h3><ul><li>Markt verplaatst</li></ul></div></div><footer><p>© {d.year} {outlet}</p></footer></body></html>"""
    return made(
        "joomla",
        s,
        html,
        outlet=outlet,
        published=d,
        furniture=["Geschreven door", "Hits", "Vorige", "Laatste nieuws", "Markt verplaatst"],
    )


def ministry(s: Story, d: date) -> Page:
    outlet = "Ministry of Waters"
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} - {outlet}</title>{metas("name", {"DC.Date": d.isoformat(), "DCTERMS.publisher": outlet, "DC.type": "Press release"})}</head><body><a href="#wb-cont">Skip to main content</a><header role="banner"><div id="wb-bnr"><img alt="{outlet}" src="arms.svg"></div><ol class="breadcrumb"><li>Home</li><li>News releases</li></ol></header>
<main property="mainContentOfPage" typeof="WebPage"><h1 property="name" id="wb-cont">{s.title}</h1><p>From: <a href="/m">{outlet}</a></p><h2>News release</h2><div class="mrgn-bttm-md">{paragraphs(s, lead=f"{us(d)} – Oudewater – {outlet}<br>")}<h2>Quick facts</h2><ul><li>The draw was overseen by a notary.</li><li>The twelve serve for one year.</li></ul><h2>Contacts</h2><p>Media Relations<br>{outlet}<br>555-0176<br><a href="mailto:media@waters.example">media@waters.example</a></p><p>- 30 -</p></div>
<div class="pagedetails"><button>Report a problem or mistake on this page</button><dl><dt>Date modified:</dt><dd><time property="dateModified">{d.isoformat()}</time></dd></dl></div></main><footer><h2>About this site</h2><ul><li>Social media</li></ul></footer></body></html>"""
    return made(
        "ministry",
        s,
        html,
        outlet=outlet,
        author="",
        published=d,
        updated=d,
        extra=["The draw was overseen by a notary.", "The twelve serve for one year."],
        optional=["Quick facts", "Contacts", "News release", f"{us(d)} – Oudewater – {outlet}", "- 30 -"],
        furniture=["Report a problem", "Date modified", "media@waters", "About this site"],
    )


def hnews(s: Story, d: date) -> Page:
    html = f"""<html><head><title>{s.title}</title><meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"></head><body><div id="topnav"><a href="/">Home</a> &gt; <a href="/uk">Coast</a></div><div class="hnews hentry item"><h1 class="entry-title">{s.title}</h1><p class="vcard author">By <span class="fn">{s.author}</span>, <span class="source-org vcard"><span class="org fn">Coast Press Union</span></span></p><p><abbr class="published updated" title="{d.isoformat()}T07:15:00+00:00">{d:%A}, {uk(d)}, 07:15</abbr></p>
<div class="entry-content">{paragraphs(s)}</div><p class="rights">Copyright &copy; {d.year} Coast Press Union. May not be republished.</p></div><div id="rail"><b>In pictures</b><br>The week's best dogs</div></body></html>"""
    return made(
        "hnews",
        s,
        html,
        outlet="Coast Press Union",
        published=d,
        furniture=["best dogs", "May not be republished"],
    )


def spanish_national(s: Story, d: date, updated: date, name: str) -> Page:
    html = f"""<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>{s.title} | Sociedad | {name}</title>{metas("property", {"og:title": s.title})}{ld({"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "headline": s.title, "datePublished": f"{d.isoformat()}T04:30:00Z", "dateModified": f"{updated.isoformat()}T09:11:00Z", "author": {"@type": "Person", "name": [s.author]}, "publisher": {"@type": "NewsMediaOrganization", "@id": "x", "name": name}, "isAccessibleForFree": True}, {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {"@type": "NewsArticle", "headline": "Otra historia", "datePublished": "2024-01-01", "author": {"name": "Otra Firma"}}}]}]})}</head><body><header><a>{name}</a></header><article id="main-content"><header class="a_e"><div class="a_k">Fauna</div><h1 class="a_t">{s.title}</h1><h2 class="a_st">Los ganaderos reclaman ayudas y el parque pide calma</h2></header><div class="a_md"><div class="a_md_a"><a rel="author">{s.author}</a></div><div class="a_md_l">Ardanza</div> - <time data-date="{d.isoformat()}T04:30:00Z">{d:%d} feb {d.year} - 05:30 CET</time></div>
<div class="a_c clearfix" data-dtm-region="articulo_cuerpo">{paragraphs(s, between={1: '<section class="a_f"><h2>Más información</h2><a href="/z">El corzo gana terreno en la sierra</a></section>', 2: '<p class="a_pub">PUBLICIDAD</p>'})}<p class="a_redes">Puedes seguir a EL VALLE en <a>Chirper</a> o apuntarte aquí para recibir <a>nuestra newsletter semanal</a>.</p></div><div class="a_nl"><h3>Tu suscripción se está usando en otro dispositivo</h3><p>¿Quieres añadir otro usuario a tu suscripción?</p></div></article><footer>© Ediciones El Valle</footer></body></html>"""
    return made(
        "spanish national",
        s,
        html,
        outlet=name,
        published=d,
        updated=updated,
        optional=["Los ganaderos reclaman ayudas y el parque pide calma"],
        furniture=["corzo gana", "PUBLICIDAD", "apuntarte", "otro dispositivo", "añadir otro usuario", "Otra historia"],
    )


def italian(s: Story, d: date) -> Page:
    outlet = "La Voce del Capo"
    html = f"""<!DOCTYPE html><html lang="it"><head><meta charset="utf-8"><title>{s.title} - {outlet}</title><meta name="twitter:site" content="@vocedelcapo"><meta property="og:title" content="{s.title}"></head><body><div class="iubenda-cs-container"><p>Noi e terze parti selezionate utilizziamo cookie.</p></div><header class="main-header"><a href="/" class="logo-link">{outlet}</a></header><main><div class="story"><div class="story__header"><div class="story__topic">Cronaca</div><h1 class="story__title">{s.title}</h1><em class="story__author">di {s.author}</em><div class="story__media"><img src="f.jpg"></div></div><div class="story__toolbar"><time class="story__date">{d.day} settembre {d.year}</time><span>2 minuti di lettura</span></div>
<div class="story__text">{paragraphs(s, between={2: '<div class="inline-article"><a href="/a"><span>Leggi anche</span> <strong>La regata delle nonne</strong></a></div>'})}<p>© Riproduzione riservata</p></div></div></main><section class="correlati"><h3>Articoli correlati</h3><p>Mare mosso nel fine settimana.</p></section></body></html>"""
    return made(
        "italian daily",
        s,
        html,
        outlet=outlet,
        published=d,
        furniture=[
            "terze parti",
            "minuti di lettura",
            "Leggi anche",
            "regata delle nonne",
            "Riproduzione riservata",
            "Mare mosso",
            "Cronaca",
        ],
    )


def polish(s: Story, d: date, updated: date) -> Page:
    outlet = "Kurier Lipowski"
    html = f"""<!DOCTYPE html><html lang="pl"><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><title>{s.title} - {outlet}</title></head><body><div class="top"><div class="logo"><a href="/">{outlet}</a></div><div class="menu"><a>Miasto</a> <a>Kultura</a></div></div><div id="artykul"><h1>{s.title}</h1><div class="art-info"><span class="autor">{s.author}</span> <span class="data">{d:%d.%m.%Y}, 10:15</span> <span class="akt">Aktualizacja: {updated:%d.%m.%Y}, 18:40</span></div><div class="tresc">{paragraphs(s, between={2: '<div class="reklama">REKLAMA</div>'})}</div><div class="zobacz"><b>Zobacz także:</b> <a>Remiza ma sto lat</a></div><div class="komentarze"><h3>Komentarze (1)</h3><p>~gość: Brawo, trzymam kciuki za premierę.</p></div></div><div class="stopka">Wszelkie prawa zastrzeżone</div></body></html>"""
    return made(
        "polish portal",
        s,
        html,
        outlet=outlet,
        published=d,
        updated=updated,
        encoding="iso-8859-2",
        furniture=["REKLAMA", "Zobacz także", "Remiza ma", "Brawo", "Wszelkie prawa"],
    )


def korean(s: Story, d: date, updated: date, *, encoding: str) -> Page:
    outlet = "청솔일보"
    html = f"""<!DOCTYPE html><html lang="ko"><head><meta charset="{encoding}"><title>{s.title} - {outlet}</title><meta property="og:title" content="{s.title}"></head><body><div id="header"><h1 class="logo"><a href="/">{outlet}</a></h1><ul class="gnb"><li>정치</li><li>사회</li></ul></div><div id="container"><div class="article_head"><h2 class="article_title">{s.title}</h2><div class="article_info"><span class="reporter">{s.author} 기자</span> <span class="time">입력 {d:%Y.%m.%d}. 10:12</span> <span class="time">수정 {updated:%Y.%m.%d}. 11:40</span></div></div><div class="article_view" itemprop="articleBody">{"<br/><br/>".join(" ".join(p) for p in s.paragraphs)}</div><p class="copyright">Copyright ⓒ {outlet}. 무단 전재 및 재배포 금지</p><div class="related_news"><h3>관련기사</h3><a>역 앞 은행나무, 보호수로</a></div></div></body></html>"""
    return made(
        "korean daily",
        s,
        html,
        outlet=outlet,
        published=d,
        updated=updated,
        encoding=encoding,
        furniture=["무단 전재", "관련기사", "은행나무", "입력", "사회"],
    )


def chinese(s: Story, d: date, *, encoding: str) -> Page:
    outlet = "湖城晚报"
    html = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" /><title>{s.title}_{outlet}</title><meta name="keywords" content="青石湖"></head><body><div class="head"><a href="/">首页</a> <a href="/xw">新闻</a></div><div class="path">您的位置:首页 &gt; 新闻 &gt; 正文</div><div class="left_zw"><h1>{s.title}</h1><div class="pubtime">{d.year}年{d.month:02d}月{d.day:02d}日 08:15　来源：{outlet}　参与互动</div><div class="content">{"".join(f"<p>　　{''.join(p)}</p>" for p in s.paragraphs)}<p style="text-align:right">【编辑:李小满】</p></div><div class="page">上一篇 下一篇</div></div><div class="right"><b>热点新闻</b><ul><li><a>老街灯会今晚开幕</a></li></ul></div><div class="foot">版权所有 {outlet} 京ICP备000000号</div></body></html>"""
    return made(
        "chinese portal",
        s,
        html,
        outlet=outlet,
        published=d,
        encoding=encoding,
        furniture=["编辑", "上一篇", "热点新闻", "灯会", "版权所有", "来源"],
    )


def greek(s: Story, d: date) -> Page:
    outlet = "Φωνή του Αιγαίου"
    html = f"""<html lang="el"><head><title>{s.title} - {outlet}</title></head><body><div id="masthead"><a href="/"><img src="l.gif" alt="{outlet}"></a></div><div class="main"><h1 class="title">{s.title}</h1><div class="meta"><span class="author">{s.author}</span> | <span class="date">{d.day:02d}/{d.month:02d}/{d.year} 12:30</span></div><div class="body">{paragraphs(s)}</div><div class="share">Κοινοποίηση</div></div><div class="foot">Με επιφύλαξη παντός δικαιώματος</div></body></html>"""
    return made(
        "greek weekly",
        s,
        html,
        outlet=outlet,
        published=d,
        encoding="cp1253",
        content_type="text/html",
        furniture=["Κοινοποίηση", "επιφύλαξη"],
    )


def endless(s: Story, after: Story, d: date) -> Page:
    outlet = "The Corrie Wire"
    news = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": "https://corriewire.example/comet"},
        "headline": s.title,
        "datePublished": f"{d.isoformat()}T08:00:00+00:00",
        "author": {"@type": "Person", "name": s.author},
        "publisher": {"@type": "Organization", "name": outlet},
    }
    more = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": "https://corriewire.example/pier"},
        "headline": after.title,
        "datePublished": "2021-01-05T08:00:00+00:00",
        "author": {"@type": "Person", "name": after.author},
    }
    card = f'<article class="feed-item feed-item--next" data-url="/pier"><h2 class="feed-item__title"><a href="/pier">{after.title}</a></h2><span class="feed-item__by">{after.author}</span><div class="feed-item__excerpt"><p>{plain(after.paragraphs[0][0])}</p></div><a>Read full story</a></article>'
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} | {outlet}</title><link rel="canonical" href="https://corriewire.example/comet">{ld(more, news)}</head><body><header class="bar"><a href="/">{outlet}</a></header><div class="feed"><article class="feed-item feed-item--current"><header><h1>{s.title}</h1><div class="credit">{s.author} / {us(d)}</div></header><div class="prose">{paragraphs(s, between={2: '<div class="poll"><h4>Poll</h4><p>Have you seen the comet?</p><label>Yes</label> <label>Not yet</label></div>'})}</div><div class="reactions"><button>Like</button><button>Wow</button></div></article><div class="next-label">Next up</div>{card}</div></body></html>"""
    return made(
        "endless feed",
        s,
        html,
        outlet=outlet,
        published=d,
        url="https://corriewire.example/comet",
        furniture=["Withernsey", "Read full story", "Have you seen", "Not yet", "Next up"],
    )


def magazine(s: Story, d: date) -> Page:
    first = s.paragraphs[0][0]
    paragraph = f'<p class="has-dropcap"><span class="dropcap">{first[0]}</span><span class="small-caps">{first[1:12]}</span>{first[12:]} {" ".join(s.paragraphs[0][1:])}</p>'
    rest = paragraphs(Story(s.title, "", s.paragraphs[1:]), between={1: '<h3>The baker’s eye</h3>', 2: '<div class="callout-sub"><h4>Get the weekend issue</h4><p>Long reads, short walks. <a>Join free</a></p></div>'})  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{s.title} » Lantern &amp; Quill</title>{metas("property", {"og:site_name": "Lantern & Quill", "og:title": f"{s.title} - Lantern & Quill Magazine"})}{metas("name", {"author": "Lantern & Quill", "article.published": f"{d.isoformat()}T00:00:00.000Z"})}</head><body><header><a href="/">Lantern &amp; Quill</a></header><main><article><div class="hed"><p class="rubric">Night Sky</p><h1>{s.title}</h1><p class="dek">What the bakery window showed</p><p class="contrib">By <a href="/c/imre">{s.author}</a></p><p class="issue">{d:%B} {d.year} issue</p></div><div class="body-text">{paragraph}{rest}<p class="endnote"><sup>1</sup> The period is uncertain by about two hundred years.</p></div><div class="print-cta"><p>This article appears in the {d:%B} {d.year} print edition under the headline “Baker’s Dozen Centuries.”</p></div></article></main></body></html>"""
    return made(
        "magazine",
        s,
        html,
        outlet="Lantern & Quill",
        published=d,
        optional=[
            "The baker’s eye",
            "What the bakery window showed",
            "1 The period is uncertain by about two hundred years.",
        ],
        furniture=["weekend issue", "Join free", "print edition", "Night Sky"],
    )


def interview(s: Story, d: date) -> Page:
    outlet = "Marrow Today"
    asked = ["Why a train and not more ambulances?", "What does it cost?", "What do the families say?"]
    talk = "".join(
        f"<p><strong>{q}</strong></p><p>{' '.join(a)}</p>" for q, a in zip(asked, s.paragraphs[2:], strict=True)
    )
    intro = paragraphs(Story(s.title, "", s.paragraphs[:2]))
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} - {outlet}</title>{metas("property", {"og:site_name": outlet, "og:updated_time": f"{d.isoformat()}T11:00:00+00:00"})}</head><body><header class="site-header"><a href="/">{outlet}</a></header><main><div class="node-interview"><h1>{s.title}</h1><div class="authored">by {" and ".join(s.author.split(", "))} | {d:%d %b %Y} | <span class="views">1,204 views</span></div><div class="text-long">{intro}{talk}<details><summary>How does the train work?</summary><p>Two carriages run behind an ordinary engine.</p></details></div><div class="field-source"><a href="/more">More interviews</a></div></div></main><div class="modal fade"><p>Before you go: leave us your address and we will send the week in five minutes.</p></div></body></html>"""
    return made(
        "interview",
        s,
        html,
        outlet=outlet,
        published=d,
        updated=d,
        extra=[*asked, "Two carriages run behind an ordinary engine."],
        optional=["How does the train work?"],
        furniture=["Before you go", "1,204 views", "More interviews"],
    )


def app_state(s: Story, d: date) -> Page:
    outlet = "Harbor Town Observer"
    state = {
        "article": {
            "title": s.title,
            "byline": f"By {s.author}",
            "published": f"{d.isoformat()}T03:10:00Z",
            "site": outlet,
            "body": "".join(f"<p>{' '.join(p)}</p>" for p in s.paragraphs),
        }
    }
    html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{s.title}</title>{metas("property", {"og:site_name": outlet, "og:title": s.title, "og:type": "article", "article:published_time": f"{d.isoformat()}T03:10:00Z", "article:author": s.author})}</head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"><div class="sc-bdVaJa jxTxqg"><div class="sc-htpNat cWQoBn">{s.title}</div><div class="sc-bxivhb iMcHhs">By {s.author}</div>{"".join(f'<div class="sc-ifAKCX eAbYcd"><span>{" ".join(p)}</span></div>' for p in s.paragraphs)}</div><div class="sc-EHOje kHpQ">Get the app</div></div><script>window.__STATE__={json.dumps(state)}</script></body></html>"""
    return made("app state", s, html, outlet=outlet, published=d, furniture=["enable JavaScript", "Get the app"])


def frames_era(s: Story, d: date) -> Page:
    body = "\n<P>\n".join(linked(" ".join(p)) for p in s.paragraphs)
    html = f"""<HTML>
<HEAD><TITLE>COAST GAZETTE ONLINE: {s.title}</TITLE></HEAD>
<BODY BACKGROUND="paper.gif">
<H2>COAST GAZETTE ONLINE</H2>
<HR>
<B>{d:%A}, {us(d)}</B>
<H1>{s.title}</H1>
<I>By {s.author}<BR>Gazette Staff Writer</I>
<P>
{body}
<P>
<HR>
<A HREF="index.html">Back to today's headlines</A> | <A HREF="search.html">Search our archive</A>
<ADDRESS>webmaster@coastgazette.example</ADDRESS>
</BODY></HTML>"""
    return made(
        "early web",
        s,
        html,
        outlet="COAST GAZETTE ONLINE",
        published=d,
        encoding="cp1252",
        furniture=["Back to today", "Search our archive", "webmaster", "Staff Writer"],
    )


def all_pages() -> list[Page]:
    return [
        wire_service(HOSPITAL, date(2022, 5, 3)),
        town_news(STADIUM, date(2021, 3, 13)),
        chain_paper(COMET, date(2020, 7, 14), date(2020, 7, 15)),
        old_blog(PIER, date(2013, 12, 6)),
        joomla(KANAAL, date(2019, 4, 8)),
        ministry(Story(LOTTERY.title, "", LOTTERY.paragraphs), date(2021, 2, 18)),
        hnews(PIER, date(2011, 12, 9)),
        hnews(LOTTERY, date(2012, 1, 12)),
        spanish_national(WOLF, date(2021, 2, 2), date(2021, 2, 3), "El Valle"),
        italian(FARO, date(2022, 9, 7)),
        polish(TEATR, date(2018, 9, 21), date(2018, 9, 22)),
        korean(HANOK, date(2021, 5, 4), date(2021, 5, 5), encoding="euc-kr"),
        korean(HANOK, date(2022, 6, 11), date(2022, 6, 11), encoding="utf-8"),
        chinese(HU, date(2021, 6, 9), encoding="gb2312"),
        chinese(HU, date(2023, 6, 10), encoding="utf-8"),
        greek(KALAMARIA, date(2016, 4, 23)),
        endless(COMET, PIER, date(2020, 7, 16)),
        magazine(COMET, date(2020, 8, 1)),
        interview(HOSPITAL, date(2022, 5, 20)),
        app_state(STADIUM, date(2022, 3, 20)),
        frames_era(PIER, date(1999, 1, 8)),
        frames_era(STADIUM, date(1998, 2, 1)),
    ]
