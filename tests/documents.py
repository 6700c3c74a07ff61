"""Files of the formats that are not text, made small and by hand; and what a reader makes of a file."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest

from index.errors import SourceError
from index.formats import read_articles
from index.formats.base import Reading


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
