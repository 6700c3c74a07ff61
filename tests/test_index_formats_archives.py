"""Books, web archives, letters, and the collections of CNN and Reuters: each article of a file, with its facts."""

import gzip
import io
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from index.errors import PassedOver, SourceError
from index.formats import archives, read_articles, read_stream
from index.formats.readings import Reading
from tests.articles import write
from tests.documents import make_epub, make_warc, only, refusal, with_parts

WEIR = "The weir at Hartwick gave way on Sunday night, and forty cellars in Mill Lane stood under water by dawn."
PUMPS = "By noon the fire brigade had brought six pumps from Osprey Sound, its chief, Runa Feld, told reporters."


def page(title: str, *texts: str) -> str:
    body = "".join(f"<p>{text}</p>" for text in texts)
    head = f"<!doctype html><html><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>"


def read(path: Path) -> tuple[list[Reading], list[SourceError]]:
    """The articles of a file, and what is said of the rest of it."""
    found, said = [], []
    try:
        for one in read_articles(path):
            (said if isinstance(one, SourceError) else found).append(one)
    except SourceError as error:
        said.append(error)
    return found, said


# Books


def test_each_document_of_a_book_is_an_article(tmp_path: Path) -> None:
    documents = {
        "cover.xhtml": "<html><body><img src='a.png'/></body></html>",
        "first story.xhtml": page("Weir gives way", WEIR, PUMPS),
        "b/second.xhtml": page("Pumps on the way", PUMPS, WEIR),
    }
    path = tmp_path / "a.epub"
    path.write_bytes(make_epub(documents, title="Week 10", publisher="Hartwick Ledger", date="2021-03-08"))
    found, said = read(path)
    assert [one.article.title for one in found] == ["Weir gives way", "Pumps on the way"]
    assert [one.article.outlet for one in found] == ["Hartwick Ledger"] * 2
    assert [one.article.published for one in found] == [date(2021, 3, 8)] * 2
    assert found[0].article.text == f"{WEIR}\n{PUMPS}"
    assert found[0].article.source == f"{path}#OEBPS/first story.xhtml"
    assert found[0].origins["published"] == "book"
    assert [str(one) for one in said] == [f"{path}: 1 of 3 documents have no text and are passed over"]
    assert isinstance(said[0], PassedOver)


def test_books_that_are_hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = make_epub({"a.xhtml": page("Weir gives way", WEIR, PUMPS)})
    entity = b'<!DOCTYPE a [<!ENTITY b "c">]><package/>'

    def said(**changed: Callable[[bytes], bytes] | None) -> str:
        names = {"package": "OEBPS/content.opf", "container": "META-INF/container.xml", "rights": "META-INF/rights.xml"}
        (tmp_path / "a.epub").write_bytes(with_parts(whole, {names[name]: change for name, change in changed.items()}))
        return refusal(tmp_path / "a.epub")

    assert "META-INF/container.xml is missing" in said(container=None)
    assert "OEBPS/content.opf is missing" in said(package=None)
    assert "declares entities of its own" in said(package=lambda data: entity)
    assert "is not XML" in said(package=lambda data: data[:40])
    assert "no article text in this book" in said(package=lambda data: b"<package/>")
    assert "encrypted" in said(rights=lambda data: b"<rights/>")
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 100)
    assert "unpacks to more than" in said()


# Web archives


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_each_page_of_a_web_archive_is_an_article(tmp_path: Path, name: str) -> None:
    answers = [
        ("https://ledger.example/weir", "200 OK", "text/html; charset=utf-8", page("Wéir", WEIR, PUMPS).encode()),
        ("https://ledger.example/weir.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://ledger.example/gone", "404 Not Found", "text/html", page("Not found", PUMPS).encode()),
        ("https://ledger.example/pumps", "200 OK", "text/html", page("Pumps", PUMPS, WEIR).encode()),
        ("https://ledger.example/", "200 OK", "text/html", b"<html><body><img src='weir.png'></body></html>"),
    ]
    path = tmp_path / name
    path.write_bytes(make_warc(answers, packed=name.endswith("gz")))
    found, said = read(path)
    assert [(one.article.title, one.article.url) for one in found] == [
        ("Wéir", "https://ledger.example/weir"),
        ("Pumps", "https://ledger.example/pumps"),
    ]
    assert [str(one) for one in said] == [
        f"{path}#https://ledger.example/: no article text is left beside the page's furniture"
    ]


