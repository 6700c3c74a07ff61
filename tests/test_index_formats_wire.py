"""Agencies' own formats: NITF, NewsML-G2, NewsML 1 and ninjs, with IPTC's versions and statuses."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.errors import SourceError
from index.formats import read_articles
from index.formats.readings import Reading, ReadOptions
from index.formats.wire import make_version, utc
from index.versions import Version
from tests.articles import write

ONE = "The windmill at Saltby turned again on Sunday after its new sails were hung, the parish said."
TWO = "It had stood still since 1958. Flour & bran will be sold from October."
TEXT = f"{ONE}\n\n{TWO}"
PARAGRAPHS = f"<p>{ONE}</p><p>{TWO.replace('&', '&amp;')}</p>"
TITLE, AUTHOR, OUTLET, DAY = "Saltby windmill turns again", "Greta Holm", "Fenland Press Agency", date(2023, 9, 17)

NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf uno="fpa.0917"><head><title>mill</title>
<docdata management-status="usable"><doc-id id-string="fpa-20230917-mill" regsrc="FPA"/>
<date.issue norm="20230917T101500+0100"/><du-key key="mill" version="2"/><doc.copyright holder="{OUTLET}"/></docdata>
</head><body><body.head><hedline><hl1>{TITLE}</hl1><hl2>Sails hung</hl2></hedline>
<byline>By <person>{AUTHOR}</person><byttl>Staff</byttl></byline>
<dateline><location>SALTBY</location></dateline></body.head>
<body.content><media media-type="image"><media-caption><p>The mill.</p></media-caption></media>
<p>{ONE.replace("Saltby", "<location>Saltby</location>")}</p>&nbsp;<p>{TWO.replace("&", "&amp;")}</p></body.content>
<body.end><tagline>Edited at noon.</tagline></body.end></body></nitf>"""

G2_ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:fpa:mill" version="{version}"
standard="NewsML-G2"><itemMeta><itemClass qcode="ninat:text"/>
<provider qcode="nprov:FPA"><name>Fenland Press Agency</name></provider>
<versionCreated>2023-09-{day}T11:00:00+01:00</versionCreated>
<firstCreated>2023-09-17T10:15:00+01:00</firstCreated>
<pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><by>By Greta Holm</by>
<headline xml:lang="en">{title}</headline><slugline>MILL-SAILS/</slugline></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""

XHTML = (
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>m</title>'
    f"</head><body>{PARAGRAPHS}</body></html></inlineXML>"
)

NEWSML_1 = f"""<NewsML><NewsEnvelope><DateAndTime>20230917T101500Z</DateAndTime></NewsEnvelope>
<NewsItem>
<Identification><NewsIdentifier><ProviderId>fpa.example</ProviderId><DateId>20230917</DateId>
<NewsItemId>MILL</NewsItemId><RevisionId PreviousRevision="1" Update="N">2</RevisionId>
<PublicIdentifier>urn:newsml:fpa.example:20230917:MILL:2
</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20230917T101500+0100</FirstCreated>
<ThisRevisionCreated>20230918T090000+0100</ThisRevisionCreated><Status FormalName="Usable"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine>{TITLE}</HeadLine><ByLine>By {AUTHOR}</ByLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="{OUTLET}"/></Provider></AdministrativeMetadata>
<NewsComponent><ContentItem><DataContent><nitf><body><body.content>{PARAGRAPHS}</body.content></body></nitf>
</DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>"""


def read(path: Path) -> tuple[list[Reading], list[str]]:
    told: list[str] = []
    found = list(read_articles(path, ReadOptions(tell=told.append)))
    told += [str(one) for one in found if isinstance(one, SourceError)]
    return [one for one in found if isinstance(one, Reading)], told


def right(found: Reading) -> bool:
    article = found.article
    facts = (article.title, article.author, article.outlet, article.published)
    return (article.text, *facts) == (TEXT, TITLE, AUTHOR, OUTLET, DAY)


def g2(version: int = 1, status: str = "usable", content: str = XHTML, title: str = TITLE) -> str:
    return G2_ITEM.format(version=version, day=16 + version, status=status, content=content, title=title)


def test_nitf(tmp_path: Path) -> None:
    (found,), told = read(write(tmp_path / "a.xml", NITF))
    assert right(found), found.article
    assert found.version == Version("fpa-20230917-mill", 2, "2023-09-17T09:15:00")
    assert found.article.source == f"{tmp_path.resolve() / 'a.xml'}#fpa-20230917-mill"
    assert not told


