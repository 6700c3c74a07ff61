"""What search finds."""

from collections.abc import Mapping
from dataclasses import dataclass

from index.article import Article
from index.passages import Passage


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage that search found. `score` is the sum of its `parts`; `article` is without its text.

    `also_in` holds the articles that reprint the passage.
    """

    passage: Passage
    article: Article
    score: float
    parts: Mapping[str, float]
    also_in: tuple[Article, ...] = ()
