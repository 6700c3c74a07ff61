"""The sentences of retrieved passages: what an answer is quoted from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from index.search_result import Retrieved
from index.sentences import Span, sentence_spans
from index.text_analysis import words_of


@dataclass(frozen=True)
class Candidate:
    """One sentence of a retrieved passage, at `start` to `end` of its article; `before` is the one before it there."""

    found: Retrieved
    start: int
    end: int
    text: str
    neighbours: str
    before: "Candidate | None" = field(default=None, compare=False, repr=False)

    @property
    def place(self) -> tuple[int, int]:
        """Its characters in the passage's text."""
        return self.start - self.found.passage.start, self.end - self.found.passage.start

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(words_of(self.text))

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(re.findall(r"\d[\d.,]*\d|\d", self.text))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.words)


def candidates(passages: Sequence[Retrieved]) -> list[Candidate]:
    """All sentences of the passages, passage by passage."""
    out: list[Candidate] = []
    for found in passages:
        text, offset = found.passage.text, found.passage.start
        spans = _spans(text)
        for i, (start, end) in enumerate(spans):
            around = text[spans[max(0, i - 1)][0] : spans[min(len(spans), i + 2) - 1][1]]
            before = out[-1] if i else None
            out.append(Candidate(found, offset + start, offset + end, text[start:end], around, before))
    return out


@lru_cache(maxsize=512)  # an answer asks several times for the sentences of its passages, of a thousand characters each
def _spans(text: str) -> Sequence[Span]:
    return sentence_spans(text)
