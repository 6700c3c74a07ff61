"""Paragraphs and questions in SQuAD's layout, and which of them are kept for testing."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHIFTS = ("amazon_reviews", "new_wiki", "reddit")
_TITLED = ("new_wiki", "squad2")  # the others have numbers for titles


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text of one of the sets; `kept` for testing. `name` is as `eval` names paragraphs of a file."""

    set: str
    title: str
    text: str
    kept: bool
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about `paragraph`; each answer is a (start, end) of characters. Without answers it has none there."""

    id: str
    text: str
    paragraph: Paragraph
    answers: tuple[tuple[int, int], ...]


def read_sets(folder: Path) -> list[Asked]:
    """All questions of `squadshifts` and `squad2` below the folder.

    Kept for testing: of squadshifts the tenth of the paragraphs whose text's digest says so, of squad2 every second
    article by title.
    """
    asked: list[Asked] = []
    for name in SHIFTS:
        file = folder / "squadshifts" / f"{name}_v1.0.json.gz"
        if not file.is_file():
            raise SystemExit(f"{file}: no such file; give the folder that holds squadshifts and squad2 with --data")
        asked += _questions(name, json.loads(gzip.decompress(file.read_bytes()))["data"])
    found = sorted((folder / "squad2").glob("*.json"))
    if len(found) != 1:
        raise SystemExit(
            f"{folder / 'squad2'}: {len(found)} .json files there; one is wanted, SQuAD 2.0 or a part of it"
        )
    (file,) = found
    return asked + list(_questions("squad2", json.loads(file.read_bytes())["data"]))


def _questions(name: str, pages: list[dict[str, Any]]) -> Iterator[Asked]:
    order = {title: place for place, title in enumerate(sorted(page["title"] for page in pages))}
    for page_number, page in enumerate(pages, 1):
        for number, row in enumerate(page["paragraphs"], 1):
            text = row["context"]
            kept = bool(order[page["title"]] % 2) if name == "squad2" else _in_kept_tenth(text)
            title = page["title"].replace("_", " ") if name in _TITLED else ""
            paragraph = Paragraph(name, title, text, kept, f"page {page_number} paragraph {number}")
            for one in row["qas"]:
                spans = [
                    (found["answer_start"], found["answer_start"] + len(found["text"])) for found in one["answers"]
                ]
                yield Asked(one["id"], one["question"].strip(), paragraph, tuple(spans))


def _in_kept_tenth(text: str) -> bool:
    return hashlib.sha256(text.encode()).digest()[0] % 10 == 0
