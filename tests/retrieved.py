"""Passages as the first stage of search gives them."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from index.article import Article
from index.search.result import Retrieved
from index.span_model.passage_reading import PassageReading
from index.text.passages import Passage


def retrieved(text: str, score: float = 0.5, title: str = "") -> Retrieved:
    """A passage that is an article of its own, named by its text."""
    article = Article(f"id-{text}", "", title, published=date(2026, 5, 1))
    return Retrieved(Passage(article.id, 0, len(text), text), article, score, {"words": score})


def ranked(texts: Sequence[str], top: float = 0.9, step: float = 0.01) -> tuple[Retrieved, ...]:
    """One passage for each text, in falling order."""
    return tuple(retrieved(text, top - step * place) for place, text in enumerate(texts))


def reading(relevance: float = 0.0, pieces: Sequence[tuple[int, int, float, float]] = ()) -> PassageReading:
    """What the reader's model may have made of a passage: for each piece its characters and its two logits."""
    starts, ends = (np.array([one[at] for one in pieces], np.float32) for at in (2, 3))
    offsets = np.array([one[:2] for one in pieces], np.int64).reshape(-1, 2)
    return PassageReading(relevance, starts, ends, offsets)
