"""Good files of every format, and what the malformed ones are made from."""

import gzip
import json
from collections.abc import Callable, Iterator

from tests.articles import unique_word
from tests.documents import make_docx, make_pdf
from tests.malformed.case import Case, page_of, paragraphs, text_of


def _csv(number: int) -> str:
    return f'title,text\nReport {number},"{text_of(number)}"\n'


def _pdf(number: int) -> bytes:
    return make_pdf([[part for whole in paragraphs(number) for part in _broken(whole)]])


def _broken(text: str) -> list[str]:
    """The text in lines of ten words."""
    words = text.split()
    return [" ".join(words[at : at + 10]) for at in range(0, len(words), 10)]


def _nitf(number: int) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(number))
    head = f'<docdata><doc-id id-string="report-{number}"/></docdata>'
    return f"<nitf><head>{head}</head><body><body.content>{body}</body.content></body></nitf>"


MAKERS: dict[str, Callable[[int], bytes]] = {
    ".txt": lambda number: text_of(number).encode(),
    ".md": lambda number: f"# Report {number}\n\n{text_of(number)}\n".encode(),
    ".html": lambda number: page_of(number).encode(),
    ".htm": lambda number: page_of(number).encode(),
    ".json": lambda number: json.dumps([{"title": f"Report {number}", "text": text_of(number)}]).encode(),
    ".jsonl": lambda number: json.dumps({"title": f"Report {number}", "text": text_of(number)}).encode() + b"\n",
    ".csv": lambda number: _csv(number).encode(),
    ".xml": lambda number: _nitf(number).encode(),
    ".pdf": _pdf,
    ".docx": lambda number: make_docx(*paragraphs(number)),
}
TABLES = (".json", ".jsonl", ".csv")


def good_files(first: int) -> Iterator[Case]:
    """Three of each format, one of them gzipped; numbered from `first`."""
    number = first
    for suffix, make in MAKERS.items():
        for ending in ("", ".gz", ""):
            data = make(number)
            packed = gzip.compress(data, mtime=0) if ending else data
            yield Case(f"good{suffix}{ending}", "good", packed, articles=1, lines=0, word=unique_word(number))
            number += 1
