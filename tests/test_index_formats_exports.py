"""Archives' exports: one file becomes the articles in it, with their facts, whatever its layout and format."""

import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest

from index.errors import SourceError
from index.formats import read_articles
from index.formats.readings import Reading
from tests.articles import write
from tests.documents import make_docx, make_pdf, refusal

WEIR = "The weir at Hartwick gave way on Sunday night, and forty cellars in Mill Lane stood under water by dawn."
PUMPS = (
    "UPDATE: by noon the fire brigade had brought six pumps from Osprey Sound, its chief, Runa Feld, told reporters."
)
LIBRARY = "Osprey Sound will lend out boats from its library. A reader may keep one for three days, free of charge."

NEXIS = f"""
Download Request: Selected Items: 1-2
Terms: (weir OR library)


                               1 of 2 DOCUMENTS


                          The Hartwick Ledger (County)

                            March 8, 2021 Monday
                                 Edition 2;
                                  Scotland

Weir gives way above Mill Lane, and
forty cellars are flooded

BYLINE: Runa Feld and Tom Arkwright

SECTION: NEWS; Pg. 1

LENGTH: 212 words

DATELINE: HARTWICK

{WEIR}

{PUMPS}

GRAPHIC: The weir on Sunday

LOAD-DATE: March 9, 2021

LANGUAGE: ENGLISH

                    Copyright 2021 Hartwick Press
                          All Rights Reserved

                               2 of 2 DOCUMENTS


                               Osprey Sound Echo

                            9 March 2021 Tuesday 10:50 AM GMT

SECTION: Pg. 12

LENGTH: 21 words

{LIBRARY}

LANGUAGE: ENGLISH
"""
OLD_NEXIS = f"""
                               3 of 8 DOCUMENTS

                       Copyright 1996 Hartwick Press
                            All Rights Reserved

                             The Hartwick Ledger

                     March 8, 1996, Friday, Late Edition - Final

SECTION: Section A; Page 1; Column 4

LENGTH: 212 words

HEADLINE: Weir gives way

BYLINE:  By RUNA FELD

BODY:
   {WEIR}

   {PUMPS}

LOAD-DATE: March 9, 1996
"""
GERMAN_NEXIS = f"""
                               Dokument 1 von 2

                             Hartwicker Bote

                     Dienstag 9. März 2021

Wehr bricht

AUTOR: Runa Feld

LÄNGE: 21 Wörter

{WEIR}

UPDATE: 10. März 2021

SPRACHE: GERMAN; DEUTSCH

                               Dokument 2 von 2

                             Hartwicker Bote

                     Mittwoch 10. März 2021

Boote zu leihen

LÄNGE: 21 Wörter

{LIBRARY}

SPRACHE: GERMAN; DEUTSCH
"""
UNI = [
    "Date and Time: Friday, 12 March 2021 9:00:00 AM GMT",
    "Documents (2)",
    "1. Weir gives way above Mill Lane",
    "Client/Matter: -None-",
    "Narrowed by:",
    "Sources: Hartwick Ledger",
    "2. Boats to borrow",
    "Weir gives way above Mill Lane",
    "The Hartwick Ledger (County)",
    "March 8, 2021 Monday",
    "Copyright 2021 Hartwick Press All Rights Reserved",
    "Section: NEWS; Pg. 1",
    "Length: 212 words",
    "Byline: Runa Feld and Tom Arkwright",
    "Highlight: Forty cellars",
    "Body",
    WEIR,
    PUMPS,
    "Graphic",
    "The weir on Sunday",
    "Classification",
    "Language: ENGLISH",
    "Load-Date: March 9, 2021",
    "End of Document",
    "Boats to borrow",
    "Osprey Sound Echo",
    "9 March 2021 Tuesday 10:50 AM GMT",
    "Length: 21 words",
    "Body",
    LIBRARY,
    "Load-Date: March 9, 2021",
    "End of Document",
]
PROQUEST = f"""____________________________________________________________

Document 1 of 2

Weir gives way above Mill Lane

https://proxy.example/docview/3107396628

Author: Feld, Runa; Arkwright, Tom.

Publication info: The Hartwick Ledger ; Hartwick [Hartwick]01 Jan 2020: A.1.

Abstract: None available.

Full text: {WEIR}
{PUMPS}
CAPTION: The weir on Sunday

Subject: Floods; Weirs

Title: Weir gives way above Mill Lane

Publication title: The Hartwick Ledger (County); Hartwick

Publication year: 2021

Publication date: Mar 8, 2021

ProQuest document ID: 3107396628

Copyright: Copyright 2021 Hartwick Press. All Rights Reserved.

Last updated: 2021-03-10

Database: County Newsstream

____________________________________________________________

Document 2 of 2

Boats to borrow

Author: Berg, Anna

Full text: {LIBRARY}

Title: Boats to borrow

Publication title: Osprey Sound Echo

Publication date: 9 Mar 2021

ProQuest document ID: 3107396629

Database: County Newsstream

____________________________________________________________

Contact us at: http://www.proquest.example
"""
CODES = {
    "SE": "News",
    "HD": "Weir gives way above Mill Lane",
    "BY": "By Runa Feld and Tom Arkwright",
    "WC": "212 words",
    "PD": "8 March 2021",
    "ET": "06:15",
    "SN": "The Hartwick Ledger (County)",
    "SC": "HARTL",
    "LA": "English",
    "CY": "Copyright 2021. Hartwick Press",
    "LP": WEIR,
    "TD": PUMPS,
    "CO": "hartw : Hartwick Press",
    "NS": "gflood : Floods | gcat : Political/General News",
    "AN": "Document HARTL00020210308eh3800001",
}
OTHER_CODES = {
    "HD": "Boats to borrow",
    "WC": "21 words",
    "PD": "9 March 2021",
    "SN": "Osprey Sound Echo",
    "LP": LIBRARY,
    "AN": "Document OSPRE00020210309eh3900002",
}
FACTIVA = [
    "Weir gives way above Mill Lane",
    "By Runa Feld and Tom Arkwright",
    "212 words",
    "8 March 2021",
    "06:15",
    "The Hartwick Ledger (County)",
    "HARTL",
    "2; National",
    "English",
    "Copyright 2021. Hartwick Press",
    WEIR,
    PUMPS,
    "Document HARTL00020210308eh3800001",
    "News",
    "Boats to borrow",
    "Anna Berg",
    "1,021 words",
    "9 March 2021",
    "Osprey Sound Echo",
    "OSPRE",
    "English",
    LIBRARY,
    "Document OSPRE00020210309eh3900002",
    "Search Summary",
]
EUROPRESSE = """<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{outlet}</span>
</div><div><span class="DocHeader">{head}</span></div><div class="titreArticle"><p class="titreArticleVisu
rdp__articletitle">{title}</p></div><div class="docAuthors">{author}</div></header><section><div class="DocText
clearfix"><div class="docOcurrContainer">{text}</div></div></section><footer>Cet article est paru ce matin.</footer>
<div class="publiC-lblNodoc">news·20210308·HL·1</div></article>"""
LABELLED = f"""Record 1 of 2

Title: Weir gives way above Mill Lane
Author(s): see below
Author: Runa Feld and Tom Arkwright
Newspaper: The Hartwick Ledger (County)
Date: March 8, 2021
Section: News

{WEIR}

{PUMPS}
----------------------------------
Record 2 of 2

Title: Boats to borrow
Newspaper: Osprey Sound Echo
Date: March 9, 2021

{LIBRARY}
"""


