"""PDF in, articles out."""

import io
import logging
from datetime import date
from pathlib import Path

import pypdf
import pytest

from index.formats import documents, read_articles
from tests.documents import make_pdf, only, refusal

PAGE = [
    "The two ferries met off Bergen on Monday in thick fog, the coast guard sa-",
    "id. Nobody was hurt, but the harbour stayed closed for most of the day be-",
    "cause a well-known crane had fallen.",
    "The harbour master, Kari Berg, said on Tuesday that the crane was a well-",
    "known danger.",
]


def encrypted(password: str, owner: str = "owner") -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf([PAGE])))
    writer.encrypt(password, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def put(folder: Path, data: bytes) -> Path:
    (folder / "a.pdf").write_bytes(data)
    return folder / "a.pdf"


def test_lines_become_paragraphs(tmp_path: Path) -> None:
    found = only(
        put(tmp_path, make_pdf([PAGE], Title="Ferries collide", Author="Kari Berg", CreationDate="D:20260501"))
    )
    assert found.article.text == (
        "The two ferries met off Bergen on Monday in thick fog, the coast guard said. Nobody was hurt, but the harbour "
        "stayed closed for most of the day because a well-known crane had fallen.\n\n"
        "The harbour master, Kari Berg, said on Tuesday that the crane was a well-known danger."
    )
    assert (found.article.title, found.article.author) == ("Ferries collide", "Kari Berg")
    assert found.article.published is None
    assert found.origins == {"title": "document properties", "author": "document properties"}
    assert "sa-\nid" in found.raw


def test_a_byline_and_a_date_at_the_head_outweigh_the_properties(tmp_path: Path) -> None:
    head = ["Ferries collide", "By Inga Moll and Per Lind", "6 May 2026", ""]
    found = only(put(tmp_path, make_pdf([[*head, *PAGE]], Author="Desk 4", CreationDate="D:20260509")))
    assert (found.article.author, found.article.published) == ("Inga Moll, Per Lind", date(2026, 5, 6))
    assert (found.origins["author"], found.origins["published"]) == ("byline", "dateline")
    assert "Inga Moll" not in found.article.text


def test_a_dateline_gives_the_date(tmp_path: Path) -> None:
    found = only(put(tmp_path, make_pdf([["BERGEN, 6 May 2026 - " + PAGE[0], *PAGE[1:]]])))
    assert found.article.published == date(2026, 5, 6)


@pytest.mark.parametrize("title", ["untitled", "Microsoft Word - toll.doc", "toll_final.indd", "Toll", ""])
def test_a_title_that_a_program_filled_in(tmp_path: Path, title: str) -> None:
    assert only(put(tmp_path, make_pdf([PAGE], Title=title, Author="Administrator"))).origins == {}


def test_headers_footers_and_page_numbers_go(tmp_path: Path) -> None:
    pages = [["Fjord Post, May 2026", *PAGE, f"Page {n} of 4"] for n in range(1, 5)]
    text = only(put(tmp_path, make_pdf(pages))).article.text
    assert "Fjord Post" not in text
    assert "Page " not in text
    assert text.count("harbour master") == 4


def test_no_text_layer(tmp_path: Path) -> None:
    assert "no text layer" in refusal(put(tmp_path, make_pdf([[], []])))


def test_an_encrypted_file(tmp_path: Path) -> None:
    assert "encrypted" in refusal(put(tmp_path, encrypted("secret")))


def test_the_empty_password_is_tried(tmp_path: Path) -> None:
    assert "harbour master" in only(put(tmp_path, encrypted(""))).article.text


def test_too_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_PAGES", 2)
    assert "3 pages" in refusal(put(tmp_path, make_pdf([PAGE] * 3)))


def test_too_slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_SECONDS", -1.0)
    assert "page 1 of 3 not read within" in refusal(put(tmp_path, make_pdf([PAGE] * 3)))


def test_complaints_of_the_library_go_to_no_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    list(read_articles(put(tmp_path, make_pdf([PAGE]).replace(b"startxref\n", b"startxref\n9"))))
    assert logging.getLogger("pypdf").handlers
    assert capfd.readouterr() == ("", "")
