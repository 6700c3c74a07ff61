# ruff: noqa: E501  (the pages are easier to check with a tag's attributes on one line)
"""Twelve more layouts with stories of the other sets, scored once when the rules had been mended for those."""

from datetime import date

from tests.pages.second_author import (
    BRIDGE,
    CLINIC,
    FLOOD,
    GREVE,
    LOCK,
    PORT,
    QUARRY,
    TURM,
    VOTE,
    Page,
    Story,
    ld,
    made,
    metas,
    paragraphs,
    uk,
    us,
)
from tests.pages.third_set import FARO, PIER


def public_radio(s: Story, d: date) -> Page:
    html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{s.title} : RPN</title>{metas("name", {"date": d.isoformat(), "author": "By  " + s.author, "rating": "General"})}{metas("property", {"og:site_name": "RPN", "og:title": s.title})}</head><body><header class="rpn-header"><a href="/">RPN</a> <a>Donate</a></header><main><article class="story"><div class="slug-wrap"><h3 class="slug"><a>Health</a></h3></div><div class="storytitle"><h1>{s.title}</h1></div><div class="dateblock"><time datetime="{d.isoformat()}T05:01:00-04:00"><span class="date">{us(d)}</span><span class="time">5:01 AM ET</span></time><p class="heardon">Heard on <a>Morning Round</a></p></div><div class="storybyline"><div class="byline byline--inline"><p class="byline__name">{s.author}</p></div></div>
<div class="audio-module"><p>3-Minute Listen</p><ul><li>Download</li><li>Embed</li><li>Transcript</li></ul></div><div id="storytext" class="storytext storylocation">{paragraphs(s, between={2: '<div class="bucketwrap resaudio"><h3><a href="/g">Goats and Soda: How islands keep their nurses</a></h3></div>'})}</div><div class="tags"><ul><li>rural doctors</li></ul></div></article></main><footer>© {d.year} rpn</footer></body></html>"""
    return made(
        "public radio",
        s,
        html,
        outlet="RPN",
        published=d,
        furniture=["Heard on", "3-Minute", "Goats and Soda", "Transcript", "Donate"],
    )


def card_site(s: Story, d: date) -> Page:
    html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{s.title}</title>{metas("property", {"og:title": s.title, "og:site_name": "Tidelines", "article:published_time": f"{d.isoformat()} 16:20:11"})}</head><body><div class="smart-brevity"><h1>{s.title}</h1><div class="authors-list"><a href="/authors/x"><span>{s.author}</span></a></div><div><span>{d:%b} {d.day}, {d.year}</span> - <a>Local</a></div><div class="story-body">{paragraphs(s, between={1: "<p><strong>Why it matters:</strong> Children lose half an hour each way.</p>", 3: "<ul><li>The shuttle is free.</li><li>It runs until nine in the evening.</li></ul>"})}<p><strong>Go deeper:</strong> <a href="/y">The bridges that nobody inspects</a></p></div><div class="subscribe-inline"><h4>Tidelines Local</h4><p>Start each day with what happens around you.</p></div></div></body></html>"""
    return made(
        "card site",
        s,
        html,
        outlet="Tidelines",
        published=d,
        extra=[
            "Why it matters: Children lose half an hour each way.",
            "The shuttle is free.",
            "It runs until nine in the evening.",
        ],
        furniture=["nobody inspects", "Start each day", "Tidelines Local"],
    )


