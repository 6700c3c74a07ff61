"""The sentences of retrieved passages: what an answer is quoted from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from assistant.answer import Citation, Sentence
from index.search.result import Retrieved
from index.text.analysis import keeps_its_words, words_of
from index.text.passages import Span, sentence_spans


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


def citation_of(one: Candidate, n: int = 0) -> Citation:
    """The citation of a sentence, of the number n, which `assistant.answer.numbered` gives anew."""
    return Citation(n, one.found.article, one.start, one.end, one.text, one.found.also_in)


def quoted(one: Candidate, n: int = 0) -> Sentence:
    """A sentence of an article, as it stands there, with its citation."""
    return Sentence(" ".join(one.text.split()), "supported", (citation_of(one, n),))


def words_around(sentences: Sequence[Candidate]) -> list[Sequence[str]]:
    """The words of each sentence with its neighbours', see `Candidate.neighbours`."""
    keep = [keeps_its_words(one.text) for one in sentences]
    out: list[Sequence[str]] = []
    for i, one in enumerate(sentences):
        near = [at for at in (i - 1, i, i + 1) if 0 <= at < len(sentences) and sentences[at].found is one.found]
        run = [sentences[at] for at in near]
        are_all = run[-1].end - run[0].start == len(one.neighbours)
        are_apart = all(before.end < after.start for before, after in pairwise(run))
        if are_all and are_apart and all(keep[at] for at in near):
            out.append([word for its in run for word in its.words])  # as they are known already
        else:
            out.append(words_of(one.neighbours))
    return out


@lru_cache(maxsize=512)  # an answer asks several times for the sentences of its passages, of a thousand characters each
def _spans(text: str) -> Sequence[Span]:
    return sentence_spans(text)
