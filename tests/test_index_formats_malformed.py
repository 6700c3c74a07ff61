"""A corpus of broken files: each gives a reason of one line that names it, soon, and the good one is read."""

import gzip
import io
import json
import random
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdf
import pytest

import index.formats
from index.errors import SourceError
from index.formats import SUFFIXES, csv_files, find_files, nested_records, read_articles
from index.formats.readings import Reading
from tests.articles import write

SECONDS = 20.0  # for one file, on a busy machine
MARKUP = (".html", ".htm")  # a parser of HTML makes something of anything: not every case is an error there
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4
ZIP = b"PK\x03\x04" + bytes(range(256))


def document() -> bytes:
    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph("Two ferries met. " * 20)
    made.save(out)
    return out.getvalue()


def blank_pdf(password: str = "", pages: int = 1) -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(600, 800)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def broken_files() -> Iterator[tuple[str, bytes]]:
    yield from every_suffix()
    yield from broken_tables()
    yield from broken_documents()


def every_suffix() -> Iterator[tuple[str, bytes]]:
    for suffix in SUFFIXES:
        if suffix in (".ndjson", ".tsv"):  # other names of .jsonl and .csv
            continue
        yield f"empty{suffix}", b""
        yield f"blank{suffix}", b" \r\n\t\n"
        yield f"picture{suffix}", PNG
        yield f"zeros{suffix}", bytes(5000)
        yield f"noise{suffix}", random.Random(suffix).randbytes(5000)
        yield f"no-gzip{suffix}.gz", b"Two ferries met."
        yield f"empty{suffix}.gz", b""
        yield f"nothing{suffix}.gz", gzip.compress(b"")
        packed = gzip.compress(random.Random(1).randbytes(3000))
        for cut in (1, 5, 10, 100, len(packed) // 2, len(packed) - 4):
            yield f"cut-{cut}{suffix}.gz", packed[:cut]
        yield f"wrong-checksum{suffix}.gz", packed[:-8] + b"\0\1\2\3" + packed[-4:]
        yield f"bomb{suffix}.gz", gzip.compress(b"x" * 2_000_000)
        yield f"line-bomb{suffix}.gz", gzip.compress(b"x\n" * 1_000_000)
        if suffix not in MARKUP:
            yield f"zip{suffix}", ZIP
            yield f"nul{suffix}", b"text\n\0\0\0 Two ferries met.\0"


def broken_tables() -> Iterator[tuple[str, bytes]]:
    for suffix in (".json", ".jsonl"):
        bodies = [
            b"{", b"[", b"nul", b"'a'", b"[1,", b'{"text":', b'{"text": "a', b"{'text': 'a'}", b'{"text": "a",}', b"7",
            b"null", b'"a text"', b"[]", b"{}", b"[[]]", b"[1, 2]", b'[{"text": ""}]', b'{"text": null}',
            b'{"text": 5}',
            b'{"text": {}}', b'{"title": "a"}', b'{"text": "\\u0000"}', b'{"text": "' + b"1" * 9000, b"[" * 200_000,
            b'{"a":' * 100_000, b'{"text": ' + b"9" * 5000 + b"}", b"\xff\xfe{", b"\xff\xfe\x00\xd8\x00\xd8",
            b'{"text": "Advertisement"}', b'{"text": ["a", 1]}', b"<html>",
        ]  # fmt: skip
        for number, body in enumerate(bodies):
            yield f"json-{number}{suffix}", body
    rows = [
        b"title\na\n", b"title,text\n", b"title;text\n\n\n", b"a,b\n1,2\n", b"just a line", b"text\n\n",
        b'text\n"never closed',
        b'"text', b"title,text\na\nb\n", b"text\na\0b\n", b"sep=;\n", b"text,title\n,\n,\n", b"text\nx,y,z\n",
        b"\xef\xbb\xbf", b"\xff\xfet", b",,,\n,,,\n", b"text\n" + b"x" * 3_000_000, b"x" * 3_000_000,
        b'text\n"' + b"x\n" * 200_000, b"\n" * 10_000,
    ]  # fmt: skip
    for number, body in enumerate(rows):
        yield f"csv-{number}.csv", body


def broken_documents() -> Iterator[tuple[str, bytes]]:
    whole = document()
    for part in range(1, 12):
        yield f"cut-{part}.docx", whole[: len(whole) * part // 12]
    for part in range(10):
        yield f"overwritten-{part}.docx", overwritten(whole, part)
    yield "other-zip.docx", zipped(a=b"Two ferries met.")
    yield "no-types.docx", zipped(**{"word/document.xml": b"<a/>"})
    yield "broken-types.docx", zipped(**{"[Content_Types].xml": b"<a", "word/document.xml": b"<a/>"})
    yield "bomb.docx", zipped(**{"word/document.xml": b"x" * 5_000_000})
    yield "text.docx", b"Two ferries met."
    for pages in (1, 3):
        yield f"scan-{pages}.pdf", blank_pdf(pages=pages)
    yield "locked.pdf", blank_pdf("secret")
    whole = blank_pdf(pages=3)
    for part in range(1, 12):
        yield f"cut-{part}.pdf", whole[: len(whole) * part // 12]
    for part in range(20):
        yield f"overwritten-{part}.pdf", overwritten(whole, part)
    yield "only-a-mark.pdf", b"%PDF-1.7\n"
    yield "text.pdf", b"Two ferries met."
    yield (
        "deep.pdf",
        b"%PDF-1.4\n1 0 obj\n" + b"[" * 50_000 + b"\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF",
    )
    yield (
        "ring.pdf",
        (
            b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
            b"2 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 1 >>\nendobj\n"
            b"trailer << /Root 1 0 R /Size 3 >>\nstartxref\n0\n%%EOF"
        ),
    )


def overwritten(data: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(200):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


CASES = list(broken_files())


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.formats, "MAX_TABLE_BYTES", 1_500_000)
    monkeypatch.setattr(index.formats, "MAX_DOCUMENT_BYTES", 1_500_000)
    for module in (csv_files, nested_records):
        monkeypatch.setattr(module, "MAX_LINE_BYTES", 1_000_000)


def complaints(path: Path) -> list[str]:
    """What is said of a file; every reason one line that names it, and none of them late."""
    start = time.monotonic()
    said: list[str] = []
    try:
        said += [str(one) for one in read_articles(path) if isinstance(one, SourceError)]
    except SourceError as error:
        said.append(str(error))
    assert time.monotonic() - start < SECONDS
    for line in said:
        assert line.startswith(f"{path}: ")
        assert len(line.splitlines()) == 1
        assert len(line) < len(str(path)) + 600
    return said


def test_there_are_many() -> None:
    assert len(CASES) >= 150
    assert len({name for name, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("name", "data"), CASES, ids=[name for name, _ in CASES])
def test_a_broken_file_gives_its_reason(
    tmp_path: Path, name: str, data: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    said = complaints(path)
    assert said or name.startswith("overwritten") or name.endswith((*MARKUP, ".html.gz", ".htm.gz"))
    assert capfd.readouterr() == ("", "")


def test_bytes_that_are_not_utf_8_are_older_text(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "Caf\xe9"}\n')
    (tmp_path / "b.csv").write_bytes(b"text\nCaf\xe9\nCaf\xc3\xa9\n")
    texts = [one.article.text for p in find_files(tmp_path) for one in read_articles(p) if isinstance(one, Reading)]
    assert texts == ["Café"] * 3


def test_the_good_file_among_them_is_read(tmp_path: Path) -> None:
    for name, data in CASES:
        if not name.endswith((*MARKUP, ".html.gz", ".htm.gz", ".pdf")):
            (tmp_path / name).write_bytes(data)
    good = write(tmp_path / "good.jsonl", json.dumps({"text": "Two ferries met off Bergen."}))
    read: list[str] = []
    for path in find_files(tmp_path):
        try:
            read += [one.article.text for one in read_articles(path) if isinstance(one, Reading) and path == good]
        except SourceError:
            assert path != good
    assert read == ["Two ferries met off Bergen."]