def paragraphs(lines: list[str]) -> str:
    return "<html><body>" + "".join(f"<p>{html.escape(line)}</p>" for line in lines) + "</body></html>"


def rtf(lines: list[str]) -> str:
    return "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}" + "".join(f"\\pard {line}\\par\n" for line in lines) + "}"


def code_tables() -> str:
    tables = (
        "".join(f"<tr><td><b>{code}</b>&nbsp;</td><td><p>{value}</p></td></tr>" for code, value in codes.items())
        for codes in (CODES, OTHER_CODES)
    )
    return "<html><body>" + "".join(f"<table>{rows}</table>" for rows in tables) + "</body></html>"


def code_rows(row: str) -> str:
    return "".join(row % pair for codes in (CODES, OTHER_CODES) for pair in codes.items())


def europresse() -> str:
    first = EUROPRESSE.format(
        outlet="The Hartwick Ledger (County), no. 43018",
        head="Région, lundi 8 mars 2021 212 mots, p. 1",
        title="Weir gives way above Mill Lane",
        author="Runa Feld and Tom Arkwright",
        text=f"<p>{WEIR}</p><p>{PUMPS}</p>",
    )
    other = EUROPRESSE.format(
        outlet="Osprey Sound Echo",
        head="World, Tuesday, March 9, 2021",
        title="Boats to borrow",
        author="",
        text=f"<p>{LIBRARY}</p>",
    )
    return f"<html><body><aside>Menu</aside>{first}{other}</body></html>"


