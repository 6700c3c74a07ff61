"""Wrong passages that look right: the best by BM25 of the same set that do not hold the answer."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval.datasets.paragraphs import Asked, Paragraph
from index.text.analysis import words_of

_K1, _B = 1.2, 0.75
_WORD = re.compile(r"\w+")


def hard_negatives(asked: Sequence[Asked], most: int) -> list[list[Paragraph]]:
    """For each question up to `most` paragraphs, best first. Kept ones go with kept questions only."""
    found: dict[str, list[Paragraph]] = {}
    for part in sorted({(one.paragraph.set, one.paragraph.kept) for one in asked}):
        questions = [one for one in asked if (one.paragraph.set, one.paragraph.kept) == part]
        paragraphs = list(dict.fromkeys(one.paragraph for one in questions))
        bm25 = BM25([f"{one.title} {one.text}" for one in paragraphs])
        texts = [spelled(one.text) for one in paragraphs]
        for question in questions:
            answers = {spelled(question.paragraph.text[start:end]) for start, end in question.answers}
            best = (int(place) for place in bm25.best(question.text, 3 * most))
            right = [
                paragraphs[place]
                for place in best
                if paragraphs[place] is not question.paragraph and not any(one in texts[place] for one in answers)
            ]
            found[question.id] = right[:most]
    return [found[one.id] for one in asked]


class BM25:
    """Ranks texts for a query (Robertson and Zaragoza 2009)."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(words_of(text)) for text in texts]
        lengths = np.array([one.total() for one in counts], np.float64)
        norms = _K1 * (1 - _B + _B * lengths / max(lengths.mean(), 1))
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, one in enumerate(counts):
            for word, count in one.items():
                postings[word].append((place, count))
        self._size = len(texts)
        self._postings = {word: self._weighed(pairs, norms) for word, pairs in postings.items()}

    def best(self, query: str, count: int) -> NDArray[np.intp]:
        """The places of the best texts that share a word with the query, best first."""
        scores = np.zeros(self._size)
        for word in set(words_of(query)) & self._postings.keys():
            places, weights = self._postings[word]
            scores[places] += weights
        order = np.argsort(-scores, kind="stable")[:count]
        return order[scores[order] > 0]

    def _weighed(
        self, pairs: list[tuple[int, int]], norms: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        places = np.array([place for place, _ in pairs], np.intp)
        counts = np.array([count for _, count in pairs], np.float64)
        rarity = math.log(1 + (self._size - len(pairs) + 0.5) / (len(pairs) + 0.5))
        return places, rarity * counts * (_K1 + 1) / (counts + norms[places])


def spelled(text: str) -> str:
    """The words alone, with a space on either side, so that only whole words match."""
    return f" {' '.join(_WORD.findall(text.lower()))} "
