"""How well web pages are read: measured over hand-made pages in many layouts, languages and encodings."""

import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from index.formats.html import page_to_reading
from index.reading import Reading

FACTS_RIGHT = 0.95
SENTENCES_KEPT = 0.98
FURNITURE_LEFT = 0.02


def load_layouts() -> Any:
    spec = importlib.util.spec_from_file_location("page_layouts", Path(__file__).parent / "pages" / "layouts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


@cache
def readings() -> tuple[tuple[Any, Reading], ...]:
    pages = load_layouts().all_pages()
    return tuple(
        (page, page_to_reading(page.data, source=page.name, url=page.url, content_type=page.content_type))
        for page in pages
    )


def test_there_are_sixty_pages_in_many_layouts():
    pages = [page for page, _ in readings()]
    assert len(pages) >= 60
    assert len({page.name for page in pages}) >= 20


@pytest.mark.parametrize("field", ["title", "outlet", "author", "published"])
def test_facts(field: str):
    misses = [
        f"{page.name} ({page.title}): {getattr(page, field)!r} read as {getattr(reading.article, field)!r} "
        f"from {reading.origins.get(field)}"
        for page, reading in readings()
        if getattr(page, field) != getattr(reading.article, field)
    ]
    right = 1 - len(misses) / len(readings())
    print(f"{field}: {right:.3f} of {len(readings())} pages")
    assert right >= FACTS_RIGHT, "\n".join(misses)


def test_article_sentences_are_kept():
    misses = [(page.name, s) for page, reading in readings() for s in page.sentences if s not in reading.article.text]
    total = sum(len(page.sentences) for page, _ in readings())
    print(f"sentences kept: {1 - len(misses) / total:.4f} of {total}")
    assert 1 - len(misses) / total >= SENTENCES_KEPT, misses


def test_furniture_is_left_out():
    left: list[tuple[str, str]] = []
    for page, reading in readings():
        rest = reading.article.text
        for sentence in page.sentences:
            rest = rest.replace(sentence, "", 1)
        left += [(page.name, line) for line in rest.split("\n") if re.search(r"\w", line)]
    characters = sum(len(line.strip()) for _, line in left)
    share = characters / sum(len(reading.article.text) for _, reading in readings())
    print(f"furniture left: {share:.4f} of the characters")
    assert share <= FURNITURE_LEFT, left


def test_each_known_fact_says_where_it_came_from():
    for page, reading in readings():
        for field in ("title", "outlet", "author", "url", "published", "updated"):
            assert bool(getattr(reading.article, field)) == (field in reading.origins), (page.name, field)
