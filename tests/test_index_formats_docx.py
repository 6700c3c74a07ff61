"""Word documents in, articles out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest

from index.formats import documents
from tests.documents import make_docx, only, refusal, with_parts


def document(path: Path, fill: Callable[..., object]) -> Path:
    path.write_bytes(make_docx(fill=fill))
    return path


def test_paragraphs_and_rows_in_their_order(tmp_path: Path) -> None:
    def fill(made: docx.document.Document) -> None:
        made.add_heading("Ferries collide", 1)
        made.add_paragraph("Two ferries met.")
        made.add_paragraph("")
        table = made.add_table(1, 2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Toll", "12 kroner"
        made.add_paragraph("Nobody was hurt.")

    found = only(document(tmp_path / "a.docx", fill))
    assert found.article.title == "Ferries collide"
    assert found.article.text == "Two ferries met.\n\nToll | 12 kroner\n\nNobody was hurt."
    assert found.article.author == ""
    assert found.article.published is None
    assert found.origins == {"title": "heading"}
    assert found.raw.startswith("Ferries collide") or found.raw.startswith("Two ferries met.")
    assert found.article.source == str((tmp_path / "a.docx").resolve())


def test_properties(tmp_path: Path) -> None:
    def fill(made: docx.document.Document) -> None:
        made.core_properties.title, made.core_properties.author = "Ferries  collide", "Kari Berg"
        made.add_heading("ferries collide", 0)
        made.add_paragraph("Two ferries met.")

    found = only(document(tmp_path / "a.docx", fill))
    assert (found.article.title, found.article.author) == ("Ferries collide", "Kari Berg")
    assert found.article.text == "Two ferries met."
    assert found.origins == {"title": "document properties", "author": "document properties"}


def test_a_byline_and_a_date_at_the_head_outweigh_the_properties(tmp_path: Path) -> None:
    def fill(made: docx.document.Document) -> None:
        made.core_properties.author = "desk4"
        made.add_heading("Ferries collide", 1)
        for line in ("Von Inga Moll", "6. Mai 2026", "Two ferries met."):
            made.add_paragraph(line)

    found = only(document(tmp_path / "a.docx", fill))
    assert (found.article.author, found.article.published) == ("Inga Moll", date(2026, 5, 6))
    assert found.article.text == "Two ferries met."
    assert (found.origins["author"], found.origins["published"]) == ("byline", "dateline")


def test_a_document_without_text(tmp_path: Path) -> None:
    assert "no article text" in refusal(document(tmp_path / "a.docx", lambda made: None))


def test_a_document_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = document(tmp_path / "a.docx", lambda made: made.add_paragraph("x" * 2_000_000))
    assert path.stat().st_size < 200_000
    monkeypatch.setattr(documents, "MAX_UNPACKED_BYTES", 1024 * 1024)
    assert "unpacks to more than 1 MB" in refusal(path)


def test_a_document_of_too_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_PARTS", 3)
    assert "unpacks" in refusal(document(tmp_path / "a.docx", lambda made: made.add_paragraph("x")))


ENTITIES = b'<!ENTITY a0 "lol">' + b"".join(b'<!ENTITY a%d "%b">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))


@pytest.mark.parametrize(
    ("declared", "used"),
    [(ENTITIES, b"&a11;"), (b'<!ENTITY a SYSTEM "file:///etc/passwd">', b"&a;"), (b"", b"Two ferries met.")],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_entities_are_not_unfolded(tmp_path: Path, declared: bytes, used: bytes, encoding: str) -> None:
    """A billion laughs, or another file, in the document part: refused before anything is parsed."""

    def declaring(data: bytes) -> bytes:
        head, rest = data.split(b"?>", 1)
        changed = head + b"?><!DOCTYPE x [" + declared + b"]>" + rest.replace(b"Two ferries met.", used)
        return changed.decode().encode(encoding)

    made = make_docx("Two ferries met.", "Nobody was hurt.")
    (tmp_path / "a.docx").write_bytes(with_parts(made, {"word/document.xml": declaring}))
    assert "declares entities of its own" in refusal(tmp_path / "a.docx")


def test_a_merged_cell_comes_once_and_an_equal_one_again(tmp_path: Path) -> None:
    def fill(made: docx.document.Document) -> None:
        table = made.add_table(2, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Toll"
        for place, text in enumerate(["12", "12", "13"]):
            table.cell(1, place).text = text

    assert only(document(tmp_path / "a.docx", fill)).article.text == "Toll\n\n12 | 12 | 13"


def test_a_cell_that_claims_to_span_a_billion_columns(tmp_path: Path) -> None:
    def fill(made: docx.document.Document) -> None:
        cell = made.add_table(1, 1).cell(0, 0)
        cell.text, cell._tc.grid_span = "Toll", 10**9

    assert only(document(tmp_path / "a.docx", fill)).article.text == "Toll"


def test_a_document_of_too_many_elements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_ELEMENTS", 2000)
    path = document(tmp_path / "a.docx", lambda made: [made.add_paragraph("x") for _ in range(1000)])
    assert "too large a document" in refusal(path)


def test_an_old_or_encrypted_document(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "encrypted, or an old .doc" in refusal(tmp_path / "a.docx")
