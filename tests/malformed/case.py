"""One input of the corpus, and the good ones that are hidden among them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.articles import CONSONANTS, unique_word

SPOILED = 20_000  # the number of the article that most malformed inputs are made of


@dataclass(frozen=True, slots=True)
class Case:
    """A file by its name and its bytes. `kind` is what it is counted under.

    `articles` and `lines`: how many of each it must give; where both are None, a file of one article gives one or the
    other, and a table at least one of them. `word` is one that a search must find in it.
    """

    name: str
    kind: str
    data: bytes
    articles: int | None = None
    lines: int | None = None
    word: str = ""


def refused(name: str, kind: str, data: bytes) -> Case:
    return Case(name, kind, data, articles=0, lines=1)


def partly(name: str, kind: str, data: bytes, articles: int, lines: int) -> Case:
    return Case(name, kind, data, articles, lines)


def paragraphs(number: int) -> list[str]:
    """Article `number` of a series, unlike the others; `unique_word(number)` is in its second paragraph."""
    chance = random.Random(number)

    def sentence(first: str, words: int) -> str:
        made = ("".join(chance.choice(CONSONANTS) + chance.choice("aeio") for _ in range(3)) for _ in range(words))
        return f"{first} {' '.join(made)} was said to the council on Monday by the harbour master."

    return [sentence(f"Report {number}:", 9), sentence(f"The {unique_word(number)}", 12), sentence("Afterwards", 10)]


def text_of(number: int) -> str:
    return "\n\n".join(paragraphs(number))


def page_of(number: int, head: str = "", body: str = "") -> str:
    """An HTML page of that article."""
    marked = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(number))
    return (
        f"<!doctype html><html><head><title>Report {number}</title>{head}</head><body><article><h1>Report {number}</h1>"
        f"{marked}</article>{body}</body></html>"
    )


def put(cases: Iterator[Case], folder: Path, first: int = 0) -> dict[str, Case]:
    """Write the cases into folders of a hundred; each, without its bytes, by the key that its file name begins with."""
    written = {}
    for number, case in enumerate(cases, first):
        key = f"m{number:04}"
        place = folder / f"{number // 100:02}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{key}-{case.name}").write_bytes(case.data)
        written[key] = replace(case, data=b"")
    return written
