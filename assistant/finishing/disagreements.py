"""What sources disagree on: the same told with another number, day or name, each version with its outlet and day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Answer, Citation, Sentence, Version
from assistant.english.corrections import is_correction
from assistant.extractive.candidates import Candidate, candidates
from assistant.extractive.read_features import Readings, best_span, key_of, outlet_of
from assistant.finishing.difference import Span, difference
from index.search.result import Retrieved

_DAYS = 30  # that two reports of one story lie apart at most
_MOST_VERSIONS = 4
_LIKELY = 0.0  # log odds from which the reader's model takes a span for the answer


@dataclass(frozen=True, slots=True)
class _Telling:
    """A sentence with the place of the value on which it differs from others."""

    candidate: Candidate
    place: Span

    @property
    def value(self) -> str:
        return self.candidate.text[slice(*self.place)]

    @property
    def published(self) -> date | None:
        return self.candidate.found.article.published


def with_disagreements(answer: Answer, passages: Sequence[Retrieved], readings: Readings | None = None) -> Answer:
    """The answer with the versions of other sources beside each cited sentence that they contradict.

    Only what is asked for counts: the value must stand where the reader's model sees the answer, by `readings` or by
    those that search has made. The oldest version comes first; a correction, which wins, before what it corrects.
    """
    known = readings or {key_of(one): one.reading for one in passages if one.reading}
    found = candidates(passages)
    groups: list[list[_Telling]] = []
    known_places = {_place(version.citation) for versions in answer.disagreements for version in versions}
    for citation in answer.citations:
        if _place(citation) in known_places:
            continue
        cited = [one for one in found if _is_cited(one, citation)]
        tellings = [telling for one in cited for telling in _tellings(one, found, known)]
        if tellings and not any(telling.candidate == tellings[0].candidate for group in groups for telling in group):
            groups.append(tellings)
    for group in groups:
        answer = _told(answer, _ordered(group))
    return answer


def _tellings(one: Candidate, found: Sequence[Candidate], readings: Readings) -> list[_Telling]:
    """The sentence and those of other outlets that tell another value, one for each value; none where all agree."""
    versions: list[_Telling] = []
    answer = _answer_in(one, readings)
    for other in found if answer else ():
        others = _answer_in(other, readings)
        differs = difference(one.text, other.text) if others and _may_differ(one, other) else None
        if differs and answer and others and _meet(differs.one, answer) and _meet(differs.other, others):
            versions = versions or [_Telling(one, differs.one)]
            versions.append(_Telling(other, differs.other))
    latest: dict[str, _Telling] = {}
    for telling in sorted(versions, key=_day):  # an outlet's later version takes the place of its earlier one
        latest[outlet_of(telling.candidate.found)] = telling
    by_value = {telling.value.casefold(): telling for telling in reversed(latest.values())}
    return list(by_value.values())[:_MOST_VERSIONS] if len(by_value) > 1 else []


def _may_differ(one: Candidate, other: Candidate) -> bool:
    """Whether both are of different outlets and articles, near in time, and no reprints of each other."""
    here, there = one.found.article, other.found.article
    reprints = {article.id for article in (*one.found.also_in, *other.found.also_in)}
    if here.id == there.id or {here.id, there.id} & reprints or outlet_of(one.found) == outlet_of(other.found):
        return False
    return not (here.published and there.published) or abs((here.published - there.published).days) <= _DAYS


def _answer_in(one: Candidate, readings: Readings) -> Span | None:
    """What the reader's model takes for the answer, in characters of the sentence; None where it sees none."""
    span = best_span(one, readings)
    if not span or span.logit <= _LIKELY:
        return None
    return span.start - one.place[0], span.end - one.place[0]


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and one[1] > other[0]


def _ordered(versions: Iterable[_Telling]) -> list[_Telling]:
    """The oldest first, but a correction that is the newest before all."""
    ordered = sorted(versions, key=_day)
    newest = ordered[-1]
    if is_correction(newest.candidate.neighbours) and newest.published:
        ordered = [newest, *ordered[:-1]]
    return ordered


def _told(answer: Answer, versions: Sequence[_Telling]) -> Answer:
    """The answer with all versions side by side, at the place of the first that it has, and named."""
    sentences = list(answer.sentences)
    own = [_sentence_of(sentences, telling.candidate) for telling in versions]
    first = min((i for i in own if i is not None), default=len(sentences))
    added = [
        sentences[i] if i is not None else _sentence(telling.candidate)
        for i, telling in zip(own, versions, strict=True)
    ]
    rest = [sentence for i, sentence in enumerate(sentences) if i not in own]
    behind = first - sum(1 for i in own if i is not None and i < first)
    numbered = _numbered([*rest[:behind], *added, *rest[behind:]])
    newest = _newest(versions)
    stated = tuple(
        Version(telling.value, numbered[behind + i].citations[0], newest=telling is newest)
        for i, telling in enumerate(versions)
    )
    return replace(answer, sentences=numbered, disagreements=(*_renumbered(answer, numbered), stated))


def _newest(versions: Sequence[_Telling]) -> _Telling | None:
    """The version published last, None where two share that day or one has no day."""
    days = [telling.published for telling in versions if telling.published]
    if len(days) < len(versions) or days.count(max(days)) > 1:
        return None
    return max(versions, key=_day)


def _renumbered(answer: Answer, sentences: Sequence[Sentence]) -> list[tuple[Version, ...]]:
    """The disagreements so far with the citations of the sentences as they are numbered now."""
    now = {_place(citation): citation for sentence in sentences for citation in sentence.citations}
    return [
        tuple(replace(version, citation=now[_place(version.citation)]) for version in versions)
        for versions in answer.disagreements
    ]


def _numbered(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences with their citations numbered as they come."""
    numbers: dict[tuple[str, int, int], int] = {}
    out = []
    for sentence in sentences:
        for citation in sentence.citations:
            numbers.setdefault(_place(citation), len(numbers) + 1)
        out.append(replace(sentence, citations=tuple(replace(c, n=numbers[_place(c)]) for c in sentence.citations)))
    return tuple(out)


def _sentence(one: Candidate) -> Sentence:
    citation = Citation(0, one.found.article, one.start, one.end, one.text, one.found.also_in)
    return Sentence(" ".join(one.text.split()), "supported", (citation,))


def _sentence_of(sentences: Sequence[Sentence], one: Candidate) -> int | None:
    """The place of the sentence that cites it first."""
    for i, sentence in enumerate(sentences):
        if sentence.citations and _is_cited(one, sentence.citations[0]):
            return i
    return None


def _is_cited(one: Candidate, citation: Citation) -> bool:
    return one.found.article.id == citation.article.id and one.start < citation.end and one.end > citation.start


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.article.id, citation.start, citation.end


def _day(telling: _Telling) -> date:
    return telling.published or date.min