def docx_of_rows() -> bytes:
    def fill(made: "docx.document.Document") -> None:
        for codes in (CODES, OTHER_CODES):
            table = made.add_table(rows=0, cols=2)
            for code, value in codes.items():
                cells = table.add_row().cells
                cells[0].text, cells[1].text = code, value

    return make_docx(fill=fill)


def pdf_of(lines: list[str]) -> bytes:
    middle = lines.index("End of Document") + 1 if "End of Document" in lines else len(lines)
    return make_pdf([["Page 1 of 2", *lines[:middle]], ["Page 2 of 2", *lines[middle:]]])


EXPORTS: dict[str, Callable[[], bytes]] = {
    "nexis.txt": NEXIS.encode,
    "nexis.html": lambda: paragraphs(NEXIS.replace("Lane, and\n", "Lane, and ").split("\n")).encode(),
    "nexis.docx": lambda: make_docx(*NEXIS.replace("Lane, and\n", "Lane, and ").split("\n")),
    "nexis.pdf": lambda: make_pdf([[line.strip() for line in NEXIS.splitlines() if line.strip()]]),
    "nexis.rtf": lambda: rtf(NEXIS.replace("Lane, and\n", "Lane, and ").split("\n")).encode(),
    "uni.docx": lambda: make_docx(*UNI),
    "uni.rtf": lambda: rtf(UNI).encode(),
    "uni.pdf": lambda: pdf_of(UNI),
    "uni.txt": "\n".join(UNI).encode,
    "factiva.html": lambda: paragraphs(FACTIVA).encode(),
    "factiva.pdf": lambda: make_pdf([FACTIVA]),
    "factiva.docx": lambda: make_docx(*FACTIVA),
    "factiva.rtf": lambda: rtf(FACTIVA).encode(),
    "factiva.txt": "\n\n".join(FACTIVA).encode,
    "codes.html": code_tables().encode,
    "codes.txt": lambda: code_rows("%s\t%s\n").encode(),
    "codes.rtf": lambda: rtf(
        code_rows("\\trowd\\cellx900\\cellx9000\\intbl %s\\cell %s\\cell\\row\n").split("\n")
    ).encode(),
    "codes.docx": docx_of_rows,
    "lines.docx": lambda: make_docx(*code_rows("%s\n%s\n").splitlines()),
    "codes.pdf": lambda: make_pdf([code_rows("%s %s\n").splitlines()]),
    "proquest.txt": PROQUEST.encode,
    "rules.txt": re.sub(r"Document \d of 2\n\n", "", PROQUEST).encode,
    "proquest.html": lambda: paragraphs(PROQUEST.split("\n")).encode(),
    "proquest.docx": lambda: make_docx(*PROQUEST.split("\n")),
    "proquest.pdf": lambda: make_pdf([[line for line in PROQUEST.splitlines() if line]]),
    "europresse.html": europresse().encode,
    "labelled.txt": LABELLED.encode,
}


