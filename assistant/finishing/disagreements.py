"""What sources disagree on: the same event with another number, day or name, each version with its outlet and day."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from itertools import product

from assistant.answer import Answer, Citation, Sentence, Version, numbered
from assistant.english.corrections import is_correction, tells_an_earlier_version
from assistant.english.parsing import Span, sentence_of
from assistant.english.states import same_root
from assistant.english.values import Value, deed_of, values_of
from assistant.extractive.candidates import Candidate, candidates, quoted
from assistant.extractive.read_features import Readings, best_span, key_of, outlet_of
from assistant.speech.reporting import reported
from index.english import lexicon
from index.search.result import Retrieved
from index.text.analysis import words_of

_DAYS = 30  # that two reports of one story lie apart at most
_MOST_VERSIONS = 4
_LIKELY = 0.0  # log odds from which the reader's model takes a span for the answer
_SHARED = 0.6  # share of the shorter sentence's words that the other has
_ALIKE = 0.5  # Dice's coefficient of both
_SHARED_BY_NAME = 0.75
_LEAST = 2  # words in common
_LEAST_BY_NAME = 3
_WORDS = lexicon("comparison")


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
    known_places = {version.citation.place for versions in answer.disagreements for version in versions}
    for citation in answer.citations:
        if citation.place in known_places:
            continue
        cited = [one for one in found if _is_cited(one, citation)]
        tellings = [telling for one in cited for telling in _tellings(one, found, known)]
        tellings = tellings or next(filter(None, (_corrected(one, found, known) for one in cited)), [])
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


def _corrected(one: Candidate, found: Sequence[Candidate], readings: Readings) -> list[_Telling]:
    """What an outlet told before and what its own correction says instead, where one of the two is cited."""
    for right in found:
        wrong = right if tells_an_earlier_version(right.text) else right.before
        if not wrong or not tells_an_earlier_version(wrong.text):
            continue
        words = wrong.vocabulary | right.vocabulary
        earlier = [old for old in found if _is_earlier(old, right) and len(old.vocabulary & words) > _LEAST]
        for old, said, its in product(earlier, values_of(wrong.text), values_of(right.text)):
            before = next((value for value in values_of(old.text) if value.is_of(said) and value.agrees(said)), None)
            if not before or not its.is_of(said) or its.agrees(said) or (wrong is right and its.start < said.end):
                continue
            tellings = [_Telling(old, (before.start, before.end)), _Telling(right, (its.start, its.end))]
            asked = any((span := _answer_in(its.candidate, readings)) and _meet(its.place, span) for its in tellings)
            if asked and one in (old, wrong, right):
                return tellings
    return []


def _is_earlier(old: Candidate, new: Candidate) -> bool:
    """Whether it stands in an earlier article of the same outlet."""
    then, now = old.found.article, new.found.article
    dated = then.published and now.published and then.published <= now.published
    return bool(dated) and then.id != now.id and outlet_of(old.found) == outlet_of(new.found)


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
        sentences[i] if i is not None else quoted(telling.candidate) for i, telling in zip(own, versions, strict=True)
    ]
    rest = [sentence for i, sentence in enumerate(sentences) if i not in own]
    behind = first - sum(1 for i in own if i is not None and i < first)
    renumbered = numbered([*rest[:behind], *added, *rest[behind:]])
    newest = _newest(versions)
    stated = tuple(
        Version(telling.value, renumbered[behind + i].citations[0], newest=telling is newest)
        for i, telling in enumerate(versions)
    )
    return replace(answer, sentences=renumbered, disagreements=(*_renumbered(answer, renumbered), stated))


def _newest(versions: Sequence[_Telling]) -> _Telling | None:
    """The version published last, None where two share that day or one has no day."""
    days = [telling.published for telling in versions if telling.published]
    if len(days) < len(versions) or days.count(max(days)) > 1:
        return None
    return max(versions, key=_day)


def _renumbered(answer: Answer, sentences: Sequence[Sentence]) -> list[tuple[Version, ...]]:
    """The disagreements so far with the citations of the sentences as they are numbered now."""
    now = {citation.place: citation for sentence in sentences for citation in sentence.citations}
    return [
        tuple(replace(version, citation=now[version.citation.place]) for version in versions)
        for versions in answer.disagreements
    ]


def _sentence_of(sentences: Sequence[Sentence], one: Candidate) -> int | None:
    """The place of the sentence that cites it first."""
    for i, sentence in enumerate(sentences):
        if sentence.citations and _is_cited(one, sentence.citations[0]):
            return i
    return None


def _is_cited(one: Candidate, citation: Citation) -> bool:
    return one.found.article.id == citation.article.id and one.start < citation.end and one.end > citation.start


def _day(telling: _Telling) -> date:
    return telling.published or date.min


@dataclass(frozen=True, slots=True)
class Difference:
    """The places at which two sentences differ, and what stands there; `kind` is number, day or name."""

    kind: str
    one: Span
    other: Span


@dataclass(frozen=True, slots=True)
class _Content:
    """What a sentence says, without who is its source: its stems, those of its names, and its values.

    `plain` is the sentence with blanks in the place of the source and the values.
    """

    plain: str
    stems: frozenset[str]
    names: frozenset[str]
    values: Sequence[Value]


def difference(one: str, other: str) -> Difference | None:
    """Where two sentences differ that tell the same, None where they do not, or on more than one thing.

    Both must have most words in common and neither may have a name, a day or a direction that sets it apart.
    """
    own, others = frozenset(words_of(one)), frozenset(words_of(other))
    if len(own & others) < _LEAST - 1 or _are_opposed(own, others):  # before the sentences are parsed
        return None
    a, b = _content(one), _content(other)
    differing = _differing(a.values, b.values)
    if not _alike(a, b, _SHARED, _LEAST) or differing is None or len(differing) > 1:
        return None
    apart = _apart(a.names, b.names), _apart(b.names, a.names)
    if differing:
        (x, y) = differing[0]
        kind = "number" if x.kind == "number" else "day"
        if all(apart) or (kind == "day" and not _alike(a, b, _SHARED_BY_NAME, _LEAST_BY_NAME)):
            return None
        return Difference(kind, (x.start, x.end), (y.start, y.end))
    if all(apart) and _alike(_without(a, apart[0]), _without(b, apart[1]), _SHARED_BY_NAME, _LEAST_BY_NAME):
        return _other_name(a, b, *apart)
    return None


@lru_cache(maxsize=512)
def _content(sentence: str) -> _Content:
    plain = sentence
    if frame := reported(sentence_of(sentence)):
        plain = _blanked(plain, (frame.start, frame.end))
    values = values_of(plain)
    for value in values:
        plain = _blanked(plain, (value.start, value.end))
    stems = frozenset(deed_of([stem]) or stem for stem in words_of(plain)) - _stems(" ".join(_WORDS.listed("empty")))
    names = [name[0] for name in re.finditer(r"(?<=\w)\W+([A-Z]\S*)", plain)]
    return _Content(plain, stems, frozenset(words_of(" ".join(names))), values)


def _blanked(text: str, span: Span) -> str:
    return text[: span[0]] + " " * (span[1] - span[0]) + text[span[1] :]


def _alike(a: _Content, b: _Content, share: float, least: int) -> bool:
    common = len(a.stems) - len(_apart(a.stems, b.stems))
    smaller, both = min(len(a.stems), len(b.stems)), len(a.stems) + len(b.stems)
    return common >= least and common >= share * smaller and 2 * common >= _ALIKE * both


def _without(content: _Content, names: frozenset[str]) -> _Content:
    return replace(content, stems=content.stems - names)


def _apart(one: Iterable[str], other: frozenset[str]) -> frozenset[str]:
    return frozenset(stem for stem in one if stem not in other and not any(same_root(stem, its) for its in other))


def _are_opposed(own: frozenset[str], others: frozenset[str]) -> bool:
    for group in _opposed():
        here = [bool(words & own) for words in group]
        there = [bool(words & others) for words in group]
        if any(here) and any(there) and here != there:
            return True
    return False


def _differing(one: Sequence[Value], other: Sequence[Value]) -> list[tuple[Value, Value]] | None:
    """The values of the same kind that differ; None where it cannot be told which stands against which."""
    pairs = []
    for value in one:
        against = [its for its in other if value.is_of(its)]
        if not against or any(value.agrees(its) for its in against):
            continue
        if len(against) > 1 or sum(value.is_of(its) for its in one) > 1:
            return None
        pairs.append((value, against[0]))
    return pairs


def _other_name(a: _Content, b: _Content, apart: frozenset[str], others: frozenset[str]) -> Difference | None:
    """The one name in which they differ, a person's or a body's: places set two stories apart."""
    here, there = _runs(a, apart), _runs(b, others)
    if len(here) != 1 or len(there) != 1:
        return None
    before = _word_before(a, here[0])
    if before != _word_before(b, there[0]) or before in _WORDS.words("places"):
        return None
    return Difference("name", here[0], there[0])


def _runs(content: _Content, stems: frozenset[str]) -> list[Span]:
    """The runs of capitalised words that hold one of the stems."""
    runs = re.finditer(r"\b[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*", content.plain)
    return [run.span() for run in runs if stems & frozenset(words_of(run[0]))]


def _word_before(content: _Content, span: Span) -> str:
    return (content.plain[: span[0]].split() or [""])[-1].lower()


@cache
def _opposed() -> list[list[frozenset[str]]]:
    return [[_stems(words) for words in group.split(" | ")] for group in _WORDS.listed("opposed")]


@cache
def _stems(words: str) -> frozenset[str]:
    return frozenset(words_of(words))
