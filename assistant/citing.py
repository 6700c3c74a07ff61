"""Citations: each sentence of a language model is held against what it cites, and gets the words that support it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, Sentence, Status
from assistant.check.checking import Checked, Support, check
from assistant.check.numbers import Amount
from assistant.check.sources import Source, read_source
from assistant.languages import is_foreign
from assistant.layout import Emphasis, number_length
from assistant.marks import MarkedSentence
from index.search_result import Retrieved

_ITEM = re.compile(r"\A[0-9]{1,2}[.)]\s+(?=\S)")  # of a list; no source has its number
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")


class Citer:
    """Holds a model's sentences, each once, against the `passages` that the model read.

    What is not supported and cites a passage is `unchecked` where one of the two is in a language that the check does
    not know. A sentence that is too short to tell its language has that of the `question`.
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

    def _find(self, sentence: MarkedSentence) -> "_Found":
        if sentence not in self._found:
            text = _ITEM.sub("", sentence.text)
            found = _found(text, sentence.numbers, self._sources)
            cited = [self._sources[n - 1] for n in sentence.numbers]
            if cited and found.checked.status != "supported" and self._is_foreign(text, cited):
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


def _unchecked(text: str, cited: Sequence[Source], checked: Checked) -> Checked:
    """Of what cannot be read, numbers can still be held against the cited passages: by their digits."""
    told = {number for source in cited for number in _numbers_told(source)}
    doubts = [number for number in _NUMBER.findall(text) if _digits(number) not in told]
    return replace(checked, status="unchecked", doubts=tuple(dict.fromkeys(doubts)))


def _numbers_told(source: Source) -> Iterator[str]:
    """The digits of a source's numbers, of those in English words too, and of its day."""
    day = source.published.isoformat().replace("-", " ") if source.published else ""
    yield from map(_digits, _NUMBER.findall(f"{source.text} {source.title} {day}"))
    for sentence in read_source(source).sentences:
        values = [fact.value for fact in sentence.facts if isinstance(fact.value, Amount)]
        yield from (_digits(f"{value.value:g}") for value in values)


def _digits(number: str) -> str:
    """A number as it is in all languages: 1,500 is 1.500, and 05 is 5."""
    return "".join(filter(str.isdigit, number)).lstrip("0")


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