def articles(path: Path) -> list[Reading]:
    found = list(read_articles(path))
    assert all(isinstance(one, Reading) for one in found), found
    return [one for one in found if isinstance(one, Reading)]


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_becomes_its_articles(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(EXPORTS[name]())
    first, other = (one.article for one in articles(path))
    assert first.title.startswith("Weir gives way above Mill Lane")
    assert first.outlet.startswith("The Hartwick Ledger")
    assert first.published == date(2021, 3, 8)
    assert first.author == "Runa Feld, Tom Arkwright"
    assert first.text.replace("\n", " ").split() == f"{WEIR} {PUMPS}".split()
    assert other.title in ("Boats to borrow", "")
    assert (other.outlet, other.published) == ("Osprey Sound Echo", date(2021, 3, 9))
    assert other.author in ("Anna Berg", "")
    assert other.text == LIBRARY
    assert first.source != other.source
    assert first.source.startswith(f"{path}#")


def test_an_older_layout_with_a_headline_label(tmp_path: Path) -> None:
    (found,) = articles(write(tmp_path / "a.txt", OLD_NEXIS))
    assert found.article.title == "Weir gives way"
    assert found.article.outlet == "The Hartwick Ledger"
    assert found.article.author == "RUNA FELD"
    assert found.article.published == date(1996, 3, 8)
    assert found.article.text.split() == f"{WEIR} {PUMPS}".split()
    assert set(found.origins.values()) == {"Nexis export"}


def test_labels_and_dates_in_another_language(tmp_path: Path) -> None:
    found = [one.article for one in articles(write(tmp_path / "a.txt", GERMAN_NEXIS))]
    assert [(one.title, one.author, one.published) for one in found] == [
        ("Wehr bricht", "Runa Feld", date(2021, 3, 9)),
        ("Boote zu leihen", "", date(2021, 3, 10)),
    ]
    assert [one.text for one in found] == [WEIR, LIBRARY]


def test_a_title_of_two_lines_and_repeated_on_the_next_page(tmp_path: Path) -> None:
    title = "Weir gives way above Mill Lane and forty cellars are flooded"
    lines = [line if line != UNI[7] else title.replace(" and ", "\nand ") for line in UNI]
    lines[2] = f"1. {title}"
    lines[lines.index(PUMPS)] = f"Page 2 of 3\n{title}\n{PUMPS}"
    first, _ = articles(write(tmp_path / "a.txt", "\n".join(lines)))
    assert first.article.title == title
    assert first.article.text == f"{WEIR}\n{PUMPS}"


def test_a_document_without_a_text_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", PROQUEST.replace(f"Full text: {LIBRARY}", "Abstract: None available."))
    first, other = read_articles(path)
    assert isinstance(first, Reading)
    assert str(other) == f"{path}: document 2 of 2 (Boats to borrow): no article text"
    assert isinstance(other, SourceError)


@pytest.mark.parametrize(
    "mark", ["Record Number: HL{n}0007", "Full Text: ", "OpenURL Link", "Author/Byline: R. Feld", "LENGTH: 2{n}0 words"]
)
def test_an_export_of_an_unknown_layout_is_refused(tmp_path: Path, mark: str) -> None:
    text = "\n\n".join(f"Weir gives way {n}\nHartwick, 8.3.\n{mark.format(n=n)}\n{WEIR}" for n in range(1, 4))
    for name, data in {"a.txt": text.encode(), "a.docx": make_docx(*text.splitlines())}.items():
        (tmp_path / name).write_bytes(data)
        assert "an archive's export of about 3 articles in a layout that Byline does not know" in refusal(
            tmp_path / name
        )


@pytest.mark.parametrize(
    "text",
    [
        f"Weir gives way\n\n{WEIR}\n\nEnd of Document\n\nThat was all that stood on the last page, said Runa Feld.",
        f"Two books on weirs\n\nTitle: Weirs\nAuthor: Runa Feld\nDate: 2020\n\n{WEIR}\n\n"
        f"Title: Pumps\nAuthor: Tom Berg\nDate: 2021\n\n{LIBRARY}",
        f"Date: March 8, 2021\nSource: Hartwick Ledger\n\n{WEIR}",
        f"Document 1 of 2 that the court released tells of the weir.\n\n{WEIR}\n\nDocument 2 of 2 tells nothing.",
        f"{WEIR}\n\nFull text: {LIBRARY}\n\nLENGTH: 12 words",
    ],
)
def test_an_ordinary_article_is_not_split(tmp_path: Path, text: str) -> None:
    for name, data in {"a.txt": text.encode(), "a.docx": make_docx(*text.split("\n"))}.items():
        (tmp_path / name).write_bytes(data)
        (found,) = articles(tmp_path / name)
        assert found.article.text.startswith(text.split("\n\n")[-1][:20]) or WEIR in found.article.text
        assert "export" not in str(found.origins)


def test_a_page_of_many_blocks_is_walked_once(tmp_path: Path) -> None:
    inner = "".join(f"<p>{line}</p>" for line in UNI)
    path = write(tmp_path / "a.html", "<html><body>" + "<div>" * 5000 + inner + "</div>" * 5000 + "</body></html>")
    assert [one.article.title for one in articles(path)] == ["Weir gives way above Mill Lane", "Boats to borrow"]
