"""Citations: each sentence of a language model is held against what it cites, and gets the words that support it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Citation, Sentence
from assistant.check.checking import Checked, Support, check
from assistant.check.sources import Source
from assistant.marks import MarkedSentence
from index.search_result import Retrieved

_ITEM = re.compile(r"\A[0-9]{1,2}[.)]\s+(?=\S)")  # of a list; no source has its number


class Citer:
    """Holds a model's sentences, each once, against the `passages` that the model read."""

    def __init__(self, passages: Sequence[Retrieved]) -> None:
        self.passages = passages
        self._sources = [Source.of(found) for found in passages]
        self._found: dict[MarkedSentence, _Found] = {}

    def is_supported(self, sentence: MarkedSentence) -> bool:
        """Whether the passages say at least some of it, be they cited or not."""
        return self._find(sentence).checked.status != "unsupported"

    def cite(self, sentences: Sequence[MarkedSentence]) -> tuple[Sentence, ...]:
        """The sentences, checked, with citations numbered as they come; the same words of an article have one number.

        A cited passage in which nothing supports the sentence is left out where another does, be it cited or not. What
        is not supported keeps its own citations, at the nearest words.
        """
        numbers: dict[tuple[str, int, int], int] = {}
        cited = []
        for sentence in sentences:
            found = self._find(sentence)
            citations: dict[int, Citation] = {}
            for support in found.supports:
                place = self.passages[support.source]
                passage, article = place.passage, place.article
                start, end = passage.start + support.start, passage.start + support.end
                n = numbers.setdefault((article.id, start, end), len(numbers) + 1)
                quote = passage.text[support.start : support.end]
                citations[n] = Citation(n, article, start, end, quote, place.also_in)
            cited.append(Sentence(sentence.text, found.checked.status, tuple(citations.values()), found.checked.doubts))
        return tuple(cited)

    def _find(self, sentence: MarkedSentence) -> "_Found":
        if sentence not in self._found:
            self._found[sentence] = _found(_ITEM.sub("", sentence.text), sentence.numbers, self._sources)
        return self._found[sentence]


@dataclass(frozen=True, slots=True)
class _Found:
    """What came of the check, with supports numbered by all the passages."""

    checked: Checked
    supports: tuple[Support, ...]


def _found(text: str, numbers: Sequence[int], sources: Sequence[Source]) -> _Found:
    own = [n - 1 for n in numbers]
    checked = _check(text, own, sources)
    if checked.checked.status == "supported":
        also = _alone(text, own, sources)
        return _Found(checked.checked, _united(checked.supports, also))
    better = _elsewhere(text, [at for at in range(len(sources)) if at not in own], sources)
    if better:
        return _Found(better.checked, _united(better.supports, _alone(text, own, sources)))
    if own and not checked.supports:  # not a word in common, as in another language: the passage is what is cited
        return _Found(checked.checked, tuple(Support(at, 0, len(sources[at].text)) for at in own))
    return checked


def _check(text: str, chosen: Sequence[int], sources: Sequence[Source]) -> _Found:
    checked = check(text, [sources[at] for at in chosen])
    supports = tuple(Support(chosen[one.source], one.start, one.end) for one in checked.supports)
    return _Found(checked, supports)


def _elsewhere(text: str, others: Sequence[int], sources: Sequence[Source]) -> _Found | None:
    """The passage that supports it best by itself, or else all that do together."""
    single = [_check(text, [at], sources) for at in others]
    good = [found for found in single if found.checked.status == "supported"]
    if good:
        return max(good, key=lambda found: found.checked.nearness)
    together = _check(text, range(len(sources)), sources)
    return together if together.checked.status == "supported" else None


def _alone(text: str, chosen: Sequence[int], sources: Sequence[Source]) -> Iterator[Support]:
    """What the passages support that say at least some of it each by itself."""
    for at in chosen:
        found = _check(text, [at], sources)
        if found.checked.status != "unsupported":
            yield from found.supports


def _united(supports: Sequence[Support], others: Iterator[Support]) -> tuple[Support, ...]:
    """All of them, of each source the first ones only."""
    rest = [other for other in others if other.source not in {one.source for one in supports}]
    return tuple(sorted([*supports, *rest], key=lambda one: one.source)) if rest else tuple(supports)