def test_newsml_1(tmp_path: Path) -> None:
    (found,), _ = read(write(tmp_path / "a.xml", NEWSML_1))
    assert right(found), found.article
    assert found.article.updated == date(2023, 9, 18)
    assert found.version == Version("fpa.example:20230917:MILL", 2, "2023-09-18T08:00:00")


@pytest.mark.parametrize(
    "content",
    [
        XHTML,
        f'<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>'
        f"<body.content>{PARAGRAPHS}</body.content></body></nitf></inlineXML>",
        f'<inlineData contenttype="text/html"><![CDATA[{PARAGRAPHS}]]></inlineData>',
        f'<inlineData contenttype="text/plain">{TEXT.replace("&", "&amp;")}</inlineData>',
    ],
)
def test_newsml_g2_with_content_of_every_kind(tmp_path: Path, content: str) -> None:
    (found,), _ = read(write(tmp_path / "a.xml", g2(content=content)))
    assert right(found), found.article
    assert found.version == Version("urn:fpa:mill", 1, "2023-09-17T10:00:00")


def test_a_message_of_several_items(tmp_path: Path) -> None:
    picture = (
        g2(title="The mill", content="").replace("ninat:text", "ninat:picture").replace("urn:fpa:mill", "urn:fpa:p")
    )
    items = [g2(2, title="Later"), g2(3, "canceled", ""), picture, g2()]
    message = (
        f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{"".join(items)}</itemSet></newsMessage>'
    )
    found, told = read(write(tmp_path / "a.xml", message))
    assert [(one.article.title, one.version.number, one.version.is_withdrawn) for one in found if one.version] == [
        ("Later", 2, False),
        (TITLE, 3, True),
        (TITLE, 1, False),
    ]
    assert found[1].version.note == "canceled"  # type: ignore[union-attr]
    assert len({one.article.id for one in found}) == 1
    assert [line for line in told if "1 picture without a text" in line]


NINJS: dict[str, Any] = {
    "uri": "urn:fpa:mill",
    "version": "2",
    "versioncreated": "2023-09-18T09:00:00+01:00",
    "firstcreated": "2023-09-17T10:15:00+01:00",
    "pubstatus": "usable",
    "language": "en",
    "urgency": 4,
}


@pytest.mark.parametrize(
    "layout",
    [
        {"headline": TITLE, "byline": f"By {AUTHOR}", "source": OUTLET, "body_xhtml": PARAGRAPHS, "body_text": TWO},
        {
            "headlines": [{"role": "short", "value": "Mill"}, {"role": "main", "value": TITLE}],
            "bylines": [{"byline": AUTHOR, "role": "author"}],
            "infosources": [{"name": OUTLET, "uri": "https://fpa.example"}],
            "bodies": [
                {"role": "main", "contenttype": "text/plain", "value": ONE},
                {"role": "main", "contenttype": "text/html", "value": PARAGRAPHS},
            ],
        },
        {
            "headline": TITLE,
            "bylines": [{"by": f"By {AUTHOR}", "title": "Staff"}],
            "provider": OUTLET,
            "body_nitf": PARAGRAPHS,
        },
    ],
)
def test_ninjs(tmp_path: Path, layout: dict[str, Any]) -> None:
    (found,), told = read(write(tmp_path / "a.json", json.dumps(NINJS | layout)))
    assert right(found), found.article
    assert (found.version, found.article.updated) == (
        Version("urn:fpa:mill", 2, "2023-09-18T08:00:00"),
        date(2023, 9, 18),
    )
    assert not told


def test_a_feed_with_a_kill_and_a_picture(tmp_path: Path) -> None:
    """A kill has no text, nor has a picture; the one is obeyed, the other told."""
    kill = NINJS | {"version": "3", "pubstatus": "canceled", "headline": TITLE}
    picture = NINJS | {
        "uri": "urn:fpa:p",
        "type": "picture",
        "renditions": {"main": {"href": "https://fpa.example/p.jpg"}},
    }
    items = {"data": {"items": [{"item": kill}, {"item": picture}, {"item": NINJS | {"body_xhtml": PARAGRAPHS}}]}}
    found, told = read(write(tmp_path / "a.json", json.dumps(items)))
    assert [(one.version.number, one.version.is_withdrawn) for one in found if one.version] == [(3, True), (2, False)]
    assert [line.split(": ", 1)[1] for line in told] == [
        "1 item without a text, such as pictures, not read; first: record 2"
    ]
    for path in (tmp_path / "kill.json", tmp_path / "kill.jsonl"):
        (only,), _ = read(write(path, json.dumps({"data": {"item": kill}})))
        assert only.version == Version("urn:fpa:mill", 3, "2023-09-18T08:00:00", 0, True, "canceled")
        assert only.article.title == TITLE