def test_a_web_archive_that_is_cut_off_gives_what_came_before(tmp_path: Path) -> None:
    answers = [
        (f"https://ledger.example/{n}", "200 OK", "text/html", page(f"Weir {n}", WEIR, PUMPS).encode()) for n in "ab"
    ]
    whole = make_warc(answers)
    for end in (len(whole) - 200, len(whole) - 470):
        path = tmp_path / f"{end}.warc"
        path.write_bytes(whole[:end])
        found, said = read(path)
        assert [one.article.title for one in found] == ["Weir a"]
        assert len(said) == 1
        assert "cut off" in str(said[0])


def test_a_web_archive_without_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(make_warc([("https://ledger.example/a.png", "200 OK", "image/png", b"\x89PNG")]))
    assert "no pages in this WARC file" in refusal(path)


# Letters


def letter(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in {
        "From": "Hartwick Ledger <news@ledger.example>",
        "Subject": "Weir gives way",
        **headers,
    }.items():
        made[name.replace("_", "-")] = value
    return made


def test_a_newsletter_with_a_page_in_it(tmp_path: Path) -> None:
    made = letter(
        From="Runa Feld from Hartwick Ledger <runa@ledger.example>",
        Subject="Wehr gibt nach – vierzig Keller",
        Date="Sun, 07 Mar 2021 23:30:00 -0800",
    )
    made.set_content("View this in your browser.\n")
    made.add_alternative(page("Weir gives way", WEIR, PUMPS), subtype="html")
    made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="map.pdf")
    path = tmp_path / "a.eml"
    path.write_bytes(made.as_bytes())
    found, said = read(path)
    (article,) = (one.article for one in found)
    assert article.title == "Wehr gibt nach – vierzig Keller"
    assert (article.outlet, article.author, article.published) == ("Hartwick Ledger", "Runa Feld", date(2021, 3, 7))
    assert article.text == f"{WEIR}\n{PUMPS}"
    assert found[0].origins["outlet"] == "mail header"
    assert [str(one) for one in said] == [f"{path}: attached to the letter and passed over: map.pdf"]


def test_a_letter_in_plain_text(tmp_path: Path) -> None:
    made = letter(Date="Mon, 08 Mar 2021 06:00:00 +0000")
    made.set_content(f"{WEIR}\n\n{PUMPS}\n\n-- \nHartwick Ledger, Mill Lane 1\n")
    found = only(write(tmp_path / "a.eml", made.as_string()))
    assert found.article.text == f"{WEIR}\n\n{PUMPS}"
    assert found.article.outlet == "Hartwick Ledger"


def test_a_mailbox_gives_each_letter_and_a_line_for_each_that_is_broken(tmp_path: Path) -> None:
    first, last = letter(Message_ID="<weir@ledger.example>"), letter(Subject="Pumps")
    first.set_content(f"{WEIR}\n\nFrom here on the lane is closed.\n")
    last.set_content(PUMPS)
    mark = b"From news@ledger.example Mon Mar  8 06:00:00 2021\n"
    nothing = letter(Subject="Nothing")
    nothing.set_content("\n")
    text = b"\n".join(mark + one.as_bytes() for one in (first, nothing, last))
    path = tmp_path / "a.mbox"
    path.write_bytes(text)
    found, said = read(path)
    assert [one.article.source for one in found] == [f"{path}#weir@ledger.example", f"{path}#3"]
    assert found[0].article.text.endswith("From here on the lane is closed.")
    assert [str(one) for one in said] == [f"{path}#2: no article text in this letter"]