def german_magazine(s: Story, d: date, updated: date) -> Page:
    html = f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{s.title} - DER GRÜNHAINER</title><meta name="author" content="DER GRÜNHAINER, Grünhain, Germany"><meta name="date" content="{d.isoformat()}T19:40:00+02:00"><meta name="last-modified" content="{updated.isoformat()}T09:12:00+02:00">{ld({"@context": "https://schema.org", "@type": "NewsArticle", "headline": s.title, "datePublished": f"{d.isoformat()}T19:40:00+02:00", "dateModified": f"{updated.isoformat()}T09:12:00+02:00", "author": [{"@type": "Organization", "name": "DER GRÜNHAINER"}, {"@type": "Person", "name": s.author}], "publisher": {"@type": "Organization", "name": "DER GRÜNHAINER"}})}</head><body><header><a href="/">DER GRÜNHAINER</a></header><main><article aria-label="Artikel"><header><h2><span>Wasserturm</span> <span class="align-middle">{s.title}</span></h2><div class="RichText leading">Ein Stück Stadt bleibt stehen.</div><div>Von <a>{s.author}</a></div><time>{d:%d.%m.%Y}, 19.40 Uhr</time></header><section data-area="body"><div class="RichText">{paragraphs(s, between={2: '<div data-area="article-teaser-related"><h3>Mehr lesen über</h3><a>Denkmalschutz in der Provinz</a></div>'})}</div></section><div data-area="feedback"><button>Feedback</button></div></article></main></body></html>"""
    return made(
        "german magazine",
        s,
        html,
        outlet="DER GRÜNHAINER",
        published=d,
        updated=updated,
        optional=["Ein Stück Stadt bleibt stehen."],
        furniture=["Mehr lesen", "Denkmalschutz", "Feedback"],
    )


def hosted_wire(s: Story, d: date) -> Page:
    html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{s.title} - KQNN 7 News</title><link rel="canonical" href="https://www.kqnn7.example/news/national/lock"><meta property="og:title" content="{s.title}"></head><body><div class="station"><a href="/"><img alt="KQNN 7 News" src="7.png"></a><span>58°</span></div><div class="article"><h1>{s.title}</h1><div class="credit-row"><span class="by-author">By {s.author}, Associated Canal Press</span><span class="post-date">Posted {d:%B} {d.day}, {d.year} at 9:04 PM CST</span></div><div class="article-text">{paragraphs(s, lead="ORLEY (ACP) — ")}<p><i>Copyright {d.year} The Associated Canal Press. All rights reserved.</i></p></div><div class="station-links"><h5>Trending stories</h5><a>Man finds boa in dishwasher</a><a>Free ice on Friday</a></div></div><div class="fcc">FCC Public File | EEO Report</div></body></html>"""
    return made(
        "station with wire copy",
        s,
        html,
        outlet="KQNN 7 News",
        author="Mirel Tansley, Associated Canal Press",
        published=d,
        url="https://www.kqnn7.example/news/national/lock",
        optional=["ORLEY (ACP) — "],
        furniture=["boa in", "Free ice", "All rights", "EEO", "58°"],
    )


def french_free(s: Story, d: date, updated: date) -> Page:
    html = f"""<!DOCTYPE html><html lang="fr-FR"><head><meta charset="utf-8"><title>{s.title} – Vingt Heures</title><meta property="og:site_name" content="Vingt Heures"></head><body><nav><ul><li>Actualité</li></ul></nav><article><h1>{s.title}</h1><p class="chapo"><strong>SOCIAL</strong> Le conflit durait depuis le début du mois</p><div class="infos"><p class="sig">{s.author}</p><p class="dates">Publié le {d:%d/%m/%Y} à 11h02 • Mis à jour le {updated:%d/%m/%Y} à 08h30</p></div><div class="lt-endor-body content">{paragraphs(s, between={2: '<div class="player-wrap"><span>Lecture en cours…</span></div>'})}</div><div class="tags-wrap"><a>Grève</a></div><div class="article-footer"><p>Pour ne rien manquer de l’actualité, abonnez-vous à notre lettre du soir.</p></div></article></body></html>"""
    return made(
        "french free daily",
        s,
        html,
        outlet="Vingt Heures",
        author="Anaïs Delcourt, Bastien Roche",
        published=d,
        updated=updated,
        optional=["SOCIAL Le conflit durait depuis le début du mois"],
        furniture=["Lecture en cours", "abonnez-vous"],
    )


def forum_like(s: Story, d: date) -> Page:
    html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{s.title} | Harbour Forum News</title></head><body><div id="header"><a href="/" id="logo">Harbour Forum News</a></div><div class="breadcrumb">Home » News » {s.title}</div><div class="node"><h1 class="title">{s.title}</h1><div class="submitted">{s.author} — {d:%a}, {uk(d)} - 10:12</div><div class="content"><p class="intro"><b>{" ".join(s.paragraphs[0])}</b></p>{paragraphs(Story(s.title, "", s.paragraphs[1:]))}</div><ul class="links inline"><li>Add new comment</li><li>1204 reads</li></ul></div></body></html>"""
    return made(
        "community site",
        s,
        html,
        outlet="Harbour Forum News",
        published=d,
        furniture=["Add new comment", "1204 reads", "Home »"],
    )


def txt_in_pre(s: Story, d: date) -> Page:
    body = "\n\n".join("\n".join(p) for p in s.paragraphs)
    html = f"""<html><head><title>{s.title}</title></head><body><h3><a href="/">Marl Valley Bulletin</a></h3><h1>{s.title}</h1><p>By {s.author}, {us(d)}</p><pre>{body}</pre><hr><p><a href="/">Home</a> | <a href="/archive">Archive</a></p><p>&copy; Marl Valley Bulletin</p></body></html>"""
    return made("preformatted", s, html, outlet="Marl Valley Bulletin", published=d, furniture=["Archive"])


def stamped_footer(s: Story, d: date, updated: date) -> Page:
    html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{s.title} • The Sennet Sentinel</title><meta property="og:site_name" content="The Sennet Sentinel"></head><body><main><article><h1>{s.title}</h1><div class="writers"><strong>{s.author}</strong> <em>Politics Reporter</em></div><div class="txt">{paragraphs(s)}</div><div class="stamp">This article was first published on {us(d)} and last updated on {us(updated)}.</div></article></main></body></html>"""
    return made(
        "dates below the text",
        s,
        html,
        outlet="The Sennet Sentinel",
        published=d,
        updated=updated,
        optional=[f"This article was first published on {us(d)} and last updated on {us(updated)}."],
        furniture=["Politics Reporter"],
    )