def test_the_item_of_ap_has_its_id_among_others(tmp_path: Path) -> None:
    item = {"altids": {"itemid": "m1", "etag": "m1_1"}, "title": "FPA-Mill", "headline": TITLE, "body_nitf": PARAGRAPHS}
    (found,), _ = read(write(tmp_path / "a.json", json.dumps(item)))
    assert (found.version, found.article.title) == (Version("m1"), TITLE)


@pytest.mark.parametrize(
    ("slug", "statuses", "expected"),
    [
        ("FPA-Mill", ["usable"], Version("x")),
        ("FPA-Mill,1st Ld", ["usable"], Version("x", lead=1, note="1st Ld")),
        ("FPA-Mill,12th Ld-Writethru", ["usable"], Version("x", lead=12, note="12th Ld-Writethru")),
        ("FPA-Mill,Correction", ["usable"], Version("x", note="Correction")),
        ("FPA-Mill", ["stat:withheld"], Version("x", is_withdrawn=True, note="withheld")),
        (
            "FPA-Mill",
            ["http://cv.iptc.org/newscodes/pubstatusg2/canceled"],
            Version("x", is_withdrawn=True, note="canceled"),
        ),
        ("FPA-Mill,Kill", ["usable"], Version("x", is_withdrawn=True, note="kill")),
        ("FPA-Mandatory Kill", ["usable"], Version("x", is_withdrawn=True, note="mandatory kill")),
        ("FPA-Road Kill", ["usable"], Version("x")),
        ("", ["usable", "Withhold"], Version("x", is_withdrawn=True, note="withhold")),
    ],
)
def test_what_an_agency_says_of_a_version(slug: str, statuses: list[str], expected: Version) -> None:
    assert make_version("x", number="", created="", slugline=slug, statuses=statuses) == expected


def test_a_revision_in_the_id_is_the_version() -> None:
    made = make_version("urn:newsml:fpa.example:20230917:mill:3U", number="", created="", slugline="", statuses=[])
    assert made == Version("urn:newsml:fpa.example:20230917:mill", 3)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2023-09-17T10:15:00+01:00", "2023-09-17T09:15:00"),
        ("20230917T101500+0100", "2023-09-17T09:15:00"),
        ("2023-09-17T10:15:00.123Z", "2023-09-17T10:15:00"),
        ("2023-09-17", "2023-09-17T00:00:00"),
        ("2023-13-45", ""),
        ("soon", ""),
    ],
)
def test_times_of_versions(written: str, meant: str) -> None:
    assert utc(written) == meant


def test_other_xml_is_read_as_records(tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>{title}</title><link>https://fpa.example/{title}</link>"
        f"<pubDate>Sun, 17 Sep 2023 10:15:00 GMT</pubDate><description><![CDATA[{PARAGRAPHS}]]></description></item>"
        for title in ("Mill", "Sails")
    )
    feed = f'<rss version="2.0"><channel><title>FPA</title><description>News</description>{items}</channel></rss>'
    found, told = read(write(tmp_path / "feed.xml", feed))
    assert [(one.article.title, one.article.text, one.article.published) for one in found] == [
        ("Mill", TEXT, DAY),
        ("Sails", TEXT, DAY),
    ]
    assert [line for line in told if "for want of the whole text" in line]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "the file is empty"),
        ("<nitf><body>", "not valid XML"),
        ("Two mills.", "not valid XML"),
        ("<recipe><salt/></recipe>", "XML of another kind"),
        ('<!DOCTYPE nitf [<!ENTITY a "b">]><nitf/>', "declares entities"),
        (g2(content=""), "no article text in this file, only 1 text"),
    ],
)
def test_xml_that_holds_no_article(tmp_path: Path, body: str, said: str) -> None:
    path = write(tmp_path / "a.xml", body)
    with pytest.raises(SourceError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)
