"""Malformed PDF files and Word documents."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pypdf

from tests.documents import make_docx, make_pdf, pdf_of, with_parts
from tests.malformed.case import SPOILED, Case, paragraphs, refused
from tests.malformed.good import MAKERS

PAGES = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
BODY = "word/document.xml"


def documents() -> Iterator[Case]:
    yield from _locked_pdf()
    yield from _broken_pdf()
    yield from _huge_pdf()
    yield from _broken_docx()
    yield from _huge_docx()
    for suffix in (".pdf", ".docx"):
        whole = MAKERS[suffix](SPOILED)
        for seed in range(25):
            yield Case(f"overwritten-{seed}{suffix}", "bytes overwritten", _overwritten(whole, seed))


def _overwritten(whole: bytes, seed: int) -> bytes:
    chance, changed = random.Random(seed), bytearray(whole)
    for _ in range(8 * (seed + 1)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


# PDF


def _locked_pdf() -> Iterator[Case]:
    for algorithm in ("RC4-40", "RC4-128"):
        for password in ("", "secret"):
            writer, out = pypdf.PdfWriter(clone_from=io.BytesIO(MAKERS[".pdf"](SPOILED))), io.BytesIO()
            writer.encrypt(password, "owner", algorithm=algorithm)
            writer.write(out)
            name = f"locked-{algorithm}-{password or 'empty'}.pdf"
            made = refused(name, "encrypted PDF", out.getvalue())
            yield made if password else Case(name, "PDF with an empty password", out.getvalue(), 1, 0)
    for name, lock in {"unknown": b"/Filter /Other /V 9", "empty": b"", "aes": b"/Filter /Standard /V 5 /R 6"}.items():
        data = pdf_of([PAGES, b"<< /Type /Pages /Kids [] /Count 0 >>", b"<< %b >>" % lock], "/Encrypt 3 0 R /ID [()()]")
        yield refused(f"locked-{name}.pdf", "encrypted PDF", data)


def _page(content: bytes, more: bytes = b"", kids: bytes = b"[4 0 R]", count: int = 1) -> list[bytes]:
    """The objects of a PDF of one page; its content is object 5."""
    resources = b"/Resources << /Font << /F1 3 0 R >> %b >>" % more
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents 5 0 R %b >>" % resources
    return [PAGES, b"<< /Type /Pages /Kids %b /Count %d >>" % (kids, count), FONT, page, _stream(content)]


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), more, data)


def _packed(data: bytes, times: int = 1) -> bytes:
    """A stream of the data packed, `times` times over."""
    return _stream(zlib.compress(data * times), b"/Filter /FlateDecode")


SHOWN = b"BT /F1 11 Tf 50 800 Td (Two ferries met off Bergen.) Tj ET"


def _broken_pdf() -> Iterator[Case]:
    whole, plain = MAKERS[".pdf"](SPOILED), pdf_of(_page(SHOWN))
    for count in (1, 3, 50):
        yield refused(f"scan-{count}.pdf", "PDF without text", make_pdf([[]] * count))
    yield refused("only-numbers.pdf", "PDF without text", make_pdf([[" "], ["  "]]))
    for name, data in {
        "mark": b"%PDF-1.7\n",
        "end": b"%PDF-1.7\n%%EOF",
        "no-catalogue": pdf_of([b"<< >>"]),
        "no-pages": pdf_of([b"<< /Type /Catalog >>"]),
        "numbers": pdf_of([b"7", b"8"]),
        "no-kids": pdf_of([PAGES, b"<< /Type /Pages /Kids [] /Count 0 >>"]),
        "kids-of-nothing": pdf_of([PAGES, b"<< /Type /Pages /Kids [9 0 R 10 0 R] /Count 2 >>"]),
        "own-kid": pdf_of([PAGES, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
        "ring": pdf_of([PAGES, b"<< /Type /Pages /Kids [3 0 R] >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
        "ring-of-catalogue": pdf_of([b"1 0 R"]),
        "deep-array": pdf_of([b"[" * 50_000]),
        "deep-dictionary": pdf_of([b"<< /A " * 20_000]),
        "content-of-number": pdf_of([*_page(b"")[:4], b"7"]),
        "content-is-page": pdf_of(_page(b"")[:4]).replace(b"/Contents 5", b"/Contents 4"),
        "html": b"<html>%PDF-</html>",
    }.items():
        yield refused(f"{name}.pdf", "broken PDF", data)
    for name, change in {
        "start": (b"startxref\n", b"startxref\n9999"),
        "negative": (b"startxref\n", b"startxref\n-"),
        "no-table": (b"xref\n0", b"yref\n0"),
        "places": (b"0000000", b"0000099"),
        "no-trailer": (b"trailer", b"triler"),
        "no-end": (b"%%EOF", b""),
        "no-length": (b"/Length", b"/Lngth"),
        "long-length": (b"/Length ", b"/Length 99999"),
        "count": (b"/Count 1", b"/Count 999999999"),
        "negative-count": (b"/Count 1", b"/Count -5"),
        "own-parent": (b"/Parent 2", b"/Parent 4"),
        "previous": (b"/Size", b"/Prev 9 /Size"),
        "no-font": (b"/F1 3", b"/F1 99"),
        "no-box": (b"[0 0 600 850]", b"[0 (a) << >>]"),
        "objects": (b"endobj", b""),
        "size": (b"/Size ", b"/Size 99999999"),
    }.items():
        yield Case(f"broken-{name}.pdf", "broken PDF", whole.replace(*change))
    trailing = random.Random(7).randbytes(5000)
    yield Case("trailing.pdf", "broken PDF", whole + trailing)
    yield Case("leading.pdf", "broken PDF", b"\n" * 500 + whole)
    yield Case("twice.pdf", "broken PDF", plain + whole)
    data = pdf_of(_page(SHOWN)).replace(b"/Info", b"/Other")
    yield Case("bad-info.pdf", "broken PDF", data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 3 0 R"))


def _huge_pdf() -> Iterator[Case]:
    kids = b"[%b]" % b" ".join([b"4 0 R"] * 30_000)
    yield refused("30000-pages.pdf", "PDF of many pages", pdf_of(_page(SHOWN, kids=kids, count=30_000)))
    branches = [PAGES, *[b"<< /Type /Pages /Kids [%b] >>" % (b"%d 0 R " % (n + 3) * 10) for n in range(9)]]
    yield refused("billion-pages.pdf", "PDF of many pages", pdf_of([*branches, b"<< /Type /Page >>"]))
    chain = [PAGES, *[b"<< /Type /Pages /Kids [%d 0 R] >>" % (n + 3) for n in range(5000)], b"<< /Type /Page >>"]
    yield Case("chain-of-pages.pdf", "PDF of many pages", pdf_of(chain))
    bomb = zlib.compress(zlib.compress(bytes(200_000_000)))
    twice = _stream(bomb, b"/Filter [/FlateDecode /FlateDecode]")
    yield refused("bomb.pdf", "PDF stream bomb", pdf_of([*_page(b"")[:4], twice]))
    yield refused("spaces.pdf", "PDF stream bomb", pdf_of([*_page(b"")[:4], _packed(b" ", 60_000_000)]))
    for name, operator in {
        "show": b"(a) Tj ",
        "save": b"q ",
        "matrix": b"1 0 0 1 0 0 cm ",
        "newline": b"T* ",
        "deep": b"[",
        "numbers": b"1 ",
        "text": b"BT ET ",
        "strings": b"(",
        "names": b"/F1 11 Tf ",
        "garbage": b"}]>)",
        "images": b"BI /W 1 /H 1 ID x EI ",
    }.items():
        content = _packed(b"BT /F1 11 Tf " + operator * (20_000_000 // len(operator)))
        yield Case(f"operators-{name}.pdf", "PDF of 10^6 operators", pdf_of([*_page(b"")[:4], content]))
    parts = b"[%b]" % (b"5 0 R " * 5000)
    many = [part.replace(b"/Contents 5 0 R", b"/Contents %b" % parts) for part in _page(SHOWN)]
    many[4] = _packed(SHOWN + b"\n", 20_000)
    yield refused("one-stream-often.pdf", "PDF stream bomb", pdf_of(many))
    form = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> /XObject << /X %d 0 R >> >>"
    )
    again = [*_page(b"/X Do", b"/XObject << /X 6 0 R >>"), _stream(SHOWN + b" /X Do", form % 6)]
    yield Case("form-in-itself.pdf", "PDF of forms in forms", pdf_of(again))
    tree = [*_page(b"/X Do " * 10, b"/XObject << /X 6 0 R >>")]
    tree += [_stream(b"/X Do " * 10, form % (number + 7)) for number in range(8)]
    yield Case("forms.pdf", "PDF of forms in forms", pdf_of([*tree, _stream(SHOWN, form % 99)]))
    cmap = b"1 beginbfrange\n<0000> <ffffffff> <0000>\nendbfrange\n" * 1000
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    mapped = [part if part is not FONT else font for part in _page(SHOWN)]
    yield Case("character-map.pdf", "PDF of huge character maps", pdf_of([*mapped, _packed(cmap)]))
    widths = FONT.replace(b">>", b"/FirstChar 0 /LastChar 999999999 /Widths [%b] >>" % (b"1 " * 90_000))
    wide = [part if part is not FONT else widths for part in _page(SHOWN)]
    yield Case("widths.pdf", "PDF of huge character maps", pdf_of(wide))


# Word


def _in_body(change: Callable[[bytes], bytes]) -> bytes:
    return with_parts(make_docx(*paragraphs(SPOILED)), {BODY: change})


def _broken_docx() -> Iterator[Case]:
    whole = make_docx(*paragraphs(SPOILED))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = archive.namelist()
    for number, part in enumerate(parts):
        yield Case(f"without-{number}.docx", "docx without a part", with_parts(whole, {part: None}))
        yield Case(f"empty-{number}.docx", "docx with an empty part", with_parts(whole, {part: lambda data: b""}))
        broken = with_parts(whole, {part: lambda data: data[: len(data) // 2]})
        yield Case(f"half-{number}.docx", "docx with half a part", broken)
    for name, body in {
        "text": b"no XML",
        "other": b"<a/>",
        "page": b"<html><body>a</body></html>",
        "nul": bytes(100),
        "picture": b"\x89PNG",
        "deep": b"<a>" * 100_000,
        "whole-deep": b"<a>" * 5000 + b"</a>" * 5000,
        "attribute": b'<a b="' + b"x" * 15_000_000 + b'"/>',
    }.items():
        yield refused(f"body-{name}.docx", "docx with a broken body", _in_body(lambda data, body=body: body))
    for name in ("../../../evil.txt", "/etc/evil", "C:\\evil", "word/../../evil", "a\nb", "x" * 60_000):
        added = with_parts(whole, {name: lambda data: b"evil"})
        yield Case(f"path-{len(name)}.docx", "docx with odd names", added, 1, 0)
    twice = io.BytesIO(whole)
    with zipfile.ZipFile(twice, "a") as archive:
        archive._didModify = True  # type: ignore[attr-defined]
        archive.comment = b"x" * 60_000
    yield Case("comment.docx", "docx with odd names", twice.getvalue(), 1, 0)
    yield Case("trailing.docx", "broken zip", whole + b"what is this")
    yield Case("leading.docx", "broken zip", b"what is this" + whole)
    yield refused("no-directory.docx", "broken zip", whole[: whole.rindex(b"PK\x01\x02")])
    yield refused("only-end.docx", "broken zip", b"PK\x05\x06" + bytes(18))
    yield refused("other-zip.docx", "broken zip", with_parts(b"PK\x05\x06" + bytes(18), {"a.txt": lambda _: b"a"}))
    yield refused("old.docx", "encrypted docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    locked = bytearray(whole)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = whole.find(mark)
        while place >= 0:
            locked[place + offset] |= 1
            place = whole.find(mark, place + 1)
    yield refused("locked.docx", "encrypted docx", bytes(locked))
    method = whole.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x08", b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x63")
    yield Case("method.docx", "broken zip", method)
    outside = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%b</Relationships>'
    target = b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    target += b'officeDocument" Target="%b"/>'
    for number, to in enumerate(
        [b"../../../etc/passwd", b"file:///etc/passwd", b"http://127.0.0.1:9/x", b"nothing", b""]
    ):
        rels = outside % (target % to)
        data = with_parts(whole, {"_rels/.rels": lambda data, rels=rels: rels})
        yield refused(f"relation-{number}.docx", "docx that points elsewhere", data)


def _huge_docx() -> Iterator[Case]:
    laughs = b'<!ENTITY a0 "ha">' + b"".join(b'<!ENTITY a%d "%b">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    first = paragraphs(SPOILED)[0].encode()
    for name, entity, use in (
        ("laughs", laughs, b"&a11;"),
        ("file", b'<!ENTITY e SYSTEM "file:///etc/passwd">', b"&e;"),
        ("parameter", b'<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;', b"x"),
        ("quadratic", b'<!ENTITY q "%b">' % (b"x" * 90_000), b"&q;" * 900),
    ):
        declared = b"?><!DOCTYPE d [%b]>" % entity

        def change(data: bytes, declared: bytes = declared, use: bytes = use) -> bytes:
            return data.replace(b"?>", declared, 1).replace(first, use)

        yield refused(f"entity-{name}.docx", "docx entity bomb", _in_body(change))
    end = b"<w:sectPr"
    for name, body in {
        "zeros": bytes(100_000_000),
        "spaces": b"<a>" + b" " * 100_000_000,
        "million": b"<w:p/>" * 10_000_000,
    }.items():
        yield refused(
            f"bomb-{name}.docx", "docx zip bomb", _in_body(lambda data, body=body: data.replace(end, body + end))
        )
    for name, body in {
        "paragraphs": b"<w:p/>" * 3_000_000,
        "runs": b"<w:p>" + b"<w:r/>" * 3_000_000 + b"</w:p>",
    }.items():
        data = _in_body(lambda data, body=body: data.replace(end, body + end, 1))
        yield refused(f"many-{name}.docx", "docx of 10^6 elements", data)
    cell = b'<w:tc><w:tcPr><w:gridSpan w:val="%d"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>'
    row = b"<w:tr>%b</w:tr>" % (cell % 2_000_000_000)
    merged = b'<w:tr><w:tc><w:tcPr><w:vMerge w:val="%b"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>'
    for name, rows in {
        "span": row,
        "no-cells": b"<w:tr/>" * 1000,
        "merged": merged % b"restart" + (merged % b"continue") * 3000,
        "merged-from-nothing": merged % b"continue",
    }.items():
        table = b"<w:tbl><w:tblPr/><w:tblGrid/>%b</w:tbl>" % rows
        data = _in_body(lambda data, table=table: data.replace(end, table + end, 1))
        yield Case(f"table-{name}.docx", "docx with odd tables", data, 1, 0)
    inside = b"<w:tbl><w:tr><w:tc>" * 60 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 60
    yield Case("table-deep.docx", "docx with odd tables", _in_body(lambda data: data.replace(end, inside + end, 1)))
    many = make_docx("x")
    yield refused(
        "parts.docx", "docx zip bomb", with_parts(many, {f"a/{n}.xml": lambda _: b"x" for n in range(12_000)})
    )
