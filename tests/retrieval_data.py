"""Small data to measure search on, in the layouts that `byline eval retrieval` reads."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ARTICLES = [
    {
        "id": "ferry",
        "url": "https://herald.example/ferry",
        "title": "A new ferry for Marlow Bay",
        "outlet": "Coastal Herald",
        "published": "2021-03-04",
        "text": "The new ferry is called the Wavecutter. It takes 300 passengers across the bay in ten minutes.",
    },
    {
        "id": "bakery",
        "url": "https://herald.example/bakery",
        "title": "Bakery reopens after the flood",
        "outlet": "Coastal Herald",
        "published": "2021-03-02",
        "text": "Baker Ines Tallow reopened her shop on Quay Street. Rye bread was sold out before noon.",
    },
    {
        "id": "later",
        "url": "https://herald.example/later",
        "title": "Ferry is late on its first day",
        "outlet": "Coastal Herald",
        "published": "2021-03-09",
        "text": "The ferry left forty minutes late because a rope had frozen to the pier.",
    },
]
QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "q1",
        "question": "What is the new ferry called?",
        "asked": "2021-03-05",
        "answers": ["the Wavecutter"],
        "support": ["ferry"],
        "answerable": True,
    },
    {
        "id": "q2",
        "question": "Who reopened the bakery?",
        "asked": "2021-03-05",
        "answers": ["Ines Tallow"],
        "support": [],
        "answerable": True,
    },
    {
        "id": "q3",
        "question": "Why was the ferry late?",
        "asked": "2021-03-05",
        "answers": ["a frozen rope"],
        "support": ["later"],
        "answerable": True,
    },
    {"id": "q4", "question": "Who is the mayor?", "asked": "2021-03-05", "answers": ["Ann Ode"], "answerable": False},
]


def news_folder(folder: Path, questions: Sequence[Mapping[str, Any]] = QUESTIONS) -> Path:
    """A folder of three articles and four questions, one of them without an answer there."""
    write_rows(folder / "articles.jsonl", ARTICLES)
    write_rows(folder / "questions.jsonl", questions)
    return folder


def squad_file(file: Path) -> Path:
    """Two paragraphs; a question about the first, and one that has no answer."""
    answers = [{"text": text, "answer_start": 0} for text in ("cedar", "red cedar", "cedar")]
    asked = {"id": "s1", "question": "Of which wood is the bridge?", "answers": answers, "is_impossible": False}
    impossible = {"id": "s2", "question": "Who painted the bridge?", "answers": [], "is_impossible": True}
    paragraphs = [
        {"context": "The footbridge is made of red cedar from the northern slope.", "qas": [asked, impossible]},
        {"context": "Below it the river turns twice before it meets the old mill.", "qas": []},
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    pages = [{"title": "Footbridge", "paragraphs": paragraphs}]
    file.write_text(json.dumps({"version": "v2.0", "data": pages}), "utf-8")
    return file


def write_rows(file: Path, rows: Sequence[Any]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file