def gallery(s: Story, d: date) -> Page:
    slides = "".join(
        f'<div class="slide"><img src="{n}.jpg"><div class="slide-text"><p>{" ".join(p)}</p></div><div class="slide-credit">Photo by Ren Oakes / Coastline</div></div>'
        for n, p in enumerate(s.paragraphs)
    )
    html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>PHOTOS: {s.title} | Coastline</title><meta property="og:title" content="PHOTOS: {s.title}"><meta property="og:site_name" content="Coastline"><meta property="article:published_time" content="{d.isoformat()}"></head><body><h1>PHOTOS: {s.title}</h1><p class="by">By {s.author}</p><div class="gallery"><div class="counter">1 of 5</div>{slides}</div><a>Back to the first slide</a></body></html>"""
    return made(
        "gallery",
        s,
        html,
        title=f"PHOTOS: {s.title}",
        outlet="Coastline",
        published=d,
        furniture=["Ren Oakes", "1 of 5", "Back to the first"],
    )


def script_data(s: Story, d: date) -> Page:
    html = f"""<!doctype html><html lang="it"><head><meta charset="utf-8"><title>{s.title}</title><meta itemprop="datePublished" content="{d.isoformat()}T06:00+02:00"><meta itemprop="author" content="{s.author}"><script>dataLayer=[{{"site":"capolento","pubDate":"2001-01-01"}}]</script></head><body><div class="logo"><a href="https://www.capolentonotizie.example/">Capo Lento Notizie</a></div><div itemprop="articleBody"><h1>{s.title}</h1>{paragraphs(s)}</div><p>Tutti i diritti riservati © Capo Lento Notizie</p></body></html>"""
    return made(
        "italian local",
        s,
        html,
        outlet="Capo Lento Notizie",
        published=d,
        url="https://www.capolentonotizie.example/faro",
        furniture=["Tutti i diritti"],
    )


def explainer(s: Story, d: date) -> Page:
    html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{s.title} — The Low Desk</title>{ld({"@context": "https://schema.org", "@type": "NewsArticle", "headline": s.title, "datePublished": d.isoformat(), "author": {"@type": "Person", "givenName": "Aurelio", "familyName": "Banks", "name": ""}, "publisher": "The Low Desk"})}</head><body><article><h1>{s.title}</h1><p class="byline-dateline">By <a href="/b">{s.author}</a><br>{us(d)}, 6:00am EDT</p><ol class="toc"><li><a href="#a">What the people of Sennet decided</a></li><li><a href="#b">Who stood on the other side</a></li></ol>{paragraphs(s)}<div class="support"><p>You’ve read one article in the last month. We rely on readers like you.</p></div></article></body></html>"""
    return made(
        "explainer", s, html, outlet="The Low Desk", published=d, furniture=["What the people of", "rely on readers"]
    )


def bare_paragraphs(s: Story, d: date) -> Page:
    html = f"""<html><head><title>{s.title}</title></head><body><p><a href="/">Port Mirror</a></p><p><font size="5">{s.title}</font></p><p>{d:%m/%d/%Y}</p>{paragraphs(s)}<p>Send this page to a friend</p></body></html>"""
    return made("bare paragraphs", s, html, author="", published=d, furniture=["to a friend"])


def all_pages() -> list[Page]:
    return [
        public_radio(CLINIC, date(2022, 6, 10)),
        card_site(BRIDGE, date(2023, 5, 16)),
        german_magazine(TURM, date(2023, 6, 14), date(2023, 6, 15)),
        hosted_wire(LOCK, date(2022, 4, 30)),
        french_free(GREVE, date(2022, 11, 4), date(2022, 11, 6)),
        forum_like(QUARRY, date(2011, 3, 30)),
        txt_in_pre(FLOOD, date(1997, 12, 9)),
        stamped_footer(VOTE, date(2021, 9, 26), date(2021, 9, 28)),
        gallery(PIER, date(2013, 12, 6)),
        script_data(FARO, date(2022, 9, 8)),
        explainer(VOTE, date(2023, 9, 24)),
        bare_paragraphs(PORT, date(2004, 6, 22)),
    ]
