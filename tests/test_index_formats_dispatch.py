"""Which format reads a file, gzipped or not, and what is imported for it."""

import gzip
import importlib.util
import io
import json
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

import index.formats
from index.errors import SourceError
from index.formats import SUFFIXES, article_suffix, find_files, read_articles, read_stream
from index.formats.readings import Reading
from tests.articles import write
from tests.documents import make_docx, make_epub, make_pdf, make_warc

PAGE = (
    "<!doctype html><html><head><title>Ferries collide</title></head><body><article><h1>Ferries collide</h1>"
    "<p>Two ferries met off Bergen on Monday in thick fog, the coast guard said, and nobody at all was hurt.</p>"
    "<p>The harbour stayed closed for most of the day because a crane had fallen across its only entrance.</p>"
    "</article></body></html>"
)
HAS_HTML = importlib.util.find_spec("index.formats.html") is not None


LETTER = b"From: Bergen News <a@b.example>\nSubject: Ferries\nMIME-Version: 1.0\n\nTwo ferries met.\n"
CONTENT: dict[str, Callable[[], bytes]] = {
    ".txt": lambda: b"Two ferries met.",
    ".md": lambda: b"# Ferries collide\n\nTwo ferries met.",
    ".html": PAGE.encode,
    ".htm": PAGE.encode,
    ".json": lambda: b'[{"text": "Two ferries met."}]',
    ".jsonl": lambda: b'{"text": "Two ferries met."}\n',
    ".ndjson": lambda: b'{"text": "Two ferries met."}\n',
    ".csv": lambda: b"title,text\nToll,Two ferries met.\n",
    ".tsv": lambda: b"title\ttext\nToll\tTwo ferries met.\n",
    ".xml": lambda: b"<nitf><body><body.content><p>Two ferries met.</p></body.content></body></nitf>",
    ".pdf": lambda: make_pdf([["Two ferries met."]]),
    ".docx": lambda: make_docx("Two ferries met."),
    ".rtf": lambda: rb"{\rtf1\ansi\pard Two ferries met.\par}",
    ".epub": lambda: make_epub({"a.xhtml": PAGE}),
    ".eml": lambda: LETTER,
    ".mbox": lambda: b"From a@b.example Mon Oct  5 14:30:00 2020\n" + LETTER,
    ".warc": lambda: make_warc([("https://bergen.example/fog", "200 OK", "text/html", PAGE.encode())]),
    ".story": lambda: b"Two ferries met.\n\n@highlight\n\nNobody hurt\n",
    ".sgm": lambda: (
        b'<!DOCTYPE lewis SYSTEM "lewis.dtd">\n<REUTERS NEWID="7"><TEXT><BODY>Two ferries met.\n Reuter\n&#3;'
        b"</BODY></TEXT></REUTERS>"
    ),
}


@pytest.mark.parametrize("dress", [str, str.upper])
@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_plain_and_gzipped(tmp_path: Path, suffix: str, ending: str, dress: Callable[[str], str]) -> None:
    if suffix.startswith(".htm") and not HAS_HTML:
        pytest.skip("the reader of HTML is not here yet")
    path = tmp_path / f"a{dress(suffix + ending)}"
    data = CONTENT[suffix]()
    path.write_bytes(gzip.compress(data) if ending else data)
    (found,) = read_articles(path)
    assert isinstance(found, Reading)
    assert "Two ferries met" in found.article.text
    assert found.article.source.startswith(str(path.resolve()))
    assert find_files(tmp_path) == find_files(path) == [path]


@pytest.mark.parametrize("suffix", [s for s in SUFFIXES if HAS_HTML or not s.startswith(".htm")])
@pytest.mark.parametrize("packed", [False, True])
def test_a_stream_is_told_by_its_beginning(suffix: str, packed: bool) -> None:
    data = CONTENT[suffix]()
    (found,) = read_stream(io.BytesIO(gzip.compress(data) if packed else data), "standard input")
    assert isinstance(found, Reading)
    assert "Two ferries met" in found.article.text
    assert "ferries" not in found.article.source
    assert found.article.source.startswith("standard input")


@pytest.mark.parametrize(
    "text", ["[Reuters] Two ferries met.", "{sic} Two ferries met.", "text, more, and Two ferries met."]
)
def test_a_text_that_begins_strangely(text: str) -> None:
    (found,) = read_stream(io.BytesIO(text.encode()), "standard input")
    assert isinstance(found, Reading)
    assert found.article.text == text


def test_an_empty_stream() -> None:
    with pytest.raises(SourceError, match="standard input: the file is empty"):
        list(read_stream(io.BytesIO(b""), "standard input"))


def test_heavy_libraries_wait_for_a_file_that_needs_them(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Two ferries met.")
    write(tmp_path / "b.jsonl", json.dumps({"text": "<p>Two</p>", "published": "May 1, 2026"}))
    write(tmp_path / "c.csv", "text\nTwo ferries met.")
    write(tmp_path / "d.json", '{"text": "Two ferries met."}')
    write(tmp_path / "e.md", "Two ferries met.")
    write(tmp_path / "f.story", "Two ferries met.")
    code = (
        "import sys, pathlib\n"
        "heavy = {'lxml', 'trafilatura', 'pypdf', 'docx', 'pandas', 'warcio', 'striprtf'}\n"
        "from index.formats import find_files, read_articles\n"
        "n = sum(1 for file in find_files(pathlib.Path(sys.argv[1])) for _ in read_articles(file))\n"
        "print(n, sorted(heavy & set(sys.modules)))\n"
    )
    found = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert found.stdout == "6 []\n"


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.TXT", ".txt"),
        ("a.json.GZ", ".json"),
        ("a.jsonl", ".jsonl"),
        ("a.gz", ""),
        ("a.txt.gz.gz", ""),
        ("a.txtx", ""),
    ],
)
def test_suffixes(name: str, suffix: str) -> None:
    assert article_suffix(Path(name)) == suffix


@pytest.mark.parametrize("name", ["a.rst", "a.gz", "a", "a.doc"])
def test_another_kind_of_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="not an article file"):
        list(read_articles(write(tmp_path / name, "x")))


def test_find_files_of_a_folder(tmp_path: Path) -> None:
    for name in ["b.pdf", "a.jsonl.gz", "d/c.DOCX", ".x.csv", "d/.y/z.txt", "e.png", "f.tar.gz"]:
        write(tmp_path / name, "x")
    (tmp_path / "d" / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    found = [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path)]
    assert found == ["a.jsonl.gz", "b.pdf", "d/c.DOCX", "loop.txt"]
    for refuse in (find_files, lambda path: list(read_articles(path))):
        with pytest.raises(SourceError, match="cannot be read"):
            refuse(tmp_path / "loop.txt")


def test_a_table_too_large_gives_what_came_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.formats, "MAX_TABLE_BYTES", 300_000)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "Two ferries met."}\n' * 100_000))
    found = read_articles(path)
    assert all(isinstance(one, Reading) for one in islice(found, 1000))
    with pytest.raises(SourceError, match="larger than 300000 bytes unpacked"):
        list(found)
