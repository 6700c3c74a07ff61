"""Files of the formats that are not text, made small and by hand; and what a reader makes of a file."""

import gzip
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import docx
import pytest

from index.errors import SourceError
from index.formats import read_articles
from index.formats.readings import Reading


def make_pdf(pages: list[list[str]], **info: str) -> bytes:
    """A PDF whose pages hold these lines, in Helvetica."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = " T* ".join(f"({line.replace('(', '').replace(')', '')}) Tj" for line in lines)
        content = f"BT /F1 11 Tf 14 TL 50 800 Td {shown} ET"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append("<< " + " ".join(f"/{key} ({value})" for key, value in info.items()) + " >>")
    return pdf_of([body.encode("latin-1") for body in objects], f"/Info {len(objects)} 0 R")


def pdf_of(objects: list[bytes], trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()


def make_docx(*paragraphs: str, fill: Callable[..., object] = lambda made: None) -> bytes:
    """A Word document of these paragraphs and what `fill` puts into it."""
    made, out = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    fill(made)
    made.save(out)
    return out.getvalue()


def make_epub(documents: Mapping[str, str], **facts: str) -> bytes:
    """A book of these documents, by their names, with these Dublin Core facts."""
    items = "".join(
        f'<item id="d{n}" href="{name.replace(" ", "%20")}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(documents)
    )
    spine = "".join(f'<itemref idref="d{n}"/>' for n in range(len(documents)))
    known = "".join(f"<dc:{name}>{value}</dc:{name}>" for name, value in facts.items())
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{known}</metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("OEBPS/content.opf", package)
        for name, text in documents.items():
            archive.writestr(f"OEBPS/{name}", text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def make_warc(answers: Iterable[tuple[str, str, str, bytes]], *, packed: bool = False) -> bytes:
    """A WARC file of what servers answered: address, status, content type and body; packed record by record."""
    records = []
    for address, status, kind, body in answers:
        block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2021-03-08T06:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        records.append(head.encode() + block + b"\r\n\r\n")
    return b"".join(map(gzip.compress, records) if packed else records)


def with_parts(archive: bytes, changed: Mapping[str, Callable[[bytes], bytes] | None]) -> bytes:
    """The zip file with some of its parts changed, left out (None), or added (made of b"")."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in dict.fromkeys([*names, *changed]):
            change = changed.get(name, lambda data: data)
            if change is not None:
                new.writestr(name, change(old.read(name) if name in names else b""))
    return out.getvalue()


def only(path: Path) -> Reading:
    """The one article of a file."""
    (found,) = read_articles(path)
    assert isinstance(found, Reading)
    return found


def refusal(path: Path) -> str:
    """The one line that says why a file is not read."""
    with pytest.raises(SourceError) as caught:
        list(read_articles(path))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)