def test_letters_that_are_hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2000))
    assert "too many parts for a letter" in refusal(write(tmp_path / "deep.eml", f"From: a@b.example\n{deep}"))
    many = "From: a@b.example\nContent-Type: text/plain; " + "a=b; " * 2000 + f"\n\n{WEIR}"
    assert "headers that are too long" in refusal(write(tmp_path / "parameters.eml", many))
    assert "not a letter" in refusal(write(tmp_path / "text.eml", WEIR))
    assert "not a mailbox" in refusal(write(tmp_path / "text.mbox", WEIR))
    odd = "From: =?nosuch?q?a?= <a@b.example>\nDate: yesterday\nContent-Type: text/plain; charset=nosuch\n\n" + WEIR
    assert only(write(tmp_path / "odd.eml", odd)).article.published is None
    monkeypatch.setattr(archives, "LARGEST_LETTER", 1000)
    assert "a letter of more than" in refusal(write(tmp_path / "large.eml", f"From: a@b.example\n\n{WEIR * 20}"))


# Rich text, and the collections of CNN and Reuters


def test_rich_text(tmp_path: Path) -> None:
    text = rf"{{\rtf1\ansi\ansicpg1252{{\fonttbl{{\f0 Arial;}}}}\pard Caf\'e9 floods\par\pard {WEIR}\par {PUMPS}\par}}"
    found = only(write(tmp_path / "a.rtf", text)).article
    assert found.title == "Café floods"
    assert found.text == f"{WEIR}\n\n{PUMPS}"


@pytest.mark.parametrize("text", ["", WEIR, "{\\rtf1 }", "{\\rtf1 " + "{" * 100_000, "{\\rtf1 \\u99999999999999? x}"])
def test_rich_text_that_is_none(tmp_path: Path, text: str) -> None:
    assert refusal(write(tmp_path / "a.rtf", text))


def test_a_story_is_read_without_its_highlights(tmp_path: Path) -> None:
    text = f"{WEIR}\n\n{PUMPS}\n\n@highlight\n\nForty cellars flooded\n\n@highlight\n\nSix pumps"
    assert only(write(tmp_path / "a.story", text)).article.text == f"{WEIR}\n\n{PUMPS}"
    (found,) = read_stream(io.BytesIO(gzip.compress(text.encode())), "standard input")
    assert isinstance(found, Reading)
    assert found.article.text == f"{WEIR}\n\n{PUMPS}"


def test_the_sgml_of_reuters(tmp_path: Path) -> None:
    text = (
        '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n'
        '<REUTERS TOPICS="YES" NEWID="11"><DATE> 8-MAR-1987 06:15:01.79</DATE><UNKNOWN>&#5;&#5;F f0704</UNKNOWN>\n'
        "<TEXT>&#2;\n<TITLE>WEIR GIVES WAY &lt;HWL></TITLE>\n<AUTHOR>    By Runa Feld, Reuters</AUTHOR>"
        f"<DATELINE>    HARTWICK, March 8 - </DATELINE><BODY>{WEIR}\n    {PUMPS}\n Reuter\n&#3;</BODY></TEXT>"
        "</REUTERS>\n"
        '<REUTERS NEWID="12"><DATE> 8-MAR-1987 07:00:00.00</DATE><TEXT TYPE="BRIEF">******<TITLE>PUMPS ON THE WAY'
        f"</TITLE>Blah blah.\n&#3;</TEXT></REUTERS>\n"
        '<REUTERS NEWID="13"><DATE> 9-MAR-1987</DATE><TEXT><TITLE>CUT</TITLE><BODY>It ends here'
    )
    path = write(tmp_path / "a.sgm", text)
    found, said = read(path)
    first, brief = (one.article for one in found)
    assert (first.title, first.outlet, first.author) == ("WEIR GIVES WAY <HWL>", "Reuters", "Runa Feld")
    assert first.published == date(1987, 3, 8)
    assert first.text == f"HARTWICK, March 8 - {WEIR}\n    {PUMPS}"
    assert first.source == f"{path}#11"
    assert brief.title == "PUMPS ON THE WAY"
    assert [str(one) for one in said] == [f"{path}#13: cut off (its REUTERS element does not end)"]
