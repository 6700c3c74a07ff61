"""Citations: each sentence of a language model is held against what it cites, and gets the words that support it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, Sentence, Status
from assistant.check import SURE, Checked, Source, Support, check
from assistant.citations import MarkedSentence
from assistant.english.values import values_of
from assistant.layout import Emphasis, number_length
from index.search.result import Retrieved
from index.text.languages import is_foreign
from index.text.passages import sentence_spans
from index.text.scripts import plain_digits

_ITEM = re.compile(r"\A[0-9]{1,2}[.)]\s+(?=\S)")  # of a list; no source has its number
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")


class Citer:
    """Holds a model's sentences, each once, against the `passages` that the model read.

    What does not stand word for word in a passage that it cites is `unchecked` where one of the two is in a language
    that the check does not know. A sentence that is too short to tell its language has that of the `question`.
    """

    def __init__(self, passages: Sequence[Retrieved], question: str = "") -> None:
        self.passages = passages
        self._question = question
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
            checked = found.checked
            cited.append(as_sentence(sentence, checked.status, tuple(citations.values()), checked.doubts))
        return tuple(cited)

    def _find(self, sentence: MarkedSentence) -> _Found:
        if sentence not in self._found:
            text = _ITEM.sub("", sentence.text)
            found = _found(text, sentence.numbers, self._sources)
            cited = [self._sources[n - 1] for n in sentence.numbers]
            if found.checked.odds < SURE and self._is_foreign(text, cited):
                found = replace(found, checked=_unchecked(text, cited, found.checked))
            self._found[sentence] = found
        return self._found[sentence]

    def _is_foreign(self, text: str, cited: Sequence[Source]) -> bool:
        said = is_foreign(text)
        return bool(is_foreign(self._question) if said is None else said) or any(is_foreign(one.text) for one in cited)


@dataclass(frozen=True, slots=True)
class _Found:
    """What came of the check, with supports numbered by all the passages."""

    checked: Checked
    supports: tuple[Support, ...]


def as_sentence(
    sentence: MarkedSentence, status: Status, citations: tuple[Citation, ...] = (), doubts: tuple[str, ...] = ()
) -> Sentence:
    """The sentence, without the number of an item that it begins: its place has that."""
    cut = number_length(sentence.text, sentence.place)
    emphasis = (Emphasis(max(0, start - cut), end - cut, kind) for start, end, kind in sentence.emphasis if end > cut)
    return Sentence(sentence.text[cut:], status, citations, doubts, place=sentence.place, emphasis=tuple(emphasis))


def _found(text: str, numbers: Sequence[int], sources: Sequence[Source]) -> _Found:
    own = [n - 1 for n in numbers]
    found = _check(text, own, sources)
    if found.checked.status != "supported" and len(own) < len(sources):
        elsewhere = _check(text, range(len(sources)), sources)
        if elsewhere.checked.status == "supported" and elsewhere.supports:
            found = elsewhere
    if found.checked.status == "supported":
        found = _Found(found.checked, _united(found.supports, _alone(text, own, found.supports, sources)))
    if found.supports:
        return found
    # Not a word in common: what is supported has a source, and what is not is held against the passage that it cites.
    checked = replace(found.checked, status="unsupported")
    return _Found(checked, tuple(Support(at, 0, len(sources[at].text)) for at in own))


def _unchecked(text: str, cited: Sequence[Source], checked: Checked) -> Checked:
    """Of what cannot be read, numbers can still be held against the cited passages: by their digits."""
    if not cited:
        return replace(checked, status="unsupported")
    told = {number for source in cited for number in _numbers_told(source)}
    doubts = [number for number in _NUMBER.findall(text) if _digits(number) not in told]
    return replace(checked, status="unchecked", doubts=tuple(dict.fromkeys(doubts)))


def _numbers_told(source: Source) -> Iterator[str]:
    """The digits of a source's numbers, of those in English words too, and of its day."""
    day = source.published.isoformat().replace("-", " ") if source.published else ""
    yield from map(_digits, _NUMBER.findall(f"{source.text} {source.title} {day}"))
    for start, end in sentence_spans(source.text):
        yield from (_digits(f"{one.amount:.12g}") for one in values_of(source.text[start:end]) if one.kind == "number")


def _digits(number: str) -> str:
    """A number as it is in all languages: 1,500 is 1.500, 05 is 5, and ٢٥٠ is 250."""
    return "".join(filter(str.isdecimal, plain_digits(number))).lstrip("0")


def _check(text: str, chosen: Sequence[int], sources: Sequence[Source]) -> _Found:
    checked = check(text, [sources[at] for at in chosen])
    supports = tuple(Support(chosen[one.source], one.start, one.end) for one in checked.supports)
    return _Found(checked, supports)


def _alone(
    text: str, chosen: Sequence[int], supports: Sequence[Support], sources: Sequence[Source]
) -> Iterator[Support]:
    """What supports it in other passages that say at least some of it by themselves."""
    supporting = {one.source for one in supports}
    for at in chosen:
        if at not in supporting:
            found = _check(text, [at], sources)
            if found.checked.status != "unsupported":
                yield from found.supports


def _united(supports: Sequence[Support], others: Iterator[Support]) -> tuple[Support, ...]:
    return tuple(sorted([*supports, *others], key=lambda one: one.source))
