"""Word documents in, articles out."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from index.errors import SourceError
from index.formats import docx as docx_format
from index.formats import read_articles
from index.formats.base import Reading


def document(path: Path, fill: Callable[..., object]) -> Path:
    made = docx.Document()
    fill(made)
    made.save(str(path))
    return path


def only(path: Path) -> Reading:
    (found,) = read_articles(path)
    assert isinstance(found, Reading)
    return found


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        list(read_articles(path))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


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


def test_a_document_without_text(tmp_path: Path) -> None:
    assert "no article text" in refusal(document(tmp_path / "a.docx", lambda made: None))


def test_a_document_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = document(tmp_path / "a.docx", lambda made: made.add_paragraph("x" * 2_000_000))
    assert path.stat().st_size < 200_000
    monkeypatch.setattr(docx_format, "MAX_UNPACKED_BYTES", 1024 * 1024)
    assert "unpacks to more than 1 MB" in refusal(path)


def test_a_document_of_too_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_format, "MAX_PARTS", 3)
    assert "unpacks" in refusal(document(tmp_path / "a.docx", lambda made: made.add_paragraph("x")))


def test_entities_are_not_unfolded(tmp_path: Path) -> None:
    """A billion laughs in the document part: refused or empty, at once."""
    path = document(tmp_path / "a.docx", lambda made: made.add_paragraph("Two ferries met."))
    entities = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                head, rest = data.split(b"?>", 1)
                body = rest.replace(b"Two ferries met.", b"&a11;")
                data = head + b"?><!DOCTYPE x [" + entities.encode() + b"]>" + body
            new.writestr(name, data)
    path.write_bytes(packed.getvalue())
    refusal(path)


def test_an_old_or_encrypted_document(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "encrypted, or an old .doc" in refusal(tmp_path / "a.docx")
